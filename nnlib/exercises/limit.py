"""A time limit for a learner's program, so that an endless loop ends with a word."""

import contextlib
import signal
import sys
import threading

SECONDS = 10.0  # that all the tries of an answer may take; the right ones need less than one
AGAIN = 1.0  # seconds until it is stopped once more: a bare `except:` may have caught the first time


class TooLong(BaseException):
    """The program was stopped. No Exception, so that a learner's `except Exception:` does not catch it."""


@contextlib.contextmanager
def limit(seconds):
    """Raise TooLong inside the block where it has not ended after so many seconds.

    The system's clock interrupts the main thread, in which notebooks run their cells. Windows and the browser have no such
    clock, and so no limit: there the button that interrupts, or stops, a program does it.
    """
    has_clock = hasattr(signal, "setitimer") and sys.platform != "emscripten"
    if not has_clock or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # twice, as it may come just when the block has ended
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(number, frame):
    raise TooLong
