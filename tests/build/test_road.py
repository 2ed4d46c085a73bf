"""The table of contents in the welcome is drawn as a road: its parts and chapters are those of the book, in their order."""

import re

from book.pages import Finishing
from book.road import REPAIR, drawn


def part(caption, *chapters):
    links = "\n".join(
        f'<li class="toctree-l1"><a class="reference internal" href="{name}.html">{title}</a></li>' for name, title in chapters
    )
    return (
        '<div class="toctree-wrapper compound">\n<p aria-level="2" class="caption" role="heading">'
        f'<span class="caption-text">{caption}</span></p>\n<ul>\n{links}\n</ul>\n</div>\n'
    )


CONTENTS = (
    part("Neurons", ("neuron", "1. The neuron"), ("perceptron", "2. The perceptron: learning"))
    + part("Networks", ("layers", "3. Layers"))
    + part("Appendix", ("notation", "Notation"))
)


def test_every_chapter_is_a_link_under_its_part_and_the_appendix_lies_beside_the_road(tmp_path):
    work = Finishing(tmp_path)
    text = drawn(f"<p>Before.</p>\n{CONTENTS}</section>", tmp_path / "a.html", work)
    assert text.startswith('<p>Before.</p>\n<nav class="nn-road" aria-label=') and text.endswith("</nav>\n</section>")
    assert re.findall(r"<h3>(.*?)</h3>", text) == ["Neurons", "Networks", "Appendix"]
    assert re.findall(r"<li>(.*?)</li>", text) == [
        '<a href="neuron.html"><span class="nn-station">1</span> <b>The neuron</b></a>',
        '<a href="perceptron.html"><span class="nn-station">2</span> <b>The perceptron:</b> learning</a>',
        '<a href="layers.html"><span class="nn-station">3</span> <b>Layers</b></a>',
        '<a href="notation.html"><b>Notation</b></a>',
    ]
    assert text.count("<ol>") == text.count("<svg") == 2 and "toctree" not in text
    assert work.done[REPAIR] == 1


def test_the_drawings_grow_from_part_to_part_and_a_part_more_is_drawn_as_well(tmp_path):
    text = drawn(4 * part("More", ("a", "A")), tmp_path / "a.html", Finishing(tmp_path))
    neurons = [sketch.count("<circle") for sketch in text.split("<svg")[1:]]
    assert len(neurons) == 4 and neurons[0] < neurons[1] < neurons[2] == neurons[3]


def test_a_page_without_contents_is_left_alone_and_counted_as_nothing(tmp_path):
    work = Finishing(tmp_path)
    assert drawn("<p>Text.</p>", tmp_path / "a.html", work) == "<p>Text.</p>"
    assert REPAIR in work.idle()


def test_pages_below_a_page_are_left_out_of_the_road(tmp_path):
    below = '<ul>\n<li class="toctree-l2"><a class="reference internal" href="lesson.html">Lesson</a></li>\n</ul>\n'
    contents = CONTENTS.replace("Notation</a></li>", f"Notation</a>{below}</li>")
    assert contents != CONTENTS and drawn(contents, tmp_path / "a.html", Finishing(tmp_path)).count("<a ") == 4
