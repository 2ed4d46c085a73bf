"""What a reader has in the lab stays there, whatever edition of the book comes, and the lab offers only what there is."""

import json

import chromium
from faults import serve_faulty
from lab import driver
from web import watch_over

NEURON, BIOLOGY = "chapters/neuron.ipynb", "chapters/biology.ipynb"
STORE = "JupyterLite Storage - /book/lite/"
OLD = "nnlib lab 0123456789ab"  # as each edition was called once
PUT = """([name, files]) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore("files");
    request.onsuccess = () => {
        const change = request.result.transaction("files", "readwrite");
        for (const file of files) change.objectStore("files").put(file, file.path);
        change.oncomplete = () => { request.result.close(); done(); };
    };
})"""
KEPT = """(name) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
        const files = request.result.transaction("files").objectStore("files").getAll();
        files.onsuccess = () => { request.result.close(); done(files.result); };
    };
})"""
WIDGET = {
    "output_type": "execute_result",
    "execution_count": 1,
    "metadata": {},
    "data": {
        "text/plain": "figure('tune_a_neuron')",
        "text/html": "<p>run this cell to bring the figure to life.</p>",
        "application/vnd.jupyter.widget-view+json": {"model_id": "0" * 32, "version_major": 2, "version_minor": 0},
    },
}


def stored(path, content, day="2026-01-01"):
    """Return a file as JupyterLite stores it."""
    time = f"{day}T12:00:00.000Z"
    kind = {"type": "notebook", "format": "json"} if isinstance(content, dict) else {"type": "file", "format": "text"}
    dates = {"created": time, "last_modified": time, "size": 1, "writable": True, "mimetype": ""}
    return {"name": path.rpartition("/")[2], "path": path, "content": content, **kind, **dates}


def notebook(html, path):
    return json.loads((html / "lite" / "files" / path).read_text(encoding="utf-8"))


def edited(html, path, source, outputs=()):
    """Return a chapter whose last cell the reader has changed."""
    mine = notebook(html, path)
    cell = {"cell_type": "code", "id": "mine", "metadata": {}, "source": source, "outputs": [*outputs], "execution_count": 1}
    mine["cells"] = [cell]
    return mine


def opened(page, site, path):
    """Open a notebook in a tab of its own, without waiting for its Python; return the tab."""
    tab = page.context.new_page()
    tab.goto(f"{site}lite/notebooks/index.html?path={path}")
    return tab


def text_of(page):
    page.locator(".jp-Cell").first.wait_for(timeout=60_000)
    page.wait_for_function("window.jupyterapp.shell.currentWidget.context.isReady")
    return page.evaluate(f"JSON.stringify(({driver.NOTEBOOK}).toJSON().cells)")


def said(page, words):
    return page.locator(".Toastify__toast", has_text=words)


def test_an_edited_notebook_and_files_outlive_new_editions_which_lie_beside_them(page, html):
    with serve_faulty(html) as (site, server):
        page.goto(f"{site}search.html")
        before = edited(html, NEURON, "mine = 'edited'", [WIDGET])
        del before["metadata"]["nnlib"]  # nor had it an edition
        page.evaluate(PUT, [OLD, [stored(NEURON, before), stored("model.txt", "trained")]])
        # This edition finds what the older one has left.
        tab = opened(page, site, NEURON)
        assert "mine = 'edited'" in text_of(tab)
        said(tab, "is here again").wait_for()
        tab.get_by_text("run this cell to bring the figure to life").wait_for()
        assert tab.get_by_text("Loading widget").count() == 0
        tab.close()
        kept = {file["path"]: file for file in page.evaluate(KEPT, STORE)}
        assert kept["model.txt"]["content"] == "trained"
        # A new edition changes two chapters, of which the reader has one.
        editions = json.loads((html / "lite" / "editions.json").read_text(encoding="utf-8"))
        for path in (NEURON, BIOLOGY):
            newer = edited(html, path, f"new = {path!r}")
            newer["metadata"]["nnlib"]["edition"] = editions[path] = "fedcba987654"
            server.contents[path.rpartition("/")[2]] = json.dumps(newer).encode()
        server.contents["editions.json"] = json.dumps(editions).encode()
        tab = opened(page, site, BIOLOGY)
        assert "new = " in text_of(tab)
        tab.close()
        tab = opened(page, site, NEURON)
        assert "mine = 'edited'" in text_of(tab)
        toast = said(tab, "of an older edition")
        toast.wait_for()
        with tab.expect_popup() as popup:
            toast.get_by_role("button", name="Open the new one").click()
        assert f"new = '{NEURON}'" in text_of(popup.value)


def test_every_file_opens_and_every_entry_of_the_menus_leads_somewhere(page, site):
    watch = page.watch
    page.goto(f"{site}search.html")
    page.evaluate(PUT, [STORE, [stored("notes.txt", "hi there"), stored("d.csv", "a,b\n1,2\n")]])
    page.goto(f"{site}lite/tree/index.html")
    for name, words in (("notes.txt", "hi there"), ("d.csv", "Delimiter")):
        with page.expect_popup() as popup:
            page.locator(".jp-DirListing-item", has_text=name).dblclick()
        popup.value.locator(".jp-MainAreaWidget").get_by_text(words).first.wait_for()
        popup.value.close()
    with page.expect_popup() as popup:
        driver.choose(page, "View", "Open JupyterLab")
    popup.value.locator(".jp-FileBrowser").wait_for()
    assert watch.console == watch.errors == []


def test_where_all_cookies_are_blocked_the_lab_opens_and_says_that_it_keeps_nothing(browser, site, tmp_path):
    (tmp_path / "Default").mkdir()
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(settings), encoding="utf-8")
    path = chromium.find(chromium.WITH_WINDOWS)
    with browser.browser_type.launch_persistent_context(tmp_path, executable_path=path, args=chromium.OPTIONS) as context:
        page = context.new_page()
        watch = watch_over(page)
        page.goto(f"{site}lite/notebooks/index.html?path={NEURON}")
        assert "This notebook runs in your browser" in text_of(page)
        said(page, "This browser keeps nothing").wait_for()
        assert page.locator(".jp-Dialog").count() == 0
        assert watch.outside == []
