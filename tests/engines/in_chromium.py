"""Drive Chromium by the same commands as the others, through Playwright, which the tests of `make test` use."""

import base64

import chromium
from engines.window import KEYS, EngineError
from playwright.sync_api import Error, sync_playwright

RUN = "given => new Promise(done => {{ (function () {{ {script} }})(...given, done); }})"
NAMES = {code: name for name, code in KEYS.items()}


def begin(_, stack):
    """Start Chromium; return what carries its commands over, and its version."""
    path = chromium.find(chromium.WITH_WINDOWS)
    if path is None:
        raise EngineError("no Chromium was found: run `make browser` first")
    playwright = stack.enter_context(sync_playwright())
    browser = stack.enter_context(playwright.chromium.launch(executable_path=path, args=chromium.OPTIONS))
    page = browser.new_page()
    frame = page.main_frame

    def send(command, **given):
        nonlocal frame
        try:
            if command == "open":
                frame = page.main_frame
                page.goto(given["url"])
            elif command == "resize":
                page.set_viewport_size(given)
            elif command == "enter":
                frame = page.main_frame.child_frames[given["id"]]
            elif command == "run":
                return frame.evaluate(RUN.format(script=given["script"]), given["args"])
            elif command == "act":
                for act in given["actions"][0]["actions"]:
                    _act(page, act)
            else:
                return base64.b64encode(page.screenshot())
        except Error as error:
            raise EngineError(error.message) from error
        return None

    return send, browser.version


def _act(page, act):
    match act["type"]:
        case "pointerMove":
            page.mouse.move(act["x"], act["y"])
        case "pointerDown":
            page.mouse.down()
        case "pointerUp":
            page.mouse.up()
        case "keyDown":
            page.keyboard.down(NAMES.get(act["value"], act["value"]))
        case "keyUp":
            page.keyboard.up(NAMES.get(act["value"], act["value"]))
