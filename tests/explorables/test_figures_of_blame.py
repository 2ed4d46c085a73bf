"""The figures of backpropagation: one network worked by hand, and the blame that flows through a trained one."""

import math

import numpy as np
import pytest

from nnlib import check_gradients
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.backprop_step_by_step import IDLE, LABELS, TOO_FAR, VANISHING
from nnlib.explorables.figures.watch_the_blame_flow import (
    GROWING,
    NO_WAY,
    NOBODY,
    both_ways,
    data,
    everywhere,
    network_of,
    searched,
    target,
    trained,
)
from nnlib.explorables.models.worked_example import KEYS, WEIGHTS, build, code_lines, differences, work
from nnlib.live.protocol import reply
from nnlib.training import backpropagate

STEP, FLOW = EXPLORABLES["backprop_step_by_step"], EXPLORABLES["watch_the_blame_flow"]
ALL = len(KEYS)
ORDER = "z1 a1 z2 a2 z3 y_hat L dy d3 v1 v2 c da1 d1 w11 w21 b1 da2 d2 w12 w22 b2 update"


def shown(explorable, steps=0, **settings):
    answer = reply(explorable.name, settings, steps=steps)
    return {panel["name"]: panel for panel in answer["picture"]}, answer


def by_hand():
    """Return the numbers of the default network, one arithmetic operation after the other."""

    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    n = {"z1": 0.5 * 0.8 + -1.0 * -0.4 + 0.2, "z2": -0.7 * 0.8 + 0.6 * -0.4 + 0.1}  # 1.0 and −0.7
    n |= {"a1": sigmoid(1.0), "a2": sigmoid(-0.7)}
    n["z3"] = 1.2 * n["a1"] - 0.8 * n["a2"] - 0.3
    n["y_hat"] = sigmoid(n["z3"])
    n["L"] = (n["y_hat"] - 1) ** 2
    n["dy"] = 2 * (n["y_hat"] - 1)
    n["d3"] = n["dy"] * n["y_hat"] * (1 - n["y_hat"])
    n |= {"v1": n["d3"] * n["a1"], "v2": n["d3"] * n["a2"], "c": n["d3"], "da1": n["d3"] * 1.2, "da2": n["d3"] * -0.8}
    n["d1"] = n["da1"] * n["a1"] * (1 - n["a1"])
    n["d2"] = n["da2"] * n["a2"] * (1 - n["a2"])
    n |= {
        "w11": n["d1"] * 0.8,
        "w21": n["d1"] * -0.4,
        "b1": n["d1"],
        "w12": n["d2"] * 0.8,
        "w22": n["d2"] * -0.4,
        "b2": n["d2"],
    }
    moved = {name: value - n[name] for name, value in STEP.presets["the worked example"].items() if name in WEIGHTS}  # η = 1
    a1 = sigmoid(moved["w11"] * 0.8 - moved["w21"] * 0.4 + moved["b1"])
    a2 = sigmoid(moved["w12"] * 0.8 - moved["w22"] * 0.4 + moved["b2"])
    n["after"] = (sigmoid(moved["v1"] * a1 + moved["v2"] * a2 + moved["c"]) - 1) ** 2
    return n


# backprop, step by step


def test_every_number_of_the_worked_example_is_the_one_worked_by_hand():
    numbers = work(STEP.defaults())
    for name, number in by_hand().items():
        assert numbers[name] == pytest.approx(number, rel=1e-12), name


def test_the_steps_go_forward_to_the_loss_and_back_to_every_weight_and_each_shows_one_number_more():
    assert " ".join(KEYS) == ORDER
    expected = by_hand()
    before = 0
    for done in range(1, ALL + 1):
        picture, answer = shown(STEP, done)
        _, (first, _, second), (output,), (loss,) = picture["graph"]["layers"]
        numbers = {"z1": first["before"], "a1": first["value"], "d1": first["gradient"], "z2": second["before"],
                   "a2": second["value"], "d2": second["gradient"], "z3": output["before"], "y_hat": output["value"],
                   "d3": output["gradient"], "L": loss["value"]}  # fmt: skip
        numbers |= {edge["sets"]: edge["gradient"] for edge in picture["graph"]["edges"] if edge["sets"]}
        known = {name: number for name, number in numbers.items() if number is not None}
        assert known.keys() == set(KEYS[:done]) & numbers.keys()
        assert known == pytest.approx({name: expected[name] for name in known})
        assert len(known) == before + (KEYS[done - 1] in numbers)
        before = len(known)
        assert answer["finished"] == (done == ALL)


@pytest.mark.parametrize("loss", ["mse", "binary_cross_entropy"])
def test_each_step_lights_its_equation_its_line_of_code_and_what_they_speak_of(loss):
    for done, key in enumerate(KEYS, start=1):
        picture, _ = shown(STEP, done, loss=loss)
        now = picture["now"]
        assert now["lit"] == key == now["keys"][0]
        code = picture["code"]
        lines = [line for line, keys in zip(code["lines"], code["keys"], strict=True) if key in keys.split()]
        assert now["lines"][2].strip() == lines[0] and len(lines) == (4 if key == "update" else 1)
        parts = [part for layer in picture["graph"]["layers"] for part in layer] + picture["graph"]["edges"]
        assert any(key in (part["key"] or "").split() for part in parts)
        rows = [row["key"] for row in picture["check"]["rows"] if row["role"] == "now"]
        assert rows == [key] * (key in WEIGHTS)


def test_an_equation_says_the_numbers_that_its_rule_speaks_of():
    picture, answer = shown(STEP, KEYS.index("w21") + 1)
    assert picture["now"]["lines"][:2] == ["∂L/∂w₂₁ = δ₁ x₂", "  = (−0.0487)·(−0.40) = 0.0195"]
    assert answer["sentence"] == "Step 16 of 23, backward: ∂L/∂w₂₁ = δ₁ x₂ = (−0.0487)·(−0.40) = 0.0195."
    picture, _ = shown(STEP, ALL)
    assert picture["now"]["lines"][1] == "  with η = 1.0, L goes from 0.1787 to 0.1124"


def random_settings(seed):
    rng = np.random.default_rng(seed)
    return {name: float(rng.uniform(-2, 2)) for name in (*WEIGHTS, "x1", "x2")} | {"y": float(rng.integers(2))}


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("loss", ["mse", "binary_cross_entropy"])
def test_gradients_are_those_of_training_and_of_the_lines_of_numpy_and_agree_with_differences(activation, loss):
    for seed in range(5):
        settings = STEP.check({**random_settings(seed), "activation": activation, "loss": loss})
        numbers, (network, x, y, judge) = work(settings), build(settings)
        assert check_gradients(network, x, y, loss).passed
        backpropagate(network, judge, network.forward(x), y)
        np.testing.assert_allclose([numbers[name] for name in WEIGHTS], network.gradients, rtol=1e-12, atol=1e-300)
        for name, (difference, error) in differences(settings).items():
            assert error < 1e-7 and difference == pytest.approx(numbers[name], abs=1e-7)
        found = run_lines(settings)
        mine = [*found["dW"].ravel(), *found["db"], *found["dV"].ravel(), *found["dc"]]
        np.testing.assert_allclose(mine, network.gradients, rtol=1e-9, atol=1e-300)
        assert found["L"].item() == pytest.approx(numbers["L"])


def run_lines(settings):
    """Return what the panel of code computes, run as it stands."""
    w11, w12, w21, w22, b1, b2, v1, v2, c = (settings[name] for name in WEIGHTS)
    names = {"x": np.array([[settings["x1"], settings["x2"]]]), "y": np.array([[settings["y"]]]), "np": np,
             "learning_rate": 0.5, "W": np.array([[w11, w12], [w21, w22]]), "b": np.array([b1, b2]),
             "V": np.array([[v1], [v2]]), "c": np.array([c]),
             "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "log": np.log}  # fmt: skip
    exec("\n".join(code_lines(settings)[0]), names)
    return names


def test_a_difference_across_the_kink_of_a_relu_is_judged_by_the_slope_to_one_side():
    settings = STEP.check({"activation": "relu", "w11": 0, "w21": 0, "b1": 0})  # z₁ = 0 exactly
    assert work(settings)["w11"] == 0
    assert all(error < 1e-7 for _, error in differences(settings).values())


@pytest.mark.parametrize("name", WEIGHTS)
def test_the_tangent_touches_the_loss_where_the_weight_is(name):
    picture, _ = shown(STEP, KEYS.index(name) + 1)
    curve, tangent = (line["at"] for line in picture["slope"]["lines"])
    assert picture["slope"]["x"]["label"].endswith(LABELS[name])
    (handle,) = picture["slope"]["handles"]
    x, loss = handle["at"]
    slope = np.diff(tangent[:, 1])[0] / np.diff(tangent[:, 0])[0]
    assert slope == pytest.approx(by_hand()[name])
    assert tangent[0, 1] + slope * (x - tangent[0, 0]) == pytest.approx(loss) == by_hand()["L"]
    near = abs(curve[:, 0] - x) < 0.3
    assert abs(curve[near, 1] - (loss + slope * (curve[near, 0] - x))).max() < 0.02


def test_the_last_step_shows_the_loss_along_the_gradient():
    picture, _ = shown(STEP, ALL)
    curve, tangent = (line["at"] for line in picture["slope"]["lines"])
    assert curve[0].tolist() == pytest.approx([0, by_hand()["L"]])
    assert curve[3].tolist() == pytest.approx([1, by_hand()["after"]])  # 61 learning rates from 0 to 20
    assert (curve[1, 1] - curve[0, 1]) / curve[1, 0] == pytest.approx(np.diff(tangent[:, 1])[0] / 20, rel=0.2)


def test_before_the_first_step_nothing_is_known():
    picture, answer = shown(STEP)
    assert all(node["value"] is None for layer in picture["graph"]["layers"][2:] for node in layer)
    assert all(row["cells"][1:] == ["", "", ""] for row in picture["check"]["rows"])
    assert len(picture["slope"]["lines"]) == 1 and not answer["finished"]


def test_twins_get_the_same_gradients_and_zero_weights_hand_nothing_back():
    twins = work(STEP.check(STEP.presets["twins"]))
    assert [twins[a] for a in ("w11", "w21", "b1", "v1")] == [twins[b] for b in ("w12", "w22", "b2", "v2")]
    zero = work(STEP.check(STEP.presets["all weights zero"]))
    assert [zero[name] for name in ("d1", "d2", "w11", "b2")] == [0] * 4 and zero["c"] != 0


@pytest.mark.parametrize(
    ("task", "settings", "done"),
    [(VANISHING, {"c": -4.0, "v1": -4.0, "v2": -4.0}, True), (VANISHING, {"c": -4.0, "v1": -4.0, "v2": 0.9}, False),
     (VANISHING, {"b1": 4, "w11": 4, "w21": -4, "b2": 4, "w12": 4, "w22": -4, "v1": -2, "v2": -2}, True),
     (VANISHING, {}, False), (IDLE, {"activation": "tanh", "b1": -0.8}, True), (IDLE, {"activation": "tanh"}, False),
     (IDLE, {"activation": "tanh", "b1": -0.8, "v1": 0}, False), (IDLE, {"x1": 0}, False),
     (IDLE, {"activation": "relu", "b1": -0.8}, False),
     (TOO_FAR, {"y": 0.55, "learning_rate": 20}, True), (TOO_FAR, {}, False)],
)  # fmt: skip
def test_the_challenges_of_the_steps_are_recognized(task, settings, done):
    assert shown(STEP, task=task, **settings)[1]["challenge"]["done"] is done


def one_click(figure):
    """Return the settings that one click, or one drag to an end, leads to from the start."""
    changes = [{}, *figure.presets.values()]
    for control in figure.controls:
        if control.name != "task":
            ends = control.options if control.kind == "choice" else (control.low, control.high)
            changes += [{control.name: end} for end in ends]
    return changes


@pytest.mark.parametrize(
    ("figure", "task"), [(STEP, VANISHING), (STEP, IDLE), (STEP, TOO_FAR), (FLOW, NOBODY), (FLOW, GROWING), (FLOW, NO_WAY)]
)
def test_no_task_is_done_by_one_click(figure, task):
    assert not any(shown(figure, task=task, **change)[1]["challenge"]["done"] for change in one_click(figure))


def test_a_search_finds_the_idle_weight_for_tanh_and_for_the_others_the_task_says_why_not():
    for activation in ("sigmoid", "tanh", "relu"):
        solved = False
        for b1 in np.arange(-4, 4.01, 0.05):  # the slider of the bias, the rest as the figure begins
            settings = STEP.check({"task": IDLE, "activation": activation, "b1": round(float(b1), 2)})
            task, done = STEP.challenge(settings, None)
            solved |= done
        for seed in range(100):
            settings = STEP.check({**random_settings(seed), "w11": 0, "w21": 0, "b1": 0} if seed % 2 else random_settings(seed))
            solved |= STEP.challenge(settings | {"task": IDLE, "activation": activation}, None)[1]
        assert solved is (activation == "tanh")
        assert ("choose another φ" in task) is not solved


@pytest.mark.parametrize("task", [VANISHING, TOO_FAR])
def test_a_search_of_random_settings_solves_the_other_tasks_of_the_steps(task):
    rng, found = np.random.default_rng(0), 0
    for _ in range(300):
        settings = {name: float(rng.choice([-4, -2, 2, 4])) for name in WEIGHTS} | {
            "y": float(rng.uniform()),
            "learning_rate": 20,
        }
        found += STEP.challenge(STEP.check({**settings, "task": task}), None)[1]
    assert 0 < found < 300


# watch the blame flow


def flow(**settings):
    settings = FLOW.check(settings)
    state = FLOW.start(settings)
    y = target(settings)
    network = network_of(settings["activation"], settings, state)
    return network, y, *both_ways(network, settings, y)


def test_delta_is_what_a_nudge_of_z_does_to_the_loss():
    network, y, _, deltas = flow(x1=0.4, x2=-0.3, activation="tanh", target="0")
    dense, h = network.layers[::2], 1e-6
    for depth, layer in enumerate(dense, start=1):
        for j in range(layer.outputs):
            losses = []
            for sign in (1, -1):
                layer.bias[j] += sign * h  # a nudge of the bias is a nudge of z
                losses.append((network.forward(np.array([[0.4, -0.3]]))[0, 0] - y) ** 2)
                layer.bias[j] -= sign * h
            assert (losses[0] - losses[1]) / (2 * h) == pytest.approx(deltas[depth][0, j], abs=1e-8)


def test_nodes_show_the_activations_and_the_deltas_and_edges_what_they_pass_on():
    picture, _ = shown(FLOW, x1=0.4, x2=-0.3)
    network, _, outputs, deltas = flow(x1=0.4, x2=-0.3)
    for way, numbers in (("forward", outputs), ("backward", deltas)):
        for layer, expected in zip(picture[way]["layers"], numbers, strict=True):
            assert [node["value"] for node in layer] == pytest.approx(expected[0])
    (edge,) = [edge for edge in picture["backward"]["edges"] if edge["source"] == [1, 2] and edge["target"] == [2, 0]]
    gradient = outputs[1][0, 2] * deltas[2][0, 0]
    assert np.sign(edge["value"]) == np.sign(gradient) and edge["value"] ** 2 / 25 == pytest.approx(abs(gradient))
    (edge,) = [edge for edge in picture["forward"]["edges"] if edge["source"] == [1, 2] and edge["target"] == [2, 0]]
    passed = network.layers[2].weights[2, 0] * outputs[1][0, 2]
    assert edge["value"] == pytest.approx(np.sign(passed) * 5 * math.sqrt(min(1, abs(passed))))


def test_the_networks_learn_as_they_are_trained():
    X, labels = data()
    for activation in trained():
        losses = []
        for stage in ("none", "20 epochs", "100 epochs", "1,000 epochs"):
            y_hat = network_of(activation, {"trained": stage}, trained()).run(X)[:, 0]
            losses.append(((y_hat - labels) ** 2).mean())
        assert losses == sorted(losses, reverse=True) and losses[-1] < 0.05


def test_the_target_is_that_of_the_nearest_point_unless_it_is_set():
    X, labels = data()
    for index in (0, 17, 63):
        place = {"x1": X[index, 0] + 1e-6, "x2": X[index, 1]}
        assert target(FLOW.check(place)) == labels[index]
        assert target(FLOW.check({**place, "target": "1"})) == 1


def tries(task, **settings):
    """Return what the figure says of a task at each place of a grid over the plane: (words, done)."""
    across = np.linspace(-3, 3, 61)
    state = FLOW.start({})
    for x1 in across:
        for x2 in across:
            yield FLOW.challenge(FLOW.check({**settings, "task": task, "x1": x1, "x2": x2}), state)


@pytest.mark.parametrize(
    ("task", "settings", "possible"),
    [(NOBODY, {"target": "1", "trained": "1,000 epochs"}, True),
     (NOBODY, {"trained": "20 epochs", "activation": "relu"}, False), (GROWING, {"trained": "1,000 epochs"}, True),
     (GROWING, {"activation": "sigmoid"}, False), (GROWING, {"trained": "20 epochs"}, False),
     (NO_WAY, {"activation": "relu"}, True), (NO_WAY, {}, False)],
)  # fmt: skip
def test_a_search_over_the_plane_solves_a_task_of_the_flow_or_the_task_says_that_no_input_does(task, settings, possible):
    seen = list(tries(task, **settings))
    assert any(done for _, done in seen) is possible
    assert all(("no input does it" in words) is not possible for words, _ in seen)


def test_everywhere_is_what_both_ways_finds_at_one_input():
    settings = FLOW.check({"activation": "tanh"})
    network = network_of("tanh", settings, FLOW.start({}))
    (x, y), (off, deltas) = searched(settings["target"]), everywhere(network, settings)
    for index in (0, 100, 2000):
        at = {**settings, "x1": x[index, 0], "x2": x[index, 1]}
        outputs, here = both_ways(network, at, target(at))
        assert off[index] == pytest.approx(abs(outputs[-1][0, 0] - y[index, 0]))
        for many, one in zip(deltas, here, strict=True):
            np.testing.assert_allclose(many[index], one[0], atol=1e-15)
