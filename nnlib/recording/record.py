"""A record: what nnlib does in one training step, as a list of NumPy calls into memory that is there already.

`make_record` lets the network's own layers, the loss's own gradient and the optimizer's own step run on what stands for
arrays (`tracing`), and takes down the calls: no formula is written twice. `fusing` makes fewer of them. Then a step is
to write a batch into `X` and `y`, and to make the calls, one after the other: `replay`.
"""

import copy
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import numpy as np

from nnlib.layers import Activation, Dense, Dropout
from nnlib.network import Network
from nnlib.optimizers import SGD, Adam, AdamW, Optimizer, RMSProp
from nnlib.recording.fusing import PRODUCTS, address, fused, place, same, view
from nnlib.recording.tracing import Number, Refused, Setting, Tape, Traced, TracedGenerator, by_number, owner

LAYERS = (Dense, Activation, Dropout)
OPTIMIZERS = (SGD, RMSProp, Adam, AdamW)
CLIP = np._core.umath.clip  # as `np.clip`, without its preparations: three times as quick as np.maximum, and NaN stays NaN
BOUNDS = {np.maximum: lambda low: (low, np.inf), np.minimum: lambda high: (-np.inf, high)}
MANY = 100  # samples from which on `@` is used, as in `nnlib.layers.product`


class Call(NamedTuple):
    """A NumPy function, what it takes, and the array that it writes; `axis` where it is a reduction of one.

    Examples
    --------
    >>> a, b = np.array([1.0, 2.0]), np.zeros(2)
    >>> Call(np.multiply, (a, 3.0), b).bound()()
    array([3., 6.])
    """

    function: object
    inputs: tuple  #: Arrays, or numbers that never change.
    out: np.ndarray
    axis: int | None = None

    def bound(self):
        """Return a function of no arguments that makes the call, as quickly as there is a way to."""
        if self.function is np.copyto:
            return partial(np.copyto, self.out, *self.inputs)
        if not self.inputs:  # a draw of random numbers
            return partial(self.function, None, self.out.dtype, self.out)
        if self.axis is not None:
            return partial(self.function, *self.inputs, self.axis, None, self.out)
        if self.function is np.dot:
            first, second = self.inputs
            return partial(first.dot, second, self.out)
        function, inputs = self.function, self.inputs
        if function in BOUNDS and not isinstance(inputs[1], np.ndarray):
            function, inputs = CLIP, (inputs[0], *BOUNDS[function](inputs[1]))
        kind = next(value.dtype for value in inputs if isinstance(value, np.ndarray))
        inputs = [value if isinstance(value, np.ndarray) else np.array(value, kind) for value in inputs]
        if function in BOUNDS:  # NumPy wants the place of their result by name
            return partial(function, *inputs, out=self.out)
        return partial(function, *inputs, self.out, **({"casting": "unsafe"} if by_number(function) else {}))


class Record:
    """The calls of one step, and the memory that they read and write.

    `X` and `y` are where a batch is written to, rows of samples; `y_hat` is where its answers are then. `numbers` holds
    what differs from step to step, and `numbers_of(steps)` gives it for the step that follows on so many; it asks the
    schedule for that. `settings` are names of the optimizer's numbers that may change from epoch to epoch, though not to
    0 or from it: `look_up` brings them to where the calls read them. `bound` are the calls, each as a function of no
    arguments.
    """

    def __init__(self, calls, X, y, y_hat, numbers, numbers_of, settings, look_up):
        self.calls, self.X, self.y, self.y_hat = calls, X, y, y_hat
        self.numbers, self.numbers_of = numbers, numbers_of
        self.settings, self.look_up = settings, look_up
        look_up()
        self.table = np.eye(y.shape[1], dtype=y.dtype)  #: The one-hot rows of the labels.
        self.bound = [call.bound() for call in calls]
        self._moving = [i for i, call in enumerate(calls) if any(map(self._of_batch, call.inputs))]

    def _of_batch(self, value):
        return isinstance(value, np.ndarray) and (owner(value) is owner(self.X) or owner(value) is owner(self.y))

    def targets(self, y):
        """Return targets as a record takes them: labels as one-hot rows."""
        return self.table.take(y, axis=0) if y.ndim == 1 else y

    def replay(self):
        """Make the calls."""
        for call in self.bound:
            call()

    def read(self, X):
        """Let the calls read X, the samples themselves, rather than a copy of them."""
        self.bound, self.X = self.bound_to(X, owner(self.y)), X

    def bound_to(self, X, y):
        """Return the calls bound to a batch elsewhere, in memory like that which owns `X` and that which owns `y`."""

        def there(value):
            if not self._of_batch(value):
                return value
            return view(value, X if owner(value) is owner(self.X) else y, place(value))

        bound = self.bound.copy()
        for i in self._moving:
            bound[i] = self.calls[i]._replace(inputs=tuple(map(there, self.calls[i].inputs))).bound()
        return bound


def make_record(network, loss, optimizer, backpropagate, n, wide=False):
    """Return the record of a step with `n` samples, or None where there can be none.

    Parameters
    ----------
    network : Network
    loss : Loss
    optimizer : Optimizer
        Which is ready to move the network's parameters.
    backpropagate : callable
        What sets the network's gradients: `nnlib.training.backpropagate`.
    n : int
    """
    numbers = [name for name, value in vars(optimizer).items() if type(value) in (int, float) and name != "steps"]
    for settings in (numbers, []):  # where a step looks closer at a setting than whether it is 0, all are constants
        with suppress(Refused, TypeError, ValueError, AttributeError, IndexError, NotImplementedError):
            return _record(network, loss, optimizer, backpropagate, n, wide, settings)
    return None


def ours(network, loss, optimizer):
    """Return whether all that takes part is nnlib's own and in order, so that it does the same in every step.

    An optimizer of one's own may be, where its very class says `recordable = True`: its `step` does the same NumPy calls
    each time, it changes nothing but the parameters, what it `remembers`, and `steps`, and it never writes into an array
    among its settings.
    """
    kind = type(optimizer)
    known = kind in OPTIMIZERS or (issubclass(kind, Optimizer) and vars(kind).get("recordable", False))
    if type(network) is not Network or not known or not all(type(a) in LAYERS for a in network.layers):
        return False
    functions = [function for layer in network.layers if type(layer) is Activation for function in layer.pair]
    functions += [function for function in (loss.value, loss.gradient, loss.delta, loss.answer) if function]
    things = [vars(thing) for thing in (network, optimizer, *network.layers)]
    if any(callable(value) for names in things for name, value in names.items() if name != "_learning_rate"):
        return False  # a method of this one's own
    known = all(function.__module__ in ("nnlib.activations", "nnlib.losses") for function in functions)
    return known and _in_order(network)


def _in_order(network):
    """Return whether a network's layers are those that it was made of, and share its vectors, each in its place."""
    made_of = [*network._layers_before, network._first_dense, *network._layers_after]
    if list(map(id, network.layers)) != list(map(id, made_of)):
        return False
    pairs = [(network.parameters, "parameters"), (network.gradients, "gradients")]
    for vector, name in pairs:
        end = address(vector)
        for layer in network.layers:
            part = getattr(layer, name)
            if part.size and (address(part) != end or part.dtype != network.dtype):
                return False
            end += part.nbytes
        if end != address(vector) + vector.nbytes or not vector.flags.c_contiguous:
            return False
    return True


def _record(network, loss, optimizer, backpropagate, n, wide, settings):
    tape = Tape()
    traced, moved = copy.copy(network), copy.copy(optimizer)
    parameters = network.parameters
    traced.use(Traced(tape, parameters), Traced(tape, network.gradients))
    for layer, mine in zip(traced.layers, network.layers, strict=True):
        if type(layer) is Dropout:
            layer.rng = TracedGenerator(tape, mine.rng)
    moved._memory = {name: Traced(tape, vector) for name, vector in optimizer._memory.items()}
    vars(moved).update((name, Setting(f"optimizer.{name}", vars(moved)[name])) for name in settings)
    moved.steps = Number("steps")
    if callable(optimizer.learning_rate):
        moved._learning_rate = Number("rate")
    had = _held(moved)
    X = tape.place((n, network.inputs), parameters.dtype) if wide else tape.block(n, network.inputs, parameters.dtype)
    targets = tape.block(n, network.outputs, parameters.dtype)
    y_hat = traced.propagate(X, training=True)
    backpropagate(traced, loss, y_hat, targets)
    moved.step(traced.parameters, traced.gradients)
    if moved.steps.text != "(steps + 1)" or [*map(id, _held(moved))] != [*map(id, had)]:
        raise Refused("the optimizer keeps something else")
    lines, y_hat = fused(tape, y_hat.array, [X.array, targets.array])
    found = {value.text: value.moves for line in lines for value in line.inputs if isinstance(value, Number)}
    places, kinds = {}, []
    for moves in (True, False):
        texts = [text for text in found if found[text] == moves]
        numbers = np.empty(len(texts), parameters.dtype)
        places |= {text: numbers[i : i + 1].reshape(()) for i, text in enumerate(texts)}
        kinds += [numbers, _evaluation(texts, optimizer)]
    numbers, numbers_of, looked_up, evaluate = kinds
    calls = _shared(_call(line, places, n) for line in lines)
    look_up = partial(_look_up, looked_up, evaluate)
    return Record(calls, X.array, targets.array, y_hat, numbers, numbers_of, tuple(settings), look_up)


def _held(optimizer):
    """Return all that an optimizer has, but for the number of its steps."""
    return [*optimizer._memory.values(), *(value for name, value in vars(optimizer).items() if name != "steps")]


def _evaluation(texts, optimizer):
    """Return a function that gives the numbers of these texts, from the number of steps taken so far."""
    evaluate = eval(f"lambda optimizer, steps, rate: ({''.join(f'{text}, ' for text in texts)})")  # by Number alone written

    def numbers_of(steps, rate=None):
        if rate is None and callable(optimizer.learning_rate):
            rate = Optimizer._rate(optimizer, steps)
        return evaluate(optimizer, steps, rate)

    return numbers_of


def _look_up(places, evaluate):
    if len(places):
        places[:] = evaluate(None, 0)  # no schedule is asked


def _call(line, places, n):
    """Return a line as a call in which a feature is a row, and a row is in one piece."""
    function, out = line.function, line.out
    inputs = [places[value.text] if isinstance(value, Number) else value for value in line.inputs]
    if line.axis is not None:  # along a row of a sample, which is a column
        return Call(function, (inputs[0].T,), out.T[0], 0)
    if function in PRODUCTS and out.ndim == 2 and out.strides[0] < out.strides[1]:
        inputs, out = [inputs[1].T, inputs[0].T], out.T
    elif function not in PRODUCTS and inputs and out.ndim > 1:
        inputs, out = [_turned(value, out.ndim) for value in inputs], out.T
    if function is np.dot and n >= MANY and out.ndim == 2:
        function = np.matmul
    if function in (np.add, np.multiply) and not isinstance(inputs[0], np.ndarray):
        inputs = inputs[::-1]  # NumPy is quicker with the number in second place
    return Call(function, tuple(inputs), out)


def _shared(calls):
    """Return calls that have one view for each place: NumPy is twice as quick where input and output are one object."""
    views = {}

    def one(value):
        return views.setdefault(same(value), value) if isinstance(value, np.ndarray) else value

    return [call._replace(inputs=tuple(map(one, call.inputs)), out=one(call.out)) for call in calls]


def _turned(value, ndim):
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return value
    return value.reshape((1,) * (ndim - value.ndim) + value.shape).T
