"""Rules for what people found of how the site can be used (data/accessibility.yml): the statement and its labels say just what this file says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evidence.model.accessibility import CRITERIA, EVERYWHERE, Assessment, Gap, Session
from evidence.model.base import Location, Problem
from evidence.subject import Subject
from evidence.text.words import day_slip, did_you_mean, is_day, quoted

Found = Gap | Session | Assessment


def days_of_what_was_found(subject: Subject) -> Iterator[Problem]:
    """The days in data/accessibility.yml are days, none of what was done lies in the future, and nothing was mended before it was found."""
    record = subject.review.accessibility
    for field, day, where in _days(subject):
        if slip := day_slip(field, day):
            yield Problem(where, slip)
        elif day > date.today().isoformat():
            yield Problem(
                where, f"{field} is {quoted(day)}, which is still to come; write the day on which it was done"
            )
    for gap in record.gaps:
        name = f"gap '{gap.id}'"
        if gap.planned and (slip := day_slip(f"'planned' of {name}", gap.planned)):
            yield Problem(gap.where, slip)
        if not is_day(gap.found):
            continue
        for field, day in (("mended", gap.mended), ("planned", gap.planned)):
            if is_day(day) and day < gap.found:
                yield Problem(gap.where, f"{name} was found on {gap.found}, and '{field}' is {day}; change one of them")
    if is_day(record.written) and is_day(record.reviewed) and record.reviewed < record.written:
        both = f"'reviewed' is {record.reviewed}, and the statement was written on {record.written}"
        yield Problem(record.where, f"{both}; change one of them")


def _days(subject: Subject) -> Iterator[tuple[str, str, Location]]:
    """Each day of what was done: the field in words, the day, its place. A field that is left out has none."""
    record = subject.review.accessibility
    days = [(f"'{name}'", getattr(record, name), record.where) for name in ("written", "reviewed")]
    for gap in record.gaps:
        days += [(f"'{name}' of gap '{gap.id}'", getattr(gap, name), gap.where) for name in ("found", "mended")]
    days += [(f"'held' of session '{held.id}'", held.held, held.where) for held in record.sessions]
    days += [(f"'made' of assessment '{one.id}'", one.made, one.where) for one in record.assessments]
    yield from (day for day in days if day[1])


def gaps_are_whole(subject: Subject) -> Iterator[Problem]:
    """What people found names criteria of WCAG 2.2 (A or AA) and pages that are there; until it is mended, it says what readers can do instead."""
    record = subject.review.accessibility
    told: dict[tuple[str, str], Gap] = {}
    for gap in record.gaps:
        name = f"gap '{gap.id}'"
        yield from _pages(subject, gap, name, gap.pages)
        for number in dict.fromkeys(gap.criteria):
            if number not in CRITERIA:
                near = did_you_mean(number, CRITERIA) or "; write a number such as 1.3.2"
                yield Problem(gap.where, f"{name}: {quoted(number)} is no criterion of WCAG 2.2, level A or AA{near}")
            for page in dict.fromkeys(gap.pages) if not gap.mended else ():
                first = told.setdefault((number, page), gap)
                if first is not gap:
                    both = f"criterion {number} stands for {quoted(page)} in gap '{first.id}' (line {first.where.line}), too"
                    yield Problem(gap.where, f"{name}: {both}; make one record of both")
        if not gap.mended and not gap.instead:
            advice = "add 'instead', or the day as 'mended'"
            yield Problem(gap.where, f"{name} is not mended and does not say what readers can do instead; {advice}")


def tests_with_readers_are_whole(subject: Subject) -> Iterator[Problem]:
    """A test with readers had readers, and used pages that are there; what was found in such a test or an assessment has one, not after it was found."""
    record = subject.review.accessibility
    for held in record.sessions:
        name = f"session '{held.id}'"
        yield from _pages(subject, held, name, held.pages)
        if held.people < 1:
            yield Problem(held.where, f"{name} has {held.people} people; write how many readers took part")
    days = {"reader test": [one.held for one in record.sessions], "auditor": [one.made for one in record.assessments]}
    lists = {"reader test": "sessions", "auditor": "assessments"}
    for gap in record.gaps:
        if gap.by in days and not any(day <= gap.found for day in days[gap.by]):
            first = f"there is none in '{lists[gap.by]}' on or before {gap.found}"
            yield Problem(gap.where, f"gap '{gap.id}' was found by {quoted(gap.by)}, and {first}; add it there")
    last = record.last_assessment
    if last and last.outcome == "partially" and not any(gap.criteria for gap in record.gaps):
        missing = "no gap names a criterion that is not met"
        yield Problem(
            last.where, f"assessment '{last.id}' has the outcome 'partially', and {missing}; add what it found"
        )


def _pages(subject: Subject, found: Found, name: str, pages: tuple[str, ...]) -> Iterator[Problem]:
    if EVERYWHERE in pages and len(pages) > 1:
        yield Problem(found.where, f"{name} names 'all' beside other pages; leave the others out")
    for page in pages:
        if page != EVERYWHERE and (message := subject.no_page(page)):
            yield Problem(found.where, f"{name}: {message}")
