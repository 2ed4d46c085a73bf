"""What a page may not do, whoever has got a script into it: run text as a program, or ask another host.

A copy of the book has a chapter in which somebody has planted scripts. One of them is a file of the book's own, so it runs, and
tries the rest. The same chapter without its policy is there as well, and lets everything happen: else nothing would be shown.
"""

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from engines.window import EngineError
from strict import with_headers
from web import Handler, serve

CHAPTER, BARE = "chapters/neuron.html", "chapters/bare.html"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PLANTED = """<script>document.documentElement.dataset.text = "ran";</script>
<img src="nothing.png" onerror="document.documentElement.dataset.attribute = 'ran'"><script src="planted.js"></script>"""
SCRIPT = """const other = "{other}", told = document.documentElement.dataset;
const tried = (name, act) => {{ try {{ told[name] = act(); }} catch {{ told[name] = "refused"; }} }};
tried("eval", () => eval("'ran'"));
tried("function", () => new Function("return 'ran'")());
const coming = [
    fetch(`${{other}}fetched`, {{ mode: "no-cors" }}).catch(() => {{}}),
    ...[["image", "img", "src"], ["foreign", "script", "src"], ["sheet", "link", "href"], ["frame", "iframe", "src"]].map(
        ([name, tag, where]) => new Promise((done) => {{
            const element = document.createElement(tag);
            if (tag === "link") element.rel = "stylesheet";
            element[where] = `${{other}}${{name}}`;
            element.onload = element.onerror = done;
            document.body.append(element);
            setTimeout(done, 2000); // a frame that is refused says nothing
        }})),
];
Promise.all(coming).then(() => {{ told.tried = "all"; }});"""
RUNS = {"text", "attribute", "eval", "function"}  # what would run as a program
ASKS = {"fetched", "image", "foreign", "sheet", "frame"}  # what would reach the other host
TOLD = "return { ...document.documentElement.dataset };"


class Listening(Handler):
    """Another host: it answers everything with nothing, and knows what it was asked."""

    asked: set

    def do_GET(self):
        """Note the last part of the address."""
        self.asked.add(self.path.rpartition("/")[2])
        self.send_response(204)
        self.end_headers()


@contextlib.contextmanager
def planted(html, other):
    """Give the folder of a copy of the book with the planted scripts."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "book")
        shutil.copytree(html, copy, copy_function=os.symlink, ignore=shutil.ignore_patterns("lite"))
        text = (html / CHAPTER).read_text(encoding="utf-8").replace("</body>", f"{PLANTED}</body>")
        (copy / CHAPTER).unlink()
        (copy / CHAPTER).write_text(text, encoding="utf-8")
        (copy / BARE).write_text(POLICY.sub("", text), encoding="utf-8")
        (copy / "chapters" / "planted.js").write_text(SCRIPT.format(other=other), encoding="utf-8")
        yield copy


def read(window, html):
    """Open the chapter, on a host that sends the policy and on one that doesn't; yield (what, which host, fault)."""
    handler = type("OneListening", (Listening,), {"asked": set()})
    with serve(html, handler) as other, planted(html, other) as copy, serve(copy) as plain, with_headers(copy) as strict:
        pages = {
            "without a policy, all runs": (f"{plain}{BARE}", RUNS, ASKS),
            "the policy of the page": (f"{plain}{CHAPTER}", set(), set()),
            "the policy of its host": (f"{strict}{CHAPTER}", set(), set()),
        }
        for name, (address, runs, asks) in pages.items():
            yield "policy", name, _tried(window, address, handler.asked, runs, asks)


def _tried(window, address, asked, runs, asks):
    asked.clear()
    try:
        window.open(address)
        window.wait("document.documentElement.dataset.tried", what="the end of what the planted script tries")
        told = window.run(TOLD)
    except EngineError as error:
        return str(error)
    ran = {name for name in RUNS if told.get(name) == "ran"}
    if ran != runs:
        return f"as a program ran {sorted(ran)}, not {sorted(runs)}"
    return "" if asked == asks else f"another host was asked for {sorted(asked)}, not {sorted(asks)}"
