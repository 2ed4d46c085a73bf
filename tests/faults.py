"""A server that serves a file in a wrong way, or with other headers: what can happen between a page and its engine."""

import contextlib
import threading
import time
from pathlib import Path

from web import Handler, serve

PORTAL = b"<!doctype html><title>Hotel</title><p>Log in to this network"


class Faulty(Handler):
    """Serve the files that are named in `faults` in the way that is named there; `asked` has the names of all requests."""

    faults: dict
    contents: dict  # what is served in the place of a file, by its name
    renamed: dict  # a folder's name, by that which pages have for it
    asked: list
    headers_added: dict
    policy: str  # of the pages
    released: threading.Event

    def translate_path(self, path):
        """Find a file, in a folder that may be renamed."""
        for name, folder in self.renamed.items():
            path = path.replace(f"/{name}/", f"/{folder}/")
        return super().translate_path(path)

    def do_GET(self):
        """Answer a request, with a fault if one is planted in the file."""
        name = self.path.partition("?")[0].rpartition("/")[2]
        self.asked.append(name)
        fault = self.faults.get(name)
        if name in self.contents:
            self._send(self.contents[name], self.guess_type(name), slowly=False)
        elif fault is None:
            super().do_GET()
        elif isinstance(fault, int):
            self.send_error(fault)
        elif fault == "stalled":
            self.released.wait()
            with contextlib.suppress(ConnectionError):
                super().do_GET()
        elif fault in ("halfway", "head first"):
            path = Path(self.translate_path(self.path))
            content = path.read_bytes()
            at = len(content) // 2 if fault == "halfway" else content.index(b"</head>")
            self._send(content[:at], self.guess_type(path), slowly=False, rest=content[at:])
        else:
            path = Path(self.translate_path(self.path))
            self._send(*self._spoiled(fault, path.read_bytes(), self.guess_type(path)), slowly=fault == "slow")

    def _spoiled(self, fault, content, kind):
        spoilt = {
            "short": (content[: len(content) // 2], kind),
            "changed": (content[:-9] + bytes([content[-9] ^ 1]) + content[-8:], kind),
            "portal": (PORTAL, "text/html"),
            "wrong type": (content, "text/plain"),
            "syntax": (b"export {{", kind),
        }
        return spoilt.get(fault, (content, kind))

    def _send(self, content, kind, slowly, rest=b""):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) + len(rest)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a browser that has seen enough
            for at in range(0, len(content), 100_000):
                self.wfile.write(content[at : at + 100_000])
                time.sleep(0.1 * slowly)
            if rest:
                self.released.wait()
                self.wfile.write(rest)

    def end_headers(self):
        """Add the headers of the test."""
        for name, value in self.headers_added.items():
            if "/live/" in self.path:
                self.send_header(name, value)
        if self.policy and self.path.endswith(".html"):
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextlib.contextmanager
def serve_faulty(folder):
    """Serve `folder`; the value is the address and the class whose `faults` and `contents` can be set."""
    members = {"faults": {}, "contents": {}, "renamed": {}, "asked": [], "headers_added": {}, "policy": ""}
    handler = type("OneFaulty", (Faulty,), members | {"released": threading.Event()})
    with serve(folder, handler) as address:
        try:
            yield address, handler
        finally:
            handler.released.set()
