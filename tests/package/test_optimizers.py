"""Each optimizer takes the steps of its formula, in place, and refuses settings that cannot work."""

import math

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.optimizers import SGD, Adam, AdamW, RMSProp, constant, cosine, step_decay, warm_up

MAKERS = {
    "SGD": lambda **s: SGD(0.1, **s),
    "momentum": lambda **s: SGD(0.1, momentum=0.9, **s),
    "Nesterov": lambda **s: SGD(0.1, momentum=0.9, nesterov=True, **s),
    "RMSProp": RMSProp,
    "Adam": Adam,
    "AdamW": AdamW,
}
vectors = arrays.arrays(np.float64, (6, 3), elements=st.floats(-10, 10))


def walk(optimizer, gradients, start=1.0, dtype=np.float64):
    """Return the parameters after a step down each of the gradients."""
    parameters = np.full(len(gradients[0]), start, dtype)
    for g in gradients:
        optimizer.step(parameters, np.asarray(g, dtype))
    return parameters


def test_sgd_by_hand():
    # 1 − 0.1·2 = 0.8, then 0.8 − 0.1·(−4) = 1.2
    assert walk(SGD(0.1), [[2.0], [-4.0]]) == pytest.approx([1.2], rel=1e-15)


def test_momentum_by_hand():
    # v = 2, p = 1 − 0.2 = 0.8; v = 0.5·2 + 2 = 3, p = 0.8 − 0.3 = 0.5; v = 0.5·3 + 0 = 1.5, p = 0.5 − 0.15 = 0.35
    assert walk(SGD(0.1, momentum=0.5), [[2.0], [2.0], [0.0]]) == pytest.approx([0.35], rel=1e-15)


def test_nesterov_by_hand():
    # v = 2, p = 1 − 0.1 (2 + 0.5·2) = 0.7; v = 0.5·2 + 2 = 3, p = 0.7 − 0.1 (2 + 0.5·3) = 0.35
    assert walk(SGD(0.1, momentum=0.5, nesterov=True), [[2.0], [2.0]]) == pytest.approx([0.35], rel=1e-15)


def test_rmsprop_by_hand():
    # s = 0.1·2² = 0.4, so p = 1 − 0.01·2 / √0.4
    assert walk(RMSProp(alpha=0.9), [[2.0]]) == pytest.approx([1 - 0.01 * 2 / math.sqrt(0.4)], rel=1e-9)


def test_the_first_step_of_adam_has_the_length_of_the_learning_rate_whatever_the_gradient():
    assert walk(Adam(0.01), [[1e-3, -5.0, 1e6]]) == pytest.approx([0.99, 1.01, 0.99], rel=1e-6)


def test_adam_by_hand_with_bias_correction():
    # second step, gradients 1 and 3: m̂ = (0.9·1 + 3) / (0.9 + 1), ŝ = (0.999·1 + 9) / (0.999 + 1)
    second = 0.001 * ((0.9 * 1 + 3) / 1.9) / math.sqrt((0.999 * 1 + 9) / 1.999)
    assert walk(Adam(), [[1.0], [3.0]]) == pytest.approx([1 - 0.001 - second], rel=1e-10)


def textbook(name, gradients, decay):
    """The formulas of PyTorch's documentation, written out with the biased means."""
    p = np.ones(len(gradients[0]))
    m = s = v = np.zeros_like(p)
    for t, g in enumerate(gradients, start=1):
        if name == "AdamW":
            p = p - 0.001 * decay * p
        else:
            g = g + decay * p
        if name in ("SGD", "momentum", "Nesterov"):
            v = g if t == 1 else 0.9 * v + g
            p = p - 0.1 * {"SGD": g, "momentum": v, "Nesterov": g + 0.9 * v}[name]
        elif name == "RMSProp":
            s = 0.99 * s + 0.01 * g**2
            p = p - 0.01 * g / (np.sqrt(s) + 1e-8)
        else:
            m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
            p = p - 0.001 * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
    return p


@pytest.mark.parametrize("decay", [0.0, 0.3])
@pytest.mark.parametrize("name", MAKERS)
@given(gradients=vectors)
def test_many_steps_follow_the_textbook_formula(name, decay, gradients):
    np.testing.assert_allclose(
        walk(MAKERS[name](weight_decay=decay), gradients), textbook(name, gradients, decay), rtol=1e-9, atol=1e-9
    )


def test_the_defaults_are_those_of_pytorch():
    assert [SGD(0.1).momentum, SGD(0.1).nesterov, SGD(0.1).weight_decay] == [0, False, 0]
    assert [getattr(RMSProp(), name) for name in ("learning_rate", "alpha", "epsilon", "weight_decay")] == [
        0.01,
        0.99,
        1e-8,
        0,
    ]
    for optimizer, decay in ((Adam(), 0), (AdamW(), 0.01)):
        values = [getattr(optimizer, name) for name in ("learning_rate", "beta1", "beta2", "epsilon", "weight_decay")]
        assert values == [0.001, 0.9, 0.999, 1e-8, decay]


def test_weight_decay_pulls_towards_zero_without_a_gradient():
    assert walk(SGD(0.1, weight_decay=0.5), [[0.0]]) == pytest.approx([1 - 0.1 * 0.5])
    assert walk(AdamW(0.1, weight_decay=0.5), [[0.0]]) == pytest.approx([1 - 0.1 * 0.5])


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_steps_are_taken_in_place_in_the_same_precision_and_leave_the_gradients_alone(name, dtype):
    parameters, gradients = np.ones(4, dtype), np.array([1, -2, 3, 0], dtype)
    view, before = parameters[:2], gradients.copy()
    optimizer = MAKERS[name](weight_decay=0.1)
    for _ in range(3):
        optimizer.step(parameters, gradients)
    assert view[0] < 1 < view[1]
    assert parameters.dtype == dtype
    assert {vector.dtype for name, vector in optimizer.state().items() if name != "steps"} <= {np.dtype(dtype)}
    assert np.array_equal(gradients, before)


@pytest.mark.parametrize("name", MAKERS)
def test_float32_follows_float64(name):
    gradients = np.random.default_rng(0).normal(size=(50, 5))
    single, double = (walk(MAKERS[name](), gradients, dtype=dtype) for dtype in (np.float32, np.float64))
    np.testing.assert_allclose(single, double, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", MAKERS)
def test_every_optimizer_finds_the_bottom_of_a_bowl(name):
    optimizer, p = MAKERS[name](), np.array([1.0, -2.0])
    optimizer.learning_rate = 0.01 if name in ("RMSProp", "Adam", "AdamW") else 0.1
    start = abs(p).max()
    for _ in range(1000):
        optimizer.step(p, p * [1.0, 4.0])
    assert abs(p).max() < 0.01 * start


@given(st.floats(0.01, 0.49), st.floats(0.1, 10))
def test_gradient_descent_on_a_parabola_converges_below_2_over_its_curvature_and_diverges_above(share, curvature):
    for rate, shrinks in ((share * 4 / curvature, True), ((2 + share) / curvature, False)):
        p = np.array([1.0])
        optimizer = SGD(rate)
        for _ in range(10):
            optimizer.step(p, curvature * p)
        assert (abs(p[0]) < 1) == shrinks


@pytest.mark.parametrize("name", MAKERS)
def test_after_a_reset_an_optimizer_starts_anew(name):
    gradients = np.random.default_rng(0).normal(size=(5, 3))
    optimizer = MAKERS[name]()
    first = walk(optimizer, gradients)
    optimizer.reset()
    assert walk(optimizer, gradients).tobytes() == first.tobytes()
    assert optimizer.steps == 5


@pytest.mark.parametrize("name", MAKERS)
def test_one_optimizer_does_not_serve_two_networks_of_different_size_or_precision(name):
    optimizer = MAKERS[name]()
    optimizer.step(np.ones(3), np.ones(3))
    for other in (np.ones(4), np.ones(3, np.float32)):
        with pytest.raises(ValueError, match=r"is at work on 3 parameters, float64, .*: make a new one for each network"):
            optimizer.step(other, np.ones_like(other))
        assert (other == 1).all()
    assert optimizer.steps == 1


def test_gradients_of_another_shape_are_refused():
    parameters, optimizer = np.ones(3), SGD(0.1)
    with pytest.raises(ValueError, match=r"gradients has shape \(1,\): pass one for each"):
        optimizer.step(parameters, np.ones(1))
    assert (parameters == 1).all()
    assert optimizer.steps == 0


@pytest.mark.parametrize("maker", [SGD, RMSProp, Adam, AdamW])
@pytest.mark.parametrize(
    ("rate", "error"),
    [
        (0, ValueError),
        (-0.1, ValueError),
        ("0.1", TypeError),
        (math.nan, ValueError),
        (math.inf, ValueError),
        (None, TypeError),
        (True, ValueError),
    ],
)
def test_a_learning_rate_that_cannot_work_is_refused(maker, rate, error):
    with pytest.raises(error, match=r"learning_rate must be a number in \(0, inf\). Got"):
        maker(rate)
    optimizer = maker(0.1)
    with pytest.raises(error, match="learning_rate must be a number"):
        optimizer.learning_rate = rate
    assert optimizer.learning_rate == 0.1


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: SGD(0.1, momentum=1.0), r"momentum must be a number in \[0, 1\). Got 1.0 instead"),
        (lambda: SGD(0.1, momentum=-0.1), "momentum must be"),
        (lambda: SGD(0.1, nesterov=True), "nesterov=True needs a momentum above 0"),
        (lambda: SGD(0.1, weight_decay=-1), r"weight_decay must be a number in \[0, inf\). Got -1 instead"),
        (lambda: RMSProp(alpha=1.0), "alpha must be"),
        (lambda: Adam(beta1=1.0), "beta1 must be"),
        (lambda: Adam(beta2=1.5), "beta2 must be"),
        (lambda: AdamW(epsilon=-1e-8), "epsilon must be"),
    ],
)
def test_settings_that_cannot_work_are_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_misspelled_setting_is_refused():
    with pytest.raises(TypeError, match="learningrate"):
        Adam(learningrate=0.1)


def test_a_schedule_is_asked_for_the_rate_before_each_step():
    asked = []

    def schedule(step):
        asked.append(step)
        return [0.1, 0.2][step]

    # 1 − 0.1·1 − 0.2·1
    assert walk(SGD(schedule), [[1.0], [1.0]]) == pytest.approx([0.7])
    assert asked == [0, 1]


@pytest.mark.parametrize("rate", [-0.1, math.nan, "0.1", None])
def test_a_schedule_that_gives_no_rate_stops_before_the_step(rate):
    parameters, optimizer = np.ones(2), Adam(lambda step: rate)
    with pytest.raises((ValueError, TypeError), match="the schedule's learning rate must be a number"):
        optimizer.step(parameters, np.ones(2))
    assert (parameters == 1).all()
    assert optimizer.steps == 0


def test_a_schedule_keeps_float32():
    parameters = np.ones(2, np.float32)
    Adam(lambda step: np.float64(0.1)).step(parameters, np.ones(2, np.float32))
    assert parameters.dtype == np.float32
    assert parameters == pytest.approx([0.9, 0.9])


def test_schedules_by_hand():
    steps = [0, 1, 5, 10, 15]
    assert [constant(step, 0.4) for step in steps] == [0.4] * 5
    assert [step_decay(step, 0.4, every=5, factor=0.5) for step in steps] == [0.4, 0.4, 0.2, 0.1, 0.05]
    # half a cosine wave from 0.4 to 0.2 in 10 steps: at 5 the mean, 0.3
    assert [cosine(step, 0.4, 10, low=0.2) for step in steps[::2]] == pytest.approx([0.4, 0.3, 0.2])
    assert cosine(10, 0.4, 10) == pytest.approx(0, abs=1e-15)
    assert [warm_up(step, 0.4, 4) for step in range(6)] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.4, 0.4])


@given(st.integers(0, 10_000), st.integers(1, 5_000))
def test_schedules_stay_between_nothing_and_the_rate(step, steps):
    for rate in (
        constant(step, 0.1),
        step_decay(step, 0.1, steps),
        cosine(step, 0.1, steps),
        warm_up(step, 0.1, steps),
    ):
        assert 0 <= rate <= 0.1


def states_alike(one, other):
    return list(one) == list(other) and all(np.array_equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", MAKERS)
def test_a_restored_state_goes_on_to_the_same_numbers(name, dtype):
    gradients = np.random.default_rng(0).normal(size=(9, 3)).astype(dtype)
    optimizer, other = MAKERS[name](), MAKERS[name]()
    walk(optimizer, gradients[:4], dtype=dtype)
    state, parameters = optimizer.state(), []
    for continued in (optimizer, other, optimizer):  # the last time rewound
        continued.restore(state)
        parameters.append(walk(continued, gradients[4:], dtype=dtype).tobytes())
        assert continued.steps == 9
    assert len(set(parameters)) == 1


@pytest.mark.parametrize("name", MAKERS)
def test_a_state_is_the_steps_and_the_vectors_of_the_formula_copied(name):
    optimizer = MAKERS[name]()
    assert optimizer.state() == {"steps": 0}
    walk(optimizer, [[1.0, 2.0]])
    letters = {"SGD": "", "momentum": "v", "Nesterov": "v", "RMSProp": "s", "Adam": "ms", "AdamW": "ms"}[name]
    state = optimizer.state()
    assert list(state) == ["steps", *letters]
    before = optimizer.state()
    for letter in letters:
        state[letter][:] = 7
    assert states_alike(optimizer.state(), before)
    optimizer.restore(before)
    kept = optimizer.state()
    for letter in letters:
        before[letter][:] = 7
    assert states_alike(optimizer.state(), kept)


def test_the_state_before_the_first_step_rewinds_to_it():
    optimizer = Adam()
    start = optimizer.state()
    first = walk(optimizer, [[1.0], [3.0]])
    optimizer.restore(start)
    assert walk(optimizer, [[1.0], [3.0]]).tobytes() == first.tobytes()


@pytest.mark.parametrize(
    ("state", "error", "words"),
    [
        ({"steps": 1, "v": np.ones(3)}, ValueError, "the state has steps, v, but Adam remembers steps, m, s: .* same kind"),
        ({"steps": 1}, ValueError, "the state has steps, but Adam remembers steps, m, s"),
        ({"steps": 1, "m": np.ones(3)}, ValueError, "the state has steps, m, but"),
        ({"steps": 1, "m": np.ones(4), "s": np.ones(4)}, ValueError, "at work on 3 parameters, float64, .* 4 parameters"),
        ({"steps": 1, "m": np.ones(3, np.float32), "s": np.ones(3, np.float32)}, ValueError, "take up 3 parameters, float32"),
        ({"steps": 1, "m": np.ones(3), "s": np.ones(2)}, ValueError, "cannot take up 2 parameters"),
        ({"steps": 1, "m": np.ones(3), "s": [1, 2, np.nan]}, ValueError, "s has 1 values that are NaN"),
        ({"steps": -1, "m": np.ones(3), "s": np.ones(3)}, ValueError, "steps must be a whole number of at least 0. Got -1"),
        ({"m": np.ones(3), "s": np.ones(3)}, TypeError, "steps must be a whole number of at least 0. Got None"),
        ([1, 2], TypeError, "state must be what state\\(\\) returned, a dict. Got list"),
    ],
)
def test_a_state_that_does_not_fit_is_refused_and_nothing_has_changed(state, error, words):
    optimizer = Adam()
    walk(optimizer, [[1.0, 2.0, 3.0]])
    before = optimizer.state()
    with pytest.raises(error, match=words):
        optimizer.restore(state)
    assert states_alike(optimizer.state(), before)


def test_vectors_of_two_lengths_are_refused_by_a_new_optimizer_too():
    optimizer = Adam()
    with pytest.raises(ValueError, match="3 parameters, float64, and cannot take up 2 parameters"):
        optimizer.restore({"steps": 1, "m": np.ones(3), "s": np.ones(2)})
    assert optimizer.state() == {"steps": 0}
