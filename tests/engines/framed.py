"""A figure in a frame of another site, with its own origin and without."""

import tempfile
from pathlib import Path

from engines.window import EngineError
from strict import with_headers
from web import serve

NAME = "tune_a_neuron"
PAGE = "<!doctype html><meta http-equiv=content-security-policy content=\"default-src 'none'; frame-src {book}\">{frame}"
FRAME = '<iframe sandbox="{sandbox}" width=900 height=700 src="{book}embed/{name}.html?{name}={{%22w1%22:2.5}}">'
FIGURE = f"document.querySelector(`[data-explorable={NAME}]`)"
LIVE = f"{FIGURE}?.dataset.state === 'live'"
STILL = f"{FIGURE}?.querySelector('svg, canvas')"
# Where a frame has no origin, `'self'` in its policy is nobody's in WebKit: no script runs, and the still picture stays.
WITHOUT_ORIGIN_STILL = ("WebKitGTK",)
SHOWN = f"{FIGURE}.picture.find(({{ name }}) => name === 'diagram').edges[0].value === 2.5"


def read(engine, window, html):
    """Use the figure in a page whose policy lets in nothing but the book; yield (what, sandbox, fault)."""
    with with_headers(html) as book, tempfile.TemporaryDirectory() as folder, serve(folder) as host:
        for sandbox in ("allow-scripts allow-same-origin", "allow-scripts"):
            frame = FRAME.format(sandbox=sandbox, book=book, name=NAME)
            (Path(folder) / "host.html").write_text(PAGE.format(book=book, frame=frame), encoding="utf-8")
            still = engine in WITHOUT_ORIGIN_STILL and "allow-same-origin" not in sandbox
            what = "still pictures in a frame without an origin" if still else "framed by another site"
            yield what, sandbox, _use(window, f"{host}host.html", still)


def _use(window, address, still):
    try:
        window.open(address)
        window.enter()
        if still:
            window.wait(STILL, what="the still picture in the frame")
            return ""
        window.wait(LIVE, what="the figure in the frame")
        window.wait(SHOWN, what="the picture of the frame's settings")
    except EngineError as error:
        return str(error)
    return ""
