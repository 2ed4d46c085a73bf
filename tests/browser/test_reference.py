"""The reference of nnlib on a screen."""

import pytest

OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = [{"viewport": {"width": width, "height": 800}} for width in (320, 390, 1280)]


@pytest.mark.parametrize("context_options", WIDTHS, ids=["320 px", "390 px", "1280 px"])
def test_no_name_or_signature_makes_the_page_wider_than_the_screen(page, site):
    page.goto(f"{site}chapters/nnlib.html")
    assert page.locator("dt.sig").count() > 150
    assert page.evaluate(OVERHANG) == 0
    # The fault that this guards against: a name that cannot break.
    page.locator("dt.sig").last.evaluate("element => { element.style.whiteSpace = 'nowrap'; element.append('x '.repeat(99)); }")
    assert page.evaluate(OVERHANG) > 0
