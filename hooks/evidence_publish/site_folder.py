"""A built site put in the place of an old one in a single step, so that no reader ever meets half a site.

Everything is made in a working folder beside the site, on the same file system: `.NAME.publishing/` next to `NAME/`. On Linux the two then change
places by one system call (renameat2 with RENAME_EXCHANGE, Linux 3.15; tried on ext4, tmpfs and overlay). Where the system has
no such call, two renames follow each other: for some thousandths of a second there is no site, and a process killed just then leaves the old one
in the working folder, from where the next run puts it back before it does anything else.

The site before stays in the working folder, and can be exchanged with the one that is shown.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# Stands in every folder that was made here; says so to people, and names what the next site must keep for readers with an old page open.
MARK = ".made-by-publish"
_MARK_TEXT = "This folder is replaced as a whole by `make publish`. Keep no files of your own in it."
_LOCK, _BEFORE = "lock", "before"
_RENAME_EXCHANGE = 2
# What systems and file systems answer that cannot exchange two folders.
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
_AT_FDCWD = -100

Swap = Callable[[Path, Path], bool]


class FolderError(Exception):
    """Why a site cannot be put there; the message is for whoever publishes it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a site goes: its `folder`, and the working folder beside it, which one process at a time has for itself.

    `lock` is the open file that says so. Whoever starts another program to write there hands it on: a program that outlives its parent then
    keeps the place locked until it has ended too.
    """

    folder: Path
    work: Path
    lock: int

    @property
    def new(self) -> Path:
        """Where the new site is built. It is not there yet."""
        return self.work / "new"

    @property
    def old(self) -> Path:
        """Where the old site lies for a moment: while there is no other, on systems that cannot exchange two folders, and until it is kept."""
        return self.work / "old"

    @property
    def before(self) -> Path:
        """The site before the one that is shown, if one is kept."""
        return self.work / _BEFORE


def refusal(folder: Path, ours: bool = False) -> str:
    """Why nothing may be put in the place of `folder`, as a message; '' when it may.

    Only a folder that is not there, is empty, was made here or is the project's own (`ours`) is ever replaced: a slip of the pen must not cost
    anyone a home folder.
    """
    if folder.is_symlink():
        return f"{folder} is a link; name the folder that it leads to"
    if folder.is_mount():
        return f"{folder} is a file system of its own, which cannot be replaced in one step; name a folder inside it"
    if not folder.exists():
        return "" if folder.parent.is_dir() else f"{folder.parent} is not there; make that folder first"
    if not folder.is_dir():
        return f"{folder} is a file; name a folder"
    if ours or (folder / MARK).is_file() or not any(folder.iterdir()):
        return ""
    why = f"{folder} holds files that `make publish` has not put there, and all of it would be replaced"
    return f"{why}; name an empty folder or a new one"


@contextmanager
def taken(folder: Path, ours: bool = False) -> Iterator[Target]:
    """The place of a site for one process alone, cleared of what a killed run has left; afterwards the working folder is gone.

    `ours` says that the folder is the project's own, to be replaced whatever it holds. Raises FolderError.
    """
    # A link at the end of the address must be seen as one; anywhere before, it is only a way to get there.
    folder = folder.resolve() if folder.name in ("", "..") else folder.parent.resolve() / folder.name
    if not folder.name:
        raise FolderError(f"{folder} is no folder for a site; name one inside it")
    work = _work(folder)
    if work.is_symlink() or (work.exists() and not work.is_dir()):
        raise FolderError(f"{work} is in the way; take it away")
    # A folder that is not there may wait in the working folder, so whether it can be there is asked first.
    if why := refusal(folder, ours):
        raise FolderError(why)
    lock = _lock(work)
    target = Target(folder, work, lock)
    try:
        if target.old.is_dir() and not target.folder.exists():  # a run was killed between its two renames
            target.old.rename(target.folder)
        elif not ours:  # or before it had kept what it replaced
            keep(target)
        _clear(target)
        yield target
    finally:
        with suppress(OSError):  # the next run clears what is left
            _clear(target)
            (work / _LOCK).unlink(missing_ok=True)
            work.rmdir()
        os.close(lock)


def _work(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.publishing"


def is_kept(folder: Path) -> bool:
    """Whether a site from before the one in `folder` is kept."""
    return (_work(folder.resolve()) / _BEFORE / MARK).is_file()


def _lock(work: Path) -> int:
    """An open file that no other process can lock; it is free again when this process ends, however it ends."""
    while True:
        try:
            work.mkdir(mode=0o700, exist_ok=True)  # a server that shows the folder around must not show this
            lock = os.open(work / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except FileNotFoundError:
            if not work.parent.is_dir():
                raise FolderError(f"{work.parent} is not there; make that folder first") from None
            continue  # another run has just tidied up
        except OSError as error:
            why = f"nothing can be written in {work.parent} ({error.strerror}), where the new site is built beside the old one"
            raise FolderError(f"{why}; name a site folder inside a folder of yours") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), (work / _LOCK).stat()):
                return lock
        except BlockingIOError:
            os.close(lock)
            why = f"another run is publishing to this folder ({work} is locked); wait until it is done"
            raise FolderError(why) from None
        except FileNotFoundError:
            pass
        os.close(lock)  # the file was taken away by the run that had it; what is locked is nobody's now


def _clear(target: Target) -> None:
    for path in list(target.work.iterdir()):
        if path.name in (_LOCK, _BEFORE) or (path == target.old and not target.folder.exists()):
            continue  # an old site that nothing has replaced is no rubbish
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step. False where the system cannot do that. Raises OSError for all else."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False  # a C library older than glibc 2.28 or musl 1.2.4
    at = ctypes.c_int(_AT_FDCWD)
    if call(at, os.fsencode(one), at, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


def swap(target: Target, exchanged: Swap = exchange, new: Path | None = None) -> bool:
    """Put the new site, `target.new` or another in the working folder, in the place of the old one; the old one is then in the working folder.

    Returns whether that was one step. A reader who has a file open can read it to its end. Raises FolderError; the old site is then as it was.
    """
    new = new or target.new
    try:
        if not target.folder.exists() or not any(target.folder.iterdir()):
            new.rename(target.folder)  # over an empty folder this is one step too (POSIX)
            return True
        if exchanged(new, target.folder):
            if new == target.new:
                new.rename(target.old)
            return True
        target.folder.rename(target.old)
        new.rename(target.folder)
    except OSError as error:
        if not target.folder.exists() and target.old.exists():
            target.old.rename(target.folder)
        raise FolderError(f"{target.folder} cannot be replaced: {error.strerror}; it is as it was") from error
    return False


def keep(target: Target, exchanged: Swap = exchange) -> None:
    """Keep the site that was just replaced as the one before, in the place of an older one; nothing where none was replaced.

    `target.old` is such a site. Killed on the way, the next run does it.
    """
    if not target.old.exists() or (target.before.exists() and exchanged(target.old, target.before)):
        return
    if target.before.exists():
        target.before.rename(target.work / "older")
    target.old.rename(target.before)


def write_mark(folder: Path, assets: list[str]) -> None:
    """Mark a folder as made here. `assets` are the files that pages of this very site may still ask for when the next one has replaced it."""
    (folder / MARK).write_text("\n".join([_MARK_TEXT, *assets, ""]), "utf-8", newline="\n")


def read_mark(folder: Path) -> list[str]:
    """The files that the site in `folder` wants carried over; none where it has no mark."""
    try:
        return (folder / MARK).read_text("utf-8").splitlines()[1:]
    except (OSError, UnicodeDecodeError):
        return []
