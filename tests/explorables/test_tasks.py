"""No task of a figure is met by one idle move: by choosing an option, pressing a preset, or pushing one slider to its end."""

import pytest
from moves import solved_in_one_move

from nnlib.explorables import EXPLORABLES

# Where the end of a slider is what the task asks the reader to find: the figure, the task, the slider.
FOUND_AT_AN_END = {
    ("loss_and_slope", "badly wrong, hardly pulled", "y_hat"),
    ("chain_rule", "as good as the slopes", "nudge"),
}


def idle(name):
    """Return the moves that meet a task at once, without those that find what it asks for."""
    moves = [(settings.get("task", ""), set(settings) - {"task"}) for settings in solved_in_one_move(name)]
    return [(task, names) for task, names in moves if not any((name, task, one) in FOUND_AT_AN_END for one in names)]


@pytest.mark.parametrize("name", EXPLORABLES)
def test_no_idle_move_meets_a_task(name):
    assert idle(name) == []


def test_a_task_that_an_idle_move_meets_is_found(monkeypatch):
    bumps = EXPLORABLES["bumps"]
    label, preset = next(iter(bumps.presets.items()))
    met = bumps.check(preset)
    monkeypatch.setattr(
        type(bumps), "challenge", lambda self, settings, state: ("Do.", all(settings[one] == met[one] for one in preset))
    )
    assert any(names == set(preset) for _, names in idle("bumps")), label
