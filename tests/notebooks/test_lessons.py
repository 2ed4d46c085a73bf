"""The lessons of the chapters: every exercise solved and unsolved, and the contract that each chapter has with its reader."""

import copy
import math
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import nbformat
import numpy as np
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebooks.store import run
from notebooks.test_notebooks import faults as faults_of_storage
from notebooks.test_notebooks import toc_files

from book.lessons.cells import split
from nnlib import SGD, Activation, Adam, Dense, Network, Neuron, Perceptron, datasets, mlp, numerical_gradient, train
from nnlib.activations import softmax
from nnlib.biology import SpikingNeuron, synaptic_current
from nnlib.exchange import from_torch
from nnlib.exercises import EXERCISES
from nnlib.explorables.models.atlas import GRID, STARTS, count
from nnlib.explorables.models.reader import SIZES
from nnlib.losses import cross_entropy
from nnlib.perceptron import novikoff_bound

ROOT = Path(__file__).parent.parent.parent
CHAPTERS = {path.stem: nbformat.read(path, as_version=4) for path in sorted((ROOT / "chapters").glob("*.ipynb"))}

# What a chapter has, as a pattern in its text and how often; see `owes`.
CONTRACT = {
    "an opening": (r"^\*\*After this chapter you can\*\*", 1),
    "what it builds on, and its time": (r"^\*\*It builds on\*\* .*\*\*Time:\*\*", 1),
    "two predictions": (r"^:::\{predict\}", 2),
    "five exercises": (r"^:::\{exercise\}", 5),
    "an exercise for paper": (r"^:::\{solution\}", 1),
    "five questions": (r"^:::\{question\}", 5),
    "misconceptions": (r"^:::\{admonition\} Misconceptions", 1),
    "a citation": (r"\{cite:?\w*\}`", 1),
    "a summary": (r"^## Summary", 1),
    "its words": (r"^\*\*Words of this chapter:\*\* \{term\}", 1),
    "further reading": (r"^\*\*Further reading:\*\*", 1),
}

# Numbers with a decimal point that the text may have, with the reason; every other is printed by a cell.
TYPED = {
    ("activations", "1.7159"): "the constant of LeCun and others (1998), as they print it",
}
VERSION = re.compile(r"\b(?:JAX|Keras|Optax|PyTorch|scikit-learn) \d[\d.]*\d")


def text_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def exercise_cells(notebook):
    return [cell for cell in notebook.cells if "exercise" in cell.metadata.get("tags", [])]


def owes(notebook):
    """Return what a chapter still owes its reader."""
    text = text_of(notebook)
    owed = {name for name, (pattern, least) in CONTRACT.items() if len(re.findall(pattern, text, re.MULTILINE)) < least}
    figures = [cell for cell in notebook.cells if cell.cell_type == "code" and re.search(r'\bfigure\("', cell.source)]
    names = [split(cell.source)[1] for cell in exercise_cells(notebook)]
    owed |= {"two figures"} if len(figures) < 2 else set()
    owed |= {"three exercises in code"} if len(names) < 3 else set()
    owed |= {"a bug hunt"} if not any(name.endswith("bug-hunt") for name in names) else set()
    return owed


def solved(notebook):
    """Return a copy of a notebook in which every exercise has its worked solution."""
    notebook = copy.deepcopy(notebook)
    for cell in exercise_cells(notebook):
        _, name, answer = split(cell.source)
        cell.source = f'{EXERCISES[name].solution}\n\nexercises.check("{name}", {answer})'
    return notebook


def prose(text):
    """Return a text without its code and the addresses of its links."""
    return re.sub(r"^```.*?^```|`[^`]*`|href=\"[^\"]*\"", "", text, flags=re.MULTILINE | re.DOTALL)


def faults(notebook):
    """Return what is wrong with the exercises of a chapter, in words."""
    before = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            before = cell.source
        elif cell in exercise_cells(notebook):
            starter, name, answer = split(cell.source)
            if name not in EXERCISES or EXERCISES[name].answer != answer:
                yield f"no exercise asks for {answer} under the name {name}"
                continue
            if ":::{exercise} " not in before or f":label: {name}\n" not in before:
                yield f"the exercise {name} has no question right above its cell"
            try:
                EXERCISES[name].defined_by(starter)
            except Exception as error:
                yield f"the cell of {name} does not stand by itself: {error}"


def numbers(notebook):
    """Return the numbers with a decimal point that are typed into the text; a library's version is none."""
    return re.findall(r"\d+\.\d+", VERSION.sub("", prose(text_of(notebook))))


def taught(toc):
    """Return the chapters that have the contract with their reader: those of every part but the appendix."""
    parts = [part for part in toc["parts"] if part["caption"] != "Appendix"]
    return [Path(name).name for name in toc_files(parts)]


every = pytest.mark.parametrize("name", taught(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))


@every
def test_a_chapter_owes_its_reader_nothing(name):
    assert owes(CHAPTERS[name]) == set()


@every
def test_the_exercises_of_a_chapter_are_well_formed(name):
    assert list(faults(CHAPTERS[name])) == []


def test_every_exercise_has_one_cell_in_the_book():
    names = [split(cell.source)[1] for notebook in CHAPTERS.values() for cell in exercise_cells(notebook)]
    assert sorted(names) == sorted(EXERCISES)


@pytest.mark.parametrize("name", [name for name, notebook in CHAPTERS.items() if exercise_cells(notebook)])
def test_a_chapter_runs_with_its_exercises_solved_and_each_passes(name, tmp_path):
    ran = run(solved(CHAPTERS[name]), tmp_path)
    said = [cell.outputs[-1].data["text/plain"] for cell in exercise_cells(ran)]
    assert said
    assert all(text.startswith("✓") for text in said), said


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_number_with_a_decimal_point_comes_from_a_cell(name):
    assert [number for number in numbers(CHAPTERS[name]) if (name, number) not in TYPED] == []


def test_every_word_of_the_glossary_is_linked_from_a_chapter():
    glossary = (ROOT / "chapters" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"^(\w.*)\n  \S", glossary.split("```{glossary}")[1], re.MULTILINE))
    linked = re.findall(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`", "".join(map(text_of, CHAPTERS.values())))
    assert words == set(linked)


@pytest.mark.parametrize("name", [name for name, notebook in CHAPTERS.items() if "**Words of" in text_of(notebook)])
def test_the_words_of_a_chapter_are_linked_where_they_are_first_used(name):
    text = text_of(CHAPTERS[name])
    body, listed = text.split("**Words of this chapter:**")
    for word in re.findall(r"\{term\}`([^`]+)`", listed.splitlines()[0]):
        assert re.search(rf"\{{term\}}`([^`<]*<)?{re.escape(word)}>?`", body), word


def without_a_way(welcome, appendix):
    """Return the questions of the welcome whose wrong options do not each lead to a section of the appendix."""
    questions = re.findall(r"^:::\{question\}.*?^:::$", text_of(welcome), re.MULTILINE | re.DOTALL)
    sections = set(re.findall(r"^\((mathematics-\w[\w-]*)\)=\n## ", text_of(appendix), re.MULTILINE))
    for question in questions:
        wrong = [option for option in re.split(r"^- ", question, flags=re.MULTILINE) if option.startswith("[ ]")]
        ways = [set(re.findall(r"\{ref\}`(?:[^`<]*<)?([\w-]+)>?`", option)) & sections for option in wrong]
        if not wrong or not all(ways):
            yield question.splitlines()[0]


def test_whoever_errs_in_the_self_check_is_led_to_a_section_of_the_appendix():
    assert text_of(CHAPTERS["welcome"]).count(":::{question}") == 10
    assert list(without_a_way(CHAPTERS["welcome"], CHAPTERS["mathematics"])) == []


# what the chapters say and no cell shows is checked here


def test_the_welcome_counts_the_neurons_that_read_digits_in_it():
    assert f"a network of {sum(SIZES[1:])} neurons" in text_of(CHAPTERS["welcome"])  # inputs are no neurons


@pytest.mark.parametrize("start", [-80.0, -65.0, -40.0])
def test_the_exponential_of_the_membrane_solves_its_differential_equation(start):
    settled, tau = -65.0 + 10.0 * 1.4, 10.0
    for t in (0.0, 3.0, 25.0):
        slope = numerical_gradient(lambda t: settled + (start - settled) * np.exp(-t / tau), t)
        assert tau * slope == pytest.approx(-(start - settled) * np.exp(-t / tau), abs=1e-7)


def test_the_bias_of_a_living_cell_is_its_own_current_less_its_threshold_current():
    weights, rates, tau, own = np.array([2.0, -1.0]), np.array([40.0, 30.0]), 5.0, 1.2
    neuron = SpikingNeuron()
    for needed in (-1e-3, 1e-3):
        # the weighted sum Σ τ w f / 1000 + b is 0 at the threshold: there the rate begins
        scale = (needed - (own - neuron.rheobase)) / (tau / 1000 * weights @ rates)
        mean = tau / 1000 * weights @ (scale * rates) + own
        assert (neuron.firing_rate(mean) > 0) is (needed > 0)


@pytest.mark.parametrize("tau", [2.0, 5.0])
def test_a_pulse_brings_its_weight_times_its_time_constant(tau):
    times = np.arange(0, 200, 0.001)
    assert synaptic_current([0], times, 3.0, tau).sum() * 0.001 == pytest.approx(3 * tau, rel=1e-3)


# what the paper exercises say is checked here


@pytest.mark.parametrize(
    ("biases", "answers"),
    [
        ((-5, -4, -3.01), [0, 0, 0, 1]),
        ((-3, -2.5, -2.01), [0, 1, 0, 1]),
        ((-2, -1, -0.01), [0, 1, 1, 1]),
        ((0, 7), [1, 1, 1, 1]),
        ((-5.01, -9), [0, 0, 0, 0]),
    ],
)
def test_the_weights_2_and_3_make_the_gates_that_the_solution_says(biases, answers):
    corners = datasets.gate("AND")[0]
    for bias in biases:
        assert Neuron([2, 3], bias, activation="step")(corners).tolist() == answers


def test_the_paper_exercise_on_depth_says_when_a_chain_of_sigmoids_is_too_deep():
    assert 4**9 == 262_144 < 10**6 < 4**10 == 1_048_576
    neuron = Neuron([4], bias=-2)
    assert neuron([0.5]) == 0.5  # so every neuron of the chain is at z = 0, whose slope is a quarter
    assert numerical_gradient(neuron, [0.5]) == pytest.approx([1.0])


def test_or_by_hand_goes_as_the_solution_says():
    X, y = datasets.gate("OR")
    learned = [Perceptron(learning_rate=1, epochs=epochs).fit(X, 2 * y - 1) for epochs in (1, 2, 3, 9)]
    assert [(*perceptron.weights, perceptron.bias) for perceptron in learned] == [(1, 1, 1), (1, 1, 0), (1, 2, 0), (2, 2, -1)]
    assert learned[-1].mistakes == [3, 1, 2, 2, 1, 0]


def test_the_bound_betrays_the_program_of_the_bug_hunt():
    X, y = datasets.gate("AND").X[[0, 3]], [-1, 1]
    assert novikoff_bound(X, y, [1, 1], -1) == pytest.approx(9)
    [cell] = [cell for cell in exercise_cells(CHAPTERS["perceptron"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    programs = [EXERCISES[name].defined_by(broken), EXERCISES[name].right]
    assert [program(X, np.array(y), 50)[2] > 9 for program in programs] == [True, False]


def test_with_the_label_0_the_rule_for_signs_learns_nothing_from_that_class():
    correct = EXERCISES["perceptron-correction"].right
    weights, bias = np.zeros(2), 0.0
    X, y = datasets.gate("AND")
    for x_i, y_i in 20 * list(zip(X, y, strict=True)):
        weights, bias = correct(x_i, y_i, weights, bias, 1)
    assert (X @ weights + bias > 0).all()  # 1 everywhere, as the quiz says


def test_the_corrections_of_a_sigmoid_neuron_on_xor_cancel_at_one_half_alone_as_the_chapter_proves():
    X, y = datasets.xor()
    for p in np.linspace(0.01, 0.99, 99):  # ŷ(1, 1), from which the conditions for w₁, w₂ and b give the other three
        y_hat = np.array([p, 1 - p, 1 - p, p])
        np.testing.assert_allclose([*(y - y_hat) @ X, (y - y_hat).sum()], 0, atol=1e-15)
        z = np.log(y_hat / (1 - y_hat))
        assert np.isclose(z[0] + z[3], z[1] + z[2]) == np.isclose(p, 0.5)


def test_the_paper_exercise_on_losses_says_who_pulls_and_how_hard():
    def pull(y_hat):
        return Fraction(2) * y_hat**2 * (1 - y_hat)

    third, around = Fraction(1, 3), [Fraction(2, 3) + d for d in (Fraction(-1, 100), Fraction(1, 100))]
    assert pull(2 * third) == Fraction(8, 27) > max(map(pull, around))
    assert (pull(Fraction(9, 10)), pull(third)) == (Fraction(162, 1000), Fraction(4, 27))
    assert [round(1000 * pull(y_hat)) for y_hat in (third, Fraction(7, 20))] == [148, 159]
    z = math.log(2)  # where σ(z) = 2/3
    measured = numerical_gradient(lambda z: Neuron([1])(z) ** 2, [z])[0]
    assert measured == pytest.approx(float(pull(2 * third)), abs=1e-9)


def test_the_paper_exercise_on_softmax_derives_what_is_measured():
    z, c = np.random.default_rng(0).normal(size=5), 3

    def loss(z):
        return -np.log(softmax(z)[c])

    assert loss(z) == pytest.approx(np.log(np.exp(z).sum()) - z[c])
    slopes = numerical_gradient(loss, z)
    np.testing.assert_allclose(slopes, softmax(z) - np.eye(5)[c], atol=1e-9)
    assert slopes.sum() == pytest.approx(0, abs=1e-9)
    assert loss(z + 7) == pytest.approx(loss(z))


def test_the_other_neuron_fires_as_the_solution_says():
    neuron = SpikingNeuron(resting=-70, reset=-70, threshold=-50, resistance=20, time_constant=20, refractory=4)
    assert neuron.rheobase == 1
    assert 1000 / neuron.firing_rate(2) == pytest.approx(4 + 20 * math.log(2))
    assert (round(1000 / neuron.firing_rate(2)), round(neuron.firing_rate(2))) == (18, 56)
    doubled = replace(neuron, resistance=40)
    assert doubled.firing_rate(2 * doubled.rheobase) == pytest.approx(neuron.firing_rate(2))
    assert 249 < neuron.firing_rate(1e6) < 250


def test_xor_with_relu_goes_as_the_solution_says():
    hidden = Dense(2, 2, np.ones((2, 2)), [0, -1], np.float64)
    network = Network([hidden, Activation("relu"), Dense(2, 1, [[1], [-2]], dtype=np.float64)])
    X, y = datasets.xor()
    z = network.layers[0].forward(X)
    assert z.tolist() == [[0, -1], [1, 0], [1, 0], [2, 1]]
    assert network.layers[1].forward(z).tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert network.forward(X)[:, 0].tolist() == y.tolist()
    along = network.forward(np.outer(np.linspace(-1, 3, 41), [0.5, 0.5]))[:, 0]  # s = −1 … 3 on the diagonal
    assert along.max() == along[20] == 1 and np.allclose(np.diff(along), [0] * 10 + [0.1] * 10 + [-0.1] * 20)


def test_a_steeper_sigmoid_climbs_at_half_the_place_as_the_quiz_says():
    assert Neuron([50], bias=-10)([1 / 5]) == Neuron([100], bias=-10)([1 / 10]) == 0.5


def test_hidden_neurons_that_are_swapped_with_all_that_is_theirs_change_nothing():
    rng = np.random.default_rng(0)
    W, b, V, X = rng.normal(size=(2, 2)), rng.normal(size=2), rng.normal(size=(2, 1)), rng.normal(size=(9, 2))
    one, twin = (
        Network([Dense(2, 2, W[:, order], b[order], np.float64), Activation("tanh"), Dense(2, 1, V[order], dtype=np.float64)])
        for order in ([0, 1], [1, 0])
    )
    np.testing.assert_allclose(one.forward(X), twin.forward(X))


def test_the_valley_on_paper_goes_as_the_solution_says():
    curvatures, w, rate = np.array([1.0, 9.0]), np.array([9.0, 1.0]), 1 / 5
    descend = EXERCISES["gradient_descent-walk"].right
    np.testing.assert_allclose(descend(curvatures, w, rate, 1), [36 / 5, -4 / 5])
    np.testing.assert_allclose(descend(curvatures, w, rate, 2), [144 / 25, 16 / 25])
    lengths = [np.linalg.norm(descend(curvatures, w, rate, steps)) / np.linalg.norm(w) for steps in (30, 31)]
    assert lengths[0] > 1 / 1000 > lengths[1]
    rates = [np.abs(1 - curvatures * other).max() for other in (0.99 * rate, rate, 1.01 * rate)]
    assert min(rates) == rates[1] == pytest.approx(4 / 5)
    assert [abs(1 - 9 * other) < 1 for other in (0.999 * 2 / 9, 1.001 * 2 / 9)] == [True, False]


def test_the_two_facts_of_the_bug_hunt_find_its_bugs():
    [cell] = [cell for cell in exercise_cells(CHAPTERS["gradient_descent"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    rng = np.random.default_rng(0)
    X, y, w = rng.normal(size=(6, 2)), rng.normal(size=6), np.zeros(2)
    for program, right in ((EXERCISES[name].defined_by(broken), False), (EXERCISES[name].right, True)):
        orders = [program(X, y, w, 0.1, 6, order) for order in (np.arange(6), np.arange(6)[::-1])]
        assert np.allclose(*orders) is right
        assert np.allclose(program(X[:1], y[:1], w, 0.1, 1, np.arange(1)), -0.1 * 2 * (X[0] @ w - y[0]) * X[0])
        one_by_one = w
        for x_i, y_i in zip(X, y, strict=True):
            one_by_one = one_by_one - 0.1 * 2 * (x_i @ one_by_one - y_i) * x_i
        assert np.allclose(program(X, y, w, 0.1, 1, np.arange(6)), one_by_one) is right


def test_the_paper_exercise_on_scores_says_what_a_score_is_worth():
    mine, more, colleague = (math.sqrt(p * (1 - p) / n) for p, n in ((0.9, 100), (0.9, 900), (0.93, 100)))
    assert (mine, more) == (pytest.approx(0.03), pytest.approx(0.01))
    assert 0.02 < colleague < 0.03 < math.hypot(mine, colleague) < 0.04
    assert math.hypot(mine, colleague) == pytest.approx(math.sqrt(9 + Fraction(651, 100)) / 100)
    assert 7 - 4 < math.sqrt(7 + 4) < 100 * math.hypot(mine, colleague)  # on the same digits


def test_one_recipe_in_ten_gains_by_luck_what_the_quiz_says():
    assert 5 < math.sqrt(20 + 12) < 6
    assert sum(math.comb(32, gained) for gained in range(20, 33)) / 2**32 == pytest.approx(0.1, abs=0.01)


def test_a_network_learns_shuffled_cells_as_well_as_the_quiz_says():
    (X, y), new = datasets.split(datasets.digits().X / 16, datasets.digits().y, (0.75, 0.25), rng=0)
    order, answers = np.random.default_rng(0).permutation(64), []
    for cells in (np.arange(64), order):
        network = mlp([64, 16, 10], dtype=np.float64, rng=0)
        network.layers[0].weights = network.layers[0].weights[cells]
        for _ in train(network, X[:, cells], y, loss="cross_entropy", optimizer=Adam(0.002), epochs=6, batch_size=32, rng=0):
            pass
        answers.append(network.predict_proba(new[0][:, cells]))
    np.testing.assert_allclose(*answers, atol=1e-6)
    assert (answers[0].argmax(axis=1) == new[1]).mean() > 0.8


def test_the_program_of_the_bug_hunt_is_as_good_on_labels_that_mean_nothing_and_the_mended_one_is_not():
    [cell] = [cell for cell in exercise_cells(CHAPTERS["digits"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    X, y = datasets.iris()
    rng = np.random.default_rng(0)
    order, shuffled = rng.permutation(150), rng.permutation(y)
    scores = [[program(X, labels, order, 50) for labels in (y, shuffled)]
              for program in (EXERCISES[name].defined_by(broken), EXERCISES[name].right)]  # fmt: skip
    assert scores[0] == [1, 1]
    assert scores[1][0] > 0.9 and 0.2 < scores[1][1] < 0.5


def test_the_paper_exercise_on_luck_says_how_lucky_the_best_of_fifty_guessers_is():
    one = Fraction(sum(math.comb(10, k) for k in (8, 9, 10)), 2**10)
    assert one == Fraction(56, 1024) and round(1 / one) == 18
    nobody = float((1 - one) ** 50)
    assert (round(100 * nobody), round(1 / math.exp(-3))) == (6, 20)
    assert 2.5 < 50 * one < 3
    assert (0.8 - 0.5) / math.sqrt(0.25 / 100) == pytest.approx(6)


def test_a_belief_that_weights_are_small_is_a_weight_decay():
    rng = np.random.default_rng(0)
    X, y, w = rng.normal(size=(9, 3)), rng.integers(0, 2, 9), rng.normal(size=3)
    s, decay = 0.7, 1 / (9 * 0.7**2)

    def loss(w):
        y_hat = 1 / (1 + np.exp(-X @ w))
        return -np.mean(np.log(np.where(y, y_hat, 1 - y_hat)))

    def belief_and_likelihood(w):
        return -np.sum(np.log(np.exp(-(w**2) / (2 * s**2)))) + 9 * loss(w)

    found = numerical_gradient(belief_and_likelihood, w) / 9
    np.testing.assert_allclose(found, numerical_gradient(loss, w) + decay * w, atol=1e-8)


def test_a_perfect_score_says_what_the_quiz_says():
    low, high = EXERCISES["generalization-interval"].right(100, 100, 1.96)
    assert 0.96 < low < 0.97 and high == pytest.approx(1)
    assert round(1 / 0.98**100) == 8


def test_the_tools_of_the_bug_hunt_expose_both_leaks_and_pass_the_honest_program():
    [cell] = [cell for cell in exercise_cells(CHAPTERS["generalization"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    for program, honest in ((EXERCISES[name].defined_by(broken), False), (EXERCISES[name].right, True)):
        right, alone = [], []
        for seed in range(20):
            rng = np.random.default_rng(seed)
            X, y = rng.normal(size=(60, 500)), rng.permutation([0, 1] * 30)
            answers = program(X, y, 40)
            right.append(np.mean(answers == y[40:]))
            rows = [[*range(40), row] for row in range(40, 60)]
            alone.append([program(X[one], y[one], 40)[0] for one in rows] == answers.tolist())
        assert bool(abs(np.mean(right) - 0.5) < 0.1) is honest
        assert all(alone) is honest


def test_the_soft_threshold_is_the_best_compromise_as_the_chapter_derives():
    w = np.linspace(-4, 4, 80_001)
    shrink = EXERCISES["playground-soft-threshold"].right
    for v in np.linspace(-3, 3, 25):
        price = (w - v) ** 2 / 2 + 0.5 * 0.8 * np.abs(w)
        assert shrink(np.array([v]), 0.5, 0.8)[0] == pytest.approx(w[price.argmin()], abs=1e-4)


def test_the_neuron_of_a_circle_says_yes_inside_of_it():
    center, radius = (1.0, -2.0), 1.5
    weights, bias = EXERCISES["playground-circle-neuron"].right(center, radius)
    points = np.random.default_rng(0).uniform(-5, 5, (500, 2))
    z = np.hstack([points, points**2]) @ weights + bias
    np.testing.assert_array_equal(z > 0, np.hypot(*(points - center).T) < radius)


def test_stopping_and_going_on_finds_the_memories_of_the_bug_hunt_and_passes_the_mended_program():
    [cell] = [cell for cell in exercise_cells(CHAPTERS["playground"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    rng = np.random.default_rng(1)
    X, w = rng.normal(size=(7, 3)), rng.normal(size=3)
    y = X @ [1.5, 0.0, -0.4] + 0.3 * rng.normal(size=7)
    for program, right in ((EXERCISES[name].defined_by(broken), False), (EXERCISES[name].right, True)):
        for penalty in (0.0, 1.0):
            once = program(program(w, X, y, 0.1, penalty, 3, 1), X, y, 0.1, penalty, 3, 1)
            assert np.allclose(program(w, X, y, 0.1, penalty, 3, 2), once) is right


def test_the_paper_exercise_on_the_program_counts_as_the_solution_says():
    network = Network([Dense(4, 3, "zeros"), Activation("tanh"), Dense(3, 1, "zeros"), Activation("tanh")])
    assert network.parameters.size == 12 + 3 + 3 + 1 == 19
    assert (250 - 8 * 30, 40 * math.ceil(250 / 30)) == (10, 360)
    halved = numerical_gradient(lambda y_hat: (y_hat - 1) ** 2 / 2, 3.0)
    assert 0.04 * halved == pytest.approx(0.02 * numerical_gradient(lambda y_hat: (y_hat - 1) ** 2, 3.0))
    X, y = np.random.default_rng(0).normal(size=(30, 4)), np.ones((30, 1))
    for _ in train(network, X, y, loss="mse", optimizer=SGD(0.1), epochs=5):
        pass
    assert np.flatnonzero(network.parameters).tolist() == [18]  # the output's bias


def test_the_paper_exercise_on_two_softmaxes_says_what_the_loss_can_be():
    def loss(outputs, right):
        return -np.log(softmax(np.array(outputs, dtype=float))[right])

    sure = np.eye(10)[0]
    best, worst = loss(sure, 0), loss(sure, 1)
    assert best == pytest.approx(math.log(math.e + 9) - 1) == pytest.approx(math.log(1 + 9 / math.e))
    assert 1.4 < best < 1.5 and worst == pytest.approx(best + 1) == pytest.approx(math.log(math.e + 9))
    assert loss(np.full(10, 0.1), 3) == pytest.approx(math.log(10))
    outputs = softmax(np.random.default_rng(0).normal(0, 9, (500, 10)))
    assert all(best <= loss(row, 3) <= worst for row in outputs)


def test_the_same_weights_and_the_same_sample_find_both_bugs_of_the_bug_hunt():
    [cell] = [cell for cell in exercise_cells(CHAPTERS["frameworks"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    rng = np.random.default_rng(0)
    arrays = [rng.normal(size=shape) for shape in ((3, 2), 3, (2, 3), 2)]
    X, y = rng.normal(size=(4, 2)), np.array([0, 1, 1, 0])
    network = mlp([2, 3, 2], dtype=np.float64)
    from_torch(network, arrays)
    loss = cross_entropy(network.run(X), y)
    turned = [array.T.reshape(array.shape) for array in arrays]  # which the broken program reads as it should
    programs = EXERCISES[name].defined_by(broken), EXERCISES[name].right
    assert [bool(np.isclose(program(arrays, X, y), loss)) for program in programs] == [False, True]
    z = np.log(network.run(X))  # the sums, but for a number a row, which a softmax does not see
    twice = -np.log(softmax(softmax(z))[np.arange(4), y]).mean()
    assert programs[0](turned, X, y) == pytest.approx(twice) != pytest.approx(loss)


def test_the_paper_exercise_on_silent_relus_counts_as_the_solution_says():
    awake, silent = Fraction(3, 4), Fraction(1, 4)
    two = [1 - silent**h - h * awake * silent ** (h - 1) for h in (2, 3, 4)]
    assert two == [Fraction(9, 16), Fraction(27, 32), Fraction(243, 256)]
    for hidden, most in zip((2, 3, 4), two, strict=True):
        W = np.random.default_rng(0).uniform(-1, 1, (20_000, 2, hidden))
        found = ((~(W <= 0).all(axis=1)).sum(axis=1) >= 2).mean()
        assert found == pytest.approx(float(most), abs=0.01)
    learned = count(hidden=2, activation="relu", loss="mse", optimizer="SGD", learning_rate=1.0, spread=1.0)
    assert learned / STARTS < two[0]


def test_the_paper_exercise_on_time_counts_as_the_solution_says():
    assert math.prod(map(len, GRID.values())) == 2160
    assert 2160 * 12 == 25_920 == 7 * 3600 + 12 * 60
    assert 25_920 / (16 * Fraction(9, 10)) == 1800 and 4 * 1800 == 2 * 3600


def test_the_tool_of_the_bug_hunt_finds_both_of_its_bugs():
    [cell] = [cell for cell in exercise_cells(CHAPTERS["atlas"]) if "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    cells = [{"rate": rate} for rate in (1, 2, 3, 4)]
    lines = ['[{"rate": 3}, 30]', '[{"rate": 1}, 10]']
    for source, asked in ((broken, [3, 4]), (EXERCISES[name].solution, [2, 4])):
        program, run = EXERCISES[name].defined_by(source), []
        results = program(lambda cell, run=run: run.append(cell["rate"]) or 10 * cell["rate"], cells, lines)
        assert run == asked and (results == [10, 20, 30, 40]) is (source != broken)
        if source == broken:
            with pytest.raises(ValueError):
                program(lambda cell: 0, cells, [*lines, '[{"rate": 4}, 4'])


# the guards, each with the fault that it guards against


CELL = """
def boundary_height(x1, weights, bias):
    return None


exercises.check("neuron-boundary", boundary_height)
"""


def chapter(*texts):
    question = ":::{exercise} Height\n:label: neuron-boundary\n\nSolve it.\n:::"
    code = new_code_cell(CELL.strip(), metadata={"tags": ["exercise"]})
    return new_notebook(cells=[*map(new_markdown_cell, texts), new_markdown_cell(question), code])


def test_a_good_exercise_has_no_fault():
    assert list(faults(chapter())) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("neuron-boundary", "neuron-bounday"), "no exercise asks for"),
        (("boundary_height)", "height)"), "no exercise asks for height"),
        (("neuron-boundary", "neuron-gate"), "no exercise asks for boundary_height"),
        (("return None", "return None\n\nnp.zeros(3)"), "does not stand by itself: name 'np' is not defined"),
    ],
)
def test_a_fault_of_an_exercise_is_found(change, words):
    notebook = chapter()
    notebook.cells[-1].source = notebook.cells[-1].source.replace(*change)
    [fault] = faults(notebook)
    assert words in fault


def test_an_exercise_without_its_question_is_found():
    notebook = chapter()
    notebook.cells[-2].source = "Solve it."
    assert list(faults(notebook)) == ["the exercise neuron-boundary has no question right above its cell"]


def test_a_cell_without_a_check_is_refused():
    with pytest.raises(ValueError, match="ends with exercises"):
        split("x = 3")


def test_a_number_in_the_text_is_found_and_one_in_code_is_not():
    text = 'The loss fell to 0.35, as `print(0.36)` says.\n\n```python\n0.37\n```\n\nIt is $0.38$, <a href="?x=0.39">0.4</a>.'
    assert numbers(chapter(text)) == ["0.35", "0.38", "0.4"]


def test_the_template_owes_nothing_and_is_stored_as_a_chapter_is():
    template = nbformat.read(ROOT / "assets" / "template.ipynb", as_version=4)
    assert owes(template) == set()
    assert list(faults(template)) == []
    assert faults_of_storage(template) == []


def test_the_welcome_and_the_appendices_are_not_taught():
    parts = [{"caption": "Neurons", "chapters": [{"file": "chapters/neuron"}]},
             {"caption": "Appendix", "chapters": [{"file": "chapters/mathematics"}]}]  # fmt: skip
    assert taught({"root": "chapters/welcome", "parts": parts}) == ["neuron"]


@pytest.mark.parametrize(
    ("way", "found"),
    [("{ref}`mathematics-signs`", []), ("{ref}`mathematics-sings`", [":::{question} −2?"]), ("", [":::{question} −2?"])],
)
def test_a_question_that_leads_nowhere_is_found(way, found):
    question = f":::{{question}} −2?\n- [ ] 2\n\n  No. {way}\n- [x] −2\n\n  Yes.\n:::"
    appendix = new_notebook(cells=[new_markdown_cell("(mathematics-signs)=\n## Signs")])
    assert list(without_a_way(new_notebook(cells=[new_markdown_cell(question)]), appendix)) == found


def test_a_debt_is_found():
    assert owes(chapter()) >= {"five exercises", "two figures", "a bug hunt", "five questions"}
    assert "two predictions" not in owes(chapter(":::{predict} x\n:::", ":::{predict} y\n:::"))
