"""Every explorable keeps the contract; then what each one in particular must show."""

import ast
import copy
import re
from pathlib import Path

import legal
import numpy as np
import pytest

from nnlib import Perceptron, explorables
from nnlib.clinic import NAMES
from nnlib.explorables import EXPLORABLES, panels
from nnlib.explorables.explorable import remembered
from nnlib.explorables.figures.draw_a_digit import as_digit, stroke
from nnlib.explorables.models.patients import DIAGNOSES, PATIENTS, WELL, record
from nnlib.live.join_modules import VIEW
from nnlib.live.protocol import opening, pack, reply

every = pytest.mark.parametrize("explorable", EXPLORABLES.values(), ids=EXPLORABLES)
KINDS = {"plane", "series", "network", "bars", "image", "pad", "table", "matrices", "equations", "layers"}


def ends(explorable):
    """Settings with each control at each of its ends, or at each of its options, and each preset."""
    for control in explorable.controls:
        yield from ({control.name: value} for value in legal.ends(control))
    yield from explorable.presets.values()


@every
def test_is_named_after_its_file(explorable):
    assert type(explorable).__module__ == f"nnlib.explorables.figures.{explorable.name}"


@every
def test_defaults_are_legal(explorable):
    checked = explorable.check({})
    assert checked.keys() == explorable.defaults().keys()
    for name, value in explorable.defaults().items():
        np.testing.assert_array_equal(checked[name], value)


@every
def test_each_control_is_in_one_group_and_needs_an_option_that_there_is(explorable):
    controls = {control.name: control for control in explorable.controls}
    grouped = [name for names in explorable.groups.values() for name in names]
    assert not grouped or sorted(grouped) == sorted(controls)
    assert explorable.needs.keys() <= controls.keys()
    for name, options in explorable.needs.values():
        assert options and {*options} < {*controls[name].options}


@every
def test_refuses_an_unknown_setting_and_names_the_legal_ones(explorable):
    with pytest.raises(ValueError, match=f"a setting of {explorable.name} must be one of '{explorable.controls[0].name}'"):
        explorable.check({"lerning_rate": 1.0})


@every
@pytest.mark.parametrize("tiny", [5e-324, -1e-200, 1e-160])
def test_numbers_whose_square_is_0_are_drawn_as_all_others(explorable, tiny):
    tiny_ones = {one.name: tiny for one in explorable.controls if one.kind == "number" and one.low < 0 < one.high}
    tiny_ones |= {one.name: [[tiny, 0, 1], [1, tiny, -1]] for one in explorable.controls if one.kind == "points"}
    for changed in ({name: value} for name, value in tiny_ones.items()):
        reply(explorable.name, changed, steps=3 * explorable.trains)
    reply(explorable.name, tiny_ones, steps=3 * explorable.trains)


@every
def test_shows_finite_panels_with_different_names_at_the_ends_of_every_control(explorable):
    start = explorable.start(explorable.defaults())
    for changed in ends(explorable):
        settings = explorable.check(changed)
        state = explorable.start(settings) if explorable.trains else start
        if explorable.trains:
            state = explorable.advance(state, settings, 3)
        picture = explorable.picture(settings, state)
        pack(picture)  # raises at NaN, infinity, and anything that is not plain
        assert {panel["kind"] for panel in picture} <= KINDS
        assert len({panel["name"] for panel in picture}) == len(picture)
        for array in arrays(picture):
            assert np.isfinite(array).all()
        sentence = explorable.describe(settings, state)
        assert sentence.endswith(".") and "nan" not in sentence


@every
def test_handles_and_edges_set_controls_that_exist(explorable):
    settings = explorable.defaults()
    known = set(settings)
    for panel in explorable.picture(settings, explorable.start(settings)):
        assert {name for handle in panel.get("handles", ()) for name in handle["sets"]} <= known
        assert {edge["sets"] for edge in panel.get("edges", ())} - {None} <= known
        blocks = [part for part in panel.get("parts", ()) if part.get("sets")]
        assert {name for part in blocks for line in part["sets"] for name in line} <= known


@every
def test_a_handle_dropped_where_it_is_leaves_its_settings_alone(explorable):
    settings = explorable.defaults()
    for panel in explorable.picture(settings, explorable.start(settings)):
        for handle in panel.get("handles", ()):
            x, y = handle["at"]
            for name, (p, q, r) in handle["sets"].items():
                assert p * x + q * y + r == pytest.approx(settings[name], abs=1e-9)


@every
def test_advance_leaves_the_old_state_as_it_was_and_repeats_itself(explorable):
    settings = explorable.defaults()
    start = explorable.start(settings)
    kept = copy.deepcopy(start)
    once, again = (explorable.advance(start, settings, 5) for _ in range(2))
    np.testing.assert_equal(start, kept)
    np.testing.assert_equal(once, again)


@pytest.mark.parametrize("explorable", [one for one in EXPLORABLES.values() if one.trains], ids=lambda one: one.name)
def test_a_run_in_parts_is_the_run_in_one(explorable):  # so a rewind can train again what leads to any step
    settings = explorable.defaults()
    start = explorable.start(settings)
    at_once = explorable.advance(start, settings, 7)
    in_parts = explorable.advance(explorable.advance(start, settings, 3), settings, 4)
    np.testing.assert_equal(in_parts, at_once)
    counted = explorable.step(settings, at_once)
    assert counted is None or (explorable.step(settings, start), counted) == (0, 7)


@every
def test_computes_in_float64(explorable):
    settings = explorable.defaults()
    picture = explorable.picture(settings, explorable.start(settings))
    assert {array.dtype.name for array in arrays(picture)} <= {"float64", "int64", "uint8"}  # of small pictures, the last


# What stays empty until a reader takes the first step: the chapters begin with that moment.
BEGUN_BY_THE_READER = {
    ("train_a_perceptron", "weights"), ("train_a_perceptron", "mistakes"), ("batch_size_and_noise", "loss"),
}  # fmt: skip
DATA = {"curve", "points", "boundary", "old", "trail", "arrow", "tangent", "spikes"}  # not what only helps to read them


def on_axes(picture):
    return [panel for panel in picture if panel["kind"] in {"plane", "series"} and panels.shown(panel)]


def is_empty(panel):
    """Return whether there is nothing on the axes of a panel but what helps to read them."""
    drawn = any(line["role"] in DATA and len(line["at"]) > 1 for line in panel["lines"])
    return not drawn and panel["field"] is None and not (panel["points"] and len(panel["points"]["at"]))


@every
def test_a_figure_opens_with_something_on_every_pair_of_axes(explorable):
    picture = opening(explorable.name, {})["picture"]
    empty = {(explorable.name, panel["name"]) for panel in on_axes(picture) if is_empty(panel)}
    assert empty == {one for one in BEGUN_BY_THE_READER if one[0] == explorable.name}


@every
def test_every_curve_has_a_color_that_the_view_knows(explorable):
    known = {int(number) for number in re.findall(r"\.nn-curve-(\d+) \{", (VIEW / "figure" / "figures.css").read_text())}
    for changed in ends(explorable):
        settings = explorable.check(changed)
        for panel in on_axes(explorable.picture(settings, explorable.start(settings))):
            assert {line["color"] for line in panel["lines"]} - {None} <= known, panel["name"]


@every
def test_a_figure_opens_on_states_that_its_steps_lead_to(explorable):
    first = opening(explorable.name, {})
    assert len(first["before"]) == explorable.opening and not (first["finished"] and explorable.opening)
    np.testing.assert_equal(first["picture"], reply(explorable.name, {}, steps=explorable.opening)["picture"])
    if explorable.opening:
        np.testing.assert_equal(first["before"][0], explorable.start(explorable.defaults()))


@every
def test_a_figure_that_begins_anew_with_other_settings_says_so(explorable):
    """Where its host would go on counting, it shows "100 of 100" beside a network that has learned nothing."""
    if not explorable.trains:
        return
    state = explorable.advance(explorable.start(explorable.defaults()), explorable.defaults(), 3)
    for changed in ends(explorable):
        settings = explorable.check(changed)
        start = explorable.start(settings)
        told, anew = explorable.describe(settings, state), explorable.describe(settings, start)
        if told == anew != explorable.describe(settings, explorable.advance(start, settings, 3)):
            assert explorable.step(settings, state) == 0, changed


def test_explorables_import_numpy_and_nnlib_alone():
    for file in Path(explorables.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in {
                    "numpy", "nnlib", "collections", "contextlib", "csv", "dataclasses", "functools", "io", "itertools", "math",
                    "operator", "re", "typing", "warnings", "zlib",
                }, f"{file.name} imports {name}"  # fmt: skip


def test_what_is_remembered_depends_on_the_named_settings_alone():
    asked = []

    @remembered("w", "b")
    def total(settings):
        asked.append(settings)
        return settings["w"] + settings["b"]

    assert [total({"w": 1, "b": b, "task": task}) for b, task in ((2, "x"), (2, "y"), (3, "y"))] == [3, 3, 4]
    assert asked == [{"w": 1, "b": 2}, {"w": 1, "b": 3}]


def arrays(value):
    if isinstance(value, np.ndarray):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from arrays(item)


# panels


def test_boundary_crosses_the_box_where_the_weighted_sum_is_zero():
    # w = (1, 2), b = -1: at x1 = -2 the line is at x2 = 1.5, at x1 = 2 it is at x2 = -0.5
    np.testing.assert_allclose(panels.boundary((1, 2), -1, (-2, 2), (-2, 2)), [[-2, 1.5], [2, -0.5]])


@pytest.mark.parametrize(("weights", "bias"), [((0, 0), 1), ((1, 0), 9), ((1, 1), -40)])
def test_boundary_is_empty_where_it_misses_the_box(weights, bias):
    assert panels.boundary(weights, bias, (-2, 2), (-2, 2)).shape == (0, 2)


def test_the_foot_of_a_line_lies_on_it_and_is_nowhere_for_weights_that_say_no_direction():
    # w = (3, 4), b = -25: 5 from the origin, along (0.6, 0.8)
    np.testing.assert_allclose(panels.foot((3, 4), -25), [3, 4])
    np.testing.assert_allclose(panels.foot((3e-200, 4e-200), -25e-200), [3, 4])
    assert panels.foot((0, 0), 0) is None and panels.foot((1e-200, 0), 1) is None


def test_grid_runs_row_by_row_from_the_lowest_through_the_middles_of_the_cells():
    np.testing.assert_allclose(panels.grid((0, 2), (0, 4), 2), [[0.5, 1], [1.5, 1], [0.5, 3], [1.5, 3]])


# tune a neuron


def tune(**settings):
    explorable = EXPLORABLES["tune_a_neuron"]
    settings = explorable.check(settings)
    return {panel["name"]: panel for panel in explorable.picture(settings, None)}, explorable.challenge(settings, None)


def test_tune_a_neuron_computes_the_weighted_sum_of_the_probe():
    # z = 2 * 1 + (-1) * 0.5 + 0.5 = 2, and the sigmoid of 2 is 0.8808
    picture, _ = tune(w1=2, w2=-1, bias=0.5, x1=1, x2=0.5)
    assert picture["diagram"]["layers"][1][0]["value"] == pytest.approx(2)
    assert picture["diagram"]["layers"][2][0]["value"] == pytest.approx(1 / (1 + np.exp(-2)))


def test_tune_a_neuron_draws_the_boundary_perpendicular_to_the_weights():
    picture, _ = tune(w1=1.5, w2=-0.7, bias=0.3)
    (line,) = picture["plane"]["lines"]
    assert np.diff(line["at"], axis=0)[0] @ [1.5, -0.7] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("task", "weights", "done"),
    [("AND", (1, 1, -1.5), True), ("OR", (1, 1, -0.5), True), ("NAND", (-1, -1, 1.5), True), ("AND", (1, 1, -0.5), False),
     ("hidden line", (3, -5, 2), True)],
)  # fmt: skip
def test_tune_a_neuron_recognizes_a_gate_that_is_built(task, weights, done):
    w1, w2, bias = weights
    assert tune(task=task, w1=w1, w2=w2, bias=bias)[1][1] is done


@pytest.mark.parametrize(
    ("settings", "done"),
    [({}, False), ({"bias": 2.6}, True), ({"bias": 3}, False), ({"x2": -0.2}, True), ({"x2": -0.7}, False),
     ({"bias": 2.6, "activation": "step"}, False), ({"bias": 2.15, "activation": "relu"}, True)],
)  # fmt: skip
def test_tune_a_neuron_recognizes_an_output_in_the_band(settings, done):
    # z = 1 · 1 + 2 · (−1.2) + b = b − 1.4, and σ(z) is in the band for z between 0.85 and 1.38; at x₂ = −0.2 z is 1.1
    assert tune(**settings)[1][1] is done


def test_no_neuron_builds_xor():
    reach = np.linspace(-6, 6, 13)
    assert not any(tune(task="XOR", w1=w1, w2=w2, bias=b)[1][1] for w1 in reach for w2 in reach for b in reach[::3])


# train a perceptron


def test_a_narrow_gap_solves_the_perceptrons_challenge_once_it_has_converged():
    narrow = [[2.0, 2.0, 1], [2.0, 1.5, -1], [-2.0, -1.8, 1], [-2.0, -2.3, -1]]
    explorable, settings, state = trained(narrow, 19)
    assert not explorable.challenge(settings, state)[1]
    state = explorable.advance(state, settings, 500)
    assert explorable.finished(settings, state) and explorable.challenge(settings, state)[1]


def test_corrections_made_on_other_points_do_not_count_until_the_perceptron_begins_again():
    explorable, settings, state = trained(EXPLORABLES["train_a_perceptron"].presets["XOR"]["points"], 25)
    easy = explorable.check({"points": [[1, 1, 1], [-1, -1, -1]]})
    state = explorable.advance(state, easy, 5)
    assert explorable.finished(easy, state) and state["mistakes"].sum() >= 20
    task, done = explorable.challenge(easy, state)
    assert "press Restart" in task and not done
    # nor do they if the points are changed after the last correction, …
    narrow = [[2.0, 2.0, 1], [2.0, 1.5, -1], [-2.0, -1.8, 1], [-2.0, -2.3, -1]]
    _, settings, state = trained(narrow, 500)
    assert explorable.challenge(settings, state)[1]
    assert not explorable.challenge(explorable.check({"points": narrow[:2]}), state)[1]
    # … or changed and changed back on the way
    _, settings, state = trained(narrow, 3)
    state = explorable.advance(explorable.advance(state, easy, 1), settings, 500)
    assert explorable.finished(settings, state) and not explorable.challenge(settings, state)[1]
    task, done = explorable.challenge(easy, explorable.start(easy))
    assert "Restart" not in task and not done


@pytest.mark.parametrize("label", ["two iris species", "two clouds", "XOR", "a clean plane"])
def test_no_preset_solves_the_perceptrons_challenge(label):
    explorable, settings, state = trained(EXPLORABLES["train_a_perceptron"].presets[label]["points"], 500)
    assert not explorable.challenge(settings, state)[1]


def task_of(points, steps=2000):
    explorable, settings, state = trained(points, steps)
    return explorable.challenge(settings, state)


def test_a_random_search_solves_the_perceptrons_challenge_now_and_then():
    rng = np.random.default_rng(0)
    tries = [np.column_stack([rng.uniform(-3, 3, (4, 2)).round(1), [1, -1, 1, -1]]) for _ in range(200)]
    assert 0 < sum(task_of(points)[1] for points in tries) < 40


MIDDLE, CROSSED = [[0, 0, 1], [1, 0, -1], [-1, 0, -1]], [[1, 1, 1], [-1, -1, 1], [1, -1, -1], [-1, 1, -1]]
INSIDE = [[0, 0, 1], [2, 2, -1], [-2, 2, -1], [0, -2, -1]]
CLASH = [[1, 1, 1], [1, 1, -1], [0, 2, 1]]


@pytest.mark.parametrize(
    ("points", "words"),
    [(CLASH, "Two points at (1.00, 1.00) have different labels"), ([[0, 1, 1], [1, 0, 1]], "add a point of the other"),
     (MIDDLE, "No line separates these"), (CROSSED, "No line separates these"), (INSIDE, "No line separates these")],
)  # fmt: skip
def test_points_that_cannot_fulfill_the_task_are_told_why_before_and_after_a_run(points, words):
    for steps in (0, 500):
        told, done = task_of(points, steps)
        assert words in told and not done


def test_points_are_said_to_have_no_line_just_where_a_perceptron_finds_none():
    rng = np.random.default_rng(1)
    for _ in range(150):
        count = int(rng.integers(2, 7))
        points = np.column_stack([rng.integers(-3, 4, (count, 2)), rng.permutation([1, -1, *rng.choice([-1, 1], count - 2)])])
        explorable, settings, state = trained(points, 3000)
        told, _ = explorable.challenge(settings, state)
        assert ("No line" in told or "different labels" in told) is not explorable.finished(settings, state), points


def test_a_clash_is_heard_and_so_is_that_zero_weights_know_nothing():
    explorable, settings, state = trained(CLASH, 9)
    assert "learning never ends" in explorable.describe(settings, state)
    explorable, settings, state = trained(MIDDLE, 0)
    assert "Zero weights know nothing yet" in explorable.describe(settings, state)
    assert "know nothing" not in explorable.describe(settings, explorable.advance(state, settings, 1))


def test_the_plane_of_weights_shows_what_a_correction_adds():
    explorable, settings, state = trained([[1, 0.5, 1], [-2, 1, -1], [1, -2, -1]], 3, learning_rate=0.5)
    plane = next(panel for panel in explorable.picture(settings, state) if panel["name"] == "weights")
    x1, x2, y = settings["points"][state["corrected"]]
    old, added, new = (line["at"] for line in plane["lines"])
    np.testing.assert_allclose(added[1] - added[0], 0.5 * y * np.array([x1, x2]))
    np.testing.assert_allclose([old[1], new[1]], [added[0], added[1]])
    assert np.abs(new[1]).max() <= plane["x"]["high"]
    fresh = explorable.picture(settings, explorable.start(settings))
    assert not next(panel for panel in fresh if panel["name"] == "weights")["lines"]


def trained(points, steps, **settings):
    explorable = EXPLORABLES["train_a_perceptron"]
    settings = explorable.check({"points": points, **settings})
    state = explorable.advance(explorable.start(settings), settings, steps)
    return explorable, settings, state


def test_one_step_of_the_perceptron_is_one_correction():
    # from zero every point is a mistake; the first is x = (1, 0), y = +1, so with η = 0.5 w becomes (0.5, 0), b = 0.5
    _, _, state = trained([[1, 0, 1], [-1, 0, -1]], 1, learning_rate=0.5)
    np.testing.assert_allclose([*state["weights"], state["bias"]], [0.5, 0, 0.5])
    assert state["corrected"] == 0 and state["this_epoch"] == 1


def test_the_perceptron_converges_on_the_two_iris_species_and_then_stands_still():
    explorable = EXPLORABLES["train_a_perceptron"]
    explorable, settings, state = trained(explorable.presets["two iris species"]["points"], 2000)
    assert explorable.finished(settings, state)
    assert state["mistakes"][-1] == 0 and state["this_epoch"] == 0
    model = Perceptron(learning_rate=0.1).fit(settings["points"][:, :2], settings["points"][:, 2])
    assert state["mistakes"].tolist() == model.mistakes
    np.testing.assert_allclose(state["weights"], model.weights)
    np.testing.assert_equal(explorable.advance(state, settings, 10), state)


def test_the_perceptron_never_converges_on_xor():
    explorable, settings, state = trained(EXPLORABLES["train_a_perceptron"].presets["XOR"]["points"], 500)
    assert state["mistakes"].sum() + state["this_epoch"] == 500 and not explorable.finished(settings, state)


def test_points_outside_the_plane_are_moved_to_its_edge_and_bad_labels_refused():
    points = EXPLORABLES["train_a_perceptron"].controls[0]
    np.testing.assert_array_equal(points.check([[9, -9, 1]]), [[3, -3, 1]])
    with pytest.raises(ValueError, match="the third number of a row is -1 or \\+1"):
        points.check([[0, 0, 0]])
    with pytest.raises(ValueError, match="400 points are the most"):
        points.check(np.ones((401, 3)))
    with pytest.raises(ValueError, match=r"points has shape \(6,\), but a point is a row of three"):
        points.check([0, 0, 1, 1, 1, -1])
    with pytest.raises(ValueError, match="points is ragged, see row 1"):
        points.check([[0, 0, 1], [0, 0]])
    assert points.check([]).shape == (0, 3)


# draw a digit


def test_a_drawing_is_scaled_to_the_height_of_the_paper_and_centered():
    paper = np.zeros((32, 32))
    paper[4:12, 20:24] = 1  # 8 high and 4 wide: scaled by four to 32 × 16, in the middle
    expected = np.zeros((8, 8))
    expected[:, 2:6] = 16
    np.testing.assert_array_equal(as_digit(paper), expected)


def test_the_same_digit_drawn_small_in_a_corner_reads_the_same():
    large = stroke([[4, 2], [28, 2], [14, 30]])
    small = np.zeros((32, 32))
    small[16:, 16:] = large[::2, ::2]
    assert np.abs(as_digit(large) - as_digit(small)).mean() < 2


def test_the_network_reads_every_preset_as_the_digit_that_it_is():
    explorable = EXPLORABLES["draw_a_digit"]
    state = explorable.start(explorable.defaults())
    digits = {"a two": 2, "a three": 3, "a five": 5, "a seven": 7}
    for label, digit in digits.items():
        panel = explorable.picture(explorable.check(explorable.presets[label]), state)[2]
        assert panel["best"] == digit, f"{label} is read as a {panel['best']}"


def test_a_drawing_of_another_shape_or_with_other_ink_is_refused():
    (paper,) = EXPLORABLES["draw_a_digit"].controls
    for shape in ((8, 8), (0,), (1024,)):
        with pytest.raises(ValueError, match=r"but a drawing has \(32, 32\)"):
            paper.check(np.zeros(shape))
    with pytest.raises(ValueError, match="drawing has values 0 … 16, but ink goes from 0"):
        paper.check(np.pad([[16.0]], ((0, 31), (0, 31))))


EIGHT = [
    [16, 15],
    [10, 10],
    [11, 5],
    [16, 3],
    [21, 5],
    [22, 10],
    [16, 15],
    [10, 20],
    [10, 26],
    [16, 29],
    [22, 26],
    [22, 20],
    [16, 15],
]


def test_a_drawn_eight_solves_the_challenge_and_no_preset_does():
    explorable = EXPLORABLES["draw_a_digit"]
    state = explorable.start(explorable.defaults())
    done = {name: explorable.challenge(explorable.check(preset), state)[1] for name, preset in explorable.presets.items()}
    assert not any(done.values())
    assert explorable.challenge({"drawing": stroke(EIGHT)}, state)[1]


@every
def test_every_figure_has_a_challenge_that_is_still_to_be_done(explorable):
    settings = explorable.defaults()
    task, done = explorable.challenge(settings, explorable.start(settings))
    assert task.endswith(".") and not done


@every
def test_every_choice_of_a_figure_has_a_challenge(explorable):
    choices = [{c.name: option} for c in explorable.controls if c.kind == "choice" for option in c.options]
    for settings in map(explorable.check, choices):
        assert explorable.challenge(settings, explorable.start(settings))


def test_clean_paper_has_no_answer():
    explorable = EXPLORABLES["draw_a_digit"]
    settings = explorable.check(explorable.presets["a clean sheet"])
    state = explorable.start(settings)
    assert explorable.picture(settings, state)[2]["best"] is None
    assert explorable.describe(settings, state) == "The paper is empty: draw a digit."


# the clinic


@pytest.mark.parametrize("name", PATIENTS)
def test_a_patient_is_diagnosed_by_a_check_that_shows_its_fault_and_by_nothing_less(name):
    clinic, patient = EXPLORABLES["the_clinic"], PATIENTS[name]

    def done(diagnosis, checks):
        return clinic.challenge(clinic.check({"patient": name, "diagnosis": diagnosis, "checks": checks}), None)[1]

    evidence = [*patient.shown_by]
    others = [check for check in NAMES if check not in evidence]
    assert all(done(fault, evidence) for fault in patient.faults)
    assert not done("I don't know yet", evidence)
    assert not done(patient.faults[0], others[:4])
    assert not done(patient.faults[0], [*evidence, *others[:4]])
    assert not any(done(other, evidence) for other in DIAGNOSES if other not in patient.faults)


@pytest.mark.parametrize("name", PATIENTS)
def test_the_checks_that_show_a_fault_find_it_and_a_healthy_patient_has_none(name):
    checklist, patient = record(name).checklist, PATIENTS[name]
    if patient.faults == (WELL,):
        assert checklist.faults == []
    else:
        assert checklist.faults[0] in patient.shown_by
        assert all(checklist[check].passed is False for check in patient.shown_by)
