"""Builds a released version from its git tag and archives it, so that its address `v/1.0.0/` lasts (`make release VERSION=1.0.0`).

The tagged commit is built by itself, in a git worktree: its pages, its data and its engine. It is built with the tools of its own lock file.
They are the tools at hand where that file is the same as today's, and else are installed beside them: newer tools might change the pages, or
refuse them. An archived version is never made anew, unless someone takes its folder away first.

The one thing that is changed is the address: pages of an archived version say how to cite them at the address that lasts, below `v/`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence.directives import publisher
from evidence.directives.changes import ARCHIVE
from evidence.model.changes import FILE, NUMBER, Version
from evidence.sources import parse_changes
from evidence_publish.archived import DAY
from evidence_publish.environment import ToolsError, environment

LOCK = "requirements.lock"
RELEASES = "releases"
_ADDRESS = re.compile(r"^(site_address:[ \t]*[\"']?https?://[^\s\"']*/)", re.M)


class ArchiveError(Exception):
    """Why a version cannot be archived; the message is for whoever releases it."""


def not_archived(root: Path) -> tuple[str, ...]:
    """The numbers of the released versions of CHANGELOG.md that are not archived yet, newest first."""
    return tuple(version.number for version in _released(root) if not (root / RELEASES / version.number).exists())


def archive(root: Path, number: str) -> Path:
    """Build version `number` of the project in `root` from its tag. Returns the folder of the archived version."""
    if not NUMBER.fullmatch(number):
        raise ArchiveError(f"{number!r} is no version; write a number such as 1.0.0")
    target = root / RELEASES / number
    if target.exists():
        raise ArchiveError(
            f"{target.relative_to(root)} is kept already; its address must not change, so it stays as it is"
        )
    tag = next((tag for tag in (f"v{number}", number) if _git(root, "tag", "--list", tag)), None)
    if tag is None:
        raise ArchiveError(f"there is no tag v{number}; commit the version, then run: git tag v{number}")
    build = root / ".build"
    tree, draft = build / f"tree-{number}", build / f"archived-{number}"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with checked_out(root, tree, f"refs/tags/{tag}"):
            version = next(iter(_released(tree)), None)
            if version is None or version.number != number:
                found = version.number if version else "none"
                raise ArchiveError(f"{FILE} at tag {tag}: its newest version is {found}, not {number}")
            _set_address(tree, number)
            _build(tools_of(root, tree), tree, draft)
            (draft / DAY).write_text(f"{version.day}\n", "utf-8")
            target.parent.mkdir(exist_ok=True)
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target.relative_to(root)


@contextmanager
def checked_out(root: Path, tree: Path, commit: str) -> Iterator[None]:
    """A commit of the project in `root` as files in `tree`, for as long as the block lasts. Raises ArchiveError where git cannot."""
    _remove(root, tree)
    tree.parent.mkdir(exist_ok=True)
    try:
        _git(root, "worktree", "add", "--detach", "--force", str(tree), commit)
        yield
    finally:
        _remove(root, tree)


def _released(root: Path) -> tuple[Version, ...]:
    try:
        text = (root / FILE).read_text("utf-8-sig")
    except OSError as error:
        raise ArchiveError(f"{FILE} cannot be read: {error.strerror}") from error
    changes, problems = parse_changes(text)
    if problems:
        raise ArchiveError("\n".join(str(problem) for problem in problems))
    return changes.released


def _set_address(tree: Path, number: str) -> None:
    """In the folder that the version is built from, let the site's address be that of the version; nothing where no address is set."""
    file = tree / publisher.FILE
    if file.is_file():
        text = file.read_text("utf-8")
        file.write_text(_ADDRESS.sub(rf"\g<1>{ARCHIVE}/{number}/", text), "utf-8", newline="\n")


def _build(python: Path, tree: Path, site: Path) -> None:
    unset = ("RELEASES", "OFFLINE_COPY")
    settings = {name: value for name, value in os.environ.items() if name not in unset}
    settings |= {"PYTHONPATH": str(tree / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
    command = [str(python), "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    result = subprocess.run(command, cwd=tree, env=settings, capture_output=True, text=True, check=False)
    if result.returncode:
        raise ArchiveError(f"the version cannot be built:\n{result.stderr.strip()}")


def tools_of(root: Path, tree: Path) -> Path:
    """The interpreter with the tools that the version's lock file names."""
    old, new = tree / LOCK, root / LOCK
    if not old.is_file() or (new.is_file() and old.read_bytes() == new.read_bytes()):
        return Path(sys.executable)
    try:
        return environment(root / ".build/tools", [old])
    except ToolsError as error:
        raise ArchiveError(f"the tools of that version cannot be installed:\n{error}") from error


def _remove(root: Path, tree: Path) -> None:
    if tree.exists():
        _git(root, "worktree", "remove", "--force", str(tree), check=False)
        shutil.rmtree(tree, ignore_errors=True)
    _git(root, "worktree", "prune", check=False)


def _git(root: Path, *command: str, check: bool = True) -> str:
    result = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, check=False)
    if check and result.returncode:
        raise ArchiveError(f"git {' '.join(command[:2])} failed: {result.stderr.strip()}")
    return result.stdout.strip()
