"""Two builds of one commit are the same to the last byte, whoever makes them, where and when: so a site can be checked against its sources."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, run
from evidence_publish.hashed_assets import HASHED
from evidence_publish.host_files import cache_lines
from guided import left_out
from stub_project import command, files, make_host, make_project, published

pytestmark = pytest.mark.needs("much time")

# What differs between machines: the time zone (a day apart), the language and its characters, the order of sets, rights of new files.
HERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {
    "TZ": "Pacific/Pago_Pago",
    "LC_ALL": "POSIX",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "2",
    "LANG": "tr_TR",
}


def differences(one: Path, other: Path) -> list[str]:
    first, second = files(one), files(other)
    assert len(first) > 10
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def test_a_published_site_is_the_same_from_anywhere(tmp_path: Path) -> None:
    """With its compressed files; and with nothing left of earlier builds, which could hide a difference."""
    for name, settings, mask in (("a", HERE, 0o022), ("b/c/d", THERE, 0o077)):
        folder = tmp_path / name / "x/y/meadow"
        shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
        (tmp_path / name / "hooks").symlink_to(ROOT / "hooks")
        (folder / "hooks").symlink_to(ROOT / "hooks")
        before = os.umask(mask)
        try:
            result = run(
                *(
                    sys.executable,
                    "-m",
                    "evidence_cli",
                    "--root",
                    folder,
                    "build",
                    tmp_path / name / "site",
                    "--compressed",
                ),
                **settings,
                SOURCE_DATE_EPOCH="1600000000",
            )
        finally:
            os.umask(before)
        assert result.returncode == 0, result.stderr
    assert differences(tmp_path / "a/site", tmp_path / "b/c/d/site") == []
    page = tmp_path / "a/site/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert differences(tmp_path / "a/site", tmp_path / "b/c/d/site") == ["index.html"]


def test_the_real_site_is_the_same_from_another_folder(built: Callable[[str], Path], tmp_path: Path) -> None:
    """With nothing kept from earlier builds: papers, references and tables are all made anew."""
    folder = tmp_path / "somewhere/else"
    shutil.copytree(ROOT, folder, ignore=left_out)
    result = run(
        *(sys.executable, "-m", "mkdocs", "build", "--strict", "-d", tmp_path / "site"),
        cwd=folder,
        **THERE,
        PYTHONPATH=str(folder / "hooks"),
    )
    assert result.returncode == 0, result.stderr
    # MkDocs puts the day of the build into the head of this one file; `make publish` sets it to the day of the commit.
    for site in (built("real"), tmp_path / "site"):
        assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()
    assert set(differences(built("real"), tmp_path / "site")) <= {"sitemap.xml.gz"}


def test_going_back_differs_from_a_new_folder_by_one_generation_of_assets(tmp_path: Path) -> None:
    """Where an older site was, its style sheets and scripts stay for readers with one of its pages open, with their lines in `_headers`; and no more."""
    project, host = make_project(tmp_path), make_host(tmp_path)
    new = published(project, host / "new", "first", "--compressed")
    published(project, host / "site", "second", "--compressed")
    third = published(project, host / "site", "third", "--compressed")
    back = published(project, host / "site", "first", "--compressed")
    kept = {name for name in back.keys() - new.keys() if HASHED.fullmatch(name)}
    assert len(kept) == 1
    assert all(b"third" in back[name] and back[name] == third[name] for name in kept)
    twins = {name for name in back.keys() - new.keys() - kept if name.rpartition(".")[0] in kept}
    lines = cache_lines(sorted(kept))
    assert {name for name in back.keys() | new.keys() if back.get(name) != new.get(name)} == {*kept, *twins, "_headers"}
    assert back["_headers"].decode().replace(lines, "") == new["_headers"].decode()
    assert lines in back["_headers"].decode()
    # Once more, and the folder has nothing left of the third.
    assert published(project, host / "site", "first", "--compressed") == new


def test_without_the_day_of_a_commit_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line. A day that is given, or that git tells, is no matter for words."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    project, host = make_project(tmp_path), make_host(tmp_path)
    (told,) = command(project, host / "site").stderr.splitlines()
    assert "git does not tell the day of the commit" in told
    assert command(project, host / "site", SOURCE_DATE_EPOCH="1600000000").stderr == ""
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@b.example")
    for words in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "One")):
        result = run(*git, *words, cwd=project)
        assert result.returncode == 0, result.stderr
    assert command(project, host / "site").stderr == ""
