"""What each engine needs on this machine: which programs, of which packages, and how they are installed where we may."""

import os
import shutil
import subprocess
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
LONGEST = 900  # seconds that an installation may take


def where(program):
    """Return the path of a program, or None."""
    if program == "MiniBrowser":
        return max((str(path) for folder in FOLDERS for path in Path("/").glob(f"{folder[1:]}/{program}")), default=None)
    return next(filter(None, map(shutil.which, NAMES.get(program, (program,)))), None)


def lacking(engine):
    """Return what an engine lacks here, {program: package}."""
    return {program: package for program, package in NEEDS[engine].items() if where(program) is None}


def missing(engine):
    """Return what an engine lacks here, in words, with the command that installs it; nothing where all is there."""
    lacks = lacking(engine)
    if not lacks:
        return ""
    packages = " ".join(dict.fromkeys(lacks.values()))
    return f"{engine} can't be driven: there is no {', no '.join(lacks)}. On Debian or Ubuntu: apt-get install {packages}"


def install(engines):
    """Install what these engines lack, where the system's packages are ours to install; `missing` says what still lacks."""
    packages = dict.fromkeys(package for engine in engines for package in lacking(engine).values())
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", *packages]):
        print("$", *command, flush=True)
        try:
            status = subprocess.run(command, check=False, timeout=LONGEST, stdin=subprocess.DEVNULL, env=quiet).returncode
        except (OSError, subprocess.TimeoutExpired) as error:
            status = error
        if status != 0:
            print(f"{' '.join(command)}: {status}", flush=True)
