"""The check of other browsers: one that is not there is named, with the package that brings it, and fails the check."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from engines import check, webdriver

COMMAND = Path(check.__file__)


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Return the folder that is the whole PATH of a machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(webdriver, "FOLDERS", (f"{tmp_path}/webkit*",))
    return tmp_path


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Return a function that lets the check find what is given, by engine, in place of driving one."""

    @contextmanager
    def nowhere(*_):
        yield "http://127.0.0.1/"

    def read(found):
        (tmp_path / "index.html").touch()
        monkeypatch.setattr(check, "HTML", tmp_path)
        monkeypatch.setattr(check, "missing", lambda engine: "" if engine in found else f"{engine} is not there")
        monkeypatch.setattr(check, "check", lambda engine, *_: iter(found[engine]))
        for name in ("serve", "plain_site"):
            monkeypatch.setattr(check, name, nowhere)

    return read


def program(path, status=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    path.chmod(0o755)


def test_the_command_fails_and_names_each_engine_that_is_not_there_and_its_package(tmp_path):
    run = [sys.executable, str(COMMAND)]
    done = subprocess.run(run, check=False, capture_output=True, text=True, env={"PATH": str(tmp_path)})
    webkit, firefox = done.stdout.splitlines()
    assert done.returncode == 1
    assert "there is no WebKitWebDriver" in webkit and "apt-get install webkit2gtk-driver" in webkit
    assert "there is no firefox" in firefox and "apt-get install firefox-esr" in firefox


def test_an_engine_that_nobody_knows_is_an_error():
    done = subprocess.run([sys.executable, str(COMMAND), "Opera"], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "There is no engine Opera: choose from WebKitGTK, Firefox." in done.stderr


def test_only_what_is_missing_is_asked_for(programs):
    for name in ("WebKitWebDriver", "Xvfb", "xvfb-run", "webkit2gtk-4.1/MiniBrowser"):
        program(programs / name)
    assert webdriver.missing("WebKitGTK").endswith("there is no xauth. On Debian or Ubuntu: apt-get install xauth")
    program(programs / "xauth")
    assert webdriver.missing("WebKitGTK") == ""
    program(programs / "firefox-esr")
    assert webdriver.missing("Firefox") == ""


def test_an_engine_that_does_not_start_is_named_at_once(programs):
    program(programs / "firefox", status=3)
    with pytest.raises(webdriver.EngineError, match="Firefox ended at once, with status 3"), webdriver.session("Firefox"):
        pass


def test_one_engine_that_is_missing_keeps_no_other_from_being_read(read, capsys):
    read({"Firefox": [("the figures are live", True)]})
    assert not check.main(["WebKitGTK", "Firefox"])
    assert capsys.readouterr().out.splitlines() == [
        "WebKitGTK: FAILED: WebKitGTK is not there",
        "Firefox: the figures are live",
    ]


@pytest.mark.parametrize(("right", "said"), [(True, "Firefox: 2 of 2"), (False, "Firefox: WRONG: 2 of 2")])
def test_what_is_not_as_it_should_be_fails_the_check(read, capsys, right, said):
    read({"Firefox": [("2 of 2", right)]})
    assert check.main(["Firefox"]) is right
    assert capsys.readouterr().out.strip() == said


def test_an_exercise_that_is_not_solved_is_named(monkeypatch):
    @contextmanager
    def window(_):
        yield None

    monkeypatch.setattr(check, "session", window)
    monkeypatch.setattr(check, "read", lambda *_: iter(()))
    monkeypatch.setattr(check, "read_framed", lambda _: iter(()))
    monkeypatch.setattr(check, "answer", lambda *_: iter([("one", "✓ Solved: passed"), ("two", "Not yet: no")]))
    monkeypatch.setattr(check, "starts", lambda *_: {"cold": [(2.0, 4.0), (3.0, 2.0), (1.0, 2.0)], "warm": [(3.0, 2.0)]})
    found = dict(check.check("Firefox", "", ""))
    assert found == {
        "1 of 2 exercises answered": False,
        "two: Not yet: no": False,
        "cold: ready in 2.00 s, plain 2.00 s; ratio 0.50, at most 1.2": True,
        "warm: ready in 3.00 s, plain 2.00 s; ratio 1.50, at most 1.2": False,
    }
