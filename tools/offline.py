"""Pack the built book into one archive that needs no network.

    python tools/offline.py _build/html _build/neural-networks-live.zip

The same book gives the same bytes: the files are sorted, and all have the time of SOURCE_DATE_EPOCH.
"""

import os
import sys
import time
import zipfile
from pathlib import Path

START = Path(__file__).with_name("start.py")
README = """Neural Networks, Live: the whole book, without a network

1. Unpack this archive. (Don't open the book from within it.)
2. Start it:
     Windows           double-click start.py, or run:  py start.py
     macOS and Linux   in a terminal, in this folder:  python3 start.py
   It opens the book in your browser. Stop it with Ctrl-C, or close its window.

It needs Python 3.8 or newer (python.org, if you have none), a browser, and nothing else. Every figure and exercise works,
and nothing is asked of any other computer.

For a whole room with one computer that serves:  python3 start.py --host 0.0.0.0
The others then open http://ADDRESS-OF-THAT-COMPUTER:8000/

What is in the book, and under which licenses: book/licenses.html
"""


def pack(book, target):
    """Write the archive of the folder `book` to the path `target`."""
    book, target = Path(book), Path(target)
    if not any(book.glob("live/*/engine/files.json")):
        raise RuntimeError("This book has no engine, and its figures would be still pictures: build it with a network first.")
    name = target.stem
    stamp = max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315532800)  # no archive knows a time before 1980
    files = {f"{name}/README.txt": README.encode(), f"{name}/start.py": START.read_bytes()}
    files |= {f"{name}/book/{path.relative_to(book).as_posix()}": path for path in book.rglob("*") if path.is_file()}
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, time.gmtime(stamp)[:6])
            entry.create_system = 3  # whatever system this is, so that what follows is understood
            entry.external_attr = (0o100755 if path.endswith("start.py") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content if isinstance(content, bytes) else content.read_bytes(), compresslevel=9)
    part.replace(target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/offline.py BOOK ARCHIVE")
    try:
        pack(*sys.argv[1:])
    except (RuntimeError, OSError) as error:
        sys.exit(str(error))
    print(f"{sys.argv[2]}: {Path(sys.argv[2]).stat().st_size:,} bytes")
