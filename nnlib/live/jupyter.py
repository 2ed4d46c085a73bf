"""Jupyter as a host of explorables: a widget whose traits are the settings, so that cells and other widgets can set them."""

from functools import cache

import anywidget
import traitlets

from nnlib import palette
from nnlib.arrays import choose
from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import PARTS, figure_html, place_html
from nnlib.live.join_modules import VIEW, as_one_module
from nnlib.live.protocol import answer_packed, opening


class Setting(traitlets.TraitType):
    """A trait that holds what its control allows; arrays are kept as lists, which a notebook can store and compare."""

    def __init__(self, control):
        super().__init__(control.plain(control.default))
        self.control = control

    def validate(self, owner, value):
        """Return the clean value, or raise what the control raises."""
        return self.control.plain(self.control.check(value))


class FigureWidget(anywidget.AnyWidget):
    """The widget of one explorable; `Figure` makes it."""

    _esm = as_one_module(VIEW / "jupyter.mjs")
    _css = palette.as_css() + (VIEW / "figure" / "figures.css").read_text(encoding="utf-8")
    _markup = traitlets.Unicode().tag(sync=True)
    explorable = None

    def __init__(self, hide=(), autoplay=False, **settings):
        super().__init__(**settings)
        self._hide, self._autoplay = [*hide], autoplay
        self._markup = figure_html(self.explorable, self._reply(), hide=self._hide)
        self.on_msg(self._hear)

    def _reply(self):
        names = [control.name for control in self.explorable.controls]
        return opening(self.explorable.name, {name: getattr(self, name) for name in names})

    def _hear(self, _, content, buffers):
        if not content:
            return  # the view has nodded: see jupyter.mjs
        text, answered = answer_packed(content["text"], buffers)
        self.send({"id": content["id"], "text": text}, buffers=answered)

    @property
    def picture(self) -> dict:
        """The panels of the present settings by name, as plain numbers and arrays."""
        return {panel["name"]: panel for panel in self._reply()["picture"]}

    @property
    def sentence(self) -> str:
        """The present picture in one sentence."""
        return self._reply()["sentence"]

    def __repr__(self):
        marks = {"hide": self._hide, "autoplay": self._autoplay}
        given = self._changed() | {name: mark for name, mark in marks.items() if mark}
        changed = (f"{name}={value!r}" for name, value in given.items())
        return f"figure({', '.join([repr(self.explorable.name), *changed])})"

    def _changed(self):
        values = {control.name: getattr(self, control.name) for control in self.explorable.controls}
        return {c.name: values[c.name] for c in self.explorable.controls if values[c.name] != c.plain(c.default)}

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/plain"] = repr(self)
        data["text/html"] = place_html(self.explorable, self._changed(), self._hide, self._autoplay)
        return bundle


@cache
def _widget_class(name):
    explorable = choose(name, EXPLORABLES, "the name of a figure")
    settings = {control.name: Setting(control).tag(sync=True) for control in explorable.controls}
    return type("Figure", (FigureWidget,), {"__doc__": f"{explorable.title}.", "explorable": explorable, **settings})


def Figure(name, hide=(), autoplay=False, **settings) -> FigureWidget:
    """Return the widget of the explorable `name`, with these settings, and without the controls and PARTS named in `hide`.

    On a page of the book it may play by itself.
    """
    kind = _widget_class(name)
    unknown = {control.name for control in kind.explorable.controls}
    for setting in settings:
        choose(setting, dict.fromkeys(unknown), f"a setting of {name}")
    for part in hide:
        choose(part, dict.fromkeys([*unknown, *PARTS]), f"what {name} can hide")
    return kind(hide=hide, autoplay=autoplay, **settings)
