"""What the printed book begins with: its cover, what it is, and the contents with the numbers of their pages."""

from copy import copy
from html import escape
from itertools import groupby

from book.paper.links import AT

COVER = """<section class="paper-cover" id="cover"><div class="paper-cover-picture">{picture}</div>
<h1>{title}</h1><p class="paper-subtitle">{subtitle}</p>
<p class="paper-by">{author}</p><p class="paper-version">{version}</p></section>
"""
ABOUT = """<section class="paper-about" id="about"><p>{title}: {subtitle}</p><p>{version}.</p>
<p>{live}</p>
<p>Text and pictures: CC BY 4.0, <a href="https://creativecommons.org/licenses/by/4.0/">creativecommons.org/licenses/by/4.0</a>.
Programs: MIT license. Copyright {year}, {author}.</p></section>
"""
STILL = "On paper the figures are still pictures. In the book’s pages each of them is alive, and so are the exercises."
AT_SITE = ' They are at <a href="{0}">{1}</a>; a code beside each figure leads there.'
PICTURE = "playground"  # the chapter whose picture is the cover's


def cover(pages, told):
    """Return the cover and what is behind it; `told` has title, subtitle, author, version, year and address."""
    found = [page.article.find(class_="nn-picture") for page in sorted(pages, key=lambda page: page.name != PICTURE)]
    picture = next((copy(picture).decode() for picture in found if picture), "")
    words = {name: escape(text) for name, text in told.items()}
    address = words["address"]
    live = STILL + (AT_SITE.format(address, address.split("://", 1)[1].rstrip("/")) if address else "")
    return COVER.format(picture=picture, **words) + ABOUT.format(live=live, **words)


def contents(pages):
    """Return the contents: parts, chapters and sections, each with the number of its page."""
    parts = []
    for part, group in groupby(pages, key=lambda page: page.part):
        chapters = "".join(_chapter(page) for page in group)
        heading = f'<p class="paper-part-line"><a href="#{part_id(part)}">{escape(part)}</a></p>' if part else ""
        parts.append(f'<div class="paper-contents-part">{heading}<ul>{chapters}</ul></div>')
    return f'<section class="paper-contents" id="contents"><h1>Contents</h1>{"".join(parts)}</section>\n'


def _chapter(page):
    own, *sections = [_line(heading, page.number * (heading.level == 1)) for heading in page.headings if heading.level < 3]
    below = f"<ul>{''.join(f'<li>{line}</li>' for line in sections)}</ul>" if sections else ""
    return f"<li>{own}{below}</li>"


def _line(heading, number):
    shown = f'<span class="paper-number">{number}</span> ' if number else ""
    words = f'<a href="#{heading.id}">{shown}<span>{heading.html}</span></a>'
    return f'<div class="paper-line">{words}<span class="paper-dots"></span>{AT.format(heading.id)}</div>'


def part_id(part):
    """Return the id of the sheet that a part begins with."""
    return f"part-{part.lower().replace(' ', '-')}"


def sheet(part, number):
    """Return the sheet that a part begins with."""
    return f'<section class="paper-sheet" id="{part_id(part)}"><p>Part {number}</p><h1>{escape(part)}</h1></section>\n'
