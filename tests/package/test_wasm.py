"""WebAssembly written from NumPy calls does what NumPy does: in Node, over a copy of the memory that the arrays lie in.

That the results are equal to the bit with those of the page's NumPy, also where the order of a sum or the core's tanh
counts, is for the browser tests to see (`test_compiled.py`).
"""

import subprocess

import numpy as np
import pytest

from book.node import node
from nnlib.recording import wasm

PROGRAM = """import { readFileSync, writeFileSync } from "node:fs";
const [code, bytes] = [readFileSync("code"), readFileSync("memory")];
const [first, times] = process.argv.slice(2).map(Number);
const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes.length / 65536) });
new Uint8Array(memory.buffer).set(bytes);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { core: { memory, ...Object.fromEntries(
    ["tanh", "exp", "expm1", "log", "log1p", "pow"].map((name) => [name, Math[name]])) } });
exports.run(first, times);
writeFileSync("memory", new Uint8Array(memory.buffer, 0, bytes.length));
"""
ODD = [0.0, -0.0, np.nan, np.inf, -np.inf, 1e-310, -1e-310, 1.0, -1.0, 40.0, -745.0, 0.5, 1e308]
SHAPES = [(), (1,), (2,), (5,), (10, 8), (3, 1), (1, 4), (2, 3, 5)]
UNARY = {np.absolute, np.copyto, np.exp, np.expm1, np.log, np.log1p, np.negative, np.sign, np.sqrt, np.square, np.tanh}


class Arena:
    """Memory that arrays are taken from, and that a module runs over in Node."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.used, self.calls = folder, 1024, []
        self.memory = np.zeros(2**20)
        base, bounds = self.memory.__array_interface__["data"][0], wasm.bounds
        monkeypatch.setattr(wasm, "bounds", lambda array: tuple(place - base for place in bounds(array)))

    def take(self, values, order="C", dtype=float):
        """Return an array in the arena, with these values."""
        values = np.asarray(values, dtype)
        array = self.memory[self.used : self.used + values.size].view(dtype)[: values.size].reshape(values.shape, order=order)
        self.used += values.size + 1
        array[...] = values
        return array

    def call(self, function, inputs, out, axis=None):
        """Note a call that is to be made."""
        self.calls.append((function, inputs, out, axis))

    def made(self, moving=(), first=0, times=1):
        """Return what the calls write in Node."""
        code, imports = wasm.module(self.calls, moving)
        assert set(imports) <= {"tanh", "exp", "expm1", "log", "log1p", "pow"}
        for name, content in {"code": code, "memory": self.memory.tobytes(), "run.mjs": PROGRAM.encode()}.items():
            (self.folder / name).write_bytes(content)
        command = [node(), "run.mjs", str(first), str(times)]
        end = subprocess.run(command, cwd=self.folder, check=False, capture_output=True, text=True)
        assert end.returncode == 0, end.stderr[-2000:]
        self.memory[:] = np.frombuffer((self.folder / "memory").read_bytes())
        return [out for *_, out, _ in self.calls]

    def expected(self):
        """Return what NumPy writes, and leave the memory as it was."""
        before, results = self.memory.copy(), []
        with np.errstate(all="ignore"):
            for function, inputs, out, axis in self.calls:
                if function is np.copyto:
                    np.copyto(out, *inputs)
                else:
                    function(*inputs, out=out) if axis is None else function(*inputs, axis=axis, out=out)
                results.append(out.copy())
        self.memory[:] = before
        return results


@pytest.fixture
def arena(tmp_path, monkeypatch):
    return Arena(tmp_path, monkeypatch)


def random(rng, shape):
    some = rng.random(shape) < 0.3
    return np.where(some, rng.choice(ODD, shape), rng.standard_normal(shape))


def test_functions_of_numbers_do_what_numpy_does(arena):
    rng = np.random.default_rng(0)
    for function in [*wasm.IN_PAIRS, *wasm.SINGLY]:
        for shape in SHAPES:
            for order in "CF":
                inputs = [arena.take(random(rng, shape), order) for _ in range(1 if function in UNARY else 2)]
                if function is np.power:
                    inputs[1] = 3.0 if order == "C" else 2
                elif len(inputs) == 2 and len(shape) > 1 and order == "F":
                    inputs[1] = arena.take(random(rng, shape[-1:]))  # a row for every row
                elif len(inputs) == 2 and len(shape) == 1:
                    inputs[order == "F"] = arena.take(0.5) if shape[0] == 5 else -0.0  # a number for every number
                arena.call(function, tuple(inputs), arena.take(np.zeros(shape), order))
                if isinstance(inputs[0], np.ndarray) and inputs[0].shape == shape:
                    arena.call(function, tuple(inputs), inputs[0])  # in place
    expected = arena.expected()
    for (function, inputs, *_), got, wanted in zip(arena.calls, arena.made(), expected, strict=True):
        if function in wasm.IN_PAIRS:
            np.testing.assert_array_equal(got, wanted, str((function, inputs)))
            signs = np.signbit(got) == np.signbit(wanted)
            free = function in (np.maximum, np.minimum)  # of 0.0 and -0.0, NumPy takes the one or the other by the processor
            assert (signs | np.isnan(wanted)).all() or free, (function, inputs)
        else:  # with another tanh than NumPy's here
            np.testing.assert_allclose(got, wanted, 1e-12, 1e-300, err_msg=str((function, inputs)))


def test_comparisons_give_bits_that_are_numbers_later(arena):
    a, b = arena.take([1.0, np.nan, -2.0]), arena.take([0.0, 1.0, -2.0])
    bits, numbers = arena.take(np.zeros(3), dtype=bool), arena.take(np.zeros(3))
    arena.call(np.greater_equal, (a, b), bits)
    arena.call(np.divide, (bits, 0.5), numbers)
    got = arena.made()
    assert got[0].tolist() == [True, False, True]
    assert got[1].tolist() == [2.0, 0.0, 2.0]


def test_products_of_all_sizes_and_layouts_are_exact(arena):
    rng = np.random.default_rng(0)
    for rows, terms, columns in np.ndindex(10, 4, 12):
        for order in ("CC", "CF", "FC", "FF"):
            a = arena.take(rng.integers(-9, 9, (rows + 1, 3 * terms + 1)), order[0])
            b = arena.take(rng.integers(-9, 9, (3 * terms + 1, columns + 1)), order[1])
            arena.call(np.matmul, (a, b), arena.take(np.zeros((rows + 1, columns + 1)), order[terms % 2]))
    ones, stack = arena.take(np.ones(5)), arena.take(rng.integers(-9, 9, (3, 5, 4)))
    arena.call(np.dot, (ones, stack[0]), arena.take(np.zeros(4)))
    arena.call(np.dot, (stack[0].T, ones), arena.take(np.zeros(4)))
    arena.call(np.dot, (ones, ones), arena.take(0.0))
    arena.call(np.matmul, (stack, stack[0].T), arena.take(np.zeros((3, 5, 5))))
    expected = arena.expected()
    for got, wanted in zip(arena.made(), expected, strict=True):
        np.testing.assert_array_equal(got, wanted)


def test_rows_are_taken_into_every_layout(arena):
    rng = np.random.default_rng(0)
    for features, n, order in [(2, 10, "F"), (1, 1, "C"), (5, 3, "C"), (3, 7, "F")]:
        X = arena.take(rng.normal(size=(20, features)), order)
        rows = arena.take(rng.integers(0, 20, 8), dtype=np.int64).view(np.int32)[::2][:n]
        arena.call(np.take, (X, rows), arena.take(np.zeros((min(n, 8), features)), order), 0)
    expected = arena.expected()
    for got, wanted in zip(arena.made(), expected, strict=True):
        np.testing.assert_array_equal(got, wanted)


def test_reductions_are_exact(arena):
    rng = np.random.default_rng(0)
    for function in (np.add.reduce, np.maximum.reduce):
        for shape in [(1, 1), (1, 5), (5, 1), (10, 8), (3, 10), (1, 200), (2, 130), (300, 1), (9, 1)]:
            for order, axis in ("C", 0), ("C", 1), ("F", 0), ("F", 1):
                a = arena.take(rng.integers(-9, 9, shape), order)
                arena.call(function, (a,), arena.take(np.zeros(shape[1 - axis])), axis)
    expected = arena.expected()
    for got, wanted in zip(arena.made(), expected, strict=True):
        np.testing.assert_array_equal(got, wanted)


def test_what_moves_is_taken_from_its_place_in_each_round(arena):
    X, out = arena.take(np.arange(60).reshape(5, 3, 4)), arena.take(np.zeros((5, 2, 4)))
    rates, total = arena.take(np.arange(5.0).reshape(5, 1)), arena.take(0.0)
    batch, result, rate = arena.take(np.zeros((3, 4))), arena.take(np.zeros((2, 4))), arena.take([0.0])
    arena.call(np.multiply, (batch[1:], rate[:1].reshape(())), result)  # a part of what moves
    arena.call(np.add, (total, rate[:1].reshape(())), total)
    moving = [(batch, X), (result, out), (rate, rates)]
    arena.made(moving, first=3, times=2)
    assert [bool(some.any()) for some in out] == [False, False, False, True, True]
    arena.made(moving, times=3)
    np.testing.assert_array_equal(out, X[:, 1:] * np.arange(5)[:, None, None])
    assert total == 10
    assert not batch.any()
    assert not result.any()


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda a: (np.multiply, (a, 2.0), np.zeros(8, np.float32)), "an array .* of float32"),
        (lambda a: (np.multiply, (a[::-1], 2.0), a.copy()), "with the strides"),
        (lambda a: (np.multiply, (a[:0], 2.0), a[:0].copy()), "an array"),
        (lambda a: (np.multiply, (a[:-1], 2.0), a[1:]), "partly where the result goes"),
        (lambda a: (np.dot, (a.reshape(2, 4), np.ones((4, 4))), a.reshape(2, 4)), "where it is made of"),
        (lambda a: (np.power, (a, a.copy()), a.copy()), "a power that is not known"),
        (lambda a: (np.add, (a > 0, a > 1), a.copy()), "arithmetic of bits"),
        (lambda a: (np.add.reduce, (np.ones((2000, 8)),), a, 0), "a reduction"),
        (lambda a: (np.sin, (a,), a.copy()), "sin is not known"),
        (lambda a: (np.random.default_rng(0).random, (), a), "random is not known"),
    ],
)
def test_what_has_no_place_in_a_module_is_refused(call, why):
    with pytest.raises(wasm.NotCompilable, match=why):
        wasm.module([call(np.ones(8))])


def test_an_array_of_which_a_part_moves_is_refused():
    a, others = np.ones(8), np.ones((3, 4))
    with pytest.raises(wasm.NotCompilable, match="of which a part moves"):
        wasm.module([(np.negative, (a,), np.ones(8))], [(a[:4], others)])
