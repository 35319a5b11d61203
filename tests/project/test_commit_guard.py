"""Before a commit: the hooks run with our own tools, and secrets, huge files and half-merged files are refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from commit_guard import BIBLIOGRAPHY, MAX_BIBLIOGRAPHY, MAX_BYTES, SECRETS, faults, twins
from conftest import ROOT, run
from evidence.model import data_files
from evidence.sources.read import MAX_BYTES as MAX_READ

HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]


def test_nothing_is_fetched_to_check_a_commit() -> None:
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert {hook["language"] for hook in HOOKS[0]["hooks"]} == {"system"}


@pytest.mark.parametrize("hook", HOOKS[0]["hooks"], ids=lambda hook: hook["id"])
def test_a_hook_runs_and_passes(hook: dict[str, Any], tmp_path: Path) -> None:
    """Each command as it stands, with the interpreter of this run in the place of .venv/."""
    program, *arguments = hook["entry"].split()
    if program.startswith(".venv/bin/"):
        program = str(Path(sys.executable).parent / program.removeprefix(".venv/bin/"))
    else:
        assert program == "make"
        arguments += [f"READY={_empty(tmp_path / 'ready')}", f"BIN={Path(sys.executable).parent}"]
    assert shutil.which(program), hook["entry"]
    files = (
        [] if hook.get("pass_filenames") is False else ["hooks/commit_guard.py", "tests/project/test_commit_guard.py"]
    )
    done = subprocess.run([program, *arguments, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _empty(file: Path) -> Path:
    file.write_text("")
    return file


TOKENS = [
    "-----BEGIN RSA PRIVATE " + "KEY-----",
    "-----BEGIN PRIVATE " + "KEY-----",
    "ghp_" + "a1" * 18,
    "github_pat_" + "a1" * 41,
    "glpat-" + "a1" * 10,
    "AKIA" + "ABCD" * 4,
    "xoxb-" + "1234567890-ab",
    "AIza" + "a" * 35,
    "npm_" + "a1" * 18,
    "pypi-AgE" + "a1" * 30,
    "sk_" + "live_" + "a1" * 12,
    ".".join(("eyJ" + "a1" * 10, "eyJ" + "b2" * 10, "c3" * 10)),
    "https://someone:" + "secret@www.example.org/",
]


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:8])
def test_a_secret_is_refused_and_not_repeated(token: str) -> None:
    (fault,) = faults("a.txt", f"first line\nkey = {token}\n".encode())
    assert fault.startswith("a.txt:2: this looks like ")
    assert token not in fault


def test_each_sort_of_secret_has_an_example() -> None:
    seen = {what for token in TOKENS for what, pattern in SECRETS.items() if pattern.match(token)}
    assert sorted(set(SECRETS) - seen) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.org/a:b@c",
        "mailto:someone@example.org",
        "ghp_short",
        "https://${USER}:${TOKEN}@host/",
        "=======",
    ],
)
def test_what_only_looks_like_a_secret_passes(text: str) -> None:
    assert list(faults("a.txt", text.encode())) == []


def test_huge_and_half_merged_files_and_twins_are_refused() -> None:
    assert "has 500,001 bytes" in next(faults("a.bin", b"x" * (MAX_BYTES + 1)))
    assert list(faults("a.bin", b"x" * MAX_BYTES)) == []
    assert MAX_BIBLIOGRAPHY == MAX_READ
    assert data_files.BIBLIOGRAPHY == BIBLIOGRAPHY
    assert list(faults(BIBLIOGRAPHY, b"x" * MAX_BIBLIOGRAPHY)) == []
    assert "at most 20,000,000" in next(faults(BIBLIOGRAPHY, b"x" * (MAX_BIBLIOGRAPHY + 1)))
    assert "a.md:2: two versions" in next(faults("a.md", b"one\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> other\n"))
    assert list(twins(["a.md", "b.md"])) == []
    assert list(twins(["docs/A.md", "docs/a.md"])) == [
        "docs/a.md:1: on many computers this is the same file as docs/A.md; rename one"
    ]


def test_a_twin_of_a_file_of_an_earlier_commit_is_refused(tmp_path: Path) -> None:
    """Twins that git keeps already do not stand in the way of other changes."""
    assert list(twins(["c.md", "a.md"], ["c.md", "b.md", "B.md"])) == []

    def guard(*names: str) -> tuple[int, str]:
        result = run(sys.executable, ROOT / "hooks/commit_guard.py", *names, cwd=tmp_path)
        return result.returncode, result.stderr

    for name in ("A.md", "a.md"):
        (tmp_path / name).write_text("words", "utf-8")
    assert guard("a.md") == (0, "")  # no git
    for command in (("init", "--quiet"), ("add", "A.md", "a.md")):
        assert run("git", *command, cwd=tmp_path).returncode == 0
    assert guard("a.md") == (1, "a.md:1: on many computers this is the same file as A.md; rename one\n")


def test_no_file_of_the_project_is_refused() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    files = [name for name in listed if name and (ROOT / name).is_file()]
    assert len(files) > 200
    assert [fault for name in files for fault in faults(name, (ROOT / name).read_bytes())] == []
    assert list(twins(files)) == []
