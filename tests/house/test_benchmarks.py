"""The benchmarks measure and judge rightly, as far as that can be seen without the peers, which are not installed here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def run(program, *arguments):
    """Return what a program prints that imports from the benchmarks."""
    program = f"import sys; sys.path.insert(0, {str(BENCHMARKS)!r})\n{program}"
    return subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ["figures", "in_jupyter", "in_page"])
def test_a_benchmark_in_a_browser_finds_all_that_it_imports(name):
    # As it is started, where modules of the tests come first: one of the same name would be taken for its own.
    program = f"import runpy, sys; from pathlib import Path; runpy.run_path({str(BENCHMARKS / name)!r} + '.py')\n"
    program += "print(*{Path(sys.modules[one].__file__).parent.name for one in ('measured', 'results') if one in sys.modules})"
    assert run(program) == "benchmarks\n"


def test_a_figure_is_moved_in_jupyter_by_its_own_controls(tmp_path):
    program = f"""
import in_jupyter
from unittest.mock import MagicMock

browser = MagicMock()
for name in in_jupyter.FIGURES:
    in_jupyter.frames(browser, "http://127.0.0.1/", {str(tmp_path)!r}, name)
context = browser.new_context.return_value.__enter__.return_value
evaluate = context.new_page.return_value.locator.return_value.evaluate
print(*[call.args[1]["trains"] for call in evaluate.call_args_list], evaluate.call_args_list[0].args[1]["number"]["name"])
"""
    assert run(program) == "False True False True w1\n"


def test_every_figure_has_something_to_move():
    program = f"""
import runpy
measured = runpy.run_path({str(BENCHMARKS / "in_jupyter.py")!r})["measured"]
found = {{name: measured.how_to_move(one) for name, one in measured.EXPLORABLES.items()}}
print([name for name, how in found.items() if not (how["number"] or how["drawing"] or how["choice"])])
print(found["tune_a_neuron"]["number"]["name"], found["draw_a_digit"]["drawing"], found["broadcasting"]["choice"]["name"])
"""
    assert run(program) == "[]\nw1 drawing first\n"


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


def test_a_sweep_is_measured_beside_one_training_after_another(tmp_path):
    file = tmp_path / "bench.json"
    program = """
import importlib.util, results, sweeps
from pathlib import Path
results.FILE, sweeps.calm.wait, sweeps.find_spec = Path(sys.argv[1]), lambda: 0.0, lambda name: None
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

@contextmanager
def threads(workers):
    with ThreadPoolExecutor(workers) as pool:
        yield lambda run, cells: [pool.submit(run, one) for one in cells]

sweeps.WAYS["processes"] = threads  # quicker to start
sweeps.GRID = {name: values[:1] for name, values in sweeps.GRID.items()}
sweeps.main(1, 5)
"""
    told = run(program, str(file))
    kept = json.loads(file.read_text(encoding="utf-8"))["sweeps"]
    assert "not measured: distributed" in told and kept["missing"] == ["distributed"]
    assert {way: len(seconds) for way, seconds in kept["seconds"].items()} == {
        "nnlib.train": 1, "processes, 1": 1, "processes, 2": 1,
        "programs that share nothing, 1": 1, "programs that share nothing, 2": 1,
    }  # fmt: skip
    assert [words.split(":")[0] for words, _, _ in kept["targets"]] == ["programs that share nothing"] + ["processes"] * 2


def test_what_a_sweep_gains_is_the_median_of_the_ratios_of_one_round():
    program = """
import sweeps
seconds = {"nnlib.train": [60, 120, 300], "processes, 1": [3, 2, 9], "processes, 2": [2, 4, 5]}
seconds |= {f"{sweeps.APART}, 1": [3, 4, 5], f"{sweeps.APART}, 2": [3, 2, 2.5]}
print(*sweeps.judge(seconds), sep=", ")
"""
    # 30, 30 and 60 times as quick; 3/2, 2/4 and 9/5 times as quick on two workers as on one, each of at most twice
    assert run(program) == (
        "['programs that share nothing: efficiency of two ≥ 0.9', 1.0, 'met'], "
        "['processes: one nnlib.train after another / two workers ≥ 25', 30.0, 'met'], "
        "['processes: efficiency of two workers ≥ 0.9', 0.75, 'missed']\n"
    )


def test_what_is_compared_are_the_times_of_one_round():
    # 2/1, 20/10 and 9/3: the median is 2, whatever the slow round in the middle does to the medians of the times.
    rows = "{'a': {'seconds': [2, 20, 9]}, 'b': {'seconds': [1, 10, 3]}}"
    assert run(f"import compare; print(compare.ratio({rows}, 'a', 'b'))") == "2.0\n"


@pytest.mark.parametrize(("moments", "least"), [([0.1], "0.1"), ([2, 1, 0.2], "0.2"), ([2, 0.5, 1], "0.5")])
def test_a_calm_moment_is_waited_for_and_the_calmest_told(moments, least):
    program = f"from peers import calm; moments = iter({moments}); calm.taken = lambda: next(moments); print(calm.wait(3))"
    assert run(program) == f"{least}\n"


def test_what_other_programs_take_is_read_from_the_system_or_taken_for_nothing(tmp_path):
    stat = tmp_path / "stat"
    program = f"from pathlib import Path; from peers import calm; calm.STAT = Path({str(stat)!r})\n"
    assert run(f"{program}print(calm.taken(0.01))") == "0.0\n"
    # user, nice, system, idle, waiting for a disk, two kinds of interrupts: 30 and 10 ticks more were spent computing
    looks = ["cpu  100 0 50 500 70 0 0 0", "cpu  130 0 60 900 90 0 0 0"]
    stat.touch()
    program += f"looks = iter({looks}); calm.Path.read_text = lambda *_, **__: next(looks)\n"
    assert float(run(f"{program}import os; print(calm.taken(0.5) * 0.5 * os.sysconf('SC_CLK_TCK'))")) == pytest.approx(40)


def test_on_a_busy_machine_two_threads_are_left_out_and_the_output_says_so(tmp_path):
    file = tmp_path / "bench.json"
    program = (
        "import compare, results; from pathlib import Path; results.FILE = Path(sys.argv[1])\n"
        "compare.find_spec = lambda name: name in ('nnlib', 'numpy')\n"
        "compare.calm.wait = lambda: 1.3\n"
        "compare.main('predict')"
    )
    assert "Left out: all on 2 threads, since other programs took 1.3 CPUs" in run(program, str(file))
    kept = json.loads(file.read_text(encoding="utf-8"))["peers"]
    assert "predict, 1" in kept and "predict, 2" not in kept and "2 threads" in kept["left out"]
    assert [title for title, *_ in kept["targets"]] == ["predict: nnlib / products ≤ 1.1"]


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


def test_rivals_are_locked_by_hash_and_come_from_any_registry():
    lock = json.loads((BENCHMARKS / "rivals" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {"node_modules/convnetjs", "node_modules/@tensorflow/tfjs"} <= set(packages)
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []


def test_rivals_are_compared_round_by_round():
    # 2/1, 20/10, 9/3, 8/2 and 1/1: in order 1, 2, 2, 3, 4
    program = "import in_page; print(in_page.ratio([2, 20, 9, 8, 1], [1, 10, 3, 2, 1]))"
    assert run(program) == "{'times convnetjs': 2.0, 'quartiles': [1.5, 3.5]}\n"


@pytest.mark.parametrize(("off", "words"), [(0.0, "0e+00 1e-13 4e-06"), (1.0, "tfjs wasm does not do what nnlib does")])
def test_a_rival_must_come_to_what_nnlib_comes_to(off, words):
    program = f"""
import in_page

class Page:
    def ask(self, what, row, name, drawn):
        assert len(drawn) == in_page.CHECKED and sorted(drawn[0]) == list(range(250)) != drawn[0] != drawn[1]
        wrong = {{"nnlib": 0, "convnetjs": 1e-13, "tfjs cpu": 4e-6, "tfjs wasm": {off}}}[row]
        return {{"losses": [0.5, 0.25], "parameters": [1 + wrong, 2]}}

try:
    rows = {{row: (Page(), row) for row in ("nnlib", "convnetjs", "tfjs cpu", "tfjs wasm")}}
    print(*map("{{:.0e}}".format, in_page.check(rows, "b", in_page.TASKS["2-8-8-1"]).values()))
except RuntimeError as error:
    print(error)
"""
    assert words in run(program)


ROWS = {"nnlib": [1, 1, 1], "scikit-learn": [5, 6, 7], "floor": [0.8, 0.9, 0.7], "PyTorch": [9, 9, 9]}
PEERS = {f"{task}, 1": {row: {"seconds": seconds} for row, seconds in ROWS.items()} for task in ("xor", "epoch")}
JUDGED = """
import history
from pathlib import Path
history.FILE, history.HISTORY, history.machine = Path(sys.argv[1]), Path(sys.argv[2]), lambda: sys.argv[3]
history.entry.__globals__["subprocess"].run = lambda *_, **__: type("End", (), {"stdout": "abc"})
try:
    history.main(*sys.argv[4:])
    print("fine")
except SystemExit as end:
    print("RED", end)
"""


@pytest.fixture
def history(tmp_path):
    """Return a function that judges a run in which nnlib took so many times as long, on a machine."""
    measured, kept = tmp_path / "bench.json", tmp_path / "history.jsonl"

    def judged(times, machine="one", *keep):
        slower = {task: rows | {"nnlib": {"seconds": [times] * 3}} for task, rows in PEERS.items()}
        measured.write_text(json.dumps({"peers": slower}), encoding="utf-8")
        return run(JUDGED, str(measured), str(kept), machine, *keep).splitlines()

    judged.kept = kept
    return judged


def test_what_has_become_slower_by_more_than_a_tenth_is_red_and_can_be_accepted(history):
    assert history(1) == ["4 ratios, 0 of them measured before on one", "fine"]
    assert not history.kept.exists()
    history(1, "one", "keep")
    [first] = map(json.loads, history.kept.read_text(encoding="utf-8").splitlines())
    # The floor stands above nnlib, as every peer does: the more, the better.
    assert first["ratios"] == {
        "xor: scikit-learn / nnlib": 6.0, "xor: PyTorch / nnlib": 9.0, "epoch: scikit-learn / nnlib": 6.0,
        "epoch: floor / nnlib": 0.8,
    }  # fmt: skip
    assert history(1.1)[-1] == history(0.5)[-1] == "fine"
    told = history(1.12)
    assert told[1] == "RED Worse by more than 10%:"
    assert told[2].startswith("  xor: scikit-learn / nnlib: 5.36, and 6.00 at abc, on ") and len(told) == 7
    assert history(1.12, "one", "keep")[-1] == history(1.12)[-1] == "fine"
    assert history(1.3)[1].startswith("RED")


def test_only_machines_of_one_kind_are_compared(history):
    history(1, "one", "keep")
    assert history(9, "another") == ["4 ratios, 0 of them measured before on another", "fine"]
    history(9, "another", "keep")
    assert history(1.3)[1].startswith("RED") and history(9, "another")[-1] == "fine"


def test_without_measurements_nothing_is_judged(tmp_path):
    empty = tmp_path / "bench.json"
    told = "RED Nothing has been measured: run make bench.\n"
    assert run(JUDGED, str(empty), str(tmp_path / "none"), "one") == told
    empty.write_text("{}", encoding="utf-8")
    assert "RED No ratio to a peer" in run(JUDGED, str(empty), str(tmp_path / "none"), "one")


def test_what_is_kept_of_the_ratios_can_be_read_and_names_its_commit():
    program = (
        "import history\nfor one in history.entries(): print(len(one['commit']), len(one['ratios']), one['machine'] != '')"
    )
    assert set(run(program).splitlines()) <= {f"12 {count} True" for count in range(1, 30)}
