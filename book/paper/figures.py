"""Figures on paper: below each still picture the way to the live figure, a link and a code for a phone's camera."""

from html import escape
from urllib.parse import urljoin

import segno

from book.paper.pages import made

WAY = '<p class="paper-live-at"><a href="{0}">{1}<span class="paper-words">Live, at<br>{2}</span></a></p>'


def lead_to_live(page, folder, address):
    """Put the way to the live figure below each figure of a page, where the site's address is known."""
    for figure in page.article.find_all("figure", class_="nn-figure"):
        if address:
            name = figure["id"].removeprefix(f"{page.name}--")
            live = urljoin(address, f"{folder}/{page.name}.html#{name}")
            shown = live.split("://", 1)[1].replace("/", "/<wbr>")
            figure.append(made(WAY.format(escape(live), code(live), shown)))


def code(text):
    """Return a QR code as SVG, which any phone's camera reads, with its quiet zone."""
    return segno.make(text, error="m", boost_error=False).svg_inline(border=2, svgclass="paper-qr", lineclass="", omitsize=True)
