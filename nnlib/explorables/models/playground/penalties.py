"""Optimizers with a penalty on large weights, which leaves the biases alone, and with layers that are frozen.

What is frozen is touched neither by a step of `nnlib.optimizers` nor by a penalty, and what an optimizer remembers of it
stays as well.

With the penalty λ/2 ‖w‖² (L2), a step also makes w ← w − η λ w, and with λ ‖w‖₁ (L1) it pulls each weight by η λ toward 0,
where it stays if it would come past it. Both act on the weights themselves and not on the gradient, so that what an
optimizer remembers of the gradients is not changed: for L2 this is the decoupled decay of Loshchilov and Hutter (2019), and
for L1 the proximal step, which is called soft thresholding (Parikh and Boyd, 2014).
"""

from itertools import pairwise

import numpy as np

from nnlib.optimizers import SGD, Adam, RMSProp


class Penalized:
    """What the optimizers below share: λ of either penalty, and `is_weight`, a vector with 1 for a weight and 0 for a bias.

    `learning` are the parts of the vector of parameters that a step moves: as few slices as there can be, one without any
    frozen layer.

    Examples
    --------
    >>> from nnlib import Dense, Network
    >>> network = Network([Dense(2, 1, [[0.5], [0.05]], 0.05, np.float64)])
    >>> optimizer = PenalizedSGD(0.1)
    >>> optimizer.penalize(network, l1=1.0)
    >>> optimizer.step(network.parameters, network.gradients)
    >>> network.parameters.tolist()
    [0.4, 0.0, 0.05]
    """

    is_weight = None
    l1 = l2 = 0.0
    learning = (slice(None),)

    def penalize(self, network, l1=0.0, l2=0.0):
        """Penalize the weights of this network, and not its biases, by λ of L1 or of L2, or both."""
        dense = [layer for layer in network.layers if layer.inputs]
        self.is_weight = np.concatenate([np.repeat([1.0, 0.0], [one.weights.size, one.bias.size]) for one in dense])
        self.l1, self.l2 = l1, l2

    def freeze(self, network, layers):
        """Leave the parameters of these layers as they are, of those that have weights, counted from 0; the others learn."""
        ends = np.cumsum([0, *(layer.parameters.size for layer in network.layers if layer.inputs)]).tolist()
        self.learning = ()
        for i, (start, end) in enumerate(pairwise(ends)):
            if i not in layers:
                *others, last = self.learning or [slice(start, start)]
                joined = [slice(last.start, end)] if last.stop == start else [last, slice(start, end)]
                self.learning = (*others, *joined)

    def _move(self, rate, p, g, **memory):
        for part in self.learning:
            self._move_part(part, rate, p[part], g[part], **{name: vector[part] for name, vector in memory.items()})

    def _move_part(self, part, rate, p, g, **memory):
        if self.l2:
            p -= (rate * self.l2) * (self.is_weight[part] * p)
        super()._move(rate, p, g, **memory)
        if self.l1:
            most = rate * self.l1
            p -= self.is_weight[part] * np.clip(p, -1 * most, most)


class PenalizedSGD(Penalized, SGD):
    """SGD, by itself or with momentum."""

    recordable = True


class PenalizedRMSProp(Penalized, RMSProp):
    """RMSProp."""

    recordable = True


class PenalizedAdam(Penalized, Adam):
    """Adam."""

    recordable = True
