"""The checks of a program that train it: one step against the slopes, twenty samples by heart, other labels."""

from dataclasses import dataclass

import numpy as np

from nnlib.clinic import gradient
from nnlib.clinic.checks import NOT_TRAINED, turned
from nnlib.clinic.targets import fitted, is_classes, right, separable

STARTS = 3  # new networks that may try
LOOK = 50  # rounds between two looks at the answers
MANY = 40  # samples from which on half of them can be held out
NOT_BY_ROW = "Only for a program that can be asked row by row."
LINES = 100  # straight lines through the samples, on each of
NETWORKS = 10  # random networks


def downhill(case):
    """Check one step of training against the slopes of the answers, on one sample and on two."""
    program = case.program
    if not program.trains:
        return None, NOT_TRAINED
    if case.jumps:
        return None, "The answers jump, so they have no slopes. Hand over what comes before the step or argmax."
    if not case.row_by_row:
        return None, NOT_BY_ROW
    if _by_luck(case):
        return None, "Training draws at random (dropout?), so a step is never the same. Switch that off to check."
    compared = []
    for _ in range(8):
        network, rows = program.shaken(case.rng, 0.1), _two_rows(case)
        X = program.X[rows] + 0.05 * np.std(program.X, axis=0) * case.rng.normal(size=(2, program.X.shape[1]))
        one = gradient.compare(program, network, X[:1], program.y[rows[:1]])
        if one.kind == "none":
            continue
        two = gradient.compare(program, network, X, program.y[rows]) if one.kind != "wrong" else None
        compared.append((one, two, network, X, rows))
        if len(compared) == 3 or one.kind == "wrong":
            break
    if not compared:
        return None, "No step moved anything."
    for one, two, network, X, rows in compared:
        if one.kind == "wrong":
            if _goes_all_the_way(case, network, X, rows):
                return None, "One call of `train` makes many steps. Hand over a single one to have it checked."
            return _wrong(one)
        if two.kind == "wrong" and not _one_by_one(case, network, X, rows):
            saw = "A step on one sample goes along the slopes, and a step on two samples does not."
            means = "Something is summed over the batch in one place and not, or differently, in another."
            return False, saw, means, f"Begin with {', '.join(two.wrong)}: which axis is summed, what divides it?"
        if one.kind == "plain" and _climbs(case, one, network, X[:1], rows[:1]):
            means = "A step should move an answer toward its target: somewhere a sign is turned around."
            return False, "A step moves the answer away from its target.", means, "y_hat − y, or y − y_hat?"
    how = {"plain": "goes along the slopes", "even": "moves all parameters equally far, as Adam's first one does"}[one.kind]
    return True, f"A step of training {how}, and toward the targets."


def _two_rows(case):
    """Return the places of two samples, with different targets where there are such."""
    program = case.program
    first = case.rng.integers(len(program.X))
    y = program.y.reshape(len(program.y), -1)
    others = np.flatnonzero((y != y[first]).any(axis=1))
    return [first, case.rng.choice(others)] if len(others) else [first, first - 1]


def _by_luck(case) -> bool:
    """Say whether two equal networks make different steps on one sample."""
    program, rows = case.program, [0]
    network = program.shaken(case.rng, 0.1)
    steps = []
    for _ in range(4):
        steps.append(program.values(program.step(program.copy(network), program.X[rows], program.y[rows])))
    return any(not np.allclose(steps[0][name], other[name], rtol=1e-6) for other in steps[1:] for name in steps[0])


def _one_by_one(case, network, X, rows) -> bool:
    """Say whether a step on two samples is a step on one, and then on the other, in either order."""
    program, y = case.program, case.program.y[rows]
    both = program.values(program.step(program.copy(network), X, y))
    for order in ([0, 1], [1, 0]):
        one = program.copy(network)
        for i in order:
            one = program.step(one, X[[i]], y[[i]])
        if all(np.allclose(both[name], value, rtol=1e-4, atol=1e-7) for name, value in program.values(one).items()):
            return True
    return False


def _goes_all_the_way(case, network, X, rows) -> bool:
    """Say whether a single call of `train` brings the answer to a sample most of the way to its target."""
    program, y = case.program, case.program.y[rows[:1]]
    before = program.ask(network, X[:1])
    after = program.ask(program.step(program.copy(network), X[:1], y), X[:1])
    targets = fitted(y, before)
    return targets is not None and abs(after - targets).sum() < 0.3 * abs(before - targets).sum()


def _climbs(case, step, network, X, rows) -> bool:
    """Say whether the numbers of a step pull an answer away from its target, and from its class as well."""
    answers = case.program.ask(network, X)
    targets = fitted(case.program.y[rows], answers)
    if targets is None or np.isnan(step.pulls).any():
        return False
    pulls = step.pulls.reshape(answers.shape)
    middle = (case.targets.min() + case.targets.max()) / 2
    return (pulls * (targets - answers)).sum() < 0 and (pulls * (targets - middle)).sum() <= 0


def _wrong(step):
    rights = list(step.wrong)
    lines = []
    for key, (moved, wanted) in step.wrong.items():
        place = int(abs(moved - wanted).argmax())
        lines.append(f"{key} moves by {moved[place]:.3g} where {wanted[place]:.3g} is right")
    saw = f"A step on one sample does not go along the slopes: {'; '.join(lines)}."
    means = f"The slope of {' and '.join(rights)} is wrong; the other parameters agree with each other."
    if not any(np.any(moved) for moved, _ in step.wrong.values()):
        means = f"{' and '.join(rights)} should move and does not: no slope arrives there."
    look = "Go through the way back from the output: which line is the last that is right? What does it hand on?"
    return False, saw, means, look


@dataclass
class Trial:
    """What came of training on a few samples."""

    fits: bool
    right: (
        int  #: How many samples are answered right; the share of the error that is gone, in percent, where there are no labels.
    )
    losses: list  #: The mean squared errors, one every `LOOK` rounds, of the best start.
    answers: np.ndarray
    network: object
    rounds: int


def trained(case, X, y, starts=STARTS) -> Trial:
    """Train new networks until one fits the samples, and return it, or the best."""
    best = None
    for _ in range(starts):
        trial = _one(case, X, y)
        if best is None or (trial.fits, trial.right) > (best.fits, best.right):
            best = trial
        if best.fits:
            break
    return best


def _one(case, X, y):
    program, network, losses = case.program, case.program.fresh(), []
    labeled = is_classes(y) or is_classes(case.program.y)
    for rounds in range(0, case.rounds + LOOK, LOOK):  # the last one may be past them
        answers = program.ask(network, X)
        targets = fitted(y, answers)
        losses.append(float(np.mean((answers - targets) ** 2)) if np.isfinite(answers).all() else np.inf)
        floor = float(np.mean((targets - targets.mean(axis=0)) ** 2))
        gone = 1 - losses[-1] / floor if floor else float(losses[-1] < 1e-3)
        good = int(right(y, answers).sum()) if labeled and np.isfinite(losses[-1]) else round(100 * max(gone, 0))
        fits = good == len(X) and gone > 0.2 if labeled else gone > 0.9
        if fits or not np.isfinite(losses[-1]) or rounds >= case.rounds:
            return Trial(fits, good, losses, answers, network, rounds)
        for _ in range(LOOK):
            network = program.step(network, X, y)
    raise AssertionError("the last round returns")


def overfits(case):
    """Check that it learns twenty samples by heart."""
    program, trial = case.program, case.trial
    if trial is None:
        return None, NOT_TRAINED
    n, labeled = len(case.rows), is_classes(program.y)
    share = f"{trial.right} of {n} samples right" if labeled else f"{trial.right}% of the error gone"
    if trial.fits:
        return True, f"After {trial.rounds} rounds: {share}."
    if not np.isfinite(trial.losses[-1]) or trial.losses[-1] > 10 * trial.losses[0] + 1:
        look = "Take a tenth of the learning rate, and scale inputs and targets to about −1 to 1."
        return False, f"The error grows: {_curve(trial)}.", "The steps are too long: it diverges.", look
    if len(trial.losses) > 10 and trial.losses[-1] < 0.98 * trial.losses[-max(2, len(trial.losses) // 10)]:
        saw = f"After {trial.rounds} rounds: {share}, and the error is still falling ({_curve(trial)}). Give it more rounds."
        return None, saw
    spread = np.ptp(trial.answers, axis=0).max()
    same = spread < 0.1 * max(np.ptp(case.targets), 1e-9)
    mean, given = case.targets[case.rows].mean(), np.mean(trial.answers)
    saw = f"After {trial.rounds} rounds, in each of {STARTS} tries: {share}"
    saw += f"; all answers are about {given:.3g}." if same else "."
    means = "It should have room for so few samples: something is broken, or it is too small."
    if same:
        about = f", and {mean:.3g} is the mean of the targets" if abs(given - mean) < 0.02 else ""
        means = f"All samples get the same answer{about}: what tells them apart does not reach the output."
    return False, saw, means, "The checks above and below say why, if they found a fault. Else try more hidden neurons."


def _curve(trial):
    losses = [trial.losses[i] for i in np.linspace(0, len(trial.losses) - 1, 4).astype(int)]
    return ", ".join(f"{loss:.3g}" for loss in losses)


def line(case):
    """Check that it can answer more than yes on one side of a line and no on the other, where its samples need that."""
    program = case.program
    if case.answers.size != len(case.answers):
        return None, "It gives more than one answer a sample."
    if not case.row_by_row:
        return None, NOT_BY_ROW
    if _bends(case):
        return True, "Along straight lines its answers can rise and fall again, as hidden neurons make them."
    saw = "Along every straight line its answers only rise or only fall."
    rows = case.rows
    parted = separable(program.X[rows], program.y[rows])
    if case.trial is None or case.trial.fits or parted or parted is None:
        reason = "; for these samples that is enough." if (case.trial and case.trial.fits) or parted else "."
        return True if program.trains else None, f"{saw[:-1]}{reason}"
    means = (
        "It has one boundary, a straight line, and no line separates these samples: there is no hidden layer, or no activation."
    )
    return False, saw, means, "A hidden layer of a few neurons, with an activation that is no straight line."


def _bends(case) -> bool:
    program, rng = case.program, case.rng
    low, high = program.X.min(axis=0) - 1, program.X.max(axis=0) + 1
    ways = np.linspace(-0.5, 1.5, 41)[:, None]
    for _ in range(NETWORKS):
        network = program.shaken(rng, 3.0)
        ends = rng.uniform(low, high, size=(2, LINES // NETWORKS, 1, len(low)))
        points = (1 - ways) * ends[0] + ways * ends[1]
        answers = program.ask(network, points.reshape(-1, len(low))).reshape(points.shape[:2])
        change = np.diff(answers, axis=1)
        least = 1e-6 * (1e-9 + np.ptp(answers))
        if ((change > least).any(axis=1) & (change < -least).any(axis=1)).any():
            return True
    return False


def biases(case):
    """Check that there are biases, where the samples do not do without."""
    program = case.program
    if not program.parameters:
        return None, "There are no parameters."
    shapes = [slot.array.shape for slot in program.slots_of(program.fresh())]
    features, outputs = program.X.shape[1], case.answers.size // len(case.answers)
    if not _only_weights(shapes, features, outputs):
        return True, "Beside the weights there are parameters of the size of biases."
    constant = (np.ptp(program.X, axis=0) == 0) & (program.X[0] != 0)
    if constant.any():
        column = int(np.flatnonzero(constant)[0])
        saw = f"There are weights alone; column {column} of X is always {program.X[0, column]:g}, and its weights are biases."
        return True, f"{saw} New samples need that column too."
    if case.trial is not None and case.trial.fits:
        return True, "There are weights alone; these samples do without biases."
    means = "Where all inputs are 0, no weight of the first layer has a say; every boundary there goes through that point."
    return False, "There are weights alone, no biases.", means, "Add `+ b` to each weighted sum, and train b too."


def _only_weights(shapes, width, outputs, first=True) -> bool:
    """Say whether arrays of these shapes, in some order, are the weights of a network's layers, and none is left over."""
    if not shapes:
        return width == outputs
    for i, shape in enumerate(shapes):
        rest = shapes[:i] + shapes[i + 1 :]
        if first and shape == (width,) and not rest:
            return outputs == 1
        ways = {shape, shape[::-1]} if len(shape) == 2 and (first or width > 1) else ()
        if any(a == width and _only_weights(rest, b, outputs, False) for a, b in ways):
            return True
    return False


def shuffled(case):
    """Check that it learns the labels that it is given, and no others."""
    program = case.program
    if case.trial is None or not case.trial.fits or not is_classes(program.y):
        return None, "Only for a program that learns its labels."
    if len(program.X) >= MANY:
        return _held_out(case)
    X, y = program.X[case.rows], program.y[case.rows]
    trial = trained(case, X, turned(y), 1)
    true = right(y, trial.answers).sum()
    if true == len(y):
        saw = f"Trained on turned labels, it still gives the true ones to all {len(y)} samples."
        means = "It reads labels that it was not given: from a global variable, or from a store of its own."
        return False, saw, means, "Where does the way back take its y from?"
    return True, f"Trained on turned labels, it gives the turned ones to {trial.right} of {len(y)} samples."


def _held_out(case):
    program, order = case.program, case.rng.permutation(len(case.program.X))
    half = len(order) // 2
    known, new = order[:half], order[half:]
    labels = program.y[case.rng.permutation(known)]
    network = program.fresh()
    for _ in range(min(case.rounds, 500)):
        network = program.step(network, program.X[known], labels)
    score = right(program.y[new], program.ask(network, program.X[new])).mean()
    chance = max(np.unique(program.y.reshape(len(order), -1), axis=0, return_counts=True)[1]) / len(order)
    saw = f"Trained on shuffled labels, it reads {score:.0%} of {len(new)} samples held out; a guess is about {chance:.0%}."
    if score > chance + 4 * np.sqrt(chance * (1 - chance) / len(new)):
        means = "There was nothing to learn, so it has seen the true labels: through a global variable, or a store of its own."
        return False, saw, means, "Where does the way back take its y from?"
    return True, saw
