"""The data sets: what they hold is checked against the literature, and the files against their SHA-256."""

import copy
import hashlib
import pickle
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import datasets

few = settings(max_examples=40)
SHAPES = [datasets.blobs, datasets.moons, datasets.circles, datasets.spirals]


# Truth tables


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("nor", lambda a, b: not (a or b)),
        ("xor", lambda a, b: a != b),
        ("xnor", lambda a, b: a == b),
    ],
)
def test_a_gate_is_its_truth_table_in_counting_order(name, function):
    X, y = datasets.gate(name)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == [int(function(a, b)) for a, b in X]
    assert (X.dtype, y.dtype.kind) == (np.float64, "i")


def test_not_has_one_input():
    X, y = datasets.gate("not")
    assert (X.tolist(), y.tolist()) == ([[0], [1]], [1, 0])
    assert datasets.gate("not").features == ("x₁",)


def test_gates_are_known_in_capitals_too():
    assert datasets.gate("NAND").y.tolist() == datasets.gate("nand").y.tolist()


def test_xor_is_its_four_rows():
    X, y = datasets.xor()
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == [0, 1, 1, 0]


def test_xor_with_noise_scatters_around_its_corners_by_the_standard_deviation_given():
    X, y = datasets.xor(samples=4000, noise=0.2, rng=0)
    corners, truth = datasets.xor()
    errors = X - np.tile(corners, (1000, 1))
    assert y.tolist() == truth.tolist() * 1000
    assert errors.std() == pytest.approx(0.2, rel=0.03)
    assert abs(errors.mean()) < 0.01


# Shapes in the plane


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_has_the_samples_asked_for_shared_evenly_in_random_order(shape):
    X, y = shape(samples=101, rng=0)
    assert (X.shape, X.dtype, y.shape, y.dtype.kind) == ((101, 2), np.float64, (101,), "i")
    assert np.bincount(y).tolist() == [51, 50]
    assert not (np.diff(y) >= 0).all()
    assert np.isfinite(X).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_seed_gives_the_same_points_and_another_gives_others(shape):
    first, same, other = shape(rng=3), shape(rng=np.random.default_rng(3)), shape(rng=4)
    assert (first.X == same.X).all()
    assert (first.y == same.y).all()
    assert not (first.X == other.X).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_noise_is_the_standard_deviation_of_the_error_in_the_units_of_x(shape):
    clean, noisy = shape(samples=4000, noise=0, rng=0), shape(samples=4000, noise=0.3, rng=0)
    assert (clean.y == noisy.y).all()
    assert (noisy.X - clean.X).std() == pytest.approx(0.3, rel=0.03)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_global_random_state_is_neither_read_nor_set(shape):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    shape(rng=0)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_moons_without_noise_are_two_half_circles():
    X, y = datasets.moons(samples=50, noise=0, rng=0)
    assert np.hypot(*X[y == 0].T) == pytest.approx(1)
    assert np.hypot(*(X[y == 1] - [1, 0.5]).T) == pytest.approx(1)
    assert X[y == 0, 1].min() > -1e-9
    assert X[y == 1, 1].max() < 0.5 + 1e-9


def test_circles_without_noise_have_radius_one_and_a_half_and_no_point_twice():
    X, y = datasets.circles(samples=60, noise=0, rng=0)
    assert np.hypot(*X[y == 0].T) == pytest.approx(1)
    assert np.hypot(*X[y == 1].T) == pytest.approx(0.5)
    assert len(np.unique(X.round(9), axis=0)) == 60


@pytest.mark.parametrize("classes", [1, 2, 3, 5])
def test_spirals_without_noise_wind_their_arms_as_often_as_asked(classes):
    X, y = datasets.spirals(samples=400, classes=classes, turns=1.25, noise=0, rng=0)
    for arm in range(classes):
        points = X[y == arm]
        radius = np.hypot(*points.T)
        points, radius = points[np.argsort(radius)][1:], np.sort(radius)[1:]
        angles = np.unwrap(np.arctan2(*points.T[::-1]))
        assert radius[-1] == pytest.approx(1)
        assert (angles[-1] - angles[0]) / (2 * np.pi) == pytest.approx(1.25 * (1 - radius[0]))


@pytest.mark.parametrize("classes", [1, 2, 4])
def test_blobs_are_clouds_around_centers_on_a_circle_of_radius_two(classes):
    data = datasets.blobs(samples=4000, classes=classes, noise=0.5, rng=0)
    centers = np.array([data.X[data.y == k].mean(axis=0) for k in range(classes)])
    assert np.hypot(*centers.T) == pytest.approx(2, abs=0.1)
    assert data.X[data.y == 0].std(axis=0) == pytest.approx(0.5, rel=0.06)
    assert data.classes == tuple(map(str, range(classes)))


# Real data


def test_the_files_are_the_ones_that_were_made():
    known = {
        "digits.npz": "c4a56cef74422ddc305f344fb8b77e344f6697dbe675560cfd216d72d635a0c5",
        "pen_digits.npz": "e8513c4469da56415a3d018b44c0179247dbe398da6ec2d5d38d9a3cf4d753f3",
        "iris.csv": "f7fac79ad999fd2d001fd012dd70c0f42c738a7e7cfb7069e71371b55c29341e",
    }
    folder = files("nnlib") / "data"
    stored = {name: (folder / name).read_bytes() for name in known}
    stored["iris.csv"] = stored["iris.csv"].replace(b"\r\n", b"\n")  # as a checkout on Windows may have it
    assert {name: hashlib.sha256(content).hexdigest() for name, content in stored.items()} == known


def test_iris_has_the_columns_means_and_deviations_of_the_literature():
    X, y = iris = datasets.iris()
    assert (X.shape, X.dtype, X.flags.c_contiguous) == ((150, 4), np.float64, True)
    assert np.bincount(y).tolist() == [50, 50, 50]
    assert iris.classes == ("setosa", "versicolor", "virginica")
    assert iris.features == ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
    # Fisher (1936), table II: the means of each species.
    assert X[y == 0].mean(axis=0) == pytest.approx([5.006, 3.428, 1.462, 0.246])
    assert X[y == 1].mean(axis=0) == pytest.approx([5.936, 2.770, 4.260, 1.326])
    assert X[y == 2].mean(axis=0) == pytest.approx([6.588, 2.974, 5.552, 2.026])
    assert X.std(axis=0, ddof=1) == pytest.approx([0.828, 0.436, 1.765, 0.762], abs=5e-4)


def test_iris_has_fishers_values_where_the_uci_copy_has_two_errors():
    X, _ = datasets.iris()
    assert X[35 - 1].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert X[38 - 1].tolist() == [4.9, 3.6, 1.4, 0.1]


def test_digits_are_the_1797_of_the_literature():
    X, y = data = datasets.digits()
    assert (X.shape, X.dtype) == ((1797, 64), np.float64)
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # optdigits.names
    assert (X.min(), X.max()) == (0, 16)
    assert (X % 1 == 0).all()
    assert data.classes == tuple("0123456789")
    assert len(data.features) == 64


def test_the_first_digit_is_a_zero_with_an_empty_middle():
    X, y = datasets.digits()
    image = X[0].reshape(8, 8)
    assert y[0] == 0
    assert image[3:5, 3:5].tolist() == [[0, 0], [0, 0]]
    assert image[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_pen_digits_are_the_10992_of_the_literature_and_their_two_groups_of_writers():
    X, y = data = datasets.pen_digits()
    assert (X.shape, X.dtype, y.dtype.kind) == ((10992, 16), np.float64, "i")
    # pendigits.names: 7,494 digits by 30 people, and 3,498 by 14 others
    assert np.bincount(y[:7494]).tolist() == [780, 779, 780, 719, 780, 720, 720, 778, 719, 719]
    assert np.bincount(y[7494:]).tolist() == [363, 364, 364, 336, 364, 335, 336, 364, 336, 336]
    assert data.features[:3] == ("x₁", "y₁", "x₂") and len(data.features) == 16
    # the first rows of the original's two files
    assert (X[0].tolist(), y[0]) == ([47, 100, 27, 81, 57, 37, 26, 0, 0, 23, 56, 53, 100, 90, 40, 98], 8)
    assert (X[7494].tolist(), y[7494]) == ([88, 92, 2, 99, 16, 66, 94, 37, 70, 0, 0, 24, 42, 65, 100, 100], 8)


def test_each_pen_digit_is_stretched_over_the_whole_of_its_longer_axis():
    X, _ = datasets.pen_digits()
    assert (X[:, 1::2].max(axis=1) - X[:, 1::2].min(axis=1) == 100).mean() > 0.9


# Strokes as pictures


def test_ink_is_counted_as_in_the_scanned_digits():
    # A line down the middle with a pen of two cells is 30 cells high and 4 wide: made 32 high it is 4.3 wide, so it fills
    # half of the two columns in the middle.
    [picture] = datasets.ink([[50, 100, 50, 0]], pen=2.0)
    columns = picture.reshape(8, 8)[1:-1]
    assert np.ptp(columns, axis=0) == pytest.approx(0, abs=1e-9)
    assert columns[0, [0, 1, 2, 5, 6, 7]] == pytest.approx(0)
    assert columns[0, 3] == pytest.approx(columns[0, 4]) and 7 < columns[0, 3] < 11
    assert (picture.min(), picture.max() <= 16) == (0, True)


def test_a_wide_drawing_is_squeezed_and_a_line_across_stays_one():
    assert datasets.fitted(28, 14) == (32, 16)
    assert datasets.fitted(28, 28) == (32, 24)
    assert datasets.fitted(4, 28) == pytest.approx((48 / 7, 24))
    [across] = datasets.ink([[0, 50, 100, 50]], width=1.0)
    rows = across.reshape(8, 8).sum(axis=1)
    assert (rows > 0).tolist() == [False, False, False, True, True, False, False, False]


def test_y_is_up_and_the_slant_moves_the_top_to_the_right():
    corner, *_ = datasets.ink([[0, 100, 0, 0, 100, 0]])  # an L
    image = corner.reshape(8, 8)
    assert image[0, 1] > 0 and image[7, 6] > 0 and image[0, 6] == 0
    upright, slanted = datasets.ink([[50, 100, 50, 0]] * 2, slant=[0, 0.5]).reshape(2, 8, 8)
    assert slanted[0].argmax() > upright[0].argmax() > slanted[7].argmax()


def test_each_stroke_may_have_its_own_pen_and_width():
    points = datasets.pen_digits().X[:3]
    together = datasets.ink(points, width=[0.5, 0.75, 1.0], pen=[1.2, 2.0, 2.8])
    apart = [datasets.ink(points[[i]], width, pen)[0] for i, (width, pen) in enumerate([(0.5, 1.2), (0.75, 2), (1, 2.8)])]
    np.testing.assert_allclose(together, apart)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[0, 1, 2]],), "points has rows of 3 numbers"),
        (([[0, 1]],), "points has rows of 2 numbers"),
        (([[0, 0, 1, 1]], -0.1), "width -0.1 and pen 2: pass no width below 0"),
        (([[0, 0, 1, 1]], 1, 0), "pen 0: pass no width below 0, and a pen above 0"),
        (([[0, 0, 1, 1]], [1, 2]), "width has 2 numbers, but 1 is expected"),
        (([[0, 0, 1, np.nan]],), "NaN"),
    ],
)
def test_ink_refuses_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        datasets.ink(*arguments)


def test_each_call_returns_arrays_of_its_own():
    datasets.iris().X[:] = -1
    datasets.gate("and").y[:] = 7
    assert datasets.iris().X.min() > 0
    assert datasets.gate("and").y.max() == 1


# The pair


def test_data_is_the_pair_x_y_with_names_beside():
    data = datasets.moons(rng=0)
    X, y = data
    assert (len(data), data[0] is X, data[1] is y) == (2, True, True)
    assert (data.X is X, data.y is y) == (True, True)


def test_data_says_what_is_in_it():
    expected = "Data: 150 samples × 4 features; classes: 50 setosa, 50 versicolor, 50 virginica"
    assert repr(datasets.iris()) == expected


@pytest.mark.parametrize("remake", [copy.copy, copy.deepcopy, lambda data: pickle.loads(pickle.dumps(data))])
def test_a_copy_keeps_the_names(remake):
    iris = datasets.iris()
    again = remake(iris)
    assert (again.X == iris.X).all()
    assert (again.classes, again.features) == (iris.classes, iris.features)


# split


def test_split_gives_each_class_its_share_in_each_part():
    X, y = datasets.iris()
    parts = datasets.split(X, y, rng=0)
    assert [np.bincount(labels).tolist() for _, labels in parts] == [[30] * 3, [10] * 3, [10] * 3]


@few
@given(st.integers(0, 2**32), st.integers(30, 90), st.sampled_from([(0.5, 0.5), (0.6, 0.2, 0.2), (0.7, 0.1, 0.1, 0.1)]))
def test_split_loses_no_sample_doubles_none_and_keeps_each_with_its_label(seed, samples, fractions):
    X = np.arange(samples, dtype=float)[:, None]
    y = np.arange(samples) % 3
    parts = datasets.split(X, y, fractions, rng=seed)
    together = np.concatenate([rows[:, 0] for rows, _ in parts])
    assert sorted(together) == list(range(samples))
    for (rows, labels), fraction in zip(parts, fractions, strict=True):
        assert (rows[:, 0] % 3 == labels).all()
        assert all(abs(np.sum(labels == k) - fraction * np.sum(y == k)) <= 1 for k in range(3))


def test_split_takes_a_data_set_as_it_comes_and_labels_of_minus_one_and_one():
    X, y = datasets.blobs(samples=20, rng=0)
    train, test = datasets.split(X, 2 * y - 1, (0.5, 0.5), rng=0)
    assert sorted(train[1]) == sorted(test[1]) == [-1] * 5 + [1] * 5
    assert len(datasets.split(*datasets.iris(), rng=0)) == 3


def test_split_is_decided_by_the_seed_and_mixes_the_classes():
    X, y = datasets.iris()
    (_, once), (_, again), (_, other) = (datasets.split(X, y, rng=seed)[0] for seed in (1, 1, 2))
    assert (once == again).all()
    assert not (once == other).all()
    assert (np.diff(once) < 0).any()


def shares(y, **settings):
    """Return how many samples each part gets, and check that none is lost and that each keeps its y."""
    X = np.arange(len(y), dtype=float)[:, None]
    parts = datasets.split(X, y, rng=0, **settings)
    assert sorted(np.concatenate([rows[:, 0] for rows, _ in parts])) == list(range(len(y)))
    for rows, targets in parts:
        assert np.array_equal(targets, np.asarray(y)[rows[:, 0].astype(int)])
    return [len(rows) for rows, _ in parts]


@pytest.mark.parametrize(
    "y",
    [
        np.linspace(0, 1, 20),
        np.linspace(-3, 3, 20)[:, None],
        np.linspace(0, 1, 60).reshape(20, 3),
        np.linspace(0, 1, 20).tolist(),
        np.append(np.arange(19.0), 0.5),
        np.full((20, 2), 0.5),
        np.tri(20, 3),  # several bits: no classes
    ],
    ids=["numbers", "column", "rows", "list", "nearly all whole", "constant", "bits"],
)
def test_split_shares_out_a_regression(y):
    assert shares(y) == [12, 4, 4]
    X = np.zeros((20, 1))
    assert not np.array_equal(datasets.split(X, y, rng=0)[0][1], datasets.split(X, y, rng=1)[0][1]) or np.ptp(y) == 0


@pytest.mark.parametrize(
    "form", [lambda y: y, lambda y: y[:, None], lambda y: np.eye(2)[y], lambda y: y * 1.0, lambda y: y == 1]
)
def test_split_stratifies_classes_in_every_form_of_theirs(form):
    y = np.repeat([0, 1], [90, 10])
    parts = datasets.split(np.zeros((100, 1)), form(y), rng=0)
    assert [np.asarray(targets, int).reshape(len(targets), -1)[:, -1].sum() for _, targets in parts] == [6, 2, 2]
    same = datasets.split(np.zeros((100, 1)), y, rng=0)
    assert all(np.array_equal(form(mine[1]), other[1]) for mine, other in zip(same, parts, strict=True))


def test_split_shares_out_whole_numbers_that_are_no_classes_once_it_is_told_so():
    y = np.arange(20)
    with pytest.raises(ValueError, match=r"only 1 samples of the label 0, .* or stratify=False where y holds no classes"):
        datasets.split(np.zeros((20, 1)), y)
    assert shares(y, stratify=False) == [12, 4, 4]
    assert shares(np.repeat([0.5, 1.5], 10), stratify=True) == [12, 4, 4]
    with pytest.raises(TypeError, match=r"stratify must be True or False: y is at hand already. Got ndarray instead"):
        datasets.split(np.zeros((20, 1)), y, stratify=y)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[1], [2], [3]], [0, 1]), "y has 2 labels but X has 3 samples"),
        (([[1], [2], [3]], [0, 0, 1], (0.5, 0.2)), r"fractions \[0.5, 0.2\] must be positive and add up to 1, not 0.7"),
        (([[1], [2], [3]], [0, 0, 1], (1.5, -0.5)), "must be positive"),
        (
            ([[1], [2], [3]], [0, 0, 1], (0.5, 0.5)),
            "y has only 1 samples of the label 1, too few to share among 2 parts",
        ),
        (([1, 2, 3], [0, 0, 1]), r"X\[:, None\]"),
        (([[1], [2]], 0), r"y is 0, but there is one label, or number, a sample"),
        (([[1], [2]], [[0], [1]]), "y has only 1 samples of the label 0, .* or stratify=False where y holds no classes"),
        (([[1], [2]], [0.5, 1.5]), "y has only 2 samples, too few to share among 3 parts: .* fewer fractions.$"),
        (([[1], [np.nan]], [0, 1]), "NaN"),
        (([[1], [2]], [0, np.nan]), "y has 1 values that are NaN"),
    ],
)
def test_split_refuses_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        datasets.split(*arguments, rng=0)


# standardize


def test_standardize_by_hand():
    # The column 1, 3, 5 has mean 3 and standard deviation √(8/3); 7 is 4 above the mean. Column 2 is constant.
    train, test = datasets.standardize([[1, 2], [3, 2], [5, 2]], [[7, 5]])
    assert train[:, 0] == pytest.approx(np.array([-2, 0, 2]) / np.sqrt(8 / 3))
    assert test[0] == pytest.approx([4 / np.sqrt(8 / 3), 3])
    assert train[:, 1].tolist() == [0, 0, 0]


def test_standardized_digits_have_mean_zero_and_deviation_one_or_zero():
    X = datasets.standardize(datasets.digits().X)
    assert abs(X.mean(axis=0)).max() < 1e-12
    deviations = X.std(axis=0)
    assert ((abs(deviations - 1) < 1e-12) | (deviations == 0)).all()


def test_a_constant_that_no_binary_number_hits_becomes_exactly_zero():
    assert (datasets.standardize(np.full((10, 1), 0.1)) == 0).all()


def test_standardize_keeps_float32_and_changes_nothing_given():
    X = np.array([[1, 2], [3, 4]], np.float32)
    assert datasets.standardize(X).dtype == np.float32
    assert X.tolist() == [[1, 2], [3, 4]]


def test_standardize_refuses_others_with_other_features():
    with pytest.raises(ValueError, match=r"others\[0\] has 3 features.*2 are expected"):
        datasets.standardize([[1, 2], [3, 4]], [[1, 2, 3]])


# Bad input


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: datasets.gate("nad"), ValueError, "gate must be one of.*Got 'nad' instead. Did you mean 'n?and'"),
        (lambda: datasets.gate(1), ValueError, "Got 1 instead"),
        (lambda: datasets.xor(samples=0), ValueError, "samples must be a whole number of at least 1"),
        (lambda: datasets.moons(samples=3), ValueError, "samples must be a whole number of at least 4. Got 3"),
        (lambda: datasets.moons(samples=10.5), ValueError, "Got 10.5"),
        (lambda: datasets.moons(samples="10"), TypeError, "Got '10'"),
        (lambda: datasets.moons(noise=-0.1), ValueError, "noise must be a number in"),
        (lambda: datasets.circles(noise=np.nan), ValueError, "noise must be a number in"),
        (lambda: datasets.blobs(classes=0), ValueError, "classes must be a whole number of at least 1"),
        (lambda: datasets.spirals(turns=0), ValueError, r"turns must be a number in \(0, inf\)"),
        (
            lambda: datasets.moons(rng="seed"),
            TypeError,
            "rng must be a whole number from 0 up or a numpy.random.Generator",
        ),
    ],
)
def test_bad_arguments_are_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()
