"""Exercise: the way back through layer normalization, with two bugs, found by a numerical gradient."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_rows(rng):
    """Return a batch and the gradient that arrives at its normalized rows."""
    shape = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    return rng.normal(1, 2, shape), rng.normal(size=shape)


EXERCISE = Exercise(
    name="depth-bug-hunt",
    asks="layer_norm_backward(X, delta)",
    solution="""
import numpy as np


def layer_norm_backward(X, delta):
    mean = X.mean(axis=1, keepdims=True)
    spread = np.sqrt(X.var(axis=1, keepdims=True) + 1e-5)
    x_hat = (X - mean) / spread
    moved = delta.mean(axis=1, keepdims=True)
    stretched = (delta * x_hat).mean(axis=1, keepdims=True)
    return (delta - moved - x_hat * stretched) / spread
""",
    hints=(
        "Compare with `numerical_gradient` of the sum of what comes out times `delta`, first for a single row, then for two.",
        "One bug shows with a single row, the other with several. Ask of each mean along which axis it runs, and of what.",
        "All means run along the rows, `axis=1, keepdims=True`; the last one is that of `delta * x_hat`.",
    ),
    inputs=(
        (np.array([[1.0, 2.0, 6.0]]), np.array([[1.0, 0.0, 0.0]])),
        (np.array([[1.0, 2.0, 6.0], [4.0, -1.0, 0.0]]), np.array([[1.0, 0.0, 0.0], [0.0, 2.0, -1.0]])),
    ),
    random=some_rows,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Compare it with numerical_gradient: once with a single row, once with two.",
            "One is in the line of `moved`, the other in that of `stretched`.",
            change={"moved = delta.mean(axis=1": "moved = delta.mean(axis=0", "(delta * x_hat)": "(delta * X)"},
        ),
        Wrong(
            "the mean of delta runs over the samples",
            "One bug is fixed. One mean still runs down the columns, from sample to sample.",
            "Layer normalization lets no sample see another. Which line lets them?",
            "Take `moved = delta.mean(axis=1, keepdims=True)`.",
            change={"moved = delta.mean(axis=1": "moved = delta.mean(axis=0"},
        ),
        Wrong(
            "stretched by X",
            "One bug is fixed. What stretching takes away is still measured by X, and not by x̂.",
            "The formula has mean(g ∘ x̂) in it. What have you?",
            "Take `stretched = (delta * x_hat).mean(axis=1, keepdims=True)`.",
            change={"(delta * x_hat)": "(delta * X)"},
        ),
        Wrong(
            "stretched by what is only centered",
            "You subtract the mean from X and do not divide by the spread.",
            "The formula has x̂, whose mean is 0 and whose variance is 1.",
            "Take `delta * x_hat`.",
            change={"(delta * x_hat)": "(delta * (X - mean))"},
        ),
        Wrong(
            "the other mean runs over the samples",
            "Now the mean in `stretched` runs down the columns.",
            "Layer normalization lets no sample see another.",
            "Both means run along the rows: `axis=1, keepdims=True`.",
            change={"(delta * x_hat).mean(axis=1": "(delta * x_hat).mean(axis=0"},
        ),
        Wrong(
            "it is batch normalization now",
            "Everything runs down the columns now, and each row should be normalized by itself.",
            "Along which axis did the forward pass take its mean?",
            "All four means run along the rows: `axis=1, keepdims=True`.",
            change={"axis=1": "axis=0"},
        ),
        Wrong(
            "one mean for all samples",
            "One mean is taken over the whole batch, and each row has its own.",
            "`delta.mean()` is one number. How many rows are there?",
            "Take `axis=1, keepdims=True`.",
            change={"moved = delta.mean(axis=1, keepdims=True)": "moved = delta.mean()"},
            others=(
                {"(delta * x_hat).mean(axis=1, keepdims=True)": "(delta * x_hat).mean()"},
                {
                    "moved = delta.mean(axis=1, keepdims=True)": "moved = delta.mean()",
                    "(delta * x_hat).mean(axis=1, keepdims=True)": "(delta * x_hat).mean()",
                },
            ),
        ),
        Wrong(
            "the means are sums",
            "You add up where a mean belongs.",
            "How much does the mean of n numbers move where one of them does?",
            "Take `.mean(axis=1, keepdims=True)`.",
            change={"delta.mean(": "delta.sum(", "x_hat).mean(": "x_hat).sum("},
            others=({"delta.mean(": "delta.sum("}, {"x_hat).mean(": "x_hat).sum("}),
        ),
        Wrong(
            "mean and spread are taken for constants",
            "You divide by the spread, as if mean and spread did not depend on X.",
            "A nudge to one number of a row moves its mean and its spread as well.",
            "Subtract `moved` and `x_hat * stretched` first.",
            change={"(delta - moved - x_hat * stretched)": "delta"},
        ),
        Wrong(
            "the stretching is left out",
            "You see to the mean, and not to the spread.",
            "A nudge to one number of a row changes the spread as well.",
            "Subtract `x_hat * stretched` too.",
            change={" - x_hat * stretched": ""},
        ),
        Wrong(
            "the moving is left out",
            "You see to the spread, and not to the mean.",
            "A nudge to one number of a row changes the mean as well.",
            "Subtract `moved` too.",
            change={" - moved": ""},
        ),
        Wrong(
            "x̂ is missing behind the stretching",
            "`stretched` is one number a row, and you subtract it as it is.",
            "What stretches a row moves each number in proportion to its x̂.",
            "Subtract `x_hat * stretched`.",
            change={"x_hat * stretched": "stretched"},
        ),
        Wrong(
            "added in place of subtracted",
            "A sign is wrong: normalizing takes away what would move or stretch a row.",
            "What should the sum of each row of the result be?",
            "Subtract both: `delta - moved - x_hat * stretched`.",
            change={"delta - moved - x_hat": "delta + moved + x_hat"},
            others=({"- x_hat": "+ x_hat"}, {"- moved": "+ moved"}),
        ),
        Wrong(
            "not divided by the spread",
            "The last division is missing.",
            "By its definition x̂ is X over the spread: a nudge to X arrives so much smaller.",
            "Divide by `spread` at the end.",
            change={"(delta - moved - x_hat * stretched) / spread": "delta - moved - x_hat * stretched"},
        ),
        Wrong(
            "multiplied by the spread",
            "You multiply by the spread.",
            "By its definition x̂ is X *over* the spread.",
            "Divide by `spread` at the end.",
            change={"stretched) / spread": "stretched) * spread"},
        ),
    ),
)
