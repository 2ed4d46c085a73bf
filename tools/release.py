"""Gather what a release has, in one folder, with its checksums and its notes; or say that a tag is of no release.

    python tools/release.py v1.2.3 [_build/release]

A tag is the version of pyproject.toml and of CITATION.cff, with a v before it, and CHANGELOG.md has a section of it. Without a
folder nothing is gathered.
"""

import hashlib
import re
import shutil
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "neural-networks-live"
MADE = (
    f"_build/{NAME}.zip",
    f"_build/{NAME}.pdf",
    f"_build/{NAME}.epub",
    f"_build/{NAME}.cdx.json",
    ".cache/wheel/nnlib-{}-*.whl",
)


def notes(root, tag):
    """Return the section of the changelog that a tag names; raise ValueError where the tag is of no release."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = re.search(r"^version: (\S+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)[1]
    sections = re.split(r"^## ", (root / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    told = {section.split()[0]: section.partition("\n")[2].strip() for section in sections}
    if tag != f"v{version}":
        raise ValueError(f"The tag {tag} is not the version: pyproject.toml has {version}, whose tag is v{version}.")
    if cited != version:
        raise ValueError(f"CITATION.cff has the version {cited}, and pyproject.toml {version}: write the same into both.")
    if not told.get(version):
        raise ValueError(f"CHANGELOG.md says nothing of {version}: give it a section of its own, ## {version}.")
    return told[version] + "\n"


def gather(root, version, folder):
    """Copy what was made into a folder, and write the checksums beside it; raise ValueError for what was not made."""
    found = []
    for pattern in MADE:
        files = sorted(root.glob(pattern.format(version)))
        if len(files) != 1:
            raise ValueError(
                f"There are {len(files)} files {pattern.format(version)}, and a release has one: run make release."
            )
        found += files
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in found:
        shutil.copy(path, folder)
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in found)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


def main(tag, folder=None):
    """Check a tag, and gather its release."""
    try:
        told = notes(ROOT, tag)
        if folder:
            gather(ROOT, tag.removeprefix("v"), Path(folder))
            Path(folder).with_name("release-notes.md").write_text(told, encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python tools/release.py TAG [FOLDER]")
    main(*sys.argv[1:])
