"""The still picture of each figure is the live one, pixel by pixel: before Python wakes, and drawn anew out of its reply.

The still page runs no script; on the live one the browser's Python wakes, and each figure draws what it answers. A still is
written with coordinates of a tenth of a pixel, so the soft edges of its lines differ a little. What may hardly be: a pixel
that has no like among its neighbors in the live picture, as where something appears, goes, or moves by a pixel.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT)]

import chromium  # noqa: E402 - beside the tests, whose browser it is
from figures import PAGES, ask, wait_for  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from record import claim  # noqa: E402
from side_by_side import SAME, WATCHED, seen  # noqa: E402
from web import serve  # noqa: E402

HTML = ROOT / "_build" / "html"
BROWSER = chromium.find()
LOOKS = [(1280, "light"), (390, "dark")]
SEEN, SHADE = 64, 12  # of 255: more is seen, less is a shade of the same color
MOST = 1e-4  # of all pixels may be seen to differ, or have no like among their neighbors


def opened(context, address, still):
    """Return a page whose figures stay still, or come alive."""
    page = context.new_page()
    if still:
        for script in ("page.js", "early.js"):
            page.route(f"**/view/{script}", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page.add_init_script(WATCHED)
    page.goto(address)
    page.add_style_tag(content=SAME)
    page.evaluate("document.documentElement.dataset.watched = ''")  # else each figure says that no script runs
    return page


def pair(still, live, name):
    """Yield the panels of a figure: its name, and its pixels still and alive."""
    shown = live.locator(f'[data-explorable="{name}"]')
    live.bring_to_front()
    shown.scroll_into_view_if_needed()
    wait_for(shown, "live")
    ask(shown, "set", {})  # what is drawn now is what the browser's Python has computed
    quiet = still.locator(f'[data-explorable="{name}"]')
    assert quiet.get_attribute("data-state") == "still"
    before, after = seen(quiet), seen(shown)
    shapes = [{panel: pixels.shape for panel, pixels in one.items()} for one in (before, after)]
    assert shapes[0] == shapes[1], f"{name}: {shapes}"
    return [(panel, before[panel], after[panel]) for panel in before]


def strange(one, other):
    """Return which pixels of a picture have no like among the nine of another at their place, shades aside."""
    rows, columns, _ = one.shape
    wide = np.pad(other, ((1, 1), (1, 1), (0, 0)), mode="edge")
    around = np.stack([wide[y : y + rows, x : x + columns] for y in range(3) for x in range(3)])
    return ((one < around.min(axis=0) - SHADE) | (one > around.max(axis=0) + SHADE)).any(axis=2)


def main(names):
    """Return the figures of the claim for these figures of the book."""
    told = {"figures": len(names), "panels": 0, "pixels": 0, "differ": 0, "seen": 0, "strange": 0}
    with (
        serve(HTML) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=BROWSER, args=chromium.OPTIONS) as browser,
    ):
        for width, scheme in LOOKS:
            for chapter in dict.fromkeys(PAGES[name] for name in names):
                options = {"viewport": {"width": width, "height": 3000}, "color_scheme": scheme}
                with browser.new_context(**options, service_workers="block", reduced_motion="reduce") as context:
                    still, live = (opened(context, f"{site}chapters/{chapter}.html", one) for one in (True, False))
                    for name in (name for name in names if PAGES[name] == chapter):
                        for panel, before, after in pair(still, live, name):
                            differs = np.abs(before - after).max(axis=2)
                            odd = strange(before, after) | strange(after, before)
                            told["panels"] += 1
                            told["pixels"] += differs.size
                            told["differ"] += int((differs > 0).sum())
                            told["seen"] += int((differs > SEEN).sum())
                            told["strange"] += int(odd.sum())
                            if odd.any() or (differs > SEEN).sum() > differs.size / 1000:
                                print(f"{width} {name} {panel}: {(differs > SEEN).sum()} seen, {odd.sum()} strange", flush=True)
    return told


if __name__ == "__main__":
    if sys.argv[1:]:
        print(main(sys.argv[1:]))
    else:
        with claim("stills") as figures:
            figures |= main([*PAGES])
            assert max(figures["seen"], figures["strange"]) <= MOST * figures["pixels"], figures
