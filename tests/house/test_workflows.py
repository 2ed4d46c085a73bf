"""What continuous integration promises: its jobs are there, and run no program of others that can change by itself."""

import re
from pathlib import Path

import pytest
import smoke
import yaml
from engines.needs import NEEDS

ROOT = Path(__file__).parents[2]
WORKFLOWS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").iterdir()}
INSTALL = (
    "sudo apt-get update && sudo apt-get install --yes webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb xauth"  # Firefox is there
)
JOBS = {
    "test": ["quick", "full", "engines", "readers", "peers"],
    "publish": ["book", "engine", "publish"],
    "release": ["gather", "release"],
    "audit": ["audit"],
}


def faults(text):
    """Return what is wrong with a workflow, job by job."""
    found = []
    for name, job in yaml.safe_load(text)["jobs"].items():
        if "timeout-minutes" not in job:
            found.append(f"{name} may run for ever")
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        found += [f"{name} uses {action}" for action in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)]
    return found


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_and_every_job_ends(name):
    assert faults(WORKFLOWS[name]) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (("@11bd71901bbe5b1630ceea73d27597364c9af683", "@v4"), "quick uses actions/checkout@v4"),
        (("timeout-minutes: 20", "name: q"), "quick may run for ever"),
    ],
)
def test_a_job_that_is_not_pinned_or_does_not_end_is_found(planted, fault):
    assert fault in faults(WORKFLOWS["test"].replace(*planted))


def test_the_jobs_are_there_and_a_pull_request_starts_them_once():
    workflows = {name: yaml.safe_load(text) for name, text in WORKFLOWS.items()}
    assert {name: list(workflow["jobs"]) for name, workflow in workflows.items()} == JOBS
    jobs = workflows["test"]["jobs"]
    assert {system.partition("-")[0] for system in jobs["readers"]["strategy"]["matrix"]["system"]} == {"windows", "macos"}
    run = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
    assert (run["full"], run["engines"]) == ([".ci/run"], [INSTALL, "make engines"])
    triggers = {name: set(workflow[True]) for name, workflow in workflows.items()}  # YAML reads the key `on` as true
    assert triggers == {
        "test": {"pull_request", "workflow_dispatch", "schedule"},
        "publish": {"push", "workflow_dispatch"},
        "release": {"push"},
        "audit": {"pull_request", "workflow_dispatch", "schedule"},
    }
    assert workflows["publish"][True]["push"] == {"branches": ["main"]} and workflows["release"][True]["push"] == {
        "tags": ["v*"]
    }
    assert "pull_request" in jobs["peers"]["if"] and {"run": "make peers"}.items() <= jobs["peers"]["steps"][-1].items()
    assert [step["run"] for step in workflows["audit"]["jobs"]["audit"]["steps"] if "run" in step] == [
        "make audit",
        "make sbom",
    ]


def test_what_the_workflows_install_is_all_that_the_engines_need():
    packages = {package for engine in NEEDS.values() for package in engine.values()}
    assert packages - {"firefox-esr"} == {*INSTALL.partition("--yes ")[2].split()}


def test_the_release_of_the_engine_is_what_was_tested_and_no_other_job_may_write():
    workflows = [yaml.safe_load(text) for text in WORKFLOWS.values()]
    jobs = {name: job for workflow in workflows for name, job in workflow["jobs"].items()}
    assert {name for name, job in jobs.items() if "write" in job.get("permissions", {}).get("contents", "")} == {
        "engine",
        "release",
    }
    assert all(workflow["permissions"] == {"contents": "read"} for workflow in workflows)
    assert jobs["engine"]["needs"] == "book"


def test_a_release_is_what_was_tested_and_its_maker_is_attested_by_a_job_that_runs_nothing_of_ours():
    jobs = yaml.safe_load(WORKFLOWS["release"])["jobs"]
    ran = [step["run"] for step in jobs["gather"]["steps"] if "run" in step]
    assert [line.split(" ADDRESS")[0] for line in ran] == [
        'python tools/release.py "$GITHUB_REF_NAME"', 'make release TAG="$GITHUB_REF_NAME"', ".ci/run", "make audit",
    ]  # fmt: skip
    assert "permissions" not in jobs["gather"] and jobs["release"]["needs"] == "gather"
    assert jobs["release"]["permissions"] == {"contents": "write", "id-token": "write", "attestations": "write"}
    used = [step["uses"].partition("@")[0] for step in jobs["release"]["steps"] if "uses" in step]
    assert used == ["actions/download-artifact", "actions/attest-build-provenance"]
    told = " ".join(step["run"] for step in jobs["release"]["steps"] if "run" in step)
    assert "sha256sum --check --strict" in told and "--verify-tag" in told
    assert not {"make", "python", "pip", "npm"} & {*told.split()}


def test_the_smoke_test_takes_the_package_tests_alone():
    names = {path.name for path in smoke.package_tests()}
    modules = {path.stem for path in (ROOT / "nnlib").glob("*.py")} - {"__init__", "palette"}
    assert {f"test_{module}.py" for module in modules} <= names
    assert not {"test_freeze.py", "test_still.py", "test_twice.py", "test_workflows.py"} & names
