"""The environment that `make` sets up: made beside the old one from lock files with hashes, and in its place only when it is whole."""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import ROOT, run
from evidence_publish import environment as maker
from evidence_publish.environment import HOLDS, STORE, ToolsError, environment, main


def wheel(folder: Path, version: str) -> str:
    """The line of a lock file for a package that is made on the spot, so that no test needs a network."""
    info = f"tiny-{version}.dist-info"
    parts = {
        "tiny.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    file = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
        hashes = {
            n: base64.urlsafe_b64encode(hashlib.sha256(t.encode()).digest()).rstrip(b"=") for n, t in parts.items()
        }
        record = "".join(f"{name},sha256={h.decode()},\n" for name, h in hashes.items())
        packed.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return f"tiny @ {file.as_uri()} --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def test_an_environment_is_made_with_what_is_pinned_and_a_wrong_hash_leaves_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """With pip itself."""
    lock, link = tmp_path / "requirements.lock", tmp_path / ".venv"
    lock.write_text(wheel(tmp_path, "1.0"))
    assert main([str(link), str(lock)]) == 0
    python = link / "bin/python"
    assert run(python, "-c", "import tiny; print(tiny.version)").stdout == "1.0\n"
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"Installing 0 packages of requirements.lock into {link}, to load about ")
    assert "Processing " in err  # pip shows how it gets on
    assert err.rstrip().endswith("seconds.")
    first = link.resolve()
    lock.write_text(wheel(tmp_path, "2.0").replace("sha256:", f"sha256:{'0' * 64} ").rpartition(" ")[0])
    assert main([str(link), str(lock)]) == 1
    assert "what was installed before is as it was" in capfd.readouterr().err
    assert link.resolve() == first
    assert run(python, "-c", "import tiny; print(tiny.version)").stdout == "1.0\n"
    assert [folder.name for folder in (tmp_path / STORE / ".venv").iterdir()] == [first.name]


Commands = list[tuple[str, ...]]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """What would be run; an environment is then a folder with one file."""
    ran: Commands = []

    def note(*command: str, cwd: Path | None = None) -> None:
        ran.append(command)
        if command[1:3] == ("-m", "venv"):
            (Path(command[3]) / "bin").mkdir(parents=True)
            (Path(command[3]) / "bin/python").touch()

    monkeypatch.setattr(maker, "_run", note)
    return ran


def locks(folder: Path, *texts: str) -> Sequence[Path]:
    files = [folder / f"{number}.lock" for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    return files


def test_it_is_made_anew_when_a_lock_has_other_words_not_another_time(tmp_path: Path, commands: Commands) -> None:
    link, (lock,) = tmp_path / ".venv", locks(tmp_path, "a==1")
    environment(link, [lock])
    made, first = len(commands), link.resolve()
    os.utime(lock, (2e9, 2e9))
    assert environment(link, [lock]) == link / "bin/python"
    assert len(commands) == made
    lock.write_text("a==2")
    environment(link, [lock])
    assert link.resolve() != first
    assert not first.exists()
    assert link.resolve().parent == tmp_path / STORE / ".venv"
    assert not link.readlink().is_absolute()  # the folder of the project can be moved


def test_what_is_broken_off_leaves_the_old_one(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    link, (lock,) = tmp_path / ".venv", locks(tmp_path, "a==1")
    environment(link, [lock])
    first, note = link.resolve(), maker._run
    lock.write_text("a==2")

    def stopped(*command: str, cwd: Path | None = None) -> None:
        note(*command)
        if "install" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(maker, "_run", stopped)
    assert main([str(link), str(lock)]) == 130
    assert "Stopped; what was installed before is as it was." in capsys.readouterr().err
    assert link.resolve() == first
    assert (first / HOLDS).is_file()
    assert list(first.parent.iterdir()) == [first]
    monkeypatch.setattr(maker, "_run", note)
    # What a killed run has left, which never became whole, does not count.
    link.unlink()
    (first / HOLDS).unlink()
    lock.write_text("a==1")
    environment(link, [lock])
    assert (link / HOLDS).is_file()


def test_a_folder_in_the_place_of_the_link_gives_way(tmp_path: Path, commands: Commands) -> None:
    """Environments were once made there."""
    link, (lock,) = tmp_path / ".venv", locks(tmp_path, "a==1")
    (link / "bin").mkdir(parents=True)
    environment(link, [lock])
    assert link.is_symlink()
    assert [file.name for file in (tmp_path / STORE / ".venv").iterdir()] == [link.resolve().name]


def test_who_has_the_tools_of_the_tests_keeps_them(tmp_path: Path, commands: Commands) -> None:
    link, (site, tests) = tmp_path / ".venv", locks(tmp_path, "a==1", "b==1")
    environment(link, [site, tests])
    made = len(commands)
    environment(link, [site])
    assert len(commands) == made  # it has all that is asked for
    site.write_text("a==2")
    environment(link, [site])
    assert str(tests) in commands[-1]
    environment(link, [site, tests])
    assert len(commands) == made + 2


def test_a_project_that_has_been_moved_is_installed_again(tmp_path: Path, commands: Commands) -> None:
    link, (lock,) = tmp_path / ".venv", locks(tmp_path, "a==1")
    environment(link, [lock], project=tmp_path / "here")
    assert commands[-1][-5:] == ("--quiet", "--no-deps", "--no-build-isolation", "--editable", str(tmp_path / "here"))
    made = len(commands)
    environment(link, [lock], project=tmp_path / "here")
    assert len(commands) == made
    environment(link, [lock], project=tmp_path / "there")
    assert commands[-1][-1] == str(tmp_path / "there")


def test_what_goes_wrong_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ToolsError, match="could not be installed"):
        maker._run(sys.executable, "-c", "print('at work'); raise SystemExit('no such thing')")
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.split("\n")[:2] == ["at work", "no such thing"]


def test_building_takes_the_first_lock_alone_and_tests_take_both() -> None:
    def asked(target: str) -> str:
        return next(
            line for line in run("make", "-n", target, cwd=ROOT).stdout.splitlines() if "environment.py" in line
        )

    for target in ("site", "check", "serve", "publish", "release", "offline", "schemas"):
        assert asked(target).endswith("environment.py .venv requirements.lock --project ."), target
    asks_others = "environment.py .venv requirements.lock requirements-sources.lock --project ."
    assert asked("sources-check").endswith(asks_others)
    for target in ("test", "test-quick", "browser", "format", "lock", "bench"):
        assert asked(target).endswith("environment.py .venv requirements.lock requirements-test.lock --project ."), (
            target
        )


@pytest.mark.parametrize("makefile", ["Makefile", "hooks/skeleton/Makefile"])
def test_a_python_that_is_not_there_is_told_in_a_line(makefile: str) -> None:
    result = run("make", "-f", makefile, "environment", "PYTHON=nopython", cwd=ROOT)
    assert result.returncode == 2
    told, of_make = result.stderr.splitlines()
    assert told.startswith("there is no program 'nopython' here; name a Python of 3.11 or newer, as in: make PYTHON=")
    assert of_make.startswith("make: ***")
    text = (ROOT / makefile).read_text("utf-8")
    uses = [line for line in text.splitlines() if "$(PYTHON) " in line and "update-engine" not in line]
    assert len(uses) > 1
    assert [line for line in uses if "$(HAVE_PYTHON) " not in line] == []
