"""Training that the page compiles to WebAssembly gives the numbers of NumPy's own replay, to the bit; else NumPy replays."""

import json
import textwrap
from contextlib import contextmanager

import chromium
import pytest
from figures import wait_for
from web import watch_over

PROGRAM = """
    import json, warnings
    import numpy as np
    from nnlib import datasets, mlp, train
    from nnlib.activations import ACTIVATIONS
    from nnlib.layers import Activation, Dense, Dropout
    from nnlib.losses import LOSSES
    from nnlib.network import Network
    from nnlib.optimizers import SGD, Adam, AdamW, RMSProp, cosine, warm_up
    from nnlib.recording import answers, compiled, epochs

    warnings.simplefilter("ignore")
    rng = np.random.default_rng(0)

    def trained(make, X, y, loss, optimizer, size, times, by):
        epochs.WORTH = 0
        epochs.compiled = answers.compiled = compiled.compiled if by == "compiled" else lambda *_: None
        global trainee
        network, optimizer = trainee, _ = make(), optimizer()
        how = {"epochs": times, "batch_size": size, "rng": 1, "validation": (X[:9], y[:9])}
        training = train(network, X, y, loss=loss, optimizer=optimizer, **how)
        course = [epoch[1:5] for epoch in training]
        vectors = network.parameters, network.gradients, *optimizer.state().values()
        return training.way, [np.asarray(vector).tobytes() for vector in vectors], course

    def compare(*what):
        first, second = (trained(*what, by) for by in ("compiled", "replayed"))
        return {"ways": [first[0], second[0]], "same": first[1:] == second[1:]}

    SIZES = {"a": ([2, 4, 2, 1], 10), "b": ([2, 8, 8, 1], 10), "c": ([2, *[8] * 6, 1], 10), "d": ([2, 8, 8, 1], 250)}

    def playground(times=100):
        X, y = datasets.circles(250, rng=0)
        y, found = np.where(y, 1.0, -1.0)[:, None], {}
        for name, (widths, size) in SIZES.items():
            def make():
                return mlp(widths, "tanh", "tanh", dtype=np.float64, rng=0)
            found[name] = compare(make, X, y, "mse", lambda: SGD(0.015), size, times)
        return found

    ENDS = {
        "mse": ("tanh", 1), "binary_cross_entropy": ("sigmoid", 1), "cross_entropy": ("softmax", 3),
        "binary_cross_entropy_with_logits": ("identity", 1), "cross_entropy_with_logits": ("identity", 3),
    }
    OPTIMIZERS = {
        "momentum": lambda: SGD(0.05, 0.9),
        "nesterov": lambda: SGD(0.05, 0.9, nesterov=True, weight_decay=0.1),
        "rmsprop": lambda: RMSProp(weight_decay=0.1),
        "adam": lambda: Adam(0.01, weight_decay=0.1),
        "adamw": lambda: AdamW(0.01),
        "sgd, scheduled": lambda: SGD(lambda step: cosine(step, 0.1, 20)),
        "sgd, watching": lambda: SGD(lambda step: 0.1 / (1 + np.abs(trainee.parameters).sum())),
        "adam, scheduled": lambda: Adam(lambda step: warm_up(step, 0.01, 20)),
    }

    def network(activation, loss, rate=0):
        last, outputs = ENDS[loss]
        shapes = (2, 5), (5, 4), (4, outputs)
        one, two, three = (Dense(*shape, "xavier", dtype=np.float64, rng=i) for i, shape in enumerate(shapes))
        hidden = [Activation(activation), *([Dropout(rate, rng=5)] if rate else [])]
        again = [Activation(activation), *([Dropout(rate, rng=6)] if rate else [])]
        return Network([one, *hidden, two, *again, three, Activation(last)])

    def each():
        X = rng.uniform(-3, 3, (43, 2))
        y = (X[:, 0] * X[:, 1] > 0).astype(int)
        sgd, found = lambda: SGD(0.1), {}
        for name in ACTIVATIONS:
            found[name] = compare(lambda: network(name, "mse"), X, y, "mse", sgd, 20, 3)
        for loss in LOSSES:
            labels = y + (X[:, 0] > 1) if ENDS[loss][1] == 3 else y
            found[loss] = compare(lambda: network("tanh", loss), X, labels, loss, sgd, 14, 3)  # the last one is alone
            found[f"{loss}, dropout"] = compare(lambda: network("relu", loss, 0.3), X, labels, loss, sgd, 20, 3)
        for name, optimizer in OPTIMIZERS.items():
            found[name] = compare(lambda: network("sigmoid", "cross_entropy"), X, y, "cross_entropy", optimizer, 43, 20)
        return found
"""
SAME = {"ways": ["compiled", "replayed"], "same": True}


# What Chromium needs of a processor for SIMD; on one of another kind than Intel's it has it always.
NO_SIMD = "--js-flags=--no-enable-sse4-1 --no-enable-ssse3 --no-enable-avx"
HAS_SIMD = """() => WebAssembly.validate(new Uint8Array(
    [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]))"""


@pytest.fixture(scope="module")
def python(browser, site):
    """Return a function that runs a program in the Python of a page, and gives its last line; `said` is its console."""
    with python_in(browser, site) as python:
        yield python


@contextmanager
def python_in(browser, site):
    with browser.new_context() as context:
        page = context.new_page()
        watch, said = watch_over(page), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{site}chapters/neuron.html")
        figure = page.locator(".nn-figure").first
        figure.scroll_into_view_if_needed()
        wait_for(figure, "live")
        [worker] = page.workers

        def python(program):
            return json.loads(worker.evaluate("program => pyodide.runPython(program)", textwrap.dedent(program)))

        python.worker, python.said = worker, said
        python(PROGRAM + "\n    'true'")
        yield python
        assert watch == type(watch)()


def test_networks_of_the_playground_are_the_same_to_the_bit_after_100_epochs(python):
    assert python("json.dumps(playground())") == dict.fromkeys("abcd", SAME)


def test_each_activation_loss_and_optimizer_is_the_same_to_the_bit(python):
    found = python("json.dumps(each())")
    assert found.pop("gelu") == {"ways": ["replayed"] * 2, "same": True}  # the core shows its erfc to no one
    assert [name for name, one in found.items() if one != SAME] == []


def test_every_layer_on_a_grid_is_the_same_to_the_bit(python):
    assert python("""
        network = mlp([2, 8, 8, 1], "tanh", "tanh", dtype=np.float64, rng=0)
        X = np.stack(np.meshgrid(np.linspace(-1, 1, 30), np.linspace(-1, 1, 30)), -1).reshape(-1, 2)
        answers.compiled = compiled.compiled
        one, other = (answers.Answers(network, X, every=True) for _ in range(2))
        other.compiled = False
        one.run(), other.run()
        same = all(np.array_equal(a, b) for a, b in zip(one.layers, other.layers))
        json.dumps([bool(one.compiled), same, len(one.layers)])
    """) == [True, True, 6]


def test_memory_is_flat_over_many_compilations(python):
    program = """
        import gc, pyodide_js
        network, X = mlp([2, 8, 8, 1], "tanh", "tanh", dtype=np.float64, rng=0), np.ones((50, 2))
        for _ in range(100):
            answers.Answers(network, X).run()
        gc.collect()
        json.dumps([len(gc.get_objects()), pyodide_js._module.HEAP8.length])
    """
    before, after = python(program), python(program)
    assert after[0] - before[0] < 50
    assert after[1] == before[1]


def test_where_nothing_can_be_compiled_numpy_replays_and_the_console_says_so_once(python):
    python.worker.evaluate("""() => {
        globalThis.Kept = WebAssembly.Module;
        WebAssembly.Module = function () { throw new WebAssembly.CompileError("no SIMD here"); };
    }""")
    found = python("compiled.told.clear(); json.dumps(playground(2))")
    python.worker.evaluate("() => { WebAssembly.Module = globalThis.Kept; }")
    assert [(one["ways"], one["same"]) for one in found.values()] == [(["replayed", "replayed"], True)] * 4
    assert sum("no SIMD here" in text for text in python.said) == 1


def test_a_browser_without_simd_replays(browser, site):
    options = {"executable_path": chromium.find(), "args": [*chromium.OPTIONS, NO_SIMD]}
    with browser.browser_type.launch(**options) as without, python_in(without, site) as python:
        compiles = python.worker.evaluate(HAS_SIMD)
        found = python("json.dumps(playground(2))")
        assert found == dict.fromkeys("abcd", SAME if compiles else {"ways": ["replayed"] * 2, "same": True})
        assert any("SIMD unsupported" in text for text in python.said) != compiles
