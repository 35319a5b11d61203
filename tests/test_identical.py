"""Two builds of one commit are the same to the last byte, whoever makes them, where and when: so a site can be checked against its sources."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from conftest import ROOT, run

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


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


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
                *(sys.executable, "-m", "publish", tmp_path / name / "site", "--root", folder, "--compressed"),
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
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "site", ".build", ".cache", "node_modules", "dist", "tests", ".*_cache"
    )
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
