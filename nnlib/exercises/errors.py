"""What to do about an error that ends a learner's program, by its kind and by what it says."""

import re

#: (the kind of an error, what its message has in it, the cure); the first that fits is given.
CURES = (
    ("NameError", r"'(np|numpy)'", "Begin the cell with `import numpy as np`."),
    ("NameError", r"'math'", "Begin the cell with `import math`."),
    ("NameError", "", "Look at how the name is spelled where it gets its value, and whether that line runs before this one."),
    (
        "UnboundLocalError",
        "",
        "A name that is assigned in a function is the function's own: give it a value there before you use it, or choose "
        "another name.",
    ),
    (
        "TypeError",
        r"for @: .*'(list|tuple)'|matmul.*list",
        "Lists have no `@`: make arrays of them first, `np.asarray(x)`, or go through both in a loop with `zip`.",
    ),
    (
        "TypeError",
        "'list'|'tuple'|multiply sequence",
        "Lists do not compute number by number: make an array first, `np.asarray(…)`, or go through the list in a loop.",
    ),
    ("TypeError", "NoneType", "Something is None there: look for a function without a `return`, or a name that was never set."),
    (
        "TypeError",
        "not callable",
        "Parentheses call a function. Look for a multiplication sign that is missing before `(`, or a name that hides a "
        "function.",
    ),
    ("TypeError", "only .*converted|must be real number", "`math` takes single numbers: for arrays use NumPy, as in `np.exp`."),
    ("TypeError", "argument", "Count the arguments of the call, and compare with how the function is defined."),
    ("TypeError", "", "Print the `type(…)` of everything in that line: two of them do not go together."),
    (
        "ValueError",
        "truth value of an array",
        "An array has no single True or False. Python's `max`, `if` and `and` want one number: use `np.maximum`, "
        "`np.where` or a loop.",
    ),
    (
        "ValueError",
        "matmul|not aligned|mismatch in its core",
        "In `A @ B` the last size of A must be the first of B. Print both shapes before the line: is the order right, or "
        "does one need `.T`?",
    ),
    (
        "ValueError",
        "broadcast|could not be broadcast",
        "Print the `.shape` of both sides before the line: which is not as you meant?",
    ),
    ("ValueError", "unpack", "Count the names on the left of `=`, and the values on its right."),
    ("ValueError", "zip", "The two that you go through with `zip` have different lengths: print both with `len`."),
    (
        "ValueError",
        "domain|(positive|nonnegative) input",  # the latter from Python 3.14 on
        "A logarithm needs a number above 0, and a root one that is not below 0: print what it is given.",
    ),
    (
        "AxisError",
        "",
        "The second argument of `np.max` and `np.sum` is an axis. For the larger of two, number by number, use `np.maximum`.",
    ),
    (
        "IndexError",
        "",
        "Indices run from 0 to one less than the length: print index and length before the line.",
    ),
    ("KeyError", "", "Print the keys that there are, `list(…)`, and compare the spelling."),
    (
        "AttributeError",
        "'(list|tuple)'",
        "A list has no such thing, and an array has: make one first, with `np.asarray(…)`.",
    ),
    ("AttributeError", "NoneType", "Something is None there: look for a function without a `return`, or a name never set."),
    (
        "AttributeError",
        "",
        "Print the `type(…)` of what is before the dot, and look at the spelling of what comes after it.",
    ),
    (
        "OverflowError",
        "",
        "The result is too large for a number. Look for an exponential of something large, and for another form of the "
        "formula whose exponents are never positive.",
    ),
    ("ZeroDivisionError", "", "Print what you divide by: where is it 0, and what should come out there?"),
    (
        "RecursionError",
        "",
        "The function calls itself without an end. Give it a case in which it returns without a call, or write a loop.",
    ),
    ("SystemExit", "", "Leave out `exit()` and `quit()`: a function ends with `return`."),
    (
        "ModuleNotFoundError|ImportError",
        "",
        "Look at the spelling; the exercises need no more than `math`, NumPy and nnlib.",
    ),
    ("AssertionError", "", "Print what the `assert` compares: it did not hold."),
)


def cure(error) -> str:
    """Return what to do about an error, in a sentence or two."""
    for name, says, what in CURES:
        if any(re.fullmatch(name, kind.__name__) for kind in type(error).__mro__) and re.search(says, str(error)):
            return what
    return "Read its sentence, and print the values that the line computes with just before it."
