"""What a browser has printed: on which page each place is, and the finishing, an outline and what the file tells of itself."""

import os
from datetime import UTC, datetime

import pikepdf

PRODUCER = "Chromium"  # without its version, and with no path of a machine


def places(path):
    """Return {id: number of its page} for all places of a PDF that a link leads to, and how many pages there are."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found = pdf.Root.get("/Dests", {})
        return {name[1:]: numbers[place[0].objgen] for name, place in found.items()}, len(pdf.pages)


def finish(path, target, document):
    """Write the PDF at `path` to `target`, with the outline of a document, its title, author and day, in few bytes."""
    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as outline:
            above = [outline.root]
            for level, title, name in document.outline:
                item = pikepdf.OutlineItem(title, pdf.Root.Dests[f"/{name}"])
                item.is_closed = True
                del above[level:]
                above[-1].append(item)
                above.append(item.children)
        told, day = document.told, _day()
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"], metadata["dc:creator"] = told["title"], [told["author"]]
            metadata["dc:description"], metadata["dc:language"] = told["subtitle"], {told["language"]}
            metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = day.isoformat()
        for name in [*pdf.docinfo.keys()]:
            del pdf.docinfo[name]
        stamp = day.strftime("D:%Y%m%d%H%M%S+00'00'")
        pdf.docinfo.update(
            {
                "/Title": told["title"],
                "/Author": told["author"],
                "/Subject": f"{told['subtitle']}. {told['version']}",
                "/Producer": PRODUCER,
                "/CreationDate": stamp,
                "/ModDate": stamp,
            }
        )
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        modes = pikepdf.ObjectStreamMode.generate
        pdf.save(target, object_stream_mode=modes, compress_streams=True, recompress_flate=True, deterministic_id=True)


def _day():
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.now(UTC).timestamp()), UTC)
