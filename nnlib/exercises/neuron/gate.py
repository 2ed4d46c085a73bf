"""Exercise: the weights and the bias of a gate, chosen by thinking."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong
from nnlib.neuron import Neuron

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])

EXERCISE = Exercise(
    name="neuron-gate",
    asks="first_only",
    solution="""
from nnlib import Neuron

first_only = Neuron([1, -1], bias=-0.5, activation="step")
""",
    hints=(
        "Begin with the four corners: only (1, 0) may lift the weighted sum to zero or above.",
        "The first input must push up and the second must push down; at (0, 0) the bias alone decides.",
        "Take the weights 1 and −1, and a bias that keeps z below zero at (0, 0) and above it at (1, 0).",
    ),
    inputs=((CORNERS,),),
    use=lambda unit, X: unit(X),
    wrong=(
        Wrong(
            "it says neither 0 nor 1",
            "A gate answers 0 or 1, and this neuron answers with numbers in between.",
            "Look at its activation: unless you say otherwise, a Neuron uses the sigmoid.",
            'Write `Neuron(…, activation="step")`.',
            when=lambda unit, results: unit.activation == "sigmoid",
            always=True,
        ),
        Wrong(
            "another activation than the step",
            "The question asks for a neuron with a step, and yours has another activation.",
            "Would it still answer 0 or 1 if the weights were twice as long?",
            'Write `Neuron(…, activation="step")`.',
            when=lambda unit, results: isinstance(unit, Neuron) and unit.activation != "step",
            always=True,
        ),
        Wrong(
            "a function in place of a neuron",
            "It answers as the gate does, but it is not a neuron: it has no weights and no bias.",
            "The question is which three numbers make a neuron this gate.",
            'Write `first_only = Neuron([…, …], bias=…, activation="step")`.',
            when=lambda unit, results: not isinstance(unit, Neuron),
            always=True,
        ),
        Wrong(
            "without a bias it fires at zero",
            "It fires at (1, 0), as it should, and at (0, 0) and (1, 1) too: there z is exactly zero.",
            "The step counts zero as firing. What could push z below zero at those two corners, and leave it above at (1, 0)?",
            "Give it a bias between −1 and 0.",
            change={"bias=-0.5": "bias=0"},
        ),
        Wrong(
            "the inputs have changed places",
            "This neuron fires for the second input without the first.",
            "Look at which weight is negative.",
            "The input that must be absent gets the negative weight: swap the two.",
            change={"[1, -1]": "[-1, 1]"},
        ),
        Wrong(
            "it fires when nothing is on",
            "It is right where the first input is on, but it also fires at (0, 0).",
            "At (0, 0) the weighted sum is the bias alone, and the step counts zero as firing.",
            "Make the bias a little negative, so that z is below zero at (0, 0).",
            change={"[1, -1], bias=-0.5": "[1, -2], bias=0"},
        ),
        Wrong(
            "the second input does not hold it back",
            "It fires whenever the first input is on, whatever the second says.",
            "Compare z at (1, 0) and at (1, 1): the second weight has to make the difference.",
            "Make the second weight so negative that z falls below zero at (1, 1).",
            change={"[1, -1]": "[1, 0]"},
        ),
        Wrong(
            "it never fires",
            "It says 0 at all four corners.",
            "At (1, 0) the weighted sum is the first weight plus the bias: is that at least zero?",
            "Raise the bias, or the first weight, until (1, 0) gets over the threshold.",
            change={"bias=-0.5": "bias=-1.5"},
        ),
        Wrong(
            "this is AND",
            "It fires for both inputs together, and nowhere else.",
            "The second input must hold it back: what sign does its weight need?",
            "Give the second input a negative weight, and lower the threshold: at (1, 0) z must be at least zero.",
            change={"[1, -1], bias=-0.5": "[1, 1], bias=-1.5"},
        ),
        Wrong(
            "this is OR",
            "It fires as soon as any input is on.",
            "The second input must hold it back: what sign does its weight need?",
            "Give the second input a negative weight, as long as that of the first.",
            change={"[1, -1]": "[1, 1]"},
        ),
        Wrong(
            "it always fires",
            "It says 1 at all four corners.",
            "At (0, 0) the weighted sum is the bias alone: what must its sign be?",
            "Lower the bias: z must be below zero at three of the corners.",
            change={"bias=-0.5": "bias=1"},
        ),
        Wrong(
            "this is NAND",
            "It fires everywhere but where both inputs are on.",
            "The first input should push up: what sign does its weight need?",
            "Give the first input a positive weight, and make the bias negative.",
            change={"[1, -1], bias=-0.5": "[-1, -1], bias=1.5"},
        ),
        Wrong(
            "this is NOR",
            "It fires only where nothing is on.",
            "The first input should push up: what sign does its weight need?",
            "Give the first input a positive weight, and make the bias negative.",
            change={"[1, -1], bias=-0.5": "[-1, -1], bias=0.5"},
        ),
        Wrong(
            "the number of weights is wrong",
            "A gate with two inputs has two weights, and your neuron has another number of them.",
            "Which of your numbers are weights, and which is the bias?",
            'Write `Neuron([…, …], bias=…, activation="step")`, with two numbers in the list.',
            change={"[1, -1]": "[1, -1, -0.5]"},
            others=({"[1, -1]": "[1]"},),
        ),
    ),
)
