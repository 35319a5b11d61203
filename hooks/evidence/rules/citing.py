"""The rules for how citations are written: as `[@key]`, where a list of references stands below, and in no other way that people know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from evidence.documents.data_files import CITING
from evidence.documents.parts import Parts
from evidence.documents.walking import words_of
from evidence.model.base import Location, Problem
from evidence.references import labels
from evidence.sources import parse_parts
from evidence.subject import Subject
from evidence.text.namings import bare_keys, may_name_works, named_works, plain_names
from evidence.text.spans import blanked
from evidence.text.words import listed, quoted

MOST_QUOTED = 60
# What is no text to readers.
_NO_WORDS = re.compile(r"<[A-Za-z/][^<>]*>|\{[^{}=]*=[^{}]*\}|\]\([^()\s]*")


def citations_are_readable(subject: Subject) -> Iterator[Problem]:
    """A bracket with an @ is a citation throughout, or no citation at all."""
    for passage in subject.texts:
        for slip in passage.parts.slips_of("citation"):
            yield Problem(passage.line(slip.start), slip.message)


def sentences_name_their_sources(subject: Subject) -> Iterator[Problem]:
    """Where a page says of any sentence that no source is named, one of the review that stands behind the last source of its paragraph and cites none says so too; else a notice tells of it."""
    advice = "cite its source, write <!-- evidence: uncited --> at its end, or put it before the source or in a paragraph of its own"
    for page in (page for page in subject.pages if any(made.statement.uncited for made in page.stated)):
        for passage in page.passages:
            for at in passage.left_over():
                words = " ".join(passage.text[at : at + MOST_QUOTED].split())
                message = f"{quoted(words)} stands behind a source as if it rested on it; {advice}"
                yield Problem(passage.line(at), message, notice=True)


def citations_are_written_with_keys(subject: Subject) -> Iterator[Problem]:
    """A work is cited as [@key] alone: an @ or a key without its brackets, author and year, and numbers would be shown as they are written."""
    known = {*subject.review.references, *subject.review.untraced}
    bodies = {document.where.path: document.body for document in subject.documents}
    names = cache(partial(_by_year, subject))
    for passage in subject.texts:
        parts, text = passage.parts, passage.text
        if passage.generated or not may_name_works(
            _between(parts)
        ):  # what is made from data is looked at where it is written
            continue
        spans = [*parts.code, *parts.comments, *(match.span() for match in _NO_WORDS.finditer(text))]
        spans += [(citation.start, citation.end) for citation in parts.citations]
        plain = blanked(text, [*spans, *((slip.start, slip.end) for slip in parts.slips)])
        cited = {item.key for citation in parts.citations for item in citation.items}
        for offset, message in named_works(plain, known, names, cited):
            link = re.compile(r"\[\d[^\]]*\]").match(text, offset)
            if not (
                link and f"{link[0]}:" in bodies.get(passage.where.path, "")
            ):  # whose address stands elsewhere on the page
                yield Problem(passage.line(offset), message)


def _between(parts: Parts) -> str:
    """The text without its citations."""
    pieces, at = [], 0
    for citation in parts.citations:
        pieces.append(parts.text[at : citation.start])
        at = citation.end
    return " ".join([*pieces, parts.text[at:]])


def _by_year(subject: Subject) -> dict[str, dict[str, str]]:
    """The keys of works by year, and by the names that a citation would have: those shown, all of them, and the first with 'et al.'."""
    found: dict[str, dict[str, str]] = {}
    for key, label in labels(subject.review).items():
        reference = subject.review.references.get(key)
        if reference and label.year:
            short = [name.short for name in reference.authors or reference.editors]
            ways = [label.author, listed(short), *([f"{short[0]} et al."] if short else [])]
            for year in {label.year, reference.year or label.year}:
                found.setdefault(year, {}).update((plain_names(way), key) for way in reversed(ways))
    return found


def citations_stand_where_they_can(subject: Subject) -> Iterator[Problem]:
    """Titles, descriptions and most texts of data files are shown without a list of references, so that a citation would be shown as it is written."""
    known = {*subject.review.references, *subject.review.untraced}
    texts: list[tuple[Location, str, str]] = []
    for document in subject.documents:
        front = ((name, document.front.get(name)) for name in ("title", "description"))
        texts += (
            (document.at_field(name), name, text) for name, text in front if isinstance(text, str) and "@" in text
        )
    for record in subject.records:
        citing = CITING.get(type(record))
        texts += ((record.where, name, text) for name, text in words_of(record) if "@" in text and name != citing)
    found: dict[Location, set[str]] = {}
    for where, name, text in texts:
        parts = parse_parts(text)
        if parts.citations or any(parts.slips_of("citation")) or any(bare_keys(text, known)):
            found.setdefault(where, set()).add(f"'{name}'")
    for where, fields in found.items():
        why = "because no list of references stands below"
        yield Problem(where, f"{listed(sorted(fields))} cannot cite, {why}; name the work")
