"""The rules for hand-written pages: headings, links, marks and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

from evidence.model.base import Location, Problem
from evidence.model.data_files import BIBLIOGRAPHY, DOCS
from evidence.model.document import Document
from evidence.model.review import Column
from evidence.model.site_data import FrontMatter, HiddenPart
from evidence.model.walking import words_of
from evidence.rules.data import unsafe_link
from evidence.rules.subject import MARKDOWN, Subject, placed
from evidence.sources import parse_parts
from evidence.text.dialects import markdown_slips
from evidence.text.links import is_unsafe, link_targets
from evidence.text.words import did_you_mean, listed, quoted

MAX_CHARACTERS = {"title": 65, "description": 500}
FRONT = {field.name for field in fields(FrontMatter)} - {"where"}
HIDDEN = get_args(HiddenPart)
_RESERVED = re.compile(r"(references|not-traced|page-changes|(ref|cite|note)-.*)")


def texts_are_read_as_meant(subject: Subject) -> Iterator[Problem]:
    """Lists, tables and signs are those of the Markdown that is known here; what other programs have, and what is pasted, would be shown as it stands."""
    for document in subject.documents:
        parts = document.parts
        spans = [*parts.comments, *((slip.start, slip.end) for slip in parts.slips_of("citation"))]
        yield from placed(document, markdown_slips(parts.text, parts.code, spans))
    for record in subject.records:
        names = MARKDOWN.get(type(record), ())
        for name, text in words_of(record) if names else ():
            if name in names:
                for _, message in markdown_slips(text, parse_parts(text).code):
                    yield Problem(record.where, f"'{name}': {message}")


def there_are_pages(subject: Subject) -> Iterator[Problem]:
    """A review has at least one page."""
    if not subject.documents:
        yield Problem(Location(DOCS), "there is no page; add this folder with a file index.md")


def links_are_safe(subject: Subject) -> Iterator[Problem]:
    """A link has an address inside the site or one that begins with http, https, mailto or tel."""
    for document in subject.documents:
        for target, offset in _links(document):
            if is_unsafe(target):
                yield Problem(document.at(offset), unsafe_link(target))


def _links(document: Document) -> Iterator[tuple[str, int]]:
    return (found for found in link_targets(document.body) if not document.parts.in_code(found[1]))


def links_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """A link to a page names a page that exists, written or generated."""
    known = subject.uris
    for document in subject.documents:
        for target, offset in _links(document):
            page = (target.split() or [""])[0].partition("#")[0]
            uri = posixpath.normpath(posixpath.join(posixpath.dirname(document.uri), page))
            if page.endswith(".md") and ":" not in page and uri not in known:
                message = f"link to {quoted(page)}: there is no page '{uri}'{did_you_mean(uri, known)}"
                yield Problem(document.at(offset), message)
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
                name, where = quoted(section.title or document.title), Location(document.where.path, section.line)
                advice = 'write data-themes="..." in its heading\'s braces'
                yield Problem(where, f"section {name} cites sources but has no theme; {advice}")


def pages_are_described(subject: Subject) -> Iterator[Problem]:
    """A page has a title of at most 65 characters, and a description."""
    for document in subject.documents:
        for name, most in MAX_CHARACTERS.items():
            value, where = document.front.get(name), document.at_field(name)
            if not isinstance(value, str) or not value.strip():
                advice = f"add a line '{name}: ...' between lines of '---' at the top"
                yield Problem(where, f"front matter lacks '{name}'; {advice}")
            elif len(value) > most:
                yield Problem(where, f"{name} has {len(value):,} characters; at most {most}")


def front_matter_is_known(subject: Subject) -> Iterator[Problem]:
    """Front matter holds only what is known here: the theme would put some other names into pages as they are, and a misspelt one would be lost."""
    for document in subject.documents:
        for name in document.front_lines:
            if name not in FRONT:
                message = f"front matter: {quoted(name)} is not known here{did_you_mean(name, FRONT)}"
                yield Problem(document.at_field(name), message)
        hidden = document.front.get("hide", [])
        if not isinstance(hidden, list) or not all(isinstance(part, str) and part in HIDDEN for part in hidden):
            message = f"front matter: 'hide' is a list of {listed(sorted(HIDDEN), 'or')}"
            yield Problem(document.at_field("hide"), message)


def headings_are_in_order(subject: Subject) -> Iterator[Problem]:
    """A page has one h1, first; no skipped level; an id of its own for every other heading."""
    for document in subject.documents:
        path = document.where.path
        headings = [section for section in document.sections if section.level]
        if [s.level for s in headings].count(1) != 1 or headings[0].level != 1:
            where = Location(path, headings[0].line if headings else document.body_line)
            yield Problem(where, "a page has one heading of level 1 ('# Title'), before all others")
        level, seen = 0, dict[str, int]()
        for section in headings:
            where, heading = Location(path, section.line), f"heading {quoted(section.title)}"
            if section.level > level + 1 and level:
                advice = f"use level {level + 1}"
                yield Problem(where, f"{heading} jumps from level {level} to {section.level}; {advice}")
            level = section.level
            if not section.id:
                if level > 1:
                    slug = re.sub(r"[^a-z0-9]+", "-", section.title.lower()).strip("-")
                    advice = f"add {{ #{slug} }} so that links to it last when its words change"
                    yield Problem(where, f"{heading} has no id; {advice}")
                continue
            if section.id in seen:
                first = f"the first is at line {seen[section.id]}"
                yield Problem(where, f"id '{section.id}' is used a second time on this page; {first}")
            if _RESERVED.fullmatch(section.id):
                yield Problem(where, f"id '{section.id}' is kept for generated parts of a page; choose another")
            seen.setdefault(section.id, section.line)


def generated_ids_are_free(subject: Subject) -> Iterator[Problem]:
    """A section that a directive generates has an id that no other section of its page has."""
    for page in subject.pages:
        first: dict[str, Location] = {}
        for passage in (p for p in page.passages if p.heading and p.section):
            if passage.section in first and passage.where.path != page.where.path:
                other = f"that of a section generated from {passage.where}"
                yield Problem(first[passage.section], f"id '{passage.section}' is also {other}; choose another")
            first.setdefault(passage.section, passage.where)


def addresses_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two pages share an address, not even when upper and lower case are one."""
    seen: dict[str, tuple[str, Location]] = {}
    for uri, where in [*((d.uri, d.where) for d in subject.documents), *subject.generated]:
        address = re.sub(r"(^|/)(index|README)\.md$", r"\1", uri).removesuffix(".md").rstrip("/").lower()
        first, at = seen.setdefault(address, (uri, where))
        # Of two works, their keys are told (`keys_have_addresses_of_their_own`).
        if at is not where and not at.path == where.path == BIBLIOGRAPHY:
            yield Problem(where, f"'{uri}' has the same address as '{first}' ({at}); rename one")
