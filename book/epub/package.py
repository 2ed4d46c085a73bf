"""What makes chapters a publication: the list of its files, its contents, and what it says of itself to shops and readers."""

import uuid
import zipfile
from dataclasses import dataclass, field
from html import escape

CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
TYPES = {"xhtml": "application/xhtml+xml", "css": "text/css", "png": "image/png"}
FEATURES = "alternativeText displayTransformability MathML readingOrder structuralNavigation tableOfContents".split()
SUMMARY = (
    "Formulas are MathML. Each still picture of a figure has a name, and a sentence beside it that says what it shows; each "
    "plot has a description. Programs and tables are text. Points differ in shape as well as in color, most lines in dashes."
)
ACCESS = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessModeSufficient", "textual,visual"),
    *(("accessibilityFeature", name) for name in FEATURES),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", SUMMARY),
]


@dataclass(frozen=True)
class Part:
    """Some pages under one caption; those that come before all captions have none."""

    caption: str
    pages: tuple


@dataclass(frozen=True)
class About:
    """What a book says of itself."""

    title: str
    author: str
    language: str
    told: str  # a sentence or two
    rights: str
    day: str  # and time, of the last change: 2026-11-30T20:08:00Z
    address: str = ""

    @property
    def identifier(self):
        """Return a name that stays the same in all editions."""
        return uuid.uuid5(uuid.NAMESPACE_OID, self.title).urn


@dataclass
class Item:
    """A file of the publication; `properties` is what readers are told of it."""

    path: str
    content: bytes
    properties: list = field(default_factory=list)
    is_page: bool = False  # a page, one after the other

    @property
    def id(self):
        """Return its name in the list of files."""
        return self.path.replace("/", "-").replace(".", "-")


def page(title, body, language, *, up="", kind="bodymatter"):
    """Return a page of XHTML; `up` leads from it to the folder of the style sheet."""
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    sheet = f'<link rel="stylesheet" type="text/css" href="{up}epub.css"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html {spaces} lang="{language}" xml:lang="{language}">\n'
        f'<head><meta charset="utf-8"/><title>{escape(title)}</title>{sheet}</head>\n'
        f'<body epub:type="{kind}">\n{body}\n</body>\n</html>\n'
    ).encode()


def properties(xhtml):
    """Return what the list of files has to say of a page."""
    return [name for name, sign in (("mathml", b"<math"), ("svg", b"<svg")) if sign in xhtml]


def contents(listed, landmarks, language):
    """Return the page of contents; an entry is (title, address, entries within)."""

    def as_list(entries):
        return f"<ol>{''.join(entry(*each) for each in entries)}</ol>"

    def entry(title, target, within):
        return f'<li><a href="{target}">{escape(title)}</a>{as_list(within) if within else ""}</li>'

    marks = "".join(f'<li><a epub:type="{kind}" href="{to}">{escape(title)}</a></li>' for kind, title, to in landmarks)
    body = (
        f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="contents"><h1 id="contents">Contents</h1>'
        f"{as_list(listed)}</nav>\n"
        f'<nav epub:type="landmarks" id="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>{marks}</ol></nav>'
    )
    return page("Contents", body, language, kind="frontmatter")


def package(about, items):
    """Return the package document: what the book is, its files, and the order of its pages."""
    told = {"identifier": about.identifier, "title": about.title, "language": about.language, "creator": about.author}
    told |= {"date": about.day[:10], "description": about.told, "rights": about.rights, "source": about.address}
    told |= {"type": "textbook"}
    marked = {"identifier": ' id="id"'}  # which the first line names
    lines = [f"<dc:{name}{marked.get(name, '')}>{escape(text)}</dc:{name}>" for name, text in told.items() if text]
    lines.append(f'<meta property="dcterms:modified">{about.day}</meta>')
    lines += [f'<meta property="schema:{name}">{escape(text)}</meta>' for name, text in ACCESS]
    files = [_item(item) for item in items]
    order = [f'<itemref idref="{item.id}"/>' for item in items if item.is_page]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{about.language}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{_lines(lines)}</metadata>\n'
        f"<manifest>\n{_lines(files)}</manifest>\n<spine>\n{_lines(order)}</spine>\n</package>\n"
    ).encode()


def _item(item):
    kind, said = TYPES[item.path.rpartition(".")[2]], " ".join(item.properties)
    told = {"id": item.id, "href": item.path, "media-type": kind, "properties": said}
    attributes = " ".join(f'{name}="{value}"' for name, value in told.items() if value)
    return f"<item {attributes}/>"


def _lines(lines):
    return "".join(f"{line}\n" for line in lines)


def write(path, about, items):
    """Write the publication: the same items give the same bytes."""
    files = {"META-INF/container.xml": CONTAINER.encode(), "EPUB/package.opf": package(about, items)}
    files |= {f"EPUB/{item.path}": item.content for item in items}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first and unpacked: how files are known
        for name, content in sorted(files.items()):
            _add(archive, name, content, zipfile.ZIP_DEFLATED)


def _add(archive, name, content, way):
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = way, 3, 0o644 << 16
    archive.writestr(entry, content, compresslevel=9)
