"""The repository that the book is built from, for buttons that open its notebooks on Binder, or no button at all.

The address is `repository: url:` in `_config.yml`, or else where git's `origin` points. A link to Binder leads to the very
commit that was built, so there is none to a commit that nobody has published; one that edits leads to the branch.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from docutils import nodes

from book.repository import ADDRESS, git, has_own, origin

BINDER = "https://mybinder.org"
SHORT = {"github.com": "gh", "gitlab.com": "gl"}  # Binder's names of the hosts that it and the theme know


class Repository(NamedTuple):
    """A repository that others can reach, the commit in it, and a branch that has this commit."""

    host: str
    owner: str
    name: str
    commit: str
    branch: str

    @property
    def url(self):
        """Return the address for a browser."""
        return f"https://{self.host}/{self.owner}/{self.name}"

    @property
    def binder(self):
        """Return the address at which Binder opens the chapters."""
        between = "/" if self.host == "github.com" else "%2F"
        return f"{BINDER}/v2/{SHORT[self.host]}/{self.owner}{between}{self.name}/{self.commit}?urlpath=lab/tree/chapters"

    def editing(self, path):
        """Return the address at which a file is edited."""
        return f"{self.url}{self._own}/edit/{quote(self.branch)}/{quote(path)}"

    def reporting(self, title, body):
        """Return the address at which an issue is written that begins with a title and a body."""
        names = ("title", "body") if self.host == "github.com" else ("issue[title]", "issue[description]")
        return f"{self.url}{self._own}/issues/new?{urlencode(dict(zip(names, (title, body), strict=True)), quote_via=quote)}"

    @property
    def _own(self):
        return "" if self.host == "github.com" else "/-"


def find(root, setting=None):
    """Return the repository of the book in the folder `root`, or None if others can't reach it."""
    own = has_own(root)
    found = ADDRESS.fullmatch(setting or origin(root))
    published = git(root, "for-each-ref", "--contains", "HEAD", "--format=%(refname:lstrip=3)", "refs/remotes") if own else ""
    if not found or not (published or setting):
        return None
    where = (git(root, "rev-parse", "HEAD"), _branch(root, published)) if published else ("HEAD", "HEAD")
    return Repository(*found.groups(), *where)


def changed(root):
    """Return the day of the last commit in the folder `root` as YYYY-MM-DD, or nothing where that is no repository."""
    return git(root, "log", "-1", "--format=%cs") if has_own(root) else ""


def _branch(root, published):
    """Return the branch that one is on, if it is published with this commit, or else another one that is."""
    names, here = [name for name in published.split() if name != "HEAD"], git(root, "branch", "--show-current")
    return here if here in names else [*names, "HEAD"][0]


def setup_repository(app):
    """Add the buttons, and the role `binder`, whose text is a link to Binder or is left out."""
    app.add_config_value("nnlib_repository", None, "env")
    app.connect("config-inited", add_buttons, priority=100)
    app.add_role("binder", _link)


def add_buttons(app, config):
    """Tell the theme where the notebooks are."""
    options = config.html_theme_options
    config.nnlib_repository = found = find(app.srcdir, options.get("repository_url"))
    launch = {name: value for name, value in (options.get("launch_buttons") or {}).items() if name != "binderhub_url"}
    if found is None:
        config.html_theme_options = options | {"launch_buttons": launch}
        return
    launch |= {"binderhub_url": BINDER, "notebook_interface": "jupyterlab"}
    where = {"repository_url": found.url, "repository_branch": found.commit, "path_to_docs": ""}
    config.html_theme_options = options | where | {"launch_buttons": launch, "use_repository_button": True}


def _link(name, rawtext, text, line, inliner, options=None, content=()):
    found = inliner.document.settings.env.config.nnlib_repository
    return [nodes.reference(rawtext, text, refuri=found.binder)] if found else [], []
