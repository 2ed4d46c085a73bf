"""Two hundred readers open a chapter at the same moment, from tools/start.py on one computer, and each gets all of it.

What one reader asks for is taken from a real browser: the page, all that comes with it, the engine, and what the service worker
keeps for reading without a network. Two hundred readers then ask for the same, packed where a browser would get it packed,
each over the six connections that a browser opens. Readers and server share this computer.
"""

import asyncio
import functools
import gzip
import http.client
import statistics
import subprocess
import sys
import threading
import time
from collections import deque
from email.utils import formatdate
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT)]

import chromium  # noqa: E402 - beside the tests, whose browser it is
import start  # noqa: E402
from figures import all_live  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from record import claim  # noqa: E402

HTML = ROOT / "_build" / "html"
BROWSER = chromium.find()
PAGE = "/chapters/neuron.html"
READERS, CONNECTIONS = 200, 6
QUIET = 8  # seconds without a request: then the service worker has kept what it keeps
PATIENCE = 600  # seconds that a reader waits for an answer


class Noting(start.Handler):
    """The server of tools/start.py, which notes what it is asked for."""

    asked = []

    def log_request(self, code="-", size="-"):
        """Note a request and its status."""
        self.asked.append((self.path, int(code), time.monotonic()))


def first_view():
    """Return what a browser asks for when a chapter is opened and its figures come alive: (path, status), in this order."""
    handler = functools.partial(Noting, directory=str(HTML), rules=start.rules_of(HTML))
    with start.Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=BROWSER, args=chromium.OPTIONS) as browser,
        ):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"http://127.0.0.1:{server.server_port}{PAGE}")
            for figure in page.locator(".nn-figure").all():
                figure.scroll_into_view_if_needed()
            all_live(page)
            while time.monotonic() < Noting.asked[-1][2] + QUIET:
                page.wait_for_timeout(500)
        server.shutdown()
    return [(path, status) for path, status, _ in Noting.asked]


def right_answers(port, requests):
    """Return for each path what must come: the bytes, and whether they are packed."""
    right = {}
    for path in dict.fromkeys(path for path, _ in requests):
        line = http.client.HTTPConnection("127.0.0.1", port)
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        right[path] = answer.read()
        content = gzip.decompress(right[path]) if answer.headers["Content-Encoding"] == "gzip" else right[path]
        file = HTML / path.split("?")[0].lstrip("/")
        assert answer.status != 200 or content == file.read_bytes(), f"{path} is not its file"
        line.close()
    return right


async def connection(port, waiting, right):
    """Ask over one connection for what is still to be asked for; return the bytes that came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    arrived = 0
    while waiting:
        path, status = waiting.popleft()
        known = f"If-Modified-Since: {formatdate(usegmt=True)}\r\n" if status == 304 else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{known}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = b"" if status == 304 else await reader.readexactly(int(lines["content-length"]))
        assert int(head.split()[1]) == status and (known or body == right[path]), f"{path}: {head.splitlines()[0]}"
        arrived += len(head) + len(body)
    writer.close()
    return arrived


async def reader(port, requests, right):
    """Be one reader: ask for the page, then for all the rest; return bytes, and seconds until the page and the end."""
    begun = time.monotonic()
    arrived = await connection(port, deque(requests[:1]), right)
    page = time.monotonic() - begun
    rest = deque(requests[1:])
    arrived += sum(await asyncio.gather(*(connection(port, rest, right) for _ in range(CONNECTIONS))))
    return arrived, page, time.monotonic() - begun


async def all_at_once(port, requests, right):
    """Have all readers come at the same moment; return what became of each, its faults as they are."""
    come = [asyncio.wait_for(reader(port, requests, right), PATIENCE) for _ in range(READERS)]
    return await asyncio.gather(*come, return_exceptions=True)


def main(told):
    """Measure, and say it."""
    requests = first_view()
    command = [sys.executable, start.__file__, "--folder", HTML, "--port", "0", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            port = int(server.stdout.readline().split(":")[2].split("/")[0])
            right = right_answers(port, requests)
            begun = time.monotonic()
            ends = asyncio.run(all_at_once(port, requests, right))
            took = time.monotonic() - begun
        finally:
            server.terminate()
            complaints = server.stderr.read()
    faults = [end for end in ends if isinstance(end, BaseException)]
    assert not faults, f"{len(faults)} readers had an error, such as {faults[0]!r}"
    assert not complaints, complaints[-2000:]
    arrived, page, whole = zip(*ends, strict=True)
    assert len({*arrived}) == 1, f"Readers got from {min(arrived)} to {max(arrived)} bytes."
    told |= {"readers": len(ends), "errors": len(faults), "requests": len(requests), "megabytes": round(arrived[0] / 1e6, 1)}
    told |= {"gigabytes": round(sum(arrived) / 1e9, 1), "all_seconds": round(took, 1)}
    told |= {"page_median": round(statistics.median(page), 1), "page_95th": round(statistics.quantiles(page, n=20)[18], 1)}
    told |= {"whole_median": round(statistics.median(whole), 1), "whole_95th": round(statistics.quantiles(whole, n=20)[18], 1)}


if __name__ == "__main__":
    with claim("load") as figures:
        main(figures)
