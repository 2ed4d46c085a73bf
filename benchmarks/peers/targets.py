"""What we want to reach: each target a ratio of two rows of a task, measured in the same rounds on one thread."""

from typing import NamedTuple

COLD, MEMORY, NOISE = 0.5, 3.0, 0.05  # seconds; times the bytes needed; the least difference that means anything


class Target(NamedTuple):
    """The time of `row` divided by that of `base` is to be at least, or at most, `bound`."""

    task: str
    row: str
    base: str
    sign: str
    bound: float
    note: str = ""


TARGETS = [
    Target("xor", "nnlib plain", "nnlib", "≥", 2.5),
    Target("digits", "nnlib plain", "nnlib", "≥", 1.4),
    Target("xor", "scikit-learn", "nnlib", "≥", 4),
    Target("xor", "PyTorch", "nnlib", "≥", 15),
    Target("digits", "scikit-learn", "nnlib", "≥", 5),
    Target("digits", "PyTorch", "nnlib", "≥", 8),
    Target("epoch", "scikit-learn", "nnlib", "≥", 1.6),
    Target("epoch", "PyTorch tuned", "nnlib", "≥", 1.3),
    Target("epoch", "nnlib", "floor", "≤", 1.25),
    Target("epoch", "JAX compiled", "nnlib", "≥", 1, "the moonshot"),
    Target("predict", "nnlib", "products", "≤", 1.1),
    Target("perceptron", "scikit-learn", "nnlib", "≥", 1.8),
]


def verdict(value, sign, bound):
    """Return whether a measured value meets its bound, in words."""
    met = value >= bound if sign == "≥" else value <= bound
    close = ", within the noise" if abs(value / bound - 1) < NOISE else ""
    return f"{'met' if met else 'not met'}{close}"
