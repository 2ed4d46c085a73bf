"""Wait for results that are made elsewhere: in order, for a time that has an end, and not for one that can't come.

A future, of Dask or of `concurrent.futures`, has `done`, `exception`, `result` and `cancel`.
"""

import time
from contextlib import contextmanager

LOOK = 1.0  # seconds between two looks at the other futures, while one is waited for


def are_futures(results) -> bool:
    """Return whether what a `map` has returned is a list of futures."""
    return isinstance(results, list) and all(hasattr(one, "done") and hasattr(one, "result") for one in results)


@contextmanager
def telling(settings):
    """Add to whatever is raised with which settings that was."""
    try:
        yield
    except Exception as error:
        error.add_note(f"That was run with {settings}.")
        raise


class Futures:
    """The futures of some cells, in their order; none may keep the others waiting for more than `wait` seconds."""

    def __init__(self, cells, futures, wait):
        self.coming, self.wait = list(zip(cells, futures, strict=True)), wait

    def results(self):
        """Yield the results in turn; raise at once what any of them has failed with."""
        while self.coming:
            settings, future = self.coming[0]
            self._wait_for(future)
            with telling(settings):
                result = future.result(timeout=self.wait)
            del self.coming[0]
            yield result

    def _wait_for(self, future):
        come, since = 0, time.monotonic()
        while not _is_done(future):
            done = [(settings, other) for settings, other in self.coming if other.done()]
            for settings, other in done:  # where one has failed, the workers may have died of it
                with telling(settings):
                    if error := other.exception(timeout=self.wait):
                        raise error
            if len(done) > come:
                come, since = len(done), time.monotonic()
            if time.monotonic() - since > self.wait:
                raise TimeoutError(
                    f"no result has come for {self.wait:g} s, and {len(self.coming) - come} are missing: the workers may be "
                    "gone, so look after them and call again; or pass a longer wait."
                )

    def leave(self):
        """Yield (settings, result) of what has come and was not taken; cancel what has not."""
        for settings, future in self.coming:
            if not future.done():
                future.cancel()
            elif not future.cancelled() and future.exception(timeout=LOOK) is None:
                try:
                    result = future.result(timeout=LOOK)
                except Exception:  # it lay on a worker that is gone: it is run again the next time
                    continue
                yield settings, result


def _is_done(future):
    """Return whether a future is done, after LOOK seconds at the latest."""
    try:
        future.exception(timeout=LOOK)
    except TimeoutError:
        return False
    return True
