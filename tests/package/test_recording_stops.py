"""A recorded training stops as a plain one: at NaN with the weights of before, at Ctrl-C with those of a whole step."""

import opcode
import signal
import sys
import threading
import warnings
from functools import partial

import numpy as np
import pytest
from two_ways import plain, recording, same

from nnlib import SGD, Activation, Adam, AdamW, Dense, Network, RMSProp, fit, mlp, train
from nnlib.losses import LOSSES
from nnlib.recording import epochs
from nnlib.training import step

N = 29


@pytest.fixture(autouse=True)
def _short_ones_too():
    with recording():
        yield


def samples(outputs=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(N, 2)), rng.integers(0, outputs, N)


OPTIMIZERS = {
    "sgd": lambda rate: SGD(rate),
    "momentum": lambda rate: SGD(rate, 0.9),
    "nesterov, decay": lambda rate: SGD(rate, 0.9, nesterov=True, weight_decay=0.1),
    "rmsprop": lambda rate: RMSProp(rate),
    "adam": lambda rate: Adam(rate),
    "adamw": lambda rate: AdamW(rate, weight_decay=0.1),
}


def stopped(training):
    """Loop until the loss is no longer finite, and nothing warns; return the epochs so far, and what is told."""
    epochs = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            epochs += (epoch.number for epoch in training)
        except FloatingPointError as error:
            return epochs, str(error).split(": most")[0]
    pytest.fail("it went on to its end")


@pytest.mark.parametrize("batch_size", [7, None])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_rate_far_too_high_stops_in_the_same_epoch_with_the_weights_of_before(optimizer, dtype, batch_size):
    def scenario(way):
        network, moving = mlp([2, 4, 3], output="identity", dtype=dtype, rng=0), OPTIMIZERS[optimizer](0.01)
        order = np.random.default_rng(0)
        X, y = samples()
        how = {"loss": "mse", "optimizer": moving, "batch_size": batch_size, "rng": order}
        list(way(network, X, np.eye(3)[y], epochs=2, **how))
        start = network.parameters.copy()
        moving.learning_rate = 1e200
        told = stopped(way(network, X, np.eye(3)[y], epochs=50, **how))
        assert np.array_equal(network.parameters, start)
        moving.learning_rate = 0.01
        went = list(way(network, X, np.eye(3)[y], epochs=2, **how))
        return told, network, moving, went, order.random()

    same(scenario, 1e-12 if dtype == np.float64 else 1e-4)


@pytest.mark.parametrize("batch_size", [7, 28, None])
@pytest.mark.parametrize("loss", LOSSES)
def test_growing_step_by_step_it_stops_in_the_same_epoch(loss, batch_size):
    def scenario(way):
        layers = [Dense(2, 2, weights=[[1, -1], [1, 2]], dtype=np.float64)]
        if LOSSES[loss].partner not in (None, "identity"):
            layers.append(Activation(LOSSES[loss].partner))
        network, moving = Network(layers), SGD(1.0, weight_decay=1e9)  # p ← −10⁹ p
        X, y = samples(2)
        y = np.eye(2)[y] if loss == "mse" or "binary" in loss else y
        told = stopped(way(network, X, y, loss=loss, optimizer=moving, epochs=60, batch_size=batch_size, rng=0))
        return told, network.parameters, moving

    assert same(scenario)[0] == 1  # it did not stop at once


def test_the_message_is_that_of_a_plain_training():
    network, (X, y) = mlp([2, 3], dtype=np.float64, rng=0), samples()
    told = (
        "the loss is no longer finite in epoch 1: most often the learning rate is too high, try a tenth of it; else "
        "standardize X. The network has the weights again that it had before training."
    )
    X[3, 0] = 1e300
    with pytest.raises(FloatingPointError) as fault:
        list(train(network, X, y, loss="cross_entropy", optimizer=SGD(1e300), epochs=3, batch_size=7, rng=0))
    assert str(fault.value) == told
    assert fault.value.__cause__ is None


def test_weights_that_break_in_the_very_last_step():
    def scenario(way):
        network = Network([Dense(1, 1, weights=[[1.0]], dtype=np.float64), Activation("tanh")])
        how = {"loss": "mse", "optimizer": late, "epochs": 2, "batch_size": 1, "rng": 0}
        return stopped(way(network, [[1.0], [2.0], [3.0]], [[0.0]] * 3, **how)), network.parameters, late

    late = SGD(lambda step: 0.1 if step < 5 else 1.7e308, weight_decay=1e10)
    assert same(scenario)[:2] == [1, "the loss is no longer finite in epoch 2"]


def test_a_validation_loss_that_breaks():
    def scenario(way):
        network, (X, y), moving = mlp([2, 1], output="identity", dtype=np.float64, rng=0), samples(), SGD(0.1, 0.9)
        broken = [[1e200, 0]], [0]
        how = {"loss": "mse", "optimizer": moving, "epochs": 2, "batch_size": 7, "rng": 0}
        return stopped(way(network, X, y, **how, validation=broken)), network.parameters, moving

    same(scenario)


@pytest.mark.parametrize("batch_size", [7, None])
def test_what_numpy_does_on_errors_is_left_as_the_caller_set_it(batch_size):
    with np.errstate(all="raise"):
        network, (X, y) = mlp([2, 4, 3], dropout=0.2, dtype=np.float64, rng=0), samples()
        for _ in train(network, X, y, loss="cross_entropy", optimizer=Adam(), epochs=3, batch_size=batch_size, rng=0):
            assert set(np.geterr().values()) == {"raise"}
        assert set(np.geterr().values()) == {"raise"}


@pytest.mark.parametrize("batch_size", [7, None])
def test_numbers_that_overflow_on_the_way_warn_nobody(batch_size):
    def scenario(way):
        network, (X, y) = mlp([2, 4, 3], dtype=np.float32, rng=0), samples()
        network.parameters[:] *= 1e30  # the logits are infinite, and their softmax NaN
        how = {"loss": "cross_entropy", "optimizer": SGD(1), "epochs": 3, "batch_size": batch_size, "rng": 0}
        return stopped(way(network, X * 1e20, y, **how)), network.parameters

    same(scenario)


class Steps:
    """The states that a training goes through, step by step: parameters, and what the optimizer remembers."""

    def __init__(self, how, optimizer):
        network, self.at = start(), []
        moving = optimizer()

        class Noting:
            def step(_, parameters, gradients):
                moving.step(parameters, gradients)
                self.at.append((parameters.copy(), moving.state()))

        moving.prepare(network.parameters, network.gradients)
        self.at.append((network.parameters.copy(), moving.state()))
        list(plain(network, *samples(), **how, optimizer=Noting()))

    def hold(self, network, optimizer):
        """Assert that a network and its optimizer are as the same number of whole steps has left them."""
        parameters, state = self.at[optimizer.steps]
        np.testing.assert_allclose(network.parameters, parameters, rtol=1e-9, atol=1e-11)
        for name, vector in optimizer.state().items():
            np.testing.assert_allclose(vector, state[name], rtol=1e-9, atol=1e-11)


def start():
    return mlp([2, 3, 3], "tanh", dtype=np.float64, rng=0)


class Interruption:
    """Ctrl-C at the nth moment at which Python looks whether there was one, in nnlib's code.

    That is as a function begins, after a call, and before a loop goes round once more.
    """

    LOOKS = ("RESUME", "CALL", "PRECALL", "CALL_FUNCTION_EX", "CALL_KW")  # PRECALL where it is the call itself

    def __init__(self, at, only=None):
        self.left, self.only, self.before = at, only, {}

    def __call__(self, frame, event, _):
        code = frame.f_code
        if "/nnlib/" not in code.co_filename or code.co_name in ("__iter__", "__next__", "__del__"):
            return None  # Training's own lines, before and after the loop
        if self.only and code.co_name != self.only:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            before, line = self.before.get(frame, ("RESUME", frame.f_lineno))
            now = opcode.opname[code.co_code[frame.f_lasti]]
            self.before[frame] = now, frame.f_lineno
            # After the last call in a `try`, on another line or at a NOP, it would be raised behind the `try`.
            called = before in self.LOOKS and line == frame.f_lineno and (before, now) != ("PRECALL", "CALL") and now != "NOP"
            if called or "JUMP_BACKWARD" in before:
                self.left -= 1
                if self.left == 0:
                    sys.settrace(None)
                    raise KeyboardInterrupt
        elif event == "return":
            self.before.pop(frame, None)
        return self


def interrupted(at, optimizer, how, only=None):
    """Train until the nth such moment; return the network, the optimizer, and how many moments short it was."""
    network, moving, interruption = start(), optimizer(), Interruption(at, only)
    training = train(network, *samples(), optimizer=moving, **how)
    tracing = sys.gettrace()  # a debugger's, or that of a measurement of coverage
    sys.settrace(interruption)
    try:
        list(training)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(tracing)
    return network, moving, interruption.left


@pytest.mark.parametrize("batch_size", [10, None])
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_ctrl_c_at_any_moment_leaves_whole_steps(optimizer, batch_size):
    how = {"loss": "cross_entropy", "epochs": 2, "batch_size": batch_size, "rng": 0}
    make = partial(OPTIMIZERS[optimizer], 0.05)
    steps, never = Steps(how, make), 10**9
    moments = never - interrupted(never, make, how)[2]
    met = set()
    for at in [*range(1, moments, moments // 8), *range(max(1, moments - 200), moments, 11)]:  # in the end it replays
        network, moving, _ = interrupted(at, make, how)
        steps.hold(network, moving)
        met.add(moving.steps)
        list(train(network, *samples(), optimizer=moving, **how))  # and it can go on
    assert len(met) >= 2


@pytest.mark.parametrize("function", ["_proves", "_run"])
def test_ctrl_c_while_a_record_is_proven_or_run(function):
    how = {"loss": "cross_entropy", "epochs": 1, "batch_size": 10, "rng": 0}
    make = partial(OPTIMIZERS["adam"], 0.05)
    steps, never = Steps(how, make), 10**9
    moments = never - interrupted(never, make, how, function)[2]
    assert moments > 0, "a function of this name is gone"
    for at in range(1, moments, 1 + moments // 40):
        network, moving, _ = interrupted(at, make, how, function)
        steps.hold(network, moving)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Ctrl-C in a tool's callback is lost
@pytest.mark.parametrize("optimizer", ["sgd", "nesterov, decay", "adamw"])
def test_a_real_ctrl_c_leaves_whole_steps_and_the_epochs_so_far(optimizer):
    how = {"loss": "cross_entropy", "epochs": 60, "batch_size": 3, "rng": 0}
    make = partial(OPTIMIZERS[optimizer], 0.001)
    steps = Steps(how, make)
    stopped = 0
    previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        for i in range(12):
            network, moving = start(), make()
            training = train(network, *samples(), optimizer=moving, **how)
            signal.setitimer(signal.ITIMER_REAL, 0.0011 * (i + 1))
            epochs = []
            try:
                for epoch in training:
                    epochs.append(epoch)
                signal.setitimer(signal.ITIMER_REAL, 0)
            except KeyboardInterrupt:
                stopped += 1
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            steps.hold(network, moving)
            assert len(epochs) in (moving.steps // 10, moving.steps // 10 - 1)
    finally:
        signal.signal(signal.SIGALRM, previous)
    assert stopped > 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Ctrl-C in a tool's callback is lost
@pytest.mark.parametrize("records", [True, False])
def test_ctrl_c_many_times_leaves_numpys_settings(records, monkeypatch):
    X, y = samples()
    how = {"loss": "cross_entropy", "optimizer": SGD(0.1)}
    network, previous, before = start(), signal.signal(signal.SIGALRM, signal.default_int_handler), np.geterr()
    validation = {"batch_size": 15, "validation": (X, y)}
    ways = [
        lambda: list(train(network, X, y, **how, **validation, epochs=10**6)),
        lambda: fit(network, X, y, **how, epochs=10**6, progress=False),
        lambda: [step(network, X, y, **how) for _ in range(10**6)],
        lambda: [network.run(X) for _ in range(10**6)],
    ]
    if not records:
        monkeypatch.setattr(epochs, "ours", lambda *made_of: False)
    try:
        for i in range(400):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.001 + 0.00001 * (i % 89))
                ways[i % 4]()
            except KeyboardInterrupt:
                pass
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            assert np.geterr() == before
    finally:
        signal.signal(signal.SIGALRM, previous)


@pytest.mark.parametrize("at", range(1, 9))
def test_ctrl_c_between_the_lines_of_numpys_own_settings(at):
    """In `np.errstate`, after its nth call."""
    left, (X, y), before = [at], samples(), np.geterr()

    def interrupt(frame, event, _):
        if not frame.f_code.co_filename.endswith("_ufunc_config.py"):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode" and "CALL" in opcode.opname[frame.f_code.co_code[frame.f_lasti - 2]] and left:
            left[0] -= 1
            if not left[0]:
                left.clear()
                raise KeyboardInterrupt
        return interrupt

    tracing = sys.gettrace()
    for call in (lambda: step(start(), X, y, "cross_entropy", SGD(0.1)), lambda: start().run(X)):
        left[:] = [at]
        sys.settrace(interrupt)
        try:
            call()
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(tracing)
        assert np.geterr() == before


@pytest.mark.parametrize("batch_size", [10, None])
def test_ctrl_c_in_a_schedule_leaves_whole_steps(batch_size):
    how = {"loss": "cross_entropy", "epochs": 9 if batch_size is None else 3, "batch_size": batch_size, "rng": 0}

    def rate(step):
        if step == 7 and patient:
            raise KeyboardInterrupt
        return 0.05

    patient = []
    steps = Steps(how, lambda: Adam(rate))
    patient.append(1)
    network, moving = start(), Adam(rate)
    history = fit(network, *samples(), optimizer=moving, progress=False, **how)
    assert history.number == (list(range(1, 8)) if batch_size is None else [1, 2])
    assert moving.steps == 7
    steps.hold(network, moving)


@pytest.fixture
def ctrl_c():
    """Have SIGINT raise KeyboardInterrupt, also where a shell that began this in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_an_interrupted_fit_can_go_on():
    X, y = samples()
    network, moving = start(), Adam(0.01)
    threading_timer = threading.Timer(0.15, signal.raise_signal, [signal.SIGINT])
    threading_timer.start()
    history = fit(network, X, y, loss="cross_entropy", optimizer=moving, epochs=10**6, batch_size=7, rng=0, progress=False)
    threading_timer.join()
    assert 0 < len(history) < 10**6
    assert moving.steps in range(5 * len(history), 5 * len(history) + 6)
    assert np.isfinite(network.parameters).all()
    more = fit(network, X, y, loss="cross_entropy", optimizer=moving, epochs=3, batch_size=7, rng=0, progress=False)
    assert more.loss[0] == pytest.approx(history.loss[-1], abs=0.1)
