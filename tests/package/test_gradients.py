"""The judge of gradients: right about right ones, and able to see a small fault and to name its place."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Activation, BatchNorm, Dense, Dropout, Network, check_gradients, mlp, numerical_gradient
from nnlib.activations import ACTIVATIONS
from nnlib.gradients import GradientReport, Row
from nnlib.layers import Layer

X = np.random.default_rng(0).normal(size=(6, 3))
TARGETS = {
    "mse": ("identity", np.random.default_rng(1).normal(size=(6, 2))),
    "binary_cross_entropy": ("sigmoid", np.array([[0, 1], [1, 0], [1, 1], [0, 0], [1, 0], [0, 1]])),
    "cross_entropy": ("softmax", [0, 1, 1, 0, 1, 0]),
}


def test_a_numerical_gradient_by_hand():
    # f = a² + 3ab: ∂f/∂a = 2a + 3b, ∂f/∂b = 3a
    gradient = numerical_gradient(lambda x: x[0] ** 2 + 3 * x[0] * x[1], [2.0, -1.0])
    np.testing.assert_allclose(gradient, [1, 6], rtol=1e-9)


def test_a_numerical_gradient_has_the_shape_of_x_and_leaves_x_alone():
    x = np.arange(6.0, dtype=np.float32).reshape(2, 3)
    gradient = numerical_gradient(lambda x: (x**2).sum(), x)
    np.testing.assert_allclose(gradient, 2 * np.arange(6.0).reshape(2, 3), rtol=1e-9, atol=1e-9)
    assert gradient.dtype == np.float64
    assert x.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert numerical_gradient(math.exp, 1.0) == pytest.approx(math.e, rel=1e-9)


def test_the_step_grows_with_numbers_above_1():
    asked = []
    numerical_gradient(lambda x: asked.append(x.tolist()) or 0.0, [4.0, 0.5], epsilon=0.25)
    assert asked == [[5, 0.5], [3, 0.5], [4, 0.75], [4, 0.25]]


@pytest.mark.parametrize("side", ["both", "left", "right"])
@given(st.floats(-3, 3))
def test_every_side_agrees_where_there_is_no_kink(side, x):
    assert numerical_gradient(np.sin, x, side=side) == pytest.approx(math.cos(x), abs=1e-9)


def test_beside_a_kink_each_side_has_its_own_slope():
    assert numerical_gradient(lambda x: abs(x), 0.0, side="left") == pytest.approx(-1)
    assert numerical_gradient(lambda x: abs(x), 0.0, side="right") == pytest.approx(1)
    with pytest.raises(ValueError, match=r"side must be one of 'both', 'left', 'right'. Got 'top' instead"):
        numerical_gradient(abs, 0.0, side="top")


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "step"])
@pytest.mark.parametrize("loss", TARGETS)
def test_every_activation_under_every_loss_has_the_right_gradients(activation, loss):
    output, y = TARGETS[loss]
    report = check_gradients(mlp([3, 4, 2], activation, output, dtype=np.float64, rng=0), X, y, loss)
    assert report.passed
    assert report.largest < 1e-7
    assert [(row.layer, row.parameter) for row in report] == [
        ("0 Dense(3 → 4)", "weights"),
        ("0 Dense(3 → 4)", "bias"),
        ("2 Dense(4 → 2)", "weights"),
        ("2 Dense(4 → 2)", "bias"),
    ]


@pytest.mark.parametrize("output", ["sigmoid", "softmax", "tanh", "relu"])
def test_squared_error_goes_back_through_any_output(output):
    assert check_gradients(mlp([3, 4, 2], "tanh", output, rng=0), X, TARGETS["mse"][1], "mse").largest < 1e-7


@given(st.integers(0, 1000), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_networks_of_any_shape_have_the_right_gradients(seed, hidden):
    network = mlp([3, *hidden, 2], "tanh", rng=seed)
    assert check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy").largest < 1e-7


def test_a_relu_on_its_kink_is_no_fault():
    network = mlp([2, 4, 2], rng=0)  # biases of 0 and the row (0, 0): every z of that row is 0
    assert not network.forward([[0, 0]], training=True).std()
    assert check_gradients(network, [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], "cross_entropy").passed


def test_each_parameter_takes_the_side_of_the_kink_that_suits_it():
    # z = x + 1 is 0 for the first row, on the kink: its slope is that to the left, where b is less but w is more
    network = Network([Dense(1, 1, weights=[[1.0]], bias=1.0), Activation("relu")])
    weights, bias = check_gradients(network, [[-1.0], [1.0]], [[-1.0], [-1.0]], "mse")
    assert max(weights.error, bias.error) < 1e-7
    assert (weights.backward, bias.backward) == (3, 3)  # from the second row alone, 2 (2 + 1) / 2


def test_batches_are_normalized_as_in_training():
    network = Network([BatchNorm(3), Dense(3, 2, rng=0), Activation("softmax")])
    assert check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy").passed


def test_an_error_is_relative_to_a_thousandth_of_the_loss_where_gradients_are_small():
    class Off(Dense):
        def backward(self, delta, to_input=True):
            back = super().backward(delta, to_input)
            self.bias_gradient += 1e-4
            return back

    network = Network([Off(3, 2, weights="zeros"), Activation("softmax")])
    bias = check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy")[1]  # each class has 1/2: the slope is 0
    assert bias.error == pytest.approx(1e-4 / (1e-3 * math.log(2)), rel=1e-6)


def test_a_loss_of_0_passes():
    assert check_gradients(Network([Dense(3, 2, weights="zeros")]), X, np.zeros((6, 2)), "mse").passed


@pytest.mark.parametrize("step", [1, -1])
def test_a_loss_that_changes_by_itself_is_refused(step):
    class Drifts(Layer):
        moved = 10

        def forward(self, X, training=False):
            self.moved += step
            self._memory = (X + self.moved,)
            return X + self.moved

        def backward(self, delta):
            return delta

    with pytest.raises(ValueError, match="the loss changes by chance"):
        check_gradients(Network([Dense(3, 2, weights="zeros"), Drifts()]), X, np.zeros((6, 2)), "mse")


def test_a_float32_network_is_checked_as_a_float64_copy():
    single = mlp([3, 4, 2], "tanh", rng=0)
    assert check_gradients(single, X, [0, 1, 1, 0, 1, 0], "cross_entropy").largest < 1e-7
    assert single.dtype == np.float32


def test_the_network_is_left_bit_for_bit_as_it_was():
    network = mlp([3, 4, 2], dropout=0.5, rng=0)
    before = network.parameters.tobytes(), network.gradients.tobytes()
    drawn = network.layers[2].rng.bit_generator.state
    check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy")
    assert (network.parameters.tobytes(), network.gradients.tobytes()) == before
    assert network.layers[2].rng.bit_generator.state == drawn


def test_dropout_is_left_out():
    network = Network([Dropout(0.5, rng=0), Dense(3, 2, rng=0), Activation("softmax")])
    report = check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy")
    assert report.passed
    plain = Network([Dense(3, 2, rng=0), Activation("softmax")])
    assert [row[1:] for row in report] == [row[1:] for row in check_gradients(plain, X, [0, 1, 1, 0, 1, 0], "cross_entropy")]


class Faulty(Dense):
    """A dense layer whose backward has a fault, which is a function of the layer."""

    fault = staticmethod(lambda layer: None)

    def backward(self, delta, to_input=True):
        back = super().backward(delta, to_input)
        self.fault(self)
        return back


def faulty_report(fault, at):
    kinds = [Dense, Dense]
    kinds[at] = type("Faulty", (Faulty,), {"fault": staticmethod(fault)})
    layers = [kinds[0](3, 4, rng=0), Activation("tanh"), kinds[1](4, 2, rng=1), Activation("softmax")]
    return check_gradients(Network(layers), X, [0, 1, 1, 0, 1, 0], "cross_entropy")


def scale_weights(layer):
    layer.weights_gradient *= 1.0005


def forget_bias(layer):
    layer.bias_gradient[:] = 0


def turn_one_sign(layer):
    layer.weights_gradient[2, 1] *= -1


def make_nan(layer):
    layer.bias_gradient[1] = np.nan


@pytest.mark.parametrize(
    ("fault", "at", "parameter", "least"),
    [
        (scale_weights, 0, "weights", 4e-4),
        (forget_bias, 1, "bias", 0.9),
        (turn_one_sign, 0, "weights", 1e-3),
        (make_nan, 1, "bias", None),
    ],
)
def test_a_fault_is_seen_and_its_layer_and_parameter_are_named(fault, at, parameter, least):
    report = faulty_report(fault, at)
    assert not report.passed
    [wrong] = [row for row in report if not row.error <= report.tolerance]
    assert wrong.layer.startswith(f"{2 * at} ")
    assert wrong.parameter == parameter
    assert math.isnan(wrong.error) if least is None else least < wrong.error == report.largest
    assert math.isfinite(wrong.difference)
    assert str(report).count("WRONG") == 1


def replace_weights(layer):
    layer.weights_gradient = layer.weights_gradient.copy()


def replace_bias_by_nonsense(layer):
    layer.bias_gradient = 123 * np.ones(layer.outputs)


def replace_by_a_list(layer):
    layer.bias_gradient = [0.0] * layer.outputs


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("fault", [replace_weights, replace_bias_by_nonsense, replace_by_a_list])
def test_a_gradient_that_does_not_reach_the_network_is_refused_with_its_cure(fault, at):
    name = "weights" if fault is replace_weights else "bias"
    cure = rf"{name}_gradient of layer {2 * at} Faulty.* never sees.* self\.{name}_gradient\[:\] = …"
    with pytest.raises(ValueError, match=cure):
        faulty_report(fault, at)


class Piles(Dense):
    """A dense layer that adds each gradient to the one before."""

    def backward(self, delta, to_input=True):
        before = self.weights_gradient.copy()
        back = super().backward(delta, to_input)
        self.weights_gradient += before
        return back


def test_a_gradient_that_piles_up_is_wrong_although_it_begins_at_zero():
    network = Network([Piles(3, 2, rng=0), Activation("softmax")])
    weights, bias = check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy")
    assert weights.backward == pytest.approx(2 * weights.difference, rel=1e-6)
    assert bias.error < 1e-7


def test_a_wrong_element_is_named_by_its_place_and_both_values():
    row = faulty_report(turn_one_sign, 0)[0]
    assert row.place == (2, 1)
    assert row.backward == pytest.approx(-row.difference, rel=1e-6)


class NoWayBack(Layer):
    """A layer that hands the blame on as it came, as if its slope were 1."""

    def forward(self, X, training=False):
        self._memory = (X * X, X)
        return X * X

    def backward(self, delta):
        return delta


def test_a_fault_between_layers_shows_in_all_that_come_before():
    layers = [Dense(3, 4, rng=0), NoWayBack(), Dense(4, 2, rng=1), Activation("softmax")]
    report = check_gradients(Network(layers), X, [0, 1, 1, 0, 1, 0], "cross_entropy")
    assert [row.error <= report.tolerance for row in report] == [False, False, True, True]


def test_an_error_as_large_as_the_tolerance_is_right():
    report = GradientReport([Row("0 Dense(1 → 1)", "bias", 1e-7, (0,), 1.0, 1.0)])
    assert report.passed
    assert str(report).endswith("  ok")


def test_the_report_is_a_table():
    lines = str(faulty_report(forget_bias, 1)).splitlines()
    assert lines[0] == "layer                 parameter  relative error"
    assert lines[1].startswith("0 Dense(3 → 4)        weights    ")
    assert lines[1].endswith("  ok")
    assert lines[4].startswith("2 Faulty(4 → 2)       bias       1.0e+00  WRONG at [")
    assert "]: backward 0, differences " in lines[4]


def test_gradients_that_are_all_zero_are_right():
    network = mlp([3, 4, 2], dtype=np.float64, rng=0)
    network.parameters[:] = 0
    assert check_gradients(network, X, [0, 1, 1, 0, 1, 0], "cross_entropy").passed


def test_bad_arguments_are_refused_as_in_training():
    network = mlp([3, 4, 2], rng=0)
    with pytest.raises(ValueError, match="y has 5 labels but X has 6 samples"):
        check_gradients(network, X, [0, 1, 0, 1, 0], "cross_entropy")
    with pytest.raises(ValueError, match="loss must be one of 'mse'"):
        check_gradients(network, X, [0] * 6, "mes")
    with pytest.raises(ValueError, match="goes with the output 'sigmoid'"):
        check_gradients(network, X, [0] * 6, "binary_cross_entropy")
