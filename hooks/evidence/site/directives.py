"""All markers: the name of each and what renders it."""

from __future__ import annotations

from evidence.crosslinks.passages import Renderer
from evidence.downloads import how_to_cite
from evidence.pages import change_pages
from evidence.pages.directives import (
    actions,
    comparison,
    coordinators,
    examples,
    figure,
    meeting,
    note,
    picture,
    profile,
)
from evidence.pages.publisher import offline, publisher
from evidence.pages.questions import questions
from evidence.pages.tested import tested
from evidence.papers import pack_pages
from evidence.papers.pack_pages import packs
from evidence.tables.comparison import COMPARISONS

DIRECTIVES: dict[str, Renderer] = {
    **{name: comparison(name) for name in COMPARISONS if name != "nation"},
    "nation": profile,
    "examples": examples,
    "meeting": meeting,
    "coordinators": coordinators,
    "actions": actions,
    "questions": questions,
    "figure": figure,
    "picture": picture,
    "note": note,
    "publisher": publisher,
    "tested": tested,
    "offline": offline,
    pack_pages.DIRECTIVE: packs,
    how_to_cite.DIRECTIVE: how_to_cite.cite,
    change_pages.DIRECTIVE: change_pages.changes,
}
