"""The playground's run as a program that imports `nnlib` and prints the same numbers."""

import numpy as np

from nnlib.explorables.models.playground import run
from nnlib.explorables.models.playground.laws import LAWS
from nnlib.explorables.models.playground.task import ITS_OWN, NUMBERS, OWN, OWN_TASKS, SEVERAL, STANDARDIZED, task_of
from nnlib.explorables.writing import literal

COLUMNS = {"x₁": "x1", "x₂": "x2", "x₁²": "x1 * x1", "x₂²": "x2 * x2", "x₁x₂": "x1 * x2", "sin x₁": "np.sin(x1)",
           "sin x₂": "np.sin(x2)"}  # fmt: skip
FIRST = {run.SMALL: "small, 0.1", "xavier": '"xavier", 0.0', "he": '"he", 0.0', "zeros": '"zeros", 0.0'}
PROGRAM = """\
{imports}
rng = np.random.default_rng({draw})
{points}
order = rng.permutation(len(X))
X, y = X[order], y[order]
x1, x2 = X.T
X = np.column_stack([{columns}])
X, X_test, y, y_test = X[:{cut}], X[{cut}:], y[:{cut}], y[{cut}:]
{standardize}y, y_test = {targets}
{small}rng = np.random.default_rng({start})
network = Network([
{layers}])
{optimizer}
{training}for name, inputs, targets in (("training", X, y), ("test", X_test, y_test)):
    y_hat = network.run(inputs)
    print(f"{{name}} points: loss {{{loss}(y_hat, targets):.9f}}, {word} {{{right}:.9f}}")
"""
STANDARDIZE = """\
mean, spread = X.mean(axis=0), X.std(axis=0)
spread[spread == 0] = 1
X, X_test = (X - mean) / spread, (X_test - mean) / spread
"""
TRAINING = """\
how = {{"loss": "{loss}", "optimizer": optimizer, "epochs": {epochs}, "batch_size": {batch_size}, "rng": {start}}}
for epoch in train(network, X, y, **how{patience}):
    pass
"""
SMALL = """\
def small(inputs, outputs, rng):
    return uniform(inputs, outputs, rng, 0.5)


"""


def program(settings, steps) -> str | None:
    """Return the program that trains for so many epochs from the first weights on; None where there is nothing to learn."""
    task, session = task_of(settings), run.session_of(settings)
    if task.trouble:
        return None
    state = session.advance(session.start(), settings, steps) if steps else session.start()
    loss, kind = session.loss_name, task.kind
    training = ""
    if state["epoch"]:
        patience = f", validation=(X_test, y_test), patience={round(settings['patience'])}"
        training = TRAINING.format(
            loss=loss, epochs=state["epoch"], batch_size=session.batch_size, start=_whole(settings, "start"),
            patience=patience if run.stopped(state, settings) else "",
        )  # fmt: skip
    points, law = _points(settings)
    return PROGRAM.format(
        imports=_imports(settings, loss, law, bool(training)),
        draw=_whole(settings, "draw"),
        points=points,
        columns=", ".join(COLUMNS[name] for name in task.inputs),
        cut=len(task.X),
        standardize=STANDARDIZE if settings["standardize"] == STANDARDIZED else "",
        targets=_targets(session),
        small="\n\n" + SMALL if settings["weights"] == run.SMALL else "",
        start=_whole(settings, "start"),
        layers=_layers(settings, session),
        optimizer=_optimizer(settings),
        training=training,
        loss=loss,
        word="explained" if kind == NUMBERS else "right",
        right=_right(session),
    )


def _whole(settings, name):
    return round(settings[name])


def _imports(settings, loss, law, trains):
    penalized = settings["penalty"] != "none"
    names = ["Activation", "Dense"] + ["Dropout"] * bool(settings["dropout"] and settings["layers"]) + ["Network"]
    optimizer = run.OPTIMIZERS[settings["optimizer"]]
    kind = getattr(optimizer, "func", optimizer).__name__
    names += [] if penalized else [kind.removeprefix("Penalized")]
    place = "nnlib.explorables.models.playground"
    lines = [f"from nnlib import {', '.join(sorted(names, key=str.lower) + ['train'] * trains)}"]
    lines += [f"from {place}.laws import draw"] * law + [f"from {place}.penalties import {kind}"] * penalized
    lines += ["from nnlib.initializers import uniform"] * (settings["weights"] == run.SMALL)
    lines += [f"from nnlib.losses import {loss}"]
    return "import numpy as np\n\n" + "\n".join(lines) + "\n"


def _points(settings):
    """Return the lines that make the points, and whether a law does."""
    if settings["data"] in LAWS:
        law = LAWS[settings["data"]]
        noise_on = law.noise_on if settings["noise_on"] == ITS_OWN else settings["noise_on"]
        return f'X, y = draw("{settings["data"]}", {law.count}, {settings["noise"] / 100!r}, "{noise_on}", rng)', True
    X, y, _ = OWN_TASKS[settings["data"]](settings[OWN[settings["data"]]])
    return f"rows = {literal(np.column_stack([X, y]))}\nX, y = rows[:, :2], rows[:, 2]", False


def _targets(session):
    if session.task.kind == SEVERAL:
        return f"np.eye({len(session.task.classes)})[y.astype(int)], np.eye({len(session.task.classes)})[y_test.astype(int)]"
    return "y[:, None] > 0, y_test[:, None] > 0" if session.output == "sigmoid" else "y[:, None], y_test[:, None]"


def _right(session):
    if session.task.kind == NUMBERS:
        return "1 - mse(y_hat, targets) / targets.var()"
    if session.task.kind == SEVERAL:
        return "(y_hat.argmax(axis=1) == targets.argmax(axis=1)).mean()"
    return "((y_hat >= 0.5) == targets).mean()" if session.output == "sigmoid" else "((y_hat >= 0) == (targets > 0)).mean()"


def _layers(settings, session):
    lines = []
    for layer in session.network.layers:
        if layer.inputs:
            lines.append(f"    Dense({layer.inputs}, {layer.outputs}, {FIRST[settings['weights']]}, np.float64, rng),\n")
        elif hasattr(layer, "rate"):
            lines.append(f"    Dropout({settings['dropout']!r}, rng),\n")
        else:
            lines.append(f'    Activation("{layer.name}"),\n')
    return "".join(lines)


def _optimizer(settings):
    optimizer = run.OPTIMIZERS[settings["optimizer"]]
    kind, more = getattr(optimizer, "func", optimizer).__name__, getattr(optimizer, "keywords", {})
    penalized = settings["penalty"] != "none"
    arguments = "".join(f", {name}={value!r}" for name, value in more.items())
    line = f"optimizer = {kind if penalized else kind.removeprefix('Penalized')}({settings['learning_rate']!r}{arguments})"
    if penalized:
        line += f"\noptimizer.penalize(network, {settings['penalty'].lower()}={settings['penalty_rate']!r})"
    return line
