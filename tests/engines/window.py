"""A window of any of the engines, in the hands of a test: what is pressed and dragged comes as from a keyboard and a mouse."""

import base64
import time

KEYS = {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015"}  # in WebDriver's letters
PATIENCE = 120  # seconds for what a page does by itself, on a machine that has much else to do
MOVES = 5  # of a pointer that drags
# The middle of the first element that a hand can reach, brought into sight; words where something else lies on each.
MIDDLE = """let lies = `there is no ${given[0]}`;
for (const element of document.querySelectorAll(given[0])) {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    const whole = element.closest(".nn-handle, .nn-point, .nn-pullable") ?? element;
    const there = document.elementFromPoint(x, y);
    if (whole.contains(there)) return [x, y];
    lies = `${there?.outerHTML.slice(0, 80)} lies on ${given[0]}`;
}
return lies;"""


class EngineError(Exception):
    """What went wrong with a browser, in words."""


class Window:
    """A window of a browser; `send` carries a command over, by its name, and returns the answer."""

    def __init__(self, send, version):
        self.send = send
        self.version = version
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

    def wait(self, condition, *arguments, what, seconds=PATIENCE):
        """Wait until an expression of JavaScript is true, and return it; else raise that `what` has not come."""
        end = time.monotonic() + seconds
        while not (value := self.run(f"return {condition}", *arguments)):
            if time.monotonic() > end:
                raise EngineError(f"{what} has not come in {seconds} seconds")
            time.sleep(0.05)
        return value

    def press(self, selector, *keys):
        """Press keys, one after the other, while an element has the focus."""
        self.run("document.querySelector(given[0]).focus()", selector)
        strokes = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.send("act", actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def click(self, selector):
        """Click the middle of an element."""
        self.drag(selector)

    def drag(self, selector, by=(0, 0)):
        """Press the mouse's button on the middle of the first element in reach, move by so many pixels, and let go."""
        middle = self.run(MIDDLE, selector)
        if isinstance(middle, str):
            raise EngineError(middle)
        x, y = middle
        ways = [(x + by[0] * n // MOVES, y + by[1] * n // MOVES) for n in range(1, MOVES + 1)] if any(by) else []
        moves = [{"type": "pointerMove", "duration": 20, "x": x, "y": y} for x, y in [(x, y), *ways]]
        acts = [moves[0], {"type": "pointerDown", "button": 0}, *moves[1:], {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": acts}
        self.send("act", actions=[mouse])

    def picture(self):
        """Return what the window shows, as the bytes of a PNG."""
        return base64.b64decode(self.send("picture"))
