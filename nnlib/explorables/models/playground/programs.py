"""The playground as a program: the same data, network and training in some lines of NumPy and nnlib, with the same numbers.

A program has three parts: the data, in NumPy alone, which the programs of `peers` have too; the network with its optimizer;
and the training, which prints epoch, training loss and test loss. Each is written for the settings at hand: what is not used
is not there. The laws are those of `laws`, line by line, so that the same generator draws the same points.
"""

import numpy as np

from nnlib.exchange import onnx_bytes
from nnlib.explorables.models.playground.laws import LABELS
from nnlib.explorables.models.playground.layers import activations_of, frozen_of, frozen_said, sizes_of
from nnlib.explorables.models.playground.run import SMALL, output_of
from nnlib.explorables.models.playground.task import AS_GIVEN, ITS_OWN, LAWS, OWN, SEVERAL, task_of
from nnlib.explorables.writing import literal

ROWS = 20  #: Rows that a program prints, and one for the start.
FEW, FILE = 500, "playground.csv"  #: Own points that are written into a program; and where it finds more of them.
ARMS = {"spiral": (2, 1.75), "three arms": (3, 1.0)}  # how many, and their turns
FEATURES = {
    "x₁": "x1",
    "x₂": "x2",
    "x₁²": "x1 * x1",
    "x₂²": "x2 * x2",
    "x₁x₂": "x1 * x2",
    "sin x₁": "np.sin(x1)",
    "sin x₂": "np.sin(x2)",
}
DISK = """\
radius = np.concatenate([rng.uniform(0, 2.5, {half}), rng.uniform(3.5, 5, {half})])
angle = rng.uniform(0, 2 * np.pi, {count})
points = radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
"""
SQUARES = """\
points = rng.uniform(-5, 5, ({count}, 2))
points += np.where(points > 0, 0.3, -0.3)  # away from the axes
"""
HILLS = """\
tops = np.array([(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)])
far = np.hypot({at}[:, :1] - tops[:, 0], {at}[:, 1:] - tops[:, 1])
labels = tops[far.argmin(axis=1), 2] * np.maximum(0.0, 1 - far.min(axis=1) / 2)
"""
#: The laws whose labels depend on the place: points, labels, and how far noise moves at most.
PLACED = {
    "circle": (DISK, "labels = np.where(np.hypot(*{at}.T) < 2.5, 1.0, -1.0)\n", "5 * noise"),
    "exclusive or": (SQUARES, "labels = np.where({at}[:, 0] * {at}[:, 1] >= 0, 1.0, -1.0)\n", "5 * noise"),
    "plane": ("points = rng.uniform(-6, 6, ({count}, 2))\n", "labels = {at}.sum(axis=1) / 10\n", "6 * noise"),
    "hills": ("points = rng.uniform(-6, 6, ({count}, 2))\n", HILLS, "6 * noise"),
}
CLOUDS = """\
labels = np.where(np.arange({count}) < {half}, 1.0, -1.0)
points = 2 * labels[:, None] + np.sqrt(0.5{more}) * rng.standard_normal(({count}, 2))
"""
SPIRAL = """\
i = np.arange({count})
arm = i * {arms} // {count}
along = (i - np.ceil(arm * {count} / {arms})) * {arms} / {count}
angle = 2 * np.pi * ({turns} * along + arm / {arms})
points = 5 * along[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
"""
NNLIB = """\
# The playground's network in nnlib, after {epochs}.
import numpy as np

from nnlib import {names}, train
from nnlib.losses import {loss}

{data}
# The network and its first weights
rng = np.random.default_rng({start})


{dense}

network = Network([
{layers}
])
{optimizer}

def losses():
    return {loss}(network.run(X), y), {loss}(network.run(X_test), y_test)


{prints}{training}"""
PRINTS = """\
def show(epoch):
    training, test = losses()
    print(f"{epoch:>5} {training:14.10f} {test:14.10f}")


print("epoch  training loss      test loss")
show(0)
"""
DENSE = """\
def dense(inputs, outputs):
    weights = rng.uniform(-0.5, 0.5, (inputs, outputs))
    return Dense(inputs, outputs, weights, bias=0.1, dtype=np.float64)
"""
DENSE_BY_NAME = """\
def dense(inputs, outputs):
    return Dense(inputs, outputs, "{weights}", dtype=np.float64, rng=rng)
"""
OPTIMIZERS = {
    "SGD": "SGD({rate})",
    "momentum": "SGD({rate}, momentum=0.9)",
    "RMSProp": "RMSProp({rate})",
    "Adam": "Adam({rate})",
}
PENALTIES = {  # what they are called, and what they do before a step and after it
    "none": ("", "", ""),
    "L1": (
        "λ Σ|w| of the weights, not of the biases, pulls each toward 0 by η λ, and no further",
        "",
        """\
        for layer in {layers}:
            layer.weights -= np.clip(layer.weights, -{most}, {most})
""",
    ),
    "L2": (
        "λ/2 Σw² of the weights, not of the biases, makes each smaller by its share η λ",
        """\
        for layer in {layers}:
            layer.weights -= {most} * layer.weights
""",
        "",
    ),
}
FROZEN = """\
        # {told}: no gradient, no step
        for layer in {layers}:
            layer.gradients[:] = 0
"""
OPTIMIZER = """

class {name}({kind}):{told}
    def step(self, parameters, gradients):
{before}        super().step(parameters, gradients)
{after}

"""


def nnlib_program(settings, epochs) -> str | None:
    """Return the program in nnlib, which prints what the figure shows after so many epochs; None where there are no data."""
    task = task_of(settings)
    if task.trouble:
        return None
    output, loss = output_of(task.kind, settings["loss"])
    kind = "SGD" if settings["optimizer"] == "momentum" else settings["optimizer"]
    used = ["Dense", "Network", kind, *(["Activation"] if settings["layers"] or output != "identity" else [])]
    used += ["Dropout"] if settings["dropout"] and settings["layers"] else []
    small = settings["weights"] == SMALL
    return NNLIB.format(
        epochs=counted(epochs),
        names=", ".join(sorted(used, key=str.lower)),
        loss=loss,
        data=data(settings, task, output, loss),
        start=round(settings["start"]),
        dense=DENSE if small else DENSE_BY_NAME.format(weights=settings["weights"]),
        layers="\n".join(layers(settings, task, output)),
        optimizer=_optimizer(settings, kind),
        prints=PRINTS,
        training=_training(settings, task, loss, epochs),
    )


def counted(epochs) -> str:
    """Return how many epochs, in words."""
    return "1 epoch" if epochs == 1 else f"{epochs} epochs"


def layers(settings, task, output):
    """Yield a line for each layer with what follows it."""
    sizes = sizes_of(settings, task)
    for i, activation in enumerate([*activations_of(settings), output], 1):
        hidden = i < len(sizes) - 1
        line = f"    dense({sizes[i - 1]}, {sizes[i]}),"
        line += f' Activation("{activation}"),' if hidden or output != "identity" else ""
        yield line + (f" Dropout({settings['dropout']}, rng)," if hidden and settings["dropout"] else "")


def _optimizer(settings, kind):
    made = "optimizer = " + OPTIMIZERS[settings["optimizer"]].format(rate=literal(settings["learning_rate"])) + "\n"
    frozen, penalty = frozen_of(settings), settings["penalty"]
    if penalty == "none" and not frozen:
        return made
    learning = [i for i in range(len(settings["layers"]) + 1) if i not in frozen]
    of_weights = _places(settings, learning) if frozen else f"network.layers[::{_every(settings)}]"
    told, before, after = (text.format(layers=of_weights, most=product(settings)) for text in PENALTIES[penalty])
    if frozen:
        before = FROZEN.format(layers=_places(settings, frozen), told=frozen_said(settings)) + before
    name = "WithFrozenLayers" if frozen else "WithPenalty"
    told = told and f"  # {told}"
    return OPTIMIZER.format(name=name, kind=kind, told=told, before=before, after=after) + made.replace(kind, name)


def _places(settings, layers):
    """Return in Python these of the layers with weights, counted from 0."""
    places = [_every(settings) * i for i in layers]
    return f"[network.layers[i] for i in {(*places,)}]" if len(places) != 1 else f"[network.layers[{places[0]}]]"


def _every(settings):
    """Return how many layers it is from one with weights to the next."""
    return 3 if settings["dropout"] else 2


def product(settings) -> str:
    """Return η λ, written out."""
    return f"{literal(settings['learning_rate'])} * {literal(settings['penalty_rate'])}"


def _training(settings, task, loss, epochs):
    if not epochs:
        return ""
    size = min(round(settings["batch_size"]), len(task.X))
    how = f"epochs={epochs}"
    how += f", batch_size={size}, rng={round(settings['start'])}" if size < len(task.X) else ""
    patience = round(settings["patience"])
    how += f",\n                   validation=(X_test, y_test), patience={patience}" if patience else ""
    lines = [f'for epoch in train(network, X, y, loss="{loss}", optimizer=optimizer, {how}):']
    lines += when(epochs, "epoch.number")
    if patience:
        lines += ['show("best")  # with the weights of the lowest test loss, which train has given back']
    return "\n".join(lines) + "\n"


def when(epochs, number) -> list:
    """Return the lines that show some of the epochs, and the last."""
    every = -(-epochs // ROWS)
    last = f" or {number} == {epochs}" if epochs % every else ""
    shown = f"show({number})"
    return [f"    {shown}"] if every == 1 else [f"    if {number} % {every} == 0{last}:", f"        {shown}"]


def data(settings, task, output, loss) -> str:
    """Return the lines that make X, y, X_test and y_test."""
    cut = len(task.X)
    known = set(task.inputs) <= set(FEATURES)
    lines = _given(settings, task) if settings["data"] in OWN or not known else _drawn(settings, len(task.X) + len(task.X_test))
    features = ", ".join(FEATURES[name] for name in task.inputs)
    targets = "labels[:, None]"
    if task.kind == SEVERAL:
        targets = "labels" if loss == "cross_entropy" else f"np.eye({len(task.classes)})[labels]"
    elif output == "sigmoid":
        targets = "(labels[:, None] + 1) / 2"
    lines += f"""\
x1, x2 = points.T
X, y = np.column_stack([{features}]), {targets}
X, X_test, y, y_test = X[:{cut}], X[{cut}:], y[:{cut}], y[{cut}:]  # to train on, and to test on
"""
    if settings["standardize"] != AS_GIVEN:
        spread = literal(np.asarray(task.spread))
        spread = "X.std(axis=0)" if np.all(task.features(task.X).std(axis=0) > 0) else f"{spread}  # 1 where all are alike"
        lines += f"mean, spread = X.mean(axis=0), {spread}\nX, X_test = (X - mean) / spread, (X_test - mean) / spread\n"
    return lines


def _drawn(settings, count):
    """Return the lines that draw points and labels by a law."""
    law = settings["data"]
    on_labels = (LAWS[law].noise_on if settings["noise_on"] == ITS_OWN else settings["noise_on"]) == LABELS
    lines = f"# The data: {count} points\nrng = np.random.default_rng({round(settings['draw'])})\n"
    noise = literal(settings["noise"] / 100)
    if law in PLACED:
        points, labels, most = PLACED[law]
        shift = f"rng.uniform(-{most}, {most}, points.shape)"
        lines += f"noise = {noise}  # it acts on the {'labels' if on_labels else 'points'}\n"
        lines += points.format(count=count, half=count // 2)
        if on_labels:
            lines += f"moved = points + {shift}\n" + labels.format(at="moved")
        else:
            lines += labels.format(at="points") + f"points += {shift}\n"
    else:
        lines += f"noise = {noise}\n"
        if law in ARMS:
            arms, turns = ARMS[law]
            lines += SPIRAL.format(count=count, arms=arms, turns=turns)
            lines += "labels = 1.0 - 2.0 * arm\n" if arms == 2 else "labels = arm\n"
            shift = "rng.uniform(-noise, noise, points.shape)"
            lines += f"{shift}  # drawn, but not used\n" if on_labels else f"points += {shift}\n"
        else:
            lines += CLOUDS.format(count=count, half=count // 2, more="" if on_labels else " + 7 * noise")
        if on_labels:
            choices = "[0, 1, 2]" if law == "three arms" else "[1.0, -1.0]"
            lines += f"labels = np.where(rng.random({count}) < noise, rng.choice({choices}, {count}), labels)\n"
    return f"{lines}order = rng.permutation({count})\npoints, labels = points[order], labels[order]\n"


def _given(settings, task):
    """Return the lines that hold the reader's own points, in the order that the playground has drawn, or that read them."""
    points, labels = own(task)
    rows = literal(np.column_stack([points, labels]).ravel()) + ".reshape(-1, 3)"
    where = ""
    if len(points) > FEW:
        rows, where = f'np.loadtxt("{FILE}", delimiter=",", skiprows=1)', ", in a file to be downloaded beside this program"
    whole = ".astype(int)" if task.kind == SEVERAL else ""
    return f"# The data: your own{where}\nrows = {rows}\npoints, labels = rows[:, :2], rows[:, 2]{whole}\n"


def own(task) -> tuple:
    """Return all points of a task, and their labels, those to train on first."""
    points, labels = np.concatenate([task.X, task.X_test]), np.concatenate([task.y, task.y_test])
    return points, labels.astype(int) if task.kind == SEVERAL else labels


def files(settings, network) -> dict:
    """Return the network as an ONNX file, and the reader's own points where a program has to read them.

    A network that is given standardized features is written as one that is given the features themselves: what is
    subtracted and divided by is made part of its first layer. ONNX's programs are made for float32.
    """
    task = task_of(settings)
    network = network.astype(network.dtype)
    first = network.layers[0]
    first.weights /= np.broadcast_to(task.spread, len(first.weights))[:, None]
    first.bias -= np.broadcast_to(task.mean, len(first.weights)) @ first.weights
    made = {"playground.onnx": onnx_bytes(network.astype(np.float32))}
    if settings["data"] in OWN and len(task.X) + len(task.X_test) > FEW:
        points, labels = own(task)
        lines = [f"{a!r},{b!r},{label!r}" for (a, b), label in zip(points.tolist(), labels.tolist(), strict=True)]
        made[FILE] = "\n".join(["x1,x2,label", *lines, ""]).encode()
    return made
