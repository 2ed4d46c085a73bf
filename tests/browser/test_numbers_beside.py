"""A figure whose numbers lie beside its page wakes as the others do, and says so where they do not come."""

import pytest
from playwright.sync_api import expect

PAGE = "chapters/optimizers.html"
NUMBERS = "**/_static/figures/*.json"


def test_a_figure_whose_numbers_lie_beside_the_page_has_them_when_it_is_near(page, site):
    asked = []
    page.on("request", lambda request: "/_static/figures/" in request.url and asked.append(request.url))
    page.goto(f"{site}{PAGE}#figure-race")
    figure = page.locator("[data-explorable=race][data-mounted]")
    expect(figure).to_have_count(1)
    assert figure.evaluate("element => element.picture.map(panel => panel.name).length") > 1
    assert not figure.evaluate("element => [...element.querySelectorAll('[inert]')].length")
    expect(page.locator("[data-explorable=race][data-state=live]")).to_have_count(1, timeout=60_000)
    assert len({*asked}) == len(asked) > 0


@pytest.mark.planted
def test_numbers_that_do_not_come_are_told_and_asked_for_again(page, site):
    page.route(NUMBERS, lambda route: route.abort())
    page.goto(f"{site}{PAGE}#figure-race")
    figure = page.locator("[data-explorable=race]")
    expect(figure.locator(".nn-status")).to_have_text("The numbers of this figure have not come: its picture stays as it is.")
    page.unroute(NUMBERS)
    figure.locator("[data-do=retry]").click()
    expect(figure).to_have_attribute("data-mounted", "")
    expect(page.locator("[data-explorable=race][data-state=live]")).to_have_count(1, timeout=60_000)


@pytest.mark.planted
def test_a_figure_whose_numbers_come_after_all_else_hears_what_the_others_have_heard(page, site):
    waiting = []
    page.route(NUMBERS, lambda route: waiting.append(route))
    page.route("**/engine/files.json", lambda route: route.fulfill(status=500))
    with page.expect_response("**/engine/files.json"):
        page.goto(f"{site}{PAGE}#figure-race")
    figure = page.locator("[data-explorable=race]")
    expect(figure.locator(".nn-status")).to_have_text("The numbers of this figure are still on their way.")
    page.unroute(NUMBERS)
    for route in waiting:
        route.continue_()
    expect(figure).to_have_attribute("data-state", "failed")
    expect(figure.locator(".nn-status")).to_contain_text("The picture stays as it is.")
