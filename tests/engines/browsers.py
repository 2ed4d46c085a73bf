"""The engines that read the book: each by its name, started with nothing stored."""

import contextlib
import tempfile
from pathlib import Path

from engines import in_chromium, webdriver
from engines.window import Window

BROWSERS = {"Chromium": in_chromium.begin, "Firefox": webdriver.firefox, "WebKitGTK": webdriver.webkit}


@contextlib.contextmanager
def session(engine):
    """Start a browser with nothing stored; the value is its Window, which ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, contextlib.ExitStack() as stack:
        yield Window(*BROWSERS[engine](Path(home), stack))
