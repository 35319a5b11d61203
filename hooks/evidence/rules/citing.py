"""The rules for how citations are written: as `[@key]`, where a list of references stands below, and in no other way that people know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.crosslinks import Passage
from evidence.model.base import Location, Problem
from evidence.model.walking import words_of
from evidence.references import labels
from evidence.rules.subject import CITING, Subject
from evidence.sources import parse_parts
from evidence.text.addresses import cited_key
from evidence.text.spans import blanked
from evidence.text.words import listed, quoted

_YEAR = r"((?:1[6-9]|20)\d\d[a-z]?|n\.d\.)"
# An @ at the beginning of a word, and that word; a name on social media has no year at its end.
_AT = re.compile(r"(?<![\w.+/&-])[@＠﹫]\{?([^\s\[\](){}<>;,\"“”‘’|*`@]+)")
_LIKE_A_KEY = re.compile(r"[^\W\d_][\w:-]*(?:1[6-9]|20)\d\d[a-z]{0,2}")
# Where figures follow a letter, a key may stand alone.
_FIGURES = re.compile(r"\d\d(?<=[^\W\d_]\d\d)")
_WORD = re.compile(r"[^\s\[\](){}<>;,\"“”‘’|*`@=]+")
_KEY = re.compile(r".*[^\W_]")
_NO_WORDS = re.compile(r"<[A-Za-z/][^<>]*>|\{[^{}=]*=[^{}]*\}|\]\([^()\s]*")
_IN_BRACKETS = re.compile(rf"[(\[{{]([^()\[\]{{}}]{{2,200}}?[\s,]{_YEAR}\b[^()\[\]{{}}]{{0,200}})[)\]}}](?![(\[])")
_AFTER_NAMES = re.compile(rf"(?<=[\w.’'] )\({_YEAR}(?:[,:] ?[^()]*)?\)")
_BY_NUMBER = re.compile(r"(?<![\w\]\\!])\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\](?![(\[:])")


def citations_are_readable(subject: Subject) -> Iterator[Problem]:
    """A bracket with an @ is a citation throughout, or no citation at all."""
    for passage in subject.texts:
        for slip in passage.parts.slips_of("citation"):
            yield Problem(passage.line(slip.start), slip.message)


def citations_are_written_with_keys(subject: Subject) -> Iterator[Problem]:
    """A work is cited as [@key] alone: an @ or a key without its brackets, author and year, and numbers would be shown as they are written."""
    review = subject.review
    known = {*review.references, *review.untraced}
    bodies = {document.where.path: document.body for document in subject.documents}
    names: dict[str, dict[str, str]] | None = None
    for passage in subject.texts:
        if passage.generated:  # from data, which is looked at where it is written
            continue
        bare = _between(passage)
        at, key = "@" in bare or "＠" in bare or "﹫" in bare, _FIGURES.search(bare)
        year = _IN_BRACKETS.search(bare) or _AFTER_NAMES.search(bare)
        if not (at or key or year or ("[" in bare and _BY_NUMBER.search(bare))):
            continue
        plain = _without_citations(passage)
        found = dict[int, str]()
        if at:
            found |= dict(_bare(plain, known))
        if key:
            found |= dict(_alone(plain, known))
        if year:
            names = _by_year(subject) if names is None else names
            cited = {item.key for citation in passage.parts.citations for item in citation.items}
            found |= dict(_named(plain, names, cited))
        for match in _BY_NUMBER.finditer(plain):
            if f"{match[0]}:" in bodies.get(
                passage.where.path, ""
            ):  # a link whose address stands elsewhere on the page
                continue
            advice = f"cite by key, as [@key], or write \\{match[0]} for figures in brackets"
            found[match.start()] = f"{quoted(match[0])} is shown as it stands; {advice}"
        for offset, message in found.items():
            yield Problem(passage.line(offset), message)


def _between(passage: Passage) -> str:
    """The text of a passage without its citations, quickly: most passages hold nothing else to look at."""
    pieces, at = [], 0
    for citation in passage.parts.citations:
        pieces.append(passage.text[at : citation.start])
        at = citation.end
    return " ".join([*pieces, passage.text[at:]])


def _without_citations(passage: Passage) -> str:
    """The text of a passage with spaces in the place of code, comments, addresses, citations and what is told of already."""
    parts = passage.parts
    spans = [*parts.code, *parts.comments, *(match.span() for match in _NO_WORDS.finditer(parts.text))]
    spans += [(citation.start, citation.end) for citation in parts.citations]
    return blanked(parts.text, [*spans, *((slip.start, slip.end) for slip in parts.slips)])


def _bare(text: str, known: set[str]) -> Iterator[tuple[int, str]]:
    for match in _AT.finditer(text):
        key = match[1] if match[1] in known else _key(match[1])
        if key in known or _LIKE_A_KEY.fullmatch(key):
            cited = cited_key(key)
            advice = f"write [@{cited}], or [-@{cited}] where the sentence has the names"
            other = "" if key in known else "; for a name on social media, write &#64; for the @"
            yield match.start(), f"'@{key}' is shown as it stands, as it has no square brackets; {advice}{other}"


def _alone(text: str, known: set[str]) -> Iterator[tuple[int, str]]:
    end = 0
    for figures in _FIGURES.finditer(text):
        begin = max(end, *(text.rfind(space, end, figures.start()) + 1 for space in " \n\t"))
        for match in _WORD.finditer(text, begin) if figures.start() >= end else ():
            end = match.end()
            if end > figures.start():
                key = _key(match[0])
                if key in known and text[match.start() - 1 : match.start()] != "@":
                    yield (
                        match.start(),
                        f"{quoted(key)} is the key of a work and is shown as it stands; write [@{cited_key(key)}]",
                    )
                break


def _key(word: str) -> str:
    """A word without the signs at its end."""
    found = _KEY.match(word)
    return found[0] if found else ""


def _by_year(subject: Subject) -> dict[str, dict[str, str]]:
    """The keys of works by year, and by the names that a citation would have: those shown, all of them, and the first with 'et al.'."""
    found: dict[str, dict[str, str]] = {}
    for key, label in labels(subject.review).items():
        reference = subject.review.references.get(key)
        if reference and label.year:
            short = [name.short for name in reference.authors or reference.editors]
            ways = [label.author, listed(short), *([f"{short[0]} et al."] if short else [])]
            for year in {label.year, reference.year or label.year}:
                found.setdefault(year, {}).update((_words(way), key) for way in reversed(ways) if _words(way))
    return found


def _words(text: str) -> str:
    return " ".join(re.sub(r"[.,;:*_]", " ", text.replace("&amp;", "and").replace("&", " and ")).casefold().split())


def _named(text: str, names: dict[str, dict[str, str]], cited: set[str]) -> Iterator[tuple[int, str]]:
    """Works that the text names by author and year, where nothing beside it cites them; not in the words of others."""

    def key_of(before: str, year: str) -> str:
        words = f" {_words(before)}"
        return next((key for name, key in names.get(year, {}).items() if words.endswith(f" {name}")), "")

    for match in [*_IN_BRACKETS.finditer(text), *_AFTER_NAMES.finditer(text)]:
        if text.rfind("“", 0, match.start()) > text.rfind("”", 0, match.start()):
            continue
        if match.re is _AFTER_NAMES:
            works = [(text[max(0, match.start() - 200) : match.start()], match[1])]
        else:
            works = [(match[1][: year.start()], year[0]) for year in re.finditer(rf"\b{_YEAR}", match[1])]
        keys = [key for before, year in works if (key := key_of(before, year)) and key not in cited]
        if keys:
            minus = "-" if match.re is _AFTER_NAMES else ""
            right = f"[{'; '.join(f'{minus}@{cited_key(key)}' for key in dict.fromkeys(keys))}]"
            yield match.start(), f"{quoted(match[0])} names a work without citing it; write {right}"


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
        if parts.citations or any(parts.slips_of("citation")) or any(_bare(text, known)):
            found.setdefault(where, set()).add(f"'{name}'")
    for where, fields in found.items():
        why = "because no list of references stands below"
        yield Problem(where, f"{listed(sorted(fields))} cannot cite, {why}; name the work")
