"""The teacher's pack: minutes add up, mistakes are those of the judge, the key is whole, and every number comes out by hand."""

import json
import re
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest
import yaml
from conftest import ROOT

from book.teaching.links import TARGET, parsed, query_of
from book.teaching.questions import FACTS, QUESTIONS, SQUARE, Question, read, right
from book.teaching.source import Chapters
from nnlib import Neuron, mlp
from nnlib.exercises import EXERCISES
from nnlib.exercises.judge import judge
from nnlib.explorables import EXPLORABLES
from nnlib.losses import binary_cross_entropy, mse

FOLDER = ROOT / "chapters"
LESSONS = sorted(FOLDER.glob("lesson_*.md"))
PACK = [*LESSONS, *sorted(FOLDER.glob("handout_*.md")), *sorted(FOLDER.glob("teaching*.md"))]
MINUTES = re.compile(r"^(?:## |- \*\*)(\d+)–(\d+) · ", re.MULTILINE)
MISTAKE = re.compile(r"^:::\{mistake\} (\S+)\n(.+)\n\n(.+)$", re.MULTILINE)
SHOW = re.compile(r"\{show\}`([^`]+)`")
ROOM = re.compile(r"^```\{room\} (\S+)", re.MULTILINE)
CHAPTERS = Chapters(ROOT)


def text_of(path):
    return path.read_text(encoding="utf-8")


def gaps(text, whole):
    """Return what is wrong with the minutes of a lesson."""
    spans = [tuple(map(int, span)) for span in MINUTES.findall(text)]
    ends = [0, *(end for _, end in spans)]
    wrong = [f"{begin} follows {end}" for end, (begin, _) in zip(ends, spans, strict=False) if begin != end]
    wrong += [f"{begin}–{end} takes no time" for begin, end in spans if end <= begin]
    return wrong + ([] if ends[-1] == whole else [f"it ends after {ends[-1]} minutes"])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_minutes_of_a_lesson_add_up(path):
    assert gaps(text_of(path), 90) == []


def test_the_short_lesson_takes_45_minutes():
    assert gaps(text_of(FOLDER / "teaching.md"), 45) == []


def test_minutes_that_do_not_add_up_are_found():
    assert gaps("## 0–8 · A\n## 10–90 · B\n", 90) == ["10 follows 8"]
    assert gaps("## 0–8 · A\n## 8–8 · B\n", 90) == ["8–8 takes no time", "it ends after 8 minutes"]


def test_there_are_six_lessons_each_with_its_hand_out_and_all_are_in_the_contents():
    assert [path.stem for path in LESSONS] == [f"lesson_{number}" for number in range(1, 7)]
    appendix = yaml.safe_load(text_of(ROOT / "_toc.yml"))["parts"][-1]["chapters"]
    [pack] = [page for page in appendix if page["file"] == "chapters/teaching"]
    named = [Path(page["file"]).name for page in pack["sections"]]
    assert sorted(named) == sorted(path.stem for path in PACK if path.stem != "teaching")
    for path in LESSONS:
        sheet = text_of(path).partition("## ")[0]
        assert f"(handout_{path.stem[-1]}.md)" in sheet


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_aims_predictions_figures_and_mistakes_with_something_to_say(path):
    text = text_of(path)
    assert "```{aims} " in text
    assert 2 <= len(ROOM.findall(text)) <= 5 and len(SHOW.findall(text)) >= 4
    assert len(MISTAKE.findall(text)) == text.count(":::{mistake}") >= 4
    assert all(asked in CHAPTERS.predictions for asked in ROOM.findall(text))


def test_what_the_room_predicts_stands_on_its_hand_out():
    for path in LESSONS:
        sheet = ROOM.findall(text_of(FOLDER / f"handout_{path.stem[-1]}.md"))
        assert sorted(sheet) == sorted(ROOM.findall(text_of(path))), path.stem


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_judge_really_knows_each_mistake_that_a_lesson_tells(path):
    for name, told, _ in MISTAKE.findall(text_of(path)):
        exercise = EXERCISES[name]
        [wrong] = [each for each in exercise.wrong if each.name == told]
        assert wrong.changes, f"{told} has no program that can be shown"
        verdict = judge(exercise, exercise.defined_by(exercise.mistaken(wrong, wrong.changes[0])))
        assert verdict.fault.name == told and verdict.fault.hints == wrong.hints


@pytest.mark.parametrize("path", PACK, ids=lambda path: path.stem)
def test_every_link_to_a_figure_has_settings_that_the_figure_takes(path):
    for shown in SHOW.findall(text_of(path)):
        name, settings = parsed(TARGET.fullmatch(shown)["target"])
        checked = EXPLORABLES[name].check(settings)
        assert {key: checked[key] for key in settings}.keys() == settings.keys()


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("no_such_figure", "explorable"),
        ("tune_a_neuron: w1=100", "w1|weight"),
        ("tune_a_neuron: w9=1", "w9"),
        ("tune_a_neuron: w1=open('x')", "written as"),
        ("tune_a_neuron: 1", "written as"),
        ("tune_a_neuron: w1=", "written as"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(target, error):
    with pytest.raises((ValueError, TypeError), match=error):
        parsed(target)


def test_an_address_asks_for_the_settings_as_a_page_reads_them():
    assert query_of("slopes", {"z": 1.5}) == "slopes=%7B%22z%22%3A1.5%7D"
    assert query_of("slopes", {}) == ""


def test_the_chapters_are_read_whole():
    text = "".join(text_of(path) for path in CHAPTERS.paths.values())
    assert len(CHAPTERS.exercises) == text.count(":::{exercise}") and len(CHAPTERS.predictions) == text.count(":::{predict}")
    assert EXERCISES.keys() <= CHAPTERS.exercises.keys()
    paper = CHAPTERS.exercises.keys() - EXERCISES.keys()
    assert paper == CHAPTERS.solutions.keys() and len(paper) > 15
    assert all(CHAPTERS.aims.values())
    with pytest.raises(ValueError, match="no chapter 'neurons'"):
        CHAPTERS.page("neurons")


def test_the_key_has_every_chapter_with_exercises():
    named = re.findall(r"^```\{answers\} (\w+)$", text_of(FOLDER / "teaching_answers.md"), re.MULTILINE)
    assert named == [page.rpartition("/")[2] for page in CHAPTERS.pages]
    assert {block.page.rpartition("/")[2] for block in CHAPTERS.exercises.values()} <= {*named}


def test_the_key_calls_the_chapters_by_their_names():
    told = re.findall(r"^## (.+)\n\n```\{answers\} (\w+)$", text_of(FOLDER / "teaching_answers.md"), re.MULTILINE)
    titles = [json.loads(text_of(path))["cells"][0]["source"] for path in CHAPTERS.paths.values()]
    named = ["".join(source).partition("\n")[0].removeprefix("# ") for source in titles]
    assert told == [(title, page.rpartition("/")[2]) for title, page in zip(named, CHAPTERS.pages, strict=True)]


def test_the_answers_to_the_hand_outs_are_those_that_nnlib_finds():
    answers = text_of(FOLDER / "teaching_answers.md").partition("## The hand-outs")[2].replace("\n", " ").replace("−", "-")
    for numbers, wanted in (("1, 1, -1.5", "0001"), ("1, 1, -0.5", "0111"), ("-1, -1, 1.5", "1110")):
        w1, w2, b = map(float, numbers.split(", "))
        assert f"${numbers}$" in answers and Neuron([w1, w2], b, "step")(SQUARE).tolist() == [*map(int, wanted)]
    network = mlp([2, 3, 1], output="identity")
    hidden, output = (layer for layer in network.layers if hasattr(layer, "weights"))
    shapes = [hidden.weights, hidden.bias, hidden.forward(np.ones((5, 2))), output.weights, output.bias]
    told = ["(5, 2)", *(str(each.shape).replace(",)", ")") for each in shapes), "(5, 1)"]
    assert ", ".join(f"${shape}$" for shape in told) in answers and f"{network.parameters.size} parameters" in answers
    W, b = right("layers-collapse", np.array([[2]]), np.array([1]), np.array([[3]]), np.array([-4]))
    assert f"${W[0, 0]}x - {-b[0]}$" in answers
    ends = right("layers-forward", np.array([[-2], [1]]), np.array([[2]]), np.array([1]), np.array([[3]]), np.array([-4]))
    assert "${}$ and ${}$ come out".format(*ends.ravel()) in answers
    y_hat = np.array([[0.9], [0.5], [0.1], [0.01]])
    assert ", ".join(f"{mse(each, np.ones(1)):.2f}" for each in y_hat) in answers
    assert ", ".join(f"{binary_cross_entropy(each, np.ones(1)):.1f}" for each in y_hat) in answers
    for rate in (0.25, 0.75, 1, 1.5):
        walk = [right("gradient_descent-walk", np.array([2.0]), np.array([4.0]), rate, n)[0] for n in (1, 2, 3, 4)]
        assert ", ".join(f"{w:g}" for w in walk) in answers
    x, y, z = right("backpropagation-gates", 1.0, 3.0, 2.0)
    assert f"For $x$ it is {x:g}" in answers and f"{y:g} in all" in answers and f"for $z$ {z:g}" in answers
    delta, (first, second), bias = right("backpropagation-blame", np.array([2.0, 0.0]), 1.0, np.zeros(2), 0.0)
    assert f"$\\delta = {delta:g}$, the weights have ${first:g}$ and ${abs(second):g}$, the bias ${bias:g}$" in answers
    stop, best = right("generalization-stopping", [0.9, 0.6, 0.5, 0.55, 0.5, 0.7], 2)
    assert f"stops after epoch {stop}, and the weights of epoch {best}" in answers


def test_no_chapter_leads_to_the_key():
    for path in FOLDER.glob("*.ipynb"):
        assert "teaching_" not in text_of(path), path.name


def test_the_test_has_twenty_new_questions_and_sixty_points():
    assert len(QUESTIONS) == len({question.name for question in QUESTIONS}) == 20
    assert sum(question.points for question in QUESTIONS) == 60
    chapters = "".join(text_of(path) for path in CHAPTERS.paths.values())
    for question in QUESTIONS:
        assert question.asks[:60] not in chapters
        assert len(question.marks) >= 2 and all(points == 1 for points, _ in question.marks)
        assert "«" not in question.asks
        assert "«" not in "".join(map(question.filled, [question.answer, *(what for _, what in question.marks)]))


def test_a_number_that_nothing_computes_is_refused():
    with pytest.raises(ValueError, match="Nothing computes the number 'z' of the question q"):
        Question("q", "?", "«z:.1f»", ((1, "z"),)).filled("«z:.1f»")


@pytest.mark.parametrize("text", ["## a\n\nWhat?\n\n**Answer.** That.\n\n- 1: it\n", "## a, 2 lines\n\nWhat?\n\n- 1: it\n"])
def test_a_question_without_its_parts_is_refused(text):
    with pytest.raises(ValueError, match="A question has"):
        read(text)


def test_all_that_is_computed_is_asked_for():
    assert FACTS.keys() <= {question.name for question in QUESTIONS}


def sigmoid(z):
    return 1 / (1 + exp(-z))


GATES = {"o": "0111", "a": "0001", "y": "1001"}  # OR, AND, XNOR, at the corners
# Worked by hand, with nothing of nnlib.
BY_HAND = {
    "output": {"z": 2 - 3 + 0.5, "a": sigmoid(-0.5)},
    "boundary": {"x2": 2.5},
    "nand": {"low": 2, "high": 4},
    "sharper": {"before": sigmoid(0.5), "after": sigmoid(1.5)},
    "correction": {"before": -1, "w1": 0, "w2": 2, "b": 1, "after": 5},
    "parameters": {"hidden": 48, "whole": 75, "without": 64},
    "collapse": {"w1": -1, "w2": -1, "b": 3},
    "gates": {f"{name}{i}": int(bit) for name, bits in GATES.items() for i, bit in enumerate(bits)},
    "two-losses": {"s0": 0.04, "s1": 0.09, "s2": 0.81, "p0": -log(0.8), "p1": -log(0.7), "p2": -log(0.1),
                   "share_s": 0.81 / 0.94, "share_p": log(0.1) / (log(0.8) + log(0.7) + log(0.1))},
    "ignorance": {"loss": log(5)},
    "walk": {"first": 3 - 0.1 * 12, "second": 1.8 - 0.1 * 7.2, "factor": 0.6, "threshold": 0.5},
    "noise": {"ratio": 0.5, "size": 144},
    "blame": {"a": sigmoid(1), "slope": sigmoid(1) * sigmoid(-1), "delta": 2 * sigmoid(1) ** 2 * sigmoid(-1)},
    "silent-input": {"silent": 0, "bias_0": 2 * sigmoid(-1) ** 2 * sigmoid(1)},
    "stopping": {"stop": 5, "best": 3},
    "score": {"points": 100 * sqrt(0.09 / 200), "gap": 3, "error": 100 * sqrt(0.09 / 200 + 0.93 * 0.07 / 200)},
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_numbers_of_a_question_are_those_worked_by_hand(question):
    facts = question.facts()
    told = {name for text in (question.answer, *(what for _, what in question.marks)) for name in re.findall(r"«(\w+)", text)}
    assert told <= facts.keys()
    by_hand = BY_HAND.get(question.name, {})
    assert bool(by_hand) == bool(told) and (told <= by_hand.keys() or question.name == "blame")
    for name, number in by_hand.items():
        assert facts[name] == pytest.approx(number), name
    if question.name == "blame":
        assert facts["weight"] == facts["bias"] == facts["delta"]
