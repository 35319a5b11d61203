"""The rules for hand-written pages: headings, links, marks and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import get_args
from urllib.parse import unquote

from evidence.documents.data_files import BIBLIOGRAPHY, DOCS, MARKDOWN
from evidence.documents.document import Document
from evidence.documents.walking import words_of
from evidence.model.base import Location, Problem
from evidence.model.review import Column
from evidence.model.site_data import FrontMatter, HiddenPart
from evidence.model.vocabulary import MAX_CHARACTERS, VOICES
from evidence.references import FORMATS
from evidence.rules.data import unsafe_link
from evidence.sources import parse_parts
from evidence.subject import Subject, placed
from evidence.text import escape
from evidence.text.addresses import relative, site_path, slug
from evidence.text.dialects import html_faults, markdown_slips
from evidence.text.links import Link, heading_id, ids_in, is_outside, is_unsafe, link_targets, links, links_to_nothing
from evidence.text.spans import blanked
from evidence.text.words import did_you_mean, listed, quoted

FRONT = {field.name for field in fields(FrontMatter)} - {"where"}
_SWITCHES = [field.name for field in fields(FrontMatter) if field.type == "bool"]
HIDDEN = get_args(HiddenPart)
# Of what the engine puts on a page, and of the page's frame.
_RESERVED = re.compile(
    r"(references|not-traced|page-changes|(ref|cite|note)-.*|__.*|text|top|menu-button|search-(button|panel|query|close|results|scripts)|site-nav)"
)
_PAGE_ENDINGS = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}
_PICTURE = re.compile(r".*\.(png|jpe?g|gif|svg|webp|avif)", re.I | re.S)


def texts_are_read_as_meant(subject: Subject) -> Iterator[Problem]:
    """Lists, tables and signs are those of the Markdown that is known here; what other programs have, and what is pasted, would be shown as it stands."""
    for document in subject.documents:
        parts = document.parts
        unread = [*parts.code, *((slip.start, slip.end) for slip in parts.slips_of("citation"))]
        yield from placed(document, markdown_slips(parts.text, unread, parts.comments))
    for record in subject.records:
        names = MARKDOWN.get(type(record), ())
        for name, text in words_of(record) if names else ():
            if name in names:
                for _, message in markdown_slips(text, parse_parts(text).code):
                    yield Problem(record.where, f"'{name}': {message}")


def pages_hold_only_quiet_html(subject: Subject) -> Iterator[Problem]:
    """HTML in pages says what words are and no more: no element or attribute that runs, loads, styles or sends anything."""
    for document in subject.documents:
        yield from placed(document, html_faults(document.body, document.parts.code, document.parts.comments))


def there_are_pages(subject: Subject) -> Iterator[Problem]:
    """A review has a home page."""
    if not subject.documents:
        yield Problem(Location(DOCS), "there is no page; add this folder with a file index.md")
    elif not any(site_path(document.uri) == "" for document in subject.documents):
        yield Problem(Location(DOCS), "there is no home page; add a file index.md to this folder")


def links_are_safe(subject: Subject) -> Iterator[Problem]:
    """A link has an address inside the site or one that begins with http, https, mailto or tel."""
    for document in subject.documents:
        for target, offset in link_targets(document.body):
            if is_unsafe(target) and not document.parts.in_code(offset):
                yield Problem(document.at(offset), unsafe_link(target))


def _links(document: Document) -> Iterator[Link]:
    parts = document.parts
    told = {slip.start for slip in parts.slips_of("citation")}
    found = (link for link in links(document.body) if link.offset not in told)
    return (link for link in found if not parts.in_code(link.offset) and not parts.in_comment(link.offset))


def links_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """A link has words, and leads to a page or file of the site by its way from this page, or to another website; so does a picture, which lies on the site."""
    for document in subject.documents:
        for link in _links(document):
            for message in _link_faults(subject, document.uri, link):
                yield Problem(document.at(link.offset), message)
        spans = [*document.parts.code, *document.parts.comments]
        yield from placed(document, links_to_nothing(blanked(document.body, spans)) if "][" in document.body else ())
    for column in subject.records:
        if (
            isinstance(column, Column)
            and column.page not in {"", *subject.theirs}
            and (message := subject.no_page(column.page))
        ):
            yield Problem(column.where, f"page of column {quoted(column.id)}: {message}")


def _link_faults(subject: Subject, page: str, link: Link) -> Iterator[str]:
    kind, path = "picture" if link.picture else "link", _path(link.target)
    if link.words is not None and not link.words.strip():
        advice = f"![what it shows]({link.target})" if link.picture else f"[words]({link.target})"
        yield f"{kind} {quoted(link.target)} has no words for those who cannot see it; write {advice}"
    if message := _outside_fault(link) if is_outside(link.target) else _shape_fault(page, link, path):
        yield message
    elif path and not is_outside(link.target):
        uri = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if uri not in subject.uris and uri not in subject.files and uri not in subject.theirs:
            yield from _not_there(subject, f"{kind}{'' if link.picture else ' to'} {quoted(path)}", uri)


def _outside_fault(link: Link) -> str:
    shown = quoted(link.target)
    if link.picture and not is_unsafe(link.target):
        return f"picture {shown} lies on another website, from where none is shown here; put its file into docs/assets/"
    if re.match(r"https?:", link.target, re.I) and not escape.url(link.target):
        return f"link to {shown} is no web address; write it as https://www.example.org/page"
    return ""


def _shape_fault(page: str, link: Link, path: str) -> str:
    shown = quoted(link.target)
    if path.startswith(("/", "\\")):
        there = relative(page, path.lstrip("/\\") or "index.md")
        return f"{shown} begins at the root of the server; write the way from this page, as in '{there}'"
    if link.picture and (fault := _picture_fault(link.target, path)):
        return fault
    if not path and not link.target.partition("#")[2]:
        return f"link {quoted(link.words or '')} leads nowhere; write an address between its round brackets"
    if re.match(r"[\w.+-]+@[\w.-]+$|www\.", path):
        return f"link to {shown} is no file of this site; write {'mailto:' if '@' in path else 'https://'}{path}"
    return ""


def _picture_fault(target: str, path: str) -> str:
    if re.search(r" =\d*x\d*$", target):
        return f"the size of picture {quoted(target)} is no part of its address; write {{ width=100 }} right behind its brackets"
    if " " in target:
        return f"the name of picture {quoted(target)} holds a space; rename its file, as in {quoted(re.sub(' +', '-', target))}"
    if not _PICTURE.fullmatch(path):
        return f"{quoted(target)} is no picture that browsers show; name a file of PNG, JPEG, GIF, SVG or WebP"
    return ""


def _pages(subject: Subject) -> frozenset[str]:
    """The addresses of all pages that links can lead to: an edition's own, and those that only the review in its own language has."""
    return subject.uris | {page for page in subject.theirs if page.endswith(".md")}


def _not_there(subject: Subject, what: str, uri: str) -> Iterator[str]:
    """What is told of an address at which no written file lies, unless a generated one does."""
    pages = _pages(subject)
    if subject.is_lost(uri):
        return
    if uri.endswith(".md"):
        yield f"{what}: there is no page '{uri}'{subject.instead(uri)}"
    elif posixpath.splitext(uri)[1] in ("", ".html"):
        stem = uri.removesuffix(".html")
        page = next((name for name in (f"{stem}/index.md", f"{stem}.md", "index.md") if name in pages), "")
        yield f"{what}: write the name of the page's file{f', {quoted(page)}' if page else ''}, from this page on"
    elif uri not in subject.made():
        yield f"{what}: there is no file '{uri}' in docs/{did_you_mean(uri, subject.files)}"


def _path(target: str) -> str:
    return unquote(target.partition("#")[0].partition("?")[0]).strip()


def links_find_their_place(subject: Subject) -> Iterator[Problem]:
    """What a link names behind # is the id of a heading or of something else on the page that it leads to, written or generated."""
    pages = _pages(subject)
    for document in subject.documents:
        for link in _links(document):
            path, name = _path(link.target), link.target.partition("#")[2]
            uri = posixpath.normpath(posixpath.join(posixpath.dirname(document.uri), path)) if path else document.uri
            if name and not is_outside(link.target) and uri in pages and name not in (ids := subject.ids(uri)):
                message = (
                    f"link to {quoted(link.target)}: nothing on '{uri}' has the id '{name}'{did_you_mean(name, ids)}"
                )
                yield Problem(document.at(link.offset), message)


def data_links_outside_only(subject: Subject) -> Iterator[Problem]:
    """Texts of data files stand on several pages, from which the way to a page or a picture differs: they link to other websites only."""
    for record in subject.records:
        names = MARKDOWN.get(type(record), ())
        for name, text in words_of(record) if names else ():
            for link in links(text) if name in names else ():
                if link.picture or not is_outside(link.target):
                    advice = "as it stands on several pages; name the page, or write a whole address"
                    yield Problem(record.where, f"'{name}' cannot link to {quoted(link.target)}, {advice}")


def sections_are_marked(subject: Subject) -> Iterator[Problem]:
    """A section of the review that cites something says what it is about: a theme or a nation, on its heading, one above it, or the page; or that it is about none."""
    if not subject.review.themes and not subject.review.nations:
        return
    for document in subject.documents:
        for section in document.sections:
            if not section.marks and not section.own and not section.voice and section.parts.citations:
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
        if (voice := document.front.get("voice", VOICES[0])) not in VOICES:
            message = f"front matter: 'voice' is {quoted(str(voice))}; it is {listed(VOICES, 'or')}"
            yield Problem(document.at_field("voice"), message)
        for name in _SWITCHES:
            if (value := document.front.get(name, "true")) not in ("true", "false"):
                message = f"front matter: {quoted(name)} is {quoted(str(value))}; it is true or false"
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
        level = 0
        for section in headings:
            where, heading = Location(path, section.line), f"heading {quoted(section.title)}"
            if not section.title:
                yield Problem(where, "this heading has no words; add some, or take it out")
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


def ids_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two things on a page have one id, whether it stands in braces or in HTML, is written or generated."""
    for page in subject.pages:
        first: dict[str, tuple[Location, bool]] = {}
        titles = {heading_id(p.title): p.where for p in page.passages if p.heading and not p.section}
        for passage in page.passages:
            for name, offset in ids_in(passage.text):
                if passage.parts.in_code(offset) or passage.parts.in_comment(offset):
                    continue
                where, made = passage.where if passage.generated else passage.line(offset), passage.generated
                if name in titles and passage.text[offset] == "<":  # of those in braces, Python-Markdown knows
                    message = f"id '{name}' is also that of the heading in line {titles[name].line}; choose another"
                    yield Problem(where, message)
                other, also_made = first.setdefault(name, (where, made))
                if not made and "." in name:
                    yield Problem(where, f"id '{name}' holds a full stop; write a '-' in its place")
                if not made and _RESERVED.fullmatch(name):
                    yield Problem(where, f"id '{name}' is kept for generated parts of a page; choose another")
                if made != also_made:
                    written, generated = (other, where) if made else (where, other)
                    message = f"id '{name}' is also that of a part generated from {generated}; choose another"
                    yield Problem(written, message)
                elif first[name][0] is not where:
                    yield Problem(
                        where, f"id '{name}' is used a second time on this page; the first is at {_at(other, where)}"
                    )


def _at(other: Location, here: Location) -> str:
    return f"line {other.line}" if other.path == here.path else str(other)


def addresses_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two pages share an address, not even when upper and lower case are one."""
    seen: dict[str, tuple[str, Location]] = {}
    for uri, where in [*((d.uri, d.where) for d in subject.documents), *subject.generated]:
        address = re.sub(r"(^|/)(index|README)\.md$", r"\1", uri).removesuffix(".md").rstrip("/").lower()
        first, at = seen.setdefault(address, (uri, where))
        # Of two works, their keys are told (`keys_have_addresses_of_their_own`).
        if at is not where and not at.path == where.path == BIBLIOGRAPHY:
            yield Problem(where, f"'{uri}' has the same address as '{first}' ({at}); rename one")


def files_have_addresses_of_their_own(subject: Subject) -> Iterator[Problem]:
    """A file beside the pages has an address that no page and no generated file has; and the name of a page's file ends with '.md'."""
    pages = {f"{site_path(uri)}index.html" for uri in subject.uris}
    works = {f"references/{slug(key)}" for key in subject.review.references}
    for uri in sorted(subject.files):
        where, (stem, ending) = Location(f"{subject.settings.docs}/{uri}"), posixpath.splitext(uri)
        of_page = stem.endswith("-references") and f"{stem.removesuffix('-references')}.md" in subject.uris
        if ending.lower() in _PAGE_ENDINGS:
            yield Problem(where, f"the name of a page's file ends with '.md'; rename it to '{stem}.md'")
        elif (
            uri in pages
            or (ending[1:] in FORMATS and (stem in works or of_page))
            or (not uri.startswith("assets/") and uri in subject.made())
        ):
            yield Problem(where, f"'{uri}' is the address of what is generated or built; remove or rename this file")
