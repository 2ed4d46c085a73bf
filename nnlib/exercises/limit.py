"""A time limit for a learner's program, so that an endless loop ends with a word."""

import contextlib
import ctypes
import threading

SECONDS = 10.0  # that all the tries of an answer may take; the right ones need less than one


class TooLong(BaseException):
    """The program was stopped. No Exception, so that a learner's `except Exception:` does not catch it."""


@contextlib.contextmanager
def limit(seconds):
    """Raise TooLong inside the block where it has not ended after so many seconds.

    A second thread keeps the time, and raises it in this one, as soon as Python comes to its next step. The browser's
    Python has no threads, so there is no limit there; the page has a button that stops a program.
    """
    thread, done = ctypes.c_ulong(threading.get_ident()), threading.Event()

    def watch():
        wait = seconds
        while not done.wait(wait):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))
            wait = 1.0  # once more: a bare `except:` may have caught it

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
    except RuntimeError:  # no threads
        watcher = None
    try:
        try:
            yield
        finally:
            done.set()
    finally:  # twice, as it may come just when the block has ended; the next would come a second later
        done.set()
        if watcher:
            watcher.join()  # one that came late is raised here, as join itself takes steps
