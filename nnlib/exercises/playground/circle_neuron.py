"""Exercise: the weights by hand with which one neuron, given squared features, says whether a point lies in a circle."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_circle(rng):
    """Return a center and a radius."""
    return tuple(rng.uniform(-3, 3, 2).round(2).tolist()), round(rng.uniform(0.5, 4), 2)


def put_to_work(answer, center, radius):
    """Return the weights and the bias, divided by the size of the weight of x₁²: the same boundary has the same numbers."""
    result = answer(center, radius)
    if result is None:
        return None
    weights, bias = result
    together = np.append(np.asarray(weights, dtype=float), float(bias))
    return together / (abs(together[2]) or 1) if together.shape == (5,) else together


EXERCISE = Exercise(
    name="playground-circle-neuron",
    asks="circle_neuron(center, radius)",
    solution="""
import numpy as np


def circle_neuron(center, radius):
    c1, c2 = center
    weights = np.array([2 * c1, 2 * c2, -1, -1])
    bias = radius**2 - c1**2 - c2**2
    return weights, bias
""",
    hints=(
        "Begin on paper: a point lies inside where radius² − (x₁ − c₁)² − (x₂ − c₂)² is positive. Multiply it out.",
        "Which number stands before x₁ now, which before x₁²? What is left without any x is the bias.",
        "The weights are 2c₁, 2c₂, −1 and −1, and the bias is radius² − c₁² − c₂².",
    ),
    inputs=(((0.0, 0.0), 2.5), ((1.0, 0.0), 1.0), ((1.0, -2.0), 3.0), ((-0.5, 1.5), 2.0)),
    random=some_circle,
    use=put_to_work,
    wrong=(
        Wrong(
            "inside out",
            "The circle is right, and your neuron says yes outside of it.",
            "What is z at the center? It should be positive there.",
            "Change the sign of all the weights and of the bias.",
            change={"return weights, bias": "return -weights, -bias"},
        ),
        Wrong(
            "the radius is not squared",
            "The center is right, and the size of the circle is not.",
            "With the center at (0, 0), for which x₁ is z = 0? That should be the radius.",
            "The bias has radius squared in it: `radius**2`.",
            change={"radius**2": "radius"},
        ),
        Wrong(
            "the diameter in place of the radius",
            "Your circle is too large by a factor.",
            "Multiply out (x₁ − c₁)² once more: which terms have a factor 2, and does radius² have one?",
            "The bias has `radius**2` in it, as it is.",
            change={"radius**2": "(2 * radius) ** 2"},
            others=({"radius**2": "2 * radius**2"},),
        ),
        Wrong(
            "the middle term is half of what it should be",
            "The weights of x₁ and x₂ are half of what they should be.",
            "What is (x₁ − c₁)², multiplied out? The term in the middle comes twice.",
            "Their weights are `2 * c1` and `2 * c2`.",
            change={"[2 * c1, 2 * c2,": "[c1, c2,"},
        ),
        Wrong(
            "the circle is on the other side",
            "Your circle lies on the other side of the origin.",
            "There are two minus signs before 2c₁x₁: one in the square, and one before it.",
            "Minus times minus is plus: the weights of x₁ and x₂ are `2 * c1` and `2 * c2`.",
            change={"[2 * c1, 2 * c2,": "[-2 * c1, -2 * c2,"},
        ),
        Wrong(
            "the bias forgets the center",
            "The bias lacks the part that comes from the center.",
            "Multiply out (x₁ − c₁)²: which of its three terms has no x in it?",
            "Subtract these as well: `radius**2 - c1**2 - c2**2`.",
            change={"radius**2 - c1**2 - c2**2": "radius**2"},
        ),
        Wrong(
            "the bias adds the center",
            "The part of the bias that comes from the center has the wrong sign.",
            "There is a minus before the whole square (x₁ − c₁)², so also before its c₁².",
            "`radius**2 - c1**2 - c2**2`.",
            change={"radius**2 - c1**2 - c2**2": "radius**2 + c1**2 + c2**2"},
        ),
        Wrong(
            "the bias has the wrong sign",
            "The weights are right, and the bias has the wrong sign.",
            "What is z at the center? It should be radius², which is positive.",
            "`radius**2 - c1**2 - c2**2`, which is positive for a circle around the origin.",
            change={"radius**2 - c1**2 - c2**2": "c1**2 + c2**2 - radius**2"},
        ),
        Wrong(
            "the squares come first",
            "Your four weights are right, but in another order than that of the features.",
            "The features are x₁, x₂, x₁², x₂², in this order.",
            "First the two for x₁ and x₂, then −1 and −1.",
            change={"[2 * c1, 2 * c2, -1, -1]": "[-1, -1, 2 * c1, 2 * c2]"},
            others=({"[2 * c1, 2 * c2, -1, -1]": "[2 * c1, -1, 2 * c2, -1]"},),
        ),
        Wrong(
            "the center is ignored",
            "Your circle lies around the origin, wherever its center should be.",
            "Which of your weights depend on the center?",
            "Multiply out (x₁ − c₁)²: the weight of x₁ is `2 * c1`.",
            change={"[2 * c1, 2 * c2, -1, -1]": "[0, 0, -1, -1]"},
            others=({"[2 * c1, 2 * c2, -1, -1]": "[0, 0, -1, -1]", " - c1**2 - c2**2": ""},),
        ),
        Wrong(
            "the squares have weight +1",
            "The weights of the squares have the wrong sign.",
            "Far away from the circle, should z be positive or negative? Which features decide that there?",
            "The weights of x₁² and x₂² are −1.",
            change={"-1, -1]": "1, 1]"},
        ),
        Wrong(
            "the bias is not returned",
            "You return the weights alone.",
            "How many things does the question ask for?",
            "Return both: `return weights, bias`.",
            change={"return weights, bias": "return weights"},
        ),
        Wrong(
            "the two have changed places",
            "You return the bias first, and then the weights.",
            "Look at your `return`, and at the order in which the question names them.",
            "`return weights, bias`.",
            change={"return weights, bias": "return bias, weights"},
        ),
    ),
)
