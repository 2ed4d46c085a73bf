"""What a reader can take along, offered on the welcome page where it has been made: the book as a PDF, and whatever else.

    python -m book.downloads _build/html _build/neural-networks-live.pdf

puts a file beside the pages and has the welcome page offer it. A file is of the pages that it was made of, so it goes when
the book is built anew.
"""

import re
import shutil
import sys
from html import escape
from pathlib import Path

from book.hooks import when_built

KINDS = {".pdf": "PDF, to print", ".epub": "EPUB, for e-readers"}
PAGE = "chapters/welcome.html"
PLACE = re.compile(r'<div class="nn-downloads">.*?</div>', re.DOTALL)


def setup(app):
    """Take away what was made of the pages before, when the book is built."""
    when_built(app, lambda app: withdraw(Path(app.outdir)), priority=970)  # when the pages are finished


def withdraw(root):
    """Take away the files that were offered beside the pages in the folder `root`."""
    for path in found(root):
        path.unlink()
    offer(root)


def found(root):
    """Return the files beside the pages that a reader can take along, in the order of `KINDS`."""
    return [path for kind in KINDS for path in sorted(Path(root).glob(f"*{kind}"))]


def put(root, file):
    """Put a file beside the pages, and offer it."""
    root, file = Path(root), Path(file)
    if file.suffix not in KINDS:
        raise ValueError(f"{file.name} is none of {', '.join(KINDS)}, and the welcome page knows no word for it.")
    shutil.copyfile(file, root / file.name)
    offer(root)


def offer(root):
    """Have the welcome page offer what is beside the pages: nothing, where there is nothing."""
    page = Path(root, PAGE)
    if not page.is_file():
        return  # another book, which uses this one's extensions
    links = ", ".join(
        f'<a href="../{escape(path.name)}">{KINDS[path.suffix]}</a> ({megabytes(path)} MB)' for path in found(root)
    )
    words = f"<p>Take it with you: {links}.</p>" if links else ""
    text, places = PLACE.subn(f'<div class="nn-downloads">{words}</div>', page.read_text(encoding="utf-8"))
    if places != 1:
        raise ValueError(f"{page} has {places} places for what a reader can take along, and should have one.")
    page.write_text(text, encoding="utf-8")


def megabytes(path):
    """Return the size of a file in megabytes, at least one."""
    return max(1, round(path.stat().st_size / 1e6))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m book.downloads BOOK FILE")
    try:
        put(*sys.argv[1:])
    except (ValueError, OSError) as error:
        sys.exit(str(error))
