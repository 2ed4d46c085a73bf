"""One build at a time in one checkout, and none where it can't be written or where there is no room."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import alone
import pytest

TOOL = Path(alone.__file__)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def checkout(tmp_path):
    """Return the folder of a checkout that has everything, with the tool in it."""
    for marker in alone.ROOM:
        (tmp_path / marker).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / marker).touch()
    (tmp_path / "tools").mkdir()
    shutil.copy(TOOL, tmp_path / "tools")
    return tmp_path


def begin(checkout, *command):
    """Begin a command alone, and return its process."""
    environment = {name: value for name, value in os.environ.items() if name != "ALONE"}
    given = [sys.executable, checkout / "tools" / TOOL.name, *command]
    return subprocess.Popen(given, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def told(process):
    """Return what a process says, when it has ended well."""
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def wait_for(path):
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{path.name} did not come")


def test_the_second_waits_until_the_first_has_ended_and_says_so(checkout):
    begun, end, order = (checkout / name for name in ("begun", "end", "order"))
    first = begin(checkout, "sh", "-c", f"touch {begun}; while test ! -f {end}; do sleep 0.05; done; echo one >>{order}")
    wait_for(begun)
    second = begin(checkout, "sh", "-c", f"echo two >>{order}")
    assert second.stdout.readline() == "Another build is at work in this folder; this one begins when it has ended.\n"
    end.touch()
    assert told(first) == told(second) == ""
    assert order.read_text(encoding="utf-8") == "one\ntwo\n"


def test_what_a_killed_build_has_started_keeps_the_lock_until_it_ends(checkout):
    begun, end = checkout / "begun", checkout / "end"
    child = f"touch {begun}; while test ! -f {end}; do sleep 0.05; done"
    first = begin(checkout, "sh", "-c", f"sh -c '{child}' & wait")
    wait_for(begun)
    first.send_signal(signal.SIGKILL)
    first.stdout.close()
    first.wait(timeout=60)
    second = begin(checkout, "true")
    assert second.stdout.readline().startswith("Another build is at work")
    end.touch()
    told(second)
    assert told(begin(checkout, "echo", "third")) == "third\n"


def test_what_is_alone_already_does_not_wait_for_itself(checkout):
    assert told(begin(checkout, sys.executable, checkout / "tools" / TOOL.name, "echo", "again")) == "again\n"


def test_a_folder_that_can_not_be_written_is_named_with_what_can_still_be_done(checkout, monkeypatch):
    assert alone.refused(checkout) is None
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "_build")
    said = alone.refused(checkout)
    assert said.startswith(f"Nothing can be written into {checkout / '_build'}: copy the repository")
    assert "python3 tools/start.py --folder _build/html" in said


@pytest.mark.parametrize(
    ("free", "missing", "wanted"), [(149, "_build/.lab", 150), (1149, None, 1150), (999, ".venv/.installed", 1000)]
)
def test_a_disk_without_room_is_named_with_what_is_left_and_what_is_needed(checkout, monkeypatch, free, missing, wanted):
    for marker in [missing] if missing else [".venv/.installed", "_build/.lab"]:
        (checkout / marker).unlink()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free << 20))
    assert f" has {free} MB left, and {wanted} are needed: make room there" in alone.refused(checkout)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, wanted << 20))
    assert alone.refused(checkout) is None


FAKE = """#!/bin/sh
echo "$@" >>{log}
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python;;
  *requirements.lock) test -f .venv/left && echo left >>{log}; touch .venv/left; test -f {fine} || exit 9;;
  tools/alone.py*) shift; ALONE=yes exec "$@";;
esac
"""


def test_an_installation_that_was_interrupted_begins_afresh(checkout):
    log, fine, fake = (checkout / name for name in ("log", "fine", "fake"))
    fake.write_text(FAKE.format(log=log, fine=fine), encoding="utf-8")
    fake.chmod(0o755)
    shutil.rmtree(checkout / ".venv")
    shutil.copy(TOOL.parents[1] / "Makefile", checkout)
    for name in ("requirements.lock", "pyproject.toml"):
        (checkout / name).touch()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ALONE"))}
    make = ["make", f"PYTHON={fake}", ".venv/.installed"]
    settings = {"cwd": checkout, "env": environment, "capture_output": True, "check": False}
    assert subprocess.run(make, **settings).returncode
    assert (checkout / ".venv" / ".begun").exists()
    fine.touch()
    assert subprocess.run(make, **settings).returncode == 0
    assert (checkout / ".venv" / ".installed").exists() and not (checkout / ".venv" / ".begun").exists()
    assert "left\n" not in log.read_text(encoding="utf-8")
