#!/usr/bin/env python3
"""Open the book in your browser. It needs Python 3.8 or newer, and neither a network nor anything to install.

    python3 start.py

It serves the folder `book` that lies beside it, to this computer alone, until you stop it with Ctrl-C. To serve it to a
whole room: python3 start.py --host 0.0.0.0
"""

import argparse
import errno
import fnmatch
import functools
import gzip
import http.server
import io
import os
import sys
import threading
import webbrowser
from pathlib import Path

FIRST, LAST = 8000, 8099  # the ports that are tried
TAKEN = (errno.EADDRINUSE, errno.EACCES, 10048, 10013)  # by others, or kept from us; the last two are what Windows says
# What browsers insist on, whatever the tables of this computer say.
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
         ".css": "text/css", ".html": "text/html", ".wasm": "application/wasm", ".woff2": "font/woff2",
         ".epub": "application/epub+zip"}  # fmt: skip
PACKED = ("text/", "application/json", "image/svg+xml")  # the beginnings of the types that are sent packed
KEPT = 512  # files, of which the packed bytes are kept in memory
ROOM = 1024  # connections that may wait: a school opens the book at the same minute, six connections a reader
PACKING = threading.Lock()  # whoever comes first packs a file, and the others wait for what was packed


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder, with the headers that its file `_headers` lists, and texts packed for browsers that can unpack."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a file need not wait until the browser has told that its headers came
    is_text, packed = False, None  # of the answer that is under way
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def __init__(self, *given, rules, **options):
        self.rules = rules
        super().__init__(*given, **options)

    def send_head(self):
        """Send the headers, and return the file that follows them, packed where that is asked for."""
        path = self.translate_path(self.path)
        path = os.path.join(path, "index.html") if self.path.partition("?")[0].endswith("/") else path
        self.is_text = self.guess_type(path).startswith(PACKED) and os.path.isfile(path)
        self.packed = content = self.content_packed(path) if self.is_text and self.may_pack() else None
        try:
            file = super().send_head()
        finally:
            self.is_text, self.packed = False, None  # this connection may bring other requests
        if file is None or content is None:
            return file
        file.close()
        return io.BytesIO(content)

    def content_packed(self, path):
        """Return the bytes of a file, packed."""
        with PACKING:
            return packed(path, os.stat(path).st_mtime_ns)

    def may_pack(self):
        """Say whether the browser takes gzip."""
        names = [name.replace(" ", "") for name in self.headers.get("Accept-Encoding", "").lower().split(",")]
        return any(name.partition(";")[0] == "gzip" and not name.endswith((";q=0", ";q=0.0")) for name in names)

    def send_header(self, name, value):
        """Send a header; what is packed has another length."""
        if name == "Content-Length" and self.packed is not None:
            super().send_header("Content-Encoding", "gzip")
            value = str(len(self.packed))
        super().send_header(name, value)

    def end_headers(self):
        """Add the headers that are listed for this path."""
        if self.is_text:
            self.send_header("Vary", "Accept-Encoding")
        path = self.path.partition("?")[0]
        for pattern, name, value in self.rules:
            if fnmatch.fnmatchcase(path, pattern):
                self.send_header(name, value)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        """Answer with the book's own page where a file is not there."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing."""


@functools.lru_cache(KEPT)
def packed(path, changed):
    """Return the bytes of a file, packed with gzip; one that has changed since, by its time, is packed anew."""
    with open(path, "rb") as file:
        return gzip.compress(file.read(), mtime=0)


class Server(http.server.ThreadingHTTPServer):
    """A server that takes no port from another one, as it would on Windows."""

    allow_reuse_address = os.name != "nt"
    daemon_threads = True
    request_queue_size = ROOM

    def handle_error(self, request, client_address):
        """Tell of a fault; a reader who leaves a page while it comes is none."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def rules_of(folder):
    """Return what the file `_headers` says as triples: a pattern of paths, a name and a value."""
    rules, pattern = [], ""
    path = Path(folder, "_headers")
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        if line.startswith("/"):
            pattern = line
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            rules.append((pattern, name, value))
    return rules


def listen(folder, host, ports):
    """Return a server of `folder` on the first of `ports` that is free, or None."""
    handler = functools.partial(Handler, directory=str(folder), rules=rules_of(folder))
    for port in ports:
        try:
            return Server((host, port), handler)
        except OSError as fault:
            if fault.errno not in TAKEN:
                raise
    return None


def main():
    """Serve the book until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Open the book in a browser.")
    parser.add_argument("--folder", default=Path(__file__).resolve().parent / "book", help="the folder of the book")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 serves it to a whole room")
    parser.add_argument("--port", type=int, help=f"the first free one from {FIRST} on, if none is named")
    parser.add_argument("--quiet", action="store_true", help="open no browser")
    wanted = parser.parse_args()
    if not Path(wanted.folder, "index.html").is_file():
        sys.exit(f"There is no book in {wanted.folder}: unpack the whole archive, and run start.py from there.")
    try:
        server = listen(wanted.folder, wanted.host, range(FIRST, LAST + 1) if wanted.port is None else [wanted.port])
    except (OSError, OverflowError) as fault:
        sys.exit(f"The book can't be served on {wanted.host}, port {wanted.port or FIRST}: {fault}.")
    if server is None:
        sys.exit(f"Port {wanted.port or f'{FIRST} to {LAST}'} is taken: name another one, as in --port 9000.")
    address = f"http://{'127.0.0.1' if wanted.host == '0.0.0.0' else wanted.host}:{server.server_port}/"
    print(f"Open {address} and stop with Ctrl-C.", flush=True)
    if not wanted.quiet:
        threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
