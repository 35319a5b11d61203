"""What search knows of a page beyond its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchHint:
    """The page `uri`, or its section `section`: the kind of thing it shows, and further words that lead to it."""

    uri: str
    section: str
    kind: str
    words: tuple[str, ...] = ()
