"""The benchmarks measure and judge rightly, as far as that can be seen without the peers, which are not installed here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def run(program, *arguments):
    """Return what a program prints that imports from the benchmarks."""
    program = f"import sys; sys.path.insert(0, {str(BENCHMARKS)!r})\n{program}"
    return subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True).stdout


def test_two_scripts_share_one_file_of_results(tmp_path):
    file = tmp_path / "_build" / "bench.json"
    program = "from pathlib import Path; import results; results.FILE = Path(sys.argv[1]); results.keep(sys.argv[2], [1, 2])"
    for key in ("figures", "peers", "figures"):
        run(program, str(file), key)
    assert json.loads(file.read_text(encoding="utf-8")) == {"figures": [1, 2], "peers": [1, 2]}


def test_a_peer_that_is_missing_is_named_and_the_others_are_measured(tmp_path):
    file = tmp_path / "bench.json"
    program = (
        "import importlib.util, compare, results; from pathlib import Path; results.FILE = Path(sys.argv[1])\n"
        "compare.find_spec = lambda name: name in ('nnlib', 'numpy')\n"
        "compare.main('perceptron')"
    )
    told = run(program, str(file))
    kept = json.loads(file.read_text(encoding="utf-8"))["peers"]
    assert "not compared with: scikit-learn, torch, jax" in told
    assert kept["missing"] == ["scikit-learn", "torch", "jax"]
    rows = kept["perceptron, 1"]
    assert set(rows) == {"nnlib", "products"}
    assert all(len(row["seconds"]) == 5 and min(row["seconds"]) > 0 for row in rows.values())
    assert rows["nnlib"]["score"] >= 0.99 and rows["nnlib"]["times nnlib"] == 1
    assert kept["targets"] == []  # both rows of a target must have been measured


def test_what_is_compared_are_the_times_of_one_round():
    # 2/1, 20/10 and 9/3: the median is 2, whatever the slow round in the middle does to the medians of the times.
    rows = "{'a': {'seconds': [2, 20, 9]}, 'b': {'seconds': [1, 10, 3]}}"
    assert run(f"import compare; print(compare.ratio({rows}, 'a', 'b'))") == "2.0\n"


@pytest.mark.parametrize(
    ("value", "sign", "words"),
    [
        (4.4, "≥", "met"),
        (4.1, "≥", "met, within the noise"),
        (3.9, "≥", "not met, within the noise"),
        (3.0, "≥", "not met"),
        (3.0, "≤", "met"),
        (4.4, "≤", "not met"),
    ],
)
def test_a_target_is_met_or_not_and_what_may_be_noise_is_said(value, sign, words):
    assert run(f"from peers.targets import verdict; print(verdict({value}, {sign!r}, 4))") == f"{words}\n"
