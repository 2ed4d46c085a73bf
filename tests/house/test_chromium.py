"""A browser is looked for in the right order, and only one that starts is taken."""

import chromium
import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder that is the whole PATH of a machine without a browser."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "_of_playwright", lambda: ())
    return tmp_path


def command(path, status):
    path.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_without_a_browser_there_is_none(folder):
    assert chromium.find() is None


def test_a_command_that_only_says_how_to_install_is_passed_over(folder):
    command(folder / "chromium", status=1)
    starts = command(folder / "google-chrome", status=0)
    assert chromium.find() == starts


def test_the_one_without_windows_comes_before_the_others(folder):
    command(folder / "chromium", status=0)
    shell = command(folder / "chromium-headless-shell", status=0)
    assert chromium.find() == shell


def test_the_one_that_is_named_comes_first(folder, monkeypatch):
    command(folder / "chromium", status=0)
    named = command(folder / "mine", status=0)
    monkeypatch.setenv("CHROMIUM", named)
    assert chromium.find() == named


def test_one_that_is_named_and_does_not_start_is_an_error(folder, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(SystemExit, match="CHROMIUM names /nowhere/chromium, which is not a browser that starts"):
        chromium.find()


def test_installing_tries_one_way_after_the_other_and_says_how_each_ended(folder, monkeypatch):
    monkeypatch.setattr(chromium, "SANDBOX_OFF", ["--no-sandbox"])
    monkeypatch.setattr(chromium.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    asked = []

    def run(line, **_):
        asked.append(line)
        raise OSError("no network")

    monkeypatch.setattr(chromium.subprocess, "run", run)
    ways = [*chromium.by_system("a-browser"), ["python", "-m", "playwright"]]
    answers = chromium.install(ways, chromium.find)
    assert asked == ways and "apt-get install -y a-browser" in asked[0][-1]
    assert len(answers) == 2 and all(answer.endswith("no network") for answer in answers)


def test_who_may_not_install_is_not_asked_to(monkeypatch):
    monkeypatch.setattr(chromium, "SANDBOX_OFF", [])
    assert chromium.by_system("a-browser") == []
