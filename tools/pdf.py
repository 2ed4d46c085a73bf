"""Print the built book into one PDF, with Chromium.

    python tools/pdf.py _build/html _build/neural-networks-live.pdf [https://example.org/book/]

The address is the site's, for the links and codes beside the figures; without one `_config.yml` is asked, and where it knows
none, they are left out. Nobody can say on which page something is before it is printed, so the book is printed until the
numbers in its contents are those of its pages: twice, or once more where they move a line.
"""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import chromium
from playwright.sync_api import Error, sync_playwright

from book.paper.document import document
from book.paper.printed import finish, places

MOST = 5  # printings
MINUTES = 10  # for one of them
ROOT = Path(__file__).parent.parent


# Puts the numbers of pages into their places; without numbers, room for them.
NUMBER = """numbers => {
    for (const place of document.querySelectorAll(".paper-at")) place.textContent = numbers ? numbers[place.dataset.at] : "000";
}"""
UNSEEN = "body { visibility: hidden; }"  # laid out and not drawn, which is sooner done


@contextmanager
def sheet(path):
    """Open a file of HTML in a browser that sees no other host."""
    found = chromium.find()
    if not found:
        raise RuntimeError("No Chromium was found to print with: `make browser` installs one, or name one with CHROMIUM=….")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=found, args=chromium.OPTIONS) as browser:
        page = browser.new_page()
        page.set_default_timeout(MINUTES * 60_000)
        page.emulate_media(media="print", color_scheme="light")
        page.goto(Path(path).resolve().as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        yield page


def make_pdf(made, target):
    """Print a document to `target`; return how many pages it has, and how often it was printed."""
    target = Path(target)
    with tempfile.TemporaryDirectory() as folder:
        html, pdf = Path(folder, "book.html"), Path(folder, "book.pdf")
        html.write_text(made.text, encoding="utf-8")
        with sheet(html) as page:
            unseen = page.add_style_tag(content=UNSEEN)
            page.evaluate(NUMBER, None)
            page.pdf(path=pdf, prefer_css_page_size=True)
            unseen.evaluate("style => style.remove()")
            numbers = places(pdf)[0]
            found, printings = None, 1
            while found != numbers:
                if printings == MOST:
                    raise RuntimeError(f"The numbers of pages still move after {MOST} printings.")
                numbers, printings = found or numbers, printings + 1
                page.evaluate(NUMBER, numbers)
                page.pdf(path=pdf, tagged=True, prefer_css_page_size=True, print_background=True)
                found, count = places(pdf)
        part = target.with_suffix(".part")
        finish(pdf, part, made)
        part.replace(target)
    return count, printings


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python tools/pdf.py BOOK PDF [ADDRESS]")
    try:
        made = document(ROOT, sys.argv[1], *sys.argv[3:])
        pages, printings = make_pdf(made, sys.argv[2])
    except (RuntimeError, ValueError, OSError, Error) as error:
        sys.exit(str(error))
    print(f"{sys.argv[2]}: {pages} pages, {Path(sys.argv[2]).stat().st_size:,} bytes, printed {printings} times")
