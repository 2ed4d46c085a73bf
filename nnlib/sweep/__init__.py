"""Run a function for every combination of some settings, on this machine or on many, and keep what is done.

`sweep` knows no cluster: it hands the work to a function like `map`. The built-in `map` runs it here, `client.map` of Dask
on whatever that client is connected to, threads, processes, or a hundred machines; the results are the same. `futures`
waits for results that are made elsewhere, `kept` is the file of those that have come.
"""

import itertools
from functools import partial

from nnlib.arrays import as_number
from nnlib.doors import as_flag, as_path
from nnlib.sweep.futures import Futures, are_futures, telling
from nnlib.sweep.kept import Kept


def sweep(run, grid, map=map, *, file=None, wait=600.0, progress=False):  # noqa: A002  as in client.map
    """Yield (settings, result) for every combination of the grid, the last name running fastest.

    Where it ends early, by an error, by Ctrl-C, or since the loop over it breaks, what has come by then is in the file, and
    the same call goes on from there: nothing is run again whose result is kept.

    Parameters
    ----------
    run : callable
        Called as ``run(**settings)``. Where `map` sends it to another process, it stands at the top of a module.
    grid : dict
        For each name the list of its values.
    map : callable
        Called as ``map(function, list)``: it returns the results in order, as the built-in one and `Executor.map` do, or
        a list of futures, as `client.map` of Dask does.
    file : path, optional
        Where results are kept as they come, a line of JSON each. Settings and results are then numbers, texts, lists and
        dictionaries of these.
    wait : float
        Seconds for which no future may bring a result: a cluster that has lost its last worker answers no more.
    progress : bool
        Whether to show a bar with the time that is left; without tqdm there is none.

    Raises
    ------
    TypeError or ValueError
        Where the grid, the file or a result does not fit.
    TimeoutError
        When no result comes for `wait` seconds.
    Exception
        Whatever `run` raises, or the cluster in its place, with a note that tells the settings.

    Examples
    --------
    >>> def area(width, height):
    ...     return width * height
    >>> for settings, result in sweep(area, {"width": [1, 2], "height": [3, 5]}):
    ...     print(settings, result)
    {'width': 1, 'height': 3} 3
    {'width': 1, 'height': 5} 5
    {'width': 2, 'height': 3} 6
    {'width': 2, 'height': 5} 10
    """
    for what, name in ((run, "run"), (map, "map")):
        if not callable(what):
            raise TypeError(f"{name} must be a function. Got {what!r} instead.")
    cells, wait, progress = combinations(grid), as_number(wait, "wait", 0), as_flag(progress, "progress")
    kept = Kept(file if file is None else as_path(file, "file"), run)
    return _sweep(run, cells, map, kept, wait, progress)


def combinations(grid) -> list[dict]:
    """Return the settings of each combination of the grid, {name: values}; see `sweep`."""
    if not isinstance(grid, dict):
        raise TypeError(f"grid must be a dictionary: each name with a list of its values. Got {type(grid).__name__} instead.")
    lists = {}
    for name, values in grid.items():
        if isinstance(values, str) or not hasattr(values, "__iter__"):
            raise TypeError(f"grid[{name!r}] must be a list of values. Got {values!r} instead: write [{values!r}].")
        lists[name] = [value.item() if hasattr(value, "item") else value for value in values]
        if not lists[name]:
            raise ValueError(f"grid[{name!r}] is empty, so that there is nothing to run: give it a value.")
        twice = [value for i, value in enumerate(lists[name]) if value in lists[name][:i]]
        if twice:
            raise ValueError(f"grid[{name!r}] has {twice[0]!r} twice: leave one out.")
    return [dict(zip(lists, values, strict=True)) for values in itertools.product(*lists.values())]


def _sweep(run, cells, spread, kept, wait, progress):
    asked = [cell for cell in cells if cell not in kept]
    results = spread(partial(_call, run), asked) if asked else []
    futures = Futures(asked, results, wait) if are_futures(results) else None
    results = futures.results() if futures else _results(asked, results)
    bar = _bar(len(cells), len(cells) - len(asked)) if progress else None
    try:
        for cell in cells:
            if cell in kept:
                yield cell, kept[cell]
                continue
            result = kept.keep(cell, next(results))
            if bar is not None:
                bar.update()
            yield cell, result
    finally:
        for cell, result in futures.leave() if futures else ():
            kept.keep(cell, result)
        if bar is not None:
            bar.close()


def _call(run, settings):
    return run(**settings)


def _results(cells, results):
    """Yield the results in turn; what is raised in place of one tells the settings."""
    results, nothing = iter(results), object()
    for i, cell in enumerate(cells):
        with telling(cell):
            result = next(results, nothing)
        if result is nothing:
            raise ValueError(f"map has returned {i} results, but there are {len(cells)} settings: it must return one for each.")
        yield result


def _bar(total, done):
    try:
        from tqdm import tqdm
    except ImportError:
        return None
    return tqdm(total=total, initial=done, unit="cell")
