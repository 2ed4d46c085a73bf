"""Exercise: a bump out of two sigmoid neurons."""

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="layers-bump",
    asks="bump(x, start, end, height, w)",
    solution="""
from nnlib.activations import ACTIVATIONS


def bump(x, start, end, height, w):
    sigmoid = ACTIVATIONS["sigmoid"].function
    rises = sigmoid(w * x - w * start)
    falls = sigmoid(w * x - w * end)
    return height * rises - height * falls
""",
    hints=(
        "Begin with one neuron: σ(w x + b) climbs from 0 to 1 where w x + b = 0. Which b puts that at x = start?",
        "A second neuron, climbing at x = end, has to take away what the first has given.",
        "With b = −w · start and b = −w · end: height times the first output, minus height times the second.",
    ),
    inputs=((0.5, 0.25, 0.75, 2.0, 40.0), (0.0, 0.25, 0.75, 2.0, 40.0), (0.25, 0.25, 0.75, 2.0, 40.0)),
    random=lambda rng: (
        float(rng.uniform(0, 1)),
        float(rng.uniform(0, 0.4)),
        float(rng.uniform(0.5, 1)),
        float(rng.normal()),
        float(rng.uniform(5, 50)),
    ),
    wrong=(
        Wrong(
            "the bias is the place itself",
            "Your bump is in the wrong place, far to the left for a steep neuron.",
            "A neuron climbs where w x + b = 0, which is at x = −b / w. You have put b = −start there.",
            "Multiply by the weight: the biases are −w · start and −w · end.",
            change={"w * start": "start", "w * end": "end"},
        ),
        Wrong(
            "the sign of the bias is lost",
            "For every x that was tried, both of your neurons have climbed long ago.",
            "A neuron climbs at x = −b / w. For a place to the right of 0 and a positive w, what sign must b have?",
            "The biases are −w · start and −w · end.",
            change={"- w * start": "+ w * start", "- w * end": "+ w * end"},
        ),
        Wrong(
            "it never comes down",
            "Your curve climbs at the start, as it should, and climbs again at the end.",
            "Look at how the two outputs are put together.",
            "The second output weight is −height: subtract.",
            change={"- height * falls": "+ height * falls"},
        ),
        Wrong(
            "only one neuron has the height",
            "After the end of the bump, your curve does not come back to zero.",
            "What is added at the start, and what is taken away at the end? They must be equal.",
            "Multiply both outputs by the height, or their difference.",
            change={"- height * falls": "- falls"},
        ),
        Wrong(
            "it is upside down",
            "Your curve is the right one, upside down.",
            "Which neuron adds, and which takes away?",
            "The neuron at the start has the output weight height, the one at the end −height.",
            change={"return height * rises - height * falls": "return height * falls - height * rises"},
        ),
        Wrong(
            "the height is left out",
            "Your bump has the right place, and always the height 1.",
            "Which of the parameters have you not used yet?",
            "Multiply the difference of the two outputs by the height.",
            change={"height * rises - height * falls": "rises - falls"},
        ),
        Wrong(
            "the height is inside the sigmoid",
            "The height changes how steep your neurons are, and a sigmoid never gets above 1.",
            "What multiplies the *output* of a neuron: its own weight, or that of the next layer?",
            "Multiply outside: height * sigmoid(…).",
            change={
                "sigmoid(w * x - w * start)": "sigmoid(height * (w * x - w * start))",
                "sigmoid(w * x - w * end)": "sigmoid(height * (w * x - w * end))",
                "height * rises - height * falls": "rises - falls",
            },
        ),
        Wrong(
            "the place is divided by the weight",
            "Your bump is in the wrong place: for a steep neuron, nearly at 0.",
            "A neuron climbs where w x + b = 0. Put x = start into it: what is b?",
            "The bias is −w · start, a product.",
            change={"w * start": "start / w", "w * end": "end / w"},
        ),
        Wrong(
            "the outputs are multiplied",
            "Your curve is close to a bump, but a layer adds up; it never multiplies two outputs.",
            "The output neuron has one weight for each hidden neuron. Which weights give the bump?",
            "Take height times the first output, minus height times the second.",
            change={"height * rises - height * falls": "height * rises * (1 - falls)"},
        ),
        Wrong(
            "the bump has no end",
            "Your curve climbs at the start, and stays up.",
            "One neuron makes a step. What brings the curve down again?",
            "Subtract a second neuron that climbs at the end, with the same height.",
            change={" - height * falls": ""},
        ),
        Wrong(
            "the weight is left out",
            "Your edges are as soft as can be, whatever w is: the neurons have the weight 1.",
            "What is w for? A neuron computes σ(w x + b).",
            "Multiply by w inside both sigmoids: w * x - w * start, and w * x - w * end.",
            change={"w * x - w * start": "x - start", "w * x - w * end": "x - end"},
        ),
        Wrong(
            "the steepness is fixed",
            "Your bump is always equally steep, and the question gives w.",
            "Which number in your program should be w?",
            "Use the parameter: w * x - w * start, and w * x - w * end.",
            change={"w * x - w * start": "100 * (x - start)", "w * x - w * end": "100 * (x - end)"},
            others=(
                {"w * x - w * start": "40 * (x - start)", "w * x - w * end": "40 * (x - end)"},
                {"w * x - w * start": "50 * (x - start)", "w * x - w * end": "50 * (x - end)"},
            ),
        ),
        Wrong(
            "a box in place of two neurons",
            "You return a box with vertical edges, and the question asks for two sigmoid neurons, whose edges are soft.",
            "What should come out exactly at x = start: nothing, half of the height, or all of it?",
            "Take height * sigmoid(w * x - w * start) - height * sigmoid(w * x - w * end).",
            change={"height * rises - height * falls": "height if start <= x <= end else 0.0"},
            others=(
                {"height * rises - height * falls": "height if start <= x < end else 0.0"},
                {"height * rises - height * falls": "height if start < x < end else 0.0"},
                {"height * rises - height * falls": "height if start < x <= end else 0.0"},
            ),
        ),
        Wrong(
            "it stands on a floor",
            "Your bump has the right shape, but sits too high: outside of it the curve is not 0.",
            "A neuron with the weight −w falls from 1 to 0. Before it falls, what does it add?",
            "Subtract a neuron that climbs, height * sigmoid(w * x - w * end), and the floor is gone.",
            change={"- height * falls": "+ height * (1 - falls)"},
        ),
        Wrong(
            "the end is taken for a width",
            "Your bump begins in the right place and ends too late, at start + end.",
            "Is `end` a place on the x axis, or a length?",
            "The second neuron climbs at x = end: its bias is −w · end.",
            change={"w * x - w * end": "w * x - w * (start + end)"},
        ),
        Wrong(
            "one of the biases has the wrong sign",
            "One of your neurons climbs in the right place, and the other one to the left of 0.",
            "A neuron climbs at x = −b / w. For a place to the right of 0 and a positive w, what sign must b have?",
            "Both biases are negative: −w · start and −w · end.",
            change={"- w * end": "+ w * end"},
            others=({"- w * start": "+ w * start"},),
        ),
    ),
)
