"""What a case of the matrix is, and the cases that are the same for every kind of file: encodings, line ends, odd files."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "sites/meadow"
# A file of each kind, and the first of its lines that holds a letter outside ASCII once `accented` has put one in.
FILES = ("bibliography.bib", "data/themes.yml", "docs/index.md", "CHANGELOG.md")
CHANGELOG = "# Changes\n\n## 1.0.0 - 2026-11-22\n\n### Content\n\n- First words (index.md).\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A file to put into a small review, and the problems that must be among those named ('path:line: words'). None named: all is well.

    The file is kept compressed: together they are some hundreds of megabytes.
    """

    id: str
    file: str
    packed: bytes
    problems: tuple[str, ...] = ()

    def write(self, review: Path) -> None:
        """Put the file into the review."""
        target = review / self.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(zlib.decompress(self.packed))


def case(name: str, file: str, content: str | bytes, *problems: str) -> Case:
    """A case of one file."""
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return Case(name, file, zlib.compress(data, 1), problems)


def original(file: str) -> str:
    """What the review has in a file."""
    return CHANGELOG if file == "CHANGELOG.md" else (SITE / file).read_text("utf-8")


def accented(file: str) -> str:
    """The same with a letter outside ASCII on its second line, in a place that is text."""
    lines = original(file).split("\n")
    lines.insert(
        1, {"bibliography.bib": "  note = {caf\xe9},", "data/themes.yml": "# caf\xe9"}.get(file, "note: caf\xe9")
    )
    if file == "CHANGELOG.md":
        lines[1] = "caf\xe9"
    if file == "docs/index.md":
        lines[1] = "# caf\xe9"  # a comment of the front matter
    return "\n".join(lines)


def encodings() -> Iterator[Case]:
    """Each kind of file in encodings and with line ends that programs write."""
    for file in FILES:
        text, name = accented(file), file.rpartition("/")[2]
        yield case(
            f"{name}-utf-16-with-bom", file, b"\xff\xfe" + text.encode("utf-16-le"), f"{file}:1: this file is UTF-16"
        )
        yield case(f"{name}-crlf", file, text.replace("\n", "\r\n"))
        yield case(f"{name}-latin-1", file, text.encode("latin-1"), f"{file}:2: byte 0xe9 is not UTF-8")
        yield case(f"{name}-too-large", file, text + " " * 20_000_001, f"{file}:1: this file has 20,00")
        if file != "data/themes.yml":  # one function opens all files, so one kind of them shows the rest
            continue
        yield case(
            f"{name}-utf-16-big-endian", file, b"\xfe\xff" + text.encode("utf-16-be"), f"{file}:1: this file is UTF-16"
        )
        yield case(f"{name}-utf-16-without-bom", file, text.encode("utf-16-le"), f"{file}:1: this file is UTF-16")
        yield case(f"{name}-utf-16-be-without-bom", file, text.encode("utf-16-be"), f"{file}:1: this file is UTF-16")
        yield case(f"{name}-utf-32", file, text.encode("utf-32"), f"{file}:1: this file is UTF-32")
        yield case(f"{name}-utf-8-with-bom", file, b"\xef\xbb\xbf" + text.encode())
        yield case(f"{name}-lone-cr", file, text.replace("\n", "\r"))
        yield case(f"{name}-latin-1-crlf", file, text.replace("\n", "\r\n").encode("latin-1"), f"{file}:2: byte 0xe9")
        yield case(f"{name}-latin-1-lone-cr", file, text.replace("\n", "\r").encode("latin-1"), f"{file}:2: byte 0xe9")
        yield case(f"{name}-nul", file, text.replace("caf\xe9", "caf\x00"), f"{file}:2: this line holds a NUL")
        yield case(
            f"{name}-cut-inside-a-letter",
            file,
            (text + "\xe9").encode()[:-1],
            f"{file}:{text.count(chr(10)) + 1}: byte 0xc3",
        )
        yield case(
            f"{name}-overlong-utf-8", file, text.encode().replace(b"\xc3\xa9", b"\xc0\xaf"), f"{file}:2: byte 0xc0"
        )
        yield case(
            f"{name}-surrogate", file, text.encode().replace(b"\xc3\xa9", b"\xed\xa0\x80"), f"{file}:2: byte 0xed"
        )
    yield case(
        "themes.yml-control",
        "data/themes.yml",
        "# a\n# \x1b[31m\n",
        "data/themes.yml:2: a character that cannot be seen (U+001B)",
    )
    yield case(
        "index.md-control",
        "docs/index.md",
        original("docs/index.md") + "\x02wzxhzdk:0\x03\n",
        "docs/index.md:22: a character that cannot be seen (U+0002)",
    )
    yield case(
        "index.md-private-use",
        "docs/index.md",
        original("docs/index.md") + "\ue0230\ue023\n",
        "docs/index.md:22: a character that cannot be seen (U+E023)",
    )
    yield case(
        "CHANGELOG.md-control",
        "CHANGELOG.md",
        CHANGELOG + "- \x08\n",
        "CHANGELOG.md:8: a character that cannot be seen (U+0008)",
    )
    yield case(
        "CHANGELOG.md-line-separator",
        "CHANGELOG.md",
        CHANGELOG + "- a\u2028b\x85c\n- d\n\n## x\n",
        "CHANGELOG.md:11: heading 'x'",
    )
    yield case(
        "themes.yml-line-separator",
        "data/themes.yml",
        "# a\u2028b\x85c\nd\n",
        "data/themes.yml:1: a character that cannot be seen (U+2028)",
    )
