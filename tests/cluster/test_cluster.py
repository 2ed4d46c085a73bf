"""A sweep on a real cluster of Dask: workers that are killed, tasks that kill their worker, and runs that are stopped.

Run by `make sweep`, in an environment of its own; `tests/package/test_sweep.py` has what needs no cluster.
"""

import json
import os
import signal
import time
from pathlib import Path

import pytest
from distributed import Client, KilledWorker, LocalCluster

from nnlib.sweep import combinations, sweep

GRID = {"number": [*range(8)]}
FREE = ":0"  # for the dashboard, any port that is free: None means 8787, where another cluster may be


def square(number):
    return number**2


def slowly(number, marks):
    """Leave a mark that it ran, and take half a second."""
    Path(marks, f"{number}-{time.monotonic_ns()}").touch()
    time.sleep(0.5)
    return number**2


def killed_once(number, marks):
    mark = Path(marks, str(number))
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number**2


def killed_always(number):
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number**2


@pytest.fixture
def client():
    with LocalCluster(2, threads_per_worker=1, dashboard_address=FREE) as cluster, Client(cluster) as client:
        yield client


@pytest.fixture
def file(tmp_path):
    return tmp_path / "results.jsonl"


def results(*args, **kwargs):
    return [result for _, result in sweep(*args, **kwargs)]


def cells_in(file):
    return [json.loads(line)["settings"] for line in file.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("processes", [False, True], ids=["threads", "processes"])
def test_the_file_has_the_same_bytes_on_one_machine_and_on_a_cluster(processes, file, tmp_path):
    here = tmp_path / "here.jsonl"
    expected = [*sweep(square, GRID, file=here)]
    cluster = LocalCluster(2, threads_per_worker=1, processes=processes, dashboard_address=FREE)
    with cluster, Client(cluster.scheduler_address) as client:
        assert [*sweep(square, GRID, map=client.map, file=file)] == expected
    assert file.read_bytes() == here.read_bytes()


def test_a_worker_that_is_killed_in_the_middle_costs_nothing_but_time(client, file, tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    grid = {**GRID, "marks": [str(marks)]}
    assert results(killed_once, grid, map=client.map, file=file) == [n**2 for n in range(8)]
    assert (marks / "2").exists()
    assert cells_in(file) == combinations(grid)


def test_workers_that_are_killed_from_outside_cost_nothing_but_time(client, file, tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    grid = {**GRID, "marks": [str(marks)]}
    coming = sweep(slowly, grid, map=client.map, file=file)
    found = [next(coming)]
    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
    found += coming
    assert [result for _, result in found] == [n**2 for n in range(8)]
    assert cells_in(file) == combinations(grid)


def test_a_task_that_always_kills_its_worker_ends_the_sweep_and_says_which(client, file):
    began = time.monotonic()
    with pytest.raises(KilledWorker) as caught:
        results(killed_always, GRID, map=client.map, file=file, wait=60)
    assert caught.value.__notes__ == ["That was run with {'number': 2}."]
    assert time.monotonic() - began < 90
    kept = cells_in(file)
    assert {"number": 2} not in kept and len(kept) == len({cell["number"] for cell in kept})
    rest = {"number": [n for n in range(8) if n != 2]}
    assert results(killed_always, rest, file=file) == [n**2 for n in range(8) if n != 2]


def test_a_cluster_without_workers_is_not_waited_for_forever(client, file):
    client.cluster.scale(0)
    while client.scheduler_info()["workers"]:
        time.sleep(0.1)
    with pytest.raises(TimeoutError, match="no result has come for 3 s, and 8 are missing"):
        results(square, GRID, map=client.map, file=file, wait=3)


def test_a_run_that_was_stopped_goes_on_from_the_file(client, file, tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    grid = {**GRID, "marks": [str(marks)]}
    coming = sweep(slowly, grid, map=client.map, file=file)
    next(coming), next(coming)
    coming.close()
    kept = len(cells_in(file))
    assert kept >= 2
    ran = len([*marks.iterdir()])
    time.sleep(1.5)  # what had begun ends
    assert results(slowly, grid, map=client.map, file=file) == [n**2 for n in range(8)]
    assert cells_in(file) == combinations(grid)
    assert ran <= kept + 4  # what was on its way on the two workers, or done and not yet told: and no more
