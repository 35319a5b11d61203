"""Builds the site and puts it in the place of the one in a folder, in one step; a build that fails leaves that one as it was.

`make site` does it for `site/`, `make publish` for the folder that a web server shows; there the site before is kept, and `make publish-back` lets
the two change places. It knows no site generator but by its command, and needs
none of the generator's own swapping, cleaning or caching.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from evidence_publish.hashed_assets import hash_assets, hashed_files, keep_assets
from evidence_publish.host_files import HEADERS, cache_lines, told
from evidence_publish.precompressed import compress
from evidence_publish.site_folder import MARK, FolderError, Target, exchange, keep, read_mark, swap, taken, write_mark

# What a process has reached; tests end it at each.
STAGES = ("locked", "built", "finished", "written", "swapped")
# Whatever the umask of whoever publishes: a web server runs as someone else, and must be able to read the site.
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644
_SECOND = 1_000_000_000

Reached = Callable[[str], object]


class PublishError(Exception):
    """Why there is no new site; the message is for whoever publishes it."""


def publish(
    root: Path, folder: Path, *, compressed: bool, ours: bool = False, reached: Reached = lambda stage: None
) -> bool:
    """Build the project in `root` into `folder`. Returns whether what servers are told has changed since the site that was there.

    `ours` says that it is a folder of the project's own, to be replaced whatever it holds; `compressed` puts compressed files into it. `reached` is told of each of STAGES. Raises FolderError and PublishError; the site that was there is then as it was.
    """
    with taken(folder, ours) as target:
        reached("locked")
        _build(root, target)
        reached("built")
        try:
            finish(target.new, target.folder, compressed)
            reached("finished")
            changed = told(target.new) != told(target.folder) if target.folder.exists() else False
            if not ours:
                os.sync()  # a machine that loses its power after the swap must not come back to empty files
        except OSError as error:
            raise PublishError(f"the new site cannot be written: {error.strerror}; the old one is as it was") from error
        reached("written")
        _swapped(target, target.new)
        if not ours:
            keep(target, exchange)
        reached("swapped")
    return changed


def publish_back(folder: Path) -> tuple[datetime, bool]:
    """Let the site in `folder` and the one before change places: done twice, the newer one is there again.

    Returns when the site that is there now was published, and whether what servers are told has changed. Raises FolderError; all is then as it was.
    """
    with taken(folder) as target:
        mark = target.before / MARK
        if target.before.is_symlink() or not mark.is_file():
            raise FolderError(
                f"no site is kept from before the one in {folder}; `make publish` keeps one whenever it replaces another"
            )
        day = datetime.fromtimestamp(mark.stat().st_mtime)
        changed = told(target.before) != told(target.folder)
        try:
            for uri in keep_assets(target.folder, read_mark(target.folder), target.before):
                (target.before / uri).chmod(_FILE_MODE)
        except OSError as error:
            raise FolderError(f"{mark.parent} cannot be written to: {error.strerror}; all is as it was") from error
        _swapped(target, target.before)
        keep(target, exchange)
    return day, changed


def _swapped(target: Target, new: Path) -> None:
    if not swap(target, exchange, new):
        print(f"This system cannot exchange two folders; for a moment there was no {target.folder}.", file=sys.stderr)


def build_settings(root: Path) -> dict[str, str]:
    """The environment of a build: nothing in it may let two builds of one commit differ."""
    path = os.pathsep.join(filter(None, (str(root / "hooks"), os.environ.get("PYTHONPATH"))))
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": path}
    settings |= {"RELEASES": "releases", "OFFLINE_COPY": "true"}
    if "SOURCE_DATE_EPOCH" not in settings:
        # The time of the commit stands in the place of today (reproducible-builds.org); without git there is only today, and that is said.
        try:
            told = subprocess.run(
                ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True
            )
            settings["SOURCE_DATE_EPOCH"] = told.stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            print(
                "git does not tell the day of the commit, so the site says today; another build may differ from it.",
                file=sys.stderr,
            )
    return settings


def _build(root: Path, target: Target) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target.new)]
    # What goes wrong is on standard error; standard output would tell of files that are gone when all is done.
    quiet, lock = subprocess.DEVNULL, (target.lock,)
    done = subprocess.run(command, cwd=root, env=build_settings(root), pass_fds=lock, stdout=quiet, check=False)
    if done.returncode:
        message = f"the build has failed, and the old site is as it was: mkdocs build ended with {done.returncode}"
        raise PublishError(message)


def finish(new: Path, old: Path, compressed: bool) -> None:
    """Make a built site ready for a server: hashed names, rules for keeping them, times, compressed files, modes, and the mark.

    `old` is the site that it replaces, or a folder that is not there.
    """
    hash_assets(new)
    own = hashed_files(new)
    keep_assets(old, read_mark(old), new)
    if (headers := new / HEADERS).is_file():
        with headers.open("a", encoding="utf-8", newline="\n") as end:
            end.write(cache_lines(hashed_files(new)))
    write_mark(new, own)
    for file in list(new.rglob("*")):
        if file.is_file() and file.name != MARK:  # no server shows it, and its time is that of the site
            _keep_time(file, old / file.relative_to(new))
    if compressed:
        compress(new, old)
    for path in (new, *new.rglob("*")):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _keep_time(new: Path, old: Path) -> None:
    """A file that has not changed keeps its time, so that browsers need not load it again; one that has gets a later one, by a second at least.

    Servers make the ETag and Last-Modified of a file from its time in seconds and its size. On disk, what has not changed is there once for both
    sites (a hard link): kept releases weigh nothing more in the site that is kept to go back to.
    """
    try:
        before = old.stat()
        same = before.st_size == new.stat().st_size and old.read_bytes() == new.read_bytes()
    except OSError:
        return
    if same and old.resolve() == old:  # what a link leads to is somebody else's
        with suppress(OSError):  # another's file, or a file system that knows no such links: then it is there twice
            one = new.with_name(f".{new.name}.linked")
            one.hardlink_to(old)
            one.replace(new)
            return
    time = before.st_mtime_ns if same else max(new.stat().st_mtime_ns, before.st_mtime_ns + _SECOND)
    os.utime(new, ns=(time, time))
