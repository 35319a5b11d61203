"""The records of data/glance.yml and data/timeline.yml: how the editors read what each nation has, and which laws and policies came when.

They are validated as those of `review` are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidence.model.base import Named, Record

# A year or a decade, or from one to a later one.
_YEARS = re.compile(r"([0-9]{4}(?!s)|[0-9]{3}0(?=s))s?(?: to ([0-9]{4}(?!s)|[0-9]{3}0(?=s))s?)?")
Says = Literal["yes", "part", "no"]
EventKind = Literal["law", "policy", "guidance", "other"]


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """How the editors read what is said of one nation on one topic. Where nothing is said, there is no reading."""

    says: Says
    """yes, part (in part) or no. Leave the nation out where nothing is said of it."""
    why: str
    """Why you read it so, in one or two short sentences: who says what."""
    at: tuple[str, ...]
    """The statements that it rests on: [page.md#id], where the id is that of the statement's unit mark. The first is where it leads to."""


@dataclass(frozen=True, slots=True)
class Topic(Named):
    """A topic of the nations at a glance: a row, with the editors' reading for each nation."""

    title: str
    """What may be there or not, in a few words."""
    cells: Mapping[str, Reading] = field(default_factory=dict)
    """The reading for each nation, by its id. A nation that is left out counts as not said."""


@dataclass(frozen=True, slots=True)
class Event(Named):
    """A law, a policy or the like on the time line. It rests on statements of pages, or on editors' notes alone: then it is their addition."""

    year: str
    """When it was: 2014, 1970s, or 2017 to 2020."""
    title: str
    """What it is called, in a few words."""
    kind: EventKind
    """law, policy, guidance, or other."""
    what: str = ""
    """What is said of it, in one short sentence."""
    nations: tuple[str, ...] = ()
    """Ids of nations from data/nations.yml. Leave it out for all of them."""
    at: tuple[str, ...] = ()
    """The statements that tell of it: [page.md#id], where the id is that of the statement's unit mark. The first is where it leads to."""
    notes: tuple[str, ...] = ()
    """Ids of editor's notes from data/editorial.yml that tell of it, such as [N1]. They alone are enough for what you add."""

    @property
    def begins(self) -> int:
        """The year in which it was or began; 0 where none is given, which a rule tells."""
        years = _YEARS.fullmatch(self.year)
        if not years or (years[2] and years[2] <= years[1]):
            return 0
        return int(years[1])
