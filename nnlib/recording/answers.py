"""ŷ of the same rows again and again, as for validation or a map: a record of the forward alone.

It holds no mathematics: the layers' own forward runs once on what stands for arrays, as for a step.
"""

import numpy as np

from nnlib.recording.compiled import compiled
from nnlib.recording.fusing import fused
from nnlib.recording.record import LAYERS, Call, _call, _shared
from nnlib.recording.tracing import Refused, Tape, Traced, owner


class Answers:
    """The answers of a network to the rows of X, with the parameters that it has at each `run`.

    Raises `Refused` where they can't be recorded: where a layer is not one of nnlib's own, say.

    Parameters
    ----------
    network : Network
    X : array (samples, inputs)
        In the network's precision.
    every : bool
        Whether `layers` is asked for, what each layer gives: arrays (samples, …), the last of them ŷ.

    Examples
    --------
    >>> from nnlib import mlp
    >>> network, X = mlp([2, 3, 1], "tanh", "tanh", dtype=np.float64, rng=0), np.ones((4, 2))
    >>> answers = Answers(network, X, every=True)
    >>> bool(np.allclose(answers.run(), network.run(X)))
    True
    >>> [layer.shape for layer in answers.layers]
    [(4, 3), (4, 3), (4, 1), (4, 1)]
    """

    numbers, numbers_of = np.empty(0), None  # as a step's record has them: none differs from run to run

    def __init__(self, network, X, every=False):
        if not all(type(layer) in LAYERS for layer in network.layers) or X.dtype != network.dtype:
            raise Refused("another layer, or another precision")
        tape, self.X = Tape(), X
        traced = network.astype(network.dtype)  # a copy
        traced.use(Traced(tape, network.parameters), Traced(tape, network.gradients))
        out = rows = tape.block(*X.shape, X.dtype)
        outs = [out := layer.propagate(out) for layer in traced.layers]
        still = {id(owner(kept.array)): kept.array for kept in (rows, *(outs[:-1] if every else ()))}
        lines, self.y_hat = fused(tape, outs[-1].array, list(still.values()))
        self.layers = [*(kept.array for kept in outs[:-1]), self.y_hat] if every else None
        self.rows = rows.array
        self.calls = [Call(np.copyto, (X.T,), self.rows.T), *_shared(_call(line, {}, len(X)) for line in lines)]
        self.bound = [call.bound() for call in self.calls]
        self.compiled = None

    def run(self):
        """Return ŷ, (samples, outputs), in the same memory each time."""
        if self.compiled is None:
            self.compiled = compiled(self)
        if self.compiled:
            self.compiled.run(0, 1)
        else:
            for call in self.bound:
                call()
        return self.y_hat
