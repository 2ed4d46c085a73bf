"""Numbers are written as people read them."""

import pytest

from nnlib.explorables.writing import article, bracketed, compact, percent, plural, scientific, text


@pytest.mark.parametrize(("value", "written"), [(-0.004, "0.00"), (-1.5, "−1.50"), (2, "2.00")])
def test_numbers_are_written_with_a_true_minus_and_never_as_minus_zero(value, written):
    assert text(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0.000"), (-0.0387, "−0.039"), (0.00096, "0.001"), (-0.00094, "−9·10⁻⁴"), (2e-12, "2·10⁻¹²"), (12.5, "12.500")],
)
def test_a_number_keeps_a_digit_however_small_it_is(value, written):
    assert scientific(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0"), (0.25, "0.25"), (-0.25, "−0.25"), (9.13e-14, "9.1·10⁻¹⁴"), (-2.5e5, "−2.5·10⁵")],
)
def test_large_and_small_numbers_are_written_with_powers_of_ten(value, written):
    assert compact(value) == written


def test_a_negative_factor_stands_in_brackets():
    assert [bracketed(text(value)) for value in (-0.5, 0.5, -0.001)] == ["(−0.50)", "0.50", "0.00"]


def test_a_share_is_written_as_percent():
    assert [percent(0.9), percent(1 / 3, 1), percent(-0.25)] == ["90%", "33.3%", "−25%"]


def test_one_is_singular_and_all_else_plural():
    assert [plural(count, "step") for count in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]


def test_a_digit_has_its_article():
    assert [article(digit) for digit in (1, 7, 8, 9)] == ["a 1", "a 7", "an 8", "a 9"]
