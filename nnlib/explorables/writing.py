"""How figures write numbers: in their sentences and tables with `text` and its kin, in their programs with `literal`.

Numbers have a true minus sign, "−", and powers of ten have raised digits; neither is in a program.
"""

import numpy as np

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def text(value, digits=2) -> str:
    """Return a number as the figures write it: rounded, with a true minus sign, and never −0."""
    rounded = round(float(value), digits) + 0.0
    return f"{rounded:.{digits}f}".replace("-", "−")


def scientific(value, digits=3) -> str:
    """Return a number as `text` does, or where that leaves hardly a digit of it as a power of ten: 2·10⁻⁷."""
    if value == 0 or abs(value) >= 0.95 * 10**-digits:
        return text(value, digits)
    return _power_of_ten(f"{value:.0e}")


def compact(value) -> str:
    """Return a number in a few signs, however large or small: 0, 0.25, −12.00, 1.5·10⁻⁷, 2.0·10⁹."""
    if value == 0:
        return "0"
    if 0.01 <= abs(value) < 1000:
        return text(value)
    return _power_of_ten(f"{value:.1e}")


def _power_of_ten(number) -> str:
    digits, exponent = number.split("e")
    return f"{digits}·10{str(int(exponent)).translate(RAISED)}".replace("-", "−")


def bracketed(number) -> str:
    """Return a number, written already, as a factor: in brackets where it is negative."""
    return f"({number})" if number.startswith("−") else number


def percent(share, digits=0) -> str:
    """Return a share of 1 as percent: 90%."""
    return f"{text(100 * share, digits)}%"


def plural(count, noun) -> str:
    """Return how many there are: 1 step, 2 steps."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def article(digit) -> str:
    """Return a digit with its article: a 7, an 8."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def literal(value) -> str:
    """Return a number, a text, a list, an array or a dictionary of these as Python reads it again, to the last digit."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {literal(item)}' for key, item in value.items())}}}"
    if not isinstance(value, np.ndarray):
        return repr(value)
    rows = np.array2string(value, separator=", ", threshold=value.size + 1, floatmode="unique", max_line_width=100)
    return f"np.array({rows.replace(chr(10), chr(10) + '         ')})" if value.size else f"np.empty({value.shape})"
