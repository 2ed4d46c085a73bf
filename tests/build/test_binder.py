"""The Binder buttons point to the commit that was built, in the repository that it came from, or they are not there."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest

from book.binder import BINDER, Repository, add_buttons, find

GITHUB = "https://github.com/ada/live"
ROOT = Path(__file__).parents[2]


def git(root, *command):
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    return subprocess.run(["git", "-C", root, *author, *command], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def book(tmp_path):
    """Return the folder of a book with one commit, which nobody has published."""
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "begun")
    return tmp_path


@pytest.fixture
def published(book):
    """Return the folder of a book whose commit is on GitHub."""
    git(book, "remote", "add", "origin", f"{GITHUB}.git")
    git(book, "update-ref", "refs/remotes/origin/main", "HEAD")
    return book


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://github.com/ada/live", "github.com"),
        ("https://github.com/ada/live.git", "github.com"),
        ("git@github.com:ada/live.git", "github.com"),
        ("ssh://git@gitlab.com/ada/live", "gitlab.com"),
    ],
)
def test_the_address_is_that_of_the_remote_however_it_is_written(published, address, host):
    git(published, "remote", "set-url", "origin", address)
    assert find(published) == Repository(host, "ada", "live", git(published, "rev-parse", "HEAD"), "main")


@pytest.mark.parametrize("address", ["/srv/live", "https://git.example.org/ada/live", "https://github.com/ada", "file:///live"])
def test_a_remote_that_binder_does_not_reach_gives_none(published, address):
    git(published, "remote", "set-url", "origin", address)
    assert find(published) is None


def test_the_branch_is_the_one_that_one_is_on_if_it_is_published(published):
    git(published, "update-ref", "refs/remotes/origin/a/better", "HEAD")
    git(published, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    assert find(published).branch == "a/better"  # the first one
    for name in ("main", "a/better"):
        git(published, "checkout", "--quiet", "-B", name)
        assert find(published).branch == name
    git(published, "checkout", "--quiet", "--detach")
    git(published, "update-ref", "-d", "refs/remotes/origin/a/better")
    assert find(published).branch == "main"


def test_a_commit_that_is_not_published_gives_none(published):
    git(published, "commit", "--quiet", "--allow-empty", "--message", "not pushed")
    assert find(published) is None


def test_without_git_without_a_remote_or_within_another_repository_there_is_none(book, published):
    (published / "unpacked").mkdir()
    assert find(published / "unpacked") is None
    git(book, "remote", "remove", "origin")
    assert find(book) is None
    assert find(book / "no such folder") is None


def test_the_setting_is_stronger_than_the_remote(published):
    git(published, "remote", "set-url", "origin", "/srv/live")
    assert find(published, GITHUB).url == GITHUB
    (published / "unpacked").mkdir()
    assert find(published / "unpacked", GITHUB) == Repository("github.com", "ada", "live", "HEAD", "HEAD")


@pytest.mark.parametrize("url", [None, GITHUB])
def test_the_theme_shows_a_button_only_for_a_repository(book, url):
    config = SimpleNamespace(html_theme_options={"repository_url": url, "launch_buttons": {"notebook_interface": "classic"}})
    add_buttons(SimpleNamespace(srcdir=book), config)
    launch = config.html_theme_options["launch_buttons"]
    assert launch.get("binderhub_url") == (BINDER if url else None)
    assert config.html_theme_options["repository_url"] == url


def write_book(book):
    """Write a book of one page, which has both kinds of links to Binder, with this course's own settings of its repository."""
    repository = re.search(r"^repository:\n(?:  .*\n)+", (ROOT / "_config.yml").read_text(encoding="utf-8"), re.MULTILINE)[0]
    extensions = "sphinx: {extra_extensions: [small]}\nexecute: {execute_notebooks: 'off'}\n"
    (book / "_config.yml").write_text(f"title: t\nonly_build_toc_files: true\n{repository}{extensions}", encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    page = "---\nkernelspec:\n  name: python3\n  display_name: p\njupytext: {text_representation: {format_name: myst}}\n---\n"
    (book / "page.md").write_text(f"{page}# t\n\n{{binder}}`Open it.` Read.\n", encoding="utf-8")


def test_a_built_page_leads_to_the_commit_or_nowhere(tmp_path, published):
    small = """
        from book.binder import setup_repository
        def setup(app):
            setup_repository(app)
    """
    (tmp_path / "small.py").write_text(textwrap.dedent(small), encoding="utf-8")
    unknown = tmp_path / "unknown"
    unknown.mkdir()
    git(unknown, "init", "--quiet")
    build = """
        import sys
        from jupyter_book.cli.main import main
        for book in sys.argv[1:]:
            main(["build", book, "-q"], standalone_mode=False)
    """
    for book in (published, unknown):
        write_book(book)
    command = [sys.executable, "-c", textwrap.dedent(build), published, unknown]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    pages = [(book / "_build/html/page.html").read_text(encoding="utf-8") for book in (published, unknown)]
    place = f"{BINDER}/v2/gh/ada/live/{git(published, 'rev-parse', 'HEAD')}?urlpath=lab/tree"
    links = [re.findall(r'href="(https://mybinder[^"]*)"', page) for page in pages]
    assert links == [[f"{place}/page.md", f"{place}/chapters"], []]


def test_binders_address_has_its_own_form_for_each_host():
    assert Repository("github.com", "a", "b", "c", "d").binder == f"{BINDER}/v2/gh/a/b/c?urlpath=lab/tree/chapters"
    assert Repository("gitlab.com", "a", "b", "c", "d").binder == f"{BINDER}/v2/gl/a%2Fb/c?urlpath=lab/tree/chapters"
