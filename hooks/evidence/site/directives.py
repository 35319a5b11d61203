"""All directives, from the rooms that they lie in."""

from __future__ import annotations

from evidence.cards import CARDS
from evidence.crosslinks import passages
from evidence.directives import own_directives
from evidence.documents.parts import UNCITED
from evidence.downloads import how_to_cite
from evidence.papers import DIRECTIVES

_UNCITED = passages.DirectiveKind(
    UNCITED,
    lambda context, wanted: (),
    takes="nothing",
    gives="at the end of a sentence: the source names no work for it; its paragraph says “no source named”",
)


def all_directives() -> dict[str, passages.DirectiveKind]:
    """Every directive by its name."""
    return own_directives() | passages.by_name(CARDS, *DIRECTIVES, how_to_cite.CITE, _UNCITED)
