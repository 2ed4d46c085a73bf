"""The refresher's table of where each section is first needed says what the chapters say."""

import nbformat
import pytest
from notebooks.first_needed import CELL, ROOT, SIGNS, chapters, first_needed, table, titles, with_table

REFRESHER = nbformat.read(ROOT / "chapters" / "mathematics.ipynb", as_version=4)
TEXT = "\n\n".join(cell.source for cell in REFRESHER.cells if cell.cell_type == "markdown")


def test_the_table_is_the_one_that_the_chapters_make():
    [cell] = [cell for cell in REFRESHER.cells if cell.id == CELL]
    assert table(REFRESHER, chapters()) in cell.source, "run python -m notebooks.first_needed in tests/"


def test_every_section_has_its_row():
    assert list(titles(TEXT)) == list(SIGNS)


@pytest.mark.parametrize(
    ("texts", "section", "chapter"),
    [
        ({"one": "the dot product", "two": "$\\frac{dV}{dt}$ as dV/dt", "three": "{term}`derivative`"}, "slopes", "two"),
        ({"one": "a mean trick", "two": "x.mean()"}, "sums", "one"),
        ({"one": "probable", "two": "rng.poisson(3)", "three": "a probability"}, "probability", "two"),
        ({"one": "$e_i$", "two": "$e^{-t}$"}, "powers", "two"),
    ],
)
def test_the_first_chapter_with_the_sign_of_a_section_is_found(texts, section, chapter):
    everything = "\n".join(  # every other section is needed somewhere
        ["for i", "np.pi", "$y z$", "mean", "$e^x$", "$\\ln x$", "$w \\cdot x$", "{term}`decision boundary`", "$X W$", "slope"]
        + ["chain rule", "$\\partial$", "$\\lambda$", "probability", "log-odds"]
    )
    assert first_needed(texts | {"last": everything})[section] == chapter


def test_another_table_takes_the_place_of_the_old_one():
    old = "Words.\n\n| section | first needed in |\n|---|---|\n| a | b |\n\nMore."
    assert with_table(old, "| new |") == "Words.\n\n| new |\n\nMore."
