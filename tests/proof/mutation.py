"""The claim that the tests would notice: small faults are put into the mathematics and the judge, and the tests must fail.

`tests/mutation/modules.toml` names the modules, and the tests that each meets; `survivors.toml` has the faults that change
nothing, each with its reason. Verdicts are kept in .cache/mutation, and hold as long as no file changes that they hang on.
With modules as arguments only these are tried, what survives is shown, and nothing is recorded.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from record import ROOT, claim

FOLDER = ROOT / "tests/mutation"
KEPT = ROOT / ".cache/mutation"
TOGETHER = 2  # modules at a time
LEAST = 95.0  # percent of the mutants that the tests must kill


def verdicts(module, tests):
    """Return the verdicts on a module's mutants, and how many places were left out, by the reason."""
    kept = KEPT / f"{module.replace('/', '.')}.json"
    state = state_of(tests)
    if kept.is_file() and (before := json.loads(kept.read_text(encoding="utf-8")))["state"] == state:
        return before["verdicts"], before["left_out"]
    written = json.loads(output([KEPT / "bin/python", FOLDER / "mutants.py", module]))
    mutants = "".join(json.dumps({"module": module, **mutant}) + "\n" for mutant in written["mutants"])
    lines = output([sys.executable, FOLDER / "trial.py", json.dumps({module: tests})], mutants).splitlines()
    told = {"state": state, "left_out": written["left_out"], "verdicts": [json.loads(line) for line in lines]}
    kept.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    return told["verdicts"], told["left_out"]


def output(command, given=""):
    """Return what a command writes."""
    return subprocess.run(command, cwd=ROOT, check=True, input=given, stdout=subprocess.PIPE, text=True).stdout


def state_of(tests):
    """Return what stands for the files that a verdict hangs on."""
    files = [*ROOT.glob("nnlib/**/*.py"), *ROOT.glob("tests/*.py"), *FOLDER.glob("*.py"), FOLDER / "requirements.txt"]
    files += [ROOT / "tests/package" / f"{name}.py" for name in tests]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def explained(survivors, told):
    """Return the survivors that nobody has explained; raise where an explanation is of no survivor."""
    reasons = {(one["module"], one["was"], becomes): one["why"] for one in told for becomes in one["becomes"]}
    left = {(one["module"], one["was"], one["becomes"]) for one in survivors}
    if stale := sorted({*reasons} - left):
        raise SystemExit("These are explained, but no such mutant survives:\n" + "\n".join(map(" | ".join, stale)))
    return [one for one in survivors if (one["module"], one["was"], one["becomes"]) not in reasons]


def read(path):
    """Return a file of TOML."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def main(*chosen):
    """Try the mutants of all modules, or of those that were chosen."""
    tests = read(FOLDER / "modules.toml")["tests"]
    modules = chosen or [*tests]
    with ThreadPoolExecutor(TOGETHER) as pool:
        found = dict(zip(modules, pool.map(lambda module: verdicts(module, tests[module]), modules), strict=True))
    survivors = [mutant for of_one, _ in found.values() for mutant in of_one if not mutant["killed"]]
    told = [one for one in read(Path(__file__).with_name("survivors.toml"))["survivor"] if one["module"] in modules]
    unexplained = explained(survivors, told)
    for one in unexplained:
        print(f"{one['module']}:{one['line']} survives {one['tests']} tests: {one['was']} → {one['becomes']}")
    figures = {"modules": len(modules), "names": ", ".join(map(short, modules))}
    for module, (of_one, _) in found.items():
        figures |= {f"{short(module)}_tried": len(of_one), f"{short(module)}_killed": sum(one["killed"] for one in of_one)}
        print(f"{module}: {figures[f'{short(module)}_killed']} of {len(of_one)} killed")
    tried = sum(len(of_one) for of_one, _ in found.values())
    figures |= {"tried": tried, "killed": tried - len(survivors), "share": round(100 * (1 - len(survivors) / tried), 1)}
    figures |= {"explained": len(survivors) - len(unexplained), "unexplained": len(unexplained)}
    for reason in ("texts", "annotations", "signs"):
        figures[reason] = sum(left_out.get(reason, 0) for _, left_out in found.values())
    if figures["share"] < LEAST or unexplained:
        raise SystemExit(f"The tests must kill {LEAST} %, and what survives must be explained: {figures}")
    return figures


def short(module):
    """Return the name of a module without its folder."""
    return Path(module).stem


if __name__ == "__main__":
    if sys.argv[1:]:
        print(main(*sys.argv[1:]))
    else:
        with claim("mutation") as figures:
            figures |= main()
