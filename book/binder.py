"""The repository that the book is built from, for buttons that open its notebooks on Binder, or no button at all.

The address is `repository: url:` in `_config.yml`, or else where git's `origin` points. A link leads to the very commit that
was built, so there is none to a commit that nobody has published.
"""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from docutils import nodes

BINDER = "https://mybinder.org"
SHORT = {"github.com": "gh", "gitlab.com": "gl"}  # Binder's names of the hosts that it and the theme know
ADDRESS = re.compile(rf"(?:https://|ssh://git@|git@)({'|'.join(SHORT)})[/:]([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


class Repository(NamedTuple):
    """A repository that others can reach, and the commit in it."""

    host: str
    owner: str
    name: str
    commit: str

    @property
    def url(self):
        """Return the address for a browser."""
        return f"https://{self.host}/{self.owner}/{self.name}"

    @property
    def binder(self):
        """Return the address at which Binder opens the chapters."""
        between = "/" if self.host == "github.com" else "%2F"
        return f"{BINDER}/v2/{SHORT[self.host]}/{self.owner}{between}{self.name}/{self.commit}?urlpath=lab/tree/chapters"


def find(root, setting=None):
    """Return the repository of the book in the folder `root`, or None if others can't reach it."""
    own = _git(root, "rev-parse", "--show-toplevel")
    own = bool(own) and Path(own).resolve() == Path(root).resolve()  # not a repository that the book's folder lies in
    found = ADDRESS.fullmatch(setting or (_git(root, "remote", "get-url", "origin") if own else ""))
    published = own and _git(root, "branch", "--remotes", "--contains", "HEAD")
    if not found or not (published or setting):
        return None
    return Repository(*found.groups(), _git(root, "rev-parse", "HEAD") if published else "HEAD")


def _git(root, *command):
    try:
        end = subprocess.run(["git", "-C", root, *command], check=False, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return ""
    return end.stdout.strip() if end.returncode == 0 else ""


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
    config.html_theme_options = (
        options | where | {"launch_buttons": launch, "use_repository_button": True, "use_issues_button": True}
    )


def _link(name, rawtext, text, line, inliner, options=None, content=()):
    found = inliner.document.settings.env.config.nnlib_repository
    return [nodes.reference(rawtext, text, refuri=found.binder)] if found else [], []
