"""Editable papers: a paper's Markdown as ODT or DOCX, written by pandoc.

Pandoc reads nothing but the document tree that we give it and the reference document that we make (its option --sandbox), with no settings of
the user who runs it. The same paper gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidence.files import pandoc, zips
from evidence.office import docx, odt
from evidence.office.pictures import pngs
from evidence.office.xml_parts import Parts
from evidence.text.escape import clean
from evidence.text.languages import way_of

_TYPES_VERSION = [1, 23, 1]


@dataclass(frozen=True, slots=True)
class Writer:
    """What pandoc needs for one kind of file: `reference` makes the parts of the reference document from pandoc's own, `repair` mends what it wrote.

    `styles` is the part with the styles, of which pandoc needs no more than `named` leaves: to read all of them would take it as long as most papers.
    """

    reference: Callable[..., Parts]
    repair: Callable[..., Parts]
    styles: str
    named: Callable[[bytes], bytes]


WRITERS = {
    "odt": Writer(odt.reference, odt.repair, "styles.xml", odt.named),
    "docx": Writer(docx.reference, docx.repair, "word/styles.xml", docx.named),
}
"""By pandoc's name for the kind, which is the ending of its files, too."""


def to_office(
    markdown: str, *, title: str, language: str, points: int, date: str, kind: str, author: str = ""
) -> bytes:
    """A paper as an office document.

    `markdown` is the body of its page, without citations or directives left to fill in; `language` is a tag such as en-GB (BCP 47), `points` the
    size of the body and the foot, `date` the day that the file says it was made on (ISO 8601), `author` who it says made it, `kind` one of `WRITERS`.
    """
    from evidence.office.blocks import tree  # noqa: PLC0415 (reads Markdown: slow to load)

    title = clean(title)
    way = way_of(language)
    blocks, setting = tree(markdown, title=title, points=points, way=way)
    drawn = pngs(setting.pictures.values())
    if refused := set(setting.pictures.values()) - drawn.keys():
        blocks, setting = tree(markdown, title=title, points=points, way=way, refused=refused)
    # Styles of ODT say the language already; pandoc would read and write all of them to say it again.
    meta = {"lang": {"t": "MetaString", "c": language}} if kind == "docx" else {}
    source = {"pandoc-api-version": _TYPES_VERSION, "meta": meta, "blocks": blocks}
    writer = WRITERS[kind]
    reference = writer.reference(_default(kind), points=points, language=language, title=title)
    styles = reference[writer.styles]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"reference.{kind}")
        file.write_bytes(_zip(reference | {writer.styles: writer.named(styles)}))
        options = ["--from=json", f"--to={kind}+empty_paragraphs", f"--reference-doc={file}", "--output=-"]
        options += ["--syntax-highlighting=none"]  # whose styles no paper has a use for
        written = pandoc.run(*options, folder=folder, given=json.dumps(source).encode())
    about = {"title": title, "author": clean(author), "date": date, "language": language}
    pictures = {stub: drawn[picture] for stub, picture in setting.pictures.items()}
    parts = {name: pictures.get(content, content) for name, content in _unzip(written).items()}
    parts[writer.styles] = styles
    return _zip(writer.repair(parts, alternatives=setting.alternatives, rooms=setting.rooms, points=points, **about))


@cache
def _default(kind: str) -> Mapping[str, bytes]:
    """The parts of pandoc's own reference document."""
    with tempfile.TemporaryDirectory() as folder:
        return _unzip(pandoc.run(f"--print-default-data-file=reference.{kind}", folder=folder))


def _unzip(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _zip(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one file. 'mimetype' comes first and is not compressed (OpenDocument 1.3, part 2, 3.3)."""
    names = sorted(parts, key=lambda name: (name != "mimetype", name != "[Content_Types].xml", name))
    return zips.zipped(((name, parts[name]) for name in names), as_they_are={"mimetype"})
