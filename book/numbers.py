"""The numbers of chapters: Sphinx counts them, as `_toc.yml` asks for it, and this writes them as a book does.

With `numbered: 1` at each part Sphinx numbers the chapters, and their exercises, theorems and figures by chapter: Exercise 7.2.
A page of the book that has no number, one of the appendix, is known by a letter.
"""

import re
from string import ascii_uppercase

LISTED = re.compile(r'(<li class="toctree-l1[^"]*"><a\b[^>]*>)(\d+)\. ')
HEADED = re.compile(r'(<h1>)<span class="section-number">(\d+)\. </span>')
REPAIRS = ("the number of a chapter in a list", "the number of a chapter in a heading")


def chapter_numbers(env):
    """Return {page: its number or its letter, a text} for all pages of the book but the first, in their order."""
    pages = list(env.toctree_includes.get(env.config.root_doc, []))
    counted = {page: env.toc_secnumbers.get(page, {}).get("") for page in pages}
    letters = iter(ascii_uppercase)
    return {page: ".".join(map(str, number)) if number else next(letters) for page, number in counted.items()}


def numbered(text, page, work):
    """Return the text of a page in which the numbers of chapters stand apart from their titles."""
    text, listed = LISTED.subn(r'\1<span class="nn-number">\2</span> ', text)
    text, headed = HEADED.subn(r'\1<span class="nn-chapter">Chapter \2</span> ', text)
    work.done.update(dict(zip(REPAIRS, (listed, headed), strict=True)))
    return text
