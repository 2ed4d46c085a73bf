"""Optimizers with a penalty on large weights, which leaves the biases alone, as the steps of `nnlib.optimizers` and one more.

With the penalty λ/2 ‖w‖² (L2), a step also makes w ← w − η λ w, and with λ ‖w‖₁ (L1) it pulls each weight by η λ toward 0,
where it stays if it would come past it. Both act on the weights themselves and not on the gradient, so that what an
optimizer remembers of the gradients is not changed: for L2 this is the decoupled decay of Loshchilov and Hutter (2019), and
for L1 the proximal step, which is called soft thresholding (Parikh and Boyd, 2014).
"""

import numpy as np

from nnlib.optimizers import SGD, Adam, RMSProp


class Penalized:
    """What the optimizers below share: λ of either penalty, and `is_weight`, a vector with 1 for a weight and 0 for a bias.

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

    def penalize(self, network, l1=0.0, l2=0.0):
        """Penalize the weights of this network, and not its biases, by λ of L1 or of L2, or both."""
        dense = [layer for layer in network.layers if layer.inputs]
        self.is_weight = np.concatenate([np.repeat([1.0, 0.0], [one.weights.size, one.bias.size]) for one in dense])
        self.l1, self.l2 = l1, l2

    def _move(self, rate, p, g, **memory):
        if self.l2:
            p -= (rate * self.l2) * (self.is_weight * p)
        super()._move(rate, p, g, **memory)
        if self.l1:
            most = rate * self.l1
            p -= self.is_weight * np.clip(p, -1 * most, most)


class PenalizedSGD(Penalized, SGD):
    """SGD, by itself or with momentum."""

    recordable = True


class PenalizedRMSProp(Penalized, RMSProp):
    """RMSProp."""

    recordable = True


class PenalizedAdam(Penalized, Adam):
    """Adam."""

    recordable = True
