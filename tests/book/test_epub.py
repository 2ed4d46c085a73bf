"""The EPUB of the built book: well-formed, whole, light, without scripts, with words for each picture."""

import posixpath
import re
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import yaml

from book.epub import pictures
from book.epub.build import build
from book.epub.nodes import Node, article_of, parsed
from nnlib.explorables import EXPLORABLES

ROOT = Path(__file__).parents[2]
XHTML, OPF, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}", "{http://www.idpf.org/2007/ops}"
SVG, MATH = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1998/Math/MathML}"
XLINK = "{http://www.w3.org/1999/xlink}href"
LARGEST = 2_000_000  # bytes; it is less than one million


@pytest.fixture(scope="module")
def epub(html, tmp_path_factory):
    """Return the EPUB of the built book."""
    path = tmp_path_factory.mktemp("epub") / "book.epub"
    build(ROOT, html, path)
    return path


@pytest.fixture(scope="module")
def files(epub):
    """Return {path: content} of what is in it."""
    with zipfile.ZipFile(epub) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def pages(files):
    """Return {path: the tree of the page}, which fails where one is not well-formed."""
    return {name: ElementTree.fromstring(content) for name, content in files.items() if name.endswith(".xhtml")}


@pytest.fixture(scope="module")
def manifest(files):
    """Return the items of the list of files, by path."""
    items = ElementTree.fromstring(files["EPUB/package.opf"]).find(f"{OPF}manifest")
    return {f"EPUB/{item.get('href')}": item for item in items}


def references(page):
    """Return what a page refers to: (element, address)."""
    return [(node, node.get(name)) for node in page.iter() for name in ("href", "src", XLINK) if node.get(name)]


def words_of(node):
    """Return the words of an element, those of formulas without what is between them."""
    return "".join("".join(node.itertext()).split())


def test_it_is_light(epub):
    assert epub.stat().st_size < LARGEST


def test_its_files_are_those_that_it_lists(files, manifest):
    assert {*files} - {*manifest} == {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert {*manifest} <= {*files}
    assert [name for name in files if name != "mimetype"] == sorted(name for name in files if name != "mimetype")


def test_each_file_is_used(files, manifest, pages):
    order = ElementTree.fromstring(files["EPUB/package.opf"]).find(f"{OPF}spine")
    read = {item.get("idref") for item in order}
    asked = {posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
             for name, page in pages.items() for node, address in references(page) if node.tag != f"{XHTML}a"}  # fmt: skip
    assert [name for name, item in manifest.items() if item.get("id") not in read and name not in asked] == []
    assert len(read) == len([*order]) == len(pages)


def test_each_page_tells_what_it_has_of_formulas_and_drawings(manifest, pages):
    for name, page in pages.items():
        told = {*(manifest[name].get("properties") or "").split()} - {"nav"}
        found = {kind for kind, tag in (("mathml", f"{MATH}math"), ("svg", f"{SVG}svg")) if page.find(f".//{tag}") is not None}
        assert told == found, name


def test_every_link_within_the_book_has_its_end(files, pages):
    ids = {name: [node.get("id") for node in page.iter() if node.get("id")] for name, page in pages.items()}
    assert {name: marks for name, given in ids.items() if (marks := [m for m, n in Counter(given).items() if n > 1])} == {}
    links, dead = 0, []
    for name, page in pages.items():
        for _, address in references(page):
            if re.match(r"(https?|mailto|data):", address):
                continue
            links += 1
            path, _, mark = unquote(address).partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if target not in files or (mark and mark not in ids[target]):
                dead.append((name, address))
    assert dead == []
    assert links > 2000


def test_nothing_runs_and_nothing_comes_from_elsewhere(files, pages):
    forbidden = {*"script form input button select textarea iframe object audio video foreignObject".split()}
    for name, page in pages.items():
        assert {node.tag.rpartition("}")[2] for node in page.iter()} & forbidden == set(), name
        assert [key for node in page.iter() for key in node.attrib if key.startswith("on")] == [], name
        fetched = [address for node, address in references(page) if node.tag != f"{XHTML}a"]
        assert [address for address in fetched if re.match(r"https?:|//", address)] == [], name
    assert b"url(" not in files["EPUB/epub.css"] and b"@import" not in files["EPUB/epub.css"]
    assert not any(b"var(--" in content for name, content in files.items() if name.endswith((".xhtml", ".css")))


def test_every_formula_of_the_pages_is_there(html, pages):
    for path in sorted((html / "chapters").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        page = pages[f"EPUB/chapters/{path.stem}.xhtml"]
        assert len(page.findall(f".//{MATH}math")) == len(re.findall("<math[ >]", text[text.index("<article") :])), path.stem


def test_every_picture_has_its_words(pages):
    kinds = {"still", "pixels", "plot"}  # the others are parts of pictures, or of a table
    pictures = [(name, node) for name, page in pages.items() for node in page.iter(f"{SVG}svg") if node.get("class") in kinds]
    silent = [name for name, node in pictures if not node.get("aria-label")]
    assert {*silent} <= {"EPUB/chapters/figures.xhtml"}  # the gallery: each has its title and its task beside it
    assert len(pictures) > 150


def test_every_figure_is_still_and_has_its_sentence(pages):
    shown = [node for page in pages.values() for node in page.iter(f"{XHTML}figure") if node.get("class") == "live"]
    assert len(shown) >= len(EXPLORABLES)
    for figure in shown:
        told = figure.find(f".//{XHTML}p[@class='told']")
        assert told is not None and words_of(told), figure.get("id")
        described = {svg.get("aria-describedby") for svg in figure.iter(f"{SVG}svg") if svg.get("role") == "img"}
        assert described <= {told.get("id")}, figure.get("id")


# Classes of stills that have no looks of their own, or that a rule of pictures.LOOKS asks for around others.
BARE = {*"nn-svg nn-clip nn-ticks nn-points nn-point nn-handles nn-grip nn-edge nn-pullable nn-back nn-boundary".split(),
        *"nn-tangent nn-curve nn-small nn-editable".split()}  # fmt: skip


def test_every_class_of_a_still_has_its_looks(html):
    known = BARE | {*pictures.UNSEEN, *pictures.SIGNS, *(name for rule in pictures.LOOKS for name in rule.split())}
    found = set()
    for path in (html / "chapters").glob("*.html"):
        page = Node("div", {}, *parsed(article_of(path.stem, path.read_text(encoding="utf-8"))))
        for holder in filter(pictures.is_still, page.elements()):
            found |= {name for svg in holder.parts if svg.tag == "svg" for node in svg.elements() for name in node.classes}
    assert {name for name in found - known if not name.startswith("nn-handle")} == set()
    assert len(found) > 40


def test_the_contents_are_those_of_the_book(pages):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    [listed] = [nav for nav in pages["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if nav.get(f"{EPUB}type") == "toc"]
    first, *parts = listed.find(f"{XHTML}ol")
    assert first.find(f"{XHTML}a").get("href") == f"{toc['root']}.xhtml"
    told = [(part[0].text, [page[0].get("href") for page in part[1]]) for part in parts]
    below = {
        page["file"]: [each["file"] for each in page.get("sections", [])] for part in toc["parts"] for page in part["chapters"]
    }
    assert sum(map(len, below.values())) > 10
    assert told == [
        (part["caption"], [f"{name}.xhtml" for page in part["chapters"] for name in (page["file"], *below[page["file"]])])
        for part in toc["parts"]
    ]


def test_every_exercise_leads_to_its_solution_and_back(pages):
    exercises = 0
    for name, page in pages.items():
        links = {address for _, address in references(page)}
        told = {node.get("id") for node in page.iter(f"{XHTML}section")}
        for exercise in page.iter(f"{XHTML}div"):
            if "exercise" in exercise.get("class", "").split():
                mark = exercise.get("id")
                assert {f"#answer-{mark}", f"#{mark}"} <= links and f"answer-{mark}" in told, (name, mark)
                exercises += 1
    assert exercises > 90
