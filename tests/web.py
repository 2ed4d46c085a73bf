"""A server for tests, and a watch over what a page does that it should not do."""

import contextlib
import functools
import gzip
import http.server
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Watch:
    """What a page did that it should not do."""

    outside: list = field(default_factory=list)
    console: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    over: bool = field(default=False, compare=False)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder below a path, with the few types that every host knows, as an old table of nginx has them."""

    extensions_map = dict.fromkeys((".mjs", ".wasm", ".whl", ".packed", ".woff2", ""), "application/octet-stream") | {
        ".html": "text/html",
        ".css": "text/css",
        ".js": "application/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".zip": "application/zip",
    }

    prefix = "/book/"

    def handle(self):
        """Answer requests; a page that is left in mid-download takes its connection with it, and that is no fault."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def translate_path(self, path):
        """Map what is below the path to the folder, and anything else to a file that is not there."""
        return super().translate_path(path[len(self.prefix) - 1 :] if path.startswith(self.prefix) else "/not-below-it")

    def guess_type(self, path):
        """Know the types of the lab, JupyterLite's own, which asks for a host that does."""
        known = {".mjs": "text/javascript", ".wasm": "application/wasm"} if f"{os.sep}lite{os.sep}" in str(path) else {}
        return known.get(os.path.splitext(path)[1]) or super().guess_type(path)

    def log_message(self, *_):
        """Say nothing."""


class Deep(Handler):
    """Serve a folder far below the root of a host."""

    prefix = "/some/sub/path/"


class Packing(Deep):
    """Pack every file while it is sent, as proxies do, so that nobody knows its length before."""

    def do_GET(self):
        """Answer with a packed file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.send_packed(path, "gzip", gzip.compress(path.read_bytes(), 1)) if path.is_file() else self.send_error(404)

    def send_packed(self, path, encoding, content):
        """Send packed content without its length; the end of the connection is its end."""
        assert encoding in self.headers["Accept-Encoding"]
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(content)


class Packed(Packing):
    """Serve the packed files that lie beside the others, FILE.br beside FILE."""

    def do_GET(self):
        """Answer with a file that was packed before."""
        path = Path(self.translate_path(self.path))
        packed = path.with_name(f"{path.name}.br")
        self.send_packed(path, "br", packed.read_bytes()) if packed.is_file() else super().do_GET()


@contextlib.contextmanager
def serve(folder, handler=Handler):
    """Serve `folder` on a free port while the block runs; the value is the address, which ends with a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{handler.prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def edition(site):
    """Return the folder of a built book that has all that runs in its pages."""
    (engine,) = Path(site).glob("live/*/engine")
    return engine.parent


def watch_over(page):
    """Note in a Watch what `page` and its workers do from now on, until it is over."""
    watch = Watch()
    ours = ("http://127.0.0.1:", "data:", "blob:", "about:")
    page.on("request", lambda request: watch.over or request.url.startswith(ours) or watch.outside.append(request.url))
    page.on("console", lambda message: not watch.over and message.type == "error" and watch.console.append(message.text))
    page.on("pageerror", lambda error: watch.over or watch.errors.append(str(error)))
    return watch
