"""A project that is built in no time in the place of a real one, and places where its site may go; for tests of publishing.

Test modules make fixtures of `make_project` and `make_host`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from conftest import run

# Stands in the place of MkDocs: writes a small site, as large as SIZE says, after what BEFORE says.
STUB = """
import os, sys, time
from pathlib import Path
site = Path(sys.argv[sys.argv.index("--site-dir") + 1])
text = Path("text").read_text()
(site / "assets").mkdir(parents=True)
(site / "a").mkdir()
(site / "assets/site.css").write_text(f"/* {text} */")
(site / "_headers").write_text("/*\\n  X-Content-Type-Options: nosniff\\n")
page = '<!doctype html><link rel="stylesheet" href="{}assets/site.css"><p>' + text * 200
(site / "index.html").write_text(page.format(""))
exec(os.environ.get("HALFWAY", ""))
(site / "a/index.html").write_text(page.format("../"))
"""


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def words(folder: Path) -> set[str]:
    """Which of the words of the stub's texts a site holds; two of them would be half a site."""
    return {
        word for word in ("first", "second", "third") for content in files(folder).values() if word.encode() in content
    }


def make_project(tmp_path: Path) -> Path:
    """A project that is built in no time, with the word of its site in the file `text`."""
    root = tmp_path / "project"
    (root / "hooks").mkdir(parents=True)
    (root / "hooks/mkdocs.py").write_text(STUB)
    (root / "text").write_text("first")
    return root


def make_host(tmp_path: Path) -> Path:
    """Where web sites lie."""
    (tmp_path / "www").mkdir()
    return tmp_path / "www"


def refused_folders(host: Path) -> dict[str, str]:
    """Places beside the site in `host` where no site may go, and what is said of each."""
    (host / "home").mkdir()
    (host / "home/letter.txt").write_text("mine")
    (host / "file").write_text("mine")
    (host / "link").symlink_to(host / "site")
    return {
        "home": "holds files that `make publish` has not put there",
        "file": "is a file; name a folder",
        "link": "is a link; name the folder that it leads to",
        "nowhere/site": "is not there; make that folder first",
    }


def command(project: Path, folder: Path, *more: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "evidence_cli", "--root", project, "build", folder, *more, **settings)


def published(project: Path, folder: Path, text: str, *more: str) -> dict[str, bytes]:
    (project / "text").write_text(text)
    result = command(project, folder, *more)
    assert result.returncode == 0, result.stderr
    return files(folder)


def until(done: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)
