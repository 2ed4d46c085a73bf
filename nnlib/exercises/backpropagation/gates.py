"""Exercise: back through a small graph of three gates, in which one value is used twice."""

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-gates",
    asks="gradients(x, y, z)",
    solution="""
def gradients(x, y, z):
    total, larger = x + y, max(y, z)  # forward; the output is total * larger
    to_total, to_larger = larger, total  # multiply swaps
    to_x, to_y, to_z = to_total, to_total, 0.0  # add distributes
    if y > z:  # max routes
        to_y += to_larger
    else:
        to_z += to_larger
    return to_x, to_y, to_z
""",
    hints=(
        "Begin with the forward pass, and give each gate's output a name: the sum, the larger one, the product.",
        "Then go back from the product, where the gradient is 1. The multiplication hands each side the value of the other.",
        "Two gates use y: what comes back from the sum and, where y is the larger, from max, is added up.",
    ),
    inputs=((1.0, 2.0, -4.0), (1.0, -4.0, 2.0), (-3.0, 0.5, 0.25)),
    random=lambda rng: tuple(map(float, rng.normal(size=3))),
    wrong=(
        Wrong(
            "what comes from max replaces what comes from the sum",
            "The gradients of x and z are right. That of y is not, where y is larger than z.",
            "The value y is used twice, so a nudge to it reaches the output along two ways.",
            "Add up what comes back along the two ways: write `+=` where you write `=`.",
            change={"to_y += to_larger": "to_y = to_larger"},
        ),
        Wrong(
            "max is left out",
            "Nothing comes back through the max gate.",
            "The factor max(y, z) moves with the larger of y and z.",
            "Hand the gradient of the max gate to the larger one, on top of what it has.",
            change={"to_y += to_larger": "pass", "to_z += to_larger": "pass"},
        ),
        Wrong(
            "max distributes",
            "Your max gate gives its gradient to both of its inputs.",
            "Nudge the smaller of y and z: does max(y, z) move at all?",
            "Only the larger one gets the gradient; the other gets nothing from this gate.",
            change={"to_z += to_larger": "pass", "if y > z:  # max routes": "to_z += to_larger\n    if True:"},
        ),
        Wrong(
            "max routes to the smaller one",
            "Your max gate gives its gradient to the wrong input.",
            "Nudge the larger of y and z, then the smaller: which of them moves max(y, z)?",
            "Hand it to y where y > z, and to z elsewhere.",
            change={"y > z": "y < z"},
        ),
        Wrong(
            "the multiplication does not swap",
            "Each factor gets its own value as its gradient.",
            "Nudge the first factor of 3 · 5 by a little: does the product move 3 times as much, or 5 times?",
            "Swap: the sum gets the value of max, and max gets the value of the sum.",
            change={"to_total, to_larger = larger, total": "to_total, to_larger = total, larger"},
        ),
        Wrong(
            "the sum does not distribute",
            "Only one input of the sum gets its gradient.",
            "Nudge x, then y: does the sum move both times?",
            "Hand the gradient of the sum to both of its inputs.",
            change={"to_x, to_y, to_z = to_total, to_total, 0.0": "to_x, to_y, to_z = to_total, 0.0, 0.0"},
            others=({"to_x, to_y, to_z = to_total, to_total, 0.0": "to_x, to_y, to_z = to_total / 2, to_total / 2, 0.0"},),
        ),
        Wrong(
            "the sum passes on its inputs",
            "Your sum gives its inputs values, as a multiplication would.",
            "Nudge x by a little: how far does x + y move? It does not depend on y.",
            "A sum passes its own gradient on to both inputs, unchanged.",
            change={"to_x, to_y, to_z = to_total, to_total, 0.0": "to_x, to_y, to_z = to_total * y, to_total * x, 0.0"},
            others=({"to_x, to_y, to_z = to_total, to_total, 0.0": "to_x, to_y, to_z = to_total * x, to_total * y, 0.0"},),
        ),
        Wrong(
            "it is the output",
            "You return what the graph computes, but the question asks for its gradients.",
            "How much does the output move when x moves by a little?",
            "Go back from the product, gate by gate.",
            change={"return to_x, to_y, to_z": "return total * larger"},
            others=({"return to_x, to_y, to_z": "return total, larger, total * larger"},),
        ),
        Wrong(
            "y gets only what comes from the sum",
            "The gradients of x and z are right. That of y lacks what comes back through max.",
            "The value y is used twice: by the sum, and by max.",
            "Where y is larger than z, add the gradient of the max gate to what comes from the sum.",
            change={"to_y += to_larger": "pass"},
        ),
        Wrong(
            "ways are multiplied",
            "The gradients of x and z are right. For y you multiply what comes back along its two ways.",
            "Slopes *along* a way multiply. What do they do where two ways meet?",
            "Add: `+=`.",
            change={"to_y += to_larger": "to_y *= to_larger"},
        ),
        Wrong(
            "max multiplies",
            "Your max gate passes on its gradient times a value, as a multiplication would.",
            "Nudge the larger of y and z by a little: how far does max(y, z) move?",
            "By just as much: the larger one gets the gradient of the gate, unchanged.",
            change={"to_y += to_larger": "to_y += to_larger * y", "to_z += to_larger": "to_z += to_larger * z"},
        ),
        Wrong(
            "max always routes the same way",
            "Your max gate gives its gradient to the same input every time.",
            "Which of y and z is larger is different from try to try.",
            "Ask: `if y > z`, y gets it, otherwise z.",
            change={"y > z": "False"},
            others=({"y > z": "True"},),
        ),
    ),
)
