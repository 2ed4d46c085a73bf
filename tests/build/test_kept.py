"""What is drawn is kept by the hash of what it shows and of what draws it, and forgotten when nobody asks for it."""

import os

import pytest

from book.kept import Kept


@pytest.fixture
def code(tmp_path):
    """Return the file that draws."""
    path = tmp_path / "draw.py"
    path.write_text("one", encoding="utf-8")
    return path


def drawn(tmp_path, code, shown=b"panel"):
    """Return what is kept for what is shown, and whether it was drawn for that."""
    calls = []
    return Kept(tmp_path / "kept", [code]).get(shown, lambda: calls.append(1) or b"<svg/>"), bool(calls)


def test_what_was_drawn_is_not_drawn_again(tmp_path, code):
    assert drawn(tmp_path, code) == (b"<svg/>", True)
    assert drawn(tmp_path, code) == (b"<svg/>", False)


def test_something_else_is_drawn(tmp_path, code):
    drawn(tmp_path, code)
    assert drawn(tmp_path, code, b"another panel")[1]


def test_other_code_draws_anew(tmp_path, code):
    drawn(tmp_path, code)
    code.write_text("two", encoding="utf-8")
    assert drawn(tmp_path, code)[1]


def test_a_drawing_that_fails_leaves_nothing(tmp_path, code):
    def fail():
        raise ValueError

    with pytest.raises(ValueError):
        Kept(tmp_path / "kept", [code]).get(b"panel", fail)
    assert drawn(tmp_path, code)[1]


def test_what_nobody_asks_for_is_forgotten(tmp_path, code):
    kept = Kept(tmp_path / "kept", [code])
    kept.prune()
    for shown in (b"old", b"asked for", b"new"):
        drawn(tmp_path, code, shown)
    for path in (tmp_path / "kept").iterdir():
        os.utime(path, (0, 0))
    drawn(tmp_path, code, b"asked for")
    drawn(tmp_path, code, b"newer")
    kept.prune()
    assert [drawn(tmp_path, code, shown)[1] for shown in (b"asked for", b"newer", b"old", b"new")] == [False, False, True, True]
