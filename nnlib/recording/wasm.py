"""Write a list of NumPy calls as a WebAssembly module: the same loops over the same arrays, with no Python in between.

A call is (function, inputs, out, axis). Its arrays stay where they are in memory, so it becomes loops that have their
addresses written into them, in NumPy's own order of summation, with the very tanh and exp that NumPy calls: the results
are equal to the bit. No network is known here; only what each function of NumPy does with float64. What can't be written
raises `NotCompilable`, and NumPy itself goes on with the list.

The instructions are in `instructions`. SIMD takes two float64 at once, a pair; what a function does to both at once is what
it does to each.
"""

import math  # noqa: I001 (many names in few lines)

import numpy as np

from nnlib.recording.instructions import (
    ABSOLUTE, ADD, ADDRESSES, AND, COMPARED, DIFFER, DIVIDE, EQUAL, F64, FIRST, FROM_BIT, GREATER, GREATER_EQUAL, I32,
    LESS, LESS_EQUAL, LOAD, LOAD_BIT, LOAD_FIRST, LOAD_INDEX, LOAD_SECOND, LOAD_TWICE, MULTIPLY, NEGATIVE, NOT_EQUAL,
    OR, PLUS, SELECT, SQRT, STORE, STORE_BIT, SUBTRACT, TIMES, TIMES_WHOLE, V128, VALUES, forward, get, put, real,
    repeat, unsigned, whole,
)  # fmt: skip


class NotCompilable(ValueError):
    """A call, or an array of it, can't be written."""


def bounds(array):
    """Return the first address of an array, and the one behind its last number."""
    first = array.__array_interface__["data"][0]
    return first, first + array.itemsize + sum((n - 1) * step for n, step in zip(array.shape, array.strides, strict=True))


def apart(one, other):
    """Return whether two arrays lie in different places."""
    (low, high), (first, end) = bounds(one), bounds(other)
    return high <= first or end <= low


class Operand:
    """An array within loops: where it is, and its step in bytes for each of them."""

    def __init__(self, writer, array, strides, kinds=(float, bool)):
        self.strides, self.bits = strides, array.dtype == bool
        if array.dtype not in kinds or min(array.strides, default=0) < 0 or not array.size:
            raise NotCompilable(f"an array {array.shape} of {array.dtype}, with the strides {array.strides}")
        self.address, self.shift = writer.place(array)
        self.gone = None  # the variable with the bytes that the loops have gone

    def at(self):
        """Return the code that leaves how far from its address the loops and the rounds are."""
        parts = [get(local) for local in (self.gone, self.shift) if local is not None]
        return b"".join(parts or [whole(0)]) + PLUS * (len(parts) == 2)

    def load(self, pair, offset=0, step=None):
        """Return the code that leaves the number there, or a pair: it and the next one, `step` bytes away."""
        place, step = unsigned(self.address + offset), self.strides[-1] if step is None else step
        if self.bits:
            return self.at() + LOAD_BIT + place + FROM_BIT
        if not pair or step == 8:
            return self.at() + LOAD[pair] + place
        if not step:
            return self.at() + LOAD_TWICE + place
        return self.at() * 2 + LOAD_FIRST + place + LOAD_SECOND + unsigned(self.address + offset + step) + b"\x01"

    def store(self, pair, value, offset=0):
        """Return the code that stores what the code `value` leaves."""
        place = unsigned(self.address + offset)
        if self.bits:
            return self.at() + value + real(0) + NOT_EQUAL[0] + STORE_BIT + place
        return self.at() + value + STORE[pair] + place


class Writer:
    """What holds for a whole module: the functions it imports, the arrays that move, and how many variables there are."""

    def __init__(self, moving):
        self.imports = {}
        self.moving = [(*bounds(a), bounds(many)[0], many.strides[0], ADDRESSES + i) for i, (a, many) in enumerate(moving)]
        self.first = self.used = self.most = ADDRESSES + len(moving)

    def local(self):
        """Return a variable for an address, until the next nest of loops."""
        self.used += 1
        self.most = max(self.most, self.used)
        return self.used - 1

    def place(self, array):
        """Return where an array begins, and the variable with how far it has moved, None where it stays."""
        low, high = bounds(array)
        for first, end, instead, _, local in self.moving:
            if first <= low and high <= end:
                return low + instead - first, local
            if low < end and first < high:
                raise NotCompilable("an array of which a part moves")
        return low, None

    def call(self, name, numbers=1):
        """Return the call of a function of the core's own mathematics, of so many numbers."""
        return b"\x10" + unsigned(self.imports.setdefault((name, numbers), len(self.imports)))

    def nest(self, loops, operands, body):
        """Return loops, the first outermost, with `body(*widths)` within.

        A loop is a list of (width, times), one after the other: five numbers are two pairs and a single one. Operands of
        the same steps share a variable, and one that begins at 0 tells when the loop is over.
        """
        self.used, gone = self.first, {}
        for operand in operands:
            if any(operand.strides):
                if operand.strides not in gone:
                    gone[operand.strides] = self.local()
                operand.gone = gone[operand.strides]
        sizes = [sum(width * times for width, times in loop) for loop in loops]
        return b"".join(whole(0) + put(local) for local in gone.values()) + self._loop(loops, sizes, gone, body)

    def _loop(self, loops, sizes, gone, body, *widths):
        at, code, done = len(widths), b"", 0
        if at == len(loops):
            return body(*widths)
        clocks = [(steps[at], local) for steps, local in gone.items() if steps[at] and not any(steps[:at])]
        for width, times in loops[at]:
            if not width * times:
                continue
            inner = self._loop(loops, sizes, gone, body, *widths, width)
            for steps, local in gone.items():
                back = steps[at + 1] * sizes[at + 1] if at + 1 < len(loops) else 0
                inner += forward(local, steps[at] * width - back)
            done += width * times
            if clocks and times > 1:
                step, local = clocks[0]
                code += repeat(inner, get(local) + whole(step * done) + DIFFER)
            else:
                code += self.repeated(times, inner)
        return code

    def repeated(self, times, body):
        """Return `body`, so many times."""
        if times == 1:
            return body
        local = self.local()
        return whole(times) + put(local) + repeat(body + forward(local, -1), get(local))


# What a function does to numbers, each given as code that leaves it, or a pair of it; that code may be used twice.


def simple(instruction):
    """Return what an instruction does."""
    return lambda writer, pair, *numbers: b"".join(numbers) + instruction[pair]


def compare(instruction):
    """Return what a comparison does: it leaves 1.0 or 0.0."""
    return lambda writer, pair, a, b: a + b + instruction[pair] + (real(1, True) + AND if pair else FROM_BIT)


def choose(instruction):
    """Return what np.maximum or np.minimum does: a where it is the better one, or NaN, else b; so -0.0 stays, too."""

    def chosen(writer, pair, a, b):
        return a + b + a + b + instruction[pair] + a + a + NOT_EQUAL[pair] + OR[pair] + SELECT[pair]

    return chosen


def by_sign(pair, a, below, zero, above):
    """Leave one of three values by the sign of a, or a where it is NaN."""
    code = above + zero + a + real(0, pair) + GREATER[pair] + SELECT[pair]
    code = below + code + a + real(0, pair) + LESS[pair] + SELECT[pair]
    return a + code + a + a + NOT_EQUAL[pair] + SELECT[pair]


def logaddexp(writer, pair, a, b):
    """Leave log(eᵃ + eᵇ) as NumPy has it: the higher + log1p(e^(−|a − b|)), where they are not the same."""
    higher = a + b + a + b + GREATER[0] + SELECT[0]
    rest = a + b + SUBTRACT[0] + ABSOLUTE[0] + NEGATIVE[0] + writer.call("exp") + writer.call("log1p")
    return a + real(math.log(2)) + ADD[0] + higher + rest + ADD[0] + a + b + EQUAL[0] + SELECT[0]


def called(function):
    """Return what a function of the core's own mathematics does."""
    return lambda writer, pair, a: a + writer.call(function.__name__)


IN_PAIRS = {
    np.add: simple(ADD),
    np.subtract: simple(SUBTRACT),
    np.multiply: simple(MULTIPLY),
    np.divide: simple(DIVIDE),
    np.sqrt: simple(SQRT),
    np.negative: simple(NEGATIVE),
    np.absolute: simple(ABSOLUTE),
    np.copyto: simple((b"", b"")),
    np.square: lambda writer, pair, a: a + a + MULTIPLY[pair],
    np.maximum: choose(GREATER_EQUAL),
    np.minimum: choose(LESS_EQUAL),
    np.sign: lambda writer, pair, a: by_sign(pair, a, real(-1, pair), real(0, pair), real(1, pair)),
    np.heaviside: lambda writer, pair, a, b: by_sign(pair, a, real(0, pair), b, real(1, pair)),
}
COMPARISONS = (np.equal, np.not_equal, np.less, np.greater, np.less_equal, np.greater_equal)
IN_PAIRS |= {function: compare(how) for function, how in zip(COMPARISONS, COMPARED, strict=True)}
SINGLY = {np.logaddexp: logaddexp, np.power: lambda writer, pair, a, b: a + b + writer.call("pow", 2)}
SINGLY |= {function: called(function) for function in (np.tanh, np.exp, np.expm1, np.log, np.log1p)}


def elementwise(writer, function, inputs, out):
    """Return the loops of a function that takes numbers one by one, its inputs as broadcasting has them."""
    if function is np.power:
        if isinstance(inputs[1], np.ndarray):
            raise NotCompilable("a power that is not known")
        if inputs[1] == 2:
            function, inputs = np.square, inputs[:1]  # as NumPy has it
    arrays = [np.broadcast_to(value, out.shape) for value in inputs if isinstance(value, np.ndarray)]
    if not all(apart(array, out) or _same(array, out) for array in arrays):
        raise NotCompilable("an input that lies partly where the result goes")
    shape, strides = merged(out.shape, [array.strides for array in (out, *arrays)])
    result, *operands = map(Operand, [writer] * len(strides), (out, *arrays), strides)
    paired = function in IN_PAIRS and result.strides[-1] == 8 and not any(o.bits for o in (result, *operands))
    paired = paired and all(operand.strides[-1] in (0, 8) for operand in operands)
    if all(operand.bits for operand in operands) and len(operands) == len(inputs) and function is not np.copyto:
        raise NotCompilable("arithmetic of bits")
    does, rest = IN_PAIRS.get(function) or SINGLY[function], iter(operands)
    numbers = [next(rest) if isinstance(value, np.ndarray) else value for value in inputs]
    steady = [not isinstance(value, Operand) or not any(value.strides) for value in numbers]

    def ready(pair, before):  # each number in its variable, before the loops or within
        codes = [value.load(pair) if isinstance(value, Operand) else real(value, pair) for value in numbers]
        return b"".join(code + put(VALUES[pair] + i) for i, code in enumerate(codes) if steady[i] == before)

    def body(*widths):
        pair = widths[-1] == 2
        value = does(writer, pair, *(get(VALUES[pair] + i) for i in range(len(numbers))))
        return ready(pair, False) + result.store(pair, value)

    before = ready(False, True) + (ready(True, True) if paired else b"")
    return before + writer.nest(along(shape, paired), [result, *operands], body)


def _same(one, other):
    steps = zip(one.shape, one.strides, other.strides, strict=True)
    return bounds(one) == bounds(other) and all(a == b for n, a, b in steps if n > 1)


def merged(shape, strides):
    """Return a shape of as few dimensions as can be, the shortest step of the first array last, and the strides for it.

    Examples
    --------
    >>> merged((8, 10), [(80, 8), (0, 8)])
    ([8, 10], [(80, 8), (0, 8)])
    >>> merged((8, 10), [(80, 8), (80, 8)])
    ([80], [(8,), (8,)])
    """
    order = sorted((i for i, n in enumerate(shape) if n > 1), key=lambda i: -strides[0][i])
    dimensions = [(shape[i], [steps[i] for steps in strides]) for i in order] or [(1, [8] * len(strides))]
    joined = dimensions[:1]
    for n, inner in dimensions[1:]:
        before, outer = joined[-1]
        if all(a == n * b for a, b in zip(outer, inner, strict=True)):
            joined[-1] = before * n, inner
        else:
            joined.append((n, inner))
    return [n for n, _ in joined], list(zip(*(steps for _, steps in joined), strict=True))


def along(shape, paired):
    """Return the loops over a shape, the last one in pairs where that is asked for."""
    *lead, last = shape
    return [[(1, n)] for n in lead] + [[(2, last // 2), (1, last % 2)] if paired else [(1, last)]]


def product(writer, a, b, out):
    """Return the loops of one matrix product, or of a stack of them: each number is a sum from 0.0 on, in order.

    A tile of the result, up to 8 rows or pairs, is summed up in variables.
    """
    if not (apart(a, out) and apart(b, out)):
        raise NotCompilable("a product that is written where it is made of")
    if a.ndim == 1:
        a, out = a[None], out[..., None, :] if b.ndim > 1 else out[None]
    if b.ndim == 1:
        b, out = b[:, None], out[..., None]
    if (out.shape[-1] == 1 or out.strides[-1] != 8) and out.strides[-2] == 8:
        a, b, out = b.swapaxes(-1, -2), a.swapaxes(-1, -2), out.swapaxes(-1, -2)
    a, b = (np.broadcast_to(x, (*out.shape[:-2], *x.shape[-2:])) for x in (a, b))
    *lead, rows, columns = out.shape
    to_row, to_term = a.strides[-2:]
    to_next, to_column = b.strides[-2:]
    left = Operand(writer, a, (*a.strides[:-2], to_row, 0))
    right = Operand(writer, b, (*b.strides[:-2], 0, to_column))
    result = Operand(writer, out, out.strides)
    pairs = columns // 2 if out.strides[-1] == 8 else 0
    wide = min(pairs, 5 if pairs < 6 else 4, 4 if to_column == 8 else 2)
    high = min(rows, 8 // max(wide, 1))

    def body(*widths):
        height, width = widths[-2:]
        pair, across = width > 1, max(width // 2, 1)
        sums = [[VALUES[pair] + across * i + j for j in range(across)] for i in range(height)]
        *seen, one = (VALUES[pair] + (10 if pair else 8) + j for j in range(across + 1))
        code = b"".join(real(0, pair) + put(local) for row in sums for local in row)
        starts = left.gone, right.gone
        for operand in (left, right):
            start, operand.gone = operand.gone, writer.local()
            code += (whole(0) if start is None else get(start)) + put(operand.gone)
        term = b"".join(right.load(pair, 2 * j * to_column, to_column) + put(local) for j, local in enumerate(seen))
        for i, row in enumerate(sums):
            term += left.load(pair, i * to_row, 0) + put(one)
            times = [get(one) + get(local) + MULTIPLY[pair] for local in seen]
            term += b"".join(get(local) + more + ADD[pair] + put(local) for local, more in zip(row, times, strict=True))
        code += writer.repeated(a.shape[-1], term + forward(left.gone, to_term) + forward(right.gone, to_next))
        left.gone, right.gone = starts
        cells = ((i * out.strides[-2] + 16 * j, local) for i, row in enumerate(sums) for j, local in enumerate(row))
        return code + b"".join(result.store(pair, get(local), offset) for offset, local in cells)

    chunks = [(2 * wide, pairs // wide), (2 * (pairs % wide), 1)] if wide else []
    loops = [[(1, n)] for n in lead]
    loops += [[(high, rows // high), (rows % high, 1)], [*chunks, (1, columns - 2 * pairs)]]
    return writer.nest(loops, [left, right, result], body)


def reduction(writer, function, array, axis, out):
    """Return the loops of a sum or a maximum along an axis, in NumPy's order.

    That is one after the other, from 0.0 on; but pairwise where the axis is the one of the shortest step.
    """
    step, terms = array.strides[axis], array.shape[axis]
    rest = np.moveaxis(array, axis, -1)[..., 0]
    if terms > 1024 or rest.shape != out.shape or not apart(array, out):
        raise NotCompilable("a reduction of so many numbers, or where they are")
    shape, strides = merged(out.shape, [out.strides, rest.strides])
    result, operand = Operand(writer, out, strides[0]), Operand(writer, array, strides[1])
    pairwise = not any(n > 1 and stride < step for n, stride in zip(rest.shape, rest.strides, strict=True))
    paired = not (pairwise or operand.bits or result.bits) and strides[0][-1] == strides[1][-1] == 8

    def total(pair, terms):
        if len(terms) > 128 and pairwise:
            half = len(terms) // 16 * 8
            return total(pair, terms[:half]) + total(pair, terms[half:]) + ADD[pair]
        if len(terms) < 8 or not pairwise:
            return real(0, pair) + b"".join(term + ADD[pair] for term in terms)
        whole = len(terms) // 8 * 8
        sums = [terms[i] + b"".join(term + ADD[pair] for term in terms[i + 8 : whole : 8]) for i in range(8)]
        while len(sums) > 1:
            sums = [a + b + ADD[pair] for a, b in zip(sums[::2], sums[1::2], strict=True)]
        return sums[0] + b"".join(term + ADD[pair] for term in terms[whole:])

    def greatest(pair, terms):
        best, other = VALUES[pair], VALUES[pair] + 1
        better = IN_PAIRS[np.maximum](writer, pair, get(best), get(other)) + put(best)
        return terms[0] + put(best) + b"".join(term + put(other) + better for term in terms[1:]) + get(best)

    def body(*widths):
        pair = widths[-1] == 2
        loads = [operand.load(pair, i * step) for i in range(terms)]
        return result.store(pair, total(pair, loads) + real(0, pair) + ADD[pair] if add else greatest(pair, loads))

    add = function == np.add.reduce
    return writer.nest(along(shape, paired), [result, operand], body)


def taken(writer, array, rows, out):
    """Return the loops that take rows of a matrix, by numbers of 32 bits; none may be out of range."""
    if array.ndim != 2 or rows.ndim != 1 or not apart(array, out):
        raise NotCompilable("rows of something else")
    to_row, to_column = array.strides
    source, result = Operand(writer, array, (0, to_column)), Operand(writer, out, out.strides)
    which = Operand(writer, rows, (*rows.strides, 0), kinds=(np.int32,))

    def body(*widths):
        start = which.at() + LOAD_INDEX + unsigned(which.address) + whole(to_row) + TIMES_WHOLE
        return result.store(False, source.at() + start + PLUS + LOAD[False] + unsigned(source.address))

    return writer.nest([[(1, n)] for n in out.shape], [source, which, result], body)


def written(writer, function, inputs, out, axis=None):
    """Return the loops of one call."""
    if function is np.take and axis == 0:
        return taken(writer, *inputs, out)
    if axis is not None and function in (np.add.reduce, np.maximum.reduce):
        return reduction(writer, function, *inputs, axis, out)
    if function in (np.dot, np.matmul):
        return product(writer, *inputs, out)
    if function in IN_PAIRS or function in SINGLY:
        return elementwise(writer, function, inputs, out)
    raise NotCompilable(f"{getattr(function, '__name__', function)} is not known here")


def module(calls, moving=()):
    """Return a WebAssembly module whose function `run(first, times)` makes the calls in rounds, at least one.

    Parameters
    ----------
    calls : list of (function, inputs, out, axis)
        NumPy functions, the arrays and numbers that they take, the array of the result, and the axis of a reduction.
    moving : list of (array, array of arrays)
        Arrays that lie elsewhere: in round k, `array` and its views are where number k of the others is.

    Returns
    -------
    module : bytes
    imports : list of str
        The functions that it imports from "core", besides the memory.
    """
    writer = Writer(moving)
    body = b"".join(written(writer, *call) for call in calls)
    body += b"".join(forward(local, step) for *_, step, local in writer.moving)
    kinds = [unsigned(n) + kind for n, kind in ((10, F64), (20, V128), (writer.most - ADDRESSES, I32))]
    start = b"".join(get(FIRST) + whole(step) + TIMES_WHOLE + put(local) for *_, step, local in writer.moving)
    run = listed(kinds) + start + repeat(body + forward(TIMES, -1), get(TIMES)) + b"\x0b"
    functions = [name("core") + name(which) + bytes([0, numbers - 1]) for which, numbers in writer.imports]
    sections = {
        1: listed([b"\x60\x01\x7c\x01\x7c", b"\x60\x02\x7c\x7c\x01\x7c", b"\x60\x02\x7f\x7f\x00"]),  # the kinds of functions
        2: listed([name("core") + name("memory") + b"\x02\x00\x00", *functions]),
        3: listed([b"\x02"]),
        7: listed([name("run") + b"\x00" + unsigned(len(functions))]),
        10: listed([sized(run)]),
    }
    code = b"".join(bytes([number]) + sized(content) for number, content in sections.items())
    return b"\0asm\1\0\0\0" + code, [which for which, _ in writer.imports]


def sized(code):
    """Return code after its length."""
    return unsigned(len(code)) + code


def name(text):
    """Return a name as a module has it."""
    return sized(text.encode())


def listed(items):
    """Return items after their number."""
    return unsigned(len(items)) + b"".join(items)
