"""Pages of our own, beside the built ones.

`stumbling` is a site whose Python has the explorables of the tests as well: `stumble.py`, which fails as it is told, and
`sandbox.py`, which has the controls that no panel sets. `cell` is a notebook's cell without a notebook: the real widget and
its real front end, with only Jupyter's wire between them replaced.
"""

import base64
import contextlib
import json

import pytest
from figures import all_live, let_python_sleep
from planted import plant, write_page
from sandbox import Sandbox
from stumble import Stumble
from web import serve, watch_over

from nnlib.explorables import EXPLORABLES

CELL = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,">
<style>{css}</style><body><div id="cell" style="width:700px"></div><script type="module">
import view from "./view.js";
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
    """Return the address of the built book with more pages: stumble.html, with a neuron beside it, sandbox.html, which plays
    by itself as autoplay.html, and ten.html.
    """
    site = tmp_path_factory.mktemp("stumbling")
    plant(html, site)
    write_page(site / "stumble.html", Stumble(), EXPLORABLES["tune_a_neuron"])
    write_page(site / "sandbox.html", Sandbox())
    write_page(site / "autoplay.html", Sandbox(), autoplay=True)
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


@pytest.fixture
def asleep(page):
    """Let no Python come to the pages of a test that is not about it: its start is a third of a page's work."""
    let_python_sleep(page)


@pytest.fixture
def cell(page, tmp_path):
    """Return a function that shows a widget on an empty page, as a notebook's cell would."""
    stack = contextlib.ExitStack()

    def cell(widget):
        names = [*(control.name for control in widget.explorable.controls), "_markup"]
        state = json.dumps({name: getattr(widget, name) for name in names}).replace("<", "\\u003c")
        (tmp_path / "index.html").write_text(CELL.format(css=widget._css, state=state), encoding="utf-8")
        (tmp_path / "view.js").write_text(str(widget._esm), encoding="utf-8")

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
