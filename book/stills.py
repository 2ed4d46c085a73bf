"""The still pictures of figures, drawn by the view itself: for a page before its engine wakes, without JavaScript, in print."""

import json
import subprocess
from functools import cached_property
from pathlib import Path

from book.kept import Kept
from book.node import node
from nnlib import palette
from nnlib.live.figure_html import packed
from nnlib.live.join_modules import VIEW

HERE = Path(__file__).parent
PROGRAM = HERE / "stills.mjs"
# What draws them.
CODE = [Path(__file__), PROGRAM, HERE / "document.mjs", HERE / "png.mjs", *VIEW.glob("*.mjs"), *VIEW.glob("panels/*.mjs"),
        *VIEW.glob("figure/*.mjs"), Path(palette.__file__), HERE.parent / "requirements.lock"]  # fmt: skip
# Where the view paints pixels in a color of the theme, the page gives them that of its own; classes are the same in both.
COLORS = palette.LIGHT | {f"class-{index}": color for index, color in enumerate(palette.CLASSES)}


class Stills:
    """The program that draws still pictures, started when the first is wanted that is not kept in `folder`."""

    def __init__(self, folder):
        self.kept = Kept(folder, CODE)

    def of(self, reply, broad=False) -> dict:
        """Return the still picture of each panel of a reply, by its name, as HTML; the same gives the same bytes.

        A figure may be as `broad` as a page: then its panels are drawn for that as well.
        """
        shown = json.dumps(packed({name: reply[name] for name in ("settings", "picture")}) | ({"broad": True} if broad else {}))
        return json.loads(self.kept.get(shown.encode(), lambda: self._drawn(shown)))

    def close(self):
        """Let the program end, and forget what nobody has asked for in a long time."""
        if "_program" in vars(self):
            self._program.communicate()
        self.kept.prune()

    @cached_property
    def _program(self):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.Popen([node(), PROGRAM, json.dumps(COLORS)], **pipes)

    def _drawn(self, shown):
        """Return what the program answers: a line for a line."""
        try:
            print(shown, file=self._program.stdin, flush=True)
            answer = json.loads(self._program.stdout.readline())
        except (OSError, json.JSONDecodeError) as error:
            raise RuntimeError(f"The program that draws the still pictures has stopped: {error}") from error
        if "error" in answer:
            raise ValueError(answer["error"])
        return json.dumps(answer["stills"]).encode()
