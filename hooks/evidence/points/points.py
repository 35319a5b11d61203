"""Points: the statements of a review that say the same on the same sources, as one, in groups by what they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from evidence.crosslinks import Page
from evidence.crosslinks.support import Statement, Support, support_of
from evidence.documents.parts import CitedItem
from evidence.model.review import Review
from evidence.model.vocabulary import GRAVE, GRAVITY
from evidence.references import Label
from evidence.text.translation import _


@dataclass(frozen=True, slots=True)
class Supported:
    """A point of the review: its `words`, the statements that say it, what it rests on, its themes, and how grave the standing of its worst source is.

    `grave` is as in GRAVITY, -1 where no source of it has such a standing.
    """

    words: str
    statements: tuple[Statement, ...]
    support: Support
    themes: tuple[str, ...]
    nations: tuple[str, ...]
    grave: int

    @property
    def theme(self) -> str:
        """The id of the theme that it stands under; '' for none."""
        return next(iter(self.themes), "")

    @property
    def items(self) -> tuple[CitedItem, ...]:
        """The works that it cites, each with its place in the work, once."""
        cited = (item for item in self.statements[0].items if item.key in self.support.keys)
        return tuple(dict.fromkeys(CitedItem(item.key, item.locator) for item in cited))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of points: its id in addresses, what readers call it, what it means in a sentence, and which points it `holds`."""

    id: str
    title: str
    about: str
    holds: Callable[[Supported], bool]


BY_NUMBER = (
    Group(
        "no-source",
        _("Points without a source"),
        _("For these points, the review names no source. That alone makes none of them wrong."),
        lambda point: not point.support.keys,
    ),
    Group(
        "one-source",
        _("Points on one source"),
        _("Each of these points rests on one source. One careful source may be enough."),
        lambda point: len(point.support.keys) == 1,
    ),
    Group(
        "several-sources",
        _("Points on two sources or more"),
        _("Each of these points rests on two sources or more. Sources may lean on each other."),
        lambda point: len(point.support.keys) > 1,
    ),
)
_NOT_REVIEWED = Group(
    "not-peer-reviewed",
    _("Points on sources that are not peer reviewed"),
    _(
        "No source of these points is peer reviewed. Reports, laws and guidance seldom are, and may be just what a point needs."
    ),
    lambda point: bool(point.support.keys) and not point.support.reviewed,
)
_BY_STANDING = (
    Group(
        "retracted-or-doubted",
        _("Points on a retracted or doubted source"),
        _("A source of each of these points was retracted or withdrawn, or its publisher has voiced concern."),
        lambda point: point.grave >= GRAVE,
    ),
    Group(
        "corrected-or-replaced",
        _("Points on a corrected or replaced source"),
        _(
            "A source of each of these points was corrected, or a newer work has taken its place. None was retracted or doubted."
        ),
        lambda point: 0 <= point.grave < GRAVE,
    ),
)


def groups(review: Review) -> tuple[Group, ...]:
    """The groups of a review: those by number hold each point once. Where no kind of source is said to be peer reviewed, none is told by that."""
    return (*BY_NUMBER, *([_NOT_REVIEWED] if review.tells_peer_reviewed else []), *_BY_STANDING)


def points(
    pages: Iterable[Page], review: Review, themes: Iterable[str], known: Mapping[str, Label]
) -> tuple[Supported, ...]:
    """The points that the review makes in its own voice, in the order of `themes`, which are ids; those without one stand at the end."""
    said: dict[tuple[str, frozenset[str]], list[Statement]] = defaultdict(list)
    for statement in (made.statement for page in pages for made in page.stated if not made.statement.voice):
        said[statement.text(known), frozenset(item.key for item in statement.items)].append(statement)
    place = {name: number for number, name in enumerate(themes)}
    found = [_supported(review, text, same) for (text, _keys), same in said.items() if text]
    return tuple(sorted(found, key=lambda point: place.get(point.theme, len(place))))


def _supported(review: Review, words: str, same: list[Statement]) -> Supported:
    themes = dict.fromkeys(name for said in same for name in said.marks.themes if name in review.themes)
    nations = dict.fromkeys(name for said in same for name in said.marks.nations if name in review.nations)
    support = support_of(same[:1], review)
    works = [review.references[key] for key in support.keys if key in review.references]
    grave = max((GRAVITY.get(work.field("status"), -1) for work in works), default=-1)
    return Supported(words, tuple(same), support, tuple(themes), tuple(nations), grave)
