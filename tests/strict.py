"""A host that reads `_headers`, as tools/start.py does."""

import contextlib
import threading

import start


@contextlib.contextmanager
def with_headers(folder):
    """Serve a folder at the root, as hosts do that read `_headers`."""
    server = start.listen(folder, "127.0.0.1", [0])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
