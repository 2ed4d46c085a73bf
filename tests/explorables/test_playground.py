"""The playground's training: the same numbers whatever the way to them, and none of the faults of its kind."""

import itertools

import numpy as np
import pytest

from nnlib import SGD, Activation, Dense, Network, mlp, train
from nnlib.explorables import EXPLORABLES, panels
from nnlib.explorables.figures.playground import HIDDEN
from nnlib.explorables.models.playground import lenses, maps, run
from nnlib.explorables.models.playground.laws import LABELS, LAWS, POINTS, draw
from nnlib.explorables.models.playground.task import key_of, task_of
from nnlib.live.protocol import pack, reply, unpack
from nnlib.losses import LOSSES
from nnlib.recording import answers, compiled, epochs, make_record
from nnlib.training import backpropagate

PLAYGROUND = EXPLORABLES["playground"]


def at(changed, *steps, state=None):
    """Return the settings, and the state after so many steps at a time."""
    settings = PLAYGROUND.check(changed)
    state = state or PLAYGROUND.start(settings)
    for count in steps:
        state = PLAYGROUND.advance(state, settings, count)
    return settings, state


def test_own_data_are_known_by_the_same_key_in_every_python():
    rows = np.arange(6.0).reshape(3, 2)
    assert key_of({"rows": rows, "columns": ["a", "b"]}) == (("columns", ("a", "b")), ("rows", "(3, 2) 4046127385"))
    assert len({key_of(rows), key_of(-rows), key_of(rows[:2]), key_of(rows.T), key_of(rows.ravel())}) == 5


def crossed(state):
    """Return a state as it comes back from the view."""
    return unpack(*pack(state))


def forget():
    """Let all be made anew."""
    run.forget()
    maps._kept.clear()


def same(state, other):
    return pack(state) == pack(other)


# The laws ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("noise_on", [LABELS, POINTS])
def test_a_law_draws_as_many_points_as_it_is_asked_for(law, noise_on):
    for count in (10, 11, LAWS[law].count):
        X, y = draw(law, count, 0.3, noise_on, np.random.default_rng(0))
        assert X.shape == (count, 2) and y.shape == (count,)
        assert np.isfinite(X).all() and np.isfinite(y).all()


def quiet(law, count=4000):
    return draw(law, count, 0.0, LAWS[law].noise_on, np.random.default_rng(1))


def test_the_circle_is_a_disk_in_a_ring():
    X, y = quiet("circle")
    far = np.hypot(*X.T)
    assert far[y == 1].max() < 2.5 and far[y == -1].min() >= 3.5 and far.max() < 5
    assert far[y == 1].mean() == pytest.approx(1.25, abs=0.05)  # the radius is uniform, not the area


def test_exclusive_or_keeps_away_from_the_axes():
    X, y = quiet("exclusive or")
    assert np.abs(X).min() > 0.299 and np.abs(X).max() < 5.31
    np.testing.assert_array_equal(y, np.sign(X[:, 0] * X[:, 1]))


def test_the_clouds_have_variance_one_half_and_seven_times_the_noise():
    for noise, variance in ((0.0, 0.5), (0.5, 4.0)):
        X, y = draw("two clouds", 20_000, noise, POINTS, np.random.default_rng(2))
        assert (X - 2 * y[:, None]).var() == pytest.approx(variance, rel=0.03)


def test_the_spiral_makes_one_and_three_quarter_turns():
    X, y = quiet("spiral", 500)
    arm = X[y == 1]
    np.testing.assert_allclose(np.hypot(*arm.T), 5 * np.arange(250) / 250)
    turned = np.unwrap(np.arctan2(arm[1:, 0], arm[1:, 1]))
    assert turned[-1] - turned[0] == pytest.approx(3.5 * np.pi * 248 / 250)
    np.testing.assert_allclose(X[y == -1], -arm, atol=1e-12)  # the other arm is this one turned by half


def test_the_regressions_are_a_plane_and_six_hills():
    X, y = quiet("plane")
    np.testing.assert_allclose(y, X.sum(axis=1) / 10)
    X, y = quiet("hills")
    np.testing.assert_allclose(y[np.hypot(*(X - [4, 2.5]).T) > 2].max(), y.max(), rtol=0.1)
    for center, sign in (((-4, 2.5), 1), ((0, 2.5), -1), ((4, -2.5), -1)):
        near = np.hypot(*(X - center).T)
        np.testing.assert_allclose(y[near < 1.9], sign * (1 - near[near < 1.9] / 2))


@pytest.mark.parametrize("law", ["circle", "exclusive or", "plane", "hills"])
def test_noise_on_labels_leaves_the_points_and_noise_on_points_the_labels(law):
    still, moved = (draw(law, 500, 0.4, where, np.random.default_rng(3)) for where in (LABELS, POINTS))
    X, y = draw(law, 500, 0.0, LABELS, np.random.default_rng(3))
    assert (still[0] == X).all() and (still[1] != y).any()
    assert (moved[0] != X).any() and (moved[1] == y).all()


# The run -------------------------------------------------------------------------------------------------------------------

KINDS = [
    {},
    {"optimizer": "Adam", "learning_rate": 0.01, "dropout": 0.2, "layers": [8, 8]},
    {"optimizer": "momentum", "penalty": "L1", "penalty_rate": 0.01, "data": "exclusive or", "noise": 20},
    {"optimizer": "RMSProp", "learning_rate": 0.003, "penalty": "L2", "penalty_rate": 0.01, "activation": "relu",
     "weights": "he"},
    {"data": "three arms", "loss": run.CROSS, "batch_size": 7, "features": ["x₁", "x₂", "sin x₁"]},
    {"data": "three arms", "loss": run.SQUARED, "standardize": "standardized", "weights": "xavier"},
    {"data": "hills", "layers": [6], "learning_rate": 0.1, "share": 80, "activation": "silu"},
    {"data": "spiral", "loss": run.CROSS, "batch_size": 500, "noise": 30, "noise_on": LABELS},
    {"data": "your points", "layers": []},
    {"data": "your table"},
    {"patience": 4, "noise": 50, "learning_rate": 0.3},
    {"layers": [4, 3, 2], "frozen": ["2"], "optimizer": "Adam", "learning_rate": 0.01, "penalty": "L1", "penalty_rate": 0.01},
    {"layers": [4, 3, 2], "activations": ["relu", "as all", "sigmoid"], "frozen": ["1", "output"], "dropout": 0.2},
]  # fmt: skip


@pytest.mark.parametrize("changed", KINDS)
def test_a_state_is_gone_on_from_to_the_same_bytes(changed):
    settings, early = at(changed, 9)
    _, late = at(changed, 20, state=early)
    run.session_of(settings).advance(late, settings, 5)  # elsewhere meanwhile,
    at({"learning_rate": 1.0, **changed}, 3, state=late)  # and with another rate
    assert same(at(changed, 20, state=crossed(early))[1], late)
    run.forget()
    assert same(at(changed, 20, state=crossed(early))[1], late)
    assert same(at(changed, *[1] * 29)[1], late)
    assert same(at(changed, 29)[1], late)


def test_a_curve_has_a_row_an_epoch_and_later_one_in_two_whatever_the_steps():
    _, state = at({}, *[1] * 200)
    np.testing.assert_array_equal(state["curve"][:, 0], np.arange(201))
    _, state = at({}, 100, state=state)
    np.testing.assert_array_equal(state["curve"][:, 0], np.arange(0, 301, 2))
    _, state = at({}, *[1] * 301, state=state)
    assert state["curve"][-1, 0] == 601 and len(state["curve"]) < run.MOST_ROWS
    assert same(at({}, 601)[1], state)


def test_a_picture_more_leaves_the_curve_alone():
    settings, state = at({}, 5)
    for _ in range(3):
        PLAYGROUND.picture(settings | {"show": ["classes only"]}, state)
    assert len(state["curve"]) == 6


def test_the_last_batch_is_as_small_as_what_is_left():
    # 250 samples in batches of 30: 8 steps and one of 10 samples, in each epoch
    settings, state = at({"batch_size": 30}, 3)
    assert state["optimizer"]["steps"] == 27
    task = task_of(settings)
    network, _ = run.network_of(settings, task)
    for _ in train(network, task.X, task.y[:, None], loss="mse", optimizer=SGD(0.03), epochs=3, batch_size=30, rng=1):
        pass
    np.testing.assert_allclose(state["parameters"], network.parameters, rtol=1e-12)


def test_l1_makes_weights_0_which_can_come_back():
    settings, state = at({"penalty": "L1", "penalty_rate": 0.3}, 60)
    weights = run.session_of(settings).network_at(state).layers[0].weights
    assert (weights == 0).sum() >= 4
    _, state = at({"penalty": "none"}, 30, state=state)
    assert (run.session_of(settings).network_at(state).layers[0].weights != 0).all()


def test_a_weight_at_0_that_is_set_by_hand_learns_on():
    settings, state = at({"penalty": "L1", "penalty_rate": 0.3}, 60)
    place = int(np.flatnonzero(state["parameters"] == 0)[0])
    state = PLAYGROUND.edit(state, settings, {str(place): 2.0})
    assert state["parameters"][place] == 2
    _, state = at({"penalty": "none"}, 1, state=state)
    assert state["parameters"][place] not in (0, 2)


@pytest.mark.parametrize("penalty", ["L1", "L2"])
def test_biases_are_not_penalized(penalty):
    network = Network([Dense(2, 3, np.ones((2, 3)), 1.0, np.float64), Activation("tanh")])
    optimizer = run.OPTIMIZERS["SGD"](learning_rate=0.1)
    optimizer.penalize(network, **{penalty.lower(): 0.5})
    optimizer.step(network.parameters, network.gradients)
    np.testing.assert_allclose(network.layers[0].weights, 0.95)
    assert (network.layers[0].bias == 1).all()


def test_without_a_penalty_a_step_is_the_optimizers_own():
    for changed in ({}, {"optimizer": "Adam", "learning_rate": 0.01}):
        settings, state = at(changed, 4)
        optimizer = run.session_of(settings).optimizer
        plain = type(optimizer).__mro__[2](settings["learning_rate"])
        task = task_of(settings)
        network, _ = run.network_of(settings, task)
        for _ in train(network, task.X, task.y[:, None], loss="mse", optimizer=plain, epochs=4, batch_size=10, rng=1):
            pass
        np.testing.assert_allclose(state["parameters"], network.parameters, rtol=1e-10)


def parts_of(settings, state):
    """Return the parameters of a state, a vector for each layer with weights."""
    network = run.session_of(settings).network_at(state)
    return [layer.parameters.copy() for layer in network.layers if layer.inputs]


@pytest.mark.parametrize(("optimizer", "penalty"), [*itertools.product(run.OPTIMIZERS, run.PENALTIES)])
def test_a_frozen_layer_stays_as_it_is_to_the_bit_and_the_others_learn(optimizer, penalty):
    how = {"optimizer": optimizer, "penalty": penalty, "learning_rate": 0.01, "penalty_rate": 0.01, "layers": [4, 3, 2]}
    settings, state = at(how, 5)
    for frozen in (["2"], ["1", "3"], ["output"], ["1", "2", "3", "output"]):
        before, memory = parts_of(settings, state), state["optimizer"]
        settings, after = at(how | {"frozen": frozen}, 5, state=state)
        stays = [(one == other).all() for one, other in zip(before, parts_of(settings, after), strict=True)]
        assert stays == [name in frozen for name in ("1", "2", "3", "output")]
        if "1" in frozen:  # what is remembered of it is as it was, too: it goes on from there
            for name in memory.keys() - {"steps"}:
                assert (memory[name][:12] == after["optimizer"][name][:12]).all()
        if len(frozen) < 4:
            assert run.session_of(settings).training.way == "replayed" and after["epoch"] == state["epoch"] + 5


def test_where_every_layer_is_frozen_nothing_is_learned_and_it_says_so():
    settings, state = at({"frozen": ["1", "2", "output"]}, 3)
    assert state["epoch"] == 0 and PLAYGROUND.finished(settings, state)
    assert PLAYGROUND.describe(settings, state).endswith("; every layer is frozen, so nothing is learned.")
    assert "nothing is learned" in PLAYGROUND.challenge(settings | {"data": "spiral"}, state)[0]
    settings, state = at({"frozen": ["1"]}, 3, state=state)
    assert state["epoch"] == 3 and PLAYGROUND.describe(settings, state).endswith("; layer 1 is frozen.")


@pytest.mark.parametrize("optimizer", run.OPTIMIZERS)
def test_a_step_with_nothing_frozen_has_the_calls_of_the_optimizers_own(optimizer):
    network = mlp([2, 3, 1], output="tanh", dtype=np.float64, rng=0)
    ours = run.OPTIMIZERS[optimizer](learning_rate=0.1)
    own = type(ours).__mro__[2](0.1, **({"momentum": 0.9} if optimizer == "momentum" else {}))
    ours.freeze(network, [])
    calls = []
    for one in (ours, own):
        one.prepare(network.parameters, network.gradients)
        record = make_record(network, LOSSES["mse"], one, backpropagate, 10)
        calls.append([(call.function, call.out.shape) for call in record.calls])
    assert ours.learning == (slice(0, network.parameters.size),) and calls[0] == calls[1]


def test_what_learns_is_as_few_parts_as_there_can_be():
    network, optimizer = mlp([2, 3, 4, 1], output="tanh", rng=0), run.OPTIMIZERS["SGD"](learning_rate=0.1)
    for frozen, parts in (([0], [(9, 30)]), ([1], [(0, 9), (25, 30)]), ([1, 2], [(0, 9)]), ([0, 1, 2], [])):
        optimizer.freeze(network, frozen)
        assert [(part.start, part.stop) for part in optimizer.learning] == parts


def test_a_layer_can_have_an_activation_of_its_own():
    settings, state = at({"layers": [4, 3, 2], "activation": "relu", "activations": ["as all", "sigmoid"]}, 1)
    layers = run.session_of(settings).network.layers
    assert [layer.name for layer in layers if isinstance(layer, Activation)] == ["relu", "sigmoid", "relu", "tanh"]
    assert panel(settings, state, "network")["label"].endswith("parameters; layer 2 has sigmoid")


def test_what_is_said_of_layers_that_there_are_not_is_brought_into_the_network():
    settings = PLAYGROUND.check({"layers": [4, 2], "layer": 7, "neuron": 8, "frozen": ["2", "5", "output"],
                                 "activations": ["as all", "as all", "relu"]})  # fmt: skip
    assert (settings["layer"], settings["neuron"]) == (3, 1)
    assert (settings["frozen"], settings["activations"]) == (["2", "output"], [])
    own = {name: settings[name] for name in ("layers", "frozen")}
    settings = PLAYGROUND.check({"layers": [4, 2], "layer": 7, "neuron": 8, "data": "three arms", "pinned": own})
    assert (settings["layer"], settings["neuron"], settings["pinned"]["frozen"]) == (3, 3, ["2", "output"])
    settings = PLAYGROUND.check({"layers": [4, 2], "layer": 2, "neuron": 3, "pinned": {"layers": [], "frozen": ["1"]}})
    assert (settings["layer"], settings["neuron"], settings["pinned"]["frozen"]) == (2, 2, [])


def test_too_much_of_l2_is_said_in_words_and_the_run_stays_where_it_was():
    changed = {"penalty": "L2", "penalty_rate": 10.0, "learning_rate": 1.0}
    _, state = at({}, 5)
    answer = reply("playground", changed, state, 3)
    assert "η λ = 10.0, more than 2" in answer["sentence"] and answer["finished"]
    np.testing.assert_array_equal(answer["state"]["parameters"], state["parameters"])
    assert answer["state"]["epoch"] == 5
    on = reply("playground", {}, answer["state"], 1)
    assert not on["finished"] and on["state"]["epoch"] == 6
    np.testing.assert_array_equal(on["state"]["parameters"], at({}, 6)[1]["parameters"])


def test_numbers_that_grow_beyond_bounds_are_one_sentence_with_a_cause():
    changed = {"data": "hills", "activation": "relu", "learning_rate": 10, "layers": [8, 8]}
    answer = reply("playground", changed, steps=50)
    assert f"The run broke in epoch {answer['state']['epoch'] + 1}: its numbers grew beyond all bounds" in answer["sentence"]
    assert answer["finished"] and answer["state"]["epoch"] < 50
    settings = PLAYGROUND.check(changed)
    assert same(at(changed, *[1] * 50)[1], answer["state"])
    assert not PLAYGROUND.finished(settings | {"learning_rate": 0.01}, answer["state"])


def test_a_new_start_has_the_same_weights_and_another_draw_of_data_no_old_loss():
    settings, state = at({}, 30)
    again = PLAYGROUND.start(settings)
    np.testing.assert_array_equal(again["parameters"], at({})[1]["parameters"])
    other = reply("playground", {"draw": 2}, state)
    numbers = next(panel for panel in other["picture"] if panel["name"] == "curves")
    assert [len(line["at"]) for line in numbers["lines"]] == [1, 1]
    np.testing.assert_array_equal(run.session_of(other["settings"]).start()["parameters"], again["parameters"])


@pytest.mark.parametrize("name", run.MOVING)
def test_what_may_change_while_it_trains_does_not_begin_anew(name):
    other = {"learning_rate": 0.1, "penalty": "L2", "penalty_rate": 0.1, "batch_size": 25, "dropout": 0.4, "frozen": ["1"]}[
        name
    ]
    more = {"penalty": "L1"} if name == "penalty_rate" else {}
    _, state = at(more, 4)
    _, after = at(more | {name: other}, 1, state=state)
    _, without = at(more, 1, state=state)
    assert after["epoch"] == 5 and (after["parameters"] != without["parameters"]).any()


@pytest.mark.parametrize("name", run.NETWORK)
def test_what_makes_another_network_begins_anew(name):
    other = {"layers": [3], "activation": "relu", "activations": ["as all", "relu"], "weights": "he", "start": 2,
             "loss": run.CROSS, "optimizer": "Adam"}[name]  # fmt: skip
    _, state = at({}, 4)
    assert at({name: other}, 1, state=state)[1]["epoch"] == 1


def test_early_stopping_gives_back_the_weights_of_the_lowest_test_loss():
    changed = {"patience": 5, "noise": 50, "layers": [8, 8], "learning_rate": 0.3}
    settings, state = at(changed, 500)
    losses = state["curve"][:, 2]
    assert PLAYGROUND.finished(settings, state)
    assert state["epoch"] == state["best"]["epoch"] + 5
    assert run.session_of(settings).measured(state)[2] == pytest.approx(losses.min())
    assert "with the weights of epoch" in PLAYGROUND.describe(settings, state)


@pytest.mark.parametrize(
    ("activation", "optimizer", "loss", "data"),
    [(activation, "SGD", run.SQUARED, "circle") for activation in HIDDEN]
    + [("tanh", *rest) for rest in itertools.product(run.OPTIMIZERS, run.LOSS_NAMES, ["circle", "three arms", "hills"])],
)
@pytest.mark.parametrize("penalty", run.PENALTIES)
def test_training_is_replayed_by_its_record(activation, optimizer, loss, data, penalty):
    changed = {"activation": activation, "optimizer": optimizer, "loss": loss, "data": data, "penalty": penalty}
    settings, _ = at(changed, 2)
    assert run.session_of(settings).training.way == "replayed"


@pytest.mark.parametrize("changed", [*KINDS, *({"activation": activation} for activation in HIDDEN)])
def test_a_page_can_compile_the_steps_and_the_pictures(changed, monkeypatch):
    made = []

    def compile_it(record, *batches):
        made.append(compiled.Compiled(record, *batches))  # raises NotCompilable
        return False  # and NumPy goes on

    monkeypatch.setattr(compiled, "load", lambda code, imports: None)
    for module in (epochs, answers):
        monkeypatch.setattr(module, "compiled", compile_it)
    forget()
    settings, state = at(changed, 2)
    PLAYGROUND.picture(settings, state)
    forget()
    assert len(made) >= 3  # a step, what is measured, and the maps


def test_a_learning_rate_changed_by_hand_is_replayed_too():
    settings, state = at({}, 2)
    for rate in (0.1, 0.2, 0.3):
        settings, state = at({"learning_rate": rate}, 1, state=state)
        assert run.session_of(settings).training.way == "replayed"


def test_a_generators_state_comes_back_whole():
    rng, other = np.random.default_rng(3), np.random.default_rng(4)
    rng.integers(10, dtype=np.int32)  # half of a 64-bit number is left for the next draw
    run.unpack(other, run.pack(rng))
    assert rng.bit_generator.state == other.bit_generator.state
    assert (rng.random(5) == other.random(5)).all()


def test_its_task_is_met_by_a_network_that_learns_the_spiral():
    settings, state = at({"data": "spiral", "layers": [8, 8], "optimizer": "Adam", "learning_rate": 0.01}, 500)
    task, done = PLAYGROUND.challenge(settings, state)
    assert done and "the spiral" in task


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"data": "circle"}, "choose the spiral"), ({"features": ["x₁", "x₁²", "x₂"]}, "leave x₁² out"),
     ({"features": ["x₁"]}, "give it both"), ({"layers": []}, "hidden layers that bend"),
     ({"activation": "identity"}, "hidden layers that bend")],
)  # fmt: skip
def test_where_the_task_can_not_be_met_it_says_so(changed, words):
    settings, state = at({"data": "spiral"} | changed)
    task, done = PLAYGROUND.challenge(settings, state)
    assert words in task and not done


def test_without_points_it_says_what_is_missing():
    answer = reply("playground", {"data": "your points", "points": []}, steps=3)
    assert "there are no points: add some" in answer["sentence"] and answer["finished"]
    assert PLAYGROUND.code(answer["settings"], 3) is None


def panel(settings, state, name):
    return next(panel for panel in PLAYGROUND.picture(settings, state) if panel["name"] == name)


def test_your_points_are_shown_in_their_order_and_can_be_changed():
    rows = [[1, 2, 1], [3, 4, -1], [-1, -2, -1], [0, 5, 1], [6, -6, 1]]
    settings, state = at({"data": "your points", "points": rows})
    points = panel(settings, state, "output")["points"]
    np.testing.assert_array_equal(np.column_stack([points["at"], points["labels"]]), rows)
    assert points["sets"] == "points" and points["edits"]
    task = task_of(settings)
    assert sorted(points["at"][points["unseen"] == 0].tolist()) == sorted(task.X.tolist())
    assert not panel(*at({}), "output")["points"]["edits"]


def test_points_of_numbers_have_their_numbers_and_those_that_are_not_in_the_plane_are_left_out():
    settings, state = at({"data": "plane", "show": ["test points"]})
    points = panel(settings, state, "output")["points"]
    assert points["classes"] == 0 and len(points["at"]) == 500 and 0 < np.abs(points["labels"]).min() < 0.1
    assert points["unseen"].any() and not points["unseen"].all()
    settings, state = at({"data": "two clouds", "noise": 80})
    assert np.abs(panel(settings, state, "output")["points"]["at"]).max() <= 6 < np.abs(task_of(settings).X).max()


def test_classes_only_leaves_two_colors_and_the_losses():
    settings, state = at({}, 3)
    fields = panel(settings | {"show": ["classes only"]}, state, "output")["field"]
    assert set(np.unique(fields)) == {0, 255}
    assert len(np.unique(panel(settings, state, "output")["field"])) > 20


def test_the_pictures_are_the_networks_answers():
    for changed in ({}, {"loss": run.CROSS}, {"data": "hills", "activation": "relu"}, {"data": "three arms"}):
        settings, state = at(changed, 3)
        session = run.session_of(settings)
        network, task = session.network_at(state), session.task
        cells = panels.grid(*task.plane, maps.LARGE)
        y_hat = network.run(task.features(cells))
        field = panel(settings, state, "output")["field"]
        if task.kind == "classes":
            np.testing.assert_allclose(field.reshape(-1, 3) / 255, y_hat, atol=0.002)
        else:
            wanted = 2 * y_hat - 1 if session.output == "sigmoid" else y_hat.clip(-1, 1)
            np.testing.assert_allclose(field.ravel() / 127.5 - 1, wanted[:, 0], atol=0.005)
        small = panel(settings, state, "network")["fields"]
        assert small.shape == (len(task.inputs) + sum(settings["layers"]) + network.outputs, 30, 30)
        first = network.trace(task.features(panels.grid(*task.plane, 30)))[1][:, 0]
        top = max(1, np.abs(first).max())
        np.testing.assert_allclose(small[len(task.inputs)].ravel() / 127.5 - 1, first / top, atol=0.005)


def test_what_is_standardized_is_shown_with_its_numbers():
    settings, state = at({"standardize": "standardized", "features": ["x₁", "x₂", "x₁²"], "data": "two clouds"})
    cells = {row["cells"][0]: row["cells"][1] for row in panel(settings, state, "numbers")["rows"]}
    task = task_of(settings)
    assert float(cells["mean of x₁²"]) == pytest.approx((task.X[:, 0] ** 2).mean(), abs=0.01)
    given = task.features(task.X)
    np.testing.assert_allclose([given.mean(axis=0), given.std(axis=0)], [[0, 0, 0], [1, 1, 1]], atol=1e-9)
    again = task.features(task.X_test)
    assert 0.01 < np.abs(again.mean(axis=0)).max() < 0.5  # by the numbers of the training points


def test_every_neuron_has_its_bias_the_output_too_and_each_can_be_set_by_hand():
    settings, state = at({}, 3)
    shown = panel(settings, state, "network")
    assert [len(bias) for bias in shown["biases"]] == [4, 2, 1] and shown["edits"]
    after = PLAYGROUND.edit(state, settings, {str(state["parameters"].size - 1): 0.75})
    assert panel(settings, after, "network")["biases"][-1] == [0.75] != shown["biases"][-1]
    assert after["epoch"] == 3 and after["curve"][-1, 1] != state["curve"][-1, 1]
    assert len(after["curve"]) == 4


def test_a_weight_set_beyond_reason_is_answered():
    settings = PLAYGROUND.check({"layers": [8] * 6, "activation": "relu", "data": "plane"})
    edits = {str(place): 1e300 for place in range(PLAYGROUND.start(settings)["parameters"].size)}
    answer = reply("playground", settings, None, 0, edits)
    pack(answer)
    on = reply("playground", settings, answer["state"], 3)
    assert on["finished"] and "The run broke in epoch 1" in on["sentence"]


@pytest.mark.parametrize(
    ("changed", "steps", "why"),
    [
        (
            {"data": "hills", "activation": "relu", "learning_rate": 10, "layers": [8, 8]},
            3,
            "the run broke in epoch 1, and would",
        ),
        ({"patience": 1, "learning_rate": 1}, 50, "early stopping has ended the run"),
        ({"data": "your points", "points": []}, 1, "there are no points: add some"),
    ],
)
def test_a_run_at_its_end_says_why_no_step_is_made(changed, steps, why):
    answer = reply("playground", changed, steps=steps)
    again = reply("playground", changed, answer["state"], 1)
    assert again["finished"] and why in again["over"] and why in answer["over"]
    assert again["span"][0] == again["span"][1]
    assert "0 epochs" not in again["sentence"]


@pytest.mark.parametrize("lens", lenses.NAMES)
def test_a_run_that_has_broken_says_so_through_every_lens(lens):
    answer = reply("playground", {"lens": lens, "penalty": "L2", "penalty_rate": 10.0, "learning_rate": 1.0}, steps=3)
    assert "The run broke in epoch" in answer["sentence"]


def test_other_data_and_other_weights_take_the_same_pictures_and_another_network_or_scale_does_not():
    forget()
    for changed in ({}, {"noise": 30}, {"draw": 7}, {"start": 5}, {"data": "spiral"}, {"learning_rate": 1.0}, {"dropout": 0.5}):
        PLAYGROUND.picture(*at(changed, 2))
    assert len(maps._kept) == 1
    for count, changed in enumerate(({"layers": [4]}, {"activation": "relu"}, {"standardize": "standardized"}), start=2):
        PLAYGROUND.picture(*at(changed, 2))
        assert len(maps._kept) == count
    assert len(maps._kept) == maps.KEPT
    before = panel(*at({}, 2), "output")["field"]
    panel(*at({"start": 5}, 2), "output")
    np.testing.assert_array_equal(panel(*at({}, 2), "output")["field"], before)


@pytest.mark.parametrize("points", [[], [[1, 1, 1]], [[1, 1, 1], [2, 1, 1]]], ids=["none", "one", "of one class"])
def test_where_nothing_can_be_learned_no_numbers_are_told(points):
    settings, state = at({"data": "your points", "points": points})
    table = next(panel for panel in PLAYGROUND.picture(settings, state) if panel["name"] == "numbers")
    cells = [row["cells"] for row in table["rows"]]
    assert cells[:2] == [["loss", "–", "–"], ["right", "–", "–"]]
    assert PLAYGROUND.describe(settings, state).startswith("Nothing can be learned yet")
