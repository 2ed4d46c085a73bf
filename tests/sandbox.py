"""An explorable for the tests: the controls that no panel sets, and a network of any size whose weights can be edited."""

import numpy as np

from nnlib import SGD, mlp, train
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number, pin, several, sizes, table
from nnlib.explorables.explorable import Explorable

FEATURES = {
    "x₁": lambda x: x[:, 0],
    "x₂": lambda x: x[:, 1],
    "x₁²": lambda x: x[:, 0] ** 2,
    "x₂²": lambda x: x[:, 1] ** 2,
    "x₁x₂": lambda x: x[:, 0] * x[:, 1],
    "sin x₁": lambda x: np.sin(x[:, 0]),
    "sin x₂": lambda x: np.sin(x[:, 1]),
}
BOX, CELLS, PLANE = (-6.0, 6.0), 20, 48
XOR = "x1,x2,y\n-1,-1,-1\n-1,1,1\n1,-1,1\n1,1,-1"
PINNED = (
    number("learning_rate", "learning rate η", 0.03, 0.001, 10, 0.001, scale="log"),
    several("features", "features", FEATURES, ["x₁", "x₂"]),
    sizes("layers", "hidden layers", [4, 2]),
    table("data", "data", XOR, low=3, high=3),
)
LARGE = {"features": [*FEATURES], "layers": [8] * 6}


class Sandbox(Explorable):
    name = "sandbox"
    title = "A sandbox"
    trains = True
    speed = 1
    opens = "a text to open"
    controls = (
        *PINNED,
        choice("activation", "activation", ("tanh", "relu", "sigmoid")),
        pin("pinned", "second run", PINNED),  # all but the activation
    )
    groups = {"network": ("features", "layers", "activation"), "training": ("learning_rate", "data")}
    needs = {"learning_rate": ("activation", ("tanh", "relu"))}
    presets = {"large": LARGE, "one neuron": {"layers": []}}

    def start(self, settings):
        return {"parameters": _network(settings).parameters.copy(), "steps": 0}

    def step(self, settings, state):
        return state["steps"] if _fits(state, _network(settings)) else 0

    def advance(self, state, settings, steps):
        network = _network(settings, state)
        rows = settings["data"]["rows"]
        X, y = _features(rows[:, :2], settings), np.sign(rows[:, 2:])
        how = {"loss": "mse", "optimizer": SGD(settings["learning_rate"]), "batch_size": len(X)}
        begun = self.step(settings, state)
        for step in range(begun, begun + steps):  # each by itself, so that a run can be taken in any parts
            next(train(network, X, y, epochs=1, rng=step, **how))
        return {"parameters": network.parameters.copy(), "steps": begun + steps}

    def opened(self, text):
        """Open a text such as "4,2 relu activation": sizes, an activation, and the controls that are hidden."""
        sizes, *words = text.split()
        settings = {"layers": [int(size) for size in sizes.split(",")], "activation": words[0]}
        return settings, words[1:], [f"There the layers are {sizes}.", "<b>The rest</b> is alike."] if words[1:] else []

    def edit(self, state, settings, edits):
        parameters = _network(settings, state).parameters.copy()
        for place, value in edits.items():
            parameters[int(place)] = value
        return state | {"parameters": parameters}

    def picture(self, settings, state):
        network, rows = _network(settings, state), settings["data"]["rows"]
        output = network.forward(_features(panels.grid(BOX, BOX, PLANE), settings)).reshape(PLANE, PLANE)
        dense = network.layers[::2]
        fields = np.concatenate(_outputs(network, _features(panels.grid(BOX, BOX, CELLS), settings)), axis=1)
        dots = panels.dots(rows[:, :2].clip(*BOX), np.where(rows[:, 2] > 0, 1, -1))
        return [
            panels.layers("network", "The network", [one.weights for one in dense], [one.bias for one in dense],
                          fields=fields.T.reshape(-1, CELLS, CELLS), inputs=settings["features"], outputs=["ŷ"], edits=True),
            panels.plane("plane", "The output", ("x₁", *BOX), ("x₂", *BOX), field=output, points=dots),
            panels.table("rows", "The data", settings["data"]["columns"] or ["x₁", "x₂", "y"], [*map(panels.row, rows[:3])]),
        ]  # fmt: skip

    def describe(self, settings, state):
        columns = ", ".join(settings["data"]["columns"]) or "no names"
        pinned = f", while {settings['pinned']['layers']} is pinned" if settings["pinned"] else ""
        return (
            f"After {state['steps']} steps a network of {len(settings['features'])} features and the layers "
            f"{settings['layers']} has seen {len(settings['data']['rows'])} rows with {columns}{pinned}."
        )


def _network(settings, state=None):
    sizes = [len(settings["features"]), *settings["layers"], 1]
    network = mlp(sizes, activation=settings["activation"], output="tanh", dtype=np.float64, rng=0)
    if state is not None and _fits(state, network):
        network.parameters = state["parameters"]
    return network


def _fits(state, network):
    return len(state["parameters"]) == len(network.parameters)


def _features(x, settings):
    return np.column_stack([FEATURES[name](x) for name in settings["features"]])


def _outputs(network, X):
    outputs = [X]
    for layer in network.layers:
        X = layer.forward(X)
        outputs[-1 if outputs[1:] and not layer.inputs else len(outputs) :] = [X]
    return outputs
