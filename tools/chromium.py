"""Find the Chromium that prints the book and that the tests drive; as a command, install one where there is none.

python tools/chromium.py [--shell]

Debian has one without windows, the shell, which opens a page with half the work: it is taken where it is. With `--shell` it is
installed beside another one, where we may; without success the other one is good enough.
"""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = f"chromium {SHELL}"
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    Path(os.environ.get("PROGRAMFILES", ""), "Google", "Chrome", "Application", "chrome.exe"),
)
SANDBOX_OFF = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # Chromium refuses root with one
# The resolver makes every other host unreachable, so that no test passes with the help of the network.
OPTIONS = [
    *SANDBOX_OFF,
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def find(names=(SHELL, *WITH_WINDOWS)):
    """Return the path of a Chromium that starts, or None: the one named by CHROMIUM, the system's, Playwright's own.

    The shell keeps no page for the way back, and knows no settings of a reader: who needs these asks for one WITH_WINDOWS.
    """
    if named := os.environ.get("CHROMIUM"):
        return named if _starts(named) else sys.exit(f"CHROMIUM names {named}, which is not a browser that starts.")
    candidates = itertools.chain(map(shutil.which, names), PLACES, _of_playwright())
    return next((str(path) for path in candidates if path and Path(path).is_file() and _starts(path)), None)


def install(ways, find):
    """Install a browser in the first of these ways after which one is found; return what each ended with."""
    answers = []
    for command in ways:
        print("$", *command, flush=True)
        try:
            status = subprocess.run(command, check=False, timeout=900, stdin=subprocess.DEVNULL).returncode
        except (OSError, subprocess.TimeoutExpired) as error:
            status = error
        answers.append(f"{' '.join(command)}: {status}")
        if find():
            break
    return answers


def by_system(packages):
    """Return how to install packages of the system's where we may: a list of no or one command."""
    if not SANDBOX_OFF or not shutil.which("apt-get"):
        return []
    return [["sh", "-c", f"apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y {packages}"]]


def _of_playwright():
    """Yield where Playwright keeps its own Chromium, whether or not it is there."""
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            yield playwright.chromium.executable_path
    except Exception as error:  # whatever is wrong with Playwright, there may be another browser
        print(f"Playwright does not start: {error}")


def _starts(path):
    """Say whether a browser answers; some systems have a command of that name which only says how to install it."""
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    attempts = []
    if "--shell" in sys.argv[1:] and not shutil.which(SHELL):
        attempts += install(by_system(PACKAGES), lambda: shutil.which(SHELL))
    if not find():
        by_playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
        attempts += install([*by_system(PACKAGES), *by_system("chromium"), by_playwright], find)
    if not find():
        sys.exit(
            "The browser tests and the PDF need Chromium, and none was found or could be installed:\n"
            + "".join(f"  - {attempt}\n" for attempt in attempts)
            + "Install Chromium or Chrome, or name one: CHROMIUM=/path/to/chromium make test"
        )
    print(f"browser: {find()}")
