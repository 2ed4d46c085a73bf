"""Controls for a list: the sizes of layers, one option for each of these layers, and some of many options."""

from dataclasses import dataclass, field
from typing import ClassVar

from nnlib.arrays import as_numbers, choose
from nnlib.explorables.controls.control import Control


@dataclass(eq=False)
class Sizes(Control):
    """The sizes of layers: `most` layers at most, or none at all, each of `low` to `high` neurons."""

    default: list
    low: int = 1
    high: int = 8
    most: int = 6
    kind: ClassVar[str] = "sizes"

    def __post_init__(self):
        self.default = self.check(self.default)

    def check(self, value) -> list:
        """Return whole numbers, one a layer."""
        sizes = as_numbers(value, self.name)
        if sizes.ndim != 1 or len(sizes) > self.most:
            raise ValueError(
                f"{self.name} has shape {sizes.shape}, but sizes are a list of one number a layer, such as [4, 2], "
                f"and {self.most} layers are the most."
            )
        odd = sizes[(sizes % 1 != 0) | (sizes < self.low) | (sizes > self.high)]
        if odd.size:
            raise ValueError(
                f"{self.name} has a layer of {odd[0]:g} neurons, but a layer has a whole number of them, "
                f"{self.low} to {self.high}: choose one of these."
            )
        return sizes.astype(int).tolist()


@dataclass(eq=False)
class Each(Control):
    """One of `options`, texts, for each layer of the sizes `of`: the first of them for layers beyond the end of the list.

    `of` is the name of that control, and `most` its most layers.
    """

    of: str
    options: tuple
    most: int = 6
    default: list = field(default_factory=list)
    kind: ClassVar[str] = "each"

    def __post_init__(self):
        self.options = tuple(self.options)

    def check(self, value) -> list:
        """Return the options, one a layer."""
        if not isinstance(value, list | tuple) or len(value) > self.most:
            got = f"{len(value)} of them" if isinstance(value, list | tuple) else f"one {type(value).__name__}"
            raise ValueError(f"{self.name} must be a list of options, one a layer and {self.most} at most. Got {got} instead.")
        for option in value:
            choose(option, dict.fromkeys(self.options), f"{self.name} is a list, and each entry of it")
        return [*value]


@dataclass(eq=False)
class Several(Control):
    """Some of `options`, texts: at least `low` of them, and those in `default` to begin with.

    Where each option but the last one is about a layer, `of` is the name of the control with the sizes of these layers.
    """

    options: tuple
    default: list
    low: int = 1
    of: str = ""
    kind: ClassVar[str] = "several"

    def __post_init__(self):
        self.options = tuple(self.options)
        self.default = self.check(self.default)

    def check(self, value) -> list:
        """Return the options that are chosen, each once, in the order in which the control has them."""
        if not isinstance(value, list | tuple):
            raise TypeError(
                f"{self.name} must be a list of options, such as {[*self.options[:2]]}. Got one {type(value).__name__} instead."
            )
        for option in value:
            choose(option, dict.fromkeys(self.options), f"{self.name} is a list, and each entry of it")
        chosen = [option for option in self.options if option in value]
        if len(chosen) < self.low:
            raise ValueError(f"{self.name} has {len(chosen)} of its options, but {self.low} must be chosen: choose one more.")
        return chosen
