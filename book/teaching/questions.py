"""The twenty questions of the test, none of which stands in a chapter, with their answers and what each point is for.

What stands between «» in an answer is a number that nnlib computes, in a format of Python's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from nnlib import Dense, Neuron, mlp
from nnlib.exercises import EXERCISES
from nnlib.losses import binary_cross_entropy, cross_entropy, mse
from nnlib.neuron import OF_ONE_NEURON

NUMBER = re.compile(r"«(\w+)(?::([^»]*))?»")
SQUARE = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # its corners, in counting order


@dataclass(frozen=True)
class Question:
    """A question of the test.

    `marks` says what each part of the points is for, (points, what), and `facts` computes the numbers that the answer names.
    `lines` is the room to write.
    """

    name: str
    asks: str
    answer: str
    marks: tuple[tuple[int, str], ...]
    facts: Callable[[], dict] = dict
    lines: int = 4

    @property
    def points(self) -> int:
        """How many points it has."""
        return sum(points for points, _ in self.marks)

    def filled(self, text) -> str:
        """Return a text with its numbers. Raises ValueError for one that nothing computes."""
        facts = self.facts()

        def write(found):
            if found[1] not in facts:
                raise ValueError(f"Nothing computes the number {found[1]!r} of the question {self.name}.")
            return format(facts[found[1]], found[2] or "")

        return NUMBER.sub(write, text)


def right(name, *arguments):
    """Return what the right answer to an exercise of the book gives."""
    return EXERCISES[name].right(*arguments)


def neuron():
    """Question 1: one neuron's output."""
    one = Neuron([2, -1], 0.5)
    return {"z": one.net_input([1, 3]), "a": one([1, 3])}


def boundary():
    """Question 2: a height of its boundary."""
    return {"x2": right("neuron-boundary", 1, [2, -1], 0.5)}


def nand():
    """Question 3: the biases with which a neuron is NAND, found by trying those on a grid."""
    biases = [b / 10 for b in range(-60, 61) if Neuron([-2, -2], b / 10, "step")(SQUARE).tolist() == [1, 1, 1, 0]]
    return {"low": min(biases), "high": max(biases) + 0.1}


def sharper():
    """Question 4: three times the weights and the bias."""
    return {"before": Neuron([0.5])([1]), "after": Neuron([1.5])([1])}


def correction():
    """Question 5: one correction of a perceptron."""
    x, weights = np.array([-1.0, 2.0]), np.array([1.0, 0.0])
    (w1, w2), b = right("perceptron-correction", x, 1, weights, 0.0, 1)
    return {"before": x @ weights, "w1": w1, "w2": w2, "b": b, "after": Neuron([w1, w2], b).net_input(x)}


def counted():
    """Question 8: parameters of a network."""
    whole = mlp([5, 8, 3], output="identity").parameters.size
    return {"whole": whole, "hidden": Dense(5, 8).parameters.size, "without": whole - 8 - 3}


def collapsed():
    """Question 10: two linear layers as one."""
    W, b = right("layers-collapse", np.array([[1, 2], [0, 1]]), np.array([1, 0]), np.array([[1], [-1]]), np.array([2]))
    return {"w1": W[0, 0], "w2": W[1, 0], "b": b[0]}


def gates():
    """Question 11: what two gates and an output make."""
    either, both = (Neuron([1, 1], b, "step")(SQUARE) for b in (-0.5, -1.5))
    out = Neuron([-1, 1], 0, "step")(np.column_stack([either, both]))
    return {f"{name}{i}": int(value) for name, row in (("o", either), ("a", both), ("y", out)) for i, value in enumerate(row)}


def losses():
    """Question 12: three predictions under two losses."""
    y_hat, y = np.array([0.8, 0.3, 0.1]), np.array([1.0, 0.0, 1.0])
    pairs = [(y_hat[i : i + 1], y[i : i + 1]) for i in range(3)]
    squares, prices = [mse(*pair) for pair in pairs], [binary_cross_entropy(*pair) for pair in pairs]
    told = {f"s{i}": each for i, each in enumerate(squares)} | {f"p{i}": each for i, each in enumerate(prices)}
    return told | {"share_s": squares[2] / sum(squares), "share_p": prices[2] / sum(prices)}


def ignorance():
    """Question 13: the loss of a network that knows nothing of five classes."""
    return {"loss": cross_entropy(np.full((1, 5), 0.2), np.array([3])), "log": log(5)}


def walk():
    """Question 14: two steps down a parabola."""
    first, second = (right("gradient_descent-walk", np.array([4.0]), np.array([3.0]), 0.1, n)[0] for n in (1, 2))
    return {"first": first, "second": second, "factor": first / 3, "threshold": 2 / 4}


def noise():
    """Question 15: batches and noise."""
    return {"ratio": sqrt(16 / 64), "size": 16 * 3**2}


def blame():
    """Questions 16 and 17: the gradients of one sigmoid neuron, for the inputs 1 and 0."""
    x, weights = np.array([1.0]), np.array([2.0])
    delta, (weight,), bias = right("backpropagation-blame", x, 0.0, weights, -1.0)
    _, (silent,), bias_0 = right("backpropagation-blame", np.array([0.0]), 0.0, weights, -1.0)
    a = Neuron(weights, -1.0)(x)
    slope = float(OF_ONE_NEURON["sigmoid"].derivative(np.array(1.0)))
    told = {"a": a, "slope": slope, "delta": delta, "weight": weight, "bias": bias}
    return told | {"silent": silent, "bias_0": bias_0}


def stopped():
    """Question 19: where training stops, and whose weights are kept."""
    stop, best = right("generalization-stopping", [1.1, 0.7, 0.6, 0.65, 0.7, 0.8], 2)
    return {"stop": stop, "best": best}


def score():
    """Question 20: what a test score is worth."""
    one, other = 180 / 200, 186 / 200
    errors = [sqrt(p * (1 - p) / 200) for p in (one, other)]
    return {"points": 100 * errors[0], "gap": 100 * (other - one), "error": 100 * sqrt(errors[0] ** 2 + errors[1] ** 2)}


QUESTIONS = (
    Question(
        "output",
        "A neuron has the weights $2$ and $-1$, the bias $0.5$ and a sigmoid. Its inputs are $1$ and $3$. "
        "What is its weighted sum? Is its output above or below one half, and about how large is it?",
        "$z = 2 \\cdot 1 - 1 \\cdot 3 + 0.5 = «z:.1f»$. It is negative, so the output lies below one half: "
        "$\\sigma(z) \\approx «a:.2f»$.",
        (
            (1, "the two products, with the minus"),
            (1, "the bias added once, and $z$ right"),
            (1, "below one half, with the reason; the number itself is not needed, and a wrong one costs nothing"),
        ),
        neuron,
    ),
    Question(
        "boundary",
        "The same neuron: which $x_2$ lies on its boundary above $x_1 = 1$? Does the boundary pass through the origin?",
        "$2 - x_2 + 0.5 = 0$ gives $x_2 = «x2:.1f»$. It misses the origin, because the bias is not zero.",
        ((1, "$z = 0$ solved for $x_2$; with a wrong sign, nothing"), (1, "no, and the bias as the reason")),
        boundary,
        3,
    ),
    Question(
        "nand",
        "A neuron with a step has two weights of $-2$. For which biases is it NAND? (A step answers $1$ for $z \\ge 0$.)",
        "The four weighted sums are $b$, $b - 2$, $b - 2$ and $b - 4$. The first three must not be negative, and the last must be: "
        "$«low:.0f» \\le b < «high:.0f»$.",
        (
            (1, "the four sums, or the two that decide"),
            (1, "the lower end, included"),
            (1, "the upper end, left out"),
        ),
        nand,
    ),
    Question(
        "sharper",
        "We multiply all weights and the bias of a neuron by three. Which inputs does a *step* neuron now answer differently? "
        "And what does a *sigmoid* neuron say where $z$ was $0.5$, more or less than before?",
        "With a step, none: the sign of $z$ stays. With a sigmoid it becomes surer of the same opinion: where $z$ was $0.5$, the "
        "output goes from «before:.2f» to «after:.2f».",
        (
            (1, "no input is answered differently"),
            (1, "because the sign of $z$, or the boundary, stays"),
            (1, "more; “closer to 1” is enough"),
        ),
        sharper,
    ),
    Question(
        "correction",
        "A perceptron has the weights $(1, 0)$, the bias $0$ and the learning rate $1$. It looks at $x = (-1, 2)$ with the label "
        "$+1$. Is that a mistake? What are weights and bias afterward, and what is $z$ for the same input then?",
        "$z = «before:.0f»$, and the label is $+1$: a mistake. The weights become $(«w1:.0f», «w2:.0f»)$, the bias $«b:.0f»$, and now "
        "$z = «after:.0f»$.",
        (
            (1, "a mistake, with $z$"),
            (1, "weights *and* bias; half of it is no point"),
            (1, "the new $z$, also where it follows from wrong weights"),
        ),
        correction,
    ),
    Question(
        "endless",
        "A perceptron has gone through its data 500 times and still makes mistakes in every epoch. Name two possible reasons, and "
        "one thing to try for each.",
        "No line separates the classes: look at the data, add a feature or a hidden layer. Or a line does, with a narrow margin for "
        "the size of the inputs, so that the bound on mistakes is huge: center and scale the inputs, or be patient.",
        (
            (1, "not separable, or a wrong label that makes it so"),
            (1, "separable, but with a narrow margin or inputs on a bad scale; “a bug” counts, if it is named"),
            (1, "a remedy that fits each; “another learning rate” is none, if the start is zero"),
        ),
        lines=5,
    ),
    Question(
        "no-line",
        "Explain, in two or three sentences or lines, why no single neuron with a step computes XNOR (1 where both inputs are equal).",
        "$(0, 0)$ and $(1, 1)$ need $b \\ge 0$ and $w_1 + w_2 + b \\ge 0$, so the sum $w_1 + w_2 + 2b$ is not negative. $(0, 1)$ and "
        "$(1, 0)$ need $w_2 + b < 0$ and $w_1 + b < 0$, so the same sum is negative. Both cannot be.",
        (
            (1, "what two or more corners ask of $z$; or a sketch with the four corners"),
            (1, "all four corners used"),
            (1, "the contradiction; “no line separates them” alone repeats the question"),
        ),
        lines=5,
    ),
    Question(
        "parameters",
        "A network has 5 inputs, 8 hidden neurons and 3 outputs. How many parameters has its hidden layer? How many has the network? "
        "How many of them are weights?",
        "The hidden layer has $5 \\cdot 8 + 8 = «hidden»$. The network has $«whole»$, of which $«without»$ are weights.",
        ((1, "the hidden layer, biases included"), (1, "the network"), (1, "the weights alone")),
        counted,
        3,
    ),
    Question(
        "shapes",
        "Twenty samples go through that network at once, as $X W_1 + b_1$ and so on. What are the shapes of $X$, $W_1$, $b_1$, $A_1$, "
        "$W_2$ and $\\hat y$?",
        "$(20, 5)$, $(5, 8)$, $(8)$, $(20, 8)$, $(8, 3)$, $(20, 3)$.",
        (
            (1, "$X$ and $\\hat y$"),
            (1, "$W_1$ and $W_2$, with rows and columns in this order"),
            (1, "$b_1$ and $A_1$; $(1, 8)$ is fine for the bias"),
        ),
        lines=3,
    ),
    Question(
        "collapse",
        "Two linear layers with no activation: the first has the weights $\\begin{pmatrix} 1 & 2 \\\\ 0 & 1 \\end{pmatrix}$ and the "
        "biases $(1, 0)$, the second the weights $\\begin{pmatrix} 1 \\\\ -1 \\end{pmatrix}$ and the bias $2$. Which single layer "
        "does the same?",
        "$W = W_1 W_2$ is the column of $«w1:.0f»$ and $«w2:.0f»$, and $b = b_1 W_2 + b_2 = «b:.0f»$.",
        (
            (1, "the product in the right order"),
            (1, "both numbers of $W$"),
            (1, "the bias; $3$ is right only where $b_1$ has gone through $W_2$"),
        ),
        collapsed,
    ),
    Question(
        "gates",
        "Two hidden neurons with a step get both inputs with the weights $1$; their biases are $-0.5$ and $-1.5$. The output, a step "
        "as well, has the weights $-1$ and $1$ and the bias $0$. Make a table for the four corners. What does the network compute?",
        "In counting order the first says $«o0», «o1», «o2», «o3»$ (OR), the second $«a0», «a1», «a2», «a3»$ (AND), and the output "
        "$«y0», «y1», «y2», «y3»$: XNOR.",
        (
            (1, "both hidden columns"),
            (1, "the output, with $1$ at $z = 0$; follow a mistake in the hidden columns"),
            (1, "the name, or “both alike”"),
        ),
        gates,
        6,
    ),
    Question(
        "two-losses",
        "Three predictions, $0.8$, $0.3$ and $0.1$, have the targets $1$, $0$ and $1$. Under which loss, squared error or "
        "cross-entropy, does the third one alone make up a larger share of the whole? Give both losses of the third. "
        "(You may use $\\ln 0.1 \\approx -2.3$, $\\ln 0.7 \\approx -0.36$, $\\ln 0.8 \\approx -0.22$.)",
        "Squared error: $«s0:.2f» + «s1:.2f» + «s2:.2f»$, of which the third is «share_s:.0%». Cross-entropy: "
        "$«p0:.2f» + «p1:.2f» + «p2:.2f»$, of which it is «share_p:.0%». So it is squared error here, although cross-entropy charges "
        "the third more in itself.",
        (
            (1, "the squared error of the third, $«s2:.2f»$"),
            (1, "its cross-entropy, $«p2:.1f»$"),
            (1, "both shares compared; “cross-entropy, because it punishes confidence” without numbers has no point"),
        ),
        losses,
        5,
    ),
    Question(
        "ignorance",
        "A network for five classes starts with a mean cross-entropy of $6$. What would it be if the network gave every class the "
        "same probability? What does the $6$ tell you, and what would you look at first?",
        "$\\ln 5 \\approx «loss:.2f»$. The network is sure of wrong answers before it has learned anything: the first weights (or "
        "the inputs) are probably too large, or the loss is a sum where a mean was meant.",
        ((1, "$\\ln 5$; the number is not needed"), (1, "sure, and wrong"), (1, "first weights, scale of the inputs, or a sum")),
        ignorance,
    ),
    Question(
        "walk",
        "The loss is $L = 2 w^2$. We start at $w = 3$ with the learning rate $0.1$. Where is $w$ after one step, and after two? "
        "From which learning rate on does the walk no longer converge?",
        "The slope is $4w$. After one step $w = «first:.1f»$, after two $«second:.2f»$: each step multiplies by $«factor:.1f»$. It no longer "
        "converges from $«threshold:.1f»$ on, which is $2$ divided by the curvature $4$.",
        ((1, "the slope $4w$ and the first step"), (1, "the second step; follow a wrong first one"), (1, "the threshold")),
        walk,
    ),
    Question(
        "noise",
        "We go from batches of 16 to batches of 64, drawn from a very large data set. What happens to the standard error of the "
        "gradient? Which batch size would bring it down to a third of what it was with 16?",
        "It is multiplied by $«ratio:.1f»$: the noise falls with the root of the batch size. For a third, take «size».",
        ((1, "halved"), (1, "the root named or used"), (1, "«size»")),
        noise,
        3,
    ),
    Question(
        "blame",
        "A sigmoid neuron with one input has the weight $2$ and the bias $-1$. For the input $1$ and the target $0$ the loss is "
        "$(a - y)^2$. Compute $a$, $\\delta$, and the gradients of the weight and the bias. (You may use $\\sigma(1) \\approx 0.73$.)",
        "$z = 1$, $a \\approx «a:.2f»$, $\\sigma'(1) = a(1 - a) \\approx «slope:.2f»$. $\\delta = 2(a - y)\\,\\sigma'(z) \\approx «delta:.2f»$. "
        "The weight's gradient is $\\delta x \\approx «weight:.2f»$, and the bias's is $\\delta \\approx «bias:.2f»$.",
        (
            (1, "$z$ and $a$"),
            (1, "the slope of the sigmoid, taken of $a$ as $a(1 - a)$; $z(1 - z) = 0$ is the common mistake"),
            (1, "$\\delta$, with the 2 of the square"),
            (1, "both gradients from this $\\delta$, also where it is wrong"),
        ),
        blame,
        6,
    ),
    Question(
        "silent-input",
        "The same neuron, now with the input $0$ and the target $0$. Without new numbers: which of its two gradients is zero, and "
        "which is not? Why?",
        "The weight's is $\\delta \\cdot 0 = «silent:.0f»$: nobody is to blame for what did not come in. The bias's is $\\delta$ itself, "
        "which is not zero, because the output is not $0$.",
        ((1, "the weight's, with the reason"), (1, "the bias's is not, with the reason")),
        blame,
        3,
    ),
    Question(
        "checked",
        "You compare a backward pass with numerical gradients. (a) All gradients are half as large as they should be, whatever the "
        "data. (b) With one sample all is right, and with ten all are ten times too large. Name the likely bug of each. "
        "(c) Which test should a repaired program pass before you trust it?",
        "(a) The 2 of the square is lost. (b) The gradient is that of the sum, and the loss is a mean: a division by the number of "
        "samples is missing. (c) All gradients agree with numerical ones, on a batch of several samples, with sizes that all differ.",
        ((1, "a factor of 2 that belongs to the squared error"), (1, "mean and sum"), (1, "numerical gradients, with several samples")),
    ),
    Question(
        "stopping",
        "The validation losses of the first epochs are $1.1$, $0.7$, $0.6$, $0.65$, $0.7$, $0.8$; the training losses keep falling. "
        "What is this called? Training stops after two epochs in a row without a new lowest validation loss. After which epoch does "
        "it stop, and which epoch's weights do you keep?",
        "Overfitting. It stops after epoch «stop», and the weights of epoch «best» are kept.",
        ((1, "overfitting"), (1, "the epoch at which it stops"), (1, "the epoch whose weights are kept")),
        stopped,
        3,
    ),
    Question(
        "score",
        "A network reads 180 of 200 test digits. About how large is the standard error of its score, in points? A colleague's reads "
        "186 of 200 *other* digits. Is it better? What would make the comparison sharper without a single new digit?",
        "$\\sqrt{0.9 \\cdot 0.1 / 200}$ is about «points:.1f» points. The scores are «gap:.0f» points apart, and the standard error of the difference "
        "is «error:.1f» points: luck alone would do that often, so we cannot say. Test both on the same digits, and count only "
        "those on which they disagree.",
        (
            (1, "the formula, or the number"),
            (1, "the errors of both scores combined"),
            (1, "cannot be said, with the comparison of gap and error"),
            (1, "the same digits for both"),
        ),
        score,
        6,
    ),
)
