"""The rules for statements of pages: what points at them, and what themes they are marked with."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.documents.document import NONE, Document, Section
from evidence.documents.parts import UNCITED
from evidence.model.base import Location, Problem
from evidence.model.review import Point
from evidence.model.vocabulary import PICTURES
from evidence.sources import parse_parts
from evidence.subject import Subject
from evidence.text.words import did_you_mean, listed, one_slip, quoted

# The fields that name statements, as 'page.md#id'.
POINTING = ("at", "statements")
_FORM = "; write page.md#id, with the page's name as in docs/ and the id of a unit mark on it"


def pointers_lead_to_statements(subject: Subject) -> Iterator[Problem]:
    """What a line or a finding sums up is there: a page's file as it is called in docs/, '#', and the id of the statement's unit mark."""
    pages = subject.index.pages
    for record in subject.records:
        for field, address in ((name, address) for name in POINTING for address in getattr(record, name, ())):
            if subject.index.statements_at(address):
                continue
            uri, _, name = address.partition("#")
            there = [one for made in pages[uri].stated for one in made.statement.units] if uri in pages else pages
            lacks = f"no statement on '{uri}' has the id '{name}'" if uri in pages else f"there is no page '{uri}'"
            near = one_slip(name if uri in pages else uri, there) or _FORM
            yield Problem(record.where, f"{field} {quoted(address)}: {lacks}{near}")


def lines_cite_what_their_statements_cite(subject: Subject) -> Iterator[Problem]:
    """A line that sums up statements cites no work that none of them cites."""
    for record in subject.records:
        if not isinstance(record, Point):
            continue
        said = [statement for address in record.at for statement in subject.index.statements_at(address)]
        cited = {item.key for statement in said for item in statement.items}
        own = dict.fromkeys(item.key for citation in parse_parts(record.text).citations for item in citation.items)
        if said and (more := [quoted(key) for key in own if key not in cited]):
            where = "that statement does" if len(said) == 1 else "those statements do"
            advice = "cite it there, point at a statement that cites it, or take it out"
            yield Problem(record.where, f"this line cites {listed(more)}, and {where} not; {advice}")


def statements_of_themes_are_marked(subject: Subject) -> Iterator[Problem]:
    """A statement that the line of a theme sums up is marked with that theme or one below it: else its sources would not count for the theme."""
    for theme in subject.review.themes.values():
        family = set(subject.index.families.get(theme.id, (theme.id,)))
        for point in theme.found:
            for address in point.at:
                said = subject.index.statements_at(address)
                if said and not any(family.intersection(statement.marks.themes) for statement in said):
                    advice = "add it to data-themes in its heading's braces, or take the address out"
                    message = f"at {quoted(address)}: that statement has no mark of theme {quoted(theme.id)}; {advice}"
                    yield Problem(point.where, message)


def marked_sections_make_statements(subject: Subject) -> Iterator[Problem]:
    """A section that is marked with a theme says something on it: it, or one below it, makes a statement (a notice)."""
    for document in subject.documents if subject.review.references else ():  # without works, nothing is stated yet
        page = subject.index.pages[document.uri]
        for number, section in enumerate(document.sections):
            if not section.level or section.voice or not set(section.own.themes).difference(NONE):
                continue
            places = {one.id for one in _with_those_below(document, number)}
            spoken = {
                name for made in page.stated if made.statement.section in places for name in made.statement.marks.themes
            }
            for theme in section.own.themes:
                if theme not in (*spoken, *NONE) and page.whole:
                    advice = (
                        "cite a source, write <!-- evidence: uncited --> behind what has none, or take the mark out"
                    )
                    message = f"section {quoted(section.title)} is marked with theme {quoted(theme)}, but makes no statement; {advice}"
                    yield Problem(Location(document.where.path, section.line), message, notice=True)


def pictures_are_there(subject: Subject) -> Iterator[Problem]:
    """The picture that a record of the data names lies in docs/assets/pictures."""
    known = [name.removeprefix(PICTURES) for name in subject.review.drawings if name.startswith(PICTURES)]
    for name, where in ((getattr(record, "picture", ""), record.where) for record in subject.records):
        if name and name not in known and not subject.review.lost(name):
            lacks = f"there is no file 'docs/assets/{PICTURES}{name}.svg'"
            yield Problem(where, f"picture {quoted(name)}: {lacks}{did_you_mean(name, known)}")


def events_have_a_year_and_a_ground(subject: Subject) -> Iterator[Problem]:
    """An event of the time line has its year, and rests on statements, or on editors' notes where the editors add it."""
    for event in subject.review.timeline.values():
        if not event.begins:
            advice = "write one as 2014, 1970s, or 2017 to 2020"
            yield Problem(event.where, f"year of '{event.id}' is {quoted(event.year)}; {advice}")
        if not event.at and not event.notes:
            advice = "name the statements that tell of it in 'at', or the note in 'notes' if you add it yourself"
            yield Problem(event.where, f"event '{event.id}' rests on nothing; {advice}")


def uncited_stands_behind_words(subject: Subject) -> Iterator[Problem]:
    """The directive `uncited` belongs to a statement: in a heading, or with no words before it, it would be lost."""
    for page in subject.index.pages.values():
        held = {
            (made.passage, made.start + directive.start)
            for made in page.stated
            for directive in made.statement.parts.directives
        }
        for number, passage in enumerate(page.passages):
            for directive in passage.parts.directives:
                if directive.name == UNCITED and (number, directive.start) not in held:
                    advice = "write it at the end of the sentence that it is about, on the same line"
                    yield Problem(
                        passage.line(directive.start), f"marker '{UNCITED}' belongs to no statement; {advice}"
                    )


def _with_those_below(document: Document, number: int) -> Iterator[Section]:
    """A section, by its number on the page, and those below its heading."""
    first, *rest = document.sections[number:]
    yield first
    for section in rest:
        if section.level <= first.level:
            return
        yield section
