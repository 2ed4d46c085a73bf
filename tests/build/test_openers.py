"""A chapter begins with its picture, its aims and its place in the course, and ends with what comes next."""

import re

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from book import openers
from book.leads import lead_of
from book.openers import LEAD, PICTURES, counts, cropped, map_of, narrow, opener
from nnlib.explorables import EXPLORABLES

CHAPTER = """<h1>Descent</h1>
<p><strong>After this chapter you can</strong> say what <mjx-x style="a: b; c: d">δ</mjx-x> is; walk; and <em>stop</em>.</p>
<p><strong>It builds on</strong> <a href="loss.html">losses</a>. <strong>Time:</strong> about 50 minutes.</p>
<h2>A slope</h2>"""


def aims(text):
    return re.findall(r"<li>(.*?)</li>", opener(LEAD.search(text), "", "", ""))


def test_each_aim_is_an_item_and_what_is_marked_in_it_stays_so():
    assert aims(CHAPTER) == ['say what <mjx-x style="a: b; c: d">δ</mjx-x> is', "walk", "<em>stop</em>"]


def test_what_a_chapter_builds_on_and_the_time_it_takes_are_told_beside_what_there_is_to_do():
    told = opener(LEAD.search(CHAPTER), "<div></div>", "2 figures", "")
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", told) == [
        ("Builds on", '<a href="loss.html">losses</a>.'),
        ("Time", "About 50 minutes."),
        ("In it", "2 figures"),
    ]


def test_a_page_that_begins_otherwise_has_no_opener():
    assert LEAD.search("<h1>Notation</h1><p>The text, the code and the figures use one set of names.</p>") is None


def test_figures_exercises_and_questions_are_counted_and_what_there_is_none_of_is_not_named():
    body = '<figure class="nn-figure"></figure><figure class="nn-figure nn-broad"></figure>'
    body += '<div class="exercise admonition" id="a">'
    assert counts(body) == "2 figures, 1 exercise"
    assert counts("") == ""


def test_the_map_has_a_station_for_every_chapter_and_fills_the_reader_s():
    drawn = map_of(["1", "2", "3", "A"], "2")
    assert re.findall(r'<circle class="nn-(\S+)"', drawn) == ["behind", "here", "to-come"]
    assert 'aria-label="Chapter 2 of 3"' in drawn and drawn.count("<path") == 2
    assert map_of(["1", "A"], "A") == ""


def test_a_picture_is_cropped_to_its_frame_and_one_without_axes_is_left_whole():
    still = '<svg class="nn-svg" viewBox="0 0 320 320"><rect class="nn-frame" x="40" y="20" width="160" height="80"/></svg>'
    drawn = cropped(still)
    assert 'style="aspect-ratio:160/80"' in drawn and "width:200.000%;left:-25.000%;top:-25.000%" in drawn and still in drawn
    assert cropped("<svg></svg>") == '<div class="nn-panel-body"><svg></svg></div>'


def test_the_narrow_one_of_several_stills_is_taken():
    several = '<div class="nn-still nn-still-narrow"><svg>a</svg></div><div class="nn-still nn-still-wide"><svg>b</svg></div>'
    assert narrow(several) == narrow("<svg>a</svg>") == "<svg>a</svg>"


@pytest.mark.parametrize("page", PICTURES)
def test_the_picture_of_a_chapter_is_a_panel_of_a_figure_with_settings_that_it_has(page):
    name, panel, *more = PICTURES[page]
    figure = EXPLORABLES[name]
    settings = more[0] if more else {}
    settings = figure.check(figure.presets[settings] if isinstance(settings, str) else settings)
    assert panel in {each["name"] for each in figure.picture(settings, figure.start(settings))}


def test_a_chapter_without_a_picture_of_its_own_takes_that_of_its_first_figure(monkeypatch):
    class App:
        class stills:
            @staticmethod
            def of(reply, broad):
                return {panel["name"]: panel["name"] for panel in reply["picture"]}

    monkeypatch.setattr(openers, "PICTURES", {})
    first = openers.FIGURE.search('<figure class="nn-figure" id="figure-slopes" data-explorable="slopes">')
    assert ">function</div>" in openers.picture_of(App, "chapters/new", first)
    assert openers.picture_of(App, "chapters/new") == ""


def test_the_aims_are_known_as_words_without_those_that_have_a_formula():
    doctree = publish_doctree("Title\n=====\n\n**After this chapter you can** say :math:`x`; walk *far*; and stop.\n\nMore.\n")
    told = {"aims": ["walk far", "stop"], "words": ""}
    assert lead_of(doctree) == told
    next(iter(doctree.findall(nodes.paragraph))).insert(0, nodes.Text(""))  # as MyST has it
    assert lead_of(doctree) == told


def test_another_page_is_known_by_its_first_paragraph():
    assert lead_of(publish_doctree("Title\n=====\n\nOne *set*\nof names.\n\nMore.\n")) == {
        "aims": [],
        "words": "One set of names.",
    }
    assert lead_of(publish_doctree("Title\n=====\n")) == {"aims": [], "words": ""}
