"""What the chapter on optimizers says and no cell shows, and the two facts of its bug hunt."""

import math
import re
from fractions import Fraction
from pathlib import Path

import nbformat
import numpy as np
import pytest

from book.lessons.cells import split
from nnlib import SGD, Adam
from nnlib.exercises import EXERCISES

CHAPTER = nbformat.read(Path(__file__).parents[2] / "chapters" / "optimizers.ipynb", as_version=4)
PRINTED = {cell.id: "".join(output.get("text", "") for output in cell.get("outputs", [])) for cell in CHAPTER.cells}


def factors(product, momentum, nesterov=False):
    """Return the sizes of what one step leaves, the least first, on a parabola where η λ is `product`; λ = 1."""
    columns = []
    for p, v in ((1.0, 0.0), (0.0, 1.0)):
        optimizer, w = SGD(product, momentum=momentum, nesterov=nesterov), np.array([p])
        optimizer.restore({"steps": 1, "v": np.array([v])})
        optimizer.step(w, w.copy())
        columns.append([w[0], optimizer.state()["v"][0]])
    return np.sort(abs(np.linalg.eigvals(np.array(columns).T)))


def best(kappa):
    """Return the best momentum and rate, for curvatures 1 and κ."""
    root = math.sqrt(kappa)
    return ((root - 1) / (root + 1)) ** 2, (2 / (1 + root)) ** 2


@pytest.mark.parametrize("momentum", [0.25, 0.9])
def test_in_a_range_of_curvatures_a_swing_keeps_the_root_of_the_momentum_and_outside_more(momentum):
    ends = (1 - math.sqrt(momentum)) ** 2, (1 + math.sqrt(momentum)) ** 2
    for product in np.linspace(ends[0] * 1.01, ends[1] * 0.99, 9):
        np.testing.assert_allclose(factors(product, momentum), math.sqrt(momentum))
    for product in (ends[0] * 0.9, ends[1] * 1.1):
        assert factors(product, momentum)[1] > math.sqrt(momentum) * 1.01
    edge = 2 * (1 + momentum)
    assert factors(0.999 * edge, momentum)[1] < 1 < factors(1.001 * edge, momentum)[1]


@pytest.mark.parametrize("product", [0.05, 0.2, 0.8])
def test_nesterov_brakes_harder_where_it_is_steeper(product):
    np.testing.assert_allclose(factors(product, 0.9, nesterov=True), math.sqrt(0.9 * (1 - product)))


@pytest.mark.parametrize("kappa", [9, 100])
def test_no_momentum_and_no_rate_are_better_than_the_best(kappa):
    def slowest(momentum, rate):
        return max(factors(rate, momentum)[1], factors(rate * kappa, momentum)[1])

    momentum, rate = best(kappa)
    found = slowest(momentum, rate)
    assert found == pytest.approx(math.sqrt(momentum), rel=1e-6)
    others = [(momentum + a, rate * b) for a in (-0.05, -0.01, 0.0, 0.01, 0.05) for b in (0.8, 0.95, 1.0, 1.05, 1.2)]
    assert all(slowest(*other) >= found - 1e-9 for other in others)


def test_the_paper_exercise_on_momentum_goes_as_the_solution_says():
    assert best(9) == (0.25, 0.25)
    assert Fraction(9 - 1, 9 + 1) ** 3 == Fraction(64, 125) > Fraction(1, 2)
    assert Fraction(1, 4) / (1 - Fraction(1, 4)) == Fraction(1, 3) > Fraction(2, 9)


def test_the_paper_exercise_on_the_weight_of_nothing_goes_as_the_solution_says():
    m, corrected, half = Fraction(0), [], Fraction(1, 2)
    means = []
    for t, value in enumerate((8, 8, 2), start=1):
        m = half * m + half * value
        means.append(m)
        corrected.append(m / (1 - half**t))
    assert (means, corrected) == ([4, 6, 4], [8, 8, Fraction(32, 7)])
    assert 2**9 < 1000 < 2**10
    steps = next(t for t in range(10_000) if 0.999**t < 1e-3)
    assert 6_900 <= steps < 6_910 and abs(math.log(1000 / 999) - 1 / 1000) < 1e-6


def test_a_squared_momentum_halves_the_steps_of_a_swing_as_the_quiz_says():
    assert factors(0.2, 0.81)[1] == pytest.approx(factors(0.2, 0.9)[1] ** 2)


def test_a_penalty_and_a_decay_are_the_same_for_plain_steps():
    w, g = np.array([2.0, -3.0]), np.array([0.5, 1.0])
    decayed, penalized = w * (1 - 0.1 * 0.3) - 0.1 * g, w.copy()
    SGD(0.1, weight_decay=0.3).step(penalized, g)
    np.testing.assert_allclose(penalized, decayed)


def facts(program):
    """Return whether the two facts of the bug hunt hold of a program: of its first step, and of steps on an even slope."""
    slopes = np.array([5.0, -0.01])
    walks = [program(lambda w: slopes, np.zeros(2), 0.1, steps) for steps in (1, 2, 6)]
    first = np.allclose(abs(walks[0]), 0.1, rtol=1e-3)
    return first, np.allclose(np.abs(walks[1] - walks[0]), 0.1, rtol=1e-3) and np.allclose(np.abs(walks[2]), 0.6, rtol=1e-3)


def test_the_two_facts_of_the_bug_hunt_find_its_bugs():
    [cell] = [cell for cell in CHAPTER.cells if "exercise" in cell.metadata.get("tags", []) and "bug-hunt" in cell.source]
    broken, name, _ = split(cell.source)
    exercise = EXERCISES[name]
    known = {wrong.name: exercise.defined_by(exercise.mistaken(wrong)) for wrong in exercise.wrong}
    assert facts(exercise.defined_by(broken)) == (False, False)
    assert facts(known["the corrected mean goes on"]) == (True, False)
    assert facts(known["s is corrected as if it were m"])[0] is False
    assert facts(exercise.right) == (True, True)

    def adam(gradient, w, learning_rate, steps):
        optimizer = Adam(learning_rate)
        for _ in range(steps):
            optimizer.step(w, gradient(w))
        return w

    assert facts(adam) == (True, True)


@pytest.mark.parametrize(
    ("cell", "pattern"),
    [
        ("optimizers-parabola", r"plain .* from step +31\nmomentum lowest -0\.709, .* from step 131"),
        ("optimizers-nesterov", r"lowest -0\.416, there from step 42"),
        ("optimizers-adam", r"step 12, lowest -0\.273 at step 19, there from step 123"),
        ("optimizers-valley", r" 0°: 346 steps\n.* 30°: 346 steps"),
    ],
)
def test_the_numbers_that_the_predictions_ask_for_are_printed(cell, pattern):
    assert re.search(pattern, PRINTED[cell])
