"""Measure nnlib beside scikit-learn, PyTorch and JAX, and beside what NumPy cannot do without, in one run.

    make bench, or .cache/peers/bin/python benchmarks/compare.py [xor digits epoch epoch64 predict perceptron cold memory]

Each peer has a process of its own, which waits while the others run. A peer first runs each task once, for its score
and to compile; then come rounds, forwards and backwards in turn, in which each takes its time. Compared are times of
one round, and told the median of these ratios: if the machine slows down, it does so for all. On 1 thread each process
is kept on one CPU and its CPU time is taken; on 2 threads it is the time on the wall, which a busy machine spoils: where
none of some moments is calm, that part is left out, and the output says so.
"""

import platform
import sys
from contextlib import ExitStack, closing
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

from peers import calm, cold
from peers.targets import COLD, MEMORY, TARGETS, verdict
from peers.tasks import ON_TWO_THREADS, TASKS
from peers.worker import Worker
from results import keep

HERE = Path(__file__).parent
ROUNDS = {1: 5, 2: 3}  # by threads


class Peer(NamedTuple):
    """Who takes part: the file in `peers` that says how, and what must be installed, as it is imported and as it is named."""

    file: str
    package: str
    name: str


PEERS = [
    Peer("with_nnlib", "nnlib", "nnlib"),
    Peer("floor", "numpy", "numpy"),
    Peer("with_sklearn", "sklearn", "scikit-learn"),
    Peer("with_torch", "torch", "torch"),
    Peer("with_jax", "jax", "jax"),
]


def measure(workers, name, rounds):
    """Return {row: {score, seconds of each round, their ratio to nnlib's}} of a task."""
    rows, owners = {}, {}
    for worker in workers:
        for row, score in worker.ask("prepare", name).items():
            rows[row], owners[row] = {"score": score, "seconds": []}, worker
    for i in range(rounds):
        for row in list(rows)[:: -1 if i % 2 else 1]:
            rows[row]["seconds"].append(owners[row].ask("run", row))
    for row in rows:
        rows[row]["times nnlib"] = ratio(rows, row, "nnlib")
    return rows


def ratio(rows, row, base):
    """Return the median over the rounds of a row's time divided by that of another."""
    return median(a / b for a, b in zip(rows[row]["seconds"], rows[base]["seconds"], strict=True))


def tell(name, threads, rows):
    """Print a task's table, the quickest row first."""
    task = TASKS[name]
    print(f"\n{task.title}; {threads} thread{'s' * (threads > 1)}")
    print(f"{'':16}{'ms':>10}{'× nnlib':>10}{'× products':>12}{'right':>9}")
    for row, found in sorted(rows.items(), key=lambda item: median(item[1]["seconds"])):
        score = "" if found["score"] is None else f"{found['score']:.3f}"
        failed = "  has not learned" if score and found["score"] < task.least else ""
        times = (
            f"{1000 * median(found['seconds']):>10.2f}{ratio(rows, row, 'nnlib'):>10.2f}{ratio(rows, row, 'products'):>12.2f}"
        )
        print(f"{row:16}{times}{score:>9}{failed}", flush=True)


def tasks(peers, names):
    """Measure the tasks on 1 thread and, where the machine is calm, on 2; return {"task, threads": rows}."""
    results = {}
    for threads in ROUNDS:
        chosen = [name for name in names if threads == 1 or name in ON_TWO_THREADS]
        if chosen and threads > 1 and (busy := calm.wait()) > calm.CALM:
            print(f"\nLeft out: all on {threads} threads, since other programs took {busy:.1f} CPUs even when they took least.")
            results["left out"] = f"all on {threads} threads: other programs took {busy:.1f} CPUs"
            continue
        with ExitStack() as stack:
            workers = [stack.enter_context(closing(Worker(peer.file, threads))) for peer in peers if chosen]
            for name in chosen:
                results[f"{name}, {threads}"] = rows = measure(workers, name, ROUNDS[threads])
                tell(name, threads, rows)
    return results


def cold_starts(peers):
    """Measure and print the cold start of each peer; return {name: seconds of each round}."""
    found = {peer: [] for peer in peers if peer.file != "floor"}
    for _ in range(ROUNDS[1]):
        for peer in found:
            found[peer].append(cold.start(peer.file, str(HERE)))
    print(f"\ncold start, from `python` to trained on the digits; 1 thread\n{'':16}{'seconds':>10}{'of CPU':>10}")
    for peer, pairs in found.items():
        print(f"{peer.name:16}" + "".join(f"{median(times):>10.2f}" for times in zip(*pairs, strict=True)))
    return {peer.name: [wall for wall, _ in pairs] for peer, pairs in found.items()}


def judge(results):
    """Return [what is wanted, what was measured, met or not] for every target of what was measured."""
    rows = []
    for task, row, base, sign, bound, note in TARGETS:
        if row in (found := results.get(f"{task}, 1", {})):
            value = ratio(found, row, base)
            title = f"{task}: {row} / {base} {sign} {bound}" + f" ({note})" * bool(note)
            rows.append([title, round(value, 2), verdict(value, sign, bound)])
    if "cold" in results:
        (_, ours), *others = results["cold"].items()
        rows.append([f"cold start: seconds ≤ {COLD}", round(median(ours), 2), verdict(median(ours), "≤", COLD)])
        for name, theirs in others:
            value = median(a / b for a, b in zip(theirs, ours, strict=True))
            rows.append([f"cold start: {name} / nnlib ≥ 1", round(value, 2), verdict(value, "≥", 1)])
    if "memory" in results:
        value = results["memory"]["peak"] / results["memory"]["needed"]
        rows.append(
            [
                f"memory beyond data and network / (parameters + a batch) ≤ {MEMORY}",
                round(value, 2),
                verdict(value, "≤", MEMORY),
            ]
        )
    return rows


def main(*chosen):
    """Measure all, or what is chosen; print tables, then the targets, and keep both."""
    chosen = chosen or (*TASKS, "cold", "memory")
    peers = [peer for peer in PEERS if find_spec(peer.package)]
    missing = [peer.name for peer in PEERS if peer not in peers]
    versions = {peer.name: version(peer.name) for peer in peers} | {"python": platform.python_version()}
    print(", ".join(f"{name} {number}" for name, number in versions.items()))
    print(f"not installed, and so not compared with: {', '.join(missing) or 'none'}")
    busy = calm.taken()
    print(f"other programs take {busy:.1f} CPUs" + ": believe no difference below 10 %" * (busy > calm.CALM))
    results = tasks(peers, [name for name in TASKS if name in chosen])
    if "cold" in chosen:
        results["cold"] = cold_starts(peers)
    if "memory" in chosen:
        from peers import memory

        results["memory"] = memory.measure()
    results |= {"targets": judge(results), "versions": versions, "missing": missing, "busy": busy}
    print(f"\n{'target':58}{'measured':>9}")
    for title, value, words in results["targets"]:
        print(f"{title:58}{value:>9}  {words}")
    keep("peers", results)


if __name__ == "__main__":
    main(*sys.argv[1:])
