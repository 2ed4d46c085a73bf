"""The watch that every browser test relies on sees the faults that are planted for it."""

import pytest
from web import serve, watch_over

WORKER = "data:text/javascript,fetch('https://outside.invalid/from-a-worker').catch(()=>postMessage(1))"


@pytest.fixture
def local(tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html><title>t</title><link rel=icon href=data:,><p>Hello", encoding="utf-8")
    with serve(tmp_path) as address:
        yield address


def test_a_clean_page_is_clean(page, local):
    page.goto(local)
    assert page.locator("p").inner_text() == "Hello"
    assert page.watch == type(page.watch)()


@pytest.mark.planted
def test_console_errors_and_uncaught_errors_are_seen(page, local):
    page.goto(local)
    page.evaluate("console.error('told'); setTimeout(() => { throw new Error('thrown') })")
    page.wait_for_timeout(100)
    assert page.watch.console == ["told"]
    assert page.watch.errors == ["thrown"]


@pytest.mark.parametrize(
    "ask",
    [
        "fetch('https://outside.invalid/from-the-page').catch(() => 0)",
        "new Promise(end => { const i = new Image(); i.onerror = end; i.src = 'https://outside.invalid/image.png' })",
        f'new Promise(end => {{ new Worker("{WORKER}").onmessage = end }})',
    ],
    ids=["fetch", "image", "worker"],
)
def test_requests_to_other_hosts_are_seen_and_not_answered(browser, local, ask):
    with browser.new_page() as page:
        watch = watch_over(page)
        page.goto(local)
        page.evaluate(f"() => {ask}.then(() => 0)")
        assert [address for address in watch.outside if "outside.invalid" in address]


@pytest.mark.planted
def test_files_are_served_below_a_path_only_and_with_the_types_that_every_host_knows(page, local, tmp_path):
    (tmp_path / "engine.wasm").write_bytes(b"\0asm\1\0\0\0")
    for name in ("module.mjs", "module.js"):
        (tmp_path / name).write_text("export const answer = 42", encoding="utf-8")
    assert page.request.get(local + "engine.wasm").headers["content-type"] == "application/octet-stream"
    assert page.request.get(local.replace("/book/", "/module.mjs")).status == 404
    page.goto(local)
    answers = "name => import(name).then(module => module.answer, error => error.name)"
    assert [page.evaluate(answers, f"{local}module.{end}") for end in ("js", "mjs")] == [42, "TypeError"]
