"""All markers: the name of each and what renders it."""

from __future__ import annotations

from evidence.crosslinks.passages import Renderer
from evidence.pages import change_pages, citing
from evidence.pages.grids import GRIDS
from evidence.pages.markers import actions, coordinators, examples, figure, grid, meeting, note, picture, profile
from evidence.pages.publishing import offline, publisher
from evidence.pages.questions import questions
from evidence.pages.tested import tested
from evidence.papers import pack_pages
from evidence.papers.pack_pages import packs

RENDERERS: dict[str, Renderer] = {
    **{name: grid(name) for name in GRIDS if name != "nation"},
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
    pack_pages.MARKER: packs,
    citing.MARKER: citing.cite,
    change_pages.MARKER: change_pages.changes,
}
