"""The oldest environment is really the oldest that requirements.txt allows, and every line of it has a lowest version."""

import re
from pathlib import Path

import environments
import pytest

REQUIREMENTS = (Path(__file__).parents[2] / "requirements.txt").read_text(encoding="utf-8")


def test_what_is_oldest_passes_whatever_zeros_its_version_ends_with():
    environments.check_oldest({"numpy": "2.0.0", "nbval": "0.11"}, "numpy>=2.0\nnbval>=0.11.0\n-e .\n")


@pytest.mark.parametrize("installed", [{"numpy": "2.0.1"}, {"numpy": "2.1"}, {}])
def test_what_is_younger_or_not_there_is_told(installed):
    with pytest.raises(RuntimeError, match=r"allows versions that can't be had together: numpy .* instead of 2.0"):
        environments.check_oldest(installed, "numpy>=2.0\n")


def test_every_line_names_a_lowest_version():
    lines = [line for line in REQUIREMENTS.splitlines() if not re.match(r"#|-e \.", line)]
    assert [name for name, _ in environments.RANGES.findall(REQUIREMENTS)] == [re.match(r"[\w-]+", line)[0] for line in lines]


def test_only_the_lines_of_figures_are_left_out_of_the_comparison_with_an_old_matplotlib():
    rules = Path(__file__).parents[1] / "notebooks"
    strict, oldest = ((rules / name).read_text(encoding="utf-8") for name in ("sanitize.cfg", "oldest.cfg"))
    assert oldest.startswith(strict)
    [pattern] = re.findall(r"regex: (.+)", oldest.removeprefix(strict))
    assert re.sub(pattern, "", 'loss 0.25\n<?xml version="1.0"?>\n<svg>\n</svg>\n') == "loss 0.25\n\n"
