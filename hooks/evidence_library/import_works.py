"""`evidence import FILE`: takes the works of a library into bibliography.bib. It shows what would change, and writes once that is agreed to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evidence.documents.data_files import BIBLIOGRAPHY
from evidence.model.base import Reference
from evidence.sources import parse_bibtex, read_text
from evidence.text.words import counted, listed, quoted
from evidence_library.libraries import MAX_BYTES, LibraryError, read_library
from evidence_library.merging import Changed, Merge, merged

_LONG = 100


def import_works(root: Path, file: Path, *, yes: bool) -> int:
    """Show what the library in `file` changes in the bibliography of a review, and write it once the person at the keyboard agrees, or with `yes`."""
    target = root / BIBLIOGRAPHY
    before = target.read_bytes() if target.is_file() else b""
    try:
        ours, text = _bibliography(root, before)
        library, converted = read_library(file)
        found = merged(text, ours, library)
        _must_be_sound(found, text, ours)
    except LibraryError as fault:
        print(fault, file=sys.stderr)
        return 1
    for line in (*_told(found, converted=converted), *_mended(library.mended)):
        print(line)
    if found.text == text:
        print(f"{BIBLIOGRAPHY} stays as it is.")
        return int(bool(found.left))
    if not yes and not _agreed():
        print(f"Nothing is written. To write it: evidence import {file} --yes")
        return 0
    if (target.read_bytes() if target.is_file() else b"") != before:
        print(f"{BIBLIOGRAPHY} has changed in the meantime; nothing is written. Import again.", file=sys.stderr)
        return 1
    try:
        _write(target, before, found.text)
    except OSError as error:
        print(f"{BIBLIOGRAPHY} cannot be written, and is as it was: {error.strerror or error}", file=sys.stderr)
        return 1
    print(f"Written: {BIBLIOGRAPHY}. Now run: make check")
    return 0


def _bibliography(root: Path, before: bytes) -> tuple[dict[str, Reference], str]:
    """The works of the bibliography, and its text with plain line ends."""
    if not before:
        return {}, ""
    text, problems = read_text(root / BIBLIOGRAPHY, BIBLIOGRAPHY, MAX_BYTES, plain=False)
    ours, more, refused = parse_bibtex(text or "", BIBLIOGRAPHY)
    if text is None or refused:
        told = [problem for problem in (*problems, *more) if not problem.notice]
        raise LibraryError("\n".join([*map(str, told), f"{BIBLIOGRAPHY} cannot be read whole; mend that first."]))
    return ours, before.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _must_be_sound(found: Merge, text: str, ours: dict[str, Reference]) -> None:
    """The new text holds every work of the old one and every new one, or nothing is written."""
    works, problems, refused = parse_bibtex(found.text, BIBLIOGRAPHY)
    if found.text != text and (refused or not {*ours, *found.added} <= works.keys()):
        told = "\n".join(str(problem) for problem in problems if not problem.notice)
        raise LibraryError(
            f"{told}\nSo the bibliography could not be read after this import; nothing is written.".lstrip()
        )


def _told(found: Merge, *, converted: bool) -> Iterator[str]:
    """What an import changes, for the person who has to agree to it."""
    yield from _listed("New", (_new(key, work, taken) for key, (work, taken) in found.added.items()))
    yield from _listed("Changed", (line for entry in found.changed for line in _changed(entry)), len(found.changed))
    doubles = (f"{key} is {other} ({where}), by {why}" for key, other, where, why in found.doubles)
    yield from _listed("There already under another key, and left as they are", doubles)
    # Lines of what was made of a file are none of the file.
    left = (f"{problem.where.path}: {problem.message}" if converted else str(problem) for problem in found.left)
    yield from _listed("Not taken", left)
    if found.unused:
        names = (f"{name} ({number:,})" for name, number in sorted(found.unused.items()))
        yield f"Left out of the entries, since nothing here uses it: {listed(names)}."
    if found.same:
        yield f"Without a change: {counted(found.same, 'work')}."


def _mended(keys: Mapping[str, str]) -> Iterator[str]:
    yield from _listed(
        "Keys that no key can be, and what stands in their place",
        (f"{quoted(old)}: {new}" for new, old in keys.items()),
    )


def _listed(title: str, lines: Iterable[str], number: int = -1) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{title} ({len(found) if number < 0 else number:,}):"
        yield from (f"  {line}" for line in found)


def _new(key: str, work: Reference, taken: str) -> str:
    why = f"; under this key, since {quoted(taken)} is that of another work or makes the same address" if taken else ""
    return f"{key}: {quoted(work.title, _LONG)}{why}"


def _changed(entry: Changed) -> Iterator[str]:
    yield f"{entry.key} ({entry.where})"
    for name, old, new in entry.fields:
        said = [quoted(value, _LONG) if value else "nothing" for value in (old, new)]
        yield f"  {name or 'type of entry'}: {said[0]} -> {said[1]}"


def _agreed() -> bool:
    """Whether the person at the keyboard agrees; nobody is asked where there is none."""
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"Write this into {BIBLIOGRAPHY}? [y/N] ").strip().lower() in ("y", "yes")
    except (EOFError, KeyboardInterrupt):
        return False


def _write(target: Path, before: bytes, text: str) -> None:
    """Put the new text in the place of the old one in one step, with the line ends and the byte order mark that it had."""
    text = text.replace("\n", "\r\n") if b"\r\n" in before else text
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    target = target.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(mark + text.encode())
        if target.exists():
            draft.chmod(target.stat().st_mode)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
