"""A file -> its text: the only place where the engine opens what a review is written in. What is no text, or cannot be trusted as one, is a problem that is
told alone.

Conflict markers are git's (git-merge(1), "How conflicts are presented").
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evidence.model.base import Location, Problem
from evidence.sources import shape
from evidence.sources.records import unseen_character
from evidence.text.escape import UNSEEN
from evidence.text.words import quoted

# Bibliographies come from programs and hold abstracts; all else is written by hand. At these sizes the slowest of them takes seconds.
MAX_BYTES = 20_000_000
MAX_TEXT = 2_000_000
# Ends of lines and pages to some programs only: white space here, which harms nothing.
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile("\r\n|\r|\n")
# The first bytes of files that are no text ("magic numbers", file(1)).
_PACKED = (
    (b"PK\x03\x04", "a Word file or another ZIP file"),
    (b"PK\x05\x06", "a ZIP file"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a file of a word processor (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3\x00", "a database, such as that of Zotero"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.M)
# In YAML, the middle line alone is one, too; in Markdown it makes a heading of the line above.
_CONFLICT_IN_DATA = re.compile(r"^(?:(?:<{7}|>{7})(?: .*)?|={7})$", re.M)
# What becomes of letters of Western Europe and of typographers' signs; wider nets catch words in quotation marks.
_GARBLED = re.compile(
    "(?:[\u00c2\u00c3]|\u00e2\u20ac)[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\ufffd"
)
# How many conflicts of a file are told by their lines.
_PLACES = 5


class _NoTextError(Exception):
    """Why a file is no text: the message, and the line."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def read_text(file: Path, name: str, most: int = MAX_TEXT, plain: bool = True) -> tuple[str | None, list[Problem]]:
    """A file's text: UTF-8, with or without a byte order mark, any line ends, at most `most` bytes; a letter with a mark is one sign (Unicode's NFC),
    however it was typed, so that a key on a page and in the bibliography is the same.

    With `plain`, a file of nothing, characters that cannot be seen, and those that the engine uses as marks of its own, are refused. Letters that an
    earlier program has garbled are a notice.
    """
    try:
        text = unicodedata.normalize("NFC", _decoded(_bytes(file, most), name))
        if conflict := _conflict(text, name):
            raise conflict
        if plain:
            _check(text)
    except _NoTextError as refused:
        return None, [Problem(Location(name, refused.line), str(refused), unread=True)]
    return text, list(_garbled(text, name))


def _garbled(text: str, name: str) -> Iterator[Problem]:
    """A notice where UTF-8 was once read as Windows-1252, so that 'é' has become 'Ã©', or where a letter was lost ('\ufffd'): the first place, and more lines."""
    found: dict[int, tuple[str, str]] = {}
    line, start, match = 1, 0, _GARBLED.search(text)
    while match and len(found) <= _PLACES:
        try:
            meant = match[0].encode("cp1252").decode()
        except UnicodeError:
            meant = ""
        end = match.end()
        if meant.isprintable() and (meant or match[0] == "\ufffd"):
            line, start = line + text.count("\n", start, end), end
            found[line] = match[0], meant
            end = text.find("\n", end) % (len(text) + 1)  # one of a line is enough
        match = _GARBLED.search(text, end)
    if found:
        first, *more = found
        shown, meant = found[first]
        also = f", as in line {', '.join(map(str, more))}" if more else ""
        why = f"is {quoted(meant)}, taken for Windows-1252" if meant else "stands for a letter that is lost"
        yield Problem(Location(name, first), f"{quoted(shown)} {why}{also}; type it again", notice=True)


def _bytes(file: Path, most: int) -> bytes:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # to read a pipe would be to wait for ever
            raise _NoTextError("this is no ordinary file; put a text file in its place")
        size = file.stat().st_size
        if size > most:
            raise _NoTextError(f"this file has {size:,} bytes; the limit is {most:,}")
        return file.read_bytes()
    except OSError as error:
        raise _NoTextError(f"this file cannot be read: {error.strerror or error}") from error


def _check(text: str) -> None:
    """Refuse what a person does not write."""
    unseen = next((match for match in UNSEEN.finditer(text) if match[0] not in _BREAKS), None)
    if unseen:
        raise _NoTextError(unseen_character(unseen[0]), text.count("\n", 0, unseen.start()) + 1)
    if not text.strip():
        raise _NoTextError("this file is empty; put its lines back, or delete it")


def _decoded(data: bytes, name: str) -> str:
    """Bytes as text with plain line ends."""
    if packed := next((what for start, what in _PACKED if data.startswith(start)), ""):
        bib = name.endswith(".bib")
        raise _NoTextError(
            f"no entries: this is {packed}; {shape.EXPORT}" if bib else f"this is {packed}; save it as plain text"
        )
    if encoding := _wide(data):
        raise _NoTextError(f"this file is {encoding}; save it as UTF-8")
    try:
        text = _LINE_END.sub("\n", data.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        start = error.start + (len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
        line = len(_LINE_END.findall(data[:start].decode("latin-1"))) + 1
        raise _NoTextError(f"byte 0x{data[start]:02x} is not UTF-8; save the file as UTF-8", line) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise _NoTextError("this line holds a NUL character; remove it", line)
    return text


def _conflict(text: str, name: str) -> _NoTextError | None:
    """What is told of the conflict markers that a merge has left in a text; None where there is none."""
    marker = _CONFLICT_IN_DATA if name.endswith(".yml") else _CONFLICT
    found = list(islice(marker.finditer(text), 4 * _PLACES))
    alike = [match.start() for match in found if match[0][0] == found[0][0][0]]
    lines = [text.count("\n", 0, start) + 1 for start in alike[: _PLACES + 1]]
    also = f", as in line {', '.join(map(str, lines[1:]))}" if lines[1:] else ""
    advice = "keep the words that are right, and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'"
    return _NoTextError(f"a merge has left two versions here{also}; {advice}", lines[0]) if lines else None


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 where bytes are that, by their mark or since every second byte is nothing; else ''."""
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return "UTF-32"
    sample = data[:1000]
    nothing = max(sample[i::2].count(0) for i in (0, 1))
    return "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") or nothing * 3 > len(sample) > 3 else ""
