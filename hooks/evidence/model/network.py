"""The records of data/findings.yml, barriers.yml, network.yml and questions.yml: what was found, what gets in the way, who meets about it, and what there is to discuss.

They are validated as those of `review` are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidence.model.base import Named, Record


@dataclass(frozen=True, slots=True)
class Finding(Named):
    """One of the few things that a reader should take away, and the statements that carry it."""

    text: str
    """What was found, or what members said, in one short sentence."""
    statements: tuple[str, ...]
    """The statements of pages that carry it: [page.md#id], where the id is that of the statement's unit mark. The first is where it leads to."""
    picture: str = ""
    """The name of a picture in docs/assets/pictures, without .svg."""
    voice: Literal["members"] | None = None
    """members where it is what members said. Leave it out for what the review found."""
    nation: str = ""
    """The id of a nation from data/nations.yml, where it is about one alone."""


@dataclass(frozen=True, slots=True)
class BarrierGroup(Named):
    """Barriers that bite at the same point and are reported by the same people."""

    title: str
    """The name that readers see."""
    bites: str
    """What these barriers get in the way of."""
    reported_by: str
    """Who reports them."""


@dataclass(frozen=True, slots=True)
class Barrier(Named):
    """Something that gets in the way. `themes` are the editors' links; `members` are the members' own points on the same thing."""

    title: str
    """The name that readers see."""
    text: str
    """What it is. Markdown on one line; cite with [@key]."""
    group: str
    """The id of a group above."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that the editors link to it."""
    members: tuple[str, ...] = ()
    """What members said about the same thing, one short sentence an item. Leave it out where they said nothing on it."""
    unit: str = ""
    """The id by which the statement is known and linked to; of several with blanks between them, the first."""
    notes: tuple[str, ...] = ()
    """Ids of editor's notes from data/editorial.yml that belong here, such as [N1]."""


@dataclass(frozen=True, slots=True)
class Barriers(Record):
    """All barriers in their groups."""

    groups: tuple[BarrierGroup, ...] = ()
    """Barriers that go together."""
    barriers: tuple[Barrier, ...] = ()
    """The barriers, each in one group."""


@dataclass(frozen=True, slots=True)
class Meeting(Named):
    """A meeting of the network whose themes the review reports."""

    title: str
    """The name that readers see."""
    number: int
    """Which meeting it was: 1, 2 and so on."""
    summary: str
    """What came of it."""


@dataclass(frozen=True, slots=True)
class Coordinator(Record):
    """Who co-ordinates the network in a nation."""

    name: str
    """A person or an organisation."""
    nation: str
    """The id of a nation from data/nations.yml."""
    kind: Literal["organisation", "person"]
    """Which of the two: organisation or person."""
    notes: tuple[str, ...] = ()
    """Ids of editor's notes from data/editorial.yml that belong here, such as [N1]."""


@dataclass(frozen=True, slots=True)
class Action(Named):
    """What a meeting decided to do, and the themes that it answers."""

    text: str
    """What the network wants to do."""
    themes: tuple[str, ...] = ()
    """Ids of the themes that it answers."""


@dataclass(frozen=True, slots=True)
class Network(Record):
    """The network whose members' words stand beside the review."""

    name: str
    """The network's name."""
    years: str = ""
    """When it met, in words."""
    delivery_model: str = ""
    """How it worked, in a word."""
    meetings: tuple[Meeting, ...] = ()
    """Its meetings, in order."""
    coordinators: tuple[Coordinator, ...] = ()
    """Who co-ordinates it, and where."""
    actions: tuple[Action, ...] = ()
    """What it wants to do."""


@dataclass(frozen=True, slots=True)
class QuestionGroup(Named):
    """A group of discussion questions."""

    title: str
    """The name that readers see."""


@dataclass(frozen=True, slots=True)
class Question(Named):
    """A question for discussion."""

    group: str
    """The id of a group above."""
    text: str
    """The question, as it is asked."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that this belongs to."""
    picture: str = ""
    """The name of a picture in docs/assets/pictures, without .svg, for its card."""


@dataclass(frozen=True, slots=True)
class Suggestion(Named):
    """A question on a theme or an area that the editors suggest: it grows out of what was said, and leads to no answer."""

    text: str
    """The question, as it is asked."""
    said: tuple[Literal["review", "members"], ...]
    """Whose words it grows out of: review, members, or both where both speak on the subject."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that it is on."""
    nations: tuple[str, ...] = ()
    """Ids of nations from data/nations.yml that it is on."""
    picture: str = ""
    """The name of a picture in docs/assets/pictures, without .svg, for its card. Leave it out for that of its theme or nation."""


@dataclass(frozen=True, slots=True)
class Questions(Record):
    """All questions in their groups."""

    groups: tuple[QuestionGroup, ...] = ()
    """Questions that go together."""
    questions: tuple[Question, ...] = ()
    """The questions, each in one group."""
    suggestions: tuple[Suggestion, ...] = ()
    """Questions on single themes and nations that the editors suggest."""

    def numbered(self) -> Iterator[tuple[QuestionGroup, tuple[tuple[int, Question], ...]]]:
        """The groups in order, each with its questions and their numbers, which go on from group to group."""
        number = 0
        for group in self.groups:
            found = [question for question in self.questions if question.group == group.id]
            yield group, tuple(enumerate(found, number + 1))
            number += len(found)
