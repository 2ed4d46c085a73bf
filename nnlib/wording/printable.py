"""What nnlib prints, in the characters that the reader's screen, file or pipe can hold."""

import codecs
import sys

#: What stands for a sign where an encoding lacks it, as those of Windows for files and pipes lack most of them.
PLAIN = {
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    **{"→": "->", "−": "-", "·": "*", "×": "x", "±": "+-", "≤": "<=", "≥": ">=", "½": "1/2", "²": "^2", "∞": "inf"},
    **{"η": "eta", "λ": "lambda", "σ": "sigma", "φ": "phi", "δ": "delta", "θ": "theta", "τ": "tau", "Ω": "Ohm"},
    **{"β": "beta", "ε": "epsilon", "μ": "mu", "π": "pi", "√": "sqrt ", "∘": "*", "⁰": "^0", "ᵗ": "^t"},
    **{"ŷ": "y_hat", "ŝ": "s_hat", "\u0302": "_hat", "∂": "d", "Σ": "sum ", "⁻": "^-"},
    **{"ᶻ": "^z", "ᵐ": "^m", "ᵀ": "^T", "ₛ": "_s", "ᵢ": "_i"},
    **{"′": "'", "“": '"', "”": '"', "…": "...", "⋮": "...", "○": "-", "✓": "ok", "✗": "x", "–": "-"},
}


def printable(text) -> str:
    """Return `text` as it is where standard output can show it, else with what stands for the signs that it lacks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"  # there may be no output, or one that has no encoding
    return text.encode(encoding, "nnlib.plain").decode(encoding)


def _plain(error):
    return PLAIN.get(error.object[error.start], "?"), error.start + 1


codecs.register_error("nnlib.plain", _plain)
