"""Optimizers with a penalty on large weights, which leaves the biases alone, as the steps of `nnlib.optimizers` and one more.

With the penalty λ/2 ‖w‖² (L2), a step also makes w ← w − η λ w, and with λ ‖w‖₁ (L1) it pulls each weight by η λ toward 0,
where it stays if it would come past it. Both act on the weights themselves and not on the gradient, so that what an
optimizer remembers of the gradients is not changed: for L2 this is the decoupled decay of Loshchilov and Hutter (2019), and
for L1 the proximal step, which is called soft thresholding (Parikh and Boyd, 2014).
"""

import numpy as np

from nnlib.optimizers import SGD, Adam, RMSProp


class Penalized:
    """What the optimizers below share: `is_weight`, a vector with 1 for a weight and 0 for a bias, and λ of either kind.

    Examples
    --------
    >>> optimizer = PenalizedSGD(0.1)
    >>> optimizer.is_weight, optimizer.l1 = np.array([1.0, 1.0, 0.0]), 1.0
    >>> parameters = np.array([0.5, 0.05, 0.05])
    >>> optimizer.step(parameters, np.zeros(3))
    >>> parameters.tolist()
    [0.4, 0.0, 0.05]
    """

    is_weight = None
    l1 = l2 = 0.0

    def _move(self, rate, p, g, **memory):
        if self.l2:
            p -= (rate * self.l2) * (self.is_weight * p)
        super()._move(rate, p, g, **memory)
        if self.l1:
            most = rate * self.l1
            p -= self.is_weight * np.clip(p, -1 * most, most)


class PenalizedSGD(Penalized, SGD):
    """SGD, by itself or with momentum."""


class PenalizedRMSProp(Penalized, RMSProp):
    """RMSProp."""


class PenalizedAdam(Penalized, Adam):
    """Adam."""
