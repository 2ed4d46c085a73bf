"""A sweep runs every combination once, wherever, and loses none that has come."""

import os
import signal
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import pytest

from nnlib.sweep import combinations, sweep

GRID = {"width": [1, 2, 3], "height": [0.1, 0.7]}


def area(width, height):
    return [width * height, {"shape": "flat" if width > height else "tall"}]


def fails_at_two(width, height):
    if width == 2:
        raise ValueError("two is too much")
    return width


def kills_at_two(width, height):
    if width == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return width


EXPECTED = [(settings, area(**settings)) for settings in combinations(GRID)]


def submitting(pool):
    return lambda function, cells: [pool.submit(function, cell) for cell in cells]


def processes():
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "results.jsonl"


def counting(run):
    """Return the function, and a list to which each call adds its settings."""
    calls = []

    def counted(**settings):
        calls.append(settings)
        return run(**settings)

    return counted, calls


class TestWhere:
    def test_every_combination_is_run_in_order_the_last_name_running_fastest(self):
        assert list(sweep(area, GRID)) == EXPECTED
        assert [settings for settings, _ in EXPECTED[:3]] == [
            {"width": 1, "height": 0.1}, {"width": 1, "height": 0.7}, {"width": 2, "height": 0.1},
        ]  # fmt: skip

    def test_the_built_in_map_runs_each_when_it_is_asked_for(self):
        run, calls = counting(area)
        results = sweep(run, GRID)
        assert calls == []
        next(results)
        assert len(calls) == 1

    @pytest.mark.parametrize("pool", [lambda: ThreadPoolExecutor(2), processes], ids=["threads", "processes"])
    @pytest.mark.parametrize("way", [lambda pool: pool.map, submitting], ids=["map", "futures"])
    def test_threads_and_processes_give_the_same(self, pool, way, file):
        with pool() as workers:
            assert list(sweep(area, GRID, map=way(workers), file=file)) == EXPECTED
        written = file.read_bytes()
        file.unlink()
        assert list(sweep(area, GRID, file=file)) == EXPECTED
        assert file.read_bytes() == written


class TestFile:
    def test_what_is_kept_is_not_run_again(self, file):
        run, calls = counting(area)
        for _ in zip(range(4), sweep(run, GRID, file=file), strict=False):
            pass
        assert list(sweep(run, GRID, file=file)) == EXPECTED
        assert calls == combinations(GRID)

    def test_a_larger_grid_goes_on_from_a_smaller_one(self, file):
        run, calls = counting(area)
        list(sweep(run, {"width": [1], "height": [0.7]}, file=file))
        assert list(sweep(run, GRID, file=file)) == EXPECTED
        assert len(calls) == 6

    @pytest.mark.parametrize("cut", range(1, 60, 7))
    def test_a_line_that_was_cut_off_is_run_again(self, file, cut):
        list(sweep(area, GRID, file=file))
        whole = file.read_bytes()
        file.write_bytes(whole[:-cut])
        assert list(sweep(area, GRID, file=file)) == EXPECTED
        assert file.read_bytes() == whole

    def test_a_file_whose_first_line_was_cut_off_begins_anew(self, file):
        list(sweep(area, GRID, file=file))
        whole = file.read_bytes()
        file.write_bytes(whole[:9])
        assert list(sweep(area, GRID, file=file)) == EXPECTED
        assert file.read_bytes() == whole

    def test_the_file_of_another_sweep_is_refused_and_left_alone(self, file):
        list(sweep(area, GRID, file=file))
        before = file.read_bytes()
        with pytest.raises(ValueError, match="name another file"):
            sweep(fails_at_two, GRID, file=file)
        assert file.read_bytes() == before

    def test_a_damaged_line_is_named(self, file):
        list(sweep(area, GRID, file=file))
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join([*lines[:3], "what?\n", *lines[3:]]), encoding="utf-8")
        with pytest.raises(ValueError, match="damaged in line 4, b'what"):
            sweep(area, GRID, file=file)

    @pytest.mark.parametrize("result", [(1, 2), {1: 2}, {1}, b"", [1, (2,)]], ids=repr)
    def test_a_result_that_would_not_come_back_is_refused(self, file, result):
        with pytest.raises(TypeError, match="a file keeps numbers, texts, lists"):
            list(sweep(lambda width, height: result, GRID, file=file))
        assert next(sweep(lambda width, height: result, GRID))[1] == result  # without a file it does

    def test_a_number_comes_back_to_the_bit(self, file):
        numbers = [0.1 + 0.2, 1e-310, -0.0, float("inf")]
        list(sweep(number_of, {"which": [0, 1, 2, 3]}, file=file))
        read = [result for _, result in sweep(number_of, {"which": [0, 1, 2, 3]}, file=file)]
        assert [*map(float.hex, read)] == [*map(float.hex, numbers)]


def number_of(which):
    return [0.1 + 0.2, 1e-310, -0.0, float("inf")][which]


class TestFaults:
    @pytest.mark.parametrize("way", [lambda pool: map, lambda pool: pool.map, submitting], ids=["here", "map", "futures"])
    def test_an_error_tells_the_settings_and_what_came_is_kept(self, way, file):
        with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match="two is too much") as caught:
            list(sweep(fails_at_two, GRID, map=way(pool), file=file))
        assert "'width': 2" in caught.value.__notes__[0]
        assert [result for _, result in sweep(fails_at_two, {**GRID, "width": [1]}, file=file)] == [1, 1]
        assert len(file.read_text(encoding="utf-8").splitlines()) >= 3

    def test_a_failure_is_told_at_once_though_an_earlier_result_never_comes(self, file):
        failed = Future()
        failed.set_exception(ValueError("broken"))
        began = time.monotonic()
        with pytest.raises(ValueError, match="broken") as caught:
            list(sweep(area, {**GRID, "height": [1]}, map=lambda *_: [Future(), failed, Future()], wait=60))
        assert time.monotonic() - began < 30
        assert caught.value.__notes__ == ["That was run with {'width': 2, 'height': 1}."]

    def test_results_that_do_not_come_are_not_waited_for_forever(self, file):
        came = Future()
        came.set_result(7)
        futures = [Future(), came, Future()]
        with pytest.raises(TimeoutError, match="no result has come for 1 s, and 2 are missing"):
            list(sweep(area, {**GRID, "height": [1]}, map=lambda *_: futures, wait=1, file=file))
        assert [future.cancelled() for future in futures] == [True, False, True]
        assert '"width": 2}, "result": 7' in file.read_text(encoding="utf-8")  # out of its turn, and yet not lost

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
    def test_a_worker_that_is_killed_ends_the_sweep_and_the_rest_goes_on_from_the_file(self, file):
        with processes() as pool, pytest.raises(BrokenProcessPool):
            list(sweep(kills_at_two, GRID, map=submitting(pool), file=file))
        kept = len(file.read_text(encoding="utf-8").splitlines()) - 1
        rest = {**GRID, "width": [1, 3]}
        assert [result for _, result in sweep(kills_at_two, rest, file=file)] == [1, 1, 3, 3]
        assert kept <= 2

    def test_a_loop_that_breaks_cancels_what_has_not_begun(self):
        gate = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            run, calls = counting(lambda width, height: gate.wait() if len(calls) > 1 else width)
            results = sweep(run, GRID, map=submitting(pool))
            next(results)
            results.close()
            gate.set()
        assert len(calls) <= 2


class TestBadInput:
    @pytest.mark.parametrize(
        ("grid", "error", "words"),
        [
            ([1], TypeError, "grid must be a dictionary"),
            ({"width": 3}, TypeError, r"grid\['width'\] must be a list of values. Got 3 instead: write \[3\]"),
            ({"width": "tanh"}, TypeError, "must be a list of values"),
            ({"width": []}, ValueError, "is empty"),
            ({"width": [1, 2, 1]}, ValueError, "has 1 twice"),
        ],
    )
    def test_a_grid_that_is_none_is_refused_at_the_call(self, grid, error, words):
        with pytest.raises(error, match=words):
            sweep(area, grid)

    @pytest.mark.parametrize("change", [{"run": 3}, {"map": None}, {"wait": -1}], ids=str)
    def test_what_is_no_function_and_no_time_is_refused_at_the_call(self, change):
        with pytest.raises((TypeError, ValueError), match=next(iter(change))):
            sweep(**{"run": area, "grid": GRID, **change})

    def test_a_grid_of_arrays_is_one_of_numbers(self, file):
        import numpy as np

        grid = {"width": np.array([1, 2, 3]), "height": np.array([0.1, 0.7])}
        assert list(sweep(area, grid, file=file)) == EXPECTED
