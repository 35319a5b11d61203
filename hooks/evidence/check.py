"""Every rule that a review must keep. A rule is a generator of problems, and its docstring is its text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from evidence import escape
from evidence.document import Document, Marks, citations, code_spans
from evidence.index import Index, line_of, sentence_around
from evidence.model import Problem, Reference, Review, Where
from evidence.passages import Page, Passage
from evidence.render import ACCESS, LISTINGS
from evidence.words import did_you_mean, listed, quoted

MAX_TITLE = 65
MIN_QUOTATION_WORDS = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked: the review, its pages as written and as passages, the cross-links, and the addresses of generated files."""

    review: Review
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    index: Index
    generated: tuple[tuple[str, Where], ...]


class _Marked(Protocol):
    @property
    def where(self) -> Where: ...
    @property
    def themes(self) -> tuple[str, ...]: ...


class _Noted(Protocol):
    @property
    def where(self) -> Where: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


Rule = Callable[[Subject], Iterator[Problem]]


def check(subject: Subject) -> list[Problem]:
    """All problems of a review, sorted by place."""
    return sorted({problem for rule in RULES for problem in rule(subject)})


def _texts(subject: Subject) -> Iterator[Passage]:
    """All text that may cite: the passages of pages, and data that no page shows yet."""
    for page in subject.pages:
        yield from page.passages
    review = subject.review
    rows = review.comparison.rows if review.comparison else ()
    methods = review.methods.rows if review.methods else ()
    loose: list[tuple[str, Where]] = [(s.text, s.where) for row in rows for cell in row.cells.values() for s in cell]
    loose += [(barrier.text, barrier.where) for barrier in review.barriers.barriers]
    loose += [(example.text, example.where) for example in review.examples]
    loose += [(s.text, s.where) for theme in review.themes.values() for s in theme.found]
    loose += [(s.text, s.where) for row in methods for cell in row.cells.values() for s in cell]
    loose += [(note.note, note.where) for note in review.notes.values()]
    for text, where in loose:
        yield Passage(text, "", "", "", Marks(), where)


def citations_are_readable(subject: Subject) -> Iterator[Problem]:
    """A bracket with an @ is a citation throughout, or no citation at all."""
    for passage in _texts(subject):
        for offset, message in citations(passage.text)[1]:
            yield Problem(line_of(passage, offset), message)


def citations_are_known(subject: Subject) -> Iterator[Problem]:
    """Whatever is cited stands in bibliography.bib or data/untraced.yml."""
    review = subject.review
    known = {*review.references, *review.untraced}
    for passage in _texts(subject):
        for citation in citations(passage.text)[0]:
            for item in citation.items:
                if item.key not in known and item.key not in review.refused:
                    yield Problem(
                        line_of(passage, citation.start),
                        f"citation of {quoted(item.key)}: no such reference{did_you_mean(item.key, known)}",
                    )


def references_are_used(subject: Subject) -> Iterator[Problem]:
    """Each reference is cited by a page, or its field `uncited` says why not; a cited one has no such field."""
    for key, reference in subject.review.references.items():
        cited, reason = bool(subject.index.by_reference.get(key)), reference.field("uncited")
        if not cited and not reason:
            yield Problem(
                reference.where,
                f"reference '{key}' is cited on no page; cite it, remove it, or say why in a field 'uncited'",
            )
        if cited and reason:
            place = subject.index.by_reference[key][0]
            yield Problem(
                reference.where,
                f"reference '{key}' has a field 'uncited', but {place.where} cites it; remove the field",
            )


def references_are_complete(subject: Subject) -> Iterator[Problem]:
    """A reference has an author, editor or (for kinds that need none) neither; a title; a year or 'n.d.'; a kind, an access and a listing that are known."""
    review = subject.review
    for reference in review.references.values():
        kind = review.kinds.get(reference.field("sourcekind"))
        name = f"reference '{reference.key}'"
        if not reference.authors and not reference.editors and not (kind and kind.authorless):
            yield Problem(
                reference.where, f"{name} has no author; add author = {{...}} (an organisation in double braces)"
            )
        if not reference.title:
            yield Problem(reference.where, f"{name} has no title; add title = {{...}}")
        if not reference.year:
            yield Problem(
                reference.where, f"{name} has no year; add year = {{2024}}, or year = {{n.d.}} if it is undated"
            )
        yield from _one_of(reference, "sourcekind", review.kinds, optional=not review.kinds)
        yield from _one_of(reference, "access", ACCESS, optional=False)
        yield from _one_of(reference, "listing", LISTINGS, optional=False)


def _one_of(reference: Reference, name: str, known: Iterable[str], optional: bool) -> Iterator[Problem]:
    value = reference.field(name)
    choices = list(known)
    if (value or not optional) and value not in choices:
        given = f"{name} = {quoted(value)} is unknown{did_you_mean(value, choices)}" if value else f"{name} is missing"
        yield Problem(reference.where, f"reference '{reference.key}': {given}; it is one of {listed(choices, 'or')}")


def addresses_are_safe(subject: Subject) -> Iterator[Problem]:
    """A DOI is bare and well formed, and every web address begins with http:// or https://."""
    for reference in subject.review.references.values():
        doi, url = reference.field("doi"), reference.field("url")
        bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.I)
        if doi and bare != doi:
            yield Problem(reference.where, f"doi of '{reference.key}' is {quoted(doi)}; write it bare: {bare}")
        elif doi and not re.fullmatch(r"10\.\d{4,9}/[^\s<>\"{}|\\^`]+", doi):
            yield Problem(reference.where, f"doi of '{reference.key}' is {quoted(doi)}; a DOI looks like 10.1000/xyz")
        if url and not escape.url(url):
            yield Problem(
                reference.where,
                f"url of '{reference.key}' is {quoted(url)}; it must begin with http:// or https:// and name a host",
            )
    for document in subject.documents:
        for match, where in _links(document):
            if re.match(r"\s*<?\s*(?!https?:|mailto:|tel:)[a-zA-Z][\w+.-]*:", match[2]):
                yield Problem(where, f"link {quoted(match[0])}: only http, https, mailto and tel addresses are allowed")


_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()]*\))?[^()\s]*)[^()]*\)")


def _links(document: Document) -> Iterator[tuple[re.Match[str], Where]]:
    spans = code_spans(document.body)
    for match in _LINK.finditer(document.body):
        if not any(start <= match.start() < end for start, end in spans):
            yield match, Where(document.where.path, document.body_line + document.body.count("\n", 0, match.start()))


def links_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """A link to a page names a page that exists, written or generated."""
    known = {document.uri for document in subject.documents} | {uri for uri, _ in subject.generated}
    for document in subject.documents:
        for match, where in _links(document):
            target = match[2].partition("#")[0]
            if target.endswith(".md") and ":" not in target:
                uri = posixpath.normpath(posixpath.join(posixpath.dirname(document.uri), target))
                if uri not in known:
                    yield Problem(
                        where, f"link to {quoted(target)}: there is no page '{uri}'{did_you_mean(uri, known)}"
                    )


def names_are_known(subject: Subject) -> Iterator[Problem]:
    """Themes, nations, notes, references, origins and groups that data or pages name all exist."""
    review = subject.review
    known = {
        "theme": (set(review.themes), "data/themes.yml"),
        "nation": (set(review.nations), "data/nations.yml"),
        "note": (set(review.notes), "data/editorial.yml"),
        "reference": ({*review.references, *review.untraced}, "bibliography.bib"),
        "origin": (
            {"review"} | {m.id for m in (review.network.meetings if review.network else ())},
            "data/network.yml",
        ),
        "source": (set(review.sources), "data/sources.yml"),
        "group": ({g.id for g in review.barriers.groups} | {g.id for g in review.questions.groups}, "the same file"),
    }
    for what, name, where in _named(subject):
        names, file = known[what]
        if name not in names and name not in review.refused:
            yield Problem(where, f"{what} {quoted(name)} is not in {file}{did_you_mean(name, names)}")


def _named(subject: Subject) -> Iterator[tuple[str, str, Where]]:
    review = subject.review
    network = review.network
    rows = review.comparison.rows if review.comparison else ()
    cells = [s for row in rows for cell in row.cells.values() for s in cell]
    marked: tuple[_Marked, ...] = (
        *rows,
        *review.barriers.barriers,
        *review.questions.questions,
        *(network.actions if network else ()),
    )
    noted: tuple[_Noted, ...] = (
        *review.themes.values(),
        *cells,
        *review.examples,
        *review.barriers.barriers,
        *(network.coordinators if network else ()),
    )
    yield from (("theme", name, record.where) for record in marked for name in record.themes)
    yield from (("note", name, record.where) for record in noted for name in record.notes)
    yield from (("source", statement.source, statement.where) for statement in cells if statement.source)
    yield from (("nation", name, row.where) for row in rows for name in row.cells)
    yield from (("nation", e.nation, e.where) for e in review.examples if e.nation)
    yield from (("nation", c.nation, c.where) for c in (network.coordinators if network else ()))
    yield from (("nation", name, r.where) for r in review.references.values() for name in r.nations)
    yield from (("origin", theme.origin, theme.where) for theme in review.themes.values())
    yield from (("group", barrier.group, barrier.where) for barrier in review.barriers.barriers)
    yield from (("group", question.group, question.where) for question in review.questions.questions)
    yield from (("reference", name, note.where) for note in review.notes.values() for name in note.references)
    for document in subject.documents:
        for section in document.sections:
            where = Where(document.where.path, section.line)
            yield from (("theme", name, where) for name in section.own.themes)
            yield from (("nation", name, where) for name in section.own.nations)
        for what, names in (("theme", document.marks.themes), ("nation", document.marks.nations)):
            where = Where(document.where.path, document.front_lines.get(f"{what}s", 1))
            yield from ((what, name, where) for name in names)


def sections_are_marked(subject: Subject) -> Iterator[Problem]:
    """A section that cites something says what it is about: a theme or a nation, on its heading, one above it, or the whole page."""
    if not subject.review.themes and not subject.review.nations:
        return
    for document in subject.documents:
        for section in document.sections:
            if not section.marks and citations(section.text)[0]:
                name = quoted(section.title or document.title)
                yield Problem(
                    Where(document.where.path, section.line),
                    f'section {name} cites sources but has no theme; write data-themes="..." in its heading\'s braces',
                )


_QUOTATION = re.compile(r"“([^”]+)”|\"([^\"]+)\"")


def quotations_have_locators(subject: Subject) -> Iterator[Problem]:
    """A quotation of three words or more, in a sentence that cites, has a locator: a page, or 'no page' where there are none."""
    for passage in _texts(subject):
        if "“" not in passage.text and '"' not in passage.text:
            continue
        for citation in citations(passage.text)[0]:
            sentence = sentence_around(passage.text, citation.start, citation.end)
            quotes = [m[1] or m[2] for m in _QUOTATION.finditer(re.sub(r"\{[^{}]*\}", "", sentence))]
            long = next((q for q in quotes if len(q.split()) >= MIN_QUOTATION_WORDS), "")
            if long and not any(item.locator for c in citations(sentence)[0] for item in c.items):
                yield Problem(
                    line_of(passage, citation.start),
                    f"quotation {quoted(long)} has no page; write [@{citation.items[0].key}, p. 3], or ', no page'",
                )


_RESERVED = re.compile(r"(references|not-traced|(ref|cite|note)-.*)")


def pages_are_well_formed(subject: Subject) -> Iterator[Problem]:
    """A page has a title of at most 65 characters and a description; one h1, first; no skipped level; an id of its own for every other heading."""
    for document in subject.documents:
        path = document.where.path
        for name in ("title", "description"):
            if not isinstance(document.front.get(name), str):
                yield Problem(
                    Where(path, document.front_lines.get(name, 1)),
                    f"front matter lacks '{name}'; add a line '{name}: ...' between lines of '---' at the top",
                )
        if len(document.title) > MAX_TITLE:
            yield Problem(
                Where(path, document.front_lines["title"]),
                f"title has {len(document.title)} characters; at most {MAX_TITLE}",
            )
        headings = [section for section in document.sections if section.level]
        if [s.level for s in headings].count(1) != 1 or headings[0].level != 1:
            yield Problem(
                Where(path, headings[0].line if headings else document.body_line),
                "a page has one heading of level 1 ('# Title'), before all others",
            )
        level, seen = 0, dict[str, int]()
        for section in headings:
            where = Where(path, section.line)
            if section.level > level + 1 and level:
                yield Problem(
                    where,
                    f"heading {quoted(section.title)} jumps from level {level} to {section.level}; use level {level + 1}",
                )
            level = section.level
            if not section.id and section.level > 1:
                slug = re.sub(r"[^a-z0-9]+", "-", section.title.lower()).strip("-")
                yield Problem(
                    where,
                    f"heading {quoted(section.title)} has no id; add {{ #{slug} }} so that links to it last when its words change",
                )
            if section.id in seen and section.id:
                yield Problem(
                    where,
                    f"id '{section.id}' is used a second time on this page; the first is at line {seen[section.id]}",
                )
            if section.id and _RESERVED.fullmatch(section.id):
                yield Problem(where, f"id '{section.id}' is kept for generated parts of a page; choose another")
            seen.setdefault(section.id, section.line)


def generated_ids_are_free(subject: Subject) -> Iterator[Problem]:
    """A section that a marker generates has an id that no other section of its page has."""
    for page in subject.pages:
        first: dict[str, Where] = {}
        for passage in (p for p in page.passages if p.heading and p.section):
            if passage.section in first and passage.where.path != page.where.path:
                at = first[passage.section]
                yield Problem(
                    at,
                    f"id '{passage.section}' is also that of a section generated from {passage.where}; choose another",
                )
            first.setdefault(passage.section, passage.where)


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def addresses_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two pages share an address, not even when upper and lower case are one; ids that become addresses hold letters, digits and '-' only."""
    review = subject.review
    ids = [(t.id, t.where) for t in review.themes.values()] + [(n.id, n.where) for n in review.nations.values()]
    for name, at in ids:
        if not _ID.fullmatch(name):
            yield Problem(at, f"id {quoted(name)} becomes an address; use letters, digits and '-' only")
    seen: dict[str, tuple[str, Where]] = {}
    for uri, where in [*((d.uri, d.where) for d in subject.documents), *subject.generated]:
        address = re.sub(r"(^|/)(index|README)\.md$", r"\1", uri).removesuffix(".md").rstrip("/").lower()
        if address in seen:
            yield Problem(
                where, f"'{uri}' has the same address as '{seen[address][0]}' ({seen[address][1]}); rename one"
            )
        seen.setdefault(address, (uri, where))


def dates_are_dates(subject: Subject) -> Iterator[Problem]:
    """Dates are written as 2026-11-22. Where a review says when pages were checked, each page says it for itself."""
    reading = subject.review.reading
    dates = [(note.dated, f"'dated' of '{note.id}'", note.where) for note in subject.review.notes.values()]
    dates.append((reading.checked, "'checked'", reading.where))
    for document in subject.documents:
        where = Where(document.where.path, document.front_lines.get("checked", 1))
        checked = str(document.front.get("checked", ""))
        dates.append((checked, "'checked'", where))
        if reading.checked and not checked:
            yield Problem(where, "front matter lacks 'checked'; add the day of the last check, as checked: 2026-11-22")
    for value, name, where in dates:
        try:
            if value and date.fromisoformat(value).isoformat() != value:
                raise ValueError
        except ValueError:
            yield Problem(where, f"{name} is {quoted(value)}; write a date as 2026-11-22")


RULES: tuple[Rule, ...] = (
    citations_are_readable,
    citations_are_known,
    references_are_used,
    references_are_complete,
    addresses_are_safe,
    links_lead_somewhere,
    names_are_known,
    sections_are_marked,
    quotations_have_locators,
    pages_are_well_formed,
    generated_ids_are_free,
    addresses_are_unique,
    dates_are_dates,
)
