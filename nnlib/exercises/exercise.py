"""What an exercise is made of: data, and source text that is really run."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType

import numpy as np

from nnlib.exercises.values import CLOSE

TRIES = 20  # with random inputs


def names_in(function) -> set[str]:
    """Return the names that a function's own program reads, such as those of modules and functions."""
    codes, names = [function.__code__], set()
    while codes:
        code = codes.pop()
        names.update(code.co_names)
        codes += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return names


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that learners are known to give, with hints of its own.

    Parameters
    ----------
    name : the mistake in a few words
    what, where, how : the hints in their stages: what is wrong, where it is, how to fix it
    change : {text of the right solution: what stands there instead}; who answers like that, to the same results or the
        same error, has made this mistake
    others : further changes, each of which makes the same mistake
    when : another way to know it, a function from (the answer, its results, one a try) to True or False
    always : whether `when` is asked even where every result is right: for a way that the question rules out
    """

    name: str
    what: str
    where: str
    how: str
    change: dict[str, str] = field(default_factory=dict)
    others: tuple[dict[str, str], ...] = ()
    when: Callable | None = None
    always: bool = False

    @property
    def changes(self) -> tuple[dict[str, str], ...]:
        """All changes that make this mistake."""
        return () if self.when else (self.change, *self.others)

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints in their order."""
        return self.what, self.where, self.how


@dataclass(frozen=True)
class Exercise:
    """A question that `nnlib.exercises.check` can judge.

    Parameters
    ----------
    name : the label of the exercise in the book, beginning with its chapter: "neuron-weighted-sum"
    asks : what the answer is called, for a function with its parameters: "weighted_sum(x, weights, bias)"
    solution : source text that defines the right answer; it is run to judge by, and shown to those who ask for it
    hints : in stages, for who has not begun and for mistakes that nobody foresaw; the last one says how
    inputs : the arguments of each try; without them an answer is looked at once
    random : a function from a random generator to the arguments of one more try; twenty are made, always the same
    wrong : the known wrong answers
    use : a function from (the answer, *arguments) to a result, for questions with many right answers that agree in
        what they do; without it a function is called, and any other answer is its own result
    close : the relative and the absolute difference that a number may have from the right one
    examples : programs that the page offers to load in place of the one in the cell, by their names
    """

    name: str
    asks: str
    solution: str
    hints: tuple[str, ...]
    inputs: tuple[tuple, ...] = ((),)
    random: Callable | None = None
    wrong: tuple[Wrong, ...] = ()
    use: Callable | None = None
    close: tuple[float, float] = CLOSE
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> str:
        """What the answer is called, without parameters."""
        return self.asks.partition("(")[0]

    @property
    def is_function(self) -> bool:
        """Say whether the answer is a function."""
        return "(" in self.asks

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters, where the answer is a function."""
        return [name.partition("=")[0] for name in self.asks.partition("(")[2].rstrip(")").split(", ")]

    @cached_property
    def cases(self) -> list[tuple]:
        """The arguments of every try; always the same, so that the same answer gets the same verdict."""
        rng = np.random.default_rng(0)
        return [*self.inputs, *(self.random(rng) for _ in range(TRIES if self.random else 0))]

    @cached_property
    def wanted(self) -> list:
        """The right results, one a try."""
        return [self.result(self.right, copy.deepcopy(arguments)) for arguments in self.cases]

    def result(self, answer, arguments):
        """Return what an answer gives for these arguments."""
        if self.use:
            return self.use(answer, *arguments)
        return answer(*arguments) if self.is_function else answer

    @cached_property
    def outcomes(self) -> dict:
        """What came of its known wrong answers, by their program, as far as the judge has tried them."""
        return {}

    @cached_property
    def right(self):
        """The right answer."""
        return self.defined_by(self.solution)

    def mistaken(self, wrong, change=None) -> str:
        """Return the solution with the change of a known wrong answer, or with another one."""
        source = self.solution
        for text, other in (wrong.change if change is None else change).items():
            if text not in source:
                raise ValueError(f"{wrong.name!r} changes {text!r}, which the solution of {self.name} does not have.")
            source = source.replace(text, other)
        return source

    def defined_by(self, source):
        """Run `source` by itself and return what it defines under the answer's name."""
        names = {"__name__": self.name}
        exec(compile(source, f"<{self.name}>", "exec"), names)
        return names[self.answer]
