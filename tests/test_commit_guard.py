"""Before a commit: the hooks run with our own tools, and secrets, huge files and half-merged files are refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from commit_guard import MAX_BYTES, faults, twins
from conftest import ROOT

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
    files = [] if hook.get("pass_filenames") is False else ["hooks/commit_guard.py", "tests/test_commit_guard.py"]
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
    "https://someone:" + "secret@www.example.org/",
]


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:8])
def test_a_secret_is_refused_and_not_repeated(token: str) -> None:
    (fault,) = faults("a.txt", f"first line\nkey = {token}\n".encode())
    assert fault.startswith("a.txt:2: this looks like ")
    assert token not in fault


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
    assert "a.md:2: two versions" in next(faults("a.md", b"one\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> other\n"))
    assert list(twins(["a.md", "b.md"])) == []
    assert list(twins(["docs/A.md", "docs/a.md"])) == [
        "docs/a.md:1: on many computers this is the same file as docs/A.md; rename one"
    ]


def test_no_file_of_the_project_is_refused() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    files = [name for name in listed if name and (ROOT / name).is_file()]
    assert len(files) > 200
    assert [fault for name in files for fault in faults(name, (ROOT / name).read_bytes())] == []
    assert list(twins(files)) == []
