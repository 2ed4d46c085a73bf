"""What opens the palette: the theme's buttons become links to the search page, and its dialog, which knows no answers, goes.

Without JavaScript they lead there; with it `view/page/finding/finding.mjs` opens the palette in their place.
"""

import re

REPAIR = "the palette in the place of the theme's dialog"
DIALOG = re.compile(r'<dialog id="pst-search-dialog">.*?\baction="([^"]*)".*?</dialog>\s*', re.DOTALL)
BUTTON = re.compile(r'<button class="([^"]*\bsearch-button__button\b[^"]*)"([^>]*)>(.*?)</button>', re.DOTALL)
TOOLTIP = re.compile(r'\s(?:title|data-bs-\w+)="[^"]*"')


def opened(text, page, work):
    """Return the text of a page whose buttons for the search are links, without the dialog."""
    found = DIALOG.search(text)
    if not found:
        return text
    work.done[REPAIR] += 1

    def link(button):
        classes = button[1].replace("pst-js-only", "").strip()
        return f'<a class="{classes}" href="{found[1]}" data-find{TOOLTIP.sub("", button[2])}>{button[3]}</a>'

    return BUTTON.sub(link, DIALOG.sub("", text))
