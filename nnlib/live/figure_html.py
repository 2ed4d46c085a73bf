"""A figure's HTML, written once for both hosts: the view brings it to life, and it stands by itself without one."""

import base64
import json
import sys
from html import escape

import numpy as np

from nnlib.explorables.panels import shown
from nnlib.live.controls_html import control_html
from nnlib.live.heights import looks_beside
from nnlib.live.protocol import pack

# What can be hidden besides controls, by the names of `view/figure/hiding.mjs`.
PARTS = ("step-button", "play-button", "rewind-slider", "speed-slider", "restart-button", "preset-buttons", "code-button",
         "link-field")  # fmt: skip


def figure_html(explorable, reply, stills=None, anchor="", hide=(), autoplay=False, number="", embed=None) -> str:
    """Return the markup of a figure.

    Parameters
    ----------
    explorable : Explorable
    reply : the reply it begins with, as `protocol.opening` returns it
    stills : dict, name of a panel -> HTML of its still picture; without it the panels begin empty
    anchor : the id of the figure's element, which links lead to; unique on a page
    hide : names of controls, and of PARTS, that are hidden until the reader wants to see them
    autoplay : whether it begins to play as the reader arrives, on a page
    number : what the book calls it, such as "4.2"
    embed : names of the settings that its page gives it, where it has a page for frames as well, see `book/embed.py`
    """
    name, title = explorable.name, escape(explorable.title)
    panels, reckoning = "", ""
    for panel in reply["picture"]:
        written = _panel(panel, (stills or {}).get(panel["name"], ""))
        if panel["kind"] == "equations" and not explorable.groups:
            reckoning += written
        else:
            panels += written
    controls = {control.name: _control(explorable, control, reply["settings"]) for control in explorable.controls}
    more = "".join(_more(title, [controls.pop(name) for name in names]) for title, names in explorable.more.items())
    in_groups = "".join(_group(title, [controls.pop(name) for name in names]) for title, names in explorable.groups.items())
    looks = " nn-broad" if explorable.groups else looks_beside(explorable, reply["picture"])
    task = _challenge(reply["challenge"])
    first, later = ("", task) if explorable.groups else (task, "")  # where all is to be seen at once, there is no room on top
    presets = "".join(_preset(explorable, label, reply["settings"]) for label in explorable.presets)
    training = _training(explorable) if explorable.trains else ""
    has_code = explorable.code(reply["settings"], 0) is not None
    code = '<button type="button" data-do="code">Export code</button>' if has_code else ""
    frame = "" if embed is None else '<button type="button" data-do="embed">Embed</button>'
    return f"""\
<figure class="nn-figure{looks}"{anchor and f' id="{anchor}"'} data-explorable="{name}" data-state="still" \
data-pace="{explorable.pace}"{_hidden(hide)}{" data-autoplay" * autoplay}{_given(embed)} \
aria-label="{title}">
<div class="nn-whole">
<div class="nn-head"><span class="nn-title">{title}</span><span>\
<span class="nn-status" role="status"></span> <span class="nn-progress" aria-hidden="true"></span> \
<button type="button" data-do="wait" hidden>Keep waiting</button> \
<button type="button" data-do="retry" hidden>Try again</button></span></div>
{first}
<div class="nn-view"><div class="nn-panels">{panels}</div></div>
<div class="nn-side">
{training}<div class="nn-controls">{in_groups}{"".join(controls.values())}{more}{_opener(explorable)}</div>
{later}<p class="nn-sentence">{escape(reply["sentence"])}</p>
{reckoning and f'<div class="nn-reckoning">{reckoning}</div>'}
</div>
<div class="nn-buttons"><span class="nn-presets">{presets}</span>\
<span class="nn-tools"><button type="button" data-do="copy">Copy link</button>{frame}{code}\
<button type="button" data-do="choose" aria-expanded="false">Hide controls</button>\
<button type="button" data-do="full">Full screen</button><button type="button" data-do="reset">Reset</button></span></div>
<p class="nn-spoken" role="status"></p>
</div>
<script type="application/json" class="nn-data">{_embedded(reply)}</script>
{_caption(explorable, number)}
</figure>"""


def place_html(explorable, settings, hide=(), autoplay=False) -> str:
    """Return what a stored notebook holds in a figure's place; the book puts the figure there, see `page`."""
    return (
        f'<p class="nn-place" data-explorable="{explorable.name}" data-settings="{escape(json.dumps(settings))}"'
        f"{_hidden(hide)}{' data-autoplay' * autoplay}>"
        f"<em>{escape(explorable.title)}</em>: run this cell to bring the figure to life.</p>"
    )


def _control(explorable, control, settings) -> str:
    row = control_html(control, settings[control.name], settings)
    if control.name not in explorable.needs:
        return row
    name, options = explorable.needs[control.name]
    given = f'data-of="{name}" data-options="{escape(json.dumps(options))}"'
    return f'<div class="nn-need" {given}{" hidden" * (settings[name] not in options)}>{row}</div>'


def _preset(explorable, label, settings) -> str:
    preset, mode = json.dumps(explorable.presets[label], default=np.ndarray.tolist), explorable.mode
    is_mode = any(label in control.options for control in explorable.controls if control.name == mode)
    on = is_mode and f' data-mode="{mode}" aria-pressed="{json.dumps(settings[mode] == label)}"'
    return f'<button type="button" data-preset="{escape(preset)}"{on or ""}>{escape(label)}</button>'


def _group(title, rows) -> str:
    title = escape(title)
    return (
        f'<div class="nn-group" role="group" aria-label="{title}"><div class="nn-group-title" aria-hidden="true">{title}</div>'
        f'<button type="button" class="nn-fold" aria-expanded="false">{title}</button>'
        f'<div class="nn-rows">{"".join(rows)}</div></div>'
    )


def _more(title, rows) -> str:
    return f'<details class="nn-more"><summary>{escape(title)}</summary><div class="nn-rows">{"".join(rows)}</div></details>'


def _training(explorable) -> str:
    speed = _SPEED.format(begin=explorable.speed, unit=explorable.unit) if explorable.speed else ""
    return (
        '<div class="nn-training"><button type="button" data-do="step">Step</button>'
        '<button type="button" data-do="play">Play</button>'
        '<label class="nn-rewind"><span>rewind</span><input type="range" min="0" max="0" value="0" step="1" data-do="rewind">'
        f'<span class="nn-count"></span></label>{speed}<button type="button" data-do="restart">Restart</button></div>\n'
    )


_SPEED = (
    '<label class="nn-speed"><span>speed</span><input type="range" min="0" max="9" value="0" step="1" data-do="speed" '
    'data-begin="{begin}" data-unit="{unit}"><span class="nn-rate"></span></label>'
)


_BRUSH = (
    '<div class="nn-brush" role="group" aria-label="a click on the plane"{hidden}>'
    '<label><input type="radio" value="1">adds ● +1</label><label><input type="radio" value="-1">adds ■ −1</label>'
    '<label><input type="radio" value="0">removes</label>'
    '<button type="button" aria-label="add one in the middle of the plane">add one</button></div>'
)


LONG = 8  # lines of code: more of them are folded up


def _panel(panel, still) -> str:
    points = panel.get("points")
    brush = _BRUSH.format(hidden="" if points["edits"] else " hidden") if points and points["sets"] else ""
    long = panel.get("code") and len(panel["lines"]) > LONG
    whole, title = ("details", "summary") if long else ("div", "div")  # there for whoever asks
    names = f'data-panel="{escape(panel["name"])}" data-kind="{panel["kind"]}"'
    return (
        f'<{whole} class="nn-panel{" nn-wide" * panel["wide"]}" {names}{"" if shown(panel) else " hidden"}>'
        f'<{title} class="nn-panel-title">{escape(panel["label"])}</{title}>{_legend(panel.get("legend"))}'
        f'<div class="nn-panel-body{" nn-code" * panel.get("code", False)}">{still}</div>{brush}</{whole}>'
    )


def _legend(names) -> str:
    def looks(name):
        return f"nn-name nn-{name['role']}" + ("" if name["color"] is None else f" nn-curve-{name['color']}")

    spans = "".join(f'<span class="{looks(name)}">{escape(name["label"])}</span>' for name in names or ())
    return spans and f'<div class="nn-legend">{spans}</div>'


def _opener(explorable) -> str:
    if not explorable.opens:
        return ""
    name = escape(explorable.opens)
    return (
        f'<div class="nn-opener"><label><span>{name}</span><input type="text" inputmode="url" autocomplete="off" '
        f'spellcheck="false" placeholder="https://…"></label><button type="button" data-do="open">Open</button>'
        '<div class="nn-told" role="status"></div></div>'
    )


def _caption(explorable, number) -> str:
    """Return the line that says what there is to look at: the first one of the figure's own file, after its name."""
    about = (sys.modules[type(explorable).__module__].__doc__ or "").partition("\n")[0].partition(": ")[2]
    about = about.replace("`", "").replace("'", "’")
    words = [number and f"<b>Figure {number}</b>", escape(about[:1].upper() + about[1:])]
    return f'<figcaption class="nn-caption">{" ".join(filter(None, words))}</figcaption>' if any(words) else ""


def _hidden(names) -> str:
    return f' data-hide="{escape(",".join(names))}"' if names else ""


def _given(names) -> str:
    return f' data-given="{escape(",".join(names))}"' if names else ""


def _challenge(challenge) -> str:
    done = challenge and challenge["done"]
    line = challenge and f"{'✔ Done:' if done else '○ To do:'} {escape(challenge['task'])}"  # as status.mjs writes it
    return f'<p class="nn-challenge{" nn-done" if done else ""}">{line or ""}</p>'


def packed(reply) -> dict:
    """Return a reply, or a part of one, as text alone, which `unpackBase64` of the view reads."""
    text, buffers = pack(reply)
    return {"text": text, "buffers": [base64.b64encode(buffer).decode() for buffer in buffers]}


def _embedded(reply) -> str:
    return json.dumps(packed(reply)).replace("<", "\\u003c")  # no text in it can end the script element
