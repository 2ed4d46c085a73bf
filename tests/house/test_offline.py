"""The archive of the book: the same bytes from the same book, none without an engine, and what start.py says if it fails."""

import contextlib
import gzip
import http.client
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

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


@pytest.mark.parametrize("wrong", [("--port", 99999), ("--host", "203.0.113.7")], ids=["port", "host"])
def test_an_address_that_is_none_of_ours_is_told_in_one_line(book, wrong):
    end = started("--folder", book, *wrong)
    assert (end.returncode, end.stdout, end.stderr.count("\n")) == (1, "", 1)
    assert end.stderr.startswith("The book can't be served on ")


def test_a_reader_who_leaves_while_a_page_comes_is_no_fault(book, capfd):
    (book / "large.bin").write_bytes(bytes(10_000_000))
    reset = struct.pack("ii", 1, 0)  # this connection ends at once, with whatever is under way
    with start.listen(book, "127.0.0.1", [0]) as server:
        server.daemon_threads = False  # closing the server then waits for its answers
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for begun in (b"", b"GET /large.bin HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", server.server_port)) as reader:
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                reader.sendall(begun)
                assert not begun or reader.recv(1)
        server.shutdown()
    assert capfd.readouterr().err == ""


def test_any_other_fault_of_the_server_is_told(book, capfd):
    with start.listen(book, "127.0.0.1", [0]) as server:
        try:
            raise ValueError("planted")
        except ValueError:
            server.handle_error(None, ("127.0.0.1", 1))
    assert "planted" in capfd.readouterr().err


def test_without_a_named_port_the_first_free_one_is_taken(book):
    with socket.create_server(("127.0.0.1", 0)) as other, socket.create_server(("127.0.0.1", 0)) as free:
        ports = [other.getsockname()[1], free.getsockname()[1]]
        free.close()
        with start.listen(book, "127.0.0.1", ports) as server:
            assert server.server_port == ports[1]


def test_a_school_that_comes_at_once_is_let_in(book):
    with start.listen(book, "127.0.0.1", [0]) as server, contextlib.ExitStack() as readers:
        for _ in range(200):  # while the server has no time for any of them
            readers.enter_context(socket.create_connection(("127.0.0.1", server.server_port), timeout=0.9))


def test_a_file_that_many_want_at_once_is_packed_once(book, monkeypatch):
    made, all_here, compress = [], threading.Barrier(8), gzip.compress

    def compress_slowly(*how, **more):
        made.append(how)
        time.sleep(0.2)
        return compress(*how, **more)

    monkeypatch.setattr(start.gzip, "compress", compress_slowly)
    start.packed.cache_clear()

    def read():
        line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
        with contextlib.closing(line):
            all_here.wait()
            line.request("GET", "/", headers={"Accept-Encoding": "gzip"})
            assert gzip.decompress(line.getresponse().read()) == b"x"

    with start.listen(book, "127.0.0.1", [0]) as server, ThreadPoolExecutor(8) as pool:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for answer in [pool.submit(read) for _ in range(8)]:
            answer.result()
        server.shutdown()
    assert len(made) == 1


def test_a_file_does_not_wait_until_the_browser_has_told_that_its_headers_came(book, ask, monkeypatch):
    told, setup = [], start.Handler.setup

    def note(handler):
        setup(handler)
        told.append(handler.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(start.Handler, "setup", note)
    ask("/")
    assert len(told) == 1 and told[0]


@pytest.fixture
def ask(book):
    """Return a function that asks a server of the book, over one connection, and returns the answer and its body."""
    text = "<p>One neuron.</p>" * 100
    for name in ("index.html", "live/1f/engine/python.wasm.packed"):
        (book / name).write_text(text, encoding="utf-8")
    with start.listen(book, "127.0.0.1", [0]) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)

        def ask(path, method="GET", **headers):
            line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer, answer.read()

        yield ask
        line.close()
        server.shutdown()


@pytest.mark.parametrize("path", ["/", "/index.html", "/?a=1#b"])
def test_a_text_is_sent_packed_to_a_browser_that_can_unpack(book, ask, path):
    answer, body = ask(path, Accept_Encoding="gzip, deflate, br")
    assert (answer.status, answer.headers["Content-Encoding"], answer.headers["Vary"]) == (200, "gzip", "Accept-Encoding")
    assert int(answer.headers["Content-Length"]) == len(body) < 200
    assert gzip.decompress(body) == (book / "index.html").read_bytes()
    answer, body = ask(path, "HEAD", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], body) == ("gzip", b"") and int(answer.headers["Content-Length"]) < 200


@pytest.mark.parametrize("accepted", [{}, {"Accept_Encoding": "identity"}, {"Accept_Encoding": "br, gzip; q=0"}])
def test_a_text_is_sent_as_it_is_to_whoever_can_not_unpack(book, ask, accepted):
    answer, body = ask("/index.html", **accepted)
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == (None, "Accept-Encoding")
    assert body == (book / "index.html").read_bytes()


def test_what_is_packed_already_is_sent_as_it_is_and_so_is_a_fault(ask):
    answer, body = ask("/live/1f/engine/python.wasm.packed", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"], len(body)) == (None, None, 1800)
    ask("/", Accept_Encoding="gzip")
    for path, method in (("/gone.html", "GET"), ("/", "POST")):
        answer, body = ask(path, method, Accept_Encoding="gzip")
        assert answer.status >= 400 and answer.headers["Content-Encoding"] is None
        assert int(answer.headers["Content-Length"]) == len(body) and b"<h1>" in body


def test_a_text_that_has_changed_is_packed_anew_and_one_that_has_not_is_not_sent_again(book, ask):
    answer, _ = ask("/index.html", Accept_Encoding="gzip")
    known = answer.headers["Last-Modified"]
    answer, body = ask("/index.html", Accept_Encoding="gzip", If_Modified_Since=known)
    assert (answer.status, body, answer.headers["Vary"]) == (304, b"", "Accept-Encoding")
    (book / "index.html").write_text("Two neurons.", encoding="utf-8")
    os.utime(book / "index.html", (1_900_000_000, 1_900_000_000))
    answer, body = ask("/index.html", Accept_Encoding="gzip", If_Modified_Since=known)
    assert gzip.decompress(body) == b"Two neurons."


def test_an_unknown_address_is_answered_with_the_books_own_page_and_its_status(book):
    (book / "404.html").write_text("<h1>Not here</h1>", encoding="utf-8")
    with start.listen(book, "127.0.0.1", [0]) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for method, told in {"GET": b"<h1>Not here</h1>", "HEAD": b""}.items():
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.server_port)) as connection:
                connection.request(method, "/deep/down/nothing.html")
                answer = connection.getresponse()
                assert (answer.status, answer.read(), answer.headers["Content-Type"]) == (404, told, "text/html")
        server.shutdown()


def test_what_is_started_needs_nothing_but_the_standard_library_of_an_old_python():
    program = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))"
    subprocess.run([sys.executable, "-c", program, start.__file__], check=True)
    bare = [sys.executable, "-I", "-S", start.__file__, "--help"]
    assert "Open the book" in subprocess.run(bare, check=True, capture_output=True, text=True).stdout
