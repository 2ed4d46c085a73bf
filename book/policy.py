"""What a page of the book may do: its Content-Security-Policy, told to browsers in every page and in headers.

The policy allows no script within a page, so the theme's own are moved into files. A host that reads `_headers` (Netlify
and Cloudflare do, and `start.py`) sends it with every file, the workers' included; GitHub Pages sends none, and there the
pages bring it themselves.
"""

import hashlib
import os
import re
from pathlib import Path

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the second allows WebAssembly, and with it Python, but not eval
    "worker-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # formulas carry their styles with them
    "img-src": "'self' data:",
    "font-src": "'self'",
    "form-action": "'self'",  # the search field
    "base-uri": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()) + "; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
META = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(map(" ".join, POLICY.items()))}">'
OTHERS = {"_headers", "lite"}  # no page of the book: the lab's programs need more than the policy allows
SCRIPT = r"<script(?![^>]*\b(?:src|type)=)[^>]*>((?:(?!</script>).)*)</script>"
SCRIPTS = re.compile(rf"{SCRIPT}(?:\s*{SCRIPT})*", re.DOTALL)
ENCODING = re.compile(r"<meta charset=[^>]*>")


def with_policy(text, page, work):
    """Return the text of a page with the policy, before anything that it is about."""
    return ENCODING.sub(lambda found: found[0] + META, text, count=1)


def with_script_files(text, page, work):
    """Return the text of a page whose scripts are in files of their own below `_static/inline`."""
    scripts = work.root / "_static" / "inline"
    scripts.mkdir(parents=True, exist_ok=True)

    def moved(run):
        code = "\n".join(text.strip() for text in re.findall(SCRIPT, run[0], re.DOTALL)) + "\n"
        path = scripts / f"{hashlib.sha256(code.encode()).hexdigest()[:12]}.js"
        path.write_text(code, encoding="utf-8")
        return f'<script src="{Path(os.path.relpath(path, page.parent)).as_posix()}"></script>'

    return SCRIPTS.sub(moved, text)


def put_headers(root):
    """Write `_headers`, and what else a host is told."""
    (root / "_headers").write_text(headers(root), encoding="utf-8")
    (root / ".nojekyll").touch()  # GitHub Pages would else leave out what begins with _
    (root / ".buildinfo").unlink(missing_ok=True)  # it depends on the folder of the build


def headers(root):
    """Return the text of `_headers`: for each thing that the book has at its root, what is sent with it."""
    own = [path for path in root.iterdir() if path.name[0] != "." and path.name not in OTHERS]
    tops = sorted(f"/{path.name}/*" if path.is_dir() else f"/{path.name}" for path in own)
    sent = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    return "".join(f"{top}\n{sent}" for top in ["/", *tops])
