"""Measure a sweep: many starts at once beside one `nnlib.train` after another, and two workers beside one, in one run.

    make bench, or .cache/cluster/bin/python benchmarks/sweeps.py

Cells of the atlas of XOR are counted on processes of Python and, where it is installed, on Dask: on processes, and on threads
of one process. Compared are the times on the wall of one round, in which each way has its turn; told is the median of these
ratios. What two cores give at most is the machine's affair, and changes with its neighbors: in each round two programs that
share nothing, with half of the cells each, tell it. The output also says how busy the machine was before.
"""

import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from statistics import median

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  after that
from atlas_of_xor import CHUNK, trained  # noqa: E402
from peers import calm  # noqa: E402
from results import keep  # noqa: E402

from nnlib import mlp, train  # noqa: E402
from nnlib.explorables.models.atlas import OPTIMIZERS, X, Y, starts  # noqa: E402
from nnlib.sweep import combinations, sweep  # noqa: E402

ROUNDS, STEPS = 5, 2000
GRID = {"hidden": [2, 8], "activation": ["sigmoid", "tanh", "relu"], "optimizer": ["SGD", "Adam"], "learning_rate": [0.1, 0.3]}
TIMES, EFFICIENCY = 25, 0.9  # what is wanted: so many times as quick on two workers, and so much of twice as quick as on one


def cell(hidden, activation, optimizer, learning_rate, steps):
    """Return how many of a chunk of starts have learned XOR after so many steps."""
    (right,) = trained(starts(hidden)[:CHUNK], activation, "mse", optimizer, learning_rate, after=(steps,))
    return int(right.sum())


def one_by_one(steps):
    """Train the first start of each cell with nnlib; return the seconds that as many starts as a sweep has would take."""
    began = time.perf_counter()
    for how in combinations(GRID):
        network = mlp([2, how["hidden"], 1], how["activation"], output="sigmoid", dtype=np.float64)
        network.parameters[:] = starts(how["hidden"])[0]
        optimizer = OPTIMIZERS[how["optimizer"]](how["learning_rate"])
        for _ in train(network, X, Y, loss="mse", optimizer=optimizer, epochs=steps):
            pass
    return CHUNK * (time.perf_counter() - began)


def cells_of(grid):
    """Count some cells, one after the other; return how many there were."""
    return len([cell(**settings) for settings in grid])


def apart(programs, grid):
    """Return the seconds until each program, a pool of one worker, has counted its share of the cells."""
    cells = combinations(grid)
    began = time.perf_counter()
    for share in [program.submit(cells_of, cells[i :: len(programs)]) for i, program in enumerate(programs)]:
        share.result()
    return time.perf_counter() - began


@contextmanager
def python_processes(workers):
    """Give a `map` on processes of Python."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield lambda run, cells: [pool.submit(run, one) for one in cells]


@contextmanager
def dask(workers, processes):
    """Give the `map` of a cluster of Dask on this machine."""
    from distributed import Client, LocalCluster

    threads, count = (1, workers) if processes else (workers, 1)
    shape = {
        "n_workers": count,
        "threads_per_worker": threads,
        "processes": processes,
        "dashboard_address": ":0",
    }  # any free port
    with LocalCluster(**shape) as cluster, Client(cluster) as client:
        yield lambda run, cells: client.map(run, cells, pure=False)


WAYS = {
    "processes": python_processes,
    "Dask, processes": lambda workers: dask(workers, processes=True),
    "Dask, threads": lambda workers: dask(workers, processes=False),
}


APART = "programs that share nothing"


def measure(rounds, steps):
    """Return {way, or way and workers: seconds of each round}; each worker has run a cell before."""
    grid = GRID | {"steps": [steps]}
    maps, found = {}, {"nnlib.train": []}
    with ExitStack() as stack:
        for way in WAYS if find_spec("distributed") else ["processes"]:
            for workers in (1, 2):
                maps[f"{way}, {workers}"] = stack.enter_context(WAYS[way](workers))
        for spread in maps.values():
            list(sweep(cell, grid | {"steps": [1]}, map=spread))
        spawn = get_context("spawn")
        programs = [stack.enter_context(ProcessPoolExecutor(1, mp_context=spawn)) for _ in range(2)]
        apart(programs, grid | {"steps": [1]})
        for i in range(rounds):
            for way in [*maps][:: -1 if i % 2 else 1]:
                began = time.perf_counter()
                list(sweep(cell, grid, map=maps[way]))
                found.setdefault(way, []).append(time.perf_counter() - began)
            for count in (1, 2):
                found.setdefault(f"{APART}, {count}", []).append(apart(programs[:count], grid))
            found["nnlib.train"].append(one_by_one(steps))
    return found


def judge(found):
    """Return [what is wanted, what was measured, met or not], two for each way, and what the machine gives."""
    machine = median(a / b / 2 for a, b in zip(found[f"{APART}, 1"], found[f"{APART}, 2"], strict=True))
    rows = [[f"{APART}: efficiency of two ≥ {EFFICIENCY}", machine, machine >= EFFICIENCY]]
    for way in WAYS:
        if f"{way}, 2" in found:
            one, two, alone = (found[name] for name in (f"{way}, 1", f"{way}, 2", "nnlib.train"))
            times = median(a / b for a, b in zip(alone, two, strict=True))
            share = median(a / b / 2 for a, b in zip(one, two, strict=True))
            rows += [[f"{way}: one nnlib.train after another / two workers ≥ {TIMES}", times, times >= TIMES],
                     [f"{way}: efficiency of two workers ≥ {EFFICIENCY}", share, share >= EFFICIENCY]]  # fmt: skip
    return [[title, round(value, 2), "met" if met else "missed"] for title, value, met in rows]


def main(rounds=ROUNDS, steps=STEPS):
    """Measure all, tell it, and keep it."""
    busy = calm.wait()
    missing = [] if find_spec("distributed") else ["distributed"]
    print(f"other programs take {busy:.1f} CPUs" + ": believe no row of two workers" * (busy > calm.CALM))
    print(f"not installed, and so not measured: {', '.join(missing) or 'none'}")
    found = measure(int(rounds), int(steps))
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    versions |= {} if missing else {"distributed": version("distributed")}
    results = {"seconds": found, "targets": judge(found), "versions": versions, "missing": missing, "busy": busy}
    for title, value, words in results["targets"]:
        print(f"{title:74}{value:>8}  {words}")
    keep("sweeps", results)


if __name__ == "__main__":
    main(*sys.argv[1:])
