"""A still picture is the live one, pixel by pixel, in every figure: both are drawn by the view."""

import numpy as np
import pytest
from figures import PAGES, wait_until
from gallery import Gallery
from planted import write_page
from side_by_side import SAME, WATCHED, seen
from web import edition, serve

from book.stills import Stills
from nnlib.explorables import EXPLORABLES

FAR, MOST = 64, 0.002  # of 255; the share of the pixels of a panel that may differ by more


def drift(still, live):
    """Return the share of each panel's pixels that differ."""
    assert {name: pixels.shape for name, pixels in still.items()} == {name: pixels.shape for name, pixels in live.items()}
    return {name: (np.abs(still[name] - live[name]).max(axis=2) > FAR).mean() for name in still}


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids="{0[0]}-{0[1]}".format, scope="module")
def looks(request, browser, site):
    """Return two pages in the same looks: one whose figures stay still, one where the view draws them, and Python sleeps."""
    width, scheme = request.param
    options = {"viewport": {"width": width, "height": 3000}, "color_scheme": scheme, "service_workers": "block"}
    with browser.new_context(**options) as context:
        still, live = context.new_page(), context.new_page()
        for page, script in ((still, "page.js"), (still, "early.js"), (live, "figure_worker.js")):
            page.route(f"**/view/{script}", lambda route: route.fulfill(body="", content_type="text/javascript"))
        still.add_init_script(WATCHED)
        live.add_init_script("globalThis.nnPatience = 1e9")
        yield still, live


@pytest.fixture(scope="module")
def gallery(html, tmp_path_factory):
    """Return the address of a page with every kind of panel."""
    site = tmp_path_factory.mktemp("gallery")
    (site / "live").mkdir()
    for name in (edition(html).name, "figures.css"):
        (site / "live" / name).symlink_to(html / "live" / name)
    stills = Stills(site / "kept")
    write_page(site / "gallery.html", Gallery(), stills=stills)
    stills.close()
    with serve(site) as address:
        yield f"{address}gallery.html"


def both(looks, address, name):
    """Return the still and the live figure."""
    figures = []
    for page in looks:
        page.bring_to_front()
        if page.url != address:
            page.goto(address)
            page.add_style_tag(content=SAME)
            page.evaluate("document.documentElement.dataset.watched = ''")  # else each figure says that no script runs
        figures.append(page.locator(f'[data-explorable="{name}"]'))
    still, live = figures
    wait_until(looks[1], lambda: live.evaluate("figure => Boolean(figure.picture)"))
    assert still.get_attribute("data-state") == "still"
    return still, live


@pytest.mark.parametrize("name", EXPLORABLES)
def test_a_still_picture_is_the_live_one(looks, site, name):
    still, live = both(looks, f"{site}chapters/{PAGES[name]}.html", name)
    differs = drift(seen(still), seen(live))
    assert len(differs) > 1 and max(differs.values()) <= MOST, differs


def test_the_still_picture_of_every_kind_of_panel_is_the_live_one(looks, gallery):
    still, live = both(looks, gallery, "gallery")
    differs = drift(seen(still), seen(live))
    assert {name: share for name, share in differs.items() if share > MOST} == {}


def test_a_still_picture_that_has_drifted_is_found(looks, site):
    still, live = both(looks, f"{site}chapters/{PAGES['tune_a_neuron']}.html", "tune_a_neuron")
    live = seen(live)
    still.locator(".nn-knob").first.evaluate("knob => knob.setAttribute('r', 14)")
    differs = drift(seen(still), live)
    assert [name for name, share in differs.items() if share > MOST] == ["plane"]
