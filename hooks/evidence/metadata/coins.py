"""A work as COinS: an empty <span> that reference managers read off a list (OpenURL ContextObject in SPAN; its keys: ANSI/NISO Z39.88-2004, KEV).

An organisation is `rft.aucorp`, so that its name stays whole. The first person is `rft.aulast` and `rft.aufirst`, all others are `rft.au`. Editors are
`rft.contributor`, as these formats know no editor. What is neither an article, a book, a report nor a thesis goes out as Dublin Core, with
Zotero's word for its type (as Zotero itself writes it: openurl.js, github.com/zotero/utilities).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from evidence.metadata.page_metadata import ZOTERO_TYPES, issued, listed_name
from evidence.model.base import OTHERS, Reference
from evidence.references.csl import container_title, csl_type, page_range, publisher, publisher_place
from evidence.text import escape

_FORMAT = "info:ofi/fmt:kev:mtx:"
_GENRES = {
    "book": "book",
    "pamphlet": "book",
    "chapter": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
}


def context_object(reference: Reference, authorless: bool = False) -> str:
    """A work as keys and values, percent-encoded; `authorless` as for `csl_type`."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(reference, csl_type(reference, authorless)), *_people(reference)]
    cleaned = ((key, escape.clean(value)) for key, value in pairs)
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in cleaned if value)


def _described(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    f = reference.field
    title, within = reference.title, container_title(reference)
    if f("doi"):
        yield "rft_id", f"info:doi/{f('doi')}"
    if f("isbn"):
        yield "rft_id", f"urn:isbn:{f('isbn')}"
    yield "rft_id", escape.url(f("url"))
    if kind == "article-journal":
        yield "rft_val_fmt", f"{_FORMAT}journal"
        yield from (("rft.genre", "article"), ("rft.atitle", title), ("rft.jtitle", within))
        yield from (("rft.volume", f("volume")), ("rft.issue", f("number")), ("rft.issn", f("issn")))
        yield "rft.artnum", f("eid")
    elif kind in _GENRES:
        part = kind in ("chapter", "paper-conference")
        yield "rft_val_fmt", f"{_FORMAT}book"
        yield "rft.genre", _GENRES[kind]
        yield "rft.atitle", title if part else ""
        yield "rft.btitle", within if part else title
        yield from (("rft.place", publisher_place(reference)), ("rft.pub", publisher(reference)))
        yield from (("rft.edition", f("edition")), ("rft.series", f("series")))
    elif kind == "thesis":
        yield "rft_val_fmt", f"{_FORMAT}dissertation"
        yield from (("rft.title", title), ("rft.inst", publisher(reference)), ("rft.degree", f("type")))
    else:
        yield "rft_val_fmt", f"{_FORMAT}dc"
        yield from (("rft.type", ZOTERO_TYPES[kind]), ("rft.title", title), ("rft.source", within))
        yield "rft.publisher", publisher(reference)
    yield "rft.date", issued(reference)
    yield "rft.pages", f("eid") or page_range(reference)


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    first = True
    for name in reference.authors:
        if name == OTHERS:
            continue
        if name.literal:
            yield "rft.aucorp", name.literal
        elif first:
            # The family name comes first: Zotero would give a first name alone to the organisation before it.
            yield from (("rft.aulast", name.short), ("rft.aufirst", name.given))
            first = False
        else:
            yield "rft.au", listed_name(name)
    yield from (("rft.contributor", listed_name(name)) for name in reference.editors if name != OTHERS)
