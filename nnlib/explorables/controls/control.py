"""What every control is."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(eq=False)
class Control:
    """One thing that can be set; a subclass is a kind, and says in its attributes what is legal.

    Attributes
    ----------
    name, label : str, the setting's name in code, and in the figure
    kind : str, the kind's name
    default : the value to begin with, which is legal
    """

    name: str
    label: str
    kind: ClassVar[str] = ""

    def check(self, value):
        """Return the clean value, or raise ValueError or TypeError with what is legal."""
        raise NotImplementedError

    def plain(self, value):
        """Return a clean value in numbers, texts, lists and dictionaries, as JSON has it."""
        return value
