"""The built book, read without a browser: every link has its end, every picture its words, and no other host is asked."""

import fnmatch
import hashlib
import json
import os
import re
import shutil
import tomllib
from collections import Counter
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from web import edition

from book import binder
from book.engine import fetch as engine
from book.icons import is_icon
from book.lab.notebooks import chapters
from book.licenses_page import filled
from book.metadata import CARD_FOLDER
from book.parts import OURS, PARTS
from book.policy import CHOOSES, EMBED, policy

# Elements by which a page fetches something; a plain link, which a reader may follow, is not among them.
FETCHES = {"script": "src", "img": "src", "iframe": "src", "audio": "src", "video": "src", "source": "src", "embed": "src",
           "object": "data", "link": "href"}  # fmt: skip
QUIET = ("script", "style", "pre", "code", "textarea", "svg", "title")  # where braces and dollars may stand
MARKUP = re.compile(
    r"\{(?:ref|cite\w*|doc|eq|numref|term|prf:ref|glue\w*)[:}]|:::|```|\[\^|\{\{|\]\(\S*\)|\*\*\w|<(?:a|img|div|span)\b|\\(?:frac|sum|mathbf)\b"
)
ROOT = Path(__file__).parents[2]
WITHOUT_ICONS = ("index.html", "404.html", "offline.html")
LAB = "lite"  # the folder of Jupyter in the browser, where the build has it
META = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
NO_ADDRESS = re.compile(r"[\s{}<>|\\^`\"]")  # what no address has: https://www.rfc-editor.org/rfc/rfc3986


class Page(HTMLParser):
    """What a page refers to, and what it shows."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.fetches, self.without_words, self.text = Counter(), [], [], [], []
        self.policy, self.forbidden, self.scripts, self.written = None, [], set(), None
        self.quiet = self.math = self.signature = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Note what an element is, refers to, and lacks."""
        given = dict(attributes)
        if given.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = given.get("content")
        self.forbidden += [f"the script of {name}" for name in given if name.startswith("on")]
        self.forbidden += [f"{text} as an address" for text in given.values() if re.match(r"\s*javascript:", text or "", re.I)]
        if tag == "script" and "src" not in given and given.get("type") not in ("application/json", "application/ld+json"):
            self.written = ""
        if tag == "script" and self.policy is None:
            self.forbidden.append("a script before the policy")
        self.quiet += tag in QUIET
        self.signature += tag == "dt" and "sig" in (given.get("class") or "").split()  # f(**settings) is code
        if self.math or "math" in (given.get("class") or "").split():
            self.math += tag in ("div", "span")
        if given.get("id"):
            self.ids[given["id"]] += 1
        if tag == "a" and given.get("name"):
            self.ids[given["name"]] += 0
        self.links += [given[key] for key in ("href", "src", "data-src", "poster") if given.get(key)]
        if tag in FETCHES and given.get(FETCHES[tag]) and given.get("rel") not in ("canonical", "license"):
            self.fetches.append(given[FETCHES[tag]])
        words = (given.get("alt") or "").strip()
        if tag == "img" and given.get("aria-hidden") != "true" and (not words or re.search(r"\.(png|svg|jpg|webp)$", words)):
            self.without_words.append(given.get("src"))

    def handle_endtag(self, tag):
        """Leave an element."""
        self.quiet -= tag in QUIET
        if tag == "script" and self.written is not None:
            if CHOOSES in self.written:  # light or dark, which the policy allows by its digest
                self.scripts.add(self.written)
            else:
                self.forbidden.append("a script in the page")
            self.written = None
        self.signature -= bool(self.signature and tag == "dt")
        self.math -= bool(self.math and tag in ("div", "span"))

    def handle_data(self, data):
        """Keep the text that a reader sees as prose."""
        if self.written is not None:
            self.written += data
        if not self.quiet and not self.math and not self.signature:
            self.text.append(data)


def faults(root):
    """Return what is wrong in the built site in the folder `root`, page by page, in words."""
    pages = {
        path: Page(path.read_text(encoding="utf-8")) for path in sorted(root.rglob("*.html")) if "_static" not in path.parts
    }
    return [
        f"{path.relative_to(root)}: {fault}" for path, page in pages.items() for fault in _faults_of(root, path, page, pages)
    ]


def _faults_of(root, path, page, pages):
    yield from (f"the id {name} is there {n} times" for name, n in page.ids.items() if n > 1)
    if LAB not in path.relative_to(root).parts:  # it is a program of others, whose pages are not made here
        yield from (f"{what} is not allowed" for what in page.forbidden)
        yield from [f"the policy is {page.policy}"] if page.policy != policy(page.scripts) else []
    yield from (f"the picture {source} has no words" for source in page.without_words)
    yield from (f"{address} is fetched from another host" for address in page.fetches if urlsplit(address).netloc)
    yield from (
        f"raw markup is left: {''.join(page.text)[hit.start() :][:40]!r}" for hit in MARKUP.finditer("".join(page.text))
    )
    for link in page.links:
        if NO_ADDRESS.search(link) and not link.startswith("data:"):
            yield f"the link {link} is no address"
            continue
        address = urlsplit(link)
        if address.scheme or address.netloc:
            continue
        if address.path.startswith("/"):
            yield f"the link {link} breaks when the site is served below a path"
            continue
        end = (path.parent / unquote(address.path)).resolve() if address.path else path
        end = end / "index.html" if end.is_dir() else end
        if not end.is_file() or root.resolve() not in end.resolve().parents:
            yield f"the link {link} has no end"
        elif address.fragment and end in pages and unquote(address.fragment) not in pages[end].ids:
            yield f"the link {link} has no such place"


def test_the_book_has_no_fault(html):
    assert faults(html.resolve()) == []


@pytest.mark.parametrize("text", ["<p>no policy</p>", f'<script src="a.html"></script>{META}'])
def test_a_page_without_a_policy_or_with_a_late_one_is_found(tmp_path, text):
    root = site_with(tmp_path, "")
    (root / "a.html").write_text(text, encoding="utf-8")
    assert any("policy" in fault for fault in faults(root))


def test_the_engine_is_complete_beside_the_book(html):
    folder = edition(html) / "engine"
    pinned = engine.MANIFEST["files"].items()  # beside the book, modules have a name that every host knows
    assert engine.missing(folder, {"files": {name.replace(".mjs", ".js"): pin for name, pin in pinned}}) == []
    assert len(list(folder.glob("nnlib-*.whl"))) == 1
    listing = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    for file in [*listing["plain"], *listing["frozen"]["files"]]:
        content = (folder / file["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])


def unlisted(root):
    """Return the files of a site that are neither ours nor listed with a license, and the parts that no file is of."""
    files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    # The lab brings its own list, third-party-licenses.json; the others are ours, and only where the site's address is known,
    # or where they were made to be taken along.
    files = [name for name in files if not name.startswith((f"{LAB}/", f"{CARD_FOLDER}/", "sitemap.xml"))]
    files = [name for name in files if not name.endswith((".epub", ".pdf"))]
    listed = {part.name: part.files for part in PARTS} | {"ours": OURS}
    patterns = [pattern for patterns in listed.values() for pattern in patterns]
    # An asterisk stands for whatever but a slash, unless it is the whole of a folder.
    strange = [name for name in files if not any(_fits(name, pattern) for pattern in patterns)]
    idle = [
        f"{part}: {pattern}"
        for part, wanted in listed.items()
        for pattern in wanted
        if not any(_fits(n, pattern) for n in files)
    ]
    return sorted(strange) + sorted(idle)


def _fits(name, pattern):
    deep = pattern.endswith("/*")
    return fnmatch.fnmatchcase(name, pattern) and (deep or name.count("/") == pattern.count("/"))


def test_all_that_others_have_made_is_listed_with_its_license(html):
    assert unlisted(html) == []
    page = (html / "licenses.html").read_text(encoding="utf-8")
    assert [part.name for part in PARTS if page.count(escape(part.name)) < 2 or escape(filled(part.home)) not in page] == []
    assert "Permission is hereby granted" in page and "Mozilla Public License Version 2.0" in page
    assert all("licenses.html" in path.read_text(encoding="utf-8") for path in (html / "chapters").glob("*.html"))


def test_every_package_of_the_lab_is_listed_with_its_license(html):
    page = (html / "licenses.html").read_text(encoding="utf-8")
    rows = dict(re.findall(r"<tr><td>([\w.-]+)</td><td>[^<]+</td><td>([^<]+)</td></tr>", page))
    listed = {name.lower().replace("-", "_") for name in rows}
    wheels = {path.name.split("-")[0].lower() for path in (html / "lite" / "pyodide").glob("*.whl")}
    assert wheels - listed == {"nnlib", "numpy", "ipykernel", "piplite", "pyodide_kernel"}  # ours, above, and the kernel's own
    assert all(terms.strip() for terms in rows.values())


def test_a_file_of_others_and_a_part_that_is_gone_are_found(html, tmp_path):
    site = shutil.copytree(html, tmp_path / "html", copy_function=os.symlink)
    (site / "_static" / "scripts" / "stranger.js").touch()
    (site / "_static" / "pygments.css").unlink()
    assert unlisted(site) == ["_static/scripts/stranger.js", "Pygments: _static/pygments.css"]


def test_pages_have_the_time_at_which_they_were_written(html):
    # By it browsers know what has changed. What sets it to that of a commit sets it to a whole second.
    assert any(path.stat().st_mtime_ns % 10**9 for path in html.glob("chapters/*.html"))


def test_every_page_with_a_foot_tells_the_version_and_leads_to_a_repository_or_nowhere(html):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    feet = {
        path.name: text.split("<footer", 1)[1] for path in html.glob("chapters/*.html") for text in [path.read_text("utf-8")]
    }
    assert [name for name, foot in feet.items() if foot.count(f"<p>Version {version}") != 1] == []
    assert {foot.count("Report a mistake") for foot in feet.values()} in ({0}, {1})


def test_every_link_to_binder_leads_to_the_commit_that_was_built(html):
    pages = {path: path.read_text(encoding="utf-8") for path in html.rglob("*.html") if "_static" not in path.parts}
    links = [link for text in pages.values() for link in re.findall(r'href="https://mybinder.org(/[^"]*)"', text)]
    found = binder.find(html.parent.parent)
    assert len(links) == (len(list((html / "_sources" / "chapters").glob("*.ipynb"))) + 1 if found else 0)
    assert [
        link for link in links if not found.binder.endswith(link) and f"/{found.commit}?urlpath=lab/tree/chapters/" not in link
    ] == []


def test_every_page_that_is_a_notebook_leads_to_it_in_the_lab(html):
    paths = chapters(html.parent.parent)
    for path in paths:
        page = html / Path(path).with_suffix(".html")
        [link] = [link for link in Page(page.read_text(encoding="utf-8")).links if "lite/notebooks" in link]
        assert link == f"../lite/notebooks/index.html?path={path}"
    assert sorted(
        path.relative_to(html / "lite" / "files").as_posix() for path in html.glob("lite/files/**/*.ipynb")
    ) == sorted(paths)


def test_the_road_of_the_welcome_leads_through_every_chapter_in_the_books_order(html):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    welcome = (html / "chapters" / "welcome.html").read_text(encoding="utf-8")
    road = re.search(r'<nav class="nn-road".*?</nav>', welcome, re.DOTALL)[0]
    assert re.findall(r"<h3>(.*?)</h3>", road) == [part["caption"] for part in toc["parts"]]
    files = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    assert re.findall(r'href="(.*?)\.html"', road) == [file.removeprefix("chapters/") for file in files]


def heads(html):
    """Return {page: (its description, the types of its data)} of the pages that search engines read."""
    pages = {path.relative_to(html).as_posix(): path.read_text(encoding="utf-8") for path in html.glob("chapters/*.html")}
    pages |= {path.name: path.read_text(encoding="utf-8") for path in html.glob("*.html") if path.name != "index.html"}
    pages = {name: text for name, text in pages.items() if '<meta name="robots" content="noindex">' not in text}
    return {
        name: (
            re.findall(r'<meta name="description" content="([^"]*)">', text),
            [json.loads(data)["@type"] for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)],
        )
        for name, text in pages.items()
    }


def test_every_page_describes_itself_in_words_of_its_own(html):
    told = {name: described for name, (described, _) in heads(html).items()}
    faults = {name: words for name, words in told.items() if len(words) != 1 or not 50 <= len(unescape(words[0])) <= 160}
    assert faults == {}
    words = [described[0] for described in told.values()]
    assert sorted({each for each in words if words.count(each) > 1}) == []
    assert [each for each in words if re.search(r"[<>{}`*$\\]|\{doc\}", unescape(each))] == []


def test_the_course_and_its_chapters_say_what_they_are(html):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    numbered = [chapter["file"] for part in toc["parts"] if "numbered" in part for chapter in part["chapters"]]
    told = {name.removesuffix(".html"): types for name, (_, types) in heads(html).items() if types}
    assert told == {toc["root"]: ["Course"]} | {page: ["LearningResource"] for page in numbered}


def test_every_chapter_has_its_number_a_picture_its_aims_and_a_way_on(html):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    numbered = [chapter["file"] for part in toc["parts"] if "numbered" in part for chapter in part["chapters"]]
    for at, file in enumerate(files):
        text = (html / f"{file}.html").read_text(encoding="utf-8")
        ways = re.findall(r'<a data-way="(\w+)" href="([^"]*)"', text)
        around = {"next": files[at + 1 : at + 2], "previous": files[max(at - 1, 0) : at]}
        assert ways == [(way, f"{Path(page).name}.html") for way, pages in around.items() for page in pages], file
        if file in numbered:
            number = numbered.index(file) + 1
            assert f'<h1><span class="nn-chapter">Chapter {number}</span> ' in text, file
            front = re.search(r'<div class="nn-front">.*?</dl></div>', text, re.DOTALL)[0]
            assert 'class="nn-picture"' in front and 3 <= front.count("<li>") <= 9, file
            assert f'aria-label="Chapter {number} of {len(numbered)}"' in front, file
            assert re.search(r"<dd>\d+ figures?, \d+ exercises?, \d+ questions?</dd>", front), file
            assert {*re.findall(r'"caption-number">(?:Exercise|Theorem) (\d+)\.', text)} <= {str(number)}, file


def test_style_sheets_and_scripts_ask_no_other_host(html):
    asked = {
        f"{path.relative_to(html)}: {hit[1]}"
        for path in html.rglob("*.css")
        for hit in re.finditer(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", path.read_text(encoding="utf-8"))
    }
    assert asked == set()


def test_a_joined_style_sheet_imports_nothing_because_no_browser_would_read_it(html):
    sheets = {path.name: path.read_text(encoding="utf-8") for path in html.glob("_static/styles/all-*.css")}
    assert sheets
    assert [name for name, text in sheets.items() if "@import" in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)] == []


GOOD = f'<!doctype html>{META}<title>t</title><h1 id="top">3 &lt; 4</h1><a href="#top">up</a> <a href="sub/b.html#x">b</a>'
PLANTED = {
    "a name in braces": ('<a href="https://x.invalid/{version}/">x</a>', "{version}/ is no address"),
    "a link to nowhere": ('<a href="nothing.html">x</a>', "nothing.html has no end"),
    "a picture that is not there": ('<img src="nothing.png" alt="words">', "nothing.png has no end"),
    "a link out of the site": ('<a href="../secret.txt">x</a>', "../secret.txt has no end"),
    "a place that is not there": ('<a href="#nowhere">x</a>', "#nowhere has no such place"),
    "a place on another page that is not there": ('<a href="sub/b.html#nowhere">x</a>', "b.html#nowhere has no such place"),
    "a link from the root of the host": ('<a href="/sub/b.html">x</a>', "below a path"),
    "an id twice": ('<p id="top">x</p>', "the id top is there 2 times"),
    "a picture without words": ('<img src="a.html">', "has no words"),
    "a picture with empty words": ('<img src="a.html" alt="">', "has no words"),
    "a picture whose words are its file's name": ('<img src="a.html" alt="../_images/a7f3.png">', "has no words"),
    "a script in a page": ("<script>1</script>", "a script in the page is not allowed"),
    "a choice of light or dark that the policy does not know": (f"<script>{CHOOSES} = 1</script>", "the policy is"),
    "a module in a page": ('<script type="module">1</script>', "a script in the page is not allowed"),
    "a script in a button": ('<button onclick="go()">x</button>', "the script of onclick is not allowed"),
    "a script in a link": ('<a href="javascript:go()">x</a>', "as an address is not allowed"),
    "a policy that allows more": (META.replace("'none'", "*"), "the policy is default-src *"),
    "a script of another host": ('<script src="https://cdn.invalid/x.js"></script>', "another host"),
    "a font of another host": ('<link rel="stylesheet" href="//fonts.invalid/x.css">', "another host"),
    "an undefined footnote": ("<p>as said[^1]</p>", "raw markup"),
    "a role that was not read": ("<p>see {cite}`rosenblatt1958`</p>", "raw markup"),
    "a fence that was not read": ("<p>:::{note}</p>", "raw markup"),
    "a formula that was not read": (r"<p>\frac{1}{2}</p>", "raw markup"),
    "bold that was not read, after a signature": ('<dt class="sig">f(**k)</dt><dd>**bold**</dd>', "raw markup"),
    "a tag shown as text": ("<p>&lt;img src=x&gt;</p>", "raw markup"),
}


def site_with(tmp_path, body):
    (tmp_path / "sub").mkdir()
    (tmp_path / "secret.txt").touch()
    root = tmp_path / "html"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "b.html").write_text(META + '<p id="x">b</p><a href="../a.html">a</a>', encoding="utf-8")
    (root / "a.html").write_text(GOOD + body, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "body",
    [
        "",
        r'<span class="math">\(\frac{1}{2}\)</span>',
        "<pre>{{ x }} :::</pre>",
        '<script type="application/json">{}</script><script src="a.html"></script>',
        '<dt class="sig py">f(**settings)</dt>',
        '<a href="https://x.invalid/">x</a>',
    ],
)
def test_a_good_site_has_no_fault(tmp_path, body):
    assert faults(site_with(tmp_path, body)) == []


@pytest.mark.parametrize(("body", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(tmp_path, body, words):
    [fault] = faults(site_with(tmp_path, body))
    assert words in fault


def test_every_icon_is_drawn_and_no_page_brings_a_program_for_it(html):
    pages = {path: path.read_text(encoding="utf-8") for path in html.rglob("*.html") if {"_static", LAB}.isdisjoint(path.parts)}
    assert [path for path, text in pages.items() if "fontawesome.js" in text] == []
    assert list(html.rglob("fontawesome.js*")) == []
    drawn = {path: len(re.findall(r'<svg class="nn-icon [^>]*><path fill="currentColor" d="M[^"]+"/></svg>', text))
             for path, text in pages.items()}  # fmt: skip
    bare = {html / name for name in WITHOUT_ICONS} | {*(html / EMBED).glob("*.html")}
    assert [path for path, count in drawn.items() if count < 5 and path not in bare] == []
    assert [path for path, text in pages.items() if any(map(is_icon, re.findall(r'\sclass="([^"]*)"', text)))] == []
    assert all("Font Awesome Free" in text and "CC BY 4.0" in text for path, text in pages.items() if drawn[path])


def test_every_formula_is_typeset_and_no_page_brings_a_program_for_it(html):
    formulas = []
    for path in html.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script[^>]*mathjax", text, re.IGNORECASE), path
        formulas += re.findall(r'<(?:span|div) class="math [^>]*>(.{14})', text)
    assert len(formulas) > 300
    assert set(formulas) == {"<mjx-container"}


def test_every_page_with_a_figure_asks_for_what_brings_it_to_life(html):
    pages = {path.stem: path.read_text(encoding="utf-8") for path in html.glob("chapters/*.html")}
    with_figures = {name for name, text in pages.items() if '<figure class="nn-figure' in text}
    assert with_figures == {name for name, text in pages.items() if "/view/page.js" in text and " data-figures" in text}
    assert len(with_figures) > 15
