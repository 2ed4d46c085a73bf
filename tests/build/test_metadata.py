"""What pages say of themselves: a description that fits, cards for links, one viewport, an icon, and addresses where known."""

import json
import re
from types import SimpleNamespace

import matplotlib.image
import pytest

from book import metadata
from book.metadata import LONGEST, describe, description, fitted, put_files, with_one_viewport
from book.pages import Finishing
from book.touch_icon import draw_icon, strokes
from nnlib import palette

AIMS = ["walk downhill with steps of a length that you have chosen", "stop"]
LINE = '<g stroke="#59636e" stroke-width="2.5"><path d="M6 16 26 16" /></g>'
ICON = f'<svg>{LINE}<circle cx="16" cy="16" r="6" fill="#7a3ea8" /></svg>'


class Title(str):
    def astext(self):
        return str(self)


def app(base=""):
    known = {
        "first": {"aims": [], "words": "Short."},
        "slope": {"aims": AIMS, "words": ""},
        "notation": {"aims": [], "words": "A."},
    }
    env = SimpleNamespace(
        config=SimpleNamespace(root_doc="first"),
        toctree_includes={"first": ["slope", "notation"]},
        toc_secnumbers={"slope": {"": (1,)}},
        titles={"first": Title("The book"), "slope": Title("A slope & a </script>"), "notation": Title("Notation")},
        nnlib_leads=known,
        found_docs={"first", "slope"},
    )
    config = SimpleNamespace(
        root_doc="first",
        project="-",
        html_title="The book",
        language="en",
        author="Us",
        html_baseurl=base,
        html_favicon="icon.svg",
    )
    return SimpleNamespace(env=env, config=config, builder=SimpleNamespace(get_target_uri="{}.html".format))


def head(page, base=""):
    context = {"pathto": lambda name, _: name, "title": "Search"}
    describe(app(base), page, "page.html", context, None)
    return context["metatags"]


def test_a_chapter_says_what_it_teaches_and_a_page_what_it_begins_with():
    env = app().env
    assert description(env, "slope") == "Learn to walk downhill with steps of a length that you have chosen; stop."
    env.nnlib_leads["first"]["words"] = "A first sentence that is long enough to say it. " + "And much more of it. " * 20
    told = description(env, "first")
    assert told.startswith("A first sentence") and told.endswith("And much more of it.") and len(told) <= LONGEST
    assert description(env, "chapters/references") == metadata.PLAIN["references"]


def test_an_aim_that_does_not_fit_is_skipped_and_a_sentence_is_not():
    parts = ("a", ["b" * LONGEST, "c"], "; ")
    assert fitted(*parts, skipping=True) == "a; c."
    assert fitted(*parts) == "a."


@pytest.mark.parametrize("first", ["word " * 60, "word, " * 27])
def test_what_is_too_long_ends_at_a_word(first):
    told = fitted(first.strip(), ["more"], " ")
    assert len(told) <= LONGEST and re.search(r"word( …|\.)$", told)


@pytest.mark.parametrize("page", metadata.PLAIN)
def test_what_a_page_without_words_says_is_neither_too_short_nor_too_long(page):
    assert metadata.SHORTEST <= len(metadata.PLAIN[page]) <= LONGEST


def test_what_a_page_says_is_written_so_that_nothing_in_it_is_markup():
    text = head("slope")
    assert '<meta property="og:title" content="A slope &amp; a &lt;/script&gt;">' in text
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    told = json.loads(data)
    assert told["@type"] == "LearningResource" and told["teaches"] == AIMS and told["name"] == "A slope & a </script>"


def test_the_first_page_says_what_the_course_is_made_of():
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head("first"))
    told = json.loads(data)
    assert told["@type"] == "Course"
    assert told["hasPart"] == [{"@type": "LearningResource", "name": "A slope & a </script>", "position": 1}]


def test_another_page_is_no_chapter_of_it():
    assert "ld+json" not in head("notation")


def test_addresses_are_there_where_that_of_the_site_is_known_and_no_others():
    assert "og:url" not in head("slope") and "https://example.org" not in head("slope")
    known = head("slope", "https://example.org/book/")
    assert '<meta property="og:url" content="https://example.org/book/slope.html">' in known
    assert '"url": "https://example.org/book/first.html"' in known


def test_a_card_is_told_of_where_it_can_be_found():
    assert "og:image" not in head("slope") and '"twitter:card" content="summary">' in head("slope")
    text = head("slope", "https://example.org/book/")
    for name, content in {
        "og:image": "https://example.org/book/_static/cards/slope.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "The title, A slope &amp; a &lt;/script&gt;, with a picture that a figure of the book has drawn.",
    }.items():
        assert f'<meta property="{name}" content="{content}">' in text
    assert '"twitter:card" content="summary_large_image">' in text
    assert '"image": "https://example.org/book/_static/cards/slope.png"' in text and '"image"' not in head("slope")
    assert "cards/first.png" in head("search", "https://example.org/book/")  # a page that has no card


def test_the_bar_of_a_phone_has_the_color_of_the_page():
    text = head("slope")
    for colors in (palette.LIGHT, palette.DARK):
        assert f'content="{colors["page"]}">' in text


def test_the_list_of_pages_is_there_where_the_address_is_known(tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "icon.svg").write_text(ICON, encoding="utf-8")
    for base in ("https://example.org", ""):
        site = app(base)
        site.outdir = site.srcdir = tmp_path
        put_files(site)
        assert (tmp_path / "sitemap.xml").is_file() == bool(base)
        if base:
            assert "<loc>https://example.org/slope.html</loc>" in (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    assert (tmp_path / "_static" / metadata.ICON).is_file()


def test_the_icon_is_that_of_the_book_in_pixels(tmp_path):
    draw_icon(ICON, tmp_path / "icon.png")
    pixels = matplotlib.image.imread(tmp_path / "icon.png")
    colors = [
        "#{:02x}{:02x}{:02x}".format(*(round(255 * float(part)) for part in pixels[at][:3]))
        for at in ((90, 90), (90, 50), (5, 5))
    ]
    assert pixels.shape[:2] == (180, 180) and colors == ["#7a3ea8", "#59636e", palette.LIGHT["page"]]


def test_the_lines_of_the_icon_are_followed_from_point_to_point():
    assert list(strokes("M6 7 22 16M6 25 22 16h8")) == [((6, 7), (22, 16)), ((6, 25), (22, 16)), ((22, 16), (30, 16))]


def test_of_several_viewports_one_is_left(tmp_path):
    work = Finishing(tmp_path)
    text = '<head><meta name="viewport" content="a" />\n  <meta name="viewport" content="b"><title>t</title></head>'
    assert (
        with_one_viewport(text, tmp_path / "a.html", work)
        == '<head><meta name="viewport" content="a" /><title>t</title></head>'
    )
    assert metadata.REPAIR not in work.idle()
