"""A file of results: a first line that says what they are of, then a line for each, in JSON, written as they come."""

import json
import os
from pathlib import Path

PLAIN = "numbers, texts, lists and dictionaries whose names are texts"


class Kept:
    """The results of a sweep that are in a file, by their settings; without a file, none.

    A line that a power cut has left unfinished is cut off, and its cell run again. Raises ValueError where the file is of
    another sweep, or damaged.
    """

    def __init__(self, path, run):
        self.path, self.results = None if path is None else Path(path), {}
        if self.path is None:
            return
        name = f"{run.__module__}.{run.__qualname__}" if hasattr(run, "__qualname__") else type(run).__qualname__
        self.head = json.dumps({"results of": name}) + "\n"
        text = self.path.read_bytes() if self.path.exists() else b""
        if self.head.encode().startswith(text) and text != self.head.encode():  # nothing there, or not even a line
            self.path.write_bytes(self.head.encode())
        else:
            self._read(text)

    def __contains__(self, settings):
        return self.path is not None and _as_json(settings, "settings") in self.results

    def __getitem__(self, settings):
        return self.results[_as_json(settings, "settings")]

    def keep(self, settings, result):
        """Write a result down, so that it is there whatever happens next; return it, as it will be read."""
        if self.path is None:
            return result
        key, value = _as_json(settings, "settings"), _as_json(result, "result")
        self._write(f'{{"settings": {key}, "result": {value}}}\n')
        self.results[key] = json.loads(value)
        return self.results[key]

    def _write(self, line):
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _read(self, text):
        whole = text[: text.rfind(b"\n") + 1]
        if not whole.startswith(self.head.encode()):
            raise ValueError(f"{self.path} begins with {text[:80]!r}, not with {self.head!r}: name another file.")
        for number, line in enumerate(whole.split(b"\n")[1:-1], start=2):
            try:
                one = json.loads(line)
                self.results[_as_json(one["settings"], "settings")] = one["result"]
            except (ValueError, TypeError, KeyError):
                raise ValueError(f"{self.path} is damaged in line {number}, {line[:80]!r}: delete that line.") from None
        if len(whole) < len(text):
            os.truncate(self.path, len(whole))


def _as_json(value, name):
    _check(value, name)
    return json.dumps(value, sort_keys=True)


def _check(value, name):
    """Raise TypeError where JSON would not give back what it was given."""
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for part in value.values():
            _check(part, name)
    elif isinstance(value, list):
        for part in value:
            _check(part, name)
    elif type(value) not in (int, float, str, bool, type(None)):
        cure = ", such as .tolist() of an array" if hasattr(value, "tolist") else ""
        kind = type(value).__name__
        raise TypeError(f"a file keeps {PLAIN}, but the {name} has {value!r} ({kind}): turn it into these{cure}.")
