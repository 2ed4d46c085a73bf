"""Write the bill of materials of the book and of nnlib, in CycloneDX's format.

    python tools/sbom.py .cache/supply/bin/cyclonedx-py _build/neural-networks-live.cdx.json

cyclonedx-py lists the Python packages of requirements.lock, each with its checksums. Beside them come the files of the
browser's Python and of the lab, which `engine.json` and `lab.json` pin, and the packages of npm that the build works with.
"""

import base64
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFESTS = ("book/engine/engine.json", "book/lab/lab.json")
NPM = "tools/javascript/package-lock.json"
FORM = ("--spec-version", "1.6", "--output-format", "JSON", "--output-reproducible")


def listed(program):
    """Return what cyclonedx-py makes of requirements.lock."""
    command = [program, "requirements", ROOT / "requirements.lock", "--pyproject", ROOT / "pyproject.toml", *FORM]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def engine_files():
    """Yield the files of the browser's Python and of the lab, a wheel with its name and version."""
    for name in MANIFESTS:
        manifest = json.loads((ROOT / name).read_text(encoding="utf-8"))
        for file, pin in manifest["files"].items():
            wheel = file.endswith(".whl")
            package, version = file.split("-")[:2] if wheel else (file, manifest["pyodide"])
            purl = f"pkg:pypi/{package.lower().replace('_', '-')}@{version}" if wheel else f"pkg:npm/pyodide@{version}#{file}"
            yield component(f"{name}#{file}", package, version, purl, pin["sha256"], "SHA-256")


def npm_packages():
    """Yield the packages of npm that lint the view and make its scripts shorter; none of them is in a page."""
    locked = json.loads((ROOT / NPM).read_text(encoding="utf-8"))["packages"]
    for path, package in locked.items():
        if path:
            name = path.rpartition("node_modules/")[2]
            kind, _, digest = package["integrity"].partition("-")
            purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
            told = component(f"{NPM}#{path}", name, package["version"], purl, base64.b64decode(digest).hex(), f"SHA-{kind[3:]}")
            yield told | {"scope": "excluded"}


def component(reference, name, version, purl, digest, algorithm):
    """Return a component as CycloneDX has it."""
    told = {"type": "library", "bom-ref": reference, "name": name, "version": version, "purl": purl}
    return told | {"hashes": [{"alg": algorithm, "content": digest}]}


def whole(bill):
    """Return a bill with all that is not Python's package index', and with the version of nnlib."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    subject = bill["metadata"]["component"] | {"version": project["version"]}
    components = [*bill["components"], *engine_files(), *npm_packages()]
    return bill | {"metadata": bill["metadata"] | {"component": subject}, "components": components}


def main(program, path):
    """Write the bill, and say how long it is."""
    bill = whole(listed(program))
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path}: {len(bill['components'])} components")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/sbom.py CYCLONEDX FILE")
    main(*sys.argv[1:])
