"""What the chapters on backpropagation and its programs say and no cell prints; each broken program is known, and caught."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from book.lessons.cells import split
from nnlib import SGD, Activation, Dense, Network, check_gradients, datasets, numerical_gradient, train
from nnlib.activations import sigmoid
from nnlib.autodiff import Value
from nnlib.exercises import EXERCISES, backpropagation, check
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.xor_by_hand import answers, build
from nnlib.losses import LOSSES, binary_cross_entropy

FOLDER = Path(__file__).parent.parent.parent / "chapters"
CHAPTERS = [nbformat.read(FOLDER / f"{name}.ipynb", as_version=4) for name in ("backpropagation", "autodiff")]
CELLS = {cell.id.removeprefix("backpropagation-"): cell.source for chapter in CHAPTERS for cell in chapter.cells}
HUNTS = [exercise.name for exercise in backpropagation.EXERCISES if exercise.name.endswith("bug-hunt")]

rng = np.random.default_rng(1)
X, Y, W1, B1, W2, B2 = (rng.normal(size=size) for size in ((4, 2), (4, 1), (2, 3), 3, (3, 1), 1))
LAYERS = {"W1": W1, "b1": B1, "W2": W2, "b2": B2}


def starter(name):
    """Return the program that stands in the cell of an exercise, and what it defines as the answer."""
    source = CELLS[f"exercise-{name.removeprefix('backpropagation-')}-cell"]
    return EXERCISES[name].defined_by(split(source)[0])


def programs(name):
    """Return the broken program and the mended one."""
    return starter(name), EXERCISES[name].right


def agree(ours, theirs):
    return all(
        np.shape(one) == np.shape(other) and np.allclose(one, other, atol=1e-8) for one, other in zip(ours, theirs, strict=True)
    )


def by_differences(activation):
    """Return the gradients of one hidden layer with this activation, an output without one, and the mean squared error."""

    def loss(**changed):
        p = LAYERS | changed
        return np.mean((activation(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - Y) ** 2)

    return [numerical_gradient(lambda values, name=name: loss(**{name: values}), at) for name, at in LAYERS.items()]


@pytest.mark.parametrize("name", HUNTS)
def test_a_broken_program_is_known_as_it_stands(name):
    result = check(name, starter(name))
    assert not result
    assert result.fault == EXERCISES[name].wrong[0].name


def test_check_gradients_finds_the_transposed_weights_and_they_are_out_of_the_last_layers_sight():
    def report(layer):
        layers = [layer(3, 3, rng=1), Activation("tanh"), layer(3, 3, rng=2)]
        return check_gradients(Network(layers), np.eye(3), np.ones((3, 3)), "mse")

    broken, mended = map(report, programs("backpropagation-transpose-bug-hunt"))
    assert mended.passed
    assert [row.error <= broken.tolerance for row in broken] == [False, False, True, True]


def test_differences_find_the_missing_average_and_the_ratio_is_the_batch():
    y, weights = np.array([0, 1, 1, 0]), W1[:, 0]
    measured = numerical_gradient(lambda weights: binary_cross_entropy(sigmoid(X @ weights), y), weights)
    ratios = [gradients(X, y, weights, 0.0)[0] / measured for gradients in programs("backpropagation-average-bug-hunt")]
    np.testing.assert_allclose(ratios, [[4, 4], [1, 1]], rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "activation", "right"),
    [("activation", np.tanh, [False, False, True, True]), ("bias", sigmoid, [True, False, True, False])],
)
def test_differences_find_what_is_wrong_in_two_layers(name, activation, right):
    broken, mended = (gradients(X, Y, *LAYERS.values()) for gradients in programs(f"backpropagation-{name}-bug-hunt"))
    measured = by_differences(activation)
    assert agree(mended, measured)
    assert [agree([one], [other]) for one, other in zip(broken, measured, strict=True)] == right


def test_differences_find_the_gradient_that_piles_up_in_the_second_batch():
    batches = [(X, Y[:, 0]), (X[::-1], Y[:, 0])]
    for descend, right in zip(programs("backpropagation-reset-bug-hunt"), ([True, False], [True, True]), strict=True):
        _, used = descend(batches, np.zeros(2), 0.1)
        found = []
        for (inputs, y), (weights, gradient) in zip(batches, used, strict=True):
            measured = numerical_gradient(lambda w, inputs=inputs, y=y: np.mean((inputs @ w - y) ** 2), weights)
            found.append(np.allclose(gradient, measured, atol=1e-8))
        assert found == right


def test_differences_find_the_early_update_and_its_error_shrinks_with_the_learning_rate():
    measured = by_differences(sigmoid)

    def error(step, rate):
        used = [(old - new) / rate for old, new in zip(LAYERS.values(), step(X, Y, *LAYERS.values(), rate), strict=True)]
        return max(abs(one - other).max() for one, other in zip(used, measured, strict=True))

    broken, mended = programs("backpropagation-order-bug-hunt")
    assert error(mended, 0.2) < 1e-8
    assert error(broken, 0.1) == pytest.approx(error(broken, 0.2) / 2, rel=1e-3)


def test_a_prediction_in_between_betrays_the_cache():
    found = []
    for network_class in programs("backpropagation-cache-bug-hunt"):
        network = network_class(*LAYERS.values())
        network.forward(X)
        network.predict(X + 1)
        found.append(agree(network.backward(Y), by_differences(np.tanh)))
    assert found == [False, True]


# what the paper exercises say


def test_the_best_nudge_goes_as_the_solution_says():
    k, m, r, h = 6.0, 1.0, 1e-15, np.logspace(-12, -1, 100_001)
    one, both = k * h + r / h, m * h**2 + r / h
    np.testing.assert_allclose([h[one.argmin()], one.min()], [np.sqrt(r / k), 2 * np.sqrt(k * r)], rtol=1e-3)
    best = np.cbrt(r / (2 * m))
    np.testing.assert_allclose([h[both.argmin()], both.min()], [best, 3 * m * best**2], rtol=1e-3)
    assert 1e-8 < np.sqrt(r / k) < 2e-8 and 5e-6 < best < 1e-5
    assert 1e-7 < one.min() < 2e-7 and 1.8e-10 < both.min() < 2.2e-10
    for step in (0.5, 2.0):  # exact in binary, so that no rounding blurs the two polynomials
        assert ((2 + step) ** 3 - 8) / step == 12 + k * step + step**2
        assert ((2 + step) ** 3 - (2 - step) ** 3) / (2 * step) == 12 + m * step**2
    assert np.finfo(float).nmant - np.finfo(np.float32).nmant == 29
    longer = np.cbrt(2.0**29)
    assert 800 < longer < 820 and longer**2 > 600_000
    assert 1e-4 < longer**2 * both.min() < 2e-4


def small_relu(weights1, bias1, weights2, bias2):
    hidden, output = Dense(2, 2, weights1, bias1, np.float64), Dense(2, 1, weights2, bias2, np.float64)
    network = Network([hidden, Activation("relu"), output])
    y_hat = network.forward([[2.0, 1.0]])
    loss = LOSSES["mse"]
    network.backward(loss.gradient(y_hat, np.array([[3.0]])))
    return network, y_hat.item(), loss.value(y_hat, np.array([[3.0]]))


def test_blame_by_hand_goes_as_the_solution_says():
    network, y_hat, loss = small_relu([[1, -1], [1, 1]], [-1, 0], [[2], [5]], 1)
    assert (y_hat, loss) == (5, 4)
    assert network.gradients.tolist() == [16, 0, 8, 0, 8, 0, 8, 0, 4]
    moved = (network.parameters - network.gradients / 20).tolist()
    assert moved == pytest.approx([1 / 5, -1, 3 / 5, 1, -7 / 5, 0, 8 / 5, 5, 4 / 5])
    _, y_hat, loss = small_relu([[1 / 5, -1], [3 / 5, 1]], [-7 / 5, 0], [[8 / 5], [5]], 4 / 5)
    assert (y_hat, loss) == (pytest.approx(4 / 5), pytest.approx(121 / 25))


def test_the_work_is_counted_as_the_solution_says():
    sizes = [(100, 50), (50, 50), (50, 10)]
    weights = [inputs * outputs for inputs, outputs in sizes]
    parameters = Network([Dense(*size) for size in sizes]).parameters.size
    assert (sum(weights), parameters) == (8_000, 8_110)
    assert sum(weights) + sum(weights[1:]) == 11_000
    assert 2 * parameters * sum(weights) == 129_760_000


# what the text says


def settings_of_the_stuck_network():
    names = {"figure": lambda *_, **settings: settings}
    exec(CELLS["autodiff-stuck"].replace("figure(", "shown = figure("), names)
    return names["shown"]


def test_the_stuck_network_of_the_figure_is_the_first_of_the_two_hundred():
    names = xor_names()
    _, _, first = names["train_many"](2, starts=200, steps=0)
    W1, b1, W2, b2 = first
    layers = Dense(2, 2, W1, b1[0], np.float64), Dense(2, 1, W2, b2[0], np.float64)
    network = Network([layers[0], Activation("sigmoid"), layers[1], Activation("sigmoid")])
    for _ in train(network, names["X_xor"], names["targets"], loss="mse", optimizer=SGD(2.0), epochs=10_000):
        pass
    shown = build(EXPLORABLES["xor_by_hand"].check(settings_of_the_stuck_network()))
    np.testing.assert_allclose(network.parameters, shown.parameters, atol=0.25)


def test_no_weight_of_the_output_parts_two_corners_of_the_stuck_network():
    X_xor, y_xor = datasets.xor()
    settings = EXPLORABLES["xor_by_hand"].check(settings_of_the_stuck_network())
    hidden, y_hat = answers(build(settings), X_xor)
    one, other = np.flatnonzero(abs(y_hat - 0.5) < 0.01)
    assert abs(hidden[one] - hidden[other]).max() < 0.01 and y_xor[one] != y_xor[other]
    for name in ("v1", "v2", "c"):
        for value in np.arange(-12, 12.5, 0.5):
            moved = EXPLORABLES["xor_by_hand"].check(settings | {name: value})
            assert np.ptp(answers(build(moved), X_xor)[1][[one, other]]) < 0.01


def test_moving_one_number_of_the_stuck_network_a_little_does_not_help():
    X_xor, y_xor = datasets.xor()
    settings = EXPLORABLES["xor_by_hand"].check(settings_of_the_stuck_network())

    def farthest(settings):
        return abs(answers(build(settings), X_xor)[1] - y_xor).max()

    for name in settings_of_the_stuck_network().keys() - {"activation"}:
        for step in (-0.5, 0.5):
            assert farthest(settings | {name: settings[name] + step}) > 0.45


@pytest.mark.parametrize(
    ("expression", "right"),
    [(lambda p, q: p * p, False), (lambda p, q: p * q + 1, True),
     (lambda p, q: p.activation("sigmoid") + p, False)],
)  # fmt: skip
def test_a_tape_without_its_plus_errs_where_the_quiz_says(expression, right):
    names = names_of("autodiff-network", "tape", "tape-arrays", "tape-plus")
    p, q = map(names["Value"], (3.0, -2.0))
    found = []
    for walk in (names["Value"].backward, names["walk_without_the_plus"]):
        walk(expression(p, q))
        found.append(float(p.gradient))
    assert (found[0] == found[1]) is right


def test_a_tape_has_the_branch_that_ran():
    p = Value(3.0)
    (p * p if p.data > 0 else p * -1).backward()
    assert p.gradient == 6


def names_of(*cells):
    """Run cells of the chapter and return their names."""
    names = {}
    for cell in cells:
        exec(CELLS[cell], names)
    return names


def test_the_worked_example_is_the_one_that_the_figure_begins_with():
    names, defaults = names_of("loss"), EXPLORABLES["backprop_step_by_step"].defaults()
    assert names["parameters"] == {name: defaults[name] for name in names["parameters"]}
    assert [names[name] for name in ("x1", "x2", "y")] == [defaults[name] for name in ("x1", "x2", "y")]
    layers = names_of("gates", "worked")["network"].parameters
    assert layers.tolist() == [defaults[name] for name in ("w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")]


def test_the_deltas_of_the_worked_example_are_no_shares():
    d1, d2, d3 = (names_of("loss", "nudge-z")[f"d{i}"] for i in (1, 2, 3))
    assert d1 * d2 < 0
    assert abs(d1 + d2) < abs(d3) / 10


def test_the_tape_of_numbers_finds_what_differences_find():
    names = names_of("autodiff-network", "tape")
    found = {name: number.gradient for name, number in names["v"].items()}
    assert found == pytest.approx(names["measured"], abs=1e-8)
    assert found == pytest.approx(names_of("loss", "nudge")["blame_by_nudging"](names["parameters"]), abs=1e-6)


def test_the_tape_of_arrays_needs_its_plus_where_a_value_is_used_twice(capsys):
    names_of("autodiff-network", "tape", "tape-arrays", "tape-plus")
    told = capsys.readouterr().out.split("squared_error\n")
    with_plus, without = told[1], told[2]
    assert with_plus.count("agrees") == 8
    assert "has 7\nwalk_without_the_plus: p·p + p at p = 3 has 3" in with_plus
    squared, cross = without.split("cross_entropy\n")
    assert (squared.count("agrees"), cross.count("agrees"), cross.count("off by")) == (4, 0, 4)


def test_the_jacobian_of_softmax_and_the_cross_entropy_give_the_difference():
    z, right = rng.normal(size=4), 2

    def y_hat(z):
        return np.exp(z) / np.exp(z).sum()

    g = rng.normal(size=4)
    by_formula = y_hat(z) * (g - (g * y_hat(z)).sum())
    np.testing.assert_allclose(by_formula, numerical_gradient(lambda z: (g * y_hat(z)).sum(), z), atol=1e-8)
    g = np.zeros(4)
    g[right] = -1 / y_hat(z)[right]
    np.testing.assert_allclose(y_hat(z) * (g - (g * y_hat(z)).sum()), y_hat(z) - np.eye(4)[right])


def test_twins_stay_twins_in_every_step():
    step = EXERCISES["backpropagation-order-bug-hunt"].right
    start = np.ones((2, 2)) * W1[:, :1], np.zeros(2), np.ones((2, 1)), np.zeros(1)
    for _ in range(10):
        start = step(X, Y, *start, 0.1)
    np.testing.assert_array_equal(start[0][:, 0], start[0][:, 1])


def xor_names():
    """Return the names of the cell that trains two hundred networks, whose results it prints."""
    X_xor, y_xor = datasets.xor()
    names = {"np": np, "sigmoid": sigmoid, "X_xor": X_xor, "y_xor": y_xor, "targets": y_xor[:, None]}
    exec(CELLS["xor-200"].partition("\n\n\n")[0], names)
    return names


@pytest.mark.parametrize(("hidden", "wanted"), [(2, 166), (3, 199), (4, 199)])
def test_the_count_of_xor_is_no_matter_of_the_last_digits(hidden, wanted, monkeypatch):
    names, uniform = xor_names(), np.random.Generator.uniform

    class Shaken:
        def __init__(self, seed):
            self.rng, self.noise = np.random.Generator(np.random.PCG64(seed)), np.random.Generator(np.random.PCG64(9))

        def uniform(self, low, high, size):
            return uniform(self.rng, low, high, size) + 1e-9 * uniform(self.noise, low, high, size)

    monkeypatch.setattr(np.random, "default_rng", Shaken)
    answers, *_ = names["train_many"](hidden)
    assert (abs(answers - names["y_xor"]) < 0.1).all(axis=1).sum() == wanted


def test_the_first_of_the_networks_is_one_that_failed():
    names = xor_names()
    answers, *_ = names["train_many"](2)
    assert not (abs(answers[0] - names["y_xor"]) < 0.1).all()


def test_more_steps_hardly_help_where_xor_is_stuck():
    names = xor_names()
    answers, *_ = names["train_many"](2, steps=30_000)
    assert 166 <= (abs(answers - names["y_xor"]) < 0.1).all(axis=1).sum() <= 168


def test_where_xor_is_stuck_some_corners_look_alike_to_both_hidden_neurons():
    names = xor_names()
    answers, hidden, _ = names["train_many"](2)
    stuck = ~(abs(answers - names["y_xor"]) < 0.1).all(axis=1)
    assert stuck.sum() == 34
    waiting = (abs(answers - 0.5) < 0.01).all(axis=1)
    assert waiting.sum() == 1  # one half everywhere: it has not begun
    for corners, a in zip(answers[stuck & ~waiting], hidden[stuck & ~waiting], strict=True):
        alike = abs(corners[:, None] - corners) < 0.01  # pairs with the same answer
        group = np.flatnonzero(alike.sum(axis=1) > 1)
        assert len(group) in (2, 3)
        assert np.ptp(a[group], axis=0).max() < 0.01
        assert corners[group].mean() == pytest.approx(names["y_xor"][group].mean(), abs=0.01)
