"""The static pictures: what is drawn is compared with the data, number by number."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex, to_rgb

from nnlib import datasets, plotting
from nnlib.activations import ACTIVATIONS
from nnlib.layers import Activation, Dense
from nnlib.network import Network, mlp
from nnlib.neuron import OF_ONE_NEURON, Neuron
from nnlib.palette import CLASSES, LIGHT
from nnlib.perceptron import Perceptron
from nnlib.training import Epoch, History

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    plt.close("all")


def numbers(image):
    return np.ma.filled(image.get_array(), np.nan)


def texts(ax):
    return [text.get_text() for text in ax.texts]


HISTORY = History()
HISTORY += [Epoch(1, 0.9, 0.5, 1.0, 0.4, 0.1), Epoch(2, 0.5, 0.75, 0.8, 0.6, 0.1), Epoch(3, 0.25, 1, 0.7, 0.6, 0.1)]
GATE = datasets.gate("and")
DIGITS = datasets.digits()
EVERY = {
    "activation": lambda ax=None: plotting.activation("tanh", ax=ax),
    "plane": lambda ax=None: plotting.plane(Neuron([1, 1], -1.5), *GATE, ax=ax),
    "curves": lambda ax=None: plotting.curves(HISTORY, ax=ax),
    "confusion": lambda ax=None: plotting.confusion([0, 1], [0, 1], ax=ax),
    "network": lambda ax=None: plotting.network(mlp([2, 3, 2], rng=0), ax=ax),
    "digits": lambda ax=None: plotting.digits(DIGITS.X[:10], ax=ax),
    "weights": lambda ax=None: plotting.weights(np.eye(64)[:, :5], ax=ax),
}


# Every picture


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_a_picture_is_drawn_on_the_axes_given_or_on_a_new_figure(draw):
    fig, (left, right) = plt.subplots(1, 2)
    assert draw(ax=right) is right
    assert not left.has_data()
    assert right.has_data()
    assert plt.get_fignums() == [fig.number]
    assert draw().figure is not fig
    assert len(plt.get_fignums()) == 2


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_a_picture_leaves_the_readers_own_style_as_it_was(draw):
    before = dict(plt.rcParams)
    draw()
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_a_picture_can_be_rendered_without_a_warning(draw):
    draw().figure.canvas.draw()


# Activations


@pytest.mark.parametrize("name", OF_ONE_NEURON)
def test_an_activation_and_its_derivative_are_the_curves_drawn(name):
    ax = plotting.activation(name, low=-2, high=3)
    z = np.linspace(-2, 3, 1001)
    function, derivative = ax.lines
    assert function.get_xydata() == pytest.approx(np.column_stack([z, ACTIVATIONS[name].function(z)]))
    assert derivative.get_xydata() == pytest.approx(np.column_stack([z, ACTIVATIONS[name].derivative(z)]))
    assert (ax.get_title(), ax.get_xlabel(), ax.get_xlim()) == (name, "z", (-2, 3))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["φ(z)", "φ′(z)"]


# The plane


def color_at(ax, x1, x2):
    """Return the color of the field at a point of the plane."""
    [image] = ax.images
    left, right, bottom, top = image.get_extent()
    colors = numbers(image)
    row, column = int((x2 - bottom) / (top - bottom) * len(colors)), int((x1 - left) / (right - left) * len(colors))
    return colors[row, column]


def test_the_plane_shows_each_point_in_the_shape_and_color_of_its_class():
    ax = plotting.plane(Neuron([1, 1], -1.5), *GATE)
    zeros, ones = ax.lines
    assert zeros.get_xydata().tolist() == [[0, 0], [0, 1], [1, 0]]
    assert ones.get_xydata().tolist() == [[1, 1]]
    assert (zeros.get_marker(), ones.get_marker()) == ("s", "o")
    assert (zeros.get_color(), ones.get_color()) == (LIGHT["negative"], LIGHT["positive"])
    assert {line.get_linestyle() for line in ax.lines} == {"None"}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x₁", "x₂")


def test_the_field_of_the_plane_is_the_models_answer():
    neuron = Neuron([2, -1], 0.3)
    ax = plotting.plane(neuron, *GATE)
    zero, negative, positive = (np.array(to_rgb(LIGHT[name])) for name in ("zero", "negative", "positive"))
    left, right, bottom, top = ax.images[0].get_extent()
    for row, column in [(0, 0), (239, 0), (0, 239), (120, 60)]:
        middle = left + (column + 0.5) / 240 * (right - left), bottom + (row + 0.5) / 240 * (top - bottom)
        sureness = 2 * neuron(middle) - 1
        tint = (positive if sureness > 0 else negative) - zero
        expected = zero + plotting.STRENGTH * abs(sureness) * tint
        assert numbers(ax.images[0])[row, column] == pytest.approx(expected)
    assert ax.images[0].origin == "lower"
    assert (ax.get_xlim(), ax.get_ylim()) == ((left, right), (bottom, top))


def boundary(ax):
    return np.concatenate([path.vertices for collection in ax.collections for path in collection.get_paths()])


@pytest.mark.parametrize(
    "model",
    [
        Neuron([1, 1], -1.5),
        Network([Dense(2, 1, weights=[[1], [1]], bias=[-1.5]), Activation("sigmoid")]),
        lambda points: 1 / (1 + np.exp(1.5 - points.sum(axis=1))),
    ],
    ids=["neuron", "network", "function"],
)
def test_the_boundary_is_where_the_model_is_undecided(model):
    line = boundary(plotting.plane(model, *GATE))
    assert len(line) > 50
    assert line.sum(axis=1) == pytest.approx(1.5, abs=1e-4)


def test_a_perceptrons_boundary_is_the_straight_line_z_zero():
    y = 2 * GATE.y - 1
    perceptron = Perceptron().fit(GATE.X, y)
    ax = plotting.plane(perceptron, GATE.X, y)
    assert perceptron.net_input(boundary(ax)) == pytest.approx(0, abs=1e-9)
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]
    full = plotting._blend(np.eye(2), [LIGHT["negative"], LIGHT["positive"]])
    assert color_at(ax, 0, 0) == pytest.approx(full[0])
    assert color_at(ax, 1.1, 1.1) == pytest.approx(full[1])


def test_a_model_that_is_never_undecided_has_no_boundary():
    ax = plotting.plane(lambda points: np.full(len(points), 0.9), *GATE)
    assert len(ax.collections) == 0


def test_three_classes_have_three_colors_and_shapes_and_boundaries_between_all():
    # p is softmax(W x): the class is that of the largest of x₁, x₂ and −x₁ − x₂.
    network = Network([Dense(2, 3, weights=[[1, 0, -1], [0, 1, -1]], dtype=np.float64), Activation("softmax")])
    X = np.array([[1.0, 0], [0, 1], [-1, -1]])
    ax = plotting.plane(network, X, [0, 1, 2])
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[1, 0]], [[0, 1]], [[-1, -1]]]
    assert [line.get_marker() for line in ax.lines] == ["s", "o", "^"]
    assert [line.get_color() for line in ax.lines] == list(CLASSES[:3])
    best, second, third = np.sort(np.column_stack([boundary(ax), -boundary(ax).sum(axis=1)]), axis=1).T[::-1]
    assert best == pytest.approx(second, abs=0.02)
    assert (best - third).max() > 1
    assert color_at(ax, 0, 0) == pytest.approx(np.array(to_rgb(LIGHT["zero"])), abs=0.02)


def test_a_class_without_a_model_for_it_is_still_drawn():
    ax = plotting.plane(Neuron([1, 1]), [[0, 0], [1, 1], [2, 2]], [0, 1, 2])
    assert [line.get_color() for line in ax.lines] == list(CLASSES[:3])


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[1, 2, 3]], [0], "X has 3 features"),
        ([[1, 2]], [0, 1], "y has 2 labels but X has 1 samples"),
        ([[1, 2], [2, 1]], [0, 0.5], "labels are whole numbers"),
        ([[1, np.nan]], [0], "NaN"),
    ],
)
def test_the_plane_refuses_in_words_and_opens_no_figure(X, y, words):
    with pytest.raises(ValueError, match=words):
        plotting.plane(Neuron([1, 1]), X, y)
    assert plt.get_fignums() == []


# Curves


@pytest.mark.parametrize("join", [lambda first, second: first + second, lambda first, second: [*first, *second]])
def test_a_training_that_went_on_is_one_curve(join):
    first = History([Epoch(1, 0.5, None, None, None, 0.1), Epoch(2, 0.4, None, None, None, 0.1)])
    second = History([Epoch(1, 0.3, None, 0.6, None, 0.1), Epoch(2, 0.2, None, 0.5, None, 0.1)])
    ax = plotting.curves(join(first, second))
    training, validation = ax.lines
    assert list(training.get_xdata()) == [1, 2, 3, 4]
    assert training.get_ydata().tolist() == [0.5, 0.4, 0.3, 0.2]
    np.testing.assert_array_equal(validation.get_ydata(), [np.nan, np.nan, 0.6, 0.5])  # there was none at first


def test_the_curves_are_the_numbers_of_the_history():
    ax = plotting.curves(HISTORY)
    training, validation = ax.lines
    assert training.get_xydata().tolist() == [[1, 0.9], [2, 0.5], [3, 0.25]]
    assert validation.get_xydata().tolist() == [[1, 1.0], [2, 0.8], [3, 0.7]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["training", "validation"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")
    ax = plotting.curves(HISTORY, "accuracy")
    assert [line.get_ydata().tolist() for line in ax.lines] == [[0.5, 0.75, 1], [0.4, 0.6, 0.6]]
    assert ax.get_ylabel() == "accuracy"


def test_without_validation_there_is_one_curve_and_a_list_of_epochs_will_do():
    ax = plotting.curves([Epoch(1, 0.5, None, None, None, 0.1), Epoch(2, 0.25, None, None, None, 0.1)])
    assert [line.get_ydata().tolist() for line in ax.lines] == [[0.5, 0.25]]


@pytest.mark.parametrize(
    ("history", "quantity", "words"),
    [
        ([], "loss", "history has no loss in its 0 epochs"),
        ([Epoch(1, 0.5, None, None, None, 0.1)], "accuracy", "history has no accuracy in its 1 epochs"),
        (HISTORY, "los", "quantity must be one of 'loss', 'accuracy'. Got 'los' instead. Did you mean 'loss'"),
    ],
)
def test_curves_refuse_in_words(history, quantity, words):
    with pytest.raises(ValueError, match=words):
        plotting.curves(history, quantity)
    assert plt.get_fignums() == []


# The confusion matrix

TRUE, PREDICTED = [0, 0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 1, 0]


def test_the_confusion_matrix_by_hand():
    assert plotting.confusion_matrix(TRUE, PREDICTED).tolist() == [[3, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert plotting.confusion_matrix([1], [0], classes=3).tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_the_confusion_matrix_is_drawn_with_its_counts_right_answers_positive_and_mistakes_negative():
    ax = plotting.confusion(TRUE, PREDICTED, classes=["cat", "dog", "bee"])
    assert {(*text.get_position(), text.get_text()) for text in ax.texts} == {
        (0, 0, "3"),
        (1, 0, "1"),
        (1, 1, "2"),
        (0, 2, "1"),
    }
    # Shares of each row: 3/4 right and 1/4 wrong, all right, all wrong; of the wrong ones the negative root is drawn.
    assert numbers(ax.images[0]) == pytest.approx(np.array([[0.75, -0.5, 0], [0, 1, 0], [-1, 0, 0]]))
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")
    for axis in (ax.xaxis, ax.yaxis):
        assert [label.get_text() for label in axis.get_ticklabels()] == ["cat", "dog", "bee"]


def test_classes_without_names_take_their_numbers_and_an_absent_class_keeps_its_row():
    ax = plotting.confusion([0, 2], [0, 2])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2"]
    assert ax.images[0].get_array()[1].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0, 1], [0]), "predicted has 1 labels but y has 2 samples"),
        (([0, 1], [0, 3], ["a", "b"]), "predicted holds the label 3"),
    ],
)
def test_confusion_refuses_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        plotting.confusion(*arguments)
    assert plt.get_fignums() == []


# The network


def test_the_network_has_an_edge_for_each_weight_in_its_signs_color_and_its_sizes_width():
    W1, W2 = np.array([[1.0, -2, 0.5], [0, 4, -1]]), np.array([[3.0], [-1.5], [0.75]])
    network = Network([Dense(2, 3, weights=W1), Activation("tanh"), Dense(3, 1, weights=W2), Activation("sigmoid")])
    ax = plotting.network(network)
    heights = [[0.5, -0.5], [1, 0, -1], [0]]
    for i, (W, edges) in enumerate(zip((W1, W2), ax.collections, strict=True)):
        expected = [[[i, a], [i + 1, b]] for a in heights[i] for b in heights[i + 1]]
        assert [segment.tolist() for segment in edges.get_segments()] == expected
        colors = [to_hex(color) for color in edges.get_colors()]
        assert colors == [LIGHT["negative"] if w < 0 else LIGHT["positive"] for w in W.ravel()]
        assert edges.get_linewidths() == pytest.approx(0.2 + 2.8 * abs(W.ravel()) / abs(W).max())
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[i, h] for h in at] for i, at in enumerate(heights)]
    assert [text.strip() for text in texts(ax)] == ["2 inputs", "3 hidden", "1 output"]


def test_of_a_large_layer_the_first_twelve_are_drawn_and_the_label_counts_all():
    network = mlp([64, 5, 1], output="sigmoid", rng=0)
    ax = plotting.network(network)
    assert [len(line.get_xdata()) for line in ax.lines] == [12, 5, 1]
    W = network.layers[0].weights
    assert ax.collections[0].get_linewidths() == pytest.approx(0.2 + 2.8 * abs(W[:12].ravel()) / abs(W).max())
    assert texts(ax) == ["⋮\n64 inputs", "\n5 hidden", "\n1 output"]


def test_a_network_of_zeros_can_be_drawn():
    ax = plotting.network(Network([Dense(1, 1, weights="zeros"), Activation("identity")]))
    assert ax.collections[0].get_linewidths() == pytest.approx(0.2)


# Digits and weights


def test_the_digits_drawn_are_the_digits_given():
    X = DIGITS.X[:13]
    sheet = plotting.digits(X, columns=5).images[0].get_array()
    assert sheet.shape == (3 * 9, 5 * 9)
    for i in range(13):
        row, column = 9 * (i // 5), 9 * (i % 5)
        assert (sheet[row : row + 8, column : column + 8] == X[i].reshape(8, 8)).all()
    assert np.ma.count(sheet) == 13 * 64  # the gaps, and the places of a 14th and 15th, are empty


def test_each_digit_stands_above_its_label():
    ax = plotting.digits(DIGITS.X[:12], DIGITS.y[:12], columns=10)
    assert texts(ax) == [str(digit) for digit in DIGITS.y[:12]]
    assert [text.get_position() for text in ax.texts[9:11]] == [(9 * 11 + 3.5, 8.8), (3.5, 11 + 8.8)]
    assert {text.get_color() for text in ax.texts} == {LIGHT["soft"]}
    assert texts(plotting.digits(DIGITS.X[:2], predicted=[7, 8])) == ["7", "8"]


def test_a_mistake_is_told_by_an_arrow_and_in_orange():
    ax = plotting.digits(DIGITS.X[:3], y=[0, 1, 2], predicted=[0, 8, 2])
    assert texts(ax) == ["0", "1 → 8", "2"]
    assert [text.get_color() for text in ax.texts] == [LIGHT["soft"], LIGHT["negative"], LIGHT["soft"]]


def test_the_weights_drawn_are_the_weights_given_on_a_scale_that_is_even():
    W = np.arange(-6.0, 12).reshape(6, 3)
    ax = plotting.weights(W, shape=(2, 3), columns=2)
    [image] = ax.images
    sheet = image.get_array()
    for neuron, (row, column) in enumerate([(0, 0), (0, 4), (3, 0)]):
        assert sheet[row : row + 2, column : column + 3].tolist() == W[:, neuron].reshape(2, 3).tolist()
    assert np.ma.count(sheet) == 18
    assert image.get_clim() == (-11, 11)
    assert image.colorbar.ax.get_ylabel() == "weight"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plotting.digits(np.ones((2, 63))), "X has 63 features"),
        (lambda: plotting.digits(np.ones((2, 64)), [1]), "y has 1 labels but X has 2 samples"),
        (lambda: plotting.digits(np.ones((2, 64)), predicted=[1, 10]), "predicted holds the label 10"),
        (lambda: plotting.digits(np.ones((2, 64)), columns=0), "columns must be a whole number of at least 1"),
        (lambda: plotting.digits(np.ones(64)), r"X\[None, :\]"),
        (lambda: plotting.weights(np.ones((63, 2))), r"weights has 63 inputs, which is no image of shape \(8, 8\)"),
        (lambda: plotting.activation("softmax"), "activation must be one of"),
        (lambda: plotting.activation("tanh", low=2, high=1), r"high must be a number in \(2, inf\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words_and_opens_no_figure(call, words):
    with pytest.raises(ValueError, match=words):
        call()
    assert plt.get_fignums() == []
