"""Words that a line must not part: a formula, and what is written to it without a space: the comma behind, the bracket before.

A browser takes a formula for a picture, beside which a line may end; so a comma, or the "th" of an n-th, could begin the next.
"""

import re

FORMULA = r'<span class="math notranslate nohighlight"><mjx-container\b(?:(?!</mjx-container>).)*</mjx-container></span>'
SIZE = re.compile(r"(?<=\d) × (?=\d)")  # 8 × 8 is one word
AS_WRITTEN = re.compile(r"(<(pre|script|style|textarea|svg)\b.*?</\2>)", re.DOTALL)
WRITTEN_TO_IT = re.compile(
    rf"(?:(?<=[\s>])(?P<before>[^\s<>]{{1,12}}))?(?P<formula>{FORMULA})(?P<behind>[^\s<]{{0,12}})", re.DOTALL
)


def unbroken(text, page, work):
    """Return the text of a page in which no line ends between a formula in the running text and what is written to it."""
    return WRITTEN_TO_IT.sub(_whole, "".join(_sizes(text)))


def _sizes(text):
    """Yield the parts of a page's text, in which no line ends within a size; programs and drawings stay as they are."""
    parts = AS_WRITTEN.split(text)
    for running, written in zip(parts[::3], [*parts[1::3], ""], strict=True):
        yield SIZE.sub("\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}", running)
        yield written


def _whole(found):
    alone = not found["before"] and not found["behind"]
    return found[0] if alone else f'<span class="nn-unbroken">{found[0]}</span>'
