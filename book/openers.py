"""How a chapter begins and ends, a Sphinx extension: its picture, what it is good for, where it lies, and what comes next.

All of it is out of what the notebook says in its first two paragraphs, and out of its figures; the picture is a still of one.
"""

import re
from html import escape
from itertools import pairwise

from book.hooks import on_website
from book.leads import AIMS, leads
from book.numbers import chapter_numbers
from nnlib.explorables import EXPLORABLES
from nnlib.live.protocol import opening, reply

# The picture of a chapter: a figure, a panel of it, its settings or one of its examples, and how many steps it has made.
PICTURES = {
    "biology": ("spiking_neuron", "voltage"),
    "neuron": ("tune_a_neuron", "plane"),
    "activations": ("slopes", "function", {"activation": "silu"}),
    "perceptron": ("train_a_perceptron", "plane", {}, 40),
    "layers": ("xor_by_hand", "network"),
    "loss": ("loss_and_slope", "loss"),
    "gradient_descent": ("learning_rate", "plane", "oscillate"),
    "backpropagation": ("watch_the_blame_flow", "forward"),
    "autodiff": ("backprop_step_by_step", "graph", {}, 16),
    "optimizers": ("race", "plane"),
    "depth": ("what_depth_is_good_for", "network"),
    "generalization": ("too_much_capacity", "validation"),
    "digits": ("draw_a_digit", "paper", "a three"),
    "playground": ("playground", "output", {}, 60),
    "frameworks": ("sliding_kernel", "picture"),
    "atlas": ("atlas_of_xor", "plane", {}, 1000),
    "clinic": ("xor_cannot_be_done", "plane"),
}
LEAD = re.compile(
    rf"<p><strong>{AIMS}</strong>(?P<aims>.*?)</p>\s*<p><strong>It builds on</strong>(?P<base>.*?)"
    r"<strong>Time:</strong>(?P<time>.*?)</p>",
    re.DOTALL,
)
BREAK = re.compile(r";\s(?![^<]*>)(?:and )?")  # between two aims, and not within a tag
NARROW = re.compile(r'<div class="nn-still nn-still-narrow">(.*?)</div><div class="nn-still nn-still-', re.DOTALL)
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
FRAME = re.compile(r'<rect class="nn-frame" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"')
FIGURE = re.compile(r'<figure class="nn-figure[^>]* data-explorable="(\w+)"')
COUNTED = {
    "figure": r'<figure class="nn-figure',
    "exercise": r'<div class="exercise admonition',
    "question": r'class="nn-question"',
}


def setup(app):
    """Register the extension: it comes when the figures are in their places."""
    on_website(app, "html-page-context", put_opener, priority=600)
    on_website(app, "html-page-context", put_onward, priority=610)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_opener(app, pagename, templatename, context, doctree):
    """Replace the first paragraphs of a chapter by its opener."""
    body = context.get("body", "")
    found = LEAD.search(body)
    if not found:
        return
    numbers = chapter_numbers(app.env)
    picture = picture_of(app, pagename, FIGURE.search(body))
    road = map_of([*numbers.values()], numbers.get(pagename, ""))
    context["body"] = f"{body[: found.start()]}{opener(found, picture, counts(body), road)}{body[found.end() :]}"


def opener(found, picture, counted, road):
    """Return the opener, out of what the two paragraphs say."""
    aims = [aim.strip().removesuffix(".") for aim in BREAK.split(found["aims"])]
    facts = {"Builds on": found["base"].strip(), "Time": found["time"].strip(), "In it": counted}
    told = "".join(f"<div><dt>{name}</dt><dd>{_sentence(fact)}</dd></div>" for name, fact in facts.items() if fact)
    return (
        f'<div class="nn-front">{road}{picture}'
        f'<div class="nn-aims"><p><strong>{AIMS}</strong></p><ul>{"".join(f"<li>{aim}</li>" for aim in aims)}</ul></div>'
        f'<dl class="nn-facts">{told}</dl></div>'
    )


def _sentence(text):
    """Return a fact with its first letter as that of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def counts(body):
    """Return what there is to do in a chapter, in words."""
    numbers = {name: len(re.findall(pattern, body)) for name, pattern in COUNTED.items()}
    return ", ".join(f"{number} {name}{'s' * (number > 1)}" for name, number in numbers.items() if number)


def map_of(numbers, here):
    """Return a small map of the course, drawn: a station for each chapter that has a number, and the reader's is filled."""
    stations = [number for number in numbers if number.isdigit()]
    if here not in stations:
        return ""
    at = {number: 8 + 20 * index for index, number in enumerate(stations)}
    wires = "".join(
        f'<path class="{"nn-behind" if int(right) <= int(here) else "nn-to-come"}" d="M{at[left]} 8H{at[right]}"/>'
        for left, right in pairwise(stations)
    )
    dots = "".join(
        f'<circle class="{_way(number, here)}" cx="{x}" cy="8" r="{6 if number == here else 4}"/>' for number, x in at.items()
    )
    width = 16 + 20 * (len(stations) - 1)
    return (
        f'<svg class="nn-map" viewBox="0 0 {width} 16" width="{width}" height="16" role="img" '
        f'aria-label="Chapter {here} of {len(stations)}">{wires}{dots}</svg>'
    )


def _way(number, here):
    return "nn-here" if number == here else "nn-behind" if int(number) < int(here) else "nn-to-come"


def picture_of(app, page, first=None):
    """Return the picture of a page, or nothing: that of `PICTURES`, or else one of its first figure."""
    still = still_of(app, page, first)
    return f'<div class="nn-picture" aria-hidden="true">{cropped(still)}</div>' if still else ""


def still_of(app, page, first=None):
    """Return the still that is the picture of a page, or nothing; `first` is where `FIGURE` has found its first figure."""
    told = PICTURES.get(page.rpartition("/")[2]) or ((first[1], None) if first else None)
    if told is None:
        return ""
    name, panel, settings, steps = (*told, *({}, 0)[len(told) - 2 :])
    figure = EXPLORABLES[name]
    settings = figure.presets[settings] if isinstance(settings, str) else settings
    shown = reply(name, settings, steps=steps) if steps else opening(name, settings)
    panel = panel or shown["picture"][0]["name"]
    return narrow(app.stills.of(shown, bool(figure.groups))[panel])


def narrow(still):
    """Return the still picture of a panel in the size of a phone."""
    found = NARROW.match(still)
    return found[1] if found else still


def cropped(still):
    """Return a still picture without what stands around its axes: it says what the chapter is of, and nobody reads it off."""
    (width, _), (x, y, w, h) = box_of(still)
    if not FRAME.search(still):
        return f'<div class="nn-panel-body">{still}</div>'
    place = f"width:{100 * width / w:.3f}%;left:{-100 * x / w:.3f}%;top:{-100 * y / h:.3f}%"
    return (
        f'<div class="nn-crop" style="aspect-ratio:{w:g}/{h:g}"><div class="nn-panel-body" style="{place}">{still}</div></div>'
    )


def box_of(still):
    """Return the size of a still in its own units, and what of it is shown: left, top, width and height."""
    box, frame = BOX.search(still), FRAME.search(still)
    size = tuple(map(float, box.groups())) if box else (1.0, 1.0)
    return size, tuple(map(float, frame.groups())) if box and frame else (0.0, 0.0, *size)


def put_onward(app, pagename, templatename, context, doctree):
    """Put what comes next, and what came before, at the end of a page."""
    if not context.get("body") or doctree is None or not (context.get("prev") or context.get("next")):
        return
    pages = [app.config.root_doc, *chapter_numbers(app.env)]
    if pagename not in pages:
        return
    at = pages.index(pagename)
    before = pages[at - 1] if at else None
    after = pages[at + 1] if at + 1 < len(pages) else None
    links = "".join(_link(app, context, page, way) for page, way in ((after, "next"), (before, "previous")) if page is not None)
    context["body"] += f'\n<nav class="nn-onward" aria-label="Next and previous chapter">{links}</nav>\n'


def _link(app, context, page, way):
    number = chapter_numbers(app.env).get(page, "")
    title = escape(app.env.titles[page].astext())
    kicker = f"Chapter {number}" if number.isdigit() else "Appendix" if number else "The beginning"
    aims = leads(app.env).get(page, {"aims": []})["aims"]
    more = f'<span class="nn-promise">There you learn to {escape(aims[0])}.</span>' if aims and way == "next" else ""
    picture = picture_of(app, page) if way == "next" else ""
    return (
        f'<a data-way="{way}" href="{escape(context["pathto"](page))}">'
        f'{picture}<span class="nn-words"><span class="nn-turn">{way.capitalize()}: {kicker}</span> '
        f"<b>{title}</b> {more}</span></a>"
    )
