"""The files of a review, and the class of the records in each data file."""

from __future__ import annotations

from typing import Any

from evidence.model.review import (
    Barriers,
    Comparison,
    Example,
    Kind,
    Nation,
    Network,
    Questions,
    Source,
    Theme,
    Untraced,
)
from evidence.model.site_data import EditorialNote, Figure, LinkResult, Packs, Publisher, Reading, Term, Tested

BIBLIOGRAPHY = "bibliography.bib"
DATA = "data"
DOCS = "docs"
# data/NAME.yml -> the field of Review that it fills, and the class of its records.
LISTS: dict[str, tuple[str, type[Any], str]] = {
    "sources": ("sources", Source, "id"),
    "kinds": ("kinds", Kind, "id"),
    "nations": ("nations", Nation, "id"),
    "themes": ("themes", Theme, "id"),
    "editorial": ("notes", EditorialNote, "id"),
    "untraced": ("untraced", Untraced, "key"),
    "examples": ("examples", Example, "id"),
    "figures": ("figures", Figure, "id"),
    "glossary": ("glossary", Term, "id"),
    "links": ("links", LinkResult, "address"),
}
SINGLES: dict[str, tuple[str, type[Any]]] = {
    "comparison": ("comparison", Comparison),
    "methods": ("methods", Comparison),
    "reading": ("reading", Reading),
    "barriers": ("barriers", Barriers),
    "network": ("network", Network),
    "questions": ("questions", Questions),
    "publisher": ("publisher", Publisher),
    "tested": ("tested", Tested),
    "packs": ("packs", Packs),
}
