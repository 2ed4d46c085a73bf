"""A still figure and a live one in the same looks, and what is seen of them."""

import io

import numpy as np
from PIL import Image

WATCHED = "DOMStringMap.prototype.watched = ''"  # as if a script watched already: a figure then stays still, and nobody says so
# What the engine says may take a line more, on a phone; and all pictures are in sight there, one below the other.
SAME = """.nn-head > :last-child { display: none; }
@media (max-width: 40rem) {
    .nn-view { position: static !important; }
    .nn-view > .nn-panels { display: block !important; max-height: none !important; overflow: visible !important; }
    .nn-view .nn-panel { width: 100% !important; max-height: none !important; overflow: visible !important; }
}"""
# A line of words lies on whole pixels, and another number of them from the one above where they begin between two.
ON_PIXELS = """row => {
    const { y } = row.getBoundingClientRect();
    Object.assign(row.style, { position: "relative", top: `${Math.ceil(y) - y}px` });
}"""
PANELS = """row => [...row.querySelectorAll(":scope > .nn-panel:not([hidden], details)")].map(panel => {
    const { x, y, width, height } = panel.querySelector(".nn-panel-body").getBoundingClientRect();
    const all = row.getBoundingClientRect();
    return [panel.dataset.panel, Math.round(x - all.x), Math.round(y - all.y), Math.round(width), Math.round(height)];
})"""


def seen(figure):
    """Return the pixels of each panel of a figure by its name."""
    figure.page.bring_to_front()
    panels = {}
    for row in figure.locator(".nn-panels, .nn-reckoning").all():
        row.scroll_into_view_if_needed()
        row.evaluate(ON_PIXELS)
        shot = Image.open(io.BytesIO(row.screenshot(animations="disabled"))).convert("RGB")
        pixels = np.asarray(shot, dtype=int)
        panels |= {name: pixels[y : y + height, x : x + width] for name, x, y, width, height in row.evaluate(PANELS)}
    return panels
