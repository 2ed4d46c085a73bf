"""The margin of a page: what a word of the glossary means, and what a source is, beside the paragraph that has it first.

Of a word the note says what the glossary begins with; of a source who has written it, when, and its title. A note is for the
eyes alone: it repeats what the link says, so nobody hears it, and no search finds it in the chapter. Where the margin is too
narrow, `assets/margin.css` leaves it out, and the link's preview says the same.
"""

import re
from html import escape
from urllib.parse import quote, unquote

from docutils import nodes
from pybtex.richtext import Text

from book.hooks import on_website
from book.room import fits, height_of, runs

MARK = re.compile(r"<!-- in the margin: (?:(?P<page>\S+)#(?P<term>\S+)|source (?P<source>\S+)) -->")
SAID = r'<dt id="{}">(?P<word>(?:(?!<a class="headerlink"|</dt>).)*).*?<dd><p>(?P<words>.*?)</p>'
LEFT_OUT = re.compile(r'</?a\b[^>]*>|<mjx-assistive-mml\b.*?</mjx-assistive-mml>| id="[^"]*"', re.DOTALL)
TAGS = re.compile(r"(<[^>]*>)")
END = re.compile(r"[.!?](?=\s|$)")
NOTE = '<span class="nn-aside" aria-hidden="true"><b>{}</b> {}</span>'
LINK = '<a href="{}" tabindex="-1">{}</a>'  # for the mouse; whoever goes by keyboard has the link in the text
OF_A_WORD = height_of("word", "of the glossary, " * 6)  # most are no longer
SHORT, TOO_SHORT = 60, 20  # letters of a title that is whole with what comes after its colon, and of one that is not without


def setup_margin(app):
    """Mark, where the website is written, the paragraphs that get a note."""
    on_website(app, "doctree-resolved", mark)


def mark(app, doctree, docname):
    """Put marks at the beginning of each paragraph of running text that gets notes."""
    words, known, cited = first_words(doctree), sources(app.env), set()
    for places, end in runs(doctree):
        notes = [(place.top, OF_A_WORD) for place in places if place.paragraph in words]
        for paragraph, top in places:
            marks = [words[paragraph]] if paragraph in words else []
            for link in dict.fromkeys(links(paragraph)):
                source = known.get(link.rpartition("/")[2])
                if source is None or source.key in cited:
                    continue
                note = (top, height_of(who(source), title(source)))
                if fits(note, notes, end):  # or it waits for another paragraph that cites it
                    notes.append(note)
                    cited.add(source.key)
                    marks.append(f"source {quote(note_of(source))}")
            if marks:
                html = "".join(f"<!-- in the margin: {each} -->" for each in marks)
                paragraph.insert(0, nodes.raw("", html, format="html"))


def links(paragraph):
    """Return the addresses within the book that a paragraph leads to."""
    return [link.get("refuri", "") for link in paragraph.findall(nodes.reference)]


def first_words(doctree):
    """Return {paragraph of running text: address of a word of the glossary in it that the page has not used before}."""
    seen, found = set(), {}
    for paragraph in doctree.findall(nodes.paragraph):
        if not isinstance(paragraph.parent, nodes.section):
            continue
        new = [link for link in links(paragraph) if "#term-" in link and link not in seen]
        seen.update(new)
        if new:  # one a paragraph: two notes would be longer than what they stand beside
            found[paragraph] = new[0]
    return found


def sources(env):
    """Return {address of a source in the list of them, without its folder: what the bibliography says of it}."""
    cited = env.domaindata.get("cite", {}).get("citations", [])
    return {f"{each.bibliography_key.docname.rpartition('/')[2]}.html#{each.citation_id}": each.entry for each in cited}


def note_of(source):
    """Return the note of a source, as HTML."""
    return NOTE.format(escape(who(source)), linked(source, escape(title(source))))


def who(source):
    """Return who has written a source, and when, as the text names it."""
    people = source.persons.get("author") or source.persons.get("editor") or []
    names = [plain(" ".join([*person.prelast_names, *person.last_names])) for person in people]
    first = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return ", ".join(filter(None, [first, source.fields.get("year", "")]))


def title(source):
    """Return the title of a source; of a long one, without what comes after its colon."""
    whole = plain(source.fields["title"])
    first = whole.split(": ")[0]
    return whole if len(whole) <= SHORT or len(first) < TOO_SHORT else first


def linked(source, text):
    """Return a text as a link to where the source can be read, if that is known."""
    fields = source.fields
    address = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url")
    return LINK.format(escape(address), text) if address else text


def plain(latex):
    """Return what LaTeX says, as a text."""
    return str(Text.from_latex(latex)).replace("$", "").replace("^2", "²").replace("'", "’")


def noted(text, page, work):
    """Return the text of a page with its notes in the places of the marks."""

    def note(found):
        if found["source"]:
            return unquote(found["source"])
        return _note((page.parent / found["page"]).read_text(encoding="utf-8"), found["term"])

    return MARK.sub(note, text)


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
