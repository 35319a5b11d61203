"""Python environments beside the project's own, each made from a lock file with hashes: for old versions of the site, and for other engines.

An environment is kept in a folder that is named after its lock file's hash, so that it is made once for each content of the file. Several
processes may ask for it at a time: one makes it, the others wait.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

READY = ".ready"


class ToolsError(Exception):
    """Why the tools cannot be installed; the message is what pip says."""


def locked_python(lock: Path, folder: Path, name: str, *, all_named: bool = False) -> Path:
    """The interpreter of the environment `folder`/`name`-HASH that has what `lock` pins; made first where there is none.

    With `all_named` just the packages of the lock file are installed, and none of what they say that they need.
    """
    tools = folder / f"{name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    python = tools / "bin" / "python"
    if (tools / READY).exists():
        return python
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{tools.name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (tools / READY).exists():
            print(f"{lock.name}: installing what it names ...")
            pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
            only = ["--no-deps"] if all_named else []
            _run(sys.executable, "-m", "venv", "--clear", str(tools))
            _run(str(python), *pip, *only, "--requirement", str(lock))
            (tools / READY).touch()
    return python


def _run(*command: str) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise ToolsError(result.stderr.strip() or result.stdout.strip())
