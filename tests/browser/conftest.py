"""Pages of our own, beside the built ones.

`stumbling` is a site whose Python has one explorable more, `stumble.py`, which fails as it is told. `cell` is a notebook's
cell without a notebook: the real widget and its real front end, with only Jupyter's wire between them replaced.
"""

import base64
import contextlib
import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
import stumble
from figures import all_live
from web import serve, watch_over

from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.protocol import reply

PAGE = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="live/figures.css"><body>{figures}
<script src="live/view/early.js"></script><script type="module" src="live/view/page.mjs"></script>"""


CELL = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,">
<style>{css}</style><body><div id="cell" style="width:700px"></div><script type="module">
import view from "./view.mjs";
const listeners = {{}};
const bytes = code => Uint8Array.from(atob(code), c => c.charCodeAt(0));
const code = buffer => btoa(Array.from(new Uint8Array(buffer), b => String.fromCharCode(b)).join(""));
let state = JSON.parse(document.querySelector("#state").textContent), changed = {{}};
const model = window.model = {{
  get: name => state[name],
  set: (name, value) => {{ state[name] = changed[name] = value; model.emit("change"); }},
  save_changes: () => {{ toPython("set", changed, []); changed = {{}}; }},
  on: (event, act) => (listeners[event] ??= []).push(act),
  off: (event, act) => listeners[event]?.splice(listeners[event].indexOf(act), 1),
  send: async (content, callbacks, buffers = []) => {{
    callbacks.iopub.status({{ content: {{ execution_state: "busy" }} }});
    const reply = await toPython("message", content, buffers.map(code));
    callbacks.iopub.status({{ content: {{ execution_state: "idle" }} }});
    if (!reply) return;
    // Jupyter hands over views into a larger buffer, whose beginning no type need fit
    const views = reply.buffers.map(text => {{ const b = bytes(text), shifted = new Uint8Array(b.length + 3); shifted.set(b, 3);
      return new DataView(shifted.buffer, 3); }});
    listeners["msg:custom"]?.forEach(act => act(reply.content, views));
  }},
  fromPython: changes => {{ Object.assign(state, changes); model.emit("change"); }},
  emit: (event, ...what) => listeners[event]?.forEach(act => act(...what)),
  listening: () => Object.values(listeners).flat().length,
}};
window.show_again = () => view.render({{ model, el: document.body.appendChild(document.createElement("div")) }});
window.close_cell = view.render({{ model, el: document.querySelector("#cell") }});
</script><script type="application/json" id="state">{state}</script></body></html>"""


@pytest.fixture(scope="session")
def stumbling(html, tmp_path_factory):
    """Return the address of the built book with two pages more: stumble.html, with a neuron beside it, and ten.html."""
    site = tmp_path_factory.mktemp("stumbling")
    shutil.copytree(html, site, dirs_exist_ok=True, copy_function=_link)
    plant(site / "live" / "engine")
    write_page(site / "stumble.html", stumble.Stumble(), EXPLORABLES["tune_a_neuron"])
    write_page(site / "ten.html", *[EXPLORABLES["tune_a_neuron"], EXPLORABLES["train_a_perceptron"]] * 5)
    with serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def ten(browser, stumbling):
    """Return a page with ten live figures, a neuron and a perceptron in turn; it must not complain in any test of a module."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        page.goto(f"{stumbling}ten.html")
        all_live(page)
        yield page
        assert page.watch == type(page.watch)()


def plant(engine):
    """Add `stumble` to the wheel in the folder of an engine, and to the list that the worker checks it by."""
    (wheel,) = engine.glob("nnlib-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["stumble.py"] = Path(stumble.__file__).read_bytes()
    files["nnlib/explorables/__init__.py"] += b"from stumble import Stumble\nEXPLORABLES['stumble'] = Stumble()\n"
    wheel.unlink()  # it is a link to the real one
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    listing = engine / "files.json"
    plain = json.loads(listing.read_text(encoding="utf-8"))["plain"]
    [listed] = [file for file in plain if file["name"] == wheel.name]
    listed |= {"bytes": wheel.stat().st_size, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()}
    listing.unlink()
    listing.write_text(json.dumps({"plain": plain, "frozen": None}), encoding="utf-8")  # frozen is the Python without it


def write_page(path, *explorables):
    """Write a page with a figure of each of `explorables`."""
    with pytest.MonkeyPatch.context() as patch:
        for explorable in explorables:
            patch.setitem(EXPLORABLES, explorable.name, explorable)
        figures = [figure_html(explorable, reply(explorable.name, {})) for explorable in explorables]
    path.write_text(PAGE.format(figures="\n".join(figures)), encoding="utf-8")


def _link(source, target):
    Path(target).symlink_to(source)


@pytest.fixture
def cell(page, tmp_path):
    """Return a function that shows a widget on an empty page, as a notebook's cell would."""
    stack = contextlib.ExitStack()

    def cell(widget):
        names = [*(control.name for control in widget.explorable.controls), "_markup"]
        state = json.dumps({name: getattr(widget, name) for name in names}).replace("<", "\\u003c")
        (tmp_path / "index.html").write_text(CELL.format(css=widget._css, state=state), encoding="utf-8")
        (tmp_path / "view.mjs").write_text(str(widget._esm), encoding="utf-8")

        def to_python(kind, content, buffers):
            if kind == "set":
                for name, value in content.items():
                    setattr(widget, name, value)
                return None
            sent = []
            widget.send = lambda content, buffers: sent.append({"content": content, "buffers": buffers})
            widget._handle_custom_msg(content, [base64.b64decode(text) for text in buffers])
            if not content:
                assert sent == []
                return None
            (reply,) = sent
            return {**reply, "buffers": [base64.b64encode(buffer).decode() for buffer in reply["buffers"]]}

        page.expose_function("toPython", to_python)
        page.goto(stack.enter_context(serve(tmp_path)))
        page.locator('.nn-figure[data-state="live"]').wait_for()
        return page.locator(".nn-figure")

    with stack:
        yield cell
