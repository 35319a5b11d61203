"""The files of a review, and the class of the records in each data file."""

from __future__ import annotations

from typing import Any

from evidence.model import accessibility, checks, media, nations, network, review, site_data

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
# May hold nothing but comments: what programs write, and a list that begins empty.
MAY_BE_EMPTY = {"redirects", "sources-checked", "tested"}
