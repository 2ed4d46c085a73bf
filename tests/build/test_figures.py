"""What a figure begins with stands in its page where it is short, and in a file beside it where it is long."""

import json
import re

from book.figures import DATA, LARGE, _aside
from book.pages import ASKED

PLACE = '<figure><script type="application/json" class="nn-data">{}</script></figure>'


def put(text, root):
    return DATA.sub(lambda data: _aside(data, root, lambda path, _: f"../{path}"), PLACE.format(text))


def test_what_is_short_stays_in_the_page(tmp_path):
    assert put('{"a": 1}', tmp_path) == PLACE.format('{"a": 1}')
    assert not [*tmp_path.iterdir()]


def test_what_is_long_lies_in_a_file_that_the_page_names_and_the_sweep_knows(tmp_path):
    text = json.dumps({"a": "b" * LARGE})
    written = put(text, tmp_path)
    [address] = re.findall(r'data-from="\.\./([^"]+)"></script></figure>', written)
    assert (tmp_path / address).read_text(encoding="utf-8") == text and len(written) < 200
    assert address.rpartition("/")[2] in ASKED.findall(written)
    assert put(text.replace("b", "c"), tmp_path) != written == put(text, tmp_path)
