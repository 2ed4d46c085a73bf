"""Run a record as WebAssembly, where Python itself is WebAssembly: in the worker of a page.

NumPy's arrays lie in the memory of Pyodide's core, and NumPy calls the core's own tanh and exp. A module (`wasm`) that
imports the same memory and the same functions takes NumPy's place, for many batches in one call. Memory that grows keeps
its addresses; the arrays live as long as the function does. Where a browser has no SIMD, or may not compile, or a call
is not known, the console says so once, and NumPy goes on.
"""

import sys

import numpy as np

from nnlib.recording import wasm
from nnlib.recording.fusing import place, view
from nnlib.recording.record import Call
from nnlib.recording.tracing import owner

told = []  # what the console has been told, once


class Compiled:
    """The calls of a record, and `run(first, times)`, which makes them for `batches`, or for the record's own one.

    `batches` are y and ŷ as a `Tray` has them, one after another, and the samples, X and y, of which each batch takes its
    `rows`. Raises `NotCompilable` where a call can't be written.
    """

    def __init__(self, record, *batches):
        count = len(batches[0]) if batches else 1
        draws = [call for call in record.calls if not call.inputs]
        drawn = [np.repeat(owner(call.out)[None], count, axis=0) for call in draws]
        self.draws = [
            [(call.function, view(call.out, many[k], place(call.out))) for call, many in zip(draws, drawn, strict=True)]
            for k in range(count)
        ]
        self.numbers, self.numbers_of = np.empty((count, len(record.numbers))), record.numbers_of
        self.calls = [call for call in record.calls if call.inputs]  # they hold the arrays, as long as this is held
        self.moving = [(record.numbers, self.numbers)] if record.numbers.size else []
        self.moving += [(owner(call.out), many) for call, many in zip(draws, drawn, strict=True)]
        if batches:
            y, y_hat, *samples = batches
            self.rows, places = np.empty((count, len(record.X)), np.int32), [record.X, record.y]
            if samples[1].ndim == 1:  # labels, which the tray brings as one-hot rows
                self.moving.append((owner(record.y), y))
                del places[1]
            takes = [Call(np.take, (X, self.rows[0]), place, 0) for X, place in zip(samples, places, strict=False)]
            self.calls = [*takes, *self.calls, Call(np.copyto, (record.y_hat.T,), y_hat[0])]
            self.moving += [(self.rows[0], self.rows), (y_hat[0], y_hat)]
        self.run = load(*wasm.module(self.calls, self.moving))

    def train(self, count, optimizer):
        """Take a step on each of the first `count` batches."""
        if not (self.draws[0] or self.numbers.size):
            optimizer.steps += count
            self.run(0, count)
            return
        scheduled = callable(optimizer.learning_rate)  # a schedule may look at what the steps before have made
        for k in range(count):
            for draw, out in self.draws[k]:  # in the order in which batch by batch is drawn
                draw(None, out.dtype, out)
            if self.numbers.size:
                self.numbers[k] = self.numbers_of(optimizer.steps)
            optimizer.steps += 1
            if scheduled:
                self.run(k, 1)
        if not scheduled:
            self.run(0, count)


def compiled(record, *batches):
    """Return `Compiled`; False where the browser, or a call, does not allow it; None where this is no worker of a page."""
    if sys.platform != "emscripten":
        return None
    import js
    from pyodide.ffi import JsException

    if not hasattr(js, "WorkerGlobalScope"):
        return None
    try:
        return Compiled(record, *batches)
    except (wasm.NotCompilable, JsException, AttributeError) as error:
        if not told:
            js.console.info(f"Training goes on with NumPy, not compiled: {error}")
            told.append(str(error))
        return False


def load(code, imports):
    """Return the function `run` of a module, over the memory and with the functions of Pyodide's core."""
    import js
    import pyodide_js
    from pyodide.ffi import to_js

    core, imports_of = js.Object.new(), js.Object.new()
    for name in ("memory", *imports):
        setattr(core, name, pyodide_js._module.resolveGlobalSymbol(name).sym)
    imports_of.core = core
    return js.WebAssembly.Instance.new(js.WebAssembly.Module.new(to_js(code)), imports_of).exports.run
