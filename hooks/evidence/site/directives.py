"""All directives, from the rooms that they lie in."""

from __future__ import annotations

from evidence.crosslinks.passages import DirectiveKind, by_name
from evidence.downloads import how_to_cite
from evidence.model.parts import UNCITED
from evidence.pages import directives
from evidence.pages.comparisons import comparison_directive
from evidence.papers import pack_pages
from evidence.tables.kinds import TABLES

_UNCITED = DirectiveKind(
    UNCITED, lambda context, wanted: (), takes="nothing", gives="within a sentence: “(no citation in the source)”"
)


def all_directives() -> dict[str, DirectiveKind]:
    """Every directive by its name."""
    tables = by_name(*map(comparison_directive, TABLES.values()))
    return tables | directives.DIRECTIVES | by_name(pack_pages.PACKS, how_to_cite.CITE, _UNCITED)
