"""The server for tests: it says nothing of readers who leave, and all of what is wrong with itself."""

import contextlib
import socket
import struct
import threading
from urllib.parse import urlsplit

import pytest
from web import Handler, Packing, serve

LARGE = 50_000_000  # bytes: more than what lies between a server and its reader holds
AT_ONCE = struct.pack("ii", 1, 0)  # a connection that is closed is reset


def leave_in_mid_download(address):
    where = urlsplit(address)
    with contextlib.closing(socket.create_connection((where.hostname, where.port))) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        connection.sendall(f"GET {where.path}large.bin HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        connection.recv(1000)
    for thread in threading.enumerate():
        if "process_request" in thread.name:
            thread.join()


class Faulty(Handler):
    """Serve nothing, and fail."""

    def do_GET(self):
        """Fail."""
        raise ZeroDivisionError("a fault of the server")


@pytest.mark.parametrize(("handler", "told"), [(Handler, ""), (Packing, ""), (Faulty, "a fault of the server")])
def test_a_reader_who_leaves_in_mid_download_makes_no_noise_and_a_fault_does(tmp_path, capsys, handler, told):
    with open(tmp_path / "large.bin", "wb") as file:
        file.truncate(LARGE)
    with serve(tmp_path, handler) as address:
        leave_in_mid_download(address)
    said = capsys.readouterr().err
    assert told in said and bool(said) == bool(told)
