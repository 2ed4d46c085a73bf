"""A process for each peer, with threads of its own: it waits, takes a task, runs it when asked, and tells the time."""

import importlib
import multiprocessing
import os
import time

WINDOW = 0.1  # seconds of repeated runs that make one measurement of a quick task


def environment(threads):
    """Return the variables by which NumPy, scikit-learn, PyTorch and JAX are told on how many threads to compute."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NPROC")
    eigen = f"--xla_cpu_multi_thread_eigen={str(threads > 1).lower()}"
    return dict.fromkeys(names, str(threads)) | {"JAX_PLATFORMS": "cpu", "XLA_FLAGS": eigen}


class Worker:
    """A peer, in a process that computes on this many threads; `ask` it to prepare or to run, and close it."""

    def __init__(self, peer, threads):
        os.environ.update(environment(threads))
        context = multiprocessing.get_context("spawn")  # a fresh interpreter, which reads these before it imports NumPy
        self._pipe, end = context.Pipe()
        self._process = context.Process(target=_serve, args=(end, peer, threads), daemon=True)
        self._process.start()

    def ask(self, what, name):
        """Return the worker's answer: to "prepare" {row: score}, to "run" seconds."""
        self._pipe.send((what, name))
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self):
        """End the process."""
        self._pipe.send(None)
        self._process.join()


def _serve(pipe, peer, threads):
    if threads == 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # helper threads, too, then share one CPU
    # On one thread the CPU's own time is what counts: what other programs take of it does little harm.
    clock, jobs = time.process_time if threads == 1 else time.perf_counter, {}
    while (order := pipe.recv()) is not None:
        try:
            what, name = order
            if what == "prepare":
                jobs = {}  # the last task's data are freed before the next ones are made
                jobs = _prepare(peer, name)
                pipe.send({row: score(run()) if score else run() and None for row, (run, score) in jobs.items()})
            else:
                pipe.send(_seconds(jobs[name][0], clock))
        except Exception as error:  # told to the one who asked, who raises it
            pipe.send(error)


def _prepare(peer, name):
    from peers.tasks import TASKS, data

    return importlib.import_module(f"peers.{peer}").jobs(TASKS[name], *data(name))


def _seconds(run, clock):
    """Return the seconds of one run, the mean over as many as fill the window."""
    count, start, began = 0, clock(), time.perf_counter()
    while not count or time.perf_counter() - began < WINDOW:
        run()
        count += 1
    return (clock() - start) / count
