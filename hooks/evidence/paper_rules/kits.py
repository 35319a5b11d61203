"""The rules for the kit of a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import Problem
from evidence.model.site_data import Pack, Part
from evidence.subject import Subject
from evidence.text.words import quoted

MAX_PEOPLE = 30


def kits_are_whole(subject: Subject) -> Iterator[Problem]:
    """There is one kit at most; it holds packs alone, each of all its sizes, and says how many people it is for and how many copies they need."""
    first: Pack | None = None
    for pack in subject.review.packs.packs:
        name, is_kit = f"pack {quoted(pack.id)}", pack.form == "kit"
        if is_kit and first:
            yield Problem(pack.where, f"{name} is a second kit; the first is at {first.where}")
        first = first or (pack if is_kit else None)
        if is_kit and (pack.each or pack.editable):
            yield Problem(pack.where, f"{name} is a kit; leave out 'each' and 'editable'")
        if is_kit and not 1 <= pack.people <= MAX_PEOPLE:
            is_said = f"'people' of {name} is {pack.people}" if pack.people else f"{name} says no 'people'"
            yield Problem(pack.where, f"{is_said}; write a number from 1 to {MAX_PEOPLE}")
        if pack.people and not is_kit:
            message = f"'people' goes with 'form: kit' only; {name} is {'cards' if pack.form == 'cards' else 'a sheet'}"
            if pack.meant_as_kit:
                message = f"{name} has 'people' and 'copies', as only a kit has; write 'form: kit', or take them out"
            yield Problem(pack.where, message)
        yield from _held_once(pack if is_kit else None)
        for part in pack.parts:
            yield from _fits(part, pack, subject)


def _held_once(kit: Pack | None) -> Iterator[Problem]:
    first: dict[str, Part] = {}
    for part in kit.parts if kit else ():
        if first.setdefault(part.pack, part) is not part and part.pack:
            twice = (
                f"pack {quoted(part.pack)} stands in this kit a second time; the first is at {first[part.pack].where}"
            )
            yield Problem(part.where, f"{twice}; write it once, and its 'copies' for all")


def _fits(part: Part, pack: Pack, subject: Subject) -> Iterator[Problem]:
    inner = subject.packs.get(part.pack)
    if pack.form != "kit":
        if part.copies and not pack.meant_as_kit:
            yield Problem(part.where, "'copies' goes with the packs of a kit only")
        if inner and inner.form == "kit":
            yield Problem(part.where, f"pack {quoted(inner.id)} is a kit, so it cannot be in another pack")
    elif not part.pack or part.title:
        yield Problem(part.where, "a kit holds packs as they are; write 'pack: ...' and 'copies: ...' alone")
    elif not part.copies:
        yield Problem(part.where, f"say how many of pack {quoted(part.pack)}: add 'copies: each', 'pair' or 'group'")
    elif inner and (inner.form == "kit" or set(pack.sizes) - set(inner.sizes)):
        why = "is a kit" if inner.form == "kit" else f"does not come in all sizes of pack {quoted(pack.id)}"
        yield Problem(part.where, f"pack {quoted(inner.id)} {why}, so it cannot be in that")
