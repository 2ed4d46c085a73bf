"""What the exercise cells of the page run: a learner's program, by itself, with what it prints, shows and gets wrong.

A request is {do: "run", "check" or "hint", exercise, source}, as JSON. The reply has what was `printed`, the `value` of the
last line, an `error` {sentence, line, trace}, the `verdict` of the check {passed, sentence, stage, stages}, and `fresh`, a
sentence that says why no other program should run in this Python; each may be null. `view/lessons/exercise.mjs` is the other
end.
"""

import ast
import contextlib
import io
import json
import linecache
import re
import sys
import traceback

from nnlib import exercises
from nnlib.live import shared_python

FILE = "<your program>"
MAX_CHARACTERS = 10_000  # characters that are kept of what a program prints
ABSENT = {
    "matplotlib": "The page can't draw with matplotlib: print numbers here, or open the chapter as a notebook, in Jupyter.",
    "anywidget": "The live figures stand in the page itself: use them there, or open the chapter as a notebook, in Jupyter.",
}
SAID = {  # of errors that have a cause of their own in a page
    "EOFError": "input() has nobody to ask here: write the value into the program.",
    "BdbQuit": "A debugger has nobody to ask here: print what you want to see.",
}
NETWORK = {"urllib", "http", "socket"}
# What a notebook understands and Python does not: %timeit, !pip, np.exp?
OF_NOTEBOOKS = re.compile(r"^\s*(?:[\w, ]+=\s*)?([!%]{1,2}\w+)|[\w)](\?{1,2})\s*$")


class _Printed(io.TextIOBase):
    """Text that is printed, as far as it fits into a page."""

    def __init__(self):
        self.text, self.lost = "", 0

    def writable(self):
        return True

    def write(self, text):
        kept = text[: MAX_CHARACTERS - len(self.text)]
        self.text += kept
        self.lost += len(text) - len(kept)
        return len(text)

    def __str__(self):
        return self.text + (f"\n… and {self.lost:,} more characters" if self.lost else "")


def answer(request) -> str:
    """Answer a request as JSON with a reply as JSON."""
    asked = json.loads(request)
    reply = {"printed": "", "value": None, "error": None, "verdict": None, "fresh": None}
    if asked["do"] == "hint":
        return json.dumps(reply | {"verdict": _told(exercises.hint(asked["exercise"]))})
    printed = _Printed()
    sys.stdin = io.StringIO()  # nobody answers in a page: what asks is told so
    sys.breakpointhook = _no_breakpoint
    before = shared_python.snapshot()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        names, value, error = run(asked["source"])
        if not error and asked["do"] == "check":
            reply["verdict"] = _check(asked["exercise"], names)
    if value is not None:
        reply["value"] = value if len(value) <= MAX_CHARACTERS else value[:MAX_CHARACTERS] + " …"
    if changes := shared_python.changed(before):
        reply["fresh"] = f"The program has changed {changes[0]}: Python begins afresh, so that no other one meets that."
    return json.dumps(reply | {"printed": str(printed), "error": error})


def run(source):
    """Run a program; return its names, what its last line shows (a text, or None), and its error, or None.

    The line with which a cell of the notebook ends, `exercises.check(…)`, is left out: in the page a button checks.
    """
    linecache.cache[FILE] = len(source), None, source.splitlines(keepends=True), FILE
    names = {"__name__": "__main__"}
    try:
        tree = ast.parse(source, FILE)
        tree.body = [statement for statement in tree.body if not _is_check(statement)]
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) and not _is_silent(source) else None
        exec(compile(tree, FILE, "exec"), names)
        if last is None:
            return names, None, None
        value = eval(compile(ast.Expression(last.value), FILE, "eval"), names)
        return names, None if value is None else repr(value), None
    except BaseException as error:  # it is the learner's, and is shown
        return names, None, _in_words(error)


def _no_breakpoint(*_, **__):
    """Stand for `breakpoint`, whose debugger would print what it wants to ask."""
    raise type("BdbQuit", (Exception,), {})


def _is_check(statement) -> bool:
    """Say whether a statement is a line of the notebook that calls the judge."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("exercises"), "check"))):
            return True
    return False


def _is_silent(source) -> bool:
    """Say whether the last line ends with a semicolon, which silences its value in a notebook."""
    return source.rstrip().endswith(";")


def _check(name, names):
    exercise = exercises.EXERCISES[name]
    if exercise.answer not in names:
        sentence = f"Nothing is called {exercise.answer} yet: give your answer that name."
        return {"passed": False, "sentence": sentence, "stage": 0, "stages": 0}
    return _told(exercises.check(name, names[exercise.answer]))


def _told(result):
    return {"passed": result.passed, "sentence": result.sentence, "stage": result.stage, "stages": result.stages}


def _in_words(error):
    """Return an error as a sentence, its line, and the way there through the learner's own lines."""
    if isinstance(error, SyntaxError):
        text = (error.text or "").rstrip("\n")
        trace = f"{error.lineno:>4}  {text}" if text else ""
        sentence = f"{type(error).__name__}: {error.msg}"
        if found := OF_NOTEBOOKS.search(text):
            sentence = (
                f"{found[1] or found[2]} is a notebook's, and the page runs plain Python: open the chapter as a notebook."
            )
        return {"sentence": sentence, "line": error.lineno, "trace": trace}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    if len(frames) > 4:
        frames = [*frames[:2], None, *frames[-2:]]
    lines = [f"{frame.lineno:>4}  {frame.line}" if frame else "   …" for frame in frames]
    sentence = f"{type(error).__name__}: {error}".rstrip(": ")
    sentence = SAID.get(type(error).__name__, sentence)
    modules = {frame.f_globals.get("__name__", "").partition(".")[0] for frame, _ in traceback.walk_tb(error.__traceback__)}
    if isinstance(error, OSError) and modules & NETWORK:
        sentence = "The page's Python reaches no network: what it has of data is in nnlib.datasets."
    if isinstance(error, ModuleNotFoundError):
        sentence = ABSENT.get(
            (error.name or "").partition(".")[0], f"The page's Python has NumPy and nnlib, and no {error.name}."
        )
    return {"sentence": sentence, "line": frames[-1].lineno if frames else None, "trace": "\n".join(lines)}
