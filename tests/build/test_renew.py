"""The engine renewed: both manifests come out of a release's lock and its files, or stay as they are."""

import gzip
import hashlib
import json

import pytest

from book import renew
from book.engine import fetch, sources

SETTINGS = ["Lab-Kit", "ours", "numpy"]  # what the made-up lab loads while it starts
FILES = {
    "pyodide.mjs": b"the loader",
    "pyodide.asm.mjs": b"the script",
    "pyodide.asm.wasm": b"\0asm",
    "python_stdlib.zip": b"modules",
    "pyodide.js": b"the loader, for the lab",
}
WHEELS = {"numpy-2-any.whl": b"numpy", "lab_kit-1-any.whl": b"kit", "needed-1-any.whl": b"needed", "ours-9-any.whl": b"theirs"}
OURS = "ours-1.0-py3-none-any.whl"


def entry(file, *depends):
    return {"name": file.split("-")[0], "file_name": file, "depends": list(depends), "sha256": sha256(WHEELS[file])}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


PACKAGES = {
    "needed": entry("needed-1-any.whl", "numpy"),
    "lab-kit": entry("lab_kit-1-any.whl", "Needed", "ours"),
    "numpy": entry("numpy-2-any.whl"),
    "ours": entry("ours-9-any.whl"),
}
LOCK = json.dumps({"info": {"python": "3.99.1"}, "packages": PACKAGES}).encode()


@pytest.fixture
def release(tmp_path, monkeypatch):
    """Return a repository with nothing but old manifests; npm, Python's index and one mirror have a made-up release."""
    for name in ("engine", "lab"):
        (tmp_path / "book" / name).mkdir(parents=True)
        (tmp_path / "book" / name / f"{name}.json").write_text("old", encoding="utf-8")
    packed = FILES | {"pyodide-lock.json": LOCK}
    monkeypatch.setattr(renew, "ROOT", tmp_path)
    monkeypatch.setattr(renew, "LOCK", tmp_path / "book" / "engine" / "release" / "pyodide-lock.json.gz")
    monkeypatch.setattr(renew, "INDEX", ("ours",))
    monkeypatch.setattr(renew.settings, "PACKAGES", SETTINGS)
    monkeypatch.setattr(sources, "from_npm", lambda package, names, files: [(n, packed[n]) for n in names if n in packed])
    monkeypatch.setattr(sources, "from_index", lambda _, names, files: [(name, b"ours") for name in names])
    mirror = [("a mirror", lambda names, files: [(n, WHEELS[n]) for n in names if n in WHEELS])]
    monkeypatch.setattr(sources, "for_files_of", lambda manifest: mirror)
    (tmp_path / "requirements.lock").write_text(f"ours==1.0 \\\n    --hash=sha256:{sha256(b'ours')}\n", encoding="utf-8")
    return tmp_path


def written(root):
    return [json.loads((root / "book" / name / f"{name}.json").read_text(encoding="utf-8")) for name in ("engine", "lab")]


def test_each_file_stands_in_the_manifest_that_needs_it_with_its_checksum_and_where_it_comes_from(release):
    renew.renew("1.2.3", release / "files")
    engine, lab = written(release)
    assert engine["pyodide"] == lab["pyodide"] == "1.2.3"
    assert {name: pin["from"] for name, pin in engine["files"].items()} == {
        "pyodide.mjs": "npm",
        "pyodide.asm.mjs": "npm",
        "pyodide.asm.wasm": "npm",
        "python_stdlib.zip": "npm",
        "pyodide-lock.json": "lock",
        "numpy-2-any.whl": "release",
    }
    assert {name: pin["from"] for name, pin in lab["files"].items()} == {
        "pyodide.js": "npm",
        "lab_kit-1-any.whl": "release",
        "needed-1-any.whl": "release",
        OURS: "index",
    }
    contents = FILES | WHEELS | {OURS: b"ours", "pyodide-lock.json": json.dumps(engine["lock"]["cut"]).encode()}
    for name, pin in (engine["files"] | lab["files"]).items():
        assert (pin["bytes"], pin["sha256"]) == (len(contents[name]), sha256(contents[name]))


def test_the_lock_is_cut_to_what_is_served_and_kept_as_its_makers_wrote_it(release):
    renew.renew("1.2.3", release / "files")
    engine, lab = written(release)
    assert engine["lock"]["cut"] == {"info": {"python": "3.99.1"}, "packages": {"numpy": PACKAGES["numpy"]}}
    assert lab["lock"]["cut"] == {"packages": {name: PACKAGES[name] for name in ("lab-kit", "needed")}}
    assert gzip.decompress(renew.LOCK.read_bytes()) == LOCK
    assert engine["lock"]["original_sha256"] == lab["lock"]["original_sha256"] == sha256(LOCK)


def test_the_same_release_gives_the_same_bytes(release):
    renew.renew("1.2.3", release / "files")
    first = {path: path.read_bytes() for path in (release / "book").rglob("*.*") if path.is_file()}
    renew.renew("1.2.3", release / "other files")
    assert {path: path.read_bytes() for path in first} == first
    assert len(first) == 3


def damaged(release, monkeypatch, fault):
    if fault == "a wheel that nobody has":
        monkeypatch.delitem(WHEELS, "needed-1-any.whl")
    elif fault == "a wheel with other bytes":
        monkeypatch.setitem(WHEELS, "numpy-2-any.whl", b"not numpy")
    elif fault == "a core without its script":
        monkeypatch.delitem(FILES, "pyodide.asm.mjs")
        monkeypatch.setattr(sources, "from_npm", lambda package, names, files: [*FILES.items(), ("pyodide-lock.json", LOCK)])
    elif fault == "a core without its modules":
        monkeypatch.delitem(FILES, "python_stdlib.zip")
        monkeypatch.setattr(sources, "from_npm", lambda package, names, files: [*FILES.items(), ("pyodide-lock.json", LOCK)])
    elif fault == "another wheel of the index":
        monkeypatch.setattr(sources, "from_index", lambda _, names, files: [(name, b"forged") for name in names])
    elif fault == "a lock without our package":
        (release / "requirements.lock").write_text("theirs==1.0\n", encoding="utf-8")
    elif fault == "no answer from npm":

        def refuse(*_):
            raise OSError("npm ended with status 1")

        monkeypatch.setattr(sources, "from_npm", refuse)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("a wheel that nobody has", r"no source has needed-1-any\.whl\."),
        ("a wheel with other bytes", r"no source has numpy-2-any\.whl\.\n.*wrong bytes for numpy-2-any\.whl"),
        ("a core without its script", r"npm's pyodide@1\.2\.3 has no pyodide\.asm\.js, pyodide\.asm\.mjs: look how"),
        ("a core without its modules", r"npm's pyodide@1\.2\.3 has no pyodide\.asm\.js, python_stdlib\.zip: look how"),
        ("another wheel of the index", r"ours-1\.0-py3-none-any\.whl is not the wheel that requirements\.lock wants"),
        ("a lock without our package", r"requirements\.lock has no ours, which the lab takes"),
        ("no answer from npm", r"npm has no pyodide@1\.2\.3, or does not answer: npm ended with status 1"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_the_manifests_stay(release, monkeypatch, fault, words):
    damaged(release, monkeypatch, fault)
    with pytest.raises(RuntimeError, match=words):
        renew.renew("1.2.3", release / "files")
    assert [(release / "book" / name / f"{name}.json").read_text(encoding="utf-8") for name in ("engine", "lab")] == ["old"] * 2
    assert not renew.LOCK.exists()


def test_both_manifests_are_cut_from_the_lock_that_is_kept():
    lock = gzip.decompress(renew.LOCK.read_bytes())
    figures, lab = renew.shares(json.loads(lock))
    assert fetch.MANIFEST["lock"] == {
        "original_sha256": sha256(lock),
        "cut": {"info": json.loads(lock)["info"], "packages": figures},
    }
    told = json.loads((renew.ROOT / "book" / "lab" / "lab.json").read_text(encoding="utf-8"))
    assert told["lock"] == {"original_sha256": sha256(lock), "cut": {"packages": lab}}
