"""Trim Pyodide's core and its script to what a page uses.

The core exports nearly ten thousand functions, so that any package can be linked with it; its script has a line for most of
them, and hands a thousand of its own to the core: graphics, sound and more. Each costs bytes, and time at every start, and
few are used: those that the core or a library of NumPy imports, or that a script names.
"""

import re
import zipfile

from book.engine.shake import shaken, words

IMPORTS, EXPORTS = 2, 7  # numbers of sections, from the WebAssembly Core Specification 2.0, section 5.5
FUNCTION, TABLE, MEMORY, GLOBAL = range(4)  # kinds of what is imported
# What the script hands to the core and to libraries, as name:function, or as one word for both.
HANDED = re.compile(r"var wasmImports=\{([^{}]*)\};")


def trim(engine, scripts):
    """Trim the core and its script in the folder `engine`; `scripts` are texts that use them, too."""
    core, script = engine / "pyodide.asm.wasm", engine / "pyodide.asm.js"
    module, others = core.read_bytes(), "\n".join([*scripts, (engine / "pyodide.mjs").read_text(encoding="utf-8")])
    by_libraries = set()
    for wheel in engine.glob("*.whl"):
        with zipfile.ZipFile(wheel) as files:
            by_libraries.update(*(imported(files.read(path)) for path in files.namelist() if path.endswith(".so")))
    text = trimmed_script(script.read_text(encoding="utf-8"), others, by_libraries | imported(module))
    script.write_text(text, encoding="utf-8")
    core.write_bytes(with_exports(module, by_libraries | words(text, others)))


def trimmed_script(script, others, wanted):
    """Return Pyodide's script without what nobody takes.

    What is in `wanted` is taken by the core or a library, and what `others` name is taken by these scripts.
    """
    kept = ",".join(entry for entry in HANDED.search(script)[1].split(",") if entry.split(":")[0] in wanted)
    return shaken(HANDED.sub(lambda _: f"var wasmImports={{{kept}}};", script), "var wasmImports", [others])


def with_exports(module, names):
    """Return a WebAssembly module that exports, of what it did, only what is in `names`."""
    parts = [module[:8]]
    for number, content in sections(module):
        if number == EXPORTS:
            kept = [entry for name, entry in exported(content) if name in names]
            content = _number(len(kept)) + b"".join(kept)
        parts += [bytes([number]), _number(len(content)), content]
    return b"".join(parts)


def sections(module):
    """Yield the number and the content of each section of a WebAssembly module."""
    at = 8
    while at < len(module):
        length, start = _read(module, at + 1)
        yield module[at], module[start : start + length]
        at = start + length


def exported(content):
    """Yield, of a section of exports, each name and the bytes of its entry."""
    count, at = _read(content, 0)
    for _ in range(count):
        name, end = _name(content, at)
        _, end = _read(content, end + 1)
        yield name, content[at:end]
        at = end


def imported(module):
    """Return the names that a WebAssembly module imports, from wherever."""
    [content] = [content for number, content in sections(module) if number == IMPORTS]
    count, at = _read(content, 0)
    names = set()
    for _ in range(count):
        _, at = _name(content, at)
        name, at = _name(content, at)
        names.add(name)
        kind, at = content[at], at + 1
        if kind == FUNCTION:
            _, at = _read(content, at)
        elif kind == GLOBAL:
            at += 2
        else:
            at = _limits(content, at + 1 if kind == TABLE else at)
    return names


def _limits(content, at):
    bounded, at = content[at] & 1, at + 1
    for _ in range(1 + bounded):
        _, at = _read(content, at)
    return at


def _name(content, at):
    length, start = _read(content, at)
    return content[start : start + length].decode(), start + length


# Numbers stand in LEB128: seven bits in a byte, the lowest first, and the eighth says that more follow.
def _read(content, at):
    number = shift = 0
    while True:
        byte, at = content[at], at + 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, at


def _number(value):
    parts = []
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
