"""The road: the table of contents in the welcome, drawn as a way from one neuron to a trained network, chapter by chapter.

The chapters and their parts are those that Sphinx has put there, out of `_toc.yml`, so the picture cannot differ from the book.
"""

import re
from itertools import pairwise, product

REPAIR = "the road of the chapters"
BELOW = r"<ul>(?:(?!</?ul>)[\s\S])*</ul>"  # pages below a page, of which the road knows nothing
STAGE = (
    r'<div class="toctree-wrapper compound">\s*<p\b[^>]*><span class="caption-text">(?P<caption>[^<]*)</span></p>\s*'
    rf"<ul>(?P<chapters>(?:\s*<li\b[^>]*><a\b[^>]*>[^<]*</a>(?:\s*{BELOW})?\s*</li>)+)\s*</ul>\s*</div>\s*"
)
ROAD = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', STAGE)})+")
CHAPTER = re.compile(r'<a\b[^>]*href="([^"]*)"[^>]*>(?:(\d+)\. )?([^<]*)</a>')
BESIDE = "Appendix"  # which the road does not lead through
NETWORKS = ((2, 1), (2, 3, 1), (2, 4, 4, 2))  # the neurons drawn at the head of a part: ever more of them
WIDTH, HEIGHT, RADIUS = 88, 48, 4  # 26 from layer to layer


def drawn(text, page, work):
    """Return the text of a page with its table of contents, where it has one, as the road."""
    return ROAD.sub(lambda found: _road(found[0], work), text)


def _road(contents, work):
    work.done[REPAIR] += 1
    stages, number = [], 0
    for found in re.finditer(STAGE, contents):
        chapters = "".join(f"<li>{_link(*link)}</li>" for link in CHAPTER.findall(re.sub(BELOW, "", found["chapters"])))
        if found["caption"] == BESIDE:
            stages.append(f'<div class="nn-beside"><h3>{BESIDE}</h3><ul>{chapters}</ul></div>')
        else:
            head = f"{_network(NETWORKS[min(number, len(NETWORKS) - 1)])}<h3>{found['caption']}</h3>"
            number += 1
            stages.append(f'<div class="nn-stage">{head}<ol>{chapters}</ol></div>')
    return f'<nav class="nn-road" aria-label="The road through the book">{"".join(stages)}</nav>\n'


def _link(address, number, title):
    """Return the link to a chapter, with its number, if it has one; its name, before the colon, stands out."""
    name, colon, rest = title.partition(":")
    station = number and f'<span class="nn-station">{number}</span> '
    return f'<a href="{address}">{station}<b>{name}{colon}</b>{rest}</a>'


def _network(sizes):
    """Return a small drawing of a network with these layers; the words beside it say all that it says."""
    layers = [[(RADIUS + 1 + 26 * i, round(HEIGHT * (j + 0.5) / size, 1)) for j in range(size)] for i, size in enumerate(sizes)]
    edges = (f"M{x1} {y1}L{x2} {y2}" for one, other in pairwise(layers) for (x1, y1), (x2, y2) in product(one, other))
    neurons = "".join(f'<circle cx="{x}" cy="{y}" r="{RADIUS}"/>' for layer in layers for x, y in layer)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg class="nn-sketch" {size} aria-hidden="true"><path d="{"".join(edges)}"/>{neurons}</svg>'
