"""Results that take long, cached in a file between runs: losing the file costs only time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def made_by(*tools: str) -> str:
    """What results depend on beside their input: every file of the engine, by content, and the releases of `tools`.

    The whole engine counts, since what makes a result calls on parts that lie anywhere in it; to make all anew after a change costs seconds.
    """
    code = hashlib.sha256()
    for file in sorted(Path(__file__).parent.parent.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            code.update(file.name.encode() + file.read_bytes())
    return f"{code.hexdigest()} {[f'{name} {version(name)}' for name in tools]}"


def read_cache(file: Path | None) -> dict[str, str]:
    """What an earlier run stored; nothing where there is no file or it cannot be read."""
    try:
        data = json.loads(file.read_text("utf-8")) if file else {}
        return {str(key): str(value) for key, value in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def write_cache(file: Path, results: Mapping[str, str]) -> None:
    """Store results for the next run."""
    store(file, json.dumps(results, ensure_ascii=False, indent=0, sort_keys=True).encode())


def store(file: Path, content: bytes) -> None:
    """Store a file for the next run: written beside the old one and swapped in, so that a reader never sees half of it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(file)
    except OSError:
        pass  # a folder that cannot be written only costs time


# Results in one file: far more than the builds of one review use, and still read in an instant.
MOST = 20_000


class Cache:
    """Results by key: looked up among those cached, else made. `save` stores those that were asked for in this run."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._old = read_cache(file)
        self._used: dict[str, str] = {}

    def get(self, key: str, make: Callable[[], str]) -> str:
        """The result for `key`, made where there is none yet."""
        if key not in self._used:
            self._used[key] = self._old[key] if key in self._old else make()
        return self._used[key]

    def save(self) -> None:
        """Store what was used, beside what other builds use; only what was used once there is too much of that."""
        everything = self._old | self._used
        if self._file is not None and everything != self._old:
            write_cache(self._file, everything if len(everything) <= MOST else self._used)
