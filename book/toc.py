"""What `_toc.yml` lists, read without Sphinx: by the book on paper and by the EPUB."""


def pages_below(entries):
    """Yield the pages that a list of `_toc.yml` names, each followed by those below it."""
    for entry in entries:
        yield entry["file"]
        yield from pages_below(entry.get("sections", []))
