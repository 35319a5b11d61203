"""What runs at GitHub and GitLab without anyone looking: everything pinned, least rights, and only commands that exist. No secrets in any file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
# Rights that a job may have beyond reading, and which job needs it.
NEEDED = {
    ("publish.yml", "deploy", "pages"),
    ("publish.yml", "deploy", "id-token"),
    ("nightly.yml", "tell", "issues"),
}
AUDITED = "dist/audit/"
# How secrets look that people have published by mistake: private keys (RFC 7468), and tokens as their makers document them. Written so that this file
# passes its own test.
KEYS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE"
    + rb" KEY-----|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{60}|\bglpat-[A-Za-z0-9_-]{20}"
    rb"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bxox[abprs]-[A-Za-z0-9-]{10}|\bAIza[A-Za-z0-9_-]{35}\b|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-AgE[A-Za-z0-9_-]{50}"
)


class Loader(yaml.SafeLoader):
    """YAML as these services read it: `on` is a word."""


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> dict[str, Any]:
    found = yaml.load(file.read_text("utf-8"), Loader)
    assert isinstance(found, dict)
    return found


def jobs(file: Path) -> dict[str, dict[str, Any]]:
    """The jobs of a pipeline, GitHub's or GitLab's."""
    if file != GITLAB:
        return dict(read(file)["jobs"])
    words = {"default", "workflow", "stages", "variables", "include"}
    return {name: job for name, job in read(file).items() if name not in words}


def commands(file: Path) -> Iterator[str]:
    for job in jobs(file).values():
        yield from job.get("script", ())
        yield from (step["run"] for step in job.get("steps", ()) if "run" in step)


def faults(text: str) -> list[str]:
    """What in a workflow of GitHub is not as it should be; also asked of workflows that are wrong on purpose."""
    flow, found = yaml.load(text, Loader), []
    events = (
        flow["on"]
        if isinstance(flow["on"], dict)
        else dict.fromkeys([flow["on"]] if isinstance(flow["on"], str) else flow["on"])
    )
    if "pull_request_target" in events or "workflow_run" in events:
        found.append("runs other people's changes with the rights of this repository")
    if flow.get("permissions") != {"contents": "read"}:
        found.append("permissions are not just to read")
    if "concurrency" not in flow:
        found.append("no concurrency")
    for name, job in flow["jobs"].items():
        if "timeout-minutes" not in job:
            found.append(f"{name}: no timeout")
        image = job.get("container", "")
        several = job.get("strategy", {}).get("matrix", {}).get("image", [])
        for one in several if image == "${{ matrix.image }}" else [image]:
            if one and not re.fullmatch(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}", one):
                found.append(f"{name}: image {one} is not pinned")
        for step in job["steps"]:
            if "uses" in step and not re.search(rf"uses: {re.escape(step['uses'])} # v\d+\.\d+\.\d+$", text, re.M):
                found.append(f"{name}: {step['uses']} has no version in a comment")
            if "uses" in step and not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", step["uses"]):
                found.append(f"{name}: {step['uses']} is not pinned")
            if (
                step.get("uses", "").startswith("actions/checkout@")
                and step.get("with", {}).get("persist-credentials") != "false"
            ):
                found.append(f"{name}: leaves its credentials in the folder")
            if "${{" in step.get("run", ""):
                found.append(f"{name}: text from elsewhere becomes a command")
    return found


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_are_pinned_and_have_least_rights(file: Path) -> None:
    text = file.read_text("utf-8")
    assert faults(text) == []
    for name, job in jobs(file).items():
        for right, level in job.get("permissions", {}).items():
            assert level == "read" or (file.name, name, right) in NEEDED, f"{name}: {right}"
    assert "secrets." not in text, "no job needs a secret"


def test_a_wrong_workflow_is_seen() -> None:
    wrong = (
        "on: [push, pull_request_target]\npermissions: write-all\njobs:\n  a:\n    container: python:3.11\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - run: echo ${{ github.event.issue.title }}\n"
    )
    assert faults(wrong) == [
        "runs other people's changes with the rights of this repository",
        "permissions are not just to read",
        "no concurrency",
        "a: no timeout",
        "a: image python:3.11 is not pinned",
        "a: actions/checkout@v4 has no version in a comment",
        "a: actions/checkout@v4 is not pinned",
        "a: leaves its credentials in the folder",
        "a: text from elsewhere becomes a command",
    ]


def test_one_version_of_each_action_and_one_image() -> None:
    text = "".join(file.read_text("utf-8") for file in (*WORKFLOWS, GITLAB))
    pins: dict[str, set[str]] = {}
    for name, pin in re.findall(r"uses: ([\w./-]+)@(\w+)", text):
        pins.setdefault(name, set()).add(pin)
    assert len(pins) >= 5
    assert all(len(found) == 1 for found in pins.values()), pins
    images = set(re.findall(r"\bpython:3[\w.-]+@sha256:[0-9a-f]{64}", text))
    assert {image.partition("@")[0] for image in images} == {"python:3.11.16-bookworm", "python:3.14.7-bookworm"}
    assert len(images) == 2


def test_the_oldest_and_the_newest_python_are_tried_at_both_services() -> None:
    images = jobs(ROOT / ".github/workflows/test.yml")["python"]["strategy"]["matrix"]["image"]
    assert jobs(GITLAB)["python"]["parallel"]["matrix"] == [{"IMAGE": images}]
    oldest = re.search(r'requires-python = ">=(3\.\d+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert oldest
    assert images[0].startswith(f"python:{oldest[1]}.")


def test_what_is_installed_is_kept_by_the_hash_of_its_lock() -> None:
    """At both services, in each job of a proposed change that installs packages."""
    for job in ("content", "test", "python"):
        keys = [
            s["with"]["key"]
            for s in jobs(WORKFLOWS[-1])[job]["steps"]
            if s.get("uses", "").startswith("actions/cache@")
        ]
        assert any("hashFiles('requirements.lock'" in key for key in keys), job
        caches = jobs(GITLAB)[job]["cache"]
        assert any(
            "requirements.lock" in cache["key"]["files"]
            for cache in (caches if isinstance(caches, list) else [caches])
            if isinstance(cache["key"], dict)
        ), job


@pytest.mark.parametrize(
    ("changed", "quick", "expected"),
    [
        (["data/comparison.yml", "docs/about/index.md"], "", "make test-content"),
        (["bibliography.bib", "mkdocs.yml", "CHANGELOG.md"], "quick", "The content alone has changed"),
        (["docs/index.md", "hooks/evidence/__init__.py"], "", "make test EACH=--most-pages"),
        (["docs-dev/editing.md"], "quick", "make test-quick"),
        (["data-old/x.yml"], "", "make test EACH=--most-pages"),
        ([], "", "make test-content"),
    ],
)
def test_the_tests_are_chosen_by_what_has_changed(
    tmp_path: Path, changed: list[str], quick: str, expected: str
) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    programs(tmp_path, {"make": 'echo "make $*"'})
    git = ("git", "-c", "user.name=Ann", "-c", "user.email=ann@a.example")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "One")):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    for name in changed:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    subprocess.run([*git, "add", "-A"], cwd=tmp_path, check=True)

    def said(**settings: str) -> str:
        settings = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}"} | settings
        command = [".ci/run", *([quick] if quick else [])]
        return subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=True).stdout

    assert said(AGAINST="HEAD").startswith(expected)
    everything = "make test-quick" if quick else "make test EACH=--most-pages"
    assert said() == said(AGAINST="$NOT_SET") == f"{everything}\n", "what is taken in gets all tests"


def test_code_that_has_moved_among_the_pages_is_no_change_of_the_content(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    programs(tmp_path, {"make": 'echo "make $*"'})
    for name in ("hooks", "docs"):
        (tmp_path / name).mkdir()
    (tmp_path / "hooks/one.py").write_text("x = 1\n" * 20)
    git = ("git", "-c", "user.name=Ann", "-c", "user.email=ann@a.example")
    moved = (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "One"), ("mv", "hooks/one.py", "docs/one.md"))
    for command in moved:
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    settings = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "AGAINST": "HEAD"}
    told = subprocess.run([".ci/run"], cwd=tmp_path, env=settings, capture_output=True, text=True, check=True)
    assert told.stdout == "make test EACH=--most-pages\n"


def programs(folder: Path, scripts: dict[str, str]) -> None:
    """Stand-ins for programs, in the folder `bin`."""
    (folder / "bin").mkdir()
    for name, script in scripts.items():
        (folder / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / "bin" / name).chmod(0o755)


WELL = {"audit": {"result": "success"}, "sources": {"result": "success", "outputs": {"news": ""}}}
ILL = {"audit": {"result": "failure"}, "sources": {"result": "success", "outputs": {"news": "- DOI x: told to @ann."}}}


def told(folder: Path, needs: object, issues: object) -> list[str]:
    """What `.ci/tell` asks `gh` to do, with `issues` open."""
    if not (folder / "bin").exists():
        programs(folder, {"gh": """printf '%s\\n' "$*" >> "$LOG"; [ "$2" != list ] || printf '%s' "$ISSUES\""""})
    (folder / "log").unlink(missing_ok=True)
    settings = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "LOG": str(folder / "log"), "ISSUES": json.dumps(issues)}
    settings |= {"GITHUB_SERVER_URL": "https://a.example", "GITHUB_REPOSITORY": "b/c", "GITHUB_RUN_ID": "7"}
    settings |= {"NEEDS": json.dumps(needs)}
    subprocess.run([sys.executable, ROOT / ".ci/tell"], env=settings, check=True)
    return [line for line in (folder / "log").read_text().splitlines() if not line.startswith("issue list")]


def test_one_issue_tells_what_the_night_has_found_and_only_when_it_is_something_else(tmp_path: Path) -> None:
    assert told(tmp_path, WELL, []) == []
    opened = told(tmp_path, ILL, [])
    assert [line.split()[:2] for line in opened[:2]] == [["label", "create"], ["issue", "create"]]
    lines = "- The job “audit” has ended with: failure.\n- DOI x: told to @<!-- -->ann."
    assert lines in "\n".join(opened)
    body = "\n".join(opened).partition("--body ")[2]
    assert told(tmp_path, ILL, [{"number": 4, "body": body.replace("\n", "\r\n")}]) == [], "nothing new, nothing said"
    changed = told(tmp_path, ILL, [{"number": 4, "body": "another"}])
    assert changed[0].startswith("issue edit 4 --body")
    assert changed[-1].startswith("issue comment 4 --body")
    (closed,) = told(tmp_path, WELL, [{"number": 4, "body": body}])
    assert closed.startswith("issue close 4 --comment")


def test_gitlab_is_pinned_too() -> None:
    found = read(GITLAB)
    assert re.fullmatch(r"python:3\.11\.\d+-bookworm@sha256:[0-9a-f]{64}", found["default"]["image"])
    assert "timeout" in found["default"]
    assert "include" not in found
    for name, job in jobs(GITLAB).items():
        assert job.get("image", "$IMAGE") == "$IMAGE", name
        assert "services" not in job, name
        whole = found[job["extends"]] | job if "extends" in job else job
        assert whole["rules"], name
        assert whole["stage"] in found["stages"], name


@pytest.mark.parametrize("file", [*WORKFLOWS, GITLAB], ids=lambda file: file.name)
def test_every_command_exists(file: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    found = list(commands(file))
    assert found
    for command in found:
        words = [word for word in command.split() if word != "-s"]
        if words[0] == "make":
            assert words[1] in targets, command
        elif words[0] == "git":
            assert words[1] == "config", command
        elif words[0] == "{":
            assert command.endswith(' >> "$GITHUB_OUTPUT"\n'), command
        else:
            assert (ROOT / words[0]).stat().st_mode & 0o100, command


def test_both_services_do_the_same() -> None:
    """But for how they are told, and what becomes of it: GitHub has an issue for what the night finds, GitLab writes of a job that fails."""

    def made(*files: Path) -> set[str]:
        return {
            re.sub(r" (?:DIR|ON|SOURCES_FAIL)=\S+| >> .*", "", command)
            for file in files
            for command in commands(file)
            if not command.startswith(("git ", "{ "))
        }

    both = {
        "make check",
        "make -s changed",
        ".ci/run",
        ".ci/run quick",
        "make site",
        "make test-all",
        "make audit",
        "make fuzz FUZZ_SECONDS=60",
        "make sources-check NEWS=dist/news.md",
        "make publish",
    }
    assert made(*WORKFLOWS) == both | {"make exports-table", ".ci/tell"}
    assert made(GITLAB) == both
    nightly = read(ROOT / ".github/workflows/nightly.yml")
    assert nightly["on"]["schedule"][0]["cron"]
    assert nightly["jobs"].keys() == {"strict-build-and-all-tests", "audit", "fuzz", "sources", "tell"}
    assert set(nightly["jobs"]["tell"]["needs"]) == nightly["jobs"].keys() - {"tell"}
    assert [name for name in jobs(GITLAB) if name.startswith("nightly")] == [
        "nightly-build-and-all-tests",
        "nightly-audit",
        "nightly-fuzz",
        "nightly-sources",
    ]


def test_what_an_audit_found_is_kept_whatever_it_found() -> None:
    """Of every job that makes one, at both services."""
    audits = 0
    for file in WORKFLOWS:
        for name, job in jobs(file).items():
            steps = job["steps"]
            if not any(step.get("run") == "make audit" for step in steps):
                continue
            audits += 1
            kept = [step for step in steps if step.get("with", {}).get("path") == AUDITED]
            assert [(step["uses"].partition("@")[0], step["if"]) for step in kept] == [
                ("actions/upload-artifact", "always()")
            ], f"{file.name}: {name}"
            assert steps.index(kept[0]) > steps.index({"run": "make audit"})
    assert audits == 2
    kept = [job["artifacts"] for job in jobs(GITLAB).values() if "make audit" in job["script"]]
    assert [(artefacts["when"], artefacts["paths"]) for artefacts in kept] == [("always", [AUDITED])] * 2


def test_every_lock_file_that_changes_is_audited() -> None:
    """At both services, before a change is taken in."""
    proposed = read(ROOT / ".github/workflows/audit.yml")
    assert proposed["on"].keys() == {"pull_request"}
    assert "permissions" not in proposed["jobs"]["audit"], "the rights of the whole workflow, to read, are enough"
    watched = proposed["on"]["pull_request"]["paths"]
    assert jobs(GITLAB)["dependencies"]["rules"][0]["changes"] == watched
    assert {"supply/*", "tests/engines/*", "tests/fuzz/*", "pyproject.toml"} <= set(watched)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "*.lock", "*package-lock.json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    locks = [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    assert len(locks) >= 6
    unwatched = [name for name in locks if name not in watched and f"{name.rpartition('/')[0]}/*" not in watched]
    assert unwatched == []


def test_changes_from_outside_are_reviewed_for_what_they_bring_in() -> None:
    uses = [step.get("uses", "") for step in jobs(ROOT / ".github/workflows/test.yml")["dependencies"]["steps"]]
    assert any(name.startswith("actions/dependency-review-action@") for name in uses)
    assert jobs(GITLAB)["dependencies"]["script"] == ["make audit"]
    updates = read(ROOT / ".github/dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip", "npm"}


def test_no_file_holds_a_key() -> None:
    """Of all that git keeps, and would publish with the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    names = [name for name in listed.decode().split("\0") if name]
    assert len(names) > 100
    found = []
    for name in names:
        file = ROOT / name
        if file.is_file():
            found += [f"{name}: {match[0][:12].decode()}..." for match in KEYS.finditer(file.read_bytes())]
    assert found == []


@pytest.mark.parametrize(
    "key",
    [
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "AKIA" + "A" * 16,
        "ghp_" + "a1" * 18,
        "glpat-" + "a" * 20,
    ],
)
def test_a_key_is_seen(key: str) -> None:
    assert KEYS.search(f"x = '{key}'\n".encode())
