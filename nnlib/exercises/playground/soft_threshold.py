"""Exercise: the step of an L1 penalty, which makes small weights exactly 0."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_weights(rng):
    """Return weights, a learning rate and the rate of a penalty."""
    weights = np.round(rng.normal(0, 0.3, int(rng.integers(2, 8))), 2)
    return weights, float(rng.choice([0.1, 0.3, 0.5])), float(rng.choice([0.2, 0.7, 1.5]))


EXERCISE = Exercise(
    name="playground-soft-threshold",
    asks="shrink(weights, learning_rate, penalty_rate)",
    solution="""
import numpy as np


def shrink(weights, learning_rate, penalty_rate):
    most = learning_rate * penalty_rate
    return np.sign(weights) * np.maximum(np.abs(weights) - most, 0)
""",
    hints=(
        "Begin with one positive weight: what is left of it after the pull, and what if it is smaller than the pull?",
        "For positive weights that is `np.maximum(weights - most, 0)`, where `most` is η λ. Negative ones mirror it.",
        "Shorten the absolute values, `np.maximum(np.abs(weights) - most, 0)`, and multiply by the signs, `np.sign(weights)`.",
    ),
    inputs=(
        (np.array([1.0, -1.0, 0.05, -0.05, 0.0]), 0.1, 1.0),
        (np.array([0.4, -0.4, 0.2, -3.0]), 0.5, 0.8),
        (np.array([0.3, -0.2, 0.1]), 0.1, 0.0),
        (np.array([[0.5, -0.1], [0.02, -2.0]]), 0.3, 0.5),
    ),
    random=some_weights,
    wrong=(
        Wrong(
            "it goes past zero",
            "A small weight is pulled past 0, to the other side, and the next step pulls it back again.",
            "What becomes of the weight 0.05 if it is pulled by 0.1?",
            "A weight that would come past 0 stays there: take `np.maximum(…, 0)` of what is left of its absolute value.",
            change={"np.maximum(np.abs(weights) - most, 0)": "(np.abs(weights) - most)"},
        ),
        Wrong(
            "all are pulled down",
            "You pull every weight down, also the negative ones.",
            "In which direction lies 0 for the weight −1?",
            "Multiply the pull by the sign of the weight, or shorten the absolute values.",
            change={"np.sign(weights) * np.maximum(np.abs(weights) - most, 0)": "weights - most"},
        ),
        Wrong(
            "it is weight decay",
            "Your weights shrink in proportion, as with L2. Then none ever is exactly 0.",
            "By how much does L1 pull a weight of 1, and by how much one of 100?",
            "The pull is the same for all, η λ: subtract it from the absolute value.",
            change={"np.sign(weights) * np.maximum(np.abs(weights) - most, 0)": "weights * (1 - most)"},
        ),
        Wrong(
            "a hard threshold",
            "The small weights become 0, but the others are not pulled at all.",
            "What should become of the weight 1, with a pull of 0.1?",
            "Shorten the others by the pull as well.",
            change={
                "np.sign(weights) * np.maximum(np.abs(weights) - most, 0)": "np.where(np.abs(weights) > most, weights, 0)",
            },
        ),
        Wrong(
            "the small ones are spared",
            "Weights that are smaller than the pull stay as they were.",
            "What is nearer to 0 than a weight that is smaller than the pull?",
            "Those become exactly 0.",
            change={
                "np.sign(weights) * np.maximum(np.abs(weights) - most, 0)": (
                    "np.where(np.abs(weights) > most, weights - most * np.sign(weights), weights)"
                ),
            },
        ),
        Wrong(
            "the signs are lost",
            "All your weights have become positive.",
            "What is the absolute value of −1, and who gives the minus back?",
            "Multiply by `np.sign(weights)`.",
            change={"np.sign(weights) * ": ""},
        ),
        Wrong(
            "negative weights become 0",
            "All negative weights have become 0.",
            "`np.maximum(…, 0)` cuts off what is negative. Is that what a negative weight deserves?",
            "Take the absolute values first, and give them back their signs at the end.",
            change={"np.sign(weights) * np.maximum(np.abs(weights) - most, 0)": "np.maximum(weights - most, 0)"},
        ),
        Wrong(
            "the learning rate is forgotten",
            "Your pull does not depend on both rates.",
            "A step is as long as the learning rate says: so is its pull.",
            "The pull is `learning_rate * penalty_rate`.",
            change={"learning_rate * penalty_rate": "penalty_rate"},
            others=({"learning_rate * penalty_rate": "learning_rate"},),
        ),
        Wrong(
            "the pull is a push",
            "Your weights have grown.",
            "Does the penalty pull toward 0, or push away from it?",
            "Subtract the pull from the absolute value.",
            change={"np.abs(weights) - most": "np.abs(weights) + most"},
        ),
        Wrong(
            "the pull in place of what is left",
            "You return the pull, and not what is left of the weights.",
            "`np.clip(weights, -most, most)` is how far each weight moves. Where does it arrive?",
            "Subtract that from the weights: `weights - np.clip(weights, -most, most)`.",
            change={"np.sign(weights) * np.maximum(np.abs(weights) - most, 0)": "np.clip(weights, -most, most)"},
        ),
        Wrong(
            "the rates are divided",
            "The pull is wrong: you divide one rate by the other.",
            "If the penalty is twice as strong, is the pull twice as long?",
            "Multiply them: `learning_rate * penalty_rate`.",
            change={"learning_rate * penalty_rate": "learning_rate / penalty_rate if penalty_rate else 0"},
            others=({"learning_rate * penalty_rate": "penalty_rate / learning_rate"},),
        ),
        Wrong(
            "twice the pull",
            "The pull is twice as long as it should be.",
            "The slope of w² is 2w. What is the slope of |w|?",
            "It is the sign of w, without a 2: the pull is η λ.",
            change={"learning_rate * penalty_rate": "2 * learning_rate * penalty_rate"},
        ),
    ),
)
