"""No line ends between a formula and the comma behind it."""

import pytest

from book.unbroken import unbroken

FORMULA = (
    '<span class="math notranslate nohighlight"><mjx-container class="MathJax" jax="CHTML">'
    "<mjx-math>x</mjx-math></mjx-container></span>"
)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("<p>The loss {}, and its slope.</p>", "{},"),
        ("<p>It falls ({}).</p>", "({})."),
        ("<p>({}, which is small)</p>", "({},"),
        ("<p>the {}th step</p>", "{}th"),
        ("<p>the neuron {}’s weight</p>", "{}’s"),
    ],
)
def test_a_formula_and_what_is_written_to_it_stay_together(text, whole):
    whole = whole.format(FORMULA)
    assert unbroken(text.format(FORMULA), None, None) == text.format(FORMULA).replace(
        whole, f'<span class="nn-unbroken">{whole}</span>'
    )


@pytest.mark.parametrize(
    "text", ["<p>The loss {} falls.</p>", "<p>{}</p>", '<a title="b">{}</a> <i>or</i>', "<li>{}<br>or</li>"]
)
def test_what_has_space_around_it_may_be_parted(text):
    assert unbroken(text.format(FORMULA), None, None) == text.format(FORMULA)


def test_two_formulas_side_by_side_keep_their_own():
    text = unbroken(f"<p>{FORMULA}, {FORMULA} and ({FORMULA})</p>", None, None)
    assert text.count('class="nn-unbroken"') == 2 and text.count(FORMULA) == 3


def test_a_size_is_one_word_but_in_a_program():
    text = unbroken("<p>a digit of 8 × 8 cells, <code>n × m</code></p><pre>8 × 8</pre><p>3 × 4 × 5</p>", None, None)
    assert text == "<p>a digit of 8\xa0×\xa08 cells, <code>n × m</code></p><pre>8 × 8</pre><p>3\xa0×\xa04\xa0×\xa05</p>"
