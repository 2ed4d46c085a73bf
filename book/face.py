"""The book's typefaces for Matplotlib, which reads no WOFF2: unpacked by fontTools, with Brotli's part done by Node."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

from fontTools.ttLib import TTFont, woff2
from matplotlib import font_manager

from book.node import node

UNPACK = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(0)))"


def family(path, folder):
    """Return the name by which Matplotlib knows the typeface in a WOFF2 file, a copy of which it gets in `folder`."""
    if not woff2.haveBrotli:
        woff2.haveBrotli, woff2.brotli = True, SimpleNamespace(decompress=_unpacked)
    font = TTFont(path)
    font.flavor, font["OS/2"].usWeightClass = None, 400  # each weight is a family of its own here
    copy = Path(folder, f"{path.stem}.ttf")
    font.save(copy)
    font_manager.fontManager.addfont(copy)
    return font_manager.FontProperties(fname=copy).get_name()


def forget(folder):
    """Let Matplotlib forget the typefaces in a folder, which goes: it would look for them there."""
    manager = font_manager.fontManager
    manager.ttflist = [known for known in manager.ttflist if Path(known.fname).parent != Path(folder)]


def _unpacked(data):
    return subprocess.run([node(), "-e", UNPACK], input=data, check=True, capture_output=True).stdout
