"""The margin of a page: beside the paragraph that uses a word of the glossary for the first time, what the glossary says of it.

A note is for the eyes alone: it repeats what the link says, so nobody hears it, and no search finds it in the chapter. Where
the margin is too narrow, `assets/margin.css` leaves it out, and the link's preview says the same.
"""

import re

from docutils import nodes

from book.hooks import on_website

MARK = re.compile(r"<!-- in the margin: (?P<page>\S+)#(?P<term>\S+) -->")
SAID = r'<dt id="{}">(?P<word>(?:(?!<a class="headerlink"|</dt>).)*).*?<dd><p>(?P<words>.*?)</p>'
LEFT_OUT = re.compile(r'</?a\b[^>]*>|<mjx-assistive-mml\b.*?</mjx-assistive-mml>| id="[^"]*"', re.DOTALL)
TAGS = re.compile(r"(<[^>]*>)")
END = re.compile(r"[.!?](?=\s|$)")
NOTE = '<span class="nn-aside" aria-hidden="true"><b>{}</b> {}</span>'


def setup_margin(app):
    """Mark, where the website is written, the paragraphs that get a note."""
    on_website(app, "doctree-resolved", mark)


def mark(app, doctree, docname):
    """Put a mark at the beginning of each paragraph of running text with a word that the page has not used before."""
    seen = set()
    for paragraph in [*doctree.findall(nodes.paragraph)]:
        if not isinstance(paragraph.parent, nodes.section):
            continue
        links = [link.get("refuri", "") for link in paragraph.findall(nodes.reference)]
        new = [link for link in links if "#term-" in link and link not in seen]
        seen.update(new)
        if new:  # one a paragraph: two notes would be longer than what they stand beside
            paragraph.insert(0, nodes.raw("", f"<!-- in the margin: {new[0]} -->", format="html"))


def noted(text, page, work):
    """Return the text of a page with its notes in the places of the marks."""
    return MARK.sub(lambda found: _note((page.parent / found["page"]).read_text(encoding="utf-8"), found["term"]), text)


def _note(glossary, term):
    found = re.search(SAID.format(re.escape(term)), glossary, re.DOTALL)
    return NOTE.format(found["word"].strip(), first_sentence(LEFT_OUT.sub("", found["words"]))) if found else ""


def first_sentence(words):
    """Return the first sentence of some HTML, or all of it where the sentence ends within an element."""
    parts, open_tags = TAGS.split(words), 0
    for number, part in enumerate(parts):
        if part.startswith("<"):
            open_tags += -1 if part.startswith("</") else 1
        elif (end := END.search(part)) and open_tags == 0:
            return "".join([*parts[:number], part[: end.end()]])
    return words
