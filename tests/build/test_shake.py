"""What is shaken out of a script: the declarations that nothing reaches, and nothing else."""

import subprocess

import pytest

from book.engine.shake import shaken, words
from book.node import node


def inside(statements, *others):
    """Shake `statements` as the body of a function, and return what is left of them."""
    before, after = "var made=(()=>{var unused=1;return function(options){", "}})();"
    script = shaken(f"{before}start(options);{statements}{after}", "start(", others)
    assert script.startswith(f"{before}start(options);")
    assert script.endswith(after)
    return script[len(f"{before}start(options);") : -len(after)]


@pytest.mark.parametrize(
    "unreached",
    [
        "function f(){}", "var f=()=>{};", "var f=function(){run()};", "let f={a(){run()}};", "const f=[1,2];", "var f='{';",
        'function f(){}f.sig="vi";', 'var f=1;Module["f"]=f;',
        'function f(){g()}function g(){f()}f.isAsync=true;',
    ],
)  # fmt: skip
def test_what_nothing_reaches_goes(unreached):
    assert inside(unreached) == ""
    assert inside("keep();" + unreached + "function keep(){}") == "keep();function keep(){}"


@pytest.mark.parametrize(
    "reached",
    [
        "var f=()=>{};f();", "f();function f(){g()}function g(){}", 'call("f");function f(){}', "function f(){}window.use={f};",
        'f();function f(){}f.sig="vi";Module["f"]=f;', "var f=`${g}`;", "if(f)stop();var f=1;", "try{f()}catch{}function f(){}",
    ],
)  # fmt: skip
def test_what_something_reaches_stays(reached):
    assert inside(reached) == reached


@pytest.mark.parametrize(
    "acts",
    ["var f=run();", "var f=new Thing;", "let f=x=1;", "var f=run(),g=1;", "const{f}=all;", "class F{}", "f||=1;", "var f;",
     "f.g=run();", "Module[name]=run();", 'Module["f"]=g;function g(){}', 'Module["f"]=f;'],
)  # fmt: skip
def test_what_does_something_stays_though_nothing_reaches_it(acts):
    assert inside(acts) == acts


def test_what_another_script_names_stays():
    script = "function f(){g()}function g(){}function h(){}"
    assert inside(script, "module.f()") == "function f(){g()}function g(){}"


def test_braces_in_strings_templates_and_regular_expressions_are_none():
    script = "const f=a=>a.replace(/[{}'/]/g,`{${a?'}':\"{\"}`);run(f);function gone(){return'}'}"
    assert inside(script) == script.removesuffix("function gone(){return'}'}")


def test_a_shaken_script_does_what_it_did(tmp_path):
    script = """var start=()=>{},log=[];start();function twice(x){return add(x,x)}function add(a,b){return a+b}
        function idle(){return"}"}var ten=10;console.log(twice(ten));"""
    less = shaken(script, "start(", [])
    assert "idle" not in less
    for text in (script, less):
        path = tmp_path / "script.js"
        path.write_text(text, encoding="utf-8")
        assert subprocess.run([node(), path], check=True, capture_output=True, text=True).stdout == "20\n"


def test_a_script_that_can_not_be_read_is_refused():
    with pytest.raises(ValueError, match="can't be read"):
        shaken("start();var f=(;", "start(", [])


def test_a_word_is_a_whole_name():
    assert words("a$b(_c.d1)", "é") == {"a$b", "_c", "d1", "é"}
