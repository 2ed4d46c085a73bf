"""Pictures of what a network computes over the plane, in bytes: of each neuron a small one, and of its output a large one."""

from collections import OrderedDict

import numpy as np

from nnlib.explorables.models.playground.task import NUMBERS, SEVERAL, Task
from nnlib.explorables.panels import grid
from nnlib.recording.answers import Answers

SMALL, LARGE = 30, 64  # cells a side
BOUNDED = ("tanh", "sigmoid")
SCALE = (-1.0, 0.0, 1.0)  # of both: 0 … 255 run from −1 to 1
KEPT = 4
_kept = OrderedDict()


def maps_of(network, task: Task) -> "Maps":
    """Return the pictures of a network of this shape; other data, or other weights, do not make them anew."""
    scale = np.asarray(task.mean).tobytes(), np.asarray(task.spread).tobytes()
    key = *map(repr, network.layers), task.kind, task.inputs, task.plane, scale
    if key not in _kept:
        _kept[key] = Maps(network, task)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


class Maps:
    """The pictures of one network, whichever weights it has.

    Parameters
    ----------
    network : Network
        Dense layers, each but perhaps the last with its activation.
    task : Task
    """

    def __init__(self, network, task: Task):
        self.network = network.astype(np.float64)  # a copy, whose weights are those of the last picture
        small, large = (grid(*task.plane, cells) for cells in (SMALL, LARGE))
        self.kind, self.chances = task.kind, network.output == "sigmoid"
        self.is_bounded = all(layer.name in BOUNDED for layer in network.layers[1:-1:2])
        self.answers = Answers(self.network, task.features(np.concatenate([small, large])), every=True)
        given = self.answers.X[: SMALL**2].T
        self.inputs = _in_bytes(given / np.maximum(np.abs(given).max(axis=1, keepdims=True), 1e-300))
        self.hidden = self.answers.layers[1:-1:2] if network.layers[-1].inputs is None else self.answers.layers[1::2]

    def draw(self, parameters, classes_only=False):
        """Return the small pictures, (nodes, 30, 30), inputs first, and the large one, (64, 64) or (64, 64, classes)."""
        self.network.parameters[:] = parameters
        self.answers.run()
        y_hat = self.answers.y_hat.T
        if self.kind == SEVERAL:
            shown = (y_hat == y_hat.max(axis=0)) * 1.0 if classes_only else y_hat
            bytes_of_all = np.rint(255 * shown).astype(np.uint8)
            outputs = _in_bytes(shown[:, : SMALL**2])
            large = bytes_of_all[:, SMALL**2 :].T.reshape(LARGE, LARGE, -1)
        else:
            shown = 2 * y_hat - 1 if self.chances else y_hat
            if classes_only and self.kind != NUMBERS:
                shown = np.where(shown >= 0, 1.0, -1.0)
            both = _in_bytes(shown)
            outputs, large = both[:, : SMALL**2], both[0, SMALL**2 :].reshape(LARGE, LARGE)
        if not self.hidden:
            return np.concatenate([self.inputs, outputs]).reshape(-1, SMALL, SMALL), large
        hidden = np.concatenate([layer[: SMALL**2].T for layer in self.hidden])
        if classes_only:
            hidden = np.where(hidden >= 0, 1.0, -1.0)
        elif not self.is_bounded:
            hidden /= np.maximum(np.maximum(hidden.max(axis=1), -hidden.min(axis=1)), 1)[:, None]
        return np.concatenate([self.inputs, _in_bytes(hidden), outputs]).reshape(-1, SMALL, SMALL), large


def _in_bytes(numbers):
    """Return numbers from −1 to 1 as 0 … 255; what is beyond is at the ends."""
    steps = numbers * 127.5
    steps += 128.0  # a half more, and what follows the point is cut off
    return steps.clip(0, 255, out=steps).astype(np.uint8)
