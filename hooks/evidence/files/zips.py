"""ZIP files that are the same, byte for byte, for the same parts (PKWARE, "APPNOTE.TXT", 4.4: date and time, version made by, attributes)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import IO

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can name; the same for every part
_UNIX = 3  # wherever it is made
_MODE = 0o100644  # a file that its owner may write and all may read


def write_zip(target: Path | IO[bytes], parts: Iterable[tuple[str, bytes]], as_they_are: Collection[str] = ()) -> None:
    """Write parts, each with its name, in the order in which they come; those named in `as_they_are` are not compressed."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = _UNIX
            entry.external_attr = _MODE << 16
            entry.compress_type = zipfile.ZIP_STORED if name in as_they_are else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)


def zipped(parts: Iterable[tuple[str, bytes]], as_they_are: Collection[str] = ()) -> bytes:
    """The same as bytes."""
    out = io.BytesIO()
    write_zip(out, parts, as_they_are)
    return out.getvalue()
