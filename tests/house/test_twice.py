"""Two builds of one commit are compared to the byte: a file that differs, or is in one of them only, is found."""

import pytest
import twice


@pytest.fixture
def builds(tmp_path):
    """Return the folders of two builds that are the same, but for the times of their files."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        (folder / "live").mkdir(parents=True)
        (folder / "live" / "memory.packed").write_bytes(b"1234")
    return folders


def test_builds_that_are_the_same_do_not_differ(builds):
    assert twice.differing(*builds) == []


def test_another_byte_and_a_file_too_many_are_found(builds):
    (builds[1] / "live" / "memory.packed").write_bytes(b"1235")
    (builds[0] / ".buildinfo").touch()
    assert twice.differing(*builds) == [".buildinfo", "live/memory.packed"]


def test_what_sphinx_keeps_for_itself_is_not_compared(builds):
    (builds[1] / ".doctrees").mkdir()
    (builds[1] / ".doctrees" / "environment.pickle").touch()
    assert twice.differing(*builds) == []


def test_a_difference_ends_the_comparison_with_its_name(builds):
    twice.compare(*builds, "Two builds")
    (builds[1] / "live" / "memory.packed").write_bytes(b"1235")
    with pytest.raises(SystemExit, match=r"(?s)Two builds: 1 of 1 files differ:.live.memory\.packed"):
        twice.compare(*builds, "Two builds")
