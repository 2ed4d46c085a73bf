"""Drive WebKitGTK and Firefox by the commands of W3C WebDriver, each over its own wire.

WebKitGTK has a driver that takes them over HTTP. Firefox itself takes them over a socket, called Marionette: geckodriver, the
program that usually stands between and that Selenium needs, is no package of Debian's. These few commands need no library.
"""

import base64
import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

NEEDS = {  # of each engine: what must be there, and the package of Debian and Ubuntu that has it
    "WebKitGTK": {
        "WebKitWebDriver": "webkit2gtk-driver",
        "MiniBrowser": "libwebkit2gtk-4.1-0",
        "Xvfb": "xvfb",
        "xvfb-run": "xvfb",
        "xauth": "xauth",
    },
    "Firefox": {"firefox": "firefox-esr"},
}
NAMES = {"firefox": ("firefox", "firefox-esr")}  # a program with several names
FOLDERS = ("/usr/lib/*/webkit2gtk-4*", "/usr/libexec/webkit2gtk-4*", "/usr/lib/webkit2gtk-4*")  # MiniBrowser is no command
COMMANDS = {  # of WebDriver, over HTTP and over Firefox's socket
    "begin": ("", "WebDriver:NewSession"),
    "open": ("url", "WebDriver:Navigate"),
    "resize": ("window/rect", "WebDriver:SetWindowRect"),
    "enter": ("frame", "WebDriver:SwitchToFrame"),
    "run": ("execute/async", "WebDriver:ExecuteAsyncScript"),
    "find": ("element", "WebDriver:FindElement"),
    "type": ("element/{id}/value", "WebDriver:ElementSendKeys"),
    "click": ("element/{id}/click", "WebDriver:ElementClick"),
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
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's key of an element's id


class EngineError(Exception):
    """What went wrong with a browser, in words."""


def where(program):
    """Return the path of a program, or None."""
    if program == "MiniBrowser":
        return next((str(path) for folder in FOLDERS for path in Path("/").glob(f"{folder[1:]}/{program}")), None)
    return next(filter(None, map(shutil.which, NAMES.get(program, (program,)))), None)


def missing(engine):
    """Return what an engine lacks here, in words, with the command that installs it; nothing where all is there."""
    lacks = {program: package for program, package in NEEDS[engine].items() if where(program) is None}
    if not lacks:
        return ""
    packages = " ".join(dict.fromkeys(lacks.values()))
    return f"{engine} can't be driven: there is no {', no '.join(lacks)}. On Debian or Ubuntu: apt-get install {packages}"


@contextlib.contextmanager
def session(engine):
    """Start a browser with nothing stored; the value is its Session, which ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, contextlib.ExitStack() as stack:
        yield Session({"WebKitGTK": _webkit, "Firefox": _firefox}[engine](Path(home), stack))


class Session:
    """A window of a browser; `send` carries a command over, by its name, and returns the answer."""

    def __init__(self, send):
        self.send = send
        send("resize", width=1280, height=900)

    def open(self, address):
        """Open a page, and wait until it has loaded."""
        self.send("open", url=address)

    def enter(self, number=0):
        """Let what follows be of a frame of the page, until another one is opened."""
        self.send("enter", id=number)

    def run(self, script, *arguments):
        """Run the body of an async function in the page, and return what it returns; what it throws is an EngineError."""
        wrapped = (
            f"const done = arguments[arguments.length - 1]; (async (...given) => {{ {script} }})(...arguments)"
            ".then((value) => done({ value }), (error) => done({ error: String(error) }));"
        )
        answer = self.send("run", script=wrapped, args=list(arguments))
        if "error" in answer:
            raise EngineError(answer["error"])
        return answer.get("value")

    def wait(self, condition, *arguments, what, seconds=60):
        """Wait until an expression of JavaScript is true, and return it; else raise that `what` has not come."""
        end = time.monotonic() + seconds
        while not (value := self.run(f"return {condition}", *arguments)):
            if time.monotonic() > end:
                raise EngineError(f"{what} has not come in {seconds} seconds")
            time.sleep(0.05)
        return value

    def type(self, selector, keys):
        """Press keys in an element, as a hand would."""
        self.send("type", id=self._find(selector), text=keys)

    def click(self, selector):
        """Click an element, as a hand would."""
        self.send("click", id=self._find(selector))

    def _find(self, selector):
        return self.send("find", using="css selector", value=selector)[ELEMENT]

    def picture(self):
        """Return what the window shows, as the bytes of a PNG."""
        return base64.b64decode(self.send("picture"))


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


def _webkit(home, stack):
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
    here = f"/session/{ask('/session', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"

    def leave():
        with contextlib.suppress(EngineError, OSError):  # it ends with its driver, whatever it says
            ask(here, method="DELETE", seconds=10)

    stack.callback(leave)

    def send(command, **given):
        if command == "picture":
            return ask(f"{here}/screenshot", method="GET")
        return ask(f"{here}/{COMMANDS[command][0].format(**given)}", given)

    return send


def _firefox(home, stack):
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
    ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"timeouts": {"script": 1000 * PATIENCE}}}})

    def send(command, **given):
        if command == "picture":
            return ask("WebDriver:TakeScreenshot", {"full": False})["value"]
        answer = ask(COMMANDS[command][1], given)
        return answer["value"] if set(answer) == {"value"} else answer

    return send
