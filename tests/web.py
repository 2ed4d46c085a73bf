"""A server for tests, and a watch over what a page does that it should not do."""

import contextlib
import functools
import http.server
import threading
from dataclasses import dataclass, field


@dataclass
class Watch:
    """What a page did that it should not do."""

    outside: list = field(default_factory=list)
    console: list = field(default_factory=list)
    errors: list = field(default_factory=list)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder below the path /book/, with the types that browsers insist on, whatever the system's tables say."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
    }

    def translate_path(self, path):
        """Map /book/… to the folder, and anything else to a file that is not there."""
        return super().translate_path(path[5:] if path.startswith("/book/") else "/not-below-book")

    def log_message(self, *_):
        """Say nothing."""


@contextlib.contextmanager
def serve(folder, handler=Handler):
    """Serve `folder` on a free port while the block runs; the value is the address, which ends with a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/book/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def watch_over(page):
    """Note in a Watch what `page` and its workers do from now on."""
    watch = Watch()
    ours = ("http://127.0.0.1:", "data:", "blob:", "about:")
    page.on("request", lambda request: request.url.startswith(ours) or watch.outside.append(request.url))
    page.on("console", lambda message: message.type == "error" and watch.console.append(message.text))
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    return watch
