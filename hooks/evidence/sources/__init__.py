"""Files -> records and problems: the only room that opens what a review is written in (.bib, YAML, Markdown, SVG, CHANGELOG.md)."""

from __future__ import annotations

from evidence.sources.bibtex import parse_bibtex
from evidence.sources.changes import parse_changes
from evidence.sources.document import parse_document
from evidence.sources.drawings import parse_drawing
from evidence.sources.opening import read_text
from evidence.sources.parts import parse_parts
from evidence.sources.read import read
from evidence.sources.settings import Settings

__all__ = [
    "Settings",
    "parse_bibtex",
    "parse_changes",
    "parse_document",
    "parse_drawing",
    "parse_parts",
    "read",
    "read_text",
]
