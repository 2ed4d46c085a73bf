"""How a page loads: its looks in one file, and no script that keeps its text waiting.

The theme and the extensions ask for a dozen stylesheets and as many scripts, each of which holds up the first sight of a
page. Their order stays as it is.
"""

import hashlib
import os
import re
from pathlib import Path

from book.policy import CHOOSES
from book.unused import used, without_unread, words_of

SHEET = re.compile(r'<link (?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"?#]+)[^"]*"[^>]*>\s*')
# Within a stylesheet: a comment; an import, with the media that it is for; an address.
QUOTED = """"[^"]*"|'[^']*'"""
LOOKS = re.compile(
    rf"(?P<comment>/\*.*?\*/)"
    rf"|@import\s+(?:url\(\s*)?(?P<imported>{QUOTED}|[^\"')\s;]+)\s*\)?(?P<media>[^;]*);"
    rf"|\burl\((?P<address>{QUOTED}|[^\"')]*)\)",
    re.DOTALL,
)
JOINED = re.compile(r"\ball-[0-9a-f]{12}\.css")
OF = re.compile(r"/\* Of (.*?) \*/\n")  # the first line of a joined stylesheet
OTHERS = {"_static", "lite"}  # folders without a page of the book
SCRIPT = re.compile(r'<script (?![^>]*\b(?:type|defer|async|fetchpriority)\b)([^>]*\bsrc="[^>]*>)')
# A script that stood in the page, see policy.py, may tell the file before it what to do; a file that waits reads that at once.
FILE_AND_WORDS = re.compile(
    r'(<script (?:(?!/inline/)[^>])*></script>)(\s*)(<script src="[^"]*_static/inline/[^"]*"></script>)'
)
# A script whose address says nothing of what is in it. Sphinx tells it of most, the names of the others are hashes.
UNTOLD = re.compile(r'(<script [^>]*\bsrc=")(?![^"]*(?:/inline/|live/))([^"?]+)(?=")')


def with_one_stylesheet(text, page, work):
    """Return the text of a page with one stylesheet, which is written below the root, in the place of the last of its own.

    There, behind the scripts that have to be early, it does not keep them waiting.
    """
    sheets = [page.parent / address for address in SHEET.findall(text)]
    if not sheets:
        return text
    target = work.root / "_static" / "styles"
    joined = _written(target, _joined(target, [_relative(sheet, target) for sheet in sheets]))
    link = f'<link rel="stylesheet" href="{_relative(joined, page.parent)}">\n'
    places = iter([""] * (len(sheets) - 1) + [link])
    return SHEET.sub(lambda _: next(places), text)


def without_unused(root):
    """Leave out of the joined stylesheets in the site at `root` what no page uses, and tell the pages their new names."""
    pages = {
        path: path.read_text(encoding="utf-8") for path in root.rglob("*.html") if not OTHERS & {*path.relative_to(root).parts}
    }
    files = [*root.glob("_static/**/*.js"), *root.glob("live/*.js"), *root.glob("live/*/view/*.js")]
    scripts = [path.read_text(encoding="utf-8") for path in files]
    words = words_of(pages.values(), scripts)
    folder, names = root / "_static" / "styles", {}

    def there(name):
        return name.startswith("data:") or (folder / name).is_file()

    for path in sorted(folder.glob("all-*.css")):
        listed = OF.match(path.read_text(encoding="utf-8"))
        looks = used(_joined(folder, listed[1].split()), words, there)
        looks = without_unread(looks, [*scripts, *pages.values()])
        names[path.name] = _written(folder, listed[0] + looks).name
    for path, text in pages.items():
        told = JOINED.sub(lambda found: names.get(found[0], found[0]), text)
        if told != text:
            path.write_text(told, encoding="utf-8")


def _joined(folder, sheets):
    """Return the text of the stylesheet in a folder that is all of these, whose addresses there are known; it lists them."""
    looks = "\n".join(_as_if_in(folder, Path(os.path.normpath(folder / sheet))) for sheet in sheets)
    return f"/* Of {' '.join(sheets)} */\n{looks}"


def _written(folder, looks):
    """Write a joined stylesheet, and return its path, whose name is a hash of what is in it."""
    path = folder / f"all-{hashlib.sha256(looks.encode()).hexdigest()[:12]}.css"
    path.write_text(looks, encoding="utf-8")
    return path


def _as_if_in(folder, sheet):
    """Return the text of a stylesheet whose addresses lead to where they led, from another folder.

    What it imports stands in the import's place: behind the rules of another sheet, browsers read no import.
    """

    def moved(found):
        if found["imported"]:
            looks, media = _as_if_in(folder, sheet.parent / _bare(found["imported"])), found["media"].strip()
            return f"@media {media} {{\n{looks}\n}}" if media else looks
        if found["comment"] or _bare(found["address"]).startswith(("data:", "#")):
            return found[0]
        return f'url("{_relative(sheet.parent / _bare(found["address"]), folder)}")'

    return LOOKS.sub(moved, sheet.read_text(encoding="utf-8").removeprefix("\ufeff"))


def _bare(address):
    return address.strip("\"' ")


def _relative(path, folder):
    return Path(os.path.relpath(path, folder)).as_posix()


def with_waiting_scripts(text, page, work):
    """Return the text of a page whose files of scripts wait until all of it is there; what chooses light or dark is none."""
    text, count = SCRIPT.subn(r"<script defer \1", FILE_AND_WORDS.sub(r"\3\2\1", text))
    early = text.count(CHOOSES)
    if count and early != 1:
        work.faults.add(f"{page.name} has {early} scripts that choose light or dark, not one: has the theme changed?")
    return text


def with_hashes(text, page, work):
    """Return the text of a page whose scripts have their hash in their address, so that no cache gives out an older one."""

    def told(found):
        return f"{found[0]}?v={hashlib.sha256((page.parent / found[2]).read_bytes()).hexdigest()[:8]}"

    return UNTOLD.sub(told, text)
