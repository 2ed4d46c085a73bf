"""What is left of Pyodide's core and script: all that is used, and little else."""

import pytest

from book.engine.trim import exported, imported, sections, trimmed_script, with_exports


def number(value):
    """Return a number in LEB128, as long as the specification's own examples are."""
    low, high = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + number(high) if high else bytes([low])


def section(which, *entries):
    content = number(len(entries)) + b"".join(entries)
    return bytes([which]) + number(len(content)) + content


def name(text):
    return number(len(text.encode())) + text.encode()


HEAD = b"\0asm\1\0\0\0"
LONG = "long_" * 60  # its length takes two bytes
MODULE = HEAD + section(1, b"\x60\0\0") + section(7, name("first") + b"\0\0", name(LONG) + b"\0\1", name("φ") + b"\3\xc8\1")


def names(module):
    [content] = [content for which, content in sections(module) if which == 7]
    return [found for found, _ in exported(content)]


def test_only_the_named_exports_stay_and_all_else_stays_as_it_was():
    assert names(MODULE) == ["first", LONG, "φ"]
    assert with_exports(MODULE, {"first", LONG, "φ", "other"}) == MODULE
    less = with_exports(MODULE, {"φ"})
    assert less == HEAD + section(1, b"\x60\0\0") + section(7, name("φ") + b"\3\xc8\1")


def test_the_imports_of_every_kind_are_found():
    module = HEAD + section(
        2,
        name("env") + name("function") + b"\0\x81\1",
        name("env") + name("table") + b"\1\x70\0\5",
        name("env") + name("bounded_table") + b"\1\x70\1\5\x85\1",
        name("env") + name("memory") + b"\2\1\1\x80\2",
        name("GOT.func") + name("global") + b"\3\x7f\1",
        name("env") + name("last") + b"\0\0",
    )
    assert imported(module) == {"function", "table", "bounded_table", "memory", "global", "last"}


OFFER = 'var _f=Module["_f"]=(a0,a1)=>(_f=Module["_f"]=wasmExports["f"])(a0,a1);'
HAND = "var wasmImports={a:_a};run(wasmImports);"


@pytest.mark.parametrize(
    ("script", "others", "left"),
    [
        (OFFER, "", ""),
        (OFFER + "_f(1,2);", "", OFFER + "_f(1,2);"),
        (OFFER, "module._f()", OFFER),
        ('var _g=Module["_g"]=a0=>(_g=Module["_g"]=wasmExports["g"])(a0);', "", ""),
    ],
)
def test_only_offers_that_nobody_takes_are_left_out(script, others, left):
    assert trimmed_script(HAND + script, others, {"a"}) == HAND + left


def test_only_what_the_core_or_a_library_takes_is_handed_over():
    a, b, c = (f'function _{x}(){{}}Module["_{x}"]=_{x};' for x in "abc")
    script = f"run(wasmImports);{a}{b}{c}" + "var wasmImports={a:_a,b:_b,also_a:_a,c:_c};"
    assert trimmed_script(script, "", {"a"}) == f"run(wasmImports);{a}" + "var wasmImports={a:_a};"
    assert trimmed_script(script, "module._c", {"also_a"}) == f"run(wasmImports);{a}{c}" + "var wasmImports={also_a:_a};"


def test_what_is_handed_over_by_one_word_for_name_and_function_is_read_as_well():
    a, b = (f"function {x}(){{}}Module['{x}']={x};" for x in "ab")
    script = f"run(wasmImports);{a}{b}" + "var wasmImports={a,b,c:_c};"
    assert trimmed_script(script, "", {"a"}).endswith("var wasmImports={a};")
