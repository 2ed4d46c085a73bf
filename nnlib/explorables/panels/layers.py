"""A network with many weights, as arrays: what `graph` shows with a dictionary for every edge would take too long to send."""

from itertools import pairwise

import numpy as np


def layers(name, label, weights, biases=None, *, fields=None, scale=(-1.0, 0.0, 1.0), inputs=(), outputs=(), frozen=(),
           edits=False, aspect=2.0, wide=True) -> dict:  # fmt: skip
    """Return a network in layers, each joined to all of the one before.

    Parameters
    ----------
    weights : one (inputs, outputs) array for each layer but the first, such as `network.layers[0].weights`
    biases : one (outputs,) array for each of these, or none
    fields : (nodes, rows, columns) numbers, the outputs of all nodes over a plane, the first layer first and the first row
        lowest: a small picture in each node; uint8 where 0 … 255 run from the first to the last number of `scale` already
    scale : the values that take the negative, the zero and the positive color
    inputs, outputs : the names of the first and of the last layer's nodes
    frozen : which of `weights`, and of `biases`, do not learn, counted from 0
    edits : whether the reader can drag each weight and bias. `Explorable.edit` is then told of its place among all of them,
        as a text, and of its new value; they are counted as in `Network.parameters`, each layer's weights row by row, then
        its biases.
    """
    weights = [np.asarray(w, dtype=float) for w in weights]
    biases = [np.asarray(b, dtype=float) for b in biases] if biases is not None else []
    sizes = [weights[0].shape[0], *(w.shape[1] for w in weights)]
    shapes = [w.shape for w in weights]
    if shapes != [*pairwise(sizes)] or [len(b) for b in biases] not in ([], sizes[1:]):
        raise ValueError(f"{name} has weights of {shapes} and {[len(b) for b in biases]} biases, which do not fit each other.")
    if fields is not None and len(fields) != sum(sizes):
        raise ValueError(f"{name} has {len(fields)} fields, but {sum(sizes)} nodes: give one for each.")
    return {"kind": "layers", "name": name, "label": label, "aspect": aspect, "wide": wide, "sizes": sizes, "weights": weights,
            "biases": biases, "fields": None if fields is None else _as_bytes(fields, scale), "scale": [*map(float, scale)],
            "inputs": [*inputs], "outputs": [*outputs], "frozen": [*frozen], "edits": edits}  # fmt: skip


def pointed(panel, where, sets) -> dict:
    """Return a plane that shows the field of a node, while a reader points at it, instead of its own.

    Parameters
    ----------
    panel : a plane with a field
    where : the name of the panel of layers, with fields over the same plane
    sets : the names of two numbers, which a press on a node sets: its layer, from 1 on after the inputs, and its place there
    """
    return panel | {"pointed": {"in": where, "sets": [*sets]}}


def _as_bytes(fields, scale):
    """Return numbers as 256 steps between the ends of the scale: a screen shows no more, and the eighth part crosses."""
    if fields.dtype == np.uint8:
        return fields
    low, high = scale[0], scale[-1]
    steps = np.subtract(fields, low)
    steps *= 255 / (high - low)
    return np.rint(steps.clip(0, 255, out=steps), out=steps).astype(np.uint8)
