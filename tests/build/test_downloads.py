"""What a reader can take along is offered where it has been made, and no longer than the pages are the same."""

import pytest

from book.downloads import found, offer, put, withdraw

EMPTY = '<p>before</p><div class="nn-downloads"></div><p>after</p>'


@pytest.fixture
def page(tmp_path):
    (tmp_path / "html" / "chapters").mkdir(parents=True)
    page = tmp_path / "html" / "chapters" / "welcome.html"
    page.write_text(EMPTY, encoding="utf-8")
    return page


@pytest.fixture
def root(page):
    return page.parents[1]


def file(folder, name, size=8_400_000):
    (folder / name).write_bytes(bytes(size))
    return folder / name


def test_what_was_made_is_offered_with_its_size_and_withdrawn_with_its_pages(root, page, tmp_path):
    put(root, file(tmp_path, "book.epub", 10))
    put(root, file(tmp_path, "book.pdf"))
    pdf, epub = '<a href="../book.pdf">PDF, to print</a> (8 MB)', '<a href="../book.epub">EPUB, for e-readers</a> (1 MB)'
    offered = f'<div class="nn-downloads"><p>Take it with you: {pdf}, {epub}.</p></div>'
    assert page.read_text(encoding="utf-8") == f"<p>before</p>{offered}<p>after</p>"
    withdraw(root)
    assert page.read_text(encoding="utf-8") == EMPTY
    assert found(root) == []


def test_offering_twice_offers_once(root, page, tmp_path):
    put(root, file(tmp_path, "book.pdf"))
    once = page.read_text(encoding="utf-8")
    offer(root)
    assert page.read_text(encoding="utf-8") == once


def test_a_page_without_a_place_is_an_error(root, page):
    page.write_text("<p></p>", encoding="utf-8")
    with pytest.raises(ValueError, match="has 0 places for what a reader can take along, and should have one"):
        offer(root)


def test_another_kind_of_file_is_an_error(root, tmp_path):
    with pytest.raises(ValueError, match=r"book.doc is none of .pdf, .epub"):
        put(root, file(tmp_path, "book.doc"))


def test_another_book_has_nothing_to_offer(tmp_path):
    withdraw(tmp_path)
