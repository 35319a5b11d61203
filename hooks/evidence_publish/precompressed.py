"""Text files compressed once, when the site is published, and not again for each reader: beside `x.html` stand `x.html.gz` and `x.html.br`.

Servers send them to browsers that take them (nginx: gzip_static, brotli_static; Apache and others alike). Kept releases, of which there are more each
year and which few ask for, have none: they would weigh a quarter more. The bytes depend on the file alone: the
gzip header holds neither a time nor a name (RFC 1952).
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from evidence.directives import changes
from evidence.references import FORMATS

# What is not text is compressed already: PDF, ODT, DOCX, PNG, ZIP.
TEXT = {".html", ".css", ".js", ".json", ".xml", ".svg", ".csv", ".txt", ".atom", ".md", ".webmanifest", ".vtt", ".ics"}
# Below this a response is one packet with or without compression, and a second file costs more than it saves.
_SMALL = 256


def compress(folder: Path, before: Path | None = None) -> int:
    """Write the compressed files of a site, wherever they are smaller than what they were made from. Returns how many there are.

    They have the time of their original, so that servers tell browsers the same of both. `before` is the site that this one replaces: what
    has not changed since is not compressed again.
    """

    def one(file: Path) -> int:
        return _compress(file, before / file.relative_to(folder) if before else None)

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # both compressors let other threads run meanwhile
        return sum(pool.map(one, sorted(_texts(folder))))


def _texts(folder: Path) -> Iterator[Path]:
    endings = TEXT | {f".{ending}" for ending in FORMATS}
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        left_out = parts[0] == changes.ARCHIVE or any(part.startswith((".", "_")) for part in parts)
        if file.suffix in endings and not left_out and file.is_file():
            yield file


def _compress(file: Path, before: Path | None) -> int:
    content = file.read_bytes()
    time = file.stat().st_mtime_ns
    written = 0
    for ending, (pack, unpack) in METHODS.items():
        target = file.with_name(file.name + ending)
        smaller = _made_before(before, ending, content, unpack) or pack(content)
        if len(content) > _SMALL and len(smaller) < len(content):
            target.write_bytes(smaller)
            os.utime(target, ns=(time, time))
            written += 1
        else:
            target.unlink(missing_ok=True)
    return written


def _made_before(before: Path | None, ending: str, content: bytes, unpack: Callable[[bytes], bytes]) -> bytes:
    """The old site's compressed file, if it holds this very content; else nothing. To look is ten times as fast as to compress."""
    if before is None:
        return b""
    old = before.with_name(before.name + ending)
    try:
        packed = old.read_bytes() if before.read_bytes() == content else b""
        return packed if packed and unpack(packed) == content else b""
    except (OSError, EOFError, zlib.error, brotli.error):
        return b""


METHODS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    ".gz": (partial(gzip.compress, compresslevel=9, mtime=0), gzip.decompress),
    ".br": (partial(brotli.compress, mode=brotli.MODE_TEXT, quality=11), brotli.decompress),
}
