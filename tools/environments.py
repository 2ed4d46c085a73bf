"""Run every notebook in environments that are made from nothing, as a reader's and Binder's are.

    python tools/environments.py oldest newest

`newest` is what Binder makes: the Python of `runtime.txt`, and `pip install -r requirements.txt` with whatever is newest
today. `oldest` is the same Python with the oldest versions that `requirements.txt` allows. In each, nbval runs every
notebook and compares every output with the stored one; but not the lines of figures that an old matplotlib has drawn. One
notebook is also run by `jupyter nbconvert --execute`, to see that it can be; a cell that fails there fails in nbval, too.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache" / "environments"
RANGES = re.compile(r"^([\w-]+)>=([\d.]+)", re.MULTILINE)
RULES = {"oldest": "oldest.cfg", "newest": "sanitize.cfg"}
CONVERTED = "chapters/neuron.ipynb"  # with figures, plots and exercises
SECONDS = 1200  # for any one step
ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


def make(name, root=ROOT, home=HOME):
    """Make the environment `name` from nothing, and return its Python."""
    folder = home / name
    shutil.rmtree(folder, ignore_errors=True)
    version = (root / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    run([sys.executable, "-m", "uv", "venv", "--quiet", "--seed", "--python", version, folder], root)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    if name == "newest":
        run([python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-r", "requirements.txt"], root)
    else:
        oldest = ["--resolution", "lowest-direct", "--python", python, "-r", "requirements.txt"]
        run([sys.executable, "-m", "uv", "pip", "install", "--quiet", *oldest], root)
        check_oldest(versions(python), (root / "requirements.txt").read_text(encoding="utf-8"))
    return python


def versions(python):
    """Return the versions of the packages in the environment of this Python."""
    told = "from importlib.metadata import distributions as d; print(*{f'{p.name}=={p.version}' for p in d()})"
    lines = subprocess.run([python, "-c", told], check=True, capture_output=True, text=True).stdout.split()
    return {re.sub("[-_.]+", "-", name).lower(): version for name, _, version in (line.partition("==") for line in lines)}


def check_oldest(installed, requirements):
    """Raise RuntimeError unless what is installed is the oldest that is allowed."""
    younger = [
        f"{name} {installed.get(name)} instead of {floor}"
        for name, floor in RANGES.findall(requirements)
        if _numbers(installed.get(name, "")) != _numbers(floor)
    ]
    if younger:
        raise RuntimeError(f"requirements.txt allows versions that can't be had together: {', '.join(younger)}")


def _numbers(version):
    return re.sub(r"(\.0)+$", "", re.match(r"[\d.]*", version)[0])


def run_notebooks(python, rules, root=ROOT):
    """Run every notebook with this Python, and return what nbval said; raise CalledProcessError if one fails.

    `rules` names what nbval does not compare, a file beside its settings.
    """
    target = Path(python).parent.parent / "executed"
    to_notebook = ["--to", "notebook", "--execute", "--log-level", "WARN", "--output-dir", target]
    run([python, "-m", "jupyter", "nbconvert", *to_notebook, root / CONVERTED], root)
    compared = ["-c", "tests/notebooks/nbval.ini", f"--nbval-sanitize-with=tests/notebooks/{rules}", "--rootdir=.", "-q"]
    return run([python, "-m", "pytest", "chapters", *compared], root)


def run(command, root):
    """Run a command in the repository; raise CalledProcessError, with what it said, if it fails."""
    end = subprocess.run(
        list(map(str, command)), cwd=root, timeout=SECONDS, env={**os.environ, **ALONE}, capture_output=True, text=True
    )
    if end.returncode:
        raise subprocess.CalledProcessError(end.returncode, end.args, end.stdout + end.stderr)
    return end.stdout


def check(name):
    """Make an environment, run every notebook in it, and return what is to be told."""
    start = time.perf_counter()
    python = make(name)
    made = time.perf_counter() - start
    compared = run_notebooks(python, RULES[name]).strip().splitlines()[-1]
    seconds = time.perf_counter() - start - made
    return f"{name}: made in {made:.0f} s, every notebook run in {seconds:.0f} s: {compared}"


def main(names):
    """Check these environments at the same time, and tell."""
    if not names or set(names) - set(RULES):
        sys.exit("usage: python tools/environments.py [oldest] [newest]")
    with ThreadPoolExecutor() as pool:
        checks = {name: pool.submit(check, name) for name in names}
        for name, running in checks.items():
            try:
                print(running.result(), flush=True)
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                sys.exit(f"The environment {name} failed: {error}\n{getattr(error, 'output', None) or ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
