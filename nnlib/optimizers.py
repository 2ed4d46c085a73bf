"""How the parameters move, given the gradient: each optimizer differs from the one before it by a line or two.

`optimizer.step(parameters, gradients)` moves a vector of parameters in place, with PyTorch's formulas and defaults. A
learning rate η is a number, or a schedule: a function of the number of steps taken so far, such as
`lambda step: cosine(step, 0.1, steps=1000)`. A `weight_decay` λ adds λ/2 ‖parameters‖² to the loss.
"""

import math

import numpy as np

from nnlib.arrays import as_count, as_number, as_numbers
from nnlib.doors import as_flag, named, refuse_immovable
from nnlib.wording.foreign import our_arguments


class Optimizer:
    """What all share: learning rate, weight decay, `shares` between 0 and 1, and the memory of the steps taken.

    Parameters
    ----------
    learning_rate : float or callable
        The step size η, above 0, or a schedule: a function of the steps taken so far.
    weight_decay : float
        λ of the penalty λ/2 ‖parameters‖², 0 or more.
    shares : float, by keyword
        What else an optimizer has, such as its momentum: each from 0 to 1, and less than 1.

    Examples
    --------
    >>> optimizer = SGD(0.1, momentum=0.9)
    >>> optimizer.step(np.array([1.0]), np.array([0.5]))
    >>> optimizer.state()["steps"]
    1
    """

    def __init_subclass__(cls):
        cls.__init__ = our_arguments(cls.__init__)

    remembers = ()  # names of the vectors, each as long as the parameters, that are kept from step to step

    def __init__(self, learning_rate, weight_decay, **shares):
        self.learning_rate = learning_rate
        self.weight_decay = as_number(weight_decay, "weight_decay", 0)
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

    def __setstate__(self, state):  # a copy remembers by itself, in vectors that it may write to
        self.__dict__.update(state)
        self._memory = {name: np.array(vector) for name, vector in self._memory.items()}

    def reset(self):
        """Forget all steps taken."""
        self.steps = 0
        self._kind = None
        self._memory = {}

    def state(self) -> dict:
        """Return a copy of what this optimizer remembers: the number of `steps`, and a vector for each name.

        The vectors are those of the formula in the optimizer's docstring, by their letters; before the first step there
        are none. The settings are not among it.
        """
        return {"steps": self.steps, **{name: vector.copy() for name, vector in self._memory.items()}}

    def restore(self, state):
        """Remember what `state()` returned, of this optimizer or of one that remembers the same, such as AdamW of Adam.

        With the same settings, the next steps are then those that the other optimizer would have taken. Raises
        ValueError or TypeError where the state does not fit, and changes nothing then.
        """
        if not isinstance(state, dict):
            raise TypeError(f"state must be what state() returned, a dict. Got {type(state).__name__} instead.")
        steps = as_count(state.get("steps"), "the state's steps", low=0)
        memory = {name: as_numbers(values, name).copy() for name, values in state.items() if name != "steps"}
        if set(memory) != set(self.remembers) and (memory or steps):
            names, needed = (", ".join(["steps", *sorted(names)]) for names in (memory, self.remembers))
            raise ValueError(
                f"the state has {names}, but {type(self).__name__} remembers {needed}: "
                "restore the state of an optimizer of the same kind."
            )
        kinds = [_kind(vector) for vector in memory.values()]
        for kind in kinds:
            self._refuse_all_but(self._kind or kinds[0], kind)
        if set(self._memory) != set(memory):
            self._kind, self._memory = (kinds[0] if kinds else None), memory
        for name, vector in memory.items():
            self._memory[name][:] = vector  # where it was: a record of the step (`nnlib.recording`) has it there
        self.steps = steps

    def prepare(self, parameters, gradients):
        """Make ready to move these vectors; raise ValueError where this optimizer remembers parameters of another kind."""
        if _kind(gradients) == self._kind == _kind(parameters) and parameters.flags.writeable:
            return
        refuse_immovable(parameters, gradients)
        if self._kind is None:
            self._kind = _kind(parameters)
            self._memory = {name: np.zeros_like(parameters) for name in self.remembers}
        self._refuse_all_but(self._kind, _kind(parameters))

    def _refuse_all_but(self, kind, other):
        if other != kind:
            raise ValueError(
                f"this {type(self).__name__} is at work on {_told(kind)}, and cannot take up {_told(other)}: "
                "make a new one for each network, or call reset()."
            )

    def step(self, parameters, gradients):
        """Move `parameters` in place, one step down the `gradients`: two float vectors of one length."""
        self.prepare(parameters, gradients)
        rate = self._rate(self.steps)
        self.steps += 1
        if self.weight_decay:
            gradients = self._decay(rate, parameters, gradients)
        self._move(rate, parameters, gradients, **self._memory)

    def _rate(self, steps):
        """Return η for the step after so many."""
        if callable(self._learning_rate):
            return as_number(self._learning_rate(steps), "the schedule's learning rate", 0)
        return self._learning_rate

    def _decay(self, rate, p, g):
        return g + self.weight_decay * p


def _kind(vector):
    return getattr(vector, "shape", None), getattr(vector, "dtype", None)


def _told(kind):
    shape, dtype = kind
    return f"{math.prod(shape)} parameters, {dtype}"


class SGD(Optimizer):
    """p ← p − η g; with momentum μ, v ← μ v + g and p ← p − η v; Nesterov's looks ahead: p ← p − η (g + μ v).

    Examples
    --------
    >>> parameters, gradients = np.array([1.0]), np.array([0.5])
    >>> SGD(0.1).step(parameters, gradients)
    >>> parameters.tolist()
    [0.95]
    """

    def __init__(self, learning_rate, momentum=0.0, nesterov=False, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay, momentum=momentum)
        if as_flag(nesterov, "nesterov") and not momentum:
            raise ValueError("nesterov=True needs a momentum above 0. Got momentum=0 instead: try 0.9.")
        self.nesterov = nesterov
        self.remembers = ("v",) if momentum else ()

    def _move(self, rate, p, g, v=None):
        if self.momentum:
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        p -= rate * g


class RMSProp(Optimizer):
    """p ← p − η g / (√s + ε), with s ← α s + (1 − α) g², a running mean (Tieleman and Hinton, 2012).

    Examples
    --------
    >>> parameters, gradients = np.array([1.0]), np.array([0.5])
    >>> RMSProp(0.01).step(parameters, gradients)
    >>> parameters.round(3).tolist()
    [0.9]
    """

    remembers = ("s",)

    def __init__(self, learning_rate=0.01, alpha=0.99, epsilon=1e-8, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay, alpha=alpha, epsilon=epsilon)

    def _move(self, rate, p, g, s):
        s += (1 - self.alpha) * (g * g - s)
        p -= rate * (g / (np.sqrt(s) + self.epsilon))


class Adam(Optimizer):
    """p ← p − η m̂ / (√ŝ + ε), with m̂ and ŝ the running means of g and g² (Kingma and Ba, 2015).

    A running mean is a sum in which each step makes the older terms count β times less, m = Σ βᵏ gₖ, over the sum of
    these weights, Σ βᵏ = (1 − βᵗ) / (1 − β). Dividing by it, rather than by its limit, is the "bias correction".

    Examples
    --------
    >>> parameters, gradients = np.array([1.0]), np.array([0.5])
    >>> Adam(0.01).step(parameters, gradients)
    >>> parameters.round(3).tolist()
    [0.99]
    """

    remembers = ("m", "s")

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay, beta1=beta1, beta2=beta2, epsilon=epsilon)

    def _move(self, rate, p, g, m, s):
        m *= self.beta1
        m += g
        s *= self.beta2
        s += g * g
        m_weights = _weights(self.beta1, self.steps)
        s_weights = _weights(self.beta2, self.steps)
        # m_mean = m / m_weights
        # s_mean = s / s_weights
        # p -= rate * m_mean / (np.sqrt(s_mean) + self.epsilon)
        # The same, multiplied by √s_weights above and below, in one array: half as many passes through memory.
        move = np.sqrt(s)
        move += self.epsilon * s_weights**0.5
        np.divide(m, move, out=move)
        move *= rate * s_weights**0.5 / m_weights
        p -= move


def _weights(beta, steps):
    """Return 1 + β + β² + …, a term for each step taken."""
    return (1 - beta**steps) / (1 - beta)


class AdamW(Adam):
    """Adam with decoupled weight decay: first p ← p − η λ p, then Adam's step (Loshchilov and Hutter, 2019).

    Examples
    --------
    >>> parameters, gradients = np.array([1.0]), np.array([0.0])
    >>> AdamW(0.01, weight_decay=0.1).step(parameters, gradients)
    >>> parameters.round(3).tolist()
    [0.999]
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01):
        super().__init__(learning_rate, beta1, beta2, epsilon, weight_decay)

    def _decay(self, rate, p, g):
        p *= 1 - rate * self.weight_decay
        return g


@named
def constant(step, rate):
    """Return the same rate at every step.

    Examples
    --------
    >>> constant(5, 0.1)
    0.1
    """
    return rate


@named
def step_decay(step, rate, every, factor=0.1):
    """Return the rate times `factor` for each full `every` steps taken.

    Examples
    --------
    >>> [step_decay(step, 0.1, every=10, factor=0.5) for step in (0, 10, 20)]
    [0.1, 0.05, 0.025]
    """
    return rate * factor ** (step // every)


@named
def cosine(step, rate, steps, low=0.0):
    """Return a rate that glides from `rate` to `low` in `steps` steps, and stays (Loshchilov and Hutter, 2017).

    Examples
    --------
    >>> [round(cosine(step, 0.1, steps=10), 3) for step in (0, 5, 10)]
    [0.1, 0.05, 0.0]
    """
    return low + (rate - low) * (1 + math.cos(math.pi * min(step / steps, 1))) / 2


@named
def warm_up(step, rate, steps):
    """Return a rate that grows evenly over the first `steps` steps, and stays."""
    return rate * min((step + 1) / steps, 1)
