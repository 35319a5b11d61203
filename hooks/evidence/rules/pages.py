"""The rules for hand-written pages: headings, links, marks and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

from evidence.model.base import Location, Problem
from evidence.model.document import Document
from evidence.model.review import Column
from evidence.model.site_data import FrontMatter, HiddenPart
from evidence.rules.data import unsafe_link
from evidence.rules.subject import Subject
from evidence.text.links import is_unsafe, link_targets
from evidence.text.words import did_you_mean, listed, quoted

DOCS = "docs"
MAX_TITLE = 65
MAX_DESCRIPTION = 500
FRONT = {field.name for field in fields(FrontMatter)} - {"where"}
HIDDEN = get_args(HiddenPart)


def there_are_pages(subject: Subject) -> Iterator[Problem]:
    """A review has at least one page."""
    if not subject.documents:
        yield Problem(Location(DOCS), "there is no page; add this folder with a file index.md")


def links_are_safe(subject: Subject) -> Iterator[Problem]:
    """A link has an address inside the site or one that begins with http, https, mailto or tel."""
    for document in subject.documents:
        for target, offset in _links(document):
            if is_unsafe(target):
                yield Problem(_at(document, offset), unsafe_link(target))


def _links(document: Document) -> Iterator[tuple[str, int]]:
    return (found for found in link_targets(document.body) if not document.parts.in_code(found[1]))


def _at(document: Document, offset: int) -> Location:
    return Location(document.where.path, document.body_line + document.body.count("\n", 0, offset))


def links_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """A link to a page names a page that exists, written or generated."""
    known = subject.uris
    for document in subject.documents:
        for target, offset in _links(document):
            page = (target.split() or [""])[0].partition("#")[0]
            uri = posixpath.normpath(posixpath.join(posixpath.dirname(document.uri), page))
            if page.endswith(".md") and ":" not in page and uri not in known:
                message = f"link to {quoted(page)}: there is no page '{uri}'{did_you_mean(uri, known)}"
                yield Problem(_at(document, offset), message)
    for column in subject.records:
        if isinstance(column, Column) and column.page and column.page not in known:
            message = f"page of column {quoted(column.id)}: there is no page '{column.page}'{did_you_mean(column.page, known)}"
            yield Problem(column.where, message)


def sections_are_marked(subject: Subject) -> Iterator[Problem]:
    """A section of the review that cites something says what it is about: a theme or a nation, on its heading, one above it, or the page."""
    if not subject.review.themes and not subject.review.nations:
        return
    for document in subject.documents:
        for section in document.sections:
            if not section.marks and not section.voice and section.parts.citations:
                name = quoted(section.title or document.title)
                yield Problem(
                    Location(document.where.path, section.line),
                    f'section {name} cites sources but has no theme; write data-themes="..." in its heading\'s braces',
                )


_RESERVED = re.compile(r"(references|not-traced|page-changes|(ref|cite|note)-.*)")


def pages_are_described(subject: Subject) -> Iterator[Problem]:
    """A page has a title of at most 65 characters, and a description."""
    for document in subject.documents:
        path = document.where.path
        for name in ("title", "description"):
            value = document.front.get(name)
            if not isinstance(value, str) or not value.strip():
                yield Problem(
                    Location(path, document.front_lines.get(name, 1)),
                    f"front matter lacks '{name}'; add a line '{name}: ...' between lines of '---' at the top",
                )
        if len(document.title) > MAX_TITLE:
            yield Problem(
                Location(path, document.front_lines["title"]),
                f"title has {len(document.title)} characters; at most {MAX_TITLE}",
            )
        described = document.front.get("description")
        if isinstance(described, str) and len(described) > MAX_DESCRIPTION:
            yield Problem(
                Location(path, document.front_lines["description"]),
                f"description has {len(described):,} characters; at most {MAX_DESCRIPTION}",
            )


def front_matter_is_known(subject: Subject) -> Iterator[Problem]:
    """Front matter holds only what is known here: the theme would put some other names into pages as they are, and a misspelt one would be lost."""
    for document in subject.documents:
        for name, line in document.front_lines.items():
            if name not in FRONT:
                message = f"front matter: {quoted(name)} is not known here{did_you_mean(name, FRONT)}"
                yield Problem(Location(document.where.path, line), message)
        hidden = document.front.get("hide", [])
        if not isinstance(hidden, list) or not all(isinstance(part, str) and part in HIDDEN for part in hidden):
            at = Location(document.where.path, document.front_lines.get("hide", 1))
            yield Problem(at, f"front matter: 'hide' is a list of {listed(sorted(HIDDEN), 'or')}")


def headings_are_in_order(subject: Subject) -> Iterator[Problem]:
    """A page has one h1, first; no skipped level; an id of its own for every other heading."""
    for document in subject.documents:
        path = document.where.path
        headings = [section for section in document.sections if section.level]
        if [s.level for s in headings].count(1) != 1 or headings[0].level != 1:
            yield Problem(
                Location(path, headings[0].line if headings else document.body_line),
                "a page has one heading of level 1 ('# Title'), before all others",
            )
        level, seen = 0, dict[str, int]()
        for section in headings:
            where = Location(path, section.line)
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
        first: dict[str, Location] = {}
        for passage in (p for p in page.passages if p.heading and p.section):
            if passage.section in first and passage.where.path != page.where.path:
                at = first[passage.section]
                yield Problem(
                    at,
                    f"id '{passage.section}' is also that of a section generated from {passage.where}; choose another",
                )
            first.setdefault(passage.section, passage.where)


def addresses_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two pages share an address, not even when upper and lower case are one."""
    seen: dict[str, tuple[str, Location]] = {}
    for uri, where in [*((d.uri, d.where) for d in subject.documents), *subject.generated]:
        address = re.sub(r"(^|/)(index|README)\.md$", r"\1", uri).removesuffix(".md").rstrip("/").lower()
        if address in seen:
            yield Problem(
                where, f"'{uri}' has the same address as '{seen[address][0]}' ({seen[address][1]}); rename one"
            )
        seen.setdefault(address, (uri, where))
