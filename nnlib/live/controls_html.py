"""How each kind of control is written in HTML; `view/controls` has for each the class that moves it.

What the view shows later is there from the start, all layers that there may be among it: it hides, and creates nothing.
"""

import json
import math
from html import escape

from nnlib.explorables.controls.table import GAPS

POWER = 0.01  # a step of a slider in powers of ten, or a little more or less, so that the last one leads to its end


def control_html(control, value, settings=None) -> str:
    """Return the row of a control at its present value; empty for one that is set in a panel.

    A control that is `of` another one, of the layers of a network, takes how many there are from the settings.
    """
    write = FIELDS[control.kind]
    of = [len(settings[control.of])] if settings and getattr(control, "of", "") else []
    return write(control, value, escape(control.label), *of) if write else ""


def _number(control, value, name):
    ends = f'min="{control.low}" max="{control.high}" step="{control.step}"'
    slider = ends, value
    if control.scale == "log":  # the slider moves in powers of ten
        low, high, value10 = (round(math.log10(v), 6) for v in (control.low, control.high, value))
        steps = round((high - low) / POWER)
        step = math.floor((high - low) / steps * 1e9 + 1e-3) / 1e9  # rounded down: the last one has to be within the slider
        slider = f'min="{low}" max="{high}" step="{step}"', value10
    return _row(
        control,
        f'<input type="range" {slider[0]} value="{slider[1]}" data-scale="{control.scale}" aria-label="{name}">'
        f'<input type="number" {ends} value="{value:.6g}" aria-label="{name}, as a number">',
        tag="div",  # a label has one field, and both have a name of their own
    )


def _choice(control, value, name):
    options = "".join(f"<option{' selected' * (o == value)}>{escape(o)}</option>" for o in control.options)
    return _row(control, f"<select>{options}</select>")


def _sizes(control, value, name):
    def layer(index):
        size = value[index] if index < len(value) else control.low
        return (
            f'<span class="nn-size"{"" if index < len(value) else " hidden"}>'
            f'<button type="button" data-add="-1" aria-label="a neuron less in layer {index + 1}">−</button>'
            f'<input type="number" min="{control.low}" max="{control.high}" step="1" value="{size}" '
            f'aria-label="neurons in layer {index + 1}">'
            f'<button type="button" data-add="1" aria-label="a neuron more in layer {index + 1}">+</button></span>'
        )

    layers = "".join(map(layer, range(control.most)))
    ends = (
        '<span><button type="button" data-do="less">remove layer</button> '
        '<button type="button" data-do="more">add layer</button></span>'
    )
    return _group(control, f'<span class="nn-sizes">{layers}{ends}</span>')


def _each(control, value, name, count=0):
    def layer(index):
        chosen = value[index] if index < len(value) else control.options[0]
        options = "".join(f"<option{' selected' * (o == chosen)}>{escape(o)}</option>" for o in control.options)
        return f"<label{' hidden' * (index >= count)}>layer {index + 1} <select>{options}</select></label>"

    layers = "".join(map(layer, range(control.most)))
    return _group(
        control,
        f'<details class="nn-each"><summary>{told_of(value, control.options[0])}</summary>{layers}</details>',
        f' data-of="{control.of}"',
    )


def told_of(value, usual) -> str:
    """Return which layers have another option than the usual one, in words."""
    others = [f"layer {i}: {escape(option)}" for i, option in enumerate(value, 1) if option != usual]
    return ", ".join(others) or "the same in all layers"


def _several(control, value, name, count=None):
    toggles = (
        f'<button type="button" aria-pressed="{json.dumps(option in value)}"'
        f"{' hidden' * (count is not None and count <= index < len(control.options) - 1)}>{escape(option)}</button>"
        for index, option in enumerate(control.options)
    )
    more = f' data-of="{control.of}"' if control.of else ""
    return _group(control, f'<span class="nn-several">{"".join(toggles)}</span>', more)


def _table(control, value, name):
    example = "x1, x2, y&#10;0.5, -1, 1"
    if control.parts:
        example = "paste, or drop a file&#10;length, width, kind&#10;0.5, 5, rose"
    parts = "".join(f"<label>{escape(part)} <select></select></label>" for part in control.parts)
    more = (
        f'<label><input type="checkbox">{GAPS}</label><span class="nn-columns" hidden>{parts}</span>' if control.parts else ""
    )
    return _group(
        control,
        f'<span class="nn-own"><output>{escape(size_of(value))}</output><span class="nn-refused"></span>'
        f'<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" aria-label="{name}, from a file">'
        f'<textarea rows="3" spellcheck="false" aria-label="{name}, as text" placeholder="{example}"></textarea>'
        f'<button type="button">Use this text</button>{more}</span>',
        f' data-also="{escape(json.dumps(control.also))}"' if control.also else "",
    )


def _pin(control, value, name):
    button = f'<button type="button">{"Unpin" if value else "Pin these settings"}</button>'
    names = escape(json.dumps([one.name for one in control.controls]))
    return _group(control, f'<span class="nn-pin" data-names="{names}">{button}<output></output></span>')


def size_of(value) -> str:
    """Return what a table has, in words."""
    if "said" in value:
        return value["said"]
    rows, columns = value["rows"].shape
    names = f": {', '.join(value['columns'])}" if value["columns"] else ""
    return f"rows: {rows}, columns: {columns}{names}"


def _row(control, fields, tag="label"):
    return f"<{tag} {_named(control)}><span>{escape(control.label)}</span>{fields}</{tag}>"


def _group(control, fields, more=""):
    label = escape(control.label)
    return f'<div {_named(control)}{more} role="group" aria-label="{label}"><span>{label}</span>{fields}</div>'


def _named(control):
    return f'class="nn-control" data-control="{control.name}" data-kind="{control.kind}"'


FIELDS = {
    "number": _number,
    "choice": _choice,
    "sizes": _sizes,
    "each": _each,
    "several": _several,
    "table": _table,
    "pin": _pin,
    "points": None,  # these are set in their panels
    "drawing": None,
}
