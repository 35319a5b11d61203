"""Writes the skeleton of another review (`make new-review DIR=../our-review`): it builds at once, explains itself, and has the engine with it.

The new folder stands alone: it holds the engine's files as well as its own, so that nothing that happens to this project can break it.
`update` brings the engine in such a folder up to the one here, and leaves the review's own files as they are.

Only the standard library is used, because the folder has no tools installed yet.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
SKELETON = PROJECT / "hooks" / "skeleton"
# What a review needs beside its own files: the engine, and the tools with their hashes. No page, no picture.
ENGINE = (
    "hooks",
    "schemas",
    "docs-dev/hosting.md",
    "hosting",
    "pyproject.toml",
    "requirements.lock",
    "requirements-sources.lock",
    ".gitignore",
    ".vscode",
)
# What an engine of before had among the review's files: an update takes it out.
NO_LONGER = (
    "offline.yml",
    "data/links.yml",
    "docs/templates",
    *(f"docs/assets/{name}" for name in ("site.css", "site.js", "filter.js", "choose.js", "copy.js", "favicon.svg")),
)
# The skeleton's files that belong to the engine, not to the review.
FROM_SKELETON = ("Makefile",)
# Where the part of mkdocs.yml begins that no review needs to change.
SETTINGS, ENGINE_SETTINGS = "mkdocs.yml", "# From here on it is about how the site is made."
# The day of the last check in the skeleton's own files; in a new review it is the day on which that was made.
DAY = "2026-11-22"
BEFORE = ".build/engine-before"
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info", ".cache", ".DS_Store")


class ReviewError(Exception):
    """Why there is no new review, or no new engine in it; the message is for whoever asked."""


def create(folder: Path) -> list[str]:
    """Write a new review into `folder`, all of it or nothing. Returns what to tell the editor."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReviewError(
            f"{folder} is not empty; name a new or an empty folder, as in: make new-review DIR=../our-review"
        )
    if folder.resolve().is_relative_to(PROJECT):
        raise ReviewError(
            f"{folder} is inside this project; name a folder beside it, as in: make new-review DIR=../our-review"
        )
    target = folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        shutil.copytree(SKELETON, draft, dirs_exist_ok=True, ignore=_NOT_COPIED)
        for file in (*draft.rglob("*.md"), *draft.rglob("*.yml")):
            text = file.read_text("utf-8")
            file.write_text(text.replace(f"checked: {DAY}", f"checked: {date.today()}"), "utf-8", newline="\n")
        for name in _here(ENGINE, PROJECT):
            _copy(PROJECT / name, draft / name)
        draft.chmod(0o755)
        draft.rename(target)  # an empty folder of that name gives way
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [f"A new review is in {folder}.", f"Begin with its README.md, then: cd {folder} && make site"]


def update(folder: Path) -> list[str]:
    """Put this engine into the review in `folder`; what it replaces is kept there in BEFORE. Returns what to tell the editor."""
    if folder.resolve() == PROJECT:
        raise ReviewError(
            "this is the engine's own folder; name a newer copy, as in: make update-engine FROM=../newer-copy"
        )
    if not (folder / SETTINGS).is_file() or not (folder / "hooks").is_dir():
        raise ReviewError(f"{folder}: there is no review with an engine here")
    old = folder / BEFORE
    draft = folder / f"{BEFORE}-draft"
    shutil.rmtree(draft, ignore_errors=True)
    for name in _here(ENGINE, PROJECT):  # all is there before anything is replaced
        _copy(PROJECT / name, draft / name)
    for name in FROM_SKELETON:
        _copy(SKELETON / name, draft / name)
    shutil.rmtree(old, ignore_errors=True)
    for name in (*ENGINE, *NO_LONGER, *FROM_SKELETON):
        if (folder / name).exists():
            (old / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(old / name)
        if (draft / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).rename(folder / name)
    shutil.rmtree(draft)
    told = [f"The engine in {folder} is up to date; what it replaced is in {old}."]
    ours, theirs = ((place / SETTINGS).read_text("utf-8").partition(ENGINE_SETTINGS)[2] for place in (SKELETON, folder))
    if ours != theirs:
        told.append(f"{SETTINGS}: its second half differs from hooks/skeleton/{SETTINGS}; take over what is new there.")
    return [*told, "Now run: make check, then make site"]


def _here(names: tuple[str, ...], root: Path) -> Iterator[str]:
    return (name for name in names if (root / name).exists())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_NOT_COPIED)
    else:
        shutil.copy2(source, target)
