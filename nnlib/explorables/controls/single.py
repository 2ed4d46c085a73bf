"""Controls for one value: a number, or one of some options."""

from dataclasses import dataclass
from typing import ClassVar

from nnlib.arrays import as_number, choose
from nnlib.explorables.controls.control import Control


@dataclass(eq=False)
class Number(Control):
    """A number from `low` to `high`; `scale`, "linear" or "log", is how a slider runs from one to the other."""

    default: float
    low: float
    high: float
    step: float
    scale: str = "linear"
    kind: ClassVar[str] = "number"

    def __post_init__(self):
        self.default = float(self.default)

    def check(self, value) -> float:
        """Return a number between the ends."""
        return as_number(value, self.name, self.low, self.high)


@dataclass(eq=False)
class Choice(Control):
    """One of `options`, texts: the first of them unless `default` is given."""

    options: tuple
    default: str | None = None
    kind: ClassVar[str] = "choice"

    def __post_init__(self):
        self.options = tuple(self.options)
        self.default = self.default or self.options[0]

    def check(self, value) -> str:
        """Return one of the options."""
        choose(value, dict.fromkeys(self.options), self.name)
        return value
