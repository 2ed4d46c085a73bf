"""The figures of the chapter on depth: signals that fade or survive, and lines that are folded."""

from itertools import pairwise, product

import numpy as np
import pytest
from moves import done

from nnlib import mlp
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures import signal_through_depth as through
from nnlib.explorables.figures import what_depth_is_good_for as folds
from nnlib.explorables.figures.signal_through_depth import AROUND, BY_SPREAD, LOWEST, NORMAL, TASKS

DEEP = {"depth": 50, "width": 64}


def shown(name, settings):
    figure = EXPLORABLES[name]
    return {panel["name"]: panel for panel in figure.picture(figure.check(settings), None)}


def said(name, settings):
    return EXPLORABLES[name].challenge(EXPLORABLES[name].check(settings), None)


# signal through depth


def signal(settings):
    return through.signal(EXPLORABLES["signal_through_depth"].check(settings))


def theory(settings):
    return through.theory(EXPLORABLES["signal_through_depth"].check(settings))


def test_one_layer_is_numpys_product_and_its_gradient_goes_back_through_the_same_weights():
    settings = EXPLORABLES["signal_through_depth"].check({"depth": 1, "width": 5, "weights": NORMAL, "spread": 1.7})
    X, gradient, drawn = through.draws(settings)
    z = X @ (1.7 * drawn[0])
    (x, a), values, slopes = through.signal(settings)
    np.testing.assert_array_equal(x, X)
    np.testing.assert_allclose(a, np.maximum(z, 0), atol=1e-12)
    np.testing.assert_allclose(values, np.log10([X.var(), np.maximum(z, 0).var()]))
    back = (gradient * (z > 0)) @ (1.7 * drawn[0]).T
    np.testing.assert_allclose(slopes, np.log10([back.var(), gradient.var()]))


@pytest.mark.parametrize(
    ("settings", "factor"),
    [({"weights": "xavier"}, 1 / 2), ({"weights": "he"}, 1), ({"weights": NORMAL, "spread": 8}, 32),
     ({"weights": NORMAL, "spread": 3, "activation": "identity"}, 9)],
)  # fmt: skip
def test_by_theory_a_layer_of_relu_multiplies_both_variances_by_half_of_g_squared(settings, factor):
    # half of what is symmetric about 0 goes through relu, so E[a²] = Var(z) / 2, and Var(z) = g² E[a²]; identity lets all
    for powers in theory(DEEP | settings):
        np.testing.assert_allclose(abs(np.diff(powers[1:])), abs(np.log10(factor)), atol=1e-9)


@pytest.mark.parametrize(
    ("settings", "low", "high"),
    [({"weights": "xavier"}, 1e-16, 1e-15), ({"weights": "he"}, 0.05, 0.3), ({"weights": NORMAL, "spread": 8}, 2e72, 3e73),
     ({"activation": "tanh"}, 0.012, 0.03), ({"activation": "tanh", "weights": NORMAL, "spread": 8}, 0.98, 1.01)],
)  # fmt: skip
def test_what_fifty_layers_leave_of_a_variance_in_the_median_of_forty_draws(settings, low, high):
    left = [values[-1] - values[1] for _, values, _ in (signal(DEEP | settings | {"seed": seed}) for seed in range(1, 41))]
    assert np.log10(low) < np.median(left) < np.log10(high)


@pytest.mark.parametrize("activation", through.FUNCTIONS)
@pytest.mark.parametrize(
    "settings",
    [{}, {"normalization": "layer"}, {"residual": AROUND, "normalization": "layer"}, {"residual": AROUND, "spread": 0.4},
     {"normalization": "batch"}],
)  # fmt: skip
def test_measured_and_theory_agree(activation, settings):
    settings = {"activation": activation, "weights": NORMAL, "spread": 1.2, "depth": 20} | settings
    draws = [signal(settings | {"seed": seed})[1:] for seed in range(1, 10)]
    for powers, measured in zip(theory(settings), zip(*draws, strict=True), strict=True):
        if len(powers):
            np.testing.assert_allclose(np.median(measured, axis=0), powers, atol=0.5)


def test_where_no_simple_theory_holds_none_is_drawn():
    for settings, known in (({}, True), ({"normalization": "batch"}, False), ({"residual": AROUND}, False),
                            ({"residual": AROUND, "activation": "tanh"}, True)):  # fmt: skip
        names = [line["label"] for line in shown("signal_through_depth", settings)["backward"]["lines"]]
        assert ("theory, on average" in names) is known
        assert "theory, on average" in [line["label"] for line in shown("signal_through_depth", settings)["forward"]["lines"]]


def test_zeros_let_nothing_through_and_no_setting_mends_it():
    _, values, slopes = signal({"weights": "zeros"})
    assert set(values[1:]) == set(slopes[:-1]) == {LOWEST}
    words, met = said("signal_through_depth", DEEP | {"weights": "zeros", "activation": "tanh"})
    assert "no setting mends that" in words and not met
    assert [row["cells"][3] for row in shown("signal_through_depth", {"weights": "zeros"})["layers"]["rows"]] == ["100%"] * 5


def test_saturated_neurons_stand_at_the_ends_of_tanh():
    picture = shown("signal_through_depth", {"activation": "tanh", "weights": NORMAL, "spread": 8})
    field = picture["activations"]["field"]
    middles = np.linspace(-3, 3, len(field) + 1)[:-1] + 3 / len(field)
    peaks = abs(middles[field.argmax(axis=0)])
    assert (abs(peaks - 1) < 0.1).all()
    assert not field[abs(middles) > 1.15].any()


@pytest.mark.parametrize(("task", "activation"), BY_SPREAD.items())
def test_a_spread_between_xaviers_and_hes_keeps_signal_and_gradient(task, activation):
    settings = {"task": task, "activation": activation, "depth": 40}
    for seed in range(1, 6):
        tried = [settings | {"weights": NORMAL, "spread": spread, "seed": seed} for spread in np.arange(1, 1.5, 0.02)]
        kept = [one["spread"] for one in tried if done("signal_through_depth", one)]
        assert kept and min(kept) > 1.0 and max(kept) < 2**0.5
        assert not any(done("signal_through_depth", settings | {"weights": ready, "seed": seed}) for ready in ("xavier", "he"))


def test_no_spread_rescues_the_sigmoid_but_a_way_around_does():
    rescue = {"task": "rescue the sigmoid", "activation": "sigmoid", "depth": 40, "weights": NORMAL}
    for spread in np.geomspace(*through.SPREADS, 30):
        _, values, slopes = signal(rescue | {"spread": spread})
        assert max(abs(values[1:] - values[1]).max(), abs(slopes[1:] - slopes[-1]).max()) > 1
    words, met = said("signal_through_depth", rescue)
    assert words.startswith("No spread of the first weights") and not met
    assert not done("signal_through_depth", rescue | {"normalization": "layer"})
    assert done("signal_through_depth", rescue | {"residual": AROUND})


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"activation": "relu"}, "Choose tanh"), ({"depth": 39}, "Set the layers to 40"), ({"width": 8}, "leave too much to luck"),
     ({"normalization": "layer"}, "by the first weights alone"), ({"residual": AROUND}, "by the first weights alone")],
)  # fmt: skip
def test_what_stands_in_the_way_of_the_task_is_said(settings, words):
    solved = DEEP | {"task": next(iter(TASKS)), "activation": "tanh", "weights": NORMAL, "spread": 1.15}
    assert done("signal_through_depth", solved)
    told, met = said("signal_through_depth", solved | settings)
    assert words in told and not met


# what depth is good for


def folded(**settings):
    return folds._deep(EXPLORABLES["what_depth_is_good_for"].check(settings))


def test_two_folds_by_hand():
    # a tent of height 1 with its top at 1/2, twice: 0 → 0, 1/4 → 1, 1/2 → 0, 3/4 → 1, 1 → 0
    kinks = folded(neurons=4, depth=2)["kinks"]
    np.testing.assert_allclose(kinks, [[0, 0], [0.25, 1], [0.5, 0], [0.75, 1], [1, 0]], atol=1e-12)


def test_the_first_fold_stands_where_it_is_set_and_the_second_within_each_half():
    # 0.3 is the top of the first; the second folds at 0.6: at 0.6 · 0.3 on the way up, at 1 − 0.6 · 0.7 on the way down
    kinks = folded(neurons=4, depth=2, fold1=0.3, fold2=0.6)["kinks"]
    np.testing.assert_allclose(kinks, [[0, 0], [0.18, 1], [0.3, 0], [0.58, 1], [1, 0]], atol=1e-12)


@pytest.mark.parametrize("depth", range(1, 7))
@pytest.mark.parametrize("width", range(1, 19))
def test_d_layers_of_w_neurons_make_w_to_the_d_pieces_wherever_they_fold(depth, width):
    if width * depth <= folds.MAX_NEURONS:
        for settings in ({}, {name: 0.2 + 0.1 * k for k, name in enumerate(folds.FOLDS)}):
            made = folded(neurons=width * depth, depth=depth, **settings)
            assert made["pieces"] == width**depth
            sizes = [1, *[width] * depth, 1]
            assert made["network"].parameters.size == sum((p + 1) * q for p, q in pairwise(sizes))


@pytest.mark.parametrize(("height", "pieces"), [(1, 16), (0.5, 2), (0.3, 2), (0.6, 14)])
def test_a_fold_that_is_too_low_is_not_folded_again(height, pieces):
    # of height 1/2, a tent never gets above 1/2, where the next one begins to fall; of height 0.6 three leave eight pieces,
    # 0 → 0.6 → 0.48 → 0.6 → 0.576 and back, of which the fourth folds all but the two from 0.6 to 0.576 and back
    assert folded(neurons=8, depth=4, height=height)["pieces"] == pieces


def test_pieces_are_counted_of_any_network_as_a_fine_grid_counts_them():
    for seed in range(8):
        network = mlp([1, 5, 4, 1], output="identity", dtype=np.float64, rng=seed)
        network.parameters += 0.3 * np.random.default_rng(seed).normal(size=network.parameters.size)
        kinks = folds.kinks_of(network)
        grid = np.linspace(0, 1, 20_001)
        y = network.forward(grid[:, None])[:, 0]
        np.testing.assert_allclose(np.interp(grid, *kinks.T), y, atol=1e-9)
        bent = abs(np.diff(y, 2)) > 1e-9  # a kink within a step shows in one or two second differences
        assert len(kinks) - 2 == (bent & ~np.append(False, bent[:-1])).sum()


@pytest.mark.parametrize("settings", [{}, {"neurons": 18, "depth": 6}, {"neurons": 7, "depth": 2, "task": folds.TARGET}])
def test_the_network_of_one_layer_has_no_more_parameters_and_at_most_n_plus_1_pieces(settings):
    settings = EXPLORABLES["what_depth_is_good_for"].check(settings)
    deep, wide = folds._deep(settings), folds._shallow(settings)
    used, most = wide["network"].parameters.size, deep["network"].parameters.size
    assert used <= most < used + 3
    assert wide["pieces"] <= wide["neurons"] + 1


def test_of_all_arrangements_of_twelve_neurons_only_four_layers_of_three_make_more_than_64_pieces():
    choices = product(range(1, folds.MAX_NEURONS + 1), range(1, folds.MAX_DEPTH + 1))
    solved = [(n, d) for n, d in choices if done("what_depth_is_good_for", {"neurons": n, "depth": d})]
    assert solved == [(n, 4) for n in (12, 13, 14, 15)]  # of which four layers of three leave 0 to 3 over


def test_the_target_is_hit_by_turning_one_fold_after_the_other():
    figure, settings = EXPLORABLES["what_depth_is_good_for"], {"task": folds.TARGET}

    def off(name, value):
        return folds.distance(figure.check(settings | {name: value}))

    for _ in range(3):
        for name in folds.FOLDS[:3]:
            settings[name] = min(np.arange(0.1, 0.91, 0.01).round(2), key=lambda value: off(name, value))
    assert [settings[name] for name in folds.FOLDS[:3]] == list(folds.TARGET_FOLDS)
    assert done("what_depth_is_good_for", settings)
    assert not done("what_depth_is_good_for", settings | {"fold2": 0.64})


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"neurons": 15}, "too many: take some away"), ({}, "fold it into 8 at most"),
     ({"task": folds.TARGET, "depth": 1}, "cannot make as many"), ({"task": folds.TARGET, "depth": 6}, "cannot make as many"),
     ({"task": folds.TARGET, "neurons": 9}, "these are 34 parameters, too many"), ({"task": folds.TARGET}, "off.")],
)  # fmt: skip
def test_a_budget_that_is_overdrawn_or_too_small_is_said(settings, words):
    told, met = said("what_depth_is_good_for", settings)
    assert words in told and not met
