"""Record the README's moving picture from the built book: python assets/record.py (needs `make book` and a Chromium)."""

import io
import itertools
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import chromium  # noqa: E402 - beside the tests, whose browser it is
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402 - comes with matplotlib
from playwright.sync_api import sync_playwright  # noqa: E402
from web import serve  # noqa: E402

from nnlib.explorables.figures.draw_a_digit import STROKES  # noqa: E402

FRAME_MS, WIDTH, COLORS = 90, 640, 112


def live(page, address, name):
    """Open a page and return its figure once it lives."""
    page.goto(address)
    figure = page.locator(f'[data-explorable="{name}"]')
    figure.scroll_into_view_if_needed()
    page.locator(f'[data-explorable="{name}"][data-state="live"]').wait_for(timeout=120_000)
    return figure


def turning(page, site):
    """Yield frames of the neuron's boundary while its weights turn."""
    figure = live(page, f"{site}chapters/neuron.html", "tune_a_neuron")
    figure.evaluate("element => element.set({ task: 'AND' })")
    for turn in np.linspace(0, 1, 20):
        angle = 2.6 - 1.8 * turn
        weights = {"w1": 4 * np.cos(angle), "w2": 4 * np.sin(angle), "bias": -1 - 4 * turn}
        weights = {name: round(float(value), 1) for name, value in weights.items()}  # as a slider sets them
        figure.evaluate("(element, settings) => element.set(settings)", weights)
        yield page.screenshot(clip=figure.bounding_box())


def drawing(page, site):
    """Yield frames of a digit while the mouse draws it."""
    figure = live(page, f"{site}chapters/welcome.html", "draw_a_digit")
    figure.get_by_role("button", name="a clean sheet").click()
    box = figure.locator(".nn-pad").bounding_box()
    corners = np.array(STROKES["a five"]) / 32 * [box["width"], box["height"]] + [box["x"], box["y"]]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for start, end in itertools.pairwise(corners):
        for share in (0.34, 0.67, 1):
            page.mouse.move(*(start + share * (end - start)), steps=4)
            figure.evaluate("element => element.set({})")
            yield page.screenshot(clip=figure.bounding_box())
    page.mouse.up()
    yield from [page.screenshot(clip=figure.bounding_box())] * 16


def main():
    """Write assets/figures.gif."""
    with serve(ROOT / "_build" / "html") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
        page = browser.new_page(viewport={"width": 1100, "height": 1100})
        shots = [Image.open(io.BytesIO(shot)).convert("RGB") for film in (turning, drawing) for shot in film(page, site)]
        browser.close()
    wide, high = shots[0].width, max(shot.height for shot in shots)
    frames = []
    for shot in shots:
        frame = Image.new("RGB", (wide, high), "white")
        frame.paste(shot, (0, (high - shot.height) // 2))
        frames.append(frame.resize((WIDTH, round(WIDTH * high / wide))).quantize(COLORS, dither=Image.Dither.NONE))
    film = {"append_images": frames[1:], "duration": FRAME_MS, "loop": 0}
    frames[0].save(ROOT / "assets" / "figures.gif", save_all=True, optimize=True, **film)


if __name__ == "__main__":
    main()
