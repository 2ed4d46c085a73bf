"""The foot of a page tells the version, and the ways to mend the page where a repository is known, and none where it is not."""

import os
import re
import subprocess
from html import unescape
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from docutils import nodes

from book import foot
from book.binder import Repository, changed

GITHUB = Repository("github.com", "ada", "live", "1234567890abcdef", "main")
GITLAB = Repository("gitlab.com", "ada", "live", "HEAD", "HEAD")


def foot_of(page, repository, base=""):
    """Return the foot of a page: {words: address} of its links, and all of it as HTML."""
    config = SimpleNamespace(nnlib_repository=repository, nnlib_version="Version 1.0", html_baseurl=base, html_title="The book")
    env = SimpleNamespace(
        found_docs={"chapters/slope"},
        titles={"chapters/slope": nodes.title("", "Slopes & “more”")},
        doc2path="/book/{}.ipynb".format,
    )
    builder = SimpleNamespace(get_target_uri="{}.html".format)
    app = SimpleNamespace(config=config, env=env, builder=builder, srcdir="/book")
    context = {"theme_extra_footer": "<p>Before.</p>", "title": "Search"}
    foot.put_foot(app, page, "page.html", context, None)
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', context["theme_extra_footer"])
    return {words: unescape(address) for address, words in links}, context["theme_extra_footer"]


def test_without_a_repository_there_is_the_version_alone():
    links, text = foot_of("chapters/slope", None)
    assert links == {} and text == "<p>Before.</p>\n<p>Version 1.0.</p>"


@pytest.mark.parametrize(
    ("repository", "edited"),
    [
        (GITHUB, "https://github.com/ada/live/edit/main/chapters/slope.ipynb"),
        (GITLAB, "https://gitlab.com/ada/live/-/edit/HEAD/chapters/slope.ipynb"),
    ],
)
def test_a_page_is_edited_where_its_source_is(repository, edited):
    links, text = foot_of("chapters/slope", repository)
    assert list(links) == ["Edit this page", "Report a mistake"] and links["Edit this page"] == edited
    assert text.startswith("<p>Before.</p>\n<p>Version 1.0.</p>\n")


def test_a_page_without_a_source_is_not_edited():
    assert list(foot_of("search", GITHUB)[0]) == ["Report a mistake"]


@pytest.mark.parametrize(
    ("repository", "path", "names"),
    [
        (GITHUB, "/ada/live/issues/new", ["title", "body"]),
        (GITLAB, "/ada/live/-/issues/new", ["issue[title]", "issue[description]"]),
    ],
)
def test_a_report_says_which_page_and_which_version_it_is_about(repository, path, names):
    links, _ = foot_of("chapters/slope", repository, "https://example.org/live")
    address = urlsplit(links["Report a mistake"])
    (first, title), (second, body) = parse_qsl(address.query)
    assert address.path == path and [first, second] == names
    assert title == "Mistake in “Slopes & “more””"
    assert "\nPage: https://example.org/live/chapters/slope.html\nVersion 1.0" in body
    assert ("commit 1234567890ab" in body) == (repository is GITHUB)
    local = urlsplit(foot_of("chapters/slope", GITHUB)[0]["Report a mistake"])
    assert "\nPage: chapters/slope.html\n" in dict(parse_qsl(local.query))["body"]


def test_the_day_is_that_of_the_last_commit_or_of_who_builds(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert foot.version(tmp_path) == ""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")
    assert foot.version(tmp_path) == "Version 1.2.3"
    git = ["git", "-C", tmp_path, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    day = {"GIT_COMMITTER_DATE": "2026-02-03T23:00:00+0200"}
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message", "begun"], check=True, env=os.environ | day)
    assert foot.version(tmp_path) == "Version 1.2.3, February 3, 2026"
    (tmp_path / "within").mkdir()
    assert changed(tmp_path / "within") == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert foot.version(tmp_path) == "Version 1.2.3, January 1, 2026"
