#!/bin/sh
# JupyterLite (jupyterlite-core 0.8.6): a reproducible build changes the times of files beside its output folder.
#
# Guess beforehand: with SOURCE_DATE_EPOCH set, `jupyter lite build` gives the files that it writes that time, and touches
# nothing outside its output folder.
# Seen: every file anywhere below the folder that holds the output folder gets that time, if it was newer, whoever wrote it: an
# addon that copies a folder to the top of the output dates that folder's parent, with all that is in it. Where a lab is built
# into a site's own folder, the site's pages then all have the time of the commit. A server that tells times as Last-Modified
# answers "not modified" for a page that has changed, and a reader goes on seeing the old one. What helps: build it into a
# folder of its own, and move it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check jupyterlite-core==0.8.6 jupyter-server==2.17.0
mkdir -p "$folder/site/chapters" "$folder/source/files"
echo "A page." > "$folder/site/chapters/page.html"
echo "A file." > "$folder/source/files/a.txt"
cd "$folder/source"
export SOURCE_DATE_EPOCH=1700000000
"$folder/env/bin/jupyter" lite build --output-dir "$folder/site/lite" --contents files > "$folder/log" 2>&1 || {
  cat "$folder/log"
  exit 1
}
"$folder/env/bin/python" - "$folder/site" <<'PY'
import sys
from pathlib import Path

page = Path(sys.argv[1], "chapters", "page.html")
print(page.read_text().strip(), "Its time is", int(page.stat().st_mtime))
assert int(page.stat().st_mtime) == 1_700_000_000
PY
