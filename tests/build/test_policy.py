"""The policy of the pages: it stands first, scripts move into files in their order but for one, the headers say the same."""

import base64
import hashlib
import re

import start

from book.pages import Finishing
from book.policy import HEADERS, POLICY, SCRIPT, headers, policy, put_headers, with_policy, with_script_files

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><script>let a = 1;</script>
<script data-x="1">let b = a;</script> <script src="x.js"></script><script>let c = b;</script>
<script type="application/json">{"d": 1}</script></head></html>"""


def moved(tmp_path, name, text):
    page, work = tmp_path / name, Finishing(tmp_path)
    return with_policy(with_script_files(text, page, work), page, work), work


def test_scripts_move_into_files_in_their_order_and_data_stays(tmp_path):
    text, _ = moved(tmp_path, "chapters/a.html", PAGE)
    first, second = sorted((tmp_path / "_static" / "inline").iterdir(), key=lambda path: text.index(path.name))
    assert first.read_text(encoding="utf-8") == "let a = 1;\nlet b = a;\n"
    assert second.read_text(encoding="utf-8") == "let c = b;\n"
    scripts = f'<script src="../_static/inline/{first.name}"></script> <script src="x.js"></script>'
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
    assert f'<meta charset="utf-8">{meta}{scripts}<script src="../_static/inline/{second.name}"></script>' in text
    assert '<script type="application/json">{"d": 1}</script>' in text
    assert re.findall(SCRIPT, text, re.DOTALL) == []


CHOICE = 'document.documentElement.dataset.theme = localStorage.getItem("theme");'


def test_the_choice_of_light_or_dark_stays_and_the_policy_allows_it_and_no_other_script(tmp_path):
    text, _ = moved(tmp_path, "a.html", f'<meta charset="utf-8"><script> {CHOICE} </script><p><script>let a;</script>')
    [code] = re.findall(SCRIPT, text, re.DOTALL)
    assert code.strip() == CHOICE and f"<script>{code}</script>" in text
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert re.findall(r"'sha256-[^']*'", text) == [f"'sha256-{digest}'"]
    assert f"script-src {POLICY['script-src']} 'sha256-{digest}';" in text
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    put_headers(tmp_path)
    sent = (tmp_path / "_headers").read_text(encoding="utf-8")
    assert f"; {policy([code]).partition('; ')[2]}; frame-ancestors 'self'\n" in sent
    assert "sha256" not in policy()


def test_pages_with_the_same_scripts_share_their_files(tmp_path):
    for name in ("chapters/a.html", "b.html"):
        text, _ = moved(tmp_path, name, PAGE)
    assert '<script src="_static/inline/' in text
    assert len(list((tmp_path / "_static" / "inline").iterdir())) == 2


def test_the_policy_allows_webassembly_and_nothing_else_written_in_a_page(tmp_path):
    assert POLICY["script-src"].split() == ["'self'", "'wasm-unsafe-eval'"]
    assert {name for name, value in POLICY.items() if "unsafe-inline" in value} == {"style-src"}
    assert not [value for value in POLICY.values() if "*" in value]
    assert {name: value for name, value in POLICY.items() if ":" in value} == {
        "img-src": "'self' data:",
        "worker-src": "'self' blob:",
    }


def test_the_headers_cover_all_that_the_book_has_at_its_root_and_nothing_beside_it(tmp_path):
    for name in ("chapters", "lite"):  # the second is the lab's
        (tmp_path / name).mkdir()
    (tmp_path / "index.html").touch()
    (tmp_path / "_headers").write_text(headers(tmp_path, {CHOICE}), encoding="utf-8")
    rules = start.rules_of(tmp_path)
    assert {pattern for pattern, _, _ in rules} == {"/", "/index.html", "/chapters/*"}
    told = {"Content-Security-Policy": f"{policy({CHOICE})}; frame-ancestors 'self'"} | HEADERS
    assert {(name, value) for _, name, value in rules} == set(told.items())
    assert start.rules_of(tmp_path / "chapters") == []
    assert headers(tmp_path, {CHOICE}) == (tmp_path / "_headers").read_text(encoding="utf-8")  # it is itself there now


def test_the_pages_for_frames_alone_may_be_framed(tmp_path):
    for name in ("chapters", "embed"):
        (tmp_path / name).mkdir()
    (tmp_path / "_headers").write_text(headers(tmp_path, {CHOICE}), encoding="utf-8")
    told = {pattern: value for pattern, name, value in start.rules_of(tmp_path) if name == "Content-Security-Policy"}
    assert told["/embed/*"] == policy({CHOICE})
    assert told["/chapters/*"] == f"{policy({CHOICE})}; frame-ancestors 'self'"
