"""How a page loads: its looks in one file, and no script that keeps its text waiting.

The theme and the extensions ask for a dozen stylesheets and as many scripts, each of which holds up the first sight of a
page. Their order stays as it is.
"""

import hashlib
import os
import re
from pathlib import Path

from book.policy import CHOOSES

SHEET = re.compile(r'<link (?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"?#]+)[^"]*"[^>]*>\s*')
# Within a stylesheet: a comment; an import, with the media that it is for; an address.
QUOTED = """"[^"]*"|'[^']*'"""
LOOKS = re.compile(
    rf"(?P<comment>/\*.*?\*/)"
    rf"|@import\s+(?:url\(\s*)?(?P<imported>{QUOTED}|[^\"')\s;]+)\s*\)?(?P<media>[^;]*);"
    rf"|\burl\((?P<address>{QUOTED}|[^\"')]*)\)",
    re.DOTALL,
)
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
    looks = "\n".join(_as_if_in(target, sheet) for sheet in sheets)
    joined = target / f"all-{hashlib.sha256(looks.encode()).hexdigest()[:12]}.css"
    joined.write_text(looks, encoding="utf-8")
    link = f'<link rel="stylesheet" href="{_relative(joined, page.parent)}">\n'
    places = iter([""] * (len(sheets) - 1) + [link])
    return SHEET.sub(lambda _: next(places), text)


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
