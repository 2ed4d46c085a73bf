"""The one protocol between a view and Python: a request and its reply, each a text and some buffers.

A request is {explorable, settings, state, edits, steps}; `state` null means: start. A reply is {settings, state, picture,
sentence, challenge, finished, over, span, took, more}, or {error: {kind, message, about}}: `over` says why a finished run
makes no step, `span` has the step before and after, where the figure counts them, `took` the milliseconds of training, and
`more` that the same request shows more of the picture. A request whose kind is "state", {kind, explorable, settings, state,
steps}, has the reply {state}: what it trains to. One whose kind is "code", {kind, explorable, settings, state, steps}, has the
reply {code}, or {code, programs, files} where there are several; and one whose kind is "opened", {kind, explorable, text}, has
{settings, hide, said}. In the text an array is {"array": number of its buffer, "dtype", "shape"}; a buffer holds the array's
bytes in C order, little-endian. `view/figure/protocol.mjs` is the other end.
"""

import json
from time import perf_counter

import numpy as np

from nnlib.arrays import as_count, choose
from nnlib.explorables import EXPLORABLES

DTYPES = ("float64", "float32", "int64", "int32", "uint8")
MOST_STEPS = 10_000  # at once: one worker serves all figures of a page, and the others wait


class FigureError(Exception):
    """The code of an explorable failed, or what it returned is no picture; nothing is wrong with the settings as such."""


def pack(value) -> tuple[str, list[bytes]]:
    """Return `value` (dicts, lists, numbers, text and arrays) as a text and the buffers it refers to."""
    buffers = []

    def plain(item):
        if isinstance(item, np.generic):
            return item.item()
        if not isinstance(item, np.ndarray):
            raise TypeError(f"{item!r} can't cross to the view: use dicts, lists, numbers, text and arrays.")
        if item.dtype == bool:
            item = item.astype(np.uint8)
        choose(item.dtype.name, dict.fromkeys(DTYPES), "the dtype of an array for the view")
        buffers.append(item.tobytes())
        return {"array": len(buffers) - 1, "dtype": item.dtype.name, "shape": item.shape}

    return json.dumps(value, default=plain, allow_nan=False), buffers


def unpack(text, buffers):
    """Return the value that `pack` made `text` and `buffers` from."""

    def restore(item):
        if item.keys() != {"array", "dtype", "shape"}:
            return item
        dtype = choose(item["dtype"], {name: np.dtype(name) for name in DTYPES}, "the dtype of an array")
        return np.frombuffer(buffers[item["array"]], dtype).reshape(item["shape"])

    return json.loads(text, object_hook=restore)


def opening(explorable, settings) -> dict:
    """Return the reply that a figure opens with; `before` has the states that led to it, to rewind to."""
    figure = choose(explorable, EXPLORABLES, "explorable")
    settings = figure.check(settings)
    states = [figure.start(settings)]
    while len(states) <= figure.opening and not figure.finished(settings, states[-1]):
        states.append(figure.advance(states[-1], settings, 1))
    return reply(explorable, settings, states.pop()) | {"before": states}


def reply(explorable, settings, state=None, steps=0, edits=None) -> dict:
    """Return the reply to a request, given as its parts, without the time that it took.

    Raises ValueError or TypeError for a mistake in the request, and FigureError for one in the explorable.
    """
    answer = _timed_reply(explorable, settings, state, steps, edits)
    del answer["took"]
    return answer


def _timed_reply(explorable, settings, state=None, steps=0, edits=None) -> dict:
    return _answer(_picture, explorable, settings, state, steps, edits)


def trained(explorable, settings, state=None, steps=0) -> dict:
    """Return the reply to a request for a state alone: the one that `steps` steps lead to."""
    return _answer(_state, explorable, settings, state, steps)


def _answer(compute, explorable, settings, state, steps, *more):
    explorable = choose(explorable, EXPLORABLES, "explorable")
    settings = explorable.check(settings)
    if as_count(steps, "steps", low=0) > MOST_STEPS:
        raise ValueError(f"steps must be a whole number of at most {MOST_STEPS}. Got {steps} instead: ask again for more.")
    try:
        answer = compute(explorable, settings, state, steps, *more)
    except Exception as error:
        words = _short(f"{type(error).__name__}: {error}".removesuffix(": "))
        raise FigureError(f"The code of this figure failed ({words}).") from error
    if not _is_finite([answer.get("picture"), answer["state"]]):
        cure = ": go back, or take smaller steps" if explorable.trains else ""
        raise FigureError(f"The numbers of this picture are no longer finite{cure}.")
    return answer


def _state(explorable, settings, state, steps):
    if state is None:
        state = explorable.start(settings)
    return {"state": explorable.advance(state, settings, steps) if steps else state}


def _picture(explorable, settings, state, steps, edits):
    state = _state(explorable, settings, state, 0)["state"]
    if edits:
        state = explorable.edit(state, settings, edits)
    before, begun = explorable.step(settings, state), perf_counter()
    state = _state(explorable, settings, state, steps)["state"]
    took = 1000 * (perf_counter() - begun)
    state, more = explorable.look(settings, state)
    challenge = explorable.challenge(settings, state)
    finished = explorable.finished(settings, state)
    return {
        "settings": settings,
        "state": state,
        "picture": explorable.picture(settings, state),
        "sentence": explorable.describe(settings, state),
        "finished": finished,
        "over": explorable.over(settings, state) if finished else "",
        "challenge": challenge and {"task": challenge[0], "done": bool(challenge[1])},
        "span": None if before is None else [before, explorable.step(settings, state)],
        "took": took,
        "more": more,
    }


def code(explorable, settings, steps=0, state=None) -> dict:
    """Return the reply to a request for code: programs that run to the figure's numbers, and files."""
    explorable = choose(explorable, EXPLORABLES, "explorable")
    settings, steps = explorable.check(settings), as_count(steps, "steps", low=0)
    programs = {} if state is None else explorable.programs(settings, state)
    if not programs:
        return {"code": explorable.code(settings, steps)}
    files = {name: np.frombuffer(data, np.uint8) for name, data in explorable.files(settings, state).items()}
    return {"code": next(iter(programs.values())), "programs": programs, "files": files}


def opened(explorable, text) -> dict:
    """Return the reply to a request to open a text: the settings that it has, the controls that it hides, and what differs."""
    explorable = choose(explorable, EXPLORABLES, "explorable")
    settings, hide, said = explorable.opened(text)
    checked = explorable.check(settings)
    return {"settings": {name: checked[name] for name in settings}, "hide": hide, "said": said}


def _is_finite(value) -> bool:
    """Return whether every number in `value`, however deep in it, is finite."""
    numbers, items = [], [value]
    for item in items:  # a loop, not recursion: with hundreds of edges, a call for each is slower than the picture
        if isinstance(item, dict):
            items.extend(item.values())
        elif isinstance(item, (list, tuple)):
            items.extend(item)
        elif isinstance(item, float):
            numbers.append(item)
        elif isinstance(item, (np.ndarray, np.generic)) and item.dtype.kind in "fc" and not np.isfinite(item).all():
            return False
    return bool(np.isfinite(numbers).all())


def answer_packed(text, buffers) -> tuple[str, list[bytes]]:
    """Return the packed reply to a packed request; a mistake in it, or in the explorable, as {error: {kind, message}}."""
    try:
        request = unpack(text, buffers)
        answers = {"picture": _timed_reply, "state": trained, "code": code, "opened": opened}
        return pack(answers[request.pop("kind", "picture")](**request))
    except Exception as error:  # it crosses to the view, which shows it
        more = {"about": error.about} if hasattr(error, "about") else {}
        return pack({"error": {"kind": type(error).__name__, "message": _short(str(error))} | more})


def _short(words) -> str:
    """Return what an error says as one line that a reader can take in, whatever is in it."""
    line = " ".join(words[:2000].split())
    return line if len(line) <= 400 else f"{line[:300]} … {line[-100:]}"  # the cure stands at the end
