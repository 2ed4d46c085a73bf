"""The check of other browsers: what is not there is installed or named, and what is wrong fails the check."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from engines import answered, begun, check, driven, needs, refused, webdriver
from engines.browsers import BROWSERS, session
from engines.window import EngineError, Window

from nnlib.live.protocol import opening, reply

COMMAND = Path(check.__file__)


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Return the folder that is the whole PATH of a machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(needs, "FOLDERS", (f"{tmp_path}/webkit*",))
    return tmp_path


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Return a function that lets the check find what is given, by engine, in place of driving one."""

    @contextmanager
    def nothing(*_):
        yield Window(lambda *_, **given: None, "1.0")

    def read(found):
        (tmp_path / "index.html").touch()
        monkeypatch.setattr(check, "HTML", tmp_path)
        monkeypatch.setattr(check, "install", lambda engines: None)
        monkeypatch.setattr(check, "missing", lambda engine: "" if engine in found else f"{engine} is not there")
        monkeypatch.setattr(check, "parts", lambda engine, *_: [iter(found[engine])])
        monkeypatch.setattr(check.begun, "read", lambda *_: [])
        for name in ("serve", "session"):
            monkeypatch.setattr(check, name, nothing)

    return read


def program(path, status=0, text=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\nexit {status}\n", encoding="utf-8")
    path.chmod(0o755)


# what must be there


def test_the_command_fails_and_names_each_engine_that_is_not_there_and_its_package(tmp_path):
    run = [sys.executable, str(COMMAND), "--quick"]
    done = subprocess.run(run, check=False, capture_output=True, text=True, env={"PATH": str(tmp_path)})
    webkit, firefox = done.stdout.splitlines()
    assert done.returncode == 1
    assert "there is no WebKitWebDriver" in webkit and "apt-get install webkit2gtk-driver" in webkit
    assert "there is no firefox" in firefox and "apt-get install firefox-esr" in firefox
    assert done.stderr.strip() == "The book was not found as it should be in WebKitGTK, Firefox."


def test_an_engine_that_nobody_knows_is_an_error():
    assert check.main(["Opera"]) == "There is no engine Opera: choose from Chromium, Firefox, WebKitGTK."
    assert needs.NEEDS.keys() < BROWSERS.keys()


def test_only_what_is_missing_is_asked_for(programs):
    for name in ("WebKitWebDriver", "Xvfb", "xvfb-run", "webkit2gtk-4.1/MiniBrowser"):
        program(programs / name)
    assert needs.missing("WebKitGTK").endswith("there is no xauth. On Debian or Ubuntu: apt-get install xauth")
    program(programs / "xauth")
    assert needs.missing("WebKitGTK") == ""
    program(programs / "firefox-esr")
    assert needs.missing("Firefox") == ""


def test_root_installs_the_packages_that_are_missing_and_nobody_else_does(programs, monkeypatch):
    program(programs / "xauth")
    asked = programs / "asked"
    program(programs / "apt-get", text=f'echo "$@" >>{asked}')
    monkeypatch.setattr(needs.os, "geteuid", lambda: 1000)
    needs.install(["Firefox", "WebKitGTK"])
    assert not asked.exists()
    monkeypatch.setattr(needs.os, "geteuid", lambda: 0)
    needs.install(["Firefox", "WebKitGTK"])
    installs = "install --yes firefox-esr webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb"
    assert asked.read_text(encoding="utf-8").splitlines() == ["update", installs]
    program(programs / "firefox")
    asked.unlink()
    needs.install(["Firefox"])
    assert not asked.exists()


def test_an_installation_that_fails_is_told_and_the_engine_is_named(programs, monkeypatch, capsys):
    program(programs / "apt-get", status=100)
    monkeypatch.setattr(needs.os, "geteuid", lambda: 0)
    needs.install(["Firefox"])
    assert "apt-get install --yes firefox-esr: 100" in capsys.readouterr().out
    assert needs.missing("Firefox").startswith("Firefox can't be driven: there is no firefox.")


def test_an_engine_that_does_not_start_is_named_at_once(programs):
    program(programs / "firefox", status=3)
    with pytest.raises(EngineError, match="Firefox ended at once, with status 3"), session("Firefox"):
        pass


# what was found


def test_one_engine_that_is_missing_keeps_no_other_from_being_read(read, capsys):
    read({"Firefox": [("figures live", "one", "")]})
    assert check.main(["WebKitGTK", "Firefox"]) == "The book was not found as it should be in WebKitGTK."
    webkit, firefox = capsys.readouterr().out.splitlines()
    assert webkit.startswith("WebKitGTK: FAILED: WebKitGTK is not there")
    assert firefox.startswith("Firefox: figures live: 1 of 1")


def test_what_is_not_as_it_should_be_is_named_and_counted_and_fails_the_check(read, capsys):
    read({"Firefox": [("figures live", "one", ""), ("figures live", "two", "is still"), ("dragged", "two", "")]})
    assert check.main(["Firefox"]) == "The book was not found as it should be in Firefox."
    told = capsys.readouterr().out
    assert "WRONG: figures live: two: is still" in told
    assert "figures live: 1 of 2" in told and "dragged: 1 of 1" in told


def test_an_exercise_that_is_not_solved_or_has_no_page_is_named(monkeypatch, tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "any.html").write_text('<div data-exercise="neuron-gate"></div>', encoding="utf-8")
    window = Window(lambda *_, **given: None, "1.0")
    monkeypatch.setattr(window, "run", lambda *_: None)
    monkeypatch.setattr(window, "wait", lambda condition, name, **_: condition != answered.VERDICT or "Not yet: no")
    [(_, _, without), (what, name, fault)] = answered.read(window, "http://127.0.0.1/", tmp_path)
    assert (what, name, fault) == ("exercises solved", "neuron-gate", "Not yet: no")
    assert "neuron-boundary" in without and "neuron-gate" not in without


def test_a_slow_start_is_a_fault(monkeypatch):
    monkeypatch.setattr(begun, "plain_site", lambda: contextmanager(lambda: (yield "plain"))())
    monkeypatch.setattr(begun, "starts", lambda *_: {"cold": [(2.0, 4.0), (3.0, 2.0), (1.0, 2.0)], "warm": [(3.0, 2.0)]})
    assert [*begun.read("Firefox", "")] == [
        ("starts of Python", "cold: ready in 2.00 s, plain 2.00 s, ratio 0.50", ""),
        ("starts of Python", "warm: ready in 3.00 s, plain 2.00 s, ratio 1.50", "more than 1.2"),
    ]


@pytest.mark.parametrize(
    ("ran", "asked", "fault"),
    [
        ({}, set(), ""),
        ({"eval": "ran", "text": "refused"}, set(), "as a program ran ['eval'], not []"),
        ({"eval": "refused"}, {"image"}, "another host was asked for ['image'], not []"),
    ],
)
def test_a_script_that_runs_and_a_host_that_is_asked_are_faults(monkeypatch, ran, asked, fault):
    window = Window(lambda *_, **given: None, "1.0")
    heard = set()
    monkeypatch.setattr(window, "wait", lambda *_, **__: heard.update(asked))
    monkeypatch.setattr(window, "run", lambda *_: ran)
    assert refused._tried(window, "http://127.0.0.1/", heard, set(), set()) == fault


# what a figure shows


@pytest.fixture
def shown(monkeypatch):
    """Return a function that drives a figure whose page tells what is given: what it asked, and its picture."""

    def shown(name, asked, picture):
        told = json.loads(
            json.dumps(
                {"asked": asked, "picture": picture}, default=lambda one: {"shape": one.shape, "data": one.ravel().tolist()}
            )
        )
        window = Window(lambda *_, **given: None, "1.0")
        monkeypatch.setattr(
            window, "run", lambda script, *_: json.dumps(told) if script == driven.SETTLED else "there is no knob"
        )
        monkeypatch.setattr(window, "wait", lambda *_, **__: True)
        return driven.Driven(window, name)

    return shown


def moved(steps=0, **settings):
    return {"settings": settings, "edits": None, "steps": steps, "isNew": False}


def test_a_figure_that_shows_what_cpython_computes_has_no_fault(shown):
    assert shown("race", [], opening("race", {})["picture"]).fault() == ""
    assert shown("tune_a_neuron", [moved(w1=2.5)], opening("tune_a_neuron", {"w1": 2.5})["picture"]).press() == ""


def test_a_figure_that_shows_another_number_or_does_not_move_has_one(shown):
    stale = opening("tune_a_neuron", {})["picture"]
    assert shown("tune_a_neuron", [moved(w1=1.00001)], stale).fault().startswith("picture[")
    assert shown("tune_a_neuron", [moved()], stale).press() == "nothing has changed"
    assert driven._tried(shown("tune_a_neuron", [moved()], stale).drag, ".nn-knob") == "there is no knob"


def test_steps_that_are_not_made_are_a_fault(shown, monkeypatch):
    monkeypatch.setattr(Window, "click", lambda *_: None)
    name, begun_with = "train_a_perceptron", opening("train_a_perceptron", {})
    trained = reply(name, {}, begun_with["state"], 3)["picture"]
    assert shown(name, [moved(steps=2), moved(steps=1)], trained).train() == ""
    assert shown(name, [], begun_with["picture"]).train() == "0 steps were made, not 3"


def test_webdriver_has_a_command_for_all_that_a_window_does():
    sent = []
    window = Window(lambda command, **given: sent.append(command) or {"value": [10, 20]}, "1.0")
    window.open("http://127.0.0.1/")
    window.enter()
    window.press("input", "ArrowRight", " ")
    window.drag("circle", (24, -18))
    assert {*sent} == webdriver.COMMANDS.keys()
