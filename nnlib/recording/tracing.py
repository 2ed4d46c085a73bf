"""What stands for arrays and numbers while a step is recorded: it computes nothing, and writes down what it is asked to.

A `Traced` array has a shape, a precision and a place in memory. NumPy hands it every call in which it takes part
(`__array_ufunc__`, `__array_function__`), and it adds a line to the `Tape`. What it does not know raises `Refused`: there
is no call that it would leave out. A `Number` stands likewise for a number that differs from step to step.

Memory is in columns. A result of shape (samples, features) lies as a block of features + 1 rows of numbers, one number
a sample: the last row is there for the ones that a bias is multiplied by.
"""

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin


class Refused(Exception):
    """What was asked for can't be recorded."""


def owner(array):
    """Return the array that owns the memory of a view."""
    while array.base is not None:
        array = array.base
    return array


class Line:
    """One call of NumPy: a function, what it takes, and the array that it writes; `axis` where it reduces one.

    Examples
    --------
    >>> Line(np.add, [np.ones(2), 1.0], np.empty(2))
    add(array, 1.0) → (2,)
    """

    def __init__(self, function, inputs, out, axis=None):
        self.function, self.inputs, self.out, self.axis = function, list(inputs), out, axis
        self.beside = []  # other calls of the same function, made in one call with this one

    @property
    def arrays(self):
        """The arrays among the inputs."""
        return [value for line in (self, *self.beside) for value in line.inputs if isinstance(value, np.ndarray)]

    @property
    def outs(self):
        """The arrays that are written."""
        return [line.out for line in (self, *self.beside)]

    def __repr__(self):
        told = ", ".join("array" if isinstance(value, np.ndarray) else repr(value) for value in self.inputs)
        return f"{getattr(self.function, '__name__', self.function)}({told}) → {self.out.shape}"


class Number:
    """A number that differs from step to step, kept as the text of a Python expression; one that `moves` is of the step.

    Examples
    --------
    >>> 1 - Number("beta") ** 2
    (1 - (beta ** 2))
    """

    __hash__ = None

    def __init__(self, text, moves=True):
        self.text, self.moves = text, moves

    def __repr__(self):
        return self.text

    def __array_ufunc__(self, *call, **settings):  # what it is to an array, a Traced knows
        return NotImplemented

    def _refuse(self, *others):
        raise Refused(f"{self} differs from step to step")

    __bool__ = __float__ = __int__ = __index__ = __eq__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse


def _operation(sign, turned):
    def operate(number, other):
        if not isinstance(other, int | float | Number):
            return NotImplemented
        first, second = (other, number) if turned else (number, other)
        return Number(f"({first!r} {sign} {second!r})", number.moves or getattr(other, "moves", False))

    return operate


for name, sign in {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "**"}.items():
    setattr(Number, f"__{name}__", _operation(sign, turned=False))
    setattr(Number, f"__r{name}__", _operation(sign, turned=True))


class Setting(Number):
    """A number that only the reader changes, between two epochs; that it is 0, or is not, is known to the step."""

    def __init__(self, text, value):
        super().__init__(text, moves=False)
        self.value = value

    def __bool__(self):
        return bool(self.value)


class Traced(NDArrayOperatorsMixin):
    """A view of memory that a tape knows."""

    def __init__(self, tape, array):
        self.tape, self.array = tape, array
        self.shape, self.dtype, self.ndim, self.size = array.shape, array.dtype, array.ndim, array.size

    def __len__(self):
        return len(self.array)

    def _view(self, array):
        if owner(array) is not owner(self.array):
            raise Refused("a copy where a view was expected")
        return Traced(self.tape, array)

    @property
    def flags(self):
        """What the optimizer asks before it moves parameters: whether they may be written to."""
        return self.array.flags

    @property
    def T(self):  # noqa: D102
        return self._view(self.array.T)

    def __getitem__(self, key):
        if not all(part is None or part is Ellipsis or type(part) in (int, slice) for part in np.index_exp[key]):
            raise Refused(f"an index that is no slice: {key!r}")
        return self._view(self.array[key])

    def reshape(self, *shape):
        """Return a view of another shape."""
        return self._view(self.array.reshape(*shape))

    def dot(self, other, out=None):
        """Record a product."""
        return self.tape.product(np.dot, self, other, out)

    def max(self, axis=None, keepdims=False):
        """Record the greatest number along the last axis."""
        return self.tape.reduce(np.maximum, self, axis, keepdims)

    def sum(self, axis=None, keepdims=False):
        """Record a sum along the last axis."""
        return self.tape.reduce(np.add, self, axis, keepdims)

    def astype(self, dtype, copy=True):
        """Record a copy in another precision."""
        if dtype == self.dtype and not copy:
            return self
        return self.tape.write(np.copyto, [self], self.shape, dtype)

    def __pow__(self, exponent):  # as an array does it
        return np.square(self) if exponent == 2 else np.power(self, exponent)

    def __array_ufunc__(self, ufunc, method, *inputs, out=(None,), **more):
        if more.pop("keepdims", None) is not None or more:
            raise Refused(f"{ufunc.__name__} with {', '.join(more)}")
        if method != "__call__":
            raise Refused(f"{ufunc.__name__}.{method}")
        if ufunc is np.matmul:
            return self.tape.product(ufunc, *inputs, *out)
        if ufunc.signature or ufunc.nout != 1:
            raise Refused(ufunc.__name__)
        return self.tape.elementwise(ufunc, inputs, *out)

    def __array_function__(self, function, types, arguments, settings):
        if function not in FUNCTIONS:
            raise Refused(f"np.{function.__name__}")
        return FUNCTIONS[function](self.tape, *arguments, **settings)

    def _refuse(self, *others, **settings):
        raise Refused("numbers that are not known before a step")

    __array__ = __bool__ = __float__ = __int__ = __index__ = __complex__ = __iter__ = __setitem__ = __contains__ = _refuse


class TracedGenerator:
    """A random generator whose draws are recorded: those of the layer that has it."""

    def __init__(self, tape, rng):
        self.tape, self.rng = tape, rng

    def random(self, shape, dtype):
        """Record a draw, row by row, as it is drawn without a record."""
        out = self.tape.place(shape, dtype)
        self.tape.lines.append(Line(self.rng.random, [], out.array))
        return out


def _dot(tape, a, b, out=None):
    return tape.product(np.dot, a, b, out)


def _filled(number):
    def fill(tape, like):
        return np.full(like.shape, number, like.dtype)

    return fill


FUNCTIONS = {
    np.dot: _dot,
    np.shape: lambda tape, a: a.shape,
    np.result_type: lambda tape, *kinds: np.result_type(*(kind.dtype if isinstance(kind, Traced) else kind for kind in kinds)),
    np.max: lambda tape, a, axis, keepdims: a.max(axis, keepdims),
    np.sum: lambda tape, a, axis, keepdims: a.sum(axis, keepdims),
    np.clip: lambda tape, a, low, high: np.minimum(np.maximum(a, low), high),
    np.ones_like: _filled(1),
    np.zeros_like: _filled(0),
}


class Tape:
    """The lines recorded so far.

    Examples
    --------
    >>> tape = Tape()
    >>> X = tape.block(3, 2, np.float64)
    >>> _ = np.tanh(X) * 2.0
    >>> tape.lines
    [tanh(array) → (3, 2), multiply(array, 2.0) → (3, 2)]
    """

    def __init__(self):
        self.lines = []
        self.own = {}  # each array of its own memory, which no one else knows, by its `id`

    def block(self, n, features, dtype):
        """Return memory of its own in columns, with a row of ones to follow, as (samples, features)."""
        return self.place((features + 1, n), dtype)[:-1].T

    def place(self, shape, dtype):
        """Return memory of its own, in this shape."""
        array = np.empty(shape, dtype)
        self.own[id(array)] = array
        return Traced(self, array)

    def write(self, function, inputs, shape, dtype, out=None, axis=None):
        """Add a line; return what it writes: `out`, or memory of its own."""
        if out is None:
            out = self.block(*shape, dtype) if len(shape) == 2 else self.place(shape[::-1], dtype).T
        if type(out) is not Traced or out.shape != tuple(shape) or out.dtype != dtype:
            raise Refused(f"{function} into something else")
        self.lines.append(Line(function, map(self._known, inputs), out.array, axis))
        return out

    def _known(self, value):
        if type(value) is Traced:
            return value.array
        if isinstance(value, np.generic):
            return np.array(value)
        if type(value) is np.ndarray:
            return value.copy()  # a constant: whoever made it may write to it later
        if type(value) not in (int, float, Number, Setting):
            raise Refused(f"a {type(value).__name__}")
        return value

    def elementwise(self, ufunc, inputs, out=None):
        """Record a function of every number."""
        if by_number(ufunc):  # what it gives is in the precision of what it takes, as if `astype` had followed
            return self.write(ufunc, inputs, inputs[0].shape, inputs[0].dtype, out)
        kinds = [value.dtype if hasattr(value, "dtype") else _weak(value) for value in inputs]
        *_, dtype = ufunc.resolve_dtypes((*kinds, None))
        shape = np.broadcast_shapes(*(getattr(value, "shape", ()) for value in inputs))
        return self.write(ufunc, inputs, shape, dtype, out)

    def product(self, function, a, b, out=None):
        """Record a product of matrices, or of stacks of them."""
        if a.dtype != b.dtype:
            raise Refused("a product of two precisions")
        stack = () if function is np.dot else np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
        if function is np.dot and max(a.ndim, b.ndim) > 2:
            raise Refused("np.dot of more than two dimensions")
        shape = (*stack, *a.shape[-2:-1], *b.shape[-1:])
        return self.write(function, [a, b], shape, a.dtype, out)

    def reduce(self, ufunc, a, axis, keepdims):
        """Record a sum, or the greatest, along the last axis."""
        if axis not in (-1, a.ndim - 1) or not keepdims or a.ndim != 2:
            raise Refused(f"{ufunc.__name__} along {axis}")
        return self.write(ufunc.reduce, [a], (a.shape[0], 1), a.dtype, axis=1)


def by_number(function):
    """Return whether this is a function of Python's own, of one number, that np.frompyfunc has made a ufunc of."""
    return getattr(function, "types", None) == ["O->O"]


def _weak(value):
    return float if isinstance(value, Number) else type(value)
