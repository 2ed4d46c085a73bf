"""The repository that this is a clone of, asked of git; it needs nothing beyond the standard library."""

import re
import subprocess
from pathlib import Path

HOSTS = ("github.com", "gitlab.com")
ADDRESS = re.compile(rf"(?:https://|ssh://git@|git@)({'|'.join(HOSTS)})[/:]([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


def origin(root):
    """Return where git's `origin` of the folder `root` points, or nothing where that is no repository of its own."""
    return git(root, "remote", "get-url", "origin") if has_own(root) else ""


def has_own(root):
    """Say whether a folder is a repository, not only in one."""
    top = git(root, "rev-parse", "--show-toplevel")
    return bool(top) and Path(top).resolve() == Path(root).resolve()


def git(root, *command):
    """Return what git answers, or nothing where it is missing or has no answer."""
    try:
        end = subprocess.run(["git", "-C", root, *command], check=False, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return ""
    return end.stdout.strip() if end.returncode == 0 else ""
