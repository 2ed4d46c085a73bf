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
SCRIPT = r"<script(?![^>]*\b(?:src|type)=)[^>]*>((?:(?!</script>).)*)</script>"
SCRIPTS = re.compile(rf"{SCRIPT}(?:\s*{SCRIPT})*", re.DOTALL)
ENCODING = re.compile(r"<meta charset=[^>]*>")


def setup_policy(app):
    """Put the policy into the pages when all else is done with them."""
    app.connect("build-finished", put_policy, priority=900)


def put_policy(app, exception):
    """Put the policy into every page, and write `_headers`."""
    if exception or app.builder.format != "html":
        return
    root = Path(app.outdir)
    for page in sorted(root.rglob("*.html")):
        if "_static" not in page.parts:
            page.write_text(with_policy(page, root), encoding="utf-8")
    (root / "_headers").write_text(headers(root), encoding="utf-8")
    (root / ".nojekyll").touch()  # GitHub Pages would else leave out what begins with _
    (root / ".buildinfo").unlink(missing_ok=True)  # it depends on the folder of the build


def with_policy(page, root):
    """Return the text of a page with the policy, and with its scripts in files of their own below `root`."""
    scripts = root / "_static" / "inline"
    scripts.mkdir(parents=True, exist_ok=True)

    def moved(run):
        code = "\n".join(text.strip() for text in re.findall(SCRIPT, run[0], re.DOTALL)) + "\n"
        path = scripts / f"{hashlib.sha256(code.encode()).hexdigest()[:12]}.js"
        path.write_text(code, encoding="utf-8")
        return f'<script src="{Path(os.path.relpath(path, page.parent)).as_posix()}"></script>'

    text = SCRIPTS.sub(moved, page.read_text(encoding="utf-8"))
    return ENCODING.sub(lambda found: found[0] + META, text, count=1)


def headers(root):
    """Return the text of `_headers`: for each thing that the book has at its root, what is sent with it."""
    tops = sorted(f"/{path.name}/*" if path.is_dir() else f"/{path.name}" for path in root.iterdir() if path.name[0] != ".")
    sent = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    return "".join(f"{top}\n{sent}" for top in ["/", *tops])
