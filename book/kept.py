"""What takes long to draw is drawn once, and kept from build to build by the hash of what it shows and of what draws it."""

import hashlib
import time
from pathlib import Path

MONTH = 30 * 24 * 3600  # seconds


class Kept:
    """Files in `folder` that the files of `code` draw: another state of these draws them all anew."""

    def __init__(self, folder, code):
        self.folder = Path(folder)
        self.code = hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(code))).digest()

    def get(self, shown, draw):
        """Return what `draw()` returns, bytes, for what is shown, bytes too; where it is kept, nothing is drawn."""
        path = self.folder / hashlib.sha256(self.code + shown).hexdigest()
        if path.is_file():
            path.touch()
            return path.read_bytes()
        drawn, unfinished = draw(), path.with_suffix(".new")
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(drawn)
        unfinished.replace(path)  # at once: an interrupted build leaves no half of it
        return drawn

    def prune(self, seconds=MONTH):
        """Forget what nobody has asked for so long."""
        for path in [*self.folder.glob("*")]:
            if path.stat().st_mtime < time.time() - seconds:
                path.unlink()
