"""The teacher's pack, as it is built: links open figures with settings that they take, and the key has every exercise."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from book.finding.places import anchor_of
from nnlib.exercises import EXERCISES
from nnlib.explorables import EXPLORABLES

ARTICLE = re.compile(r'<article class="bd-article".*?</article>', re.DOTALL)
LINK = re.compile(r'<a class="nn-show reference internal" href="([^"]*)"')
EXERCISE = re.compile(r'<div class="exercise admonition" id="([\w-]+)"')
PACK = ("lesson_*.html", "teaching*.html")


def article(path):
    [found] = ARTICLE.findall(path.read_text(encoding="utf-8"))
    return found


def text_of(fragment):
    return " ".join(unescape(re.sub("<[^>]*>", "", fragment)).split())


def test_every_link_with_settings_opens_a_figure_that_takes_them(html):
    pages = [path for pattern in PACK for path in sorted((html / "chapters").glob(pattern))]
    figures = 0
    for path in pages:
        for address in map(unescape, LINK.findall(path.read_text(encoding="utf-8"))):
            parts = urlsplit(address)
            target = (html / "chapters" / parts.path).read_text(encoding="utf-8")
            assert f'id="{parts.fragment}"' in target, address
            for name, settings in parse_qsl(parts.query):
                EXPLORABLES[name].check(json.loads(settings))
                assert parts.fragment == anchor_of(name)
                figures += 1
    assert figures >= 40


def test_the_key_has_the_solution_of_every_exercise(html):
    key = text_of(article(html / "chapters" / "teaching_answers.html"))
    for name, exercise in EXERCISES.items():
        assert " ".join(exercise.solution.split()) in key, name
    chapters = [path for path in (html / "chapters").glob("*.html") if not path.name.startswith(("teaching", "lesson"))]
    paper = {
        label for path in chapters for label in re.findall(r'<div class="exercise admonition" id="([\w-]+)"', article(path))
    }
    linked = {*re.findall(r'href="\w+\.html#([\w-]+)"', article(html / "chapters" / "teaching_answers.html"))}
    assert EXERCISES.keys() < paper <= linked


@pytest.mark.parametrize("what", ["teaching_answers.html", "teaching_marking.html"])
def test_no_exercise_leads_to_what_gives_everything_away(html, what):
    linked = [path.stem for path in (html / "chapters").glob("*.html") if what in article(path)]
    assert {name for name in linked if not name.startswith(("lesson", "teaching"))} == set()


def test_each_hand_out_has_a_front_and_a_back_and_a_drawing_and_gives_no_answer_away(html):
    for path in sorted((html / "chapters").glob("handout_*.html")):
        told = article(path)
        assert re.findall(r"<h2>(Front|Back):", told) == ["Front", "Back"]
        assert "nn-show" not in told and 'nn-draw"' not in told
