"""The archive of the book: the same bytes from the same book, none without an engine, and what start.py says if it fails."""

import os
import socket
import subprocess
import sys
import zipfile

import offline
import pytest
import start


@pytest.fixture
def book(tmp_path):
    """Return the folder of a book of three files."""
    files = {"index.html": "x", "live/1f/engine/files.json": "{}", "chapters/a.html": "a"}
    for name, text in files.items():
        path = tmp_path / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "html"


def test_the_same_book_gives_the_same_archive_whenever_it_was_built(book, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name, when in (("one", 1_600_000_000), ("two", 1_650_000_000)):
        os.utime(book / "index.html", (when, when))
        (tmp_path / name).mkdir()
        offline.pack(book, tmp_path / name / "course.zip")
    assert (tmp_path / "one" / "course.zip").read_bytes() == (tmp_path / "two" / "course.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / "course.zip") as archive:
        names = archive.namelist()
        assert archive.getinfo("course/start.py").date_time == (2023, 11, 14, 22, 13, 20)
    book_files = ["book/chapters/a.html", "book/index.html", "book/live/1f/engine/files.json"]
    assert names == [f"course/{name}" for name in ["README.txt", *book_files, "start.py"]]


def test_a_book_without_an_engine_is_not_packed(book, tmp_path):
    (book / "live" / "1f" / "engine" / "files.json").unlink()
    with pytest.raises(RuntimeError, match="its figures would be still pictures"):
        offline.pack(book, tmp_path / "course.zip")
    assert not (tmp_path / "course.zip").exists()


def started(*arguments):
    command = [sys.executable, "-W", "error", start.__file__, "--quiet", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_a_port_that_is_taken_and_a_folder_without_a_book_are_told(book, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        end = started("--folder", book, "--port", port)
    assert (end.returncode, end.stdout) == (1, "")
    assert end.stderr == f"Port {port} is taken: name another one, as in --port 9000.\n"
    end = started("--folder", tmp_path)
    assert end.returncode == 1
    assert "There is no book in" in end.stderr and "unpack the whole archive" in end.stderr


def test_without_a_named_port_the_first_free_one_is_taken(book):
    with socket.create_server(("127.0.0.1", 0)) as other, socket.create_server(("127.0.0.1", 0)) as free:
        ports = [other.getsockname()[1], free.getsockname()[1]]
        free.close()
        with start.listen(book, "127.0.0.1", ports) as server:
            assert server.server_port == ports[1]


def test_what_is_started_needs_nothing_but_the_standard_library_of_an_old_python():
    program = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))"
    subprocess.run([sys.executable, "-c", program, start.__file__], check=True)
    bare = [sys.executable, "-I", "-S", start.__file__, "--help"]
    assert "Open the book" in subprocess.run(bare, check=True, capture_output=True, text=True).stdout
