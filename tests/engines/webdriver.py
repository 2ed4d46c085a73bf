"""Drive WebKitGTK and Firefox by the commands of W3C WebDriver, each over its own wire.

WebKitGTK has a driver that takes them over HTTP. Firefox itself takes them over a socket, called Marionette: geckodriver, the
program that usually stands between and that Selenium needs, is no package of Debian's. These few commands need no library.
"""

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from engines.needs import where
from engines.window import EngineError

COMMANDS = {  # of WebDriver, over HTTP and over Firefox's socket
    "open": ("url", "WebDriver:Navigate"),
    "resize": ("window/rect", "WebDriver:SetWindowRect"),
    "enter": ("frame", "WebDriver:SwitchToFrame"),
    "run": ("execute/async", "WebDriver:ExecuteAsyncScript"),
    "act": ("actions", "WebDriver:PerformActions"),
}
PREFERENCES = {  # of Firefox: a free port, and a new profile that asks nobody for news
    "marionette.port": 0,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
PATIENCE = 180  # seconds until a script must have ended; the wire waits a little longer


def _start(stack, *command, **options):
    """Start a program that ends with the stack, and all that it has started with it."""
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = stack.enter_context(subprocess.Popen(command, start_new_session=True, **silent, **options))
    stack.callback(lambda: _end(process))
    return process


def _end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def _until(act, process, what, seconds=60):
    """Return what `act` returns as soon as it no longer finds that a program is not there yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (OSError, ValueError) as error:
            if process.poll() is not None:
                raise EngineError(f"{what} ended at once, with status {process.returncode}") from error
            if time.monotonic() > end:
                raise EngineError(f"{what} has not started in {seconds} seconds: {error}") from error
            time.sleep(0.1)


def webkit(home, stack):
    """Start WebKitGTK; return what carries its commands over, and its version."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # A home of its own has nothing stored, and the window needs a screen, which nobody need see.
    environment = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    driver = [where("WebKitWebDriver"), "--host=127.0.0.1", f"--port={port}"]
    process = _start(stack, "xvfb-run", "-a", *driver, env=environment)

    def ask(path, given=None, method="POST", seconds=PATIENCE + 10):
        body = None if method != "POST" else json.dumps(given or {}).encode()
        address, kind = f"http://127.0.0.1:{port}{path}", {"Content-Type": "application/json"}
        request = urllib.request.Request(address, body, kind, method=method)
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise EngineError(json.load(error)["value"]["message"]) from error

    _until(lambda: ask("/status", method="GET"), process, "WebKitWebDriver")
    browser = {"binary": where("MiniBrowser"), "args": ["--automation"]}
    wanted = {"timeouts": {"script": 1000 * PATIENCE}, "webkitgtk:browserOptions": browser}
    begun = ask("/session", {"capabilities": {"alwaysMatch": wanted}})
    here = f"/session/{begun['sessionId']}"

    def leave():
        with contextlib.suppress(EngineError, OSError):  # it ends with its driver, whatever it says
            ask(here, method="DELETE", seconds=10)

    stack.callback(leave)

    def send(command, **given):
        if command == "picture":
            return ask(f"{here}/screenshot", method="GET")
        return ask(f"{here}/{COMMANDS[command][0]}", given)

    return send, begun["capabilities"]["browserVersion"]


def firefox(home, stack):
    """Start Firefox; return what carries its commands over, and its version."""
    words = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (home / "user.js").write_text("".join(words), encoding="utf-8")
    environment = os.environ | {"HOME": str(home)}
    options = ["--marionette", "--headless", "--profile", str(home), "--no-remote"]
    process = _start(stack, where("firefox"), *options, env=environment)
    port = _until(lambda: int((home / "MarionetteActivePort").read_text(encoding="utf-8")), process, "Firefox")
    connect = lambda: socket.create_connection(("127.0.0.1", port), PATIENCE + 10)  # noqa: E731
    wire = stack.enter_context(_until(connect, process, "Firefox"))
    stream, numbers = stack.enter_context(wire.makefile("rwb")), itertools.count()

    def read():
        length = b"".join(iter(lambda: stream.read(1), b":"))
        return json.loads(stream.read(int(length)))

    def ask(command, given):
        message = json.dumps([0, next(numbers), command, given]).encode()
        stream.write(b"%d:%s" % (len(message), message))
        stream.flush()
        _, _, error, answer = read()
        if error:
            raise EngineError(error["message"])
        return answer

    read()  # its greeting
    begun = ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"timeouts": {"script": 1000 * PATIENCE}}}})

    def send(command, **given):
        if command == "picture":
            return ask("WebDriver:TakeScreenshot", {"full": False})["value"]
        answer = ask(COMMANDS[command][1], given)
        return answer["value"] if set(answer) == {"value"} else answer

    return send, begun["capabilities"]["browserVersion"]
