"""Makes a Python environment from lock files with hashes, beside the one in use, and puts it in its place once it is whole.

`make` runs this file before all else, so it needs nothing but Python. `.venv` is a link to a folder in `.venvs/` that is named after what it holds:
programs in an environment know the folder that they lie in, so it is never renamed. Whatever goes wrong on the way, the old one stays as it was.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HOLDS = "holds.txt"
STORE = ".venvs"
# What is loaded for a lock file, in MB, on Linux with Python 3.11 in November 2026; less where pip has kept some of it from before.
_MEGABYTES = {"requirements.lock": 120, "requirements-sources.lock": 1, "requirements-test.lock": 125}


class ToolsError(Exception):
    """Why there is no new environment; the message says what could not be done."""


def main(arguments: list[str] | None = None) -> int:
    """Make the environment that is asked for, unless it is there; 1 with the reason on standard error where it cannot be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("link", type=Path, help="where the environment is to be found, such as .venv")
    parser.add_argument("locks", type=Path, nargs="+", help="lock files; what they pin is installed")
    parser.add_argument("--project", type=Path, help="a project that is installed as it stands, with its commands")
    options = parser.parse_args(arguments)
    if sys.version_info < (3, 11):  # noqa: UP036 (who starts this file may have an older one)
        print("Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ...", file=sys.stderr)
        return 1
    try:
        environment(options.link, options.locks, project=options.project)
    except ToolsError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; what was installed before is as it was.", file=sys.stderr)
        return 130  # as shells say it of what was stopped by Ctrl-C
    return 0


def environment(link: Path, locks: Sequence[Path], *, project: Path | None = None, with_needs: bool = True) -> Path:
    """The interpreter of the environment at `link`, which has all that `locks` pin; made first where it has not.

    What else it was made from is kept up. Without `with_needs`, just the packages of the locks are installed, and none of what they say that they need.
    What is done is said on standard error. Raises ToolsError.
    """
    python = link / "bin" / "python"
    if set(_lines(locks, project)) <= _held(link):
        return python
    link.parent.mkdir(parents=True, exist_ok=True)
    with (link.parent / f"{link.name}.lock").open("w") as turn:  # of several at once, one makes it and the others wait
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not set(_lines(locks, project)) <= _held(link):
            # Who has had the tools of the tests keeps them when another lock has changed.
            others = [locks[0].with_name(line.split()[0]) for line in sorted(_held(link))]
            _make(link, [*locks, *(o for o in others if o not in locks and o.is_file())], project, with_needs)
    return python


def _lines(locks: Sequence[Path], project: Path | None) -> list[str]:
    """What an environment from these locks holds: a line each, with a hash. An installed project is known by where it lies."""
    lines = [f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}" for lock in locks]
    return [*lines, f"project {project.resolve()}"] if project else lines


def _held(link: Path) -> set[str]:
    try:
        return set((link / HOLDS).read_text("utf-8").splitlines())
    except OSError:
        return set()


def _make(link: Path, locks: Sequence[Path], project: Path | None, with_needs: bool) -> None:
    lines = _lines(locks, project)
    store = link.parent / STORE / link.name
    folder = store / hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
    shutil.rmtree(folder, ignore_errors=True)
    python = str((folder / "bin" / "python").absolute())
    began = time.monotonic()
    print(_size(locks, link), file=sys.stderr, flush=True)
    try:
        _run(sys.executable, "-m", "venv", str(folder))
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        named = [part for lock in locks for part in ("--requirement", str(lock.resolve()))]
        # Beside the lock, which may name files that lie there: the engine of a review does.
        _run(*pip, "--require-hashes", *([] if with_needs else ["--no-deps"]), *named, cwd=locks[0].resolve().parent)
        if project:  # with the tools of the lock, so that nothing is loaded for it
            _run(*pip, "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(project))
        (folder / HOLDS).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _put(link, folder)
    for other in store.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    print(f"Installed in {time.monotonic() - began:.0f} seconds.", file=sys.stderr, flush=True)


def _size(locks: Sequence[Path], link: Path) -> str:
    lines = [line for lock in locks for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()]
    packages = {name for name, pin, _ in (line.partition("==") for line in lines) if pin}
    megabytes = sum(_MEGABYTES.get(lock.name, 0) for lock in locks)
    much = f", to load about {megabytes} MB unless pip has kept some of it" if megabytes else ""
    return f"Installing {len(packages)} packages of {' and '.join(lock.name for lock in locks)} into {link}{much}. This is done once."


def _run(*command: str, cwd: Path | None = None) -> None:
    """Run a command, with its own words on standard error: what `make` prints may be meant for a file."""
    if subprocess.run(command, cwd=cwd, stdout=sys.stderr, check=False).returncode:
        raise ToolsError("This could not be installed; what was installed before is as it was.")


def _put(link: Path, folder: Path) -> None:
    """Let `link` lead to `folder`, in one step; a real folder of that name, as environments once were, goes."""
    if link.is_dir() and not link.is_symlink():
        aside = folder.parent / "before"
        shutil.rmtree(aside, ignore_errors=True)
        link.rename(aside)
    new = link.with_name(f"{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(os.path.relpath(folder, link.parent), target_is_directory=True)
    new.replace(link)


if __name__ == "__main__":
    sys.exit(main())
