"""Numbers as Python writes them, for the programs that figures export."""

import numpy as np


def literal(value) -> str:
    """Return a number, a text, a list or an array as Python reads it again, to the last digit."""
    if not isinstance(value, np.ndarray):
        return repr(value)
    rows = np.array2string(value, separator=", ", threshold=value.size + 1, floatmode="unique", max_line_width=100)
    return f"np.array({rows.replace(chr(10), chr(10) + '         ')})" if value.size else f"np.empty({value.shape})"
