"""`make audit` passes only when all of it could be done and nothing was found; with programs that write what the real ones write."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import audit
from recorded_audits import NPM_AUDIT, PIP_AUDIT, SKIPPED, cyclonedx


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A project of one Python and one npm package, and programs that print what they are told to."""

    def make(**prints: Any) -> Path:
        root = tmp_path / "project"
        (root / "supply").mkdir(parents=True)
        (root / "bin").mkdir()
        lock = "attrs==1.0 \\\n    --hash=sha256:ab\nbabel==1.0 \\\n    --hash=sha256:cd\n"
        (root / "requirements.lock").write_text(lock)
        (root / "supply/audit.lock").write_text(lock)
        (root / "package.json").write_text('{"name": "x", "private": true}')
        entry = {"version": "1.0.0", "license": "MIT", "integrity": "sha512-x"}
        (root / "package-lock.json").write_text(json.dumps({"packages": {"": {}, "node_modules/@a/b": entry}}))
        (root / "supply/licences.toml").write_text(
            'permissive = ["MIT"]\nchanges-shared = []\nfonts = []\n[only]\n[inside]\n'
        )
        (root / "supply/flaws.toml").write_text("[accepted]\n")
        npm_bom = {
            "serialNumber": "urn:1",
            "metadata": {"timestamp": "now"},
            "components": [{"bom-ref": "b", "purl": "pkg:npm/%40a/b@1.0.0"}],
        }
        answers = {
            "cyclonedx-py": cyclonedx(),
            "pip-licenses": [{"Name": n, "Version": "1.0", "License": "MIT"} for n in ("attrs", "babel", "pip")],
            "pip-audit": {"dependencies": []},
            "npm sbom": npm_bom,
            "npm audit": {"auditReportVersion": 2, "vulnerabilities": {}},
        } | {name.replace("_", " "): value for name, value in prints.items()}
        for name in ("cyclonedx-py", "pip-licenses", "pip-audit", "npm"):
            script = "".join(
                f"[ \"$1\" != '{command.partition(' ')[2]}' ] || cat '{_answer(root, command, value)}'\n"
                if " " in command
                else f"cat '{_answer(root, command, value)}'\n"
                for command, value in answers.items()
                if command.split()[0] == name and value is not None
            )
            file = root / "bin" / name
            file.write_text(f"#!/bin/sh\n{script or 'echo no network >&2; exit 1'}\n")
            file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}")
        return root

    return make


def _answer(root: Path, command: str, value: Any) -> Path:
    file = root / f"{command.replace(' ', '-')}.answer"
    file.write_text(value if isinstance(value, str) else json.dumps(value))
    return file


def run(root: Path, *more: str) -> int:
    return audit.main(["--root", str(root), "--tools", "bin", *more])


def test_a_sound_project_passes_and_has_its_reports(
    project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = project()
    assert run(root) == 0
    assert capsys.readouterr().err == "packages: sound\nlicences: sound\nflaws: sound\n"
    names = ["licences.md", "sbom-npm.cdx.json", "sbom-python.cdx.json", "vulnerabilities.md"]
    first = {name: (root / "dist/audit" / name).read_bytes() for name in names}
    assert sorted(file.name for file in (root / "dist/audit").iterdir()) == names
    assert "| @a/b | 1.0.0 | npm | MIT |" in first["licences.md"].decode()
    assert "No flaw is known" in first["vulnerabilities.md"].decode()
    assert run(root) == 0
    assert {name: (root / "dist/audit" / name).read_bytes() for name in names} == first


@pytest.mark.parametrize(
    ("prints", "told"),
    [
        ({"pip-audit": {"dependencies": [SKIPPED]}}, "could not look up 1 package, so nothing is known of them"),
        ({"pip-audit": PIP_AUDIT}, "holed 2.0 has a known flaw"),
        ({"pip-audit": None}, "pip-audit could not look at requirements.lock: pip-audit: no network"),
        ({"pip-audit": "<html>"}, "pip-audit could not look at requirements.lock"),
        ({"npm_audit": {"message": "405 Method Not Allowed"}}, "npm audit could not look at package-lock.json: 405"),
        ({"npm_audit": NPM_AUDIT}, "minimist <0.2.4 has a known flaw"),
        ({"pip-licenses": [{"Name": "attrs", "Version": "1.0", "License": "AGPL-3.0"}]}, "has the licence 'AGPL-3.0'"),
        (
            {"pip-licenses": [{"Name": "attrs", "Version": "1.0", "License": "MIT"}]},
            "babel 1.0 is in requirements.lock but",
        ),
        ({"cyclonedx-py": None}, "cyclonedx-py: no network"),
        (
            {"npm_sbom": {"metadata": {}, "components": []}},
            "@a/b is in package-lock.json but not in the list of packages",
        ),
    ],
)
def test_what_is_wrong_or_could_not_be_done_fails_the_command(
    project: Callable[..., Path], capsys: pytest.CaptureFixture[str], prints: dict[str, Any], told: str
) -> None:
    assert run(project(**prints)) == 1
    err = capsys.readouterr().err
    assert told in err
    assert all(part in err for part in ("packages:", "licences:", "flaws:")), (
        "one part that fails keeps none from running"
    )


def test_a_tool_that_is_not_there_is_named(project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    root = project()
    (root / "bin/pip-licenses").unlink()
    assert run(root, "licences") == 1
    assert "pip-licenses cannot be run: No such file or directory" in capsys.readouterr().err
