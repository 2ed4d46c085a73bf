"""The checks of a program that need no training, or little: each takes a `Case`, and returns what a `Finding` holds.

That is whether it passed, or None, what it saw and, where that is a fault, what it means and what to look at next.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from nnlib.clinic import gradient
from nnlib.clinic.program import Program, Stopped
from nnlib.clinic.targets import fitted, is_classes
from nnlib.exercises.values import short

ROUNDS = 20  # of training, after which a parameter should have moved
DRAWS = 20  # random networks
NOT_TRAINED = "It is not trained."


@dataclass
class Case:
    """A program, and what all its checks share."""

    program: Program
    rounds: int
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))
    row_by_row: bool = True  #: Whether an answer depends on its own row of X alone, as far as has been found.

    @cached_property
    def answers(self):
        """The answers of a new network to the program's samples."""
        return self.program.ask(self.program.fresh(), self.program.X)

    @cached_property
    def targets(self):
        """The targets in the shape of the answers."""
        return fitted(self.program.y, self.answers)

    @cached_property
    def drawn(self):
        """Answers of networks whose parameters have been moved at random, to the program's samples; a row a network."""
        program = self.program
        near_zero = (0, 0.1 / max(1, abs(program.X).max()))  # where nothing is saturated
        kinds = [near_zero, (1, 0.3), (1, 1.0), (1, 3.0), (1, 10.0)]
        found = [program.ask(program.shaken(self.rng, size, keep), program.X) for keep, size in kinds for _ in range(5)]
        return np.array([answers for answers in found if np.isfinite(answers).all()])

    @cached_property
    def jumps(self) -> bool:
        """Whether the answers are a few numbers and nothing between, as those of a step are: they have no slopes."""
        return len(self.drawn) > 0 and len(np.unique(self.drawn)) <= max(3, len(np.unique(self.program.y)))

    @cached_property
    def rows(self):
        """Up to twenty of the samples, evenly spread, since many data sets are sorted by class."""
        n = len(self.program.X)
        return np.unique(np.linspace(0, n - 1, min(n, 20)).round().astype(int))


def runs(case):
    """Check that the program can be made, asked, trained, and asked again."""
    program = case.program
    try:
        network = program.fresh()
        answers = program.ask(network, program.X)
        if program.trains:
            for _ in range(2):
                network = program.step(network, program.X, program.y)
            answers = program.ask(network, program.X)
    except Stopped as stopped:
        return False, *told(stopped)
    if not np.isfinite(answers).all():
        means = "Something was divided by zero, or an exponential or a logarithm was given a number that it cannot take."
        return False, "Some answers are no numbers (nan or inf).", means, "Print what goes into `exp` and `log`."
    return True, f"It was made, asked{' and trained' if program.trains else ''} without an error."


def told(stopped):
    """Return what is said of a program that stopped: what was seen, what that means, what to look at."""
    error = stopped.error
    saw = f"When {stopped.doing}, it stopped with {type(error).__name__}: {error}".rstrip(". ") + "."
    if isinstance(error, AttributeError) and "has no attribute" in str(error):
        attribute = str(error).rpartition("'")[0].rpartition("'")[2]
        means = f"It reads `{attribute}`, and no line that has run so far has set it."
        look = (
            f"The line that computes this value should keep it: `self.{attribute} = …`. Do not create it in the constructor: "
            "that silences the error, and the values stay wrong."
        )
        return saw, means, look
    if isinstance(error, ValueError) and any(word in str(error) for word in ("shape", "matmul", "broadcast", "aligned")):
        return saw, "Two shapes do not agree.", "Print the shapes of both sides in the line of the error, and compare with X."
    if isinstance(error, TypeError) and "argument" in str(error):
        return saw, "It was called otherwise than it is defined.", "Compare the `lambda` that you handed over with its `def`."
    return saw, "The program ends before it has answered.", "Read the error's sentence; print what its line computes with."


def shapes(case):
    """Check that there is one answer a sample, that targets can be compared with it, and that no parameter changes shape."""
    program, answers = case.program, case.answers
    n = len(program.X)
    if not answers.ndim or len(answers) != n:
        given = len(answers) if answers.ndim else "one number"
        means = "A batch is rows: the first axis of the answers counts the samples, as that of X does."
        return False, f"It was asked {n} samples and answered {given}.", means, "Print X.shape and the answers'."
    if case.targets is None:
        saw = f"The answers have shape {answers.shape}, the targets {program.y.shape}."
        means = "A sample has another count of answers than of targets."
        return False, saw, means, "How many neurons has the output layer, and how many columns has y?"
    saw = f"{n} samples get answers of shape {answers.shape}; the targets have {program.y.shape}."
    if not program.trains:
        return True, saw
    network = program.fresh()
    before, after = program.values(network), program.values(program.step(program.copy(network), program.X, program.y))
    for parameter, value in before.items():
        now = after.get(parameter, value).shape
        if now != value.shape:
            means = "What was added to it has a row for each sample: a sum over the batch is missing, or two shapes broadcast."
            look = f"The line that changes {parameter}: print the shape of what it adds."
            return False, f"{parameter} had shape {value.shape} and after a step {now}.", means, look
    if program.y.shape != answers.shape and program.y.size == answers.size:
        try:
            other = program.values(program.step(program.copy(network), program.X, program.y.reshape(answers.shape)))
        except Stopped:
            return True, saw
        if not _alike(after, other):
            means = "A column minus a row is a table: each answer is compared with the targets of all the samples."
            look = f"Hand over the targets in the shape of the answers, `y.reshape({answers.shape})`."
            return False, saw, means, look
    return True, saw


def _alike(one, other) -> bool:
    return all(name in other and np.allclose(value, other[name], rtol=1e-9, atol=1e-12) for name, value in one.items())


def questions(case):
    """Check that an answer depends on its own row of X, and on nothing else."""
    passed, *said = _questions(case)
    case.row_by_row = passed
    return passed, *said


def _questions(case):
    program, network = case.program, case.program.fresh()
    answers = program.ask(network, program.X)
    look = "Where does the way forward take its X from? It should be the argument, not something that was kept before."
    try:
        back, first = program.ask(network, program.X[::-1]), program.ask(network, program.X[:1])
    except Stopped as stopped:
        saw = f"Asked fewer samples, it stopped with {type(stopped.error).__name__}: {stopped.error}".rstrip(".") + "."
        return False, saw, "The number of samples is built in.", look
    scale = 1e-5 * (1 + abs(answers).max())
    if first.shape[:1] != (1,):
        saw = f"Asked one sample, it gives {len(first) if first.ndim else 1} answers."
        return (
            False,
            saw,
            "The number of samples is built in, or they themselves are: it answers those, whatever it is asked.",
            look,
        )
    if back.shape != answers.shape or abs(back[::-1] - answers).max() > scale:
        stored = back.shape == answers.shape and abs(back - answers).max() <= scale
        means = "It answers the samples that it has stored." if stored else "An answer depends on who else is asked."
        saw = "Asked in the opposite order, the answers do not come in the opposite order."
        return False, saw, means, look
    if abs(first - answers[:1]).max() > scale:
        saw = "The first sample gets another answer when it is asked alone."
        look = "Look for a mean, a sum or a softmax over the wrong axis."
        return False, saw, "An answer depends on who else is asked.", look
    return True, "Each sample gets its own answer, in any order and alone."


def reach(case):
    """Check that the answers can be the targets, with parameters of any size."""
    targets, drawn = case.targets, case.drawn
    if targets is None or not len(drawn):
        return None, "There are no targets to compare the answers with."
    means = "The label that the program cannot say is never learned, whatever the rule."
    if case.jumps:
        able, wanted = np.unique(drawn.round(9)), np.unique(targets)
        lost = wanted[~np.isin(wanted, able)]
        if len(lost):
            saw = f"The answers are {_listed(able)}, the targets {_listed(wanted)}."
            look = "Choose one pair of labels, for the answers, the rule and the data alike: −1 and 1, or 0 and 1."
            return False, saw, means, look
        return True, f"The answers are {_listed(able)}, and so are the targets."
    low, high = drawn.min(), drawn.max()
    far = 1e-3 * (high - low)
    saw = f"With random parameters the answers lie between {low:.3g} and {high:.3g}"
    lost = [value for value in (targets.min(), targets.max()) if not low - far <= value <= high + far]
    if lost and high - low < 1e3 and _is_bounded(case):
        look = "Choose labels that the output's activation reaches, or another activation there."
        return False, f"{saw}; there are targets of {_listed(lost)}.", means, look
    return True, f"{saw}; the targets are in reach."


def _is_bounded(case) -> bool:
    """Say whether larger parameters leave the range of the answers as it is, as behind a sigmoid, a tanh or a ReLU."""
    halves = np.array_split(case.drawn.reshape(len(case.drawn), -1), 2)
    small, large = (np.array([half.min(), half.max()]) for half in halves)
    ends = abs(large - small) <= 0.3 * np.ptp(large)
    return bool(ends.any())


def _listed(values) -> str:
    return _joined([f"{value:g}".replace("-", "−") for value in values[:4]]) + (" …" if len(values) > 4 else "")


def _joined(texts) -> str:
    """Return texts as one writes them in a row: "W1, b1 and W2"."""
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def given(case):
    """Check that a step of training depends on the targets that it is given."""
    program = case.program
    if not program.trains:
        return None, NOT_TRAINED
    network = program.shaken(case.rng, 0.3)
    rows = program.y.reshape(len(program.y), -1)
    one = program.y.copy()  # but for the first target, which is another one
    one[0] = program.y[abs(rows - rows[0]).max(axis=1).argmax()]
    kinds = [program.y, one, *(case.rng.permutation(program.y) for _ in range(DRAWS))]
    mine, *theirs = (program.values(program.step(program.copy(network), program.X, y)) for y in kinds)
    if _alike(program.values(network), mine) or all(np.array_equal(y, program.y) for y in kinds):
        return None, "There is nothing to compare."
    if all(np.array_equal(value, other[key]) for other in theirs for key, value in mine.items()):
        means = "It does not read the targets that it is given, but others: a global variable, or a store of its own."
        look = "Where does the way back take its y from? It should be the argument."
        return False, "It makes the very same step when the targets have changed places.", means, look
    return True, "Other targets make another step."


def turned(y) -> np.ndarray:
    """Return targets in which each label has taken the place of another."""
    rows = y.reshape(len(y), -1)
    labels, places = np.unique(rows, axis=0, return_inverse=True)
    return np.roll(labels, 1, axis=0)[places.ravel()].reshape(y.shape)


def teaches(case):
    """Check that samples of every label change something when they are answered wrong."""
    program = case.program
    if not program.trains or case.targets is None or not is_classes(program.y):
        return None, NOT_TRAINED if not program.trains else "There are no labels, but numbers to predict."
    labels = np.unique(program.y.reshape(len(program.y), -1), axis=0)
    if len(labels) == len(program.y) > 4:
        return None, "Each sample has a target of its own."
    for label in labels:
        mine = (program.y.reshape(len(program.y), -1) == label).all(axis=1)
        seen = moved = 0
        for _ in range(DRAWS):
            network = program.shaken(case.rng, 1.0)
            wrong = mine & (abs(program.ask(network, program.X) - case.targets).reshape(len(mine), -1).max(axis=1) > 0.3)
            if not wrong.any():
                continue
            seen += 1
            after = program.step(program.copy(network), program.X[wrong], program.y[wrong])
            moved += not _alike(program.values(network), program.values(after))
        if seen and not moved:
            said = short(label[0] if label.size == 1 else label.tolist())
            saw = f"{seen} random networks answered samples with the label {said} wrong, and training on these moved nothing."
            means = "A correction that is multiplied by such a label, or is asked for by it, is none."
            look = f"Work the rule out by hand for one wrong answer with the label {said}."
            return False, saw, means, look
    return True, f"Wrong answers for each of the {len(labels)} labels change the parameters."


def moves(case):
    """Check that training moves every parameter."""
    program = case.program
    if not program.parameters:
        means = "It has nothing to learn with, or hides it where it is not looked for: in global variables, or in a closure."
        return False, "No number was found that the answers depend on.", means, "Keep the weights in the network."
    count = sum(value.size for value in program.values(program.fresh()).values())
    found = f"{count} numbers that the answers depend on, in {', '.join(program.parameters)}"
    if not program.trains:
        means = "This network only predicts: its answers are those of random weights, whatever the data."
        return False, f"There are {found}, and no training.", means, "It needs a loss, its slopes, and an update."
    still = set(program.parameters)
    for network in (program.fresh(), program.shaken(case.rng, 0.3)):  # the second, as slopes may cancel at a special start
        before = program.values(network)
        for _ in range(ROUNDS):
            network = program.step(network, program.X, program.y)
        after = program.values(network)
        still -= {key for key, value in before.items() if not np.array_equal(value, after.get(key)) or not _should(key, value)}
    still = [key for key in program.parameters if key in still]
    if still:
        rest = "None of them moves" if len(still) == len(program.parameters) else f"{_joined(still)} did not move"
        means = "What does not move does not learn: the update is missing, or its slope is exactly zero."
        look = "Is there a line that changes it, and a slope for it? Whole-number arrays swallow small steps."
        return False, f"There are {found}. {rest} in {ROUNDS} rounds.", means, look
    return True, f"{found[0].upper()}{found[1:]}; all of them move."


def _should(name, value) -> bool:
    """Say whether a parameter should move: a single number may be a setting, unless it is called a bias or a weight."""
    last = name.rpartition(".")[2].lower()
    return value.size > 1 or value.ndim > 0 or last.startswith(("b", "w", "theta"))


def symmetry(case):
    """Check that hidden neurons do not stay copies of each other."""
    program = case.program
    if not program.trains:
        return None, NOT_TRAINED
    network = program.fresh()
    for _ in range(ROUNDS):
        network = program.step(network, program.X, program.y)
    outputs = case.answers.size // len(case.answers)
    for key, value in program.values(network).items():
        if value.ndim == 2 and min(value.shape) > 1 and not np.array_equal(value, np.zeros_like(value)):
            for axis, table in (("columns", value.T), ("rows", value)):
                hidden = table.shape[1] == program.X.shape[1] and not (len(table) == outputs and len(program.parameters) <= 2)
                if hidden and abs(table - table[0]).max() < 1e-12:
                    saw = f"After {ROUNDS} rounds all {axis} of {key} are still the same."
                    means = "Neurons that begin alike get the same slopes and stay alike: together they are one neuron."
                    return False, saw, means, "Begin with small random weights; zeros are for biases."
    return True, "No two hidden neurons are copies of each other."


def start(case):
    """Check that a new network feels its parameters: that it does not begin where every slope is zero."""
    program = case.program
    if case.jumps:
        return None, "The answers jump: they have no slopes."
    sizes = []
    for _ in range(3):
        network = program.fresh()
        found = gradient.slopes(program, network, program.X[case.rows[:5]])
        sizes.append(max(abs(table).max() for table in found.values()))
    if max(sizes) < 1e-6:
        saw = f"The steepest slope of an answer in any parameter is {max(sizes):.0e}."
        means = "All is saturated, or dead: whatever the parameters do, the answers hardly notice."
        return False, saw, means, "Scale the inputs to about −1 to 1, and begin with smaller weights."
    return True, f"The steepest slope of an answer in a parameter is {max(sizes):.2g}."
