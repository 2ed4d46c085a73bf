"""Draw the icons into the pages when the book is built, in the place of the theme's script of 1.5 MB that does it there.

The outlines are the script's own, and the pictures are like those that it makes, so that the theme's styles fit them. The
few icons that its styles would draw later, out of a font of 153 kB, are letters in `assets/book.css`. What is not found, or
is no longer there to be replaced, is told.
"""

import re
import shutil
from typing import NamedTuple

REPAIR = "no program for the icons"
STYLES = {"fa-solid": "solid", "fas": "solid", "fa": "solid", "fa-regular": "regular", "far": "regular"}
STYLES |= {"fa-brands": "brands", "fab": "brands"}
SIZES = {"fa-lg"}  # whose place in the line `assets/book.css` knows
ICON = re.compile(r'<(i|span)\b(?=[^>]*\sclass="([^"]*)")([^>]*)></\1>')
CLASS = re.compile(r'\sclass="([^"]*)"')
SCRIPT = re.compile(r'<script\b[^>]*\bsrc="[^"]*/fontawesome\.js[^"]*"[^>]*></script>')
# The script has a table for each style and names it afterward: {bars:[448,512,["navicon"],"f0c9","M0 96…"],…}
TABLE = re.compile(r'\("fa[srb]",\w+\),\w+\("fa-(\w+)",\w+\)')
ENTRY = re.compile(r'[{,]"?([\w-]+)"?:\[(\d+),(\d+),\[([^\]]*)\],"\w+","([^"]+)"\]')


class Outline(NamedTuple):
    """The outline of an icon: its size, and the path in the words of SVG."""

    width: int
    height: int
    path: str


class Icons:
    """The icons that the theme's script in the site at `root` knows."""

    def __init__(self, root):
        self.script = root / "_static" / "scripts" / "fontawesome.js"
        terms = self.script.with_name("fontawesome.js.LICENSE.txt")
        self.there = self.script.is_file() and terms.is_file()
        self.known = outlines(self.script.read_text(encoding="utf-8")) if self.there else {}
        credit = terms.read_text(encoding="utf-8").strip("/*!\n ").replace("\n * ", "\n") if self.there else ""
        self.notice = f"<!-- {credit} -->"  # in every page that has icons, as CC BY asks

    def drawn(self, text, page, work):
        """Return the text of a page with its icons, and without the script."""
        if not self.there:
            work.faults.add("The theme has no fontawesome.js with its license any more: what draws its icons?")
            return text
        text, count = SCRIPT.subn(lambda _: self.notice, text)
        work.done[REPAIR] += count
        text = ICON.sub(lambda found: drawn(found, self.known), text)
        left = {" ".join(classes.split()) for classes in CLASS.findall(text) if is_icon(classes)}
        work.faults |= {f"The icon «{classes}» is not drawn: it has no outline, or a size that is new." for classes in left}
        return text

    def take_away(self):
        """Take the script out of the site, of which no page asks for it any more, and the typefaces that have icons."""
        for path in self.script.parent.glob(f"{self.script.name}*"):
            path.unlink()
        shutil.rmtree(self.script.parent.parent / "vendor" / "fontawesome", ignore_errors=True)


def is_icon(classes):
    """Say whether an element with these classes is an icon."""
    return not STYLES.keys().isdisjoint(classes.split())


def drawn(found, known):
    """Return the picture for an icon, or the icon itself where no outline is known, or its size is a new one."""
    words = found[2].split()
    styles = [STYLES[word] for word in words if word in STYLES]
    names = [word.removeprefix("fa-") for word in words if word.startswith("fa-") and word not in {*STYLES, *SIZES}]
    if len(styles) != 1 or len(names) != 1 or (styles[0], names[0]) not in known:
        return found[0]
    width, height, path = known[styles[0], names[0]]
    classes = " ".join(["nn-icon", *(word for word in words if word not in STYLES)])
    data = "".join(re.findall(r'\sdata-[\w-]+="[^"]*"', found[3]))
    box = f'viewBox="0 0 {width} {height}" height="1em" aria-hidden="true"'
    return f'<svg class="{classes}"{data} {box}><path fill="currentColor" d="{path}"/></svg>'


def outlines(script):
    """Return the outlines in Font Awesome's script, by style and name; an icon may have several names."""
    parts, found = TABLE.split(script), {}
    for table, style in zip(parts[::2], parts[1::2], strict=False):
        for name, width, height, aliases, path in ENTRY.findall(table):
            for each in (name, *re.findall(r'"([^"]+)"', aliases)):
                found[style, each] = Outline(int(width), int(height), path)
    return found
