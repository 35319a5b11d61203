"""Pandoc as a program, for whoever reads or writes with it: in its sandbox, and without settings of the user who runs it."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# What a run may take; the longest of ours, of 5,000 works, takes 5 seconds and 400 megabytes.
_SECONDS = 300
_MEMORY = "1g"


def run(*options: str, folder: str = "", given: bytes = b"") -> bytes:
    """What pandoc writes of what it is `given`. `folder` holds the files that `options` name, and no settings; the sandbox lets no others be read.

    RuntimeError says what pandoc said when it failed, or that it took too long.
    """
    command = [
        str(program()),
        "+RTS",
        f"-M{_MEMORY}",
        "-RTS",
        "--sandbox",
        f"--data-dir={folder or program().parent}",
        *options,
    ]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"pandoc was stopped after {_SECONDS} seconds") from error
    if done.returncode:
        raise RuntimeError(f"pandoc failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


@cache
def program() -> Path:
    """Pandoc as it comes with pypandoc_binary: one release for all, whatever else is on the machine."""
    spec = find_spec("pypandoc")
    folders = spec.submodule_search_locations if spec else None
    found = [file for folder in folders or () for file in Path(folder, "files").glob("pandoc*") if file.is_file()]
    if not found:
        raise FileNotFoundError("pandoc is missing: install pypandoc_binary")
    return found[0]
