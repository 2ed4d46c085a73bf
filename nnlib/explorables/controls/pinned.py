"""The control that holds a second run: settings of the same explorable, to train beside the present ones."""

from dataclasses import dataclass
from typing import ClassVar

from nnlib.arrays import choose
from nnlib.explorables.controls.control import Control


@dataclass(eq=False)
class Pin(Control):
    """None, or the settings of another run: {name: value}, one for each of `controls`, those that it can be set with.

    A pin is not among them, so that no pinned run has a pinned run of its own.
    """

    controls: tuple
    default: None = None
    kind: ClassVar[str] = "pin"

    def check(self, value) -> dict | None:
        """Return the settings, complete and clean."""
        if value is None:
            return None
        if not isinstance(value, dict):
            raise TypeError(
                f"{self.name} must be None, or settings by their names, such as {{'{self.controls[0].name}': …}}. "
                f"Got one {type(value).__name__} instead."
            )
        known = {control.name: control for control in self.controls}
        for name in value:
            choose(name, known, f"{self.name} is settings, and the name of each")
        try:
            checked = {name: known[name].check(one) for name, one in value.items()}
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.name} has a setting that is refused: {error}") from None
        return {name: checked.get(name, control.default) for name, control in known.items()}

    def plain(self, value):
        """Return the settings as JSON has them."""
        return value and {control.name: control.plain(value[control.name]) for control in self.controls}
