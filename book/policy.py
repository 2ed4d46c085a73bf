"""What a page of the book may do: its Content-Security-Policy, told to browsers in every page and in headers.

The policy allows one script within a page, by its SHA-256: the choice of light or dark, which would be seen as a flash if
it came late, and would hold up the page if it were a file; two pages that stand alone have theirs in it, see
finding/lost.py. All others are moved into files. A host that reads `_headers`
(Netlify and Cloudflare do, and `start.py`) sends it with every file, the workers' included; GitHub Pages sends none, and
there the pages bring it themselves. The worker in which readers' programs run has that of its page on every host.
"""

import base64
import hashlib
import os
import re
from pathlib import Path

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the second allows WebAssembly, and with it Python, but not eval
    "worker-src": "'self' blob:",  # what a page has written itself obeys the page's policy, and not what its host sends
    "connect-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # formulas carry their styles with them
    "img-src": "'self' data:",
    "font-src": "'self'",
    "form-action": "'self'",  # the search field
    "base-uri": "'none'",
}
EMBED = "embed"  # the folder of these pages
CHOOSES = "document.documentElement.dataset.theme"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# A frame that a sandbox gives an origin of its own asks for what runs in it as another site would, without a cookie.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
ASKED_BY_FRAMES = (EMBED, "live", "_static")
OTHERS = {"_headers", "lite"}  # no page of the book: the lab's programs need more than the policy allows
SCRIPT = r"<script(?![^>]*\b(?:src|type)=)[^>]*>((?:(?!</script>).)*)</script>"
SCRIPTS = re.compile(rf"{SCRIPT}(?:\s*{SCRIPT})*", re.DOTALL)
ENCODING = re.compile(r"<meta charset=[^>]*>")


def policy(scripts=()):
    """Return the policy, in words for a browser, of pages in which these scripts, texts, may stand."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in sorted(scripts))
    allowed = {"script-src": " ".join([POLICY["script-src"], *(f"'sha256-{digest}'" for digest in digests)])}
    return "; ".join(f"{name} {value}" for name, value in (POLICY | allowed).items())


def with_script_files(text, page, work):
    """Return the text of a page whose scripts are in files of their own below `_static/inline`, but for the early choice."""
    scripts = work.root / "_static" / "inline"
    scripts.mkdir(parents=True, exist_ok=True)

    def moved(run):
        code = "\n".join(text.strip() for text in re.findall(SCRIPT, run[0], re.DOTALL)) + "\n"
        if CHOOSES in code:
            return f"<script>{code}</script>"
        path = scripts / f"{hashlib.sha256(code.encode()).hexdigest()[:12]}.js"
        path.write_text(code, encoding="utf-8")
        return f'<script src="{Path(os.path.relpath(path, page.parent)).as_posix()}"></script>'

    return SCRIPTS.sub(moved, text)


def with_policy(text, page, work):
    """Return the text of a page with the policy, before anything that it is about."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(set(re.findall(SCRIPT, text, re.DOTALL)))}">'
    return ENCODING.sub(lambda found: found[0] + meta, text, count=1)


def put_headers(root):
    """Write `_headers`, for the scripts that stand in the pages, and what else a host is told."""
    pages = [path for path in root.rglob("*.html") if not {"_static", *OTHERS} & {*path.relative_to(root).parts}]
    scripts = {script for page in pages for script in re.findall(SCRIPT, page.read_text(encoding="utf-8"), re.DOTALL)}
    (root / "_headers").write_text(headers(root, scripts), encoding="utf-8")
    (root / ".nojekyll").touch()  # GitHub Pages would else leave out what begins with _
    (root / ".buildinfo").unlink(missing_ok=True)  # it depends on the folder of the build


def headers(root, scripts):
    """Return the text of `_headers`: for each thing that the book has at its root, what is sent with it.

    What is below `embed` may stand in a frame of any site, and of a file, which no source of `frame-ancestors` names; the
    rest in frames of its own site alone.
    """
    own = [path for path in root.iterdir() if path.name[0] != "." and path.name not in OTHERS]
    tops = {path.name: f"/{path.name}/*" if path.is_dir() else f"/{path.name}" for path in own}
    return "".join(_rule(top, _sent_with(name, scripts)) for name, top in [("", "/"), *sorted(tops.items())])


def _sent_with(name, scripts):
    allowed = policy(scripts) if name == EMBED else f"{policy(scripts)}; frame-ancestors 'self'"
    return {"Content-Security-Policy": allowed} | HEADERS | (OPEN if name in ASKED_BY_FRAMES else {})


def _rule(top, sent):
    return f"{top}\n" + "".join(f"  {name}: {value}\n" for name, value in sent.items())
