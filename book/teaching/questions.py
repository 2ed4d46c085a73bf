"""The questions of the test: `questions.md` has their words, and here are the numbers of their answers, computed by nnlib."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

import numpy as np

from nnlib import Dense, Neuron, mlp
from nnlib.exercises import EXERCISES
from nnlib.losses import binary_cross_entropy, cross_entropy, mse
from nnlib.neuron import OF_ONE_NEURON

SOURCE = Path(__file__).with_suffix(".md")
SECTION = re.compile(
    r"(?P<name>[\w-]+), (?P<lines>\d+) lines\n\n(?P<asks>.+?)\n\n\*\*Answer\.\*\* (?P<answer>.+?)\n\n(?P<marks>- .+)", re.DOTALL
)
MARK = re.compile(r"^- (\d): (.+(?:\n  .+)*)", re.MULTILINE)
NUMBER = re.compile(r"«(\w+)(?::([^»]*))?»")
SQUARE = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # its corners, in counting order


@dataclass(frozen=True)
class Question:
    """A question of the test.

    `marks` says what each part of the points is for, (points, what), `lines` is the room to write, and `facts` computes the
    numbers that the answer names.
    """

    name: str
    asks: str
    answer: str
    marks: tuple[tuple[int, str], ...]
    lines: int = 4
    facts: Callable[[], dict] = dict

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


def read(text) -> tuple[Question, ...]:
    """Return the questions in a text like `questions.md`. Raises ValueError for a section that is none."""
    _, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    return tuple(_question(section) for section in sections)


def _question(section):
    found = SECTION.fullmatch(section.strip())
    marks = tuple((int(points), " ".join(what.split())) for points, what in MARK.findall(found["marks"])) if found else ()
    if not marks:
        raise ValueError(
            f"A question has a name with its lines, an answer and marks: see questions.md. Got {section[:60]!r} instead."
        )
    texts = {part: " ".join(found[part].split()) for part in ("asks", "answer")}
    return Question(found["name"], **texts, marks=marks, lines=int(found["lines"]), facts=FACTS.get(found["name"], dict))


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


FACTS = {
    "output": neuron,
    "boundary": boundary,
    "nand": nand,
    "sharper": sharper,
    "correction": correction,
    "parameters": counted,
    "collapse": collapsed,
    "gates": gates,
    "two-losses": losses,
    "ignorance": ignorance,
    "walk": walk,
    "noise": noise,
    "blame": blame,
    "silent-input": blame,
    "stopping": stopped,
    "score": score,
}  #: by the names of questions
QUESTIONS = read(SOURCE.read_text(encoding="utf-8"))
