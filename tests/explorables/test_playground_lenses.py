"""The playground's lenses: each number is what nnlib says, asked directly; nothing slow is done twice."""

import legal
import numpy as np
import pytest

from nnlib import check_gradients, numerical_gradient
from nnlib.activations import ACTIVATIONS, Pair
from nnlib.explorables import EXPLORABLES, panels
from nnlib.explorables.models.playground import inside, landscape, lenses, neuron, rates, run, versus
from nnlib.explorables.models.playground.run import session_of
from nnlib.explorables.writing import scientific
from nnlib.layers import Dense
from nnlib.live.protocol import pack, reply, unpack
from nnlib.training import backpropagate

PLAYGROUND = EXPLORABLES["playground"]
LOOKS = {"lens": lenses.NO_LENS, "layer": 1, "neuron": 1, "pinned": None}
DEEP = {"layers": [8] * 6, "features": ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]}
TASKS = {
    "two classes": {},
    "two classes, by chances": {"loss": "cross-entropy"},
    "several classes": {"data": "three arms", "loss": "cross-entropy"},
    "several classes, by squared error": {"data": "three arms"},
    "numbers": {"data": "hills"},
    "a table": {"data": "your table"},
    "ReLU": {"activation": "relu"},
    "no hidden layer": {"layers": [], "features": ["x₁"]},
    "deep": DEEP,
}
every_task = pytest.mark.parametrize("changed", TASKS.values(), ids=TASKS)


def checked(changed):
    """Return complete settings; what the figure does not know yet is taken as it is."""
    ours = LOOKS | {name: value for name, value in changed.items() if name in LOOKS}
    return PLAYGROUND.check({name: value for name, value in changed.items() if name not in LOOKS}) | ours


def at(changed, *steps):
    """Return the settings, and the state after so many steps at a time."""
    settings = checked(changed)
    state = session_of(settings).start()
    for count in steps:
        state = lenses.advance(settings, state, count)
    return settings, state


def panel_of(picture, name):
    return next(panel for panel in picture if panel["name"] == name)


def bare(state):
    """Return a state without what the lenses remember."""
    return {name: value for name, value in state.items() if name != "lens"}


def lines_of(settings, state):
    """Return the lines of the equations that a lens shows."""
    return lenses.LENSES[settings["lens"]].show(settings, state)["lens_equations"]["lines"]


# All of them ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", lenses.NAMES)
def test_the_panels_have_the_same_names_and_kinds_through_every_lens(lens):
    shown = lenses.show(*at({"lens": lens}, 3))
    assert [(panel["name"], panel["kind"]) for panel in shown] == [
        ("lens_plane", "plane"), ("lens_series", "series"), ("lens_table", "table"), ("lens_equations", "equations"),
    ]  # fmt: skip
    assert any(map(panels.shown, shown)) == (lens != lenses.NO_LENS)


def ends():
    """Yield settings with each control at each of its ends, and with much at once."""
    for control in PLAYGROUND.controls:
        if control.name not in (*LOOKS, "tour"):
            yield from ({control.name: value} for value in legal.ends(control))
    for rate in (1e-5, 10):
        for optimizer in run.OPTIMIZERS:
            yield {**DEEP, "learning_rate": rate, "optimizer": optimizer, "activation": "identity", "data": "plane"}
            yield {"learning_rate": rate, "optimizer": optimizer, "penalty": "L1", "penalty_rate": 10, "activation": "relu"}
            yield {
                "learning_rate": rate,
                "optimizer": optimizer,
                "batch_size": 1,
                "data": "three arms",
                "loss": "cross-entropy",
            }


@pytest.mark.parametrize("lens", lenses.LENSES)
def test_numbers_are_finite_at_the_ends_of_every_control(lens, monkeypatch):
    monkeypatch.setattr(rates, "STEPS", 20)
    monkeypatch.setattr(rates, "ONE_BY_ONE", 20)
    monkeypatch.setattr(versus, "_kept", {})
    places = [{"layer": 1, "neuron": 1}, {"layer": 7, "neuron": 8}]
    for changed in ends():
        pinned = checked({**changed, "activation": "silu"})
        for place in places if lens in ("one point", "a neuron") else places[:1]:
            settings, state = at({**changed, **place, "lens": lens, "pinned": pinned}, 3)
            shown, said = lenses.show(settings, state), lenses.say(settings, state)
            pack([shown, state])  # raises at NaN, infinity, and anything that is not plain
            for panel in shown:
                for line in panel.get("lines", ()):
                    assert isinstance(line, str) or np.isfinite(line["at"]).all()
                assert panel.get("field") is None or np.isfinite(panel["field"]).all()
            assert not said or (said.endswith(".") and "nan" not in said)


@pytest.mark.parametrize("lens", lenses.LENSES)
def test_where_nothing_can_be_learned_nothing_is_shown(lens):
    settings, state = at({"lens": lens, "data": "your points", "points": []})
    assert not any(map(panels.shown, lenses.show(settings, state))) and lenses.say(settings, state) == ""


@pytest.mark.parametrize("lens", ["a neuron", "learning rates", "two runs"])
def test_a_handle_dropped_where_it_is_leaves_its_settings_alone(lens):
    settings, state = at({"lens": lens, "data": "your table", "pinned": checked({"data": "your table", "layers": []})}, 2)
    handles = lenses.show(settings, state)[0]["handles"]
    assert handles
    for handle in handles:
        for name, (p, q, r) in handle["sets"].items():
            assert p * handle["at"][0] + q * handle["at"][1] + r == pytest.approx(settings[name], abs=1e-9)


# The loss landscape --------------------------------------------------------------------------------------------------------


@every_task
def test_the_loss_here_is_the_figures_loss(changed):
    settings, state = at(changed, 5)
    [here] = landscape.losses(session_of(settings), state["parameters"][None], 10**6)
    assert here == pytest.approx(state["curve"][-1, 1], rel=1e-12)


@every_task
def test_the_loss_of_many_weights_at_once_is_that_of_each_alone(changed):
    settings, state = at(changed, 2)
    session = session_of(settings)
    vectors = state["parameters"] + np.random.default_rng(0).normal(size=(9, state["parameters"].size))
    alone = [session.loss.value(session.network_at({"parameters": one}).run(session.X), session.y) for one in vectors]
    np.testing.assert_allclose(landscape.losses(session, vectors, 10**6), alone, rtol=1e-12)


@every_task
@pytest.mark.parametrize("steps", [(), (1,), (12,)], ids="after {}".format)
def test_the_field_is_the_loss_at_its_places(changed, steps):
    settings, state = at(changed, *steps)
    session, plane = session_of(settings), landscape.plane_of(settings, state)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    sides = [(middle - plane.half, middle + plane.half) for middle in plane.middle]
    places = panels.grid(*sides, len(plane.field))
    for i in (0, 7, len(places) - 1):
        network = session.network_at({"parameters": plane.origin + places[i] @ plane.directions})
        loss = session.loss.value(network.run(session.X), session.y)
        assert plane.field.ravel()[i] ** 2 == pytest.approx(loss, rel=1e-9)


def test_of_a_long_table_a_part_is_taken_and_said_but_for_the_loss_here(monkeypatch):
    monkeypatch.setattr(landscape, "SAMPLES", 100)
    monkeypatch.setattr(landscape.losses, "__defaults__", (100,))
    monkeypatch.setattr(landscape.apart, "__defaults__", (100,))
    settings, state = at({"lens": "loss landscape", "draw": 7}, 3)
    shown = landscape.show(settings, state)
    assert "one training point in 3" in shown["lens_plane"]["label"]
    assert f"here L = {scientific(state['curve'][-1, 1])}" in shown["lens_equations"]["lines"][1]


def test_the_walk_is_the_run():
    settings, state = at({}, 1, 10, 29)
    walk = state["lens"]["walk"]
    assert len(walk) == 41 and state["lens"]["every"] == 1
    session = session_of(settings)
    for epoch in (0, 7, 40):
        alone = session.advance(session.start(), settings, epoch) if epoch else session.start()
        np.testing.assert_array_equal(walk[epoch], alone["parameters"])


@pytest.mark.parametrize("steps", [(150,), (1,) * 150, (60, 5, 85)], ids=["at once", "one by one", "in parts"])
def test_a_walk_is_thinned_by_halving_whatever_the_way_to_it(steps):
    settings, state = at({"batch_size": 100}, *steps)
    assert len(state["lens"]["walk"]) == 38 and state["lens"]["every"] == 4
    session = session_of(settings)
    alone = session.advance(session.start(), settings, 150)
    assert pack(bare(state)) == pack(bare(alone))
    np.testing.assert_array_equal(state["lens"]["walk"], at({"batch_size": 100}, 150)[1]["lens"]["walk"])


def test_a_state_stays_small():
    for changed in ({}, DEEP, {"optimizer": "Adam", **DEEP}):
        _, state = at({**changed, "batch_size": 500}, 140)
        assert state["lens"]["walk"].nbytes <= 60_000


def test_a_run_that_breaks_ends_its_walk():
    settings, state = at({"data": "plane", "activation": "identity", "learning_rate": 10}, 30)
    assert state["broke"] and len(state["lens"]["walk"]) == state["epoch"] + 1
    again = lenses.advance(settings, state, 10)
    assert pack(again) == pack(state)


def test_a_walk_in_a_plane_has_nothing_off_it_and_one_in_space_its_share():
    session = session_of(checked({}))
    axes = np.linalg.qr(np.random.default_rng(0).normal(size=(session.network.parameters.size, 3)))[0].T
    end = session.start()["parameters"]

    def share(height):
        ways = np.array([[3, 0, 0], [0, 2, 0], [0, 0, height], [0, 0, 0]]) @ axes
        state = {"parameters": end, "lens": {"walk": end + ways, "every": 1}}
        return landscape._walk(landscape.plane_of(checked({}), state), state)[2]

    assert share(0.0) == pytest.approx(0, abs=1e-12)
    assert share(1.0) == pytest.approx(1 / 14)


def test_the_field_is_computed_now_and_then_and_the_present_place_lies_in_it():
    settings, state = at({"lens": "loss landscape"})
    planes = []
    for _ in range(64):
        state = lenses.advance(settings, state, 1)
        plane = landscape.plane_of(settings, state)
        [here] = plane.project(state["parameters"][None])
        assert (abs(here - plane.middle) <= plane.half).all()
        planes.append(id(plane.field))
    assert len(dict.fromkeys(planes)) <= 20


def test_the_landscape_says_a_ridge_that_the_straight_way_crosses(monkeypatch):
    settings, state = at({"lens": "loss landscape"}, 5)
    assert "nowhere lies above" in lenses.say(settings, state)
    ridge = np.column_stack([landscape.WAY, 1 - abs(landscape.WAY - 0.5)])
    monkeypatch.setattr(landscape, "_straight", lambda *ends: ridge)
    assert "goes over a ridge of 1.00" in lenses.say(settings, state)


# One point -----------------------------------------------------------------------------------------------------------------


@every_task
def test_the_backward_pass_of_a_point_is_nnlibs(changed):
    settings, state = at({**changed, "probe_x": -2.0, "probe_y": 3.0}, 4)
    point, session = inside.point_of(settings, state), session_of(settings)
    network = session.network_at(state)
    backpropagate(network, session.loss, network.forward(point.inputs), point.y)
    np.testing.assert_array_equal(point.gradients, network.gradients)
    np.testing.assert_array_equal(point.a[-1], network.run(point.inputs))
    dense = [layer for layer in network.layers if type(layer) is Dense]
    for layer, delta, given in zip(dense, point.deltas, [point.inputs, *point.a], strict=False):
        np.testing.assert_allclose(layer.weights_gradient, given.T @ delta, rtol=1e-12, atol=1e-300)
        np.testing.assert_array_equal(layer.bias_gradient, delta[0])


@every_task
def test_the_differences_are_nnlibs_and_agree(changed):
    settings, state = at({**changed, "lens": "one point"}, 4)
    point, session = inside.point_of(settings, state), session_of(settings)
    network = session.network_at(state)

    def loss_at(parameters):
        network.parameters = parameters
        return session.loss.value(network.run(point.inputs), point.y)

    np.testing.assert_allclose(point.differences, numerical_gradient(loss_at, state["parameters"]), rtol=1e-6, atol=1e-8)
    report = check_gradients(session.network_at(state), point.inputs, point.y, session.loss_name)
    assert report.passed and point.error <= report.tolerance
    assert "gradient check passed" in lenses.say(settings, state) and "passed" in lines_of(settings, state)[-1]


def test_beside_the_kink_of_a_relu_the_slope_to_either_side_will_do():
    settings, state = at({"weights": "zeros", "activation": "relu"}, 0)
    assert inside.point_of(settings, state).error <= 1e-7


def test_a_gradient_check_that_fails_is_said(monkeypatch):
    settings, state = at({"lens": "one point"}, 4)
    right = ACTIVATIONS["tanh"]
    wrong = Pair(right.function, lambda z, a=None: 1.001 * right.derivative(z, a))
    network = session_of(settings)._seen
    monkeypatch.setattr(inside, "_point", inside._point.__wrapped__)
    for layer in network.layers[1::2]:
        monkeypatch.setattr(layer, "pair", wrong)
    assert "gradient check FAILED" in lenses.say(settings, state)
    assert "gradient check FAILED" in lines_of(settings, state)[-1]


def test_the_target_is_that_of_the_nearest_training_point():
    settings, state = at({"probe_x": 0.0, "probe_y": 0.1}, 1)
    assert inside.point_of(settings, state).y.tolist() == [[1.0]]
    settings, state = at({"probe_x": 0.0, "probe_y": -4.8}, 1)
    assert inside.point_of(settings, state).y.tolist() == [[-1.0]]


def test_of_a_deep_network_the_table_has_the_chosen_layer_and_the_output():
    settings, state = at({**DEEP, "lens": "one point", "layer": 3, "neuron": 2}, 2)
    rows = lenses.LENSES["one point"].show(settings, state)["lens_table"]["rows"]
    names = [row["cells"][0] for row in rows]
    assert names == [*DEEP["features"], *(f"a{low}⁽³⁾" for low in "₁₂₃₄₅₆₇₈"), "ŷ"]
    assert [row["cells"][0] for row in rows if row["role"] == "now"] == ["a₂⁽³⁾"]


# A neuron ------------------------------------------------------------------------------------------------------------------


@every_task
@pytest.mark.parametrize("place", [(1, 1), (2, 2), (7, 8)], ids=str)
def test_a_formula_is_the_neuron(changed, place):
    settings, state = at({**changed, "lens": "a neuron", "layer": place[0], "neuron": place[1]}, 3)
    session, one = session_of(settings), neuron.neuron_of(settings, state)
    network = session.network_at(state)
    z, a = neuron.sums(network, session.X)
    given = [session.X, *a][one.layer]
    names = [f"given[:, {i}]" for i in range(given.shape[1])]
    written = neuron.formula(one.weights, one.bias, names, write=repr).replace("·", "*").replace("−", "-")
    written = written.replace("np.float64", "")
    np.testing.assert_allclose(eval(written, {"given": given}), z[one.layer][:, one.number], rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(one.a_training, a[one.layer][:, one.number])
    assert one.name == neuron.names_of(session)[one.layer + 1][one.number]


@pytest.mark.parametrize(
    ("weights", "bias", "words"),
    [
        ([0.52, -1.1], 0.3, "0.52·p − 1.10·q + 0.30"),
        ([-0.52, 0.0], 0.0, "−0.52·p"),
        ([0.0, 0.0], 0.0, "0"),
        ([0.0, 2e-5], -0.25, "2.0·10⁻⁵·q − 0.25"),
        ([0.0, 0.0], -0.25, "−0.25"),
    ],
)
def test_a_formula_in_words(weights, bias, words):
    assert neuron.formula(weights, bias, ["p", "q"]) == words


def with_weights(changed, change):
    """Return settings and a state whose parameters have been changed by hand."""
    settings, state = at(changed, 1)
    parameters = state["parameters"].copy()
    change(parameters)
    return settings, state | {"parameters": parameters}


def test_a_dead_relu_is_said():
    settings, state = with_weights({"lens": "a neuron", "activation": "relu"}, lambda p: p.__setitem__(8, -100.0))
    assert neuron.neuron_of(settings, state).dead
    assert "0 for every training point" in lenses.say(settings, state) and "dead ReLU" in lenses.say(settings, state)
    alive = with_weights({"lens": "a neuron", "activation": "relu"}, lambda p: None)
    assert "dead" not in lenses.say(*alive)


def test_a_saturated_and_a_constant_neuron_are_said():
    many = with_weights({"lens": "a neuron"}, lambda p: p.__setitem__(slice(0, 8), 50.0))
    assert "saturated" in lenses.say(*many)
    none = with_weights({"lens": "a neuron"}, lambda p: p.__setitem__(slice(0, 8), 0.0))
    assert "the same for every training point" in lenses.say(*none)


def test_the_map_is_the_neurons_output():
    settings, state = at({"lens": "a neuron", "layer": 2, "neuron": 1}, 3)
    session, one = session_of(settings), neuron.neuron_of(settings, state)
    places = panels.grid(*session.task.plane, neuron.CELLS)
    outs = session.network_at(state).trace(session.task.features(places))
    np.testing.assert_array_equal(one.a_map.ravel(), outs[3][:, 0])
    np.testing.assert_array_equal(one.z_map.ravel(), outs[2][:, 0])


# Learning rates ------------------------------------------------------------------------------------------------------------

HOW = {
    **{name: {"optimizer": name} for name in run.OPTIMIZERS},
    "L1": {"penalty": "L1", "penalty_rate": 0.01},
    "L2 with Adam": {"penalty": "L2", "penalty_rate": 0.01, "optimizer": "Adam"},
    "chances": {"loss": "cross-entropy", "activation": "relu"},
    "several classes": {"data": "three arms", "loss": "cross-entropy"},
    "numbers": {"data": "hills"},
    "a table in one batch": {"data": "your table", "batch_size": 500},
    "frozen layers": {"frozen": ["2"], "penalty": "L2", "penalty_rate": 0.01, "optimizer": "momentum"},
    "an activation for each layer": {"activations": ["relu", "sigmoid"]},
}


@pytest.mark.parametrize("changed", HOW.values(), ids=HOW)
def test_many_rates_at_once_are_each_rates_own_run(changed, monkeypatch):
    monkeypatch.setattr(rates, "STEPS", 250)
    settings = checked(changed)
    session = session_of(settings)
    race = rates._race(session, settings).until(1000)
    one_by_one = [*rates.one_by_one(session, settings, race.epochs)]
    np.testing.assert_allclose(race.losses, one_by_one, rtol=1e-12, atol=1e-12)
    mine = settings | {"learning_rate": 0.03}
    alone = session.advance(session.start(), mine, int(race.epochs[-1]))
    assert alone["broke"] or race.losses[-1, rates.RATES.index(0.03)] == pytest.approx(alone["curve"][-1, 1], rel=1e-12)


def test_with_dropout_rates_are_trained_one_after_another(monkeypatch):
    monkeypatch.setattr(rates, "ONE_BY_ONE", 100)
    settings = checked({"dropout": 0.3})
    race, session = rates.race_of(settings), session_of(settings)
    last = int(race.epochs[-1])
    alone = session.advance(session.start(), settings | {"learning_rate": 0.3}, last)
    assert race.losses[-1, rates.RATES.index(0.3)] == alone["curve"][-1, 1]


@pytest.mark.parametrize("more", [{}, {"dropout": 0.3}, {"penalty": "L1"}])
def test_where_every_layer_is_frozen_no_rate_learns(more):
    race = rates.race_of(checked({"frozen": ["1", "2", "output"]} | more))
    assert (race.losses == race.losses[0]).all() and not race.broken.any()


def test_a_race_is_run_once_for_its_settings_and_for_every_rate(monkeypatch):
    raced = []
    monkeypatch.setattr(rates, "_kept", {})
    monkeypatch.setattr(
        rates, "_race", lambda session, settings: raced.append(settings) or rates.Running(np.arange(2), iter(np.ones((2, 9))))
    )
    for changed in ({}, {"learning_rate": 1.0}, {"probe_x": 3.0}, {"patience": 5}, {"batch_size": 20}):
        rates.race_of(checked(changed))
    assert len(raced) == 2


def looked_at(changed, before):
    """Return the settings, and the replies to what a page asks until it is shown all."""
    settings, start = at(changed, before)
    answers = [reply("playground", settings, start)]
    while answers[-1]["more"]:
        answers.append(reply("playground", settings, answers[-1]["state"]))
    np.testing.assert_equal(answers[-1]["picture"], PLAYGROUND.picture(settings, start))  # at once, which takes long
    assert answers[-1]["sentence"] == PLAYGROUND.describe(settings, start)
    return settings, answers


@pytest.mark.parametrize("dropout", [0, 0.3])
def test_a_race_is_looked_at_a_few_rows_a_request(dropout, monkeypatch):
    monkeypatch.setattr(rates, "_kept", {})
    settings, answers = looked_at({"lens": "learning rates", "dropout": dropout}, 3)
    rows = [answer["state"]["looked"]["done"] for answer in answers]
    assert rows == [*range(rates.AT_ONCE, rows[-1], rates.AT_ONCE), rows[-1]] and len(rows) > 10
    assert all("epochs each so far" in answer["sentence"] for answer in answers[:-1])
    assert not reply("playground", settings, answers[-1]["state"], 1)["more"]
    assert not reply("playground", settings | {"learning_rate": 1.0}, answers[-1]["state"])["more"]
    assert reply("playground", settings | {"batch_size": 5}, answers[-1]["state"])["more"]


def test_a_plane_is_looked_at_a_part_a_request_and_coarse_before(monkeypatch):
    landscape._part.cache_clear()
    computed, kept = [], landscape.losses
    monkeypatch.setattr(landscape, "losses", lambda *given: computed.append(len(given[1])) or kept(*given))
    _, answers = looked_at({"lens": "loss landscape"}, 3)
    cells = [panel_of(answer["picture"], "lens_plane")["field"].shape[0] for answer in answers]
    assert cells == [landscape.CELLS // 2] * landscape.PARTS + [landscape.CELLS]
    assert max(computed) <= landscape.CELLS**2 / landscape.PARTS


def test_the_best_rate_is_said_and_those_that_break():
    settings, state = at({"lens": "learning rates", "data": "hills"}, 1)
    race, said = rates.race_of(settings), lenses.say(settings, state)
    assert f"{rates.RATES[race.best]:g} is the best" in said and "with 1, 3 and 10 it breaks" in said
    assert race.losses[-1, race.best] == race.losses[-1].min()
    assert race.broken.tolist() == [False] * 6 + [True] * 3
    table = rates.show(settings, state)["lens_table"]
    assert [row["cells"][0] for row in table["rows"] if row["role"] == "right"] == [f"{rates.RATES[race.best]:g}"]


def test_a_rate_that_ends_above_where_it_began_is_drawn_as_far_as_its_first_rise():
    settings, state = at({"lens": "learning rates"}, 1)
    race, panels = rates.race_of(settings), rates.show(settings, state)
    lost = np.flatnonzero((race.losses[-1] > race.losses[0]) & ~race.broken)
    assert len(lost)
    for i in lost:
        end, key = race.ends[i], f"rate {rates.RATES[i]:g}"
        assert (race.losses[:end, i] <= race.losses[0, i]).all() and race.losses[end, i] > race.losses[0, i]
        [line] = [line for line in panels["lens_series"]["lines"] if line["key"] == key]
        assert len(line["at"]) == end
        assert panels["lens_table"]["rows"][i]["cells"][1:] == ["–", "ends higher than it began"]


# Two runs ------------------------------------------------------------------------------------------------------------------

OTHERS = {
    "another rate": {"learning_rate": 0.3},
    "another activation": {"activation": "relu"},
    "other data": {"data": "spiral", "layers": [8]},
    "another penalty": {"penalty": "L1", "penalty_rate": 0.01},
    "dropout": {"dropout": 0.2},
    "a frozen layer": {"frozen": ["1"]},
    "another optimizer": {"optimizer": "Adam", "loss": "cross-entropy"},
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_pinned_run_is_its_own_figures_run_to_the_last_bit(other):
    pinned = checked(other)
    settings, state = at({"lens": "two runs", "pinned": pinned}, 1, 5, 14)
    figures = PLAYGROUND.advance(PLAYGROUND.start(pinned), pinned, 20)
    assert pack(bare(state["lens"]["second"])) == pack(bare(figures))
    own = session_of(settings)
    assert pack(bare(state)) == pack(bare(own.advance(own.start(), settings, 20)))
    _, large = session_of(pinned).maps(figures)
    np.testing.assert_array_equal(versus.show(settings, state)["lens_plane"]["field"], large)


def test_both_go_on_from_a_state_that_was_rewound_and_has_crossed():
    settings, state = at({"lens": "two runs", "pinned": checked({"activation": "relu"})}, 5)
    once = lenses.advance(settings, state, 10)
    again = lenses.advance(settings, unpack(*pack(state)), 10)
    assert pack(once) == pack(again)


def test_a_run_that_is_pinned_late_catches_up():
    settings, state = at({}, 100)
    settings |= {"lens": "two runs", "pinned": checked({"learning_rate": 0.3})}
    assert "100 epochs behind" in lenses.say(settings, state)
    once = lenses.advance(settings, state, 4)
    assert once["lens"]["second"]["epoch"] == 40
    step_by_step = state
    for _ in range(4):
        step_by_step = lenses.advance(settings, step_by_step, 1)
    assert pack(step_by_step) == pack(once)
    assert lenses.advance(settings, once, 20)["lens"]["second"]["epoch"] == 124


def test_a_run_pinned_as_it_is_goes_on_beside_with_one_change():
    settings = checked({"lens": "two runs"})
    settings["pinned"] = checked({})
    state = lenses.advance(settings, session_of(settings).start(), 10)
    assert versus.differences(settings) == [] and "this very run" in lenses.say(settings, state)
    changed = settings | {"learning_rate": 0.3}
    after = lenses.advance(changed, state, 10)
    session = session_of(settings)
    alone = session.advance(session.start(), settings["pinned"], 20)
    assert pack(bare(after["lens"]["second"])) == pack(bare(alone))
    assert after["curve"][-1, 1] != alone["curve"][-1, 1]


def test_in_what_two_runs_differ():
    pinned = checked({"penalty_rate": 0.01, "layers": [3], "lens": "a neuron", "probe_x": 2.0, "show": ["test points"]})
    settings = checked({"points": [[1, 1, 1], [0, 0, -1]]}) | {"pinned": pinned}
    assert versus.differences(settings) == [("layers", [4, 2], [3])]
    own = settings | {"data": "your points", "penalty": "L2"}
    assert {name for name, *_ in versus.differences(own)} == {"data", "points", "layers", "penalty", "penalty_rate"}
    rows = versus.show(settings | {"lens": "two runs"}, session_of(settings).start())["lens_table"]["rows"]
    assert rows[0]["cells"] == ["hidden layers", "4, 2", "3"]


def test_a_pinned_run_that_breaks_is_said_and_this_one_goes_on():
    pinned = checked({"data": "plane", "activation": "identity", "learning_rate": 10})
    settings, state = at({"lens": "two runs", "pinned": pinned, "data": "plane"}, 20)
    assert state["epoch"] == 20 and state["lens"]["second"]["broke"]
    assert "broken after 0 epochs" in lenses.say(settings, state)


@pytest.mark.parametrize("lens", ["two runs", "a neuron"])
def test_a_run_that_is_pinned_no_more_is_forgotten(lens):
    settings, state = at({"lens": "two runs", "pinned": checked({"layers": [2]})}, 2)
    assert "second" in state["lens"]
    after = lenses.advance(settings | {"lens": lens, "pinned": None}, state, 1)
    assert "second" not in after["lens"] and len(after["lens"]["walk"]) == 4


def test_without_a_pinned_run_it_says_how_to_pin_one():
    settings, state = at({"lens": "two runs"}, 2)
    assert "Pin these settings" in lenses.say(settings, state) and lines_of(settings, state) == [versus.HOW]


# Early stopping ------------------------------------------------------------------------------------------------------------


def test_the_epoch_of_the_lowest_test_loss_is_marked_where_it_is_watched():
    settings, state = at({"patience": 5, "noise": 50}, 60)
    [mark] = lenses.stopping(settings, state)
    epoch = state["best"]["epoch"]
    assert mark["at"].tolist() == [[epoch, 0], [epoch, state["best"]["loss"]]] and f"epoch {epoch}" in mark["label"]
    assert lenses.stopping(settings | {"patience": 0}, state) == lenses.stopping(*at({}, 3)) == []
