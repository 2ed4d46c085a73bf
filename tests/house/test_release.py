"""A release is of its version, has everything, and its bill of materials names everything that is locked, with checksums."""

import hashlib
import json
import re

import pytest
import release
import sbom
from conftest import ROOT

PROJECT = '[project]\nname = "nnlib"\nversion = "{}"\n'


@pytest.fixture
def repository(tmp_path):
    """Return a folder with what a release of 1.2.0 is made of."""
    (tmp_path / "pyproject.toml").write_text(PROJECT.format("1.2.0"), encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: 1.2.0\n", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(
        "# C\n\n## Unreleased\n\n- x\n\n## 1.2.0\n\n- All.\n\n## 1.1.0\n\n- y\n", encoding="utf-8"
    )
    for pattern in release.MADE:
        path = tmp_path / pattern.format("1.2.0").replace("*", "py3-none-any")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.name.encode())
    return tmp_path


def test_a_release_has_the_notes_of_its_version_and_all_files_with_their_checksums(repository):
    assert release.notes(repository, "v1.2.0") == "- All.\n"
    release.gather(repository, "1.2.0", repository / "out")
    names = {path.name for path in (repository / "out").iterdir()}
    book = {f"neural-networks-live.{kind}" for kind in ("zip", "pdf", "epub", "cdx.json")}
    assert names == book | {"SHA256SUMS", "nnlib-1.2.0-py3-none-any.whl"}
    for line in (repository / "out" / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256((repository / "out" / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("tag", ["v1.2.1", "1.2.0", "v1.2", "v1.2.0rc1"])
def test_a_tag_that_is_not_the_version_is_refused(repository, tag):
    with pytest.raises(
        ValueError, match=rf"The tag {tag} is not the version: pyproject\.toml has 1\.2\.0, whose tag is v1\.2\.0"
    ):
        release.notes(repository, tag)


def test_a_version_that_is_not_cited_or_not_told_of_is_refused(repository):
    (repository / "pyproject.toml").write_text(PROJECT.format("1.3.0"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"CITATION\.cff has the version 1\.2\.0"):
        release.notes(repository, "v1.3.0")
    (repository / "CITATION.cff").write_text("version: 1.3.0\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"CHANGELOG\.md says nothing of 1\.3\.0"):
        release.notes(repository, "v1.3.0")


@pytest.mark.parametrize("pattern", release.MADE)
def test_a_release_that_lacks_something_is_refused_by_name(repository, pattern):
    for path in repository.glob(pattern.format("1.2.0")):
        path.unlink()
    with pytest.raises(ValueError, match=rf"There are 0 files {re.escape(pattern.format('1.2.0'))}"):
        release.gather(repository, "1.2.0", repository / "out")


def test_the_bill_has_every_file_of_the_engine_and_of_the_lab_and_every_package_of_npm():
    bill = sbom.whole({"metadata": {"component": {"name": "nnlib"}}, "components": [{"name": "numpy"}]})
    told = {hashed["content"] for one in bill["components"][1:] for hashed in one["hashes"]}
    manifests = [json.loads((ROOT / name).read_text(encoding="utf-8")) for name in sbom.MANIFESTS]
    pinned = {pin["sha256"] for manifest in manifests for pin in manifest["files"].values()}
    assert pinned < told and len(pinned) > 10
    locked = json.loads((ROOT / sbom.NPM).read_text(encoding="utf-8"))["packages"]
    names = {(one["name"], one["version"]) for one in bill["components"][1:]}
    assert {("esbuild", locked["node_modules/esbuild"]["version"]), ("numpy", "2.0.2")} < names
    references = [one["bom-ref"] for one in bill["components"][1:]]
    assert len({*references}) == len(references) == len(pinned) + len(locked) - 1
    assert all(re.fullmatch(r"pkg:(npm|pypi)/[\w%./-]+@[\w.+-]+(#[\w.-]+)?", one["purl"]) for one in bill["components"][1:])
    assert (
        bill["metadata"]["component"]["version"]
        == release.tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    )
