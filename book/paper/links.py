"""Where links lead on paper: within the document, with the number of the page, or to the site where its address is known."""

from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from book.paper.pages import id_of, made

NUMBERED = {"doc", "std-ref", "std-numref"}  # in links to chapters, sections and exercises; words of the glossary have others
AT = '<span class="paper-at" data-at="{}"></span>'


def lead(pages, folder, address):
    """Make the links of all pages lead within the document; return the ids that they lead to.

    `folder` is where the pages are in the site, and `address` the site's, or nothing: then what is not in this document is
    no link.
    """
    names = {page.name for page in pages}
    ids = {tag["id"] for page in pages for tag in [page.article, *page.article.find_all(id=True)]}
    led, faults = set(), []
    for page in pages:
        for link in page.article.find_all("a", href=True):
            where = urlsplit(link["href"])
            if where.scheme or where.netloc:
                continue
            name = _name(where.path, page.name)
            target = id_of(name, unquote(where.fragment))
            if name not in names:
                _lead_out(link, urljoin(f"{folder}/", link["href"]), address)
            elif target not in ids:
                faults.append(f"{page.name} leads to {link['href']}, which is not there")
            else:
                led.add(target)
                link["href"] = f"#{target}"
                if name != page.name and link.find(class_=NUMBERED.__contains__):
                    link.insert_after(made(AT.format(target)))
    if faults:
        raise ValueError("\n".join(faults))
    return led


def _name(path, here):
    """Return the name of the page that a link's path means, or None for one that is no page beside this one."""
    if not path:
        return here
    plain = normpath(path)
    return plain.removesuffix(".html") if plain.endswith(".html") and "/" not in plain else None


def _lead_out(link, path, address):
    if address:
        link["href"] = urljoin(address, path)
    else:
        link.unwrap()
