"""Words: a text without its formulas' LaTeX, its first sentence, and the words that tell it from others."""

import re
import unicodedata
from collections import Counter
from math import log

from docutils import nodes

WORD = re.compile(r"[^\W\d_]{3,}")  # of rosenblatt1958, a source, the name
SENTENCE = re.compile(r".+?[.?!](?=\s|$)", re.DOTALL)
COMMAND = re.compile(r"\\(var)?([A-Za-z]+)\s?")
SIGNS = {"cdot": "·", "partial": "∂", "nabla": "∇", "times": "×", "to": "→", "le": "≤", "ge": "≥", "sum": "Σ", "infty": "∞"}
LONGEST = 110  # letters of a sentence that is shown
# Words of every text, which tell none from another; those of three letters and more.
COMMON = frozenset(
    "the and for that with this from are was has have its not but you your can one all any both each how what when where which "
    "who why will would than then them they their there these those here into onto over under out off too very more most some "
    "such only own same other another also between about after again because been before being did does doing down during few "
    "had having her him his itself just might must nor now once our should she were while whose upon yet let may per get gets "
    "say says two three".split()
)


def plain(node):
    """Return the text of a node in one line, with what can be said of its formulas in plain letters."""
    parts = (_said(each) if isinstance(each.parent, nodes.math) else each for each in node.findall(nodes.Text))
    return " ".join("".join(parts).split())


def _said(latex):
    """Return a formula in plain letters: Greek ones and some signs are known, what else there is in LaTeX goes."""

    def letter(found):
        name = found[2]
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        try:
            return SIGNS.get(name) or unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
        except KeyError:
            return ""

    return re.sub(r"[{}$\\_]", "", COMMAND.sub(letter, latex))


def sentence(text, longest=LONGEST):
    """Return the first sentence of a text, or its beginning, which ends with a whole word."""
    first = (SENTENCE.match(text) or [text])[0]
    return first if len(first) <= longest else f"{first[:longest].rsplit(' ', 1)[0].rstrip(',;')} …"


def counted(text):
    """Return how often each word is in a text."""
    return Counter(word for word in map(str.lower, WORD.findall(text)) if word not in COMMON)


def telling(counts, of_all, texts, most):
    """Return the words that tell a text from others best, the best first, at the `most`.

    It is given how often each word is in the text, and in how many of all `texts`. That is tf–idf (Spärck Jones, 1972); of
    words that tell as much the first in the alphabet comes first.
    """
    worth = {word: -count * log(texts / of_all[word]) for word, count in counts.items()}
    best = sorted(worth, key=lambda word: (worth[word], word))
    return [word for word in best if not (word.endswith("s") and word[:-1] in worth)][:most]
