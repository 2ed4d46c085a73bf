"""Fewer calls and less memory for the same numbers: what a tape is rewritten to.

It knows only NumPy's calls, and where in memory they read and write. Memory has an owner, the array at the base of all
views of it; a block is an array of features + 1 rows, one number a sample, the last row for the ones of a bias.
"""

import numpy as np

from nnlib.recording.tracing import Line, owner

PRODUCTS = (np.dot, np.matmul)


def fused(tape, y_hat, still):
    """Return lines that write the same numbers as the tape's, and `y_hat`, which may lie elsewhere now.

    `still` are arrays of the tape's own memory that stay where they are, and are not written to.
    """
    for array in still:
        del tape.own[id(owner(array))]
    ones = {}  # the blocks whose row of ones is needed, by their `id`
    lines = _biases(tape.lines, ones)
    result = Line(None, [y_hat, *(block[-1] for block in ones.values())], np.empty(0))
    lines = [*lines, result]  # as if a last line read them: they are needed after the step, and in the next
    lines = _without_doubles(lines, tape.own)
    lines = _side_by_side(lines, tape.own, ones)
    _in_place(lines, tape.own, ones)
    y_hat, *rows = result.inputs
    for row in rows:
        row[:] = 1
    return lines[:-1], y_hat


def address(array):
    """Return where an array's first number lies."""
    return array.__array_interface__["data"][0]


def place(array):
    """Return how many bytes after its owner's first number an array begins."""
    return address(array) - address(owner(array))


def view(array, memory, offset, shape=None):
    """Return an array's view of other memory, `offset` bytes after its first number; of another shape where one is given."""
    return np.ndarray(shape or array.shape, array.dtype, memory, offset, array.strides)


def _reads(lines, memory):
    return any(owner(array) is memory for line in lines for array in line.arrays)


def _writes(lines, memory):
    return any(owner(array) is memory for line in lines for array in line.outs)


def move(lines, old, new, by=0):
    """Let what is read from and written to memory of `old` be in `new`, `by` bytes further on."""

    def moved(array):
        if isinstance(array, np.ndarray) and owner(array) is old:
            return view(array, new, place(array) + by)
        return array

    for one in lines:
        for line in (one, *one.beside):
            line.inputs, line.out = [moved(value) for value in line.inputs], moved(line.out)


# A bias is one more row of the weights, for an input that is always 1 -----------------------------------------------------


def _biases(lines, ones):
    """Make X W and + b one product, of X with its ones, and Xᵀ δ and the sum of δ's rows another."""
    out = []
    for line in lines:
        if out and out[-1].function in PRODUCTS and (_added(out[-1], line, ones) or _summed(out[-1], line, ones)):
            continue
        out.append(line)
    return out


def _added(last, line, ones):
    if line.function is not np.add or not _is(line.inputs[0], line.out) or not _is(line.out, last.out):
        return False
    X, W = last.inputs
    X1, b = _with_ones(X), line.inputs[1]
    if X1 is None or not isinstance(b, np.ndarray) or b.ndim != 1 or not _follows(W, b):
        return False
    last.inputs = [X1, _taller(W)]
    ones[id(owner(X))] = owner(X)
    return True


def _summed(last, line, ones):
    if line.function is not np.dot or not _is(line.inputs[1], last.inputs[1]) or line.inputs[0].ndim != 1:
        return False
    XT, delta = last.inputs
    X1 = _with_ones(XT.T)
    if X1 is None or not (line.inputs[0] == 1).all() or not _follows(last.out, line.out):
        return False
    last.inputs, last.out = [X1.T, delta], _taller(last.out)
    ones[id(owner(XT))] = owner(XT)
    return True


def _is(a, b):
    return isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and same(a) == same(b)


def _with_ones(X):
    block = owner(X)
    if X.ndim != 2 or block.ndim != 2 or block.shape != (X.shape[1] + 1, X.shape[0]) or X.strides != block.T.strides:
        return None
    return block.T


def _follows(first, second):
    return owner(first) is owner(second) and place(first) + first.nbytes == place(second) and first.flags.c_contiguous


def _taller(matrix):
    rows, columns = matrix.shape
    return view(matrix, owner(matrix), place(matrix), (rows + 1, columns))


# What is known already, and what nobody asks for ---------------------------------------------------------------------------


def _without_doubles(lines, own):
    lines, found, i = list(lines), {}, 0
    while i < len(lines):
        line = lines[i]
        memory = owner(line.out)
        key = (line.function, line.axis, line.out.dtype, line.out.shape, *map(same, line.inputs))
        first = found.get(key)
        if line.inputs and _once(lines, memory, own):
            since = lines[lines.index(first) + 1 : i] if first else []
            if first and not any(_writes(since, owner(array)) for array in first.arrays):
                del lines[i]
                move(lines, memory, owner(first.out))
                continue
            found[key] = line
        i += 1
    for i in range(len(lines) - 2, -1, -1):
        memory = owner(lines[i].out)
        if lines[i].inputs and id(memory) in own and not _reads(lines[i + 1 :], memory):
            del lines[i]
    return lines


def _once(lines, memory, own):
    return id(memory) in own and sum(owner(array) is memory for line in lines for array in line.outs) == 1


def same(value):
    """Return what tells one view of memory, or one number, from another."""
    if isinstance(value, np.ndarray):
        return address(value), value.shape, value.strides, value.dtype
    return type(value), repr(value)


# The same function in several layers, where none waits for another -------------------------------------------------------


def _side_by_side(lines, own, ones):
    """Lay the blocks of such calls one after another: one call runs over them all, and over the rows between them."""
    lines, seats, i = list(lines), {}, 0
    while i < len(lines):
        line = lines[i]
        group = [line] if _joins(line, lines, own, ones) else []
        for j in range(i + 1, len(lines) if group else 0):
            other = lines[j]
            waits = any(_writes(lines[i:j], owner(array)) for array in other.arrays)
            if not waits and _alike(line, other) and _joins(other, lines, own, ones):
                group.append(other)
        if len(group) > 1 and _seated(group, seats):
            first, *first.beside = group
            lines = [first if other is line else other for other in lines if other is line or other not in group]
        i += 1
    for row in {id(row): row for row, _ in seats.values()}.values():
        memory, start = np.ones((sum(map(len, row)), row[0].shape[1]), row[0].dtype), 0
        own[id(memory)] = memory
        for block in row:
            move(lines, block, memory, start)
            start += block.nbytes
            if id(block) in ones:
                ones[id(memory)] = memory
    for line in lines:
        if line.beside:
            last = line.beside[-1]
            line.inputs = [_span(*ends) for ends in zip(line.inputs, last.inputs, strict=True)]
            line.out, line.beside = _span(line.out, last.out), []
    return lines


def _joins(line, lines, own, ones):
    if not _elementwise(line) or id(owner(line.out)) in ones or not _once(lines, owner(line.out), own):
        return False
    return all(
        _with_ones(a) is not None and id(owner(a)) in own and a.shape == line.out.shape for a in (*line.arrays, line.out)
    )


def _elementwise(line):
    return isinstance(line.function, np.ufunc) and line.function is not np.matmul and len(line.arrays) > 0


def _alike(a, b):
    if a.function is not b.function or a.out.shape[0] != b.out.shape[0] or a.out.dtype != b.out.dtype:
        return False
    pairs = zip(a.inputs, b.inputs, strict=True)
    return all(x.dtype == y.dtype if _both_arrays(x, y) else same(x) == same(y) for x, y in pairs)


def _both_arrays(x, y):
    return isinstance(x, np.ndarray) and isinstance(y, np.ndarray)


def _seated(group, seats):
    """Give the blocks of a group, argument by argument, neighboring seats, in the order of the group; or return False."""

    def blocks():
        return [
            [owner(array) for array in column] for column in zip(*((*line.arrays, line.out) for line in group), strict=True)
        ]

    for column in blocks():
        if all(id(block) in seats for block in column):
            at = {id(line): seats[id(block)][1] for line, block in zip(group, column, strict=True)}
            group.sort(key=lambda line: at[id(line)])
            break
    new = dict(seats)
    for column in blocks():
        seated = [new.get(id(block)) for block in column]
        if len(set(map(id, column))) < len(column):
            return False
        if not any(seated):
            new |= {id(block): (column, k) for k, block in enumerate(column)}
        elif not all(seat and seat[0] is seated[0][0] and seat[1] == seated[0][1] + k for k, seat in enumerate(seated)):
            return False
    seats |= new
    return True


def _span(first, last):
    """Return what begins where the first block begins, and ends where the last one does, as (samples, rows)."""
    if not isinstance(first, np.ndarray):
        return first
    rows = last.shape[1] + (address(last) - address(first)) // first.strides[1]
    return view(first, owner(first), place(first), (first.shape[0], rows))


# What is not needed any more can be written over -----------------------------------------------------------------------------


def _in_place(lines, own, ones):
    for i, line in enumerate(lines[:-1]):
        if not _elementwise(line) or id(owner(line.out)) not in own:
            continue
        for array in line.arrays:
            old, new = owner(array), owner(line.out)
            if old is new or id(old) not in own or id(old) in ones or not _like(array, line.out) or not _whole(array):
                continue
            earlier = [other for before in lines[:i] for other in (*before.arrays, *before.outs) if owner(other) is new]
            if not _reads(lines[i + 1 :], old) and not any(np.may_share_memory(other, line.out) for other in earlier):
                move(lines, old, new, place(line.out))
                break


def _like(a, b):
    return (a.shape, a.strides, a.dtype) == (b.shape, b.strides, b.dtype)


def _whole(array):
    """Return whether an array has all of its owner's memory, but for the last row of a block."""
    rest = owner(array).nbytes - array.nbytes
    return place(array) == 0 and rest <= (array.shape[0] * array.itemsize if array.ndim == 2 else 0)
