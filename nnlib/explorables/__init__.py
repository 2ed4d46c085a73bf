"""The live figures of the book, as pure functions from settings to pictures. They need NumPy alone."""

from nnlib.explorables.figures import EXPLORABLES

__all__ = ["EXPLORABLES"]
