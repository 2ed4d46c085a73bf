"""What a hostile hand has written reaches no other origin, and runs nothing outside the worker of the exercises.

Programs run in an exercise, links are opened, tables are dropped on a figure and files are loaded as progress, in Chromium,
on a host that sends the book's headers and on one that sends none. A server on another origin notes every request.
"""

import json
import sys
import tempfile
from pathlib import Path

from record import ROOT, claim

sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tools")]

import chromium  # noqa: E402 - of the tests, as what follows
from attacks import EXERCISE, LINKS, OTHER, PROGRAMS, PROGRESS, TABLES, another_origin, tried  # noqa: E402
from browser.test_hostile_progress import FILE, WHOLE, corrupted  # noqa: E402
from browser.test_hostile_settings import TEXTS, UNREADABLE  # noqa: E402
from figures import settled, wait_until  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from strict import with_headers  # noqa: E402
from web import serve  # noqa: E402

HTML = ROOT / "_build" / "html"
HOSTS = {"without headers": serve, "with headers": with_headers}
CHANCE = 100  # files of progress that chance has changed
PASTE = """(element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    element.querySelector(".nn-sentence").dispatchEvent(
        new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
}"""


class Visitor:
    """A reader in a browser of his own, who opens what others give him."""

    def __init__(self, context, book, address, asked):
        self.page, self.book, self.address, self.asked = context.new_page(), book, address, asked

    def check(self, what):
        """Raise where another origin has been asked for something, or something ran in the page."""
        self.page.wait_for_timeout(100)
        hacked = self.page.evaluate("'hacked' in window || 'task' in {} || 'w1' in {}")
        if self.asked or hacked or len(self.page.context.pages) > 1:
            raise AssertionError(f"{what} was heard of: {self.asked}")

    def programs(self):
        """Run all programs; return how many."""
        self.page.goto(f"{self.book}chapters/neuron.html")
        if reached := tried(self.page, self.address, self.asked):
            raise AssertionError(f"Programs reached something: {reached}")
        return len(PROGRAMS)

    def links(self):
        """Open links, the settings of the tests in one page that lives; return how many."""
        for link in LINKS:
            self.page.goto(self.book + link.replace(OTHER, self.address), wait_until="load")
            self.check(link)
        self.page.goto(f"{self.book}chapters/neuron.html")
        figure = self.live("tune_a_neuron")
        texts = [text for text, _ in TEXTS.values()] + [*UNREADABLE.values()]
        offer = "(element, text) => Promise.resolve().then(() => element.set(JSON.parse(text))).then(() => 0, () => 0)"
        for text in texts:
            figure.evaluate(offer, text)
            self.check(text[:200])
        return len(LINKS) + len(texts)

    def tables(self):
        """Drop tables on the playground; return how many."""
        self.page.goto(f"{self.book}chapters/playground.html")
        figure = self.live("playground")
        said = figure.locator('[data-control="table"]')
        for table in TABLES:
            figure.evaluate(PASTE, table.replace(OTHER, self.address))
            settled(figure)
            self.check(table[:200])
            if table is TABLES[0]:  # it is good but for its names, which are shown as they are
                said.locator("output").filter(has_text="<img src=").wait_for(state="attached")
        return len(TABLES)

    def files(self):
        """Load files of progress, with programs among them, which are run; return how many."""
        self.page.goto(f"{self.book}chapters/neuron.html")
        self.page.locator(".nn-progress-panel summary").click()
        hostile = json.dumps(PROGRESS).replace(OTHER, self.address).encode()
        contents = [hostile, *(content for content, _ in WHOLE.values()), *map(corrupted, range(CHANCE)), hostile]
        status = self.page.locator(".nn-progress-panel .nn-status")
        for i, content in enumerate(contents):
            status.evaluate("status => { status.textContent = ''; }")
            self.page.locator(FILE).set_input_files({"name": "p.json", "mimeType": "application/json", "buffer": content})
            wait_until(self.page, status.inner_text)
            self.check(f"file {i}")
        self.page.reload()
        cell = self.page.locator(EXERCISE)
        cell.get_by_role("button", name="Run", exact=True).click()
        cell.locator('xpath=self::*[@data-state="ready"]').wait_for(timeout=120_000)
        self.check("a program that a file brought")
        return len(contents)

    def live(self, name):
        """Return a figure of the page, when it lives."""
        self.page.locator(f'[data-explorable="{name}"]').first.scroll_into_view_if_needed()
        figure = self.page.locator(f'[data-explorable="{name}"][data-state="live"]').first
        figure.wait_for(timeout=180_000)
        return figure


with claim("security") as figures, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
    attacks, requests = dict.fromkeys(("programs", "links", "tables", "files"), 0), 0
    for host, serving in HOSTS.items():
        with another_origin(Path(folder)) as (address, asked), serving(HTML) as book:
            for kind in attacks:
                with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
                    context.set_default_timeout(120_000)
                    attacks[kind] += getattr(Visitor(context, book, address, asked), kind)()
                print(f"{host}: {kind}, nothing was reached", flush=True)
            requests += len(asked)
    browser.close()
    figures |= attacks | {"attacks": sum(attacks.values()), "hosts": len(HOSTS), "requests": requests}
