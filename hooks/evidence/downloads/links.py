"""References to take away: the formats of their files, and the lines of links to them."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.output.blocks import Inline, Link, Paragraph
from evidence.text.sizes import file_size

# By the ending of the file: what readers call the format, and its media type.
_FORMATS = {
    "bib": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
NAMES = {ending: name for ending, (name, _) in _FORMATS.items()}
MEDIA_TYPES = {ending: kind for ending, (_, kind) in _FORMATS.items()}
CSS = "downloads"
"""The class of the lines."""


def download_line(words: str, files: Iterable[tuple[str, str, int | None]], of: str) -> Paragraph:
    """One line of links: `words` begin it, `of` tells its links from those of other lines.

    `files` are names of formats, addresses, and sizes in bytes, None where a size is not known.
    """
    runs: list[Inline] = [f"{words}: "]
    for name, uri, size in files:
        text = name if size is None else f"{name} ({file_size(size)})"
        runs += [Link(text, uri, f"{text}, {of}"), ", "]
    return Paragraph((*runs[:-1], "."), CSS)
