"""How the parameters move, given the gradient: each optimizer differs from the one before it by a line or two.

`optimizer.step(parameters, gradients)` moves a vector of parameters in place, with PyTorch's formulas and defaults. A
learning rate η is a number, or a schedule: a function of the number of steps taken so far, such as
`lambda step: cosine(step, 0.1, steps=1000)`. A `weight_decay` λ adds λ/2 ‖parameters‖² to the loss.
"""

import math

import numpy as np

from nnlib.arrays import as_count, as_number

BLOCK = 2**15  # parameters that move at a time: what a step needs of them stays in the processor's cache


class Optimizer:
    """What all share: learning rate, weight decay, `shares` between 0 and 1, and the memory of the steps taken."""

    memories = 0  # vectors as long as the parameters that an optimizer keeps from step to step

    def __init__(self, learning_rate, weight_decay, **shares):
        self.learning_rate, self.weight_decay = learning_rate, as_number(weight_decay, "weight_decay", 0)
        for name, value in shares.items():
            setattr(self, name, as_number(value, name, 0, 1, open_high=True))
        self.reset()

    @property
    def learning_rate(self):
        """The step size η, above 0, or a function of the steps taken so far."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        self._learning_rate = value if callable(value) else as_number(value, "learning_rate", 0, open_low=True)

    def reset(self):
        """Forget all steps taken."""
        self.steps, self._kind, self._memory, self._vectors, self._blocks = 0, None, [], (None, None), []

    def prepare(self, parameters, gradients):
        """Make ready to move these vectors; raise ValueError where this optimizer remembers parameters of another kind."""
        if gradients.shape != parameters.shape:
            raise ValueError(f"gradients has shape {gradients.shape}: pass one for each of {parameters.size} numbers.")
        kind = f"{parameters.size} parameters, {parameters.dtype}"
        if self._kind is None:
            self._kind, self._memory = kind, [np.zeros_like(parameters) for _ in range(self.memories)]
        if kind != self._kind:
            raise ValueError(
                f"this {type(self).__name__} is at work on {self._kind}, and cannot take up {kind}: "
                "make a new one for each network, or call reset()."
            )
        self._vectors, self._blocks, scratch = (parameters, gradients), [], np.empty_like(parameters[:BLOCK])
        for start in range(0, parameters.size, BLOCK):
            p, g, *memory = (vector[start : start + BLOCK] for vector in (*self._vectors, *self._memory))
            self._blocks.append((p, g, scratch[: p.size], *memory))

    def step(self, parameters, gradients):
        """Move `parameters` in place, one step down the `gradients`: two float vectors of one length."""
        if parameters is not self._vectors[0] or gradients is not self._vectors[1]:
            self.prepare(parameters, gradients)
        rate = self._learning_rate
        if callable(rate):
            rate = as_number(rate(self.steps), "the schedule's learning rate", 0)
        self.steps += 1
        for p, g, *room in self._blocks:
            self._move(rate, p, self._decay(rate, p, g) if self.weight_decay else g, *room)

    def _decay(self, rate, p, g):
        return g + self.weight_decay * p


class SGD(Optimizer):
    """p ← p − η g; with momentum μ, v ← μ v + g and p ← p − η v; Nesterov's looks ahead: p ← p − η (g + μ v)."""

    def __init__(self, learning_rate, momentum=0.0, nesterov=False, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay, momentum=momentum)
        self.nesterov, self.memories = nesterov, int(momentum > 0)
        if nesterov and not momentum:
            raise ValueError("nesterov=True needs a momentum above 0. Got momentum=0 instead: try 0.9.")

    def _move(self, rate, p, g, scratch, v=None):
        if self.momentum:
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        p -= np.multiply(g, rate, out=scratch)


class RMSProp(Optimizer):
    """p ← p − η g / (√s + ε), with s ← α s + (1 − α) g², a running mean (Tieleman and Hinton, 2012)."""

    memories = 1

    def __init__(self, learning_rate=0.01, alpha=0.99, epsilon=1e-8, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay, alpha=alpha, epsilon=epsilon)

    def _move(self, rate, p, g, scratch, s):
        s += (1 - self.alpha) * (np.multiply(g, g, out=scratch) - s)
        np.sqrt(s, out=scratch)
        scratch += self.epsilon
        p -= rate * np.divide(g, scratch, out=scratch)


class Adam(Optimizer):
    """p ← p − η m̂ / (√ŝ + ε), with m̂ and ŝ the running means of g and g² (Kingma and Ba, 2015).

    A running mean is a sum in which each step makes the older terms count β times less, Σ βᵏ gₖ, over the sum of these
    weights, Σ βᵏ = (1 − βᵗ) / (1 − β). Dividing by it, rather than by its limit, is the "bias correction".
    """

    memories = 2

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay, beta1=beta1, beta2=beta2, epsilon=epsilon)

    def _move(self, rate, p, g, scratch, m, s):
        m *= self.beta1
        m += g
        s *= self.beta2
        s += np.multiply(g, g, out=scratch)
        m_weights, s_weights = _weights(self.beta1, self.steps), _weights(self.beta2, self.steps)
        np.sqrt(s, out=scratch)  # now η (m / m_weights) / (√(s / s_weights) + ε), in few passes through memory
        scratch += self.epsilon * math.sqrt(s_weights)
        np.divide(m, scratch, out=scratch)
        scratch *= rate * math.sqrt(s_weights) / m_weights
        p -= scratch


def _weights(beta, steps):
    """Return 1 + β + β² + …, a term for each step taken."""
    return (1 - beta**steps) / (1 - beta)


class AdamW(Adam):
    """Adam with decoupled weight decay: first p ← p − η λ p, then Adam's step (Loshchilov and Hutter, 2019)."""

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01):
        super().__init__(learning_rate, beta1, beta2, epsilon, weight_decay)

    def _decay(self, rate, p, g):
        p *= 1 - rate * self.weight_decay
        return g


def constant(step, rate):
    """Return the same rate at every step."""
    return rate


def step_decay(step, rate, every, factor=0.1):
    """Return the rate times `factor` for each full `every` steps taken."""
    return rate * factor ** (step // as_count(every, "every"))


def cosine(step, rate, steps, low=0.0):
    """Return a rate that glides from `rate` to `low` in `steps` steps, and stays (Loshchilov and Hutter, 2017)."""
    return low + (rate - low) * (1 + math.cos(math.pi * min(step / as_count(steps, "steps"), 1))) / 2


def warm_up(step, rate, steps):
    """Return a rate that grows evenly over the first `steps` steps, and stays."""
    return rate * min((step + 1) / as_count(steps, "steps"), 1)
