"""The checklist: each finding with what was seen, what that means, and what to look at next."""

import textwrap
from dataclasses import dataclass

from nnlib.wording.printable import printable

WIDTH = 72  # characters of a line
SIGNS = {True: "✓", False: "✗", None: "–"}


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Examples
    --------
    >>> Finding("shapes", True, "4 samples get 4 answers.")
    ✓ shapes: 4 samples get 4 answers.
    """

    name: str  #: Of the check.
    passed: bool | None  #: None where there was nothing to check.
    saw: str  #: What was seen, in a sentence.
    means: str = ""  #: What that means, where it is a fault.
    look: str = ""  #: What to look at next.

    def __repr__(self):
        first = textwrap.fill(f"{SIGNS[self.passed]} {self.name}: {self.saw}", WIDTH, subsequent_indent="    ")
        rest = [text for text in (self.means, f"Next: {self.look}" if self.look else "") if text]
        wrapped = (textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ") for text in rest)
        return printable("\n".join([first, *wrapped]))


class Checklist(list):
    """A `Finding` for each check, in the order in which faults are worth mending; printed, a text.

    Examples
    --------
    >>> checklist = Checklist([Finding("shapes", True, "4 samples get 4 answers."), Finding("moves", None, "Not looked at.")])
    >>> checklist.passed, checklist.faults
    (True, [])
    """

    @property
    def faults(self) -> list[str]:
        """The names of the checks that found a fault; the first is the one to begin with."""
        return [finding.name for finding in self if finding.passed is False]

    @property
    def passed(self) -> bool:
        """Whether no check has found a fault, and one at least found that all is well."""
        return not self.faults and any(finding.passed for finding in self)

    def __getitem__(self, which):
        """Return a finding by the name of its check, or by its place."""
        if isinstance(which, str):
            return next(finding for finding in self if finding.name == which)
        return super().__getitem__(which)

    def __repr__(self):
        well = sum(finding.passed is True for finding in self)
        looked = sum(finding.passed is not None for finding in self)
        first = f"{well} of {looked} checks find nothing wrong." + (f" Begin with: {self.faults[0]}." if self.faults else "")
        return "\n".join([first, "", *map(repr, self)])
