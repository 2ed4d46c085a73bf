"""`make engine` of the present release would write the manifests that are there, byte for byte."""

import gzip
import shutil
from pathlib import Path

from book import renew
from book.engine.fetch import MANIFEST

ROOT = Path(__file__).parents[2]


def test_the_files_of_the_build_give_the_manifests_byte_for_byte(tmp_path):
    for folder in ("engine", "lab"):
        shutil.copytree(ROOT / ".cache" / folder, tmp_path, dirs_exist_ok=True)
    lock = gzip.decompress(renew.LOCK.read_bytes())
    made = renew.manifests(MANIFEST["pyodide"], tmp_path, lock, renew.index_wheels(tmp_path))
    for name, manifest in zip(("engine/engine.json", "lab/lab.json"), made, strict=True):
        assert renew.written(manifest) == (ROOT / "book" / name).read_text(encoding="utf-8")
