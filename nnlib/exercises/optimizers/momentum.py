"""Exercise: one step with momentum."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def a_step(rng):
    """Return weights, a running sum, a gradient, a learning rate and a momentum."""
    return (*rng.normal(size=(3, 3)), float(rng.uniform(0.01, 0.5)), float(rng.uniform(0.1, 0.95)))


LINES = "    v = momentum * v + g", "    w = w - learning_rate * v"
EXERCISE = Exercise(
    name="optimizers-momentum",
    asks="momentum_step(w, v, g, learning_rate, momentum)",
    solution="""
def momentum_step(w, v, g, learning_rate, momentum):
    v = momentum * v + g
    w = w - learning_rate * v
    return w, v
""",
    hints=(
        "Begin with the running sum: it keeps a share `momentum` of itself, and takes the new gradient in.",
        "Then the weights step against the new sum, where a plain step would go against the gradient.",
        "Write `v = momentum * v + g`, then `w = w - learning_rate * v`, and return both, w first.",
    ),
    inputs=(
        (np.array([1.0]), np.array([0.0]), np.array([2.0]), 0.1, 0.9),
        (np.array([1.0, -1.0]), np.array([4.0, 1.0]), np.array([2.0, -2.0]), 0.1, 0.5),
    ),
    random=a_step,
    wrong=(
        Wrong(
            "the old sum moves the weights",
            "Your sums are right, and the weights are always a step behind them.",
            "When w moves, has v already taken in the gradient of this step?",
            "Change v first, and move w by the new v.",
            change={"\n".join(LINES): "\n".join(LINES[::-1])},
        ),
        Wrong(
            "the weights ignore the sum",
            "Your sums are right, but the weights take a plain step.",
            "Which letter comes after the learning rate?",
            "Step along the sum: `w = w - learning_rate * v`.",
            change={"learning_rate * v": "learning_rate * g"},
        ),
        Wrong(
            "it climbs",
            "Your weights go uphill.",
            "The sum is one of gradients, and they point to where the loss rises.",
            "Subtract: `w = w - learning_rate * v`.",
            change={"w - learning_rate": "w + learning_rate"},
            others=({"+ g": "- g"},),
        ),
        Wrong(
            "a mean in place of a sum",
            "You take in only a share of the new gradient: that makes a running mean.",
            "On an even slope, the sum of this chapter grows to g / (1 − μ). To what does yours grow?",
            "Take the whole gradient in: `momentum * v + g`.",
            change={"* v + g": "* v + (1 - momentum) * g"},
        ),
        Wrong(
            "the rate is inside the sum",
            "Your weights are right, and your running sum is that of Keras, with the learning rate in it.",
            "What should v be after the first step, from v = 0: the gradient, or the rate times the gradient?",
            "Sum up bare gradients, `v = momentum * v + g`; the rate belongs to the step.",
            change={"v + g": "v - learning_rate * g", "w - learning_rate * v": "w + v"},
            others=({"v + g": "v + learning_rate * g", "w - learning_rate * v": "w - v"},),
        ),
        Wrong(
            "the rate counts twice",
            "The learning rate is in your sum, and in the step once more.",
            "From v = 0 and with g = 2, what should v be?",
            "Leave the rate out of the sum: `v = momentum * v + g`.",
            change={"v + g": "v + learning_rate * g"},
        ),
        Wrong(
            "the share is of the wrong one",
            "You take a share of the gradient, and keep the whole old sum.",
            "Which of the two should fade away: what has just come, or what is old?",
            "The momentum multiplies the old sum: `momentum * v + g`.",
            change={"momentum * v + g": "v + momentum * g"},
        ),
        Wrong(
            "what is lost is kept",
            "Your sum keeps the share that it should lose.",
            "With a momentum of nine tenths, how much of the old sum is left?",
            "Multiply by `momentum` itself, not by 1 less it.",
            change={"momentum * v": "(1 - momentum) * v"},
            others=({"momentum * v + g": "(1 - momentum) * v + momentum * g"},),
        ),
        Wrong(
            "nothing fades",
            "Your sum keeps everything, forever: a ball without friction.",
            "Where does `momentum` come in?",
            "Let the old sum fade: `momentum * v + g`.",
            change={"momentum * v": "v"},
        ),
        Wrong(
            "the old sum is gone",
            "Your v does not depend on the v that came in.",
            "What is left of the old sum after a step?",
            "Keep a share of it: `momentum * v + g`.",
            change={"momentum * v + g": "g"},
            others=({"momentum * v + g": "momentum * g"},),
        ),
        Wrong(
            "it is Nesterov's step",
            "Your sums are right, and the weights take the step of Nesterov's rule.",
            "The heavy ball steps along v alone.",
            "Write `w = w - learning_rate * v`.",
            change={"learning_rate * v": "learning_rate * (g + momentum * v)"},
        ),
        Wrong(
            "the step fades too",
            "Your sums are right, and your steps are too short by the momentum.",
            "How often should `momentum` appear in two lines?",
            "Only the old sum is multiplied by it. The step is `learning_rate * v`.",
            change={"learning_rate * v": "learning_rate * momentum * v"},
        ),
        Wrong(
            "they have changed places",
            "Both are right, but they have changed places.",
            "In which order does the question want them?",
            "Return `w, v`.",
            change={"return w, v": "return v, w"},
        ),
        Wrong(
            "only the weights",
            "You return the weights alone, and nobody will know the sum at the next step.",
            "Who remembers v, if the function does not hand it back?",
            "Return both: `return w, v`.",
            change={"return w, v": "return w"},
        ),
    ),
)
