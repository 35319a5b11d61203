"""The files of a review, and the class of the records in each data file."""

from __future__ import annotations

from typing import Any

from evidence.model import accessibility, checks, media, nations, network, review, site_data
from evidence.model.base import Record

BIBLIOGRAPHY = "bibliography.bib"
DATA = "data"
DOCS = "docs"
# data/NAME.yml -> the field of Review that it fills, and the class of its records.
LISTS: dict[str, tuple[str, type[Any], str]] = {
    "sources": ("sources", review.Source, "id"),
    "kinds": ("kinds", review.Kind, "id"),
    "nations": ("nations", review.Nation, "id"),
    "themes": ("themes", review.Theme, "id"),
    "editorial": ("notes", site_data.EditorialNote, "id"),
    "untraced": ("untraced", review.Untraced, "key"),
    "examples": ("examples", review.Example, "id"),
    "figures": ("figures", site_data.Figure, "id"),
    "findings": ("findings", network.Finding, "id"),
    "glance": ("glance", nations.Topic, "id"),
    "timeline": ("timeline", nations.Event, "id"),
    "media": ("recordings", media.Recording, "id"),
    "glossary": ("glossary", site_data.Term, "id"),
    "search": ("bets", site_data.BestBet, "page"),
    "languages": ("editions", site_data.Edition, "id"),
}
SINGLES: dict[str, tuple[str, type[Any]]] = {
    "comparison": ("comparison", review.Comparison),
    "methods": ("methods", review.Comparison),
    "reading": ("reading", site_data.Reading),
    "review": ("words", site_data.Words),
    "barriers": ("barriers", network.Barriers),
    "network": ("network", network.Network),
    "questions": ("questions", network.Questions),
    "publisher": ("publisher", site_data.Publisher),
    "sources-checked": ("checks", checks.SourcesChecked),
    "tested": ("tested", checks.Tested),
    "accessibility": ("accessibility", accessibility.Accessibility),
    "packs": ("packs", site_data.Packs),
}
# What a review in several languages has once, in data/: it holds no words for readers, or the names of works and organisations. All else, and what is
# not in data/ID/ of a language, its edition does without.
FOR_ALL = frozenset({"languages", "publisher", "sources-checked", "tested"})
# The same, unless data/ID/ has a file of its own.
SHARED = FOR_ALL | {"sources"}
# May hold nothing but comments: what programs write, and a list that begins empty.
MAY_BE_EMPTY = {"redirects", "sources-checked", "tested"}
# The one field of a record that may cite; citations in any other field would be shown as they are written.
CITING: dict[type[Record], str] = {
    review.Point: "text",
    network.Barrier: "text",
    review.Example: "text",
    site_data.EditorialNote: "note",
    site_data.Figure: "credit",
}
# Fields that are inline Markdown; all others are plain text, which is escaped where it is shown.
MARKDOWN: dict[type[Record], tuple[str, ...]] = {
    **{record: (name,) for record, name in CITING.items()},
    site_data.EditorialNote: ("note", "basis"),
    review.Theme: ("summary", "members_said", "reading"),
    network.Barrier: ("text", "members"),
}
