"""Try mutants: each meets the tests in a process of its own, until one of them notices.

    python tests/mutation/trial.py '{"nnlib/losses.py": ["test_losses"]}' <mutants.jsonl >verdicts.jsonl

The process is a fork of one that has imported everything but nnlib, so that a mutant takes a fraction of a second. A mutant
meets only the tests that run the function it is in, the quickest first: they are found by watching one run of the tests.
A test that fails, an import that does, a crash, an endless loop, and memory without an end all kill it.
"""

import ast
import importlib.machinery
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = 4 * 2**30
NOTICED = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR}
LONGEST = 1800  # seconds until a mutant that waits, and computes nothing, is ended
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:faulthandler"]


class Watch:
    """Notes for each test how long it takes, and which functions of a file it runs, by their first lines."""

    def __init__(self, path):
        self.path = str(path)
        self.tests = {}
        self.now = self.outside = set()

    def note(self, frame, event, argument):
        if event == "call" and frame.f_code.co_filename == self.path:
            self.now.add(frame.f_code.co_firstlineno)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.now, began = set(), time.process_time()
        try:
            return (yield)
        finally:
            self.tests[item.nodeid] = time.process_time() - began, sorted(self.now)
            self.now = self.outside


class Chosen:
    """Runs some tests only, in this order."""

    def __init__(self, names):
        self.order = {name: i for i, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        items[:] = sorted((item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid])


class Mutant(importlib.machinery.SourceFileLoader):
    """Finds and loads a module with another program than its file has."""

    def __init__(self, module, source):
        super().__init__(module.removesuffix(".py").replace("/", "."), str(ROOT / module))
        self.program = source

    def find_spec(self, name, path=None, target=None):
        """Return how to load the module, or None for any other."""
        return importlib.machinery.ModuleSpec(name, self, origin=self.path) if name == self.name else None

    def get_code(self, name):
        return compile(self.program, self.path, "exec", dont_inherit=True)


class Module:
    """A module and the tests that it meets."""

    def __init__(self, module, names):
        self.path = ROOT / module
        self.spans = [*spans(ast.parse(self.path.read_text(encoding="utf-8")))]
        self.tests, self.outside = watched(self.path, [f"tests/package/{name}.py" for name in names])
        self.seconds = 20 + int(3 * sum(took for took, _ in self.tests.values()))

    def meeting(self, line):
        """Return the tests that a change of a line meets, the quickest first."""
        first, last = next(((first, last) for first, body, last in self.spans if body <= line <= last), (0, 0))
        quickest = sorted(self.tests, key=lambda name: self.tests[name][0])
        if not first or any(first <= run <= last for run in self.outside):
            return quickest  # it runs when the module is imported
        return [name for name in quickest if any(first <= run <= last for run in self.tests[name][1])]

    def verdict(self, mutant):
        """Return how the tests ended on a mutant, 0 where none noticed, and how many it met."""
        chosen = self.meeting(mutant["line"])
        files = [*dict.fromkeys(name.partition("::")[0] for name in chosen)]

        def meet(told):
            sys.meta_path.insert(0, Mutant(mutant["module"], mutant["source"]))
            return pytest.main([*OPTIONS, *files], plugins=[Chosen(chosen)])

        code = forked(meet, os.devnull, self.seconds)[0] if chosen else 0
        if code > 0 and code not in NOTICED:
            raise SystemExit(f"The trial itself failed, with {code}: {mutant['was']!r} → {mutant['becomes']!r}")
        return {"killed": code != 0, "code": code, "tests": len(chosen)}


def spans(node):
    """Yield the first line, the first of its body, and the last line of each outermost function, methods among them."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.FunctionDef):
            first = min([inner.lineno, *(mark.lineno for mark in inner.decorator_list)])
            yield first, inner.body[0].lineno, inner.end_lineno
        elif isinstance(inner, ast.ClassDef):
            yield from spans(inner)


def watched(path, files):
    """Return {test: (seconds, the first lines of the functions of a file that it runs)}, and those run outside of tests."""

    def watch(told):
        watching = Watch(path)
        sys.setprofile(watching.note)
        code = pytest.main([*OPTIONS, *files], plugins=[watching])
        sys.setprofile(None)
        told.write(json.dumps([watching.tests, sorted(watching.outside)]))
        return code

    code, told = forked(watch, "/dev/stderr", LONGEST)
    if code:
        raise SystemExit(f"{path} cannot be judged by tests that do not pass as it is: {files}")
    return json.loads(told)


def forked(work, output, seconds):
    """Do some work in another process; return how it ended, and what it told. `seconds` are of its own computing."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = pytest.ExitCode.USAGE_ERROR
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(0)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for stream in (1, 2):
                os.dup2(os.open(output, os.O_WRONLY), stream)
            with open(writer, "w", encoding="utf-8") as told:
                code = work(told)
        finally:
            os._exit(code)
    os.close(writer)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(LONGEST)
    with open(reader, encoding="utf-8") as told:
        text = told.read()
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return os.waitstatus_to_exitcode(status), text


def main():
    """Read mutants, and write the verdict on each."""
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the tests here need no plugin
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]
    for name in ("hypothesis.extra.numpy", "chromium", "web"):
        __import__(name)
    assert not any(name.partition(".")[0] == "nnlib" for name in sys.modules)
    tests, modules = json.loads(sys.argv[1]), {}
    for line in sys.stdin:
        mutant = json.loads(line)
        module = mutant["module"]
        if module not in modules:
            modules[module] = Module(module, tests[module])
        verdict = modules[module].verdict(mutant)
        del mutant["source"]
        print(json.dumps(mutant | verdict, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
