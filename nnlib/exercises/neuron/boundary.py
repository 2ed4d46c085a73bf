"""Exercise: the height of the decision boundary above a point of the first axis."""

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="neuron-boundary",
    asks="boundary_height(x1, weights, bias)",
    solution="""
def boundary_height(x1, weights, bias):
    w1, w2 = weights
    return -(w1 * x1 + bias) / w2
""",
    hints=(
        "Begin with what holds on the boundary: w₁x₁ + w₂x₂ + b = 0.",
        "You know everything in it but x₂: bring the other two terms to the other side.",
        "Then divide by w₂: x₂ = −(w₁x₁ + b) / w₂.",
    ),
    inputs=((0.0, [1.0, 2.0], -1.0), (2.0, [3.0, 1.0], 0.0), (-1.0, [0.5, -2.0], 1.0)),
    random=lambda rng: (float(rng.normal()), [float(rng.normal()), float(rng.uniform(0.5, 2))], float(rng.normal())),
    wrong=(
        Wrong(
            "the sign is lost",
            "The height is right but for its sign.",
            "When a term changes sides in an equation, something happens to it.",
            "Put a minus in front of the whole bracket: −(w₁x₁ + b) / w₂.",
            change={"-(": "("},
        ),
        Wrong(
            "the minus reaches only the first term",
            "The height is right where the bias is 0, and only there.",
            "Look at the sign of the bias.",
            "Both terms change sides, so both change their sign: −(w₁x₁ + b), with the bracket.",
            change={"-(w1 * x1 + bias)": "(-w1 * x1 + bias)"},
        ),
        Wrong(
            "the bias is left out",
            "Your line has the right direction, but it always passes through the origin.",
            "What shifts the line away from the origin?",
            "Keep the bias in the equation: −(w₁x₁ + b) / w₂.",
            change={" + bias": ""},
        ),
        Wrong(
            "only one term is divided",
            "The height is right where w₂ is 1, and only there.",
            "Division comes before addition: which of the two terms does yours reach?",
            "Put both terms into a bracket before you divide: −(w₁x₁ + b) / w₂.",
            change={"-(w1 * x1 + bias) / w2": "-w1 * x1 - bias / w2"},
            others=({"-(w1 * x1 + bias) / w2": "-w1 / w2 * x1 - bias"},),
        ),
        Wrong(
            "the weights have changed places",
            "This is the right formula for the other input.",
            "Which weight belongs to x₂, and where does it end up when you solve for x₂?",
            "Multiply x₁ by the first weight, and divide by the second.",
            change={"w1, w2 = weights": "w2, w1 = weights"},
        ),
        Wrong(
            "multiplied by the second weight",
            "The height is right where w₂ is 1 or −1, and only there.",
            "In w₁x₁ + w₂x₂ + b = 0 the second weight multiplies x₂. What takes it away again?",
            "Divide by w₂: −(w₁x₁ + b) / w₂.",
            change={"/ w2": "* w2"},
        ),
        Wrong(
            "not divided by the second weight",
            "The height is right where w₂ is 1, and only there.",
            "You have w₂x₂, not yet x₂.",
            "Divide by w₂: −(w₁x₁ + b) / w₂.",
            change={" / w2": ""},
        ),
        Wrong(
            "it is the weighted sum at this place",
            "This is a weighted sum, and the question is for the height at which it is zero.",
            "On the boundary w₁x₁ + w₂x₂ + b = 0. Which letter in it do you not know?",
            "Solve for x₂: −(w₁x₁ + b) / w₂.",
            change={"-(w1 * x1 + bias) / w2": "w1 * x1 + w2 * x1 + bias"},
            others=({"-(w1 * x1 + bias) / w2": "w1 * x1 + bias"},),
        ),
        Wrong(
            "divided by the first weight",
            "You divide by the weight of the other input.",
            "Which weight multiplies x₂ in w₁x₁ + w₂x₂ + b = 0?",
            "Divide by w₂.",
            change={"/ w2": "/ w1"},
        ),
        Wrong(
            "the minus reaches only the bias",
            "The height is right where x₁ is 0, and only there.",
            "Look at the sign of w₁x₁.",
            "Both terms change sides, so both change their sign: −(w₁x₁ + b), with the bracket.",
            change={"-(w1 * x1 + bias)": "(w1 * x1 - bias)"},
        ),
        Wrong(
            "counted from 1",
            "Your program asks for a weight that is not there.",
            "There are two weights. With which indices does Python count them?",
            "They are weights[0] and weights[1].",
            change={"w1, w2 = weights": "w1, w2 = weights[1], weights[2]"},
        ),
        Wrong(
            "the list is used as a number",
            "`weights` is a list of two numbers, and you calculate with the list itself.",
            "Which of the two weights belongs in which place?",
            "Take them out first: `w1, w2 = weights`.",
            change={"    w1, w2 = weights\n    return -(w1 * x1 + bias) / w2": "    return -(weights * x1 + bias) / weights"},
        ),
        Wrong(
            "a point in place of its height",
            "You return both coordinates, and the question asks for x₂ alone.",
            "You know x₁ already. Which number is unknown?",
            "Return only the height.",
            change={"-(w1 * x1 + bias) / w2": "x1, -(w1 * x1 + bias) / w2"},
            others=({"-(w1 * x1 + bias) / w2": "[x1, -(w1 * x1 + bias) / w2]"},),
        ),
        Wrong(
            "divided without a remainder",
            "Your heights are rounded down to whole numbers.",
            "Python has two divisions, `/` and `//`. Which of them rounds?",
            "Use `/`.",
            change={"/ w2": "// w2"},
        ),
        Wrong(
            "the second weight is subtracted",
            "You subtract the second weight, and it is a factor of x₂, not a term.",
            "In w₁x₁ + w₂x₂ + b = 0 the second weight multiplies x₂. What takes it away again?",
            "Divide by w₂: −(w₁x₁ + b) / w₂.",
            change={" / w2": " - w2"},
        ),
    ),
)
