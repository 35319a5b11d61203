"""A work as COinS: an empty <span> that reference managers read off a list (OpenURL ContextObject in SPAN; its keys: ANSI/NISO Z39.88-2004, KEV).

An organisation is `rft.aucorp`, so that its name stays whole. The first person is `rft.aulast` and `rft.aufirst`, all others are `rft.au`. Editors are
`rft.contributor`, as these formats know no editor. What is neither an article, a book, a report nor a thesis goes out as Dublin Core, with
Zotero's word for its type (as Zotero itself writes it: openurl.js, github.com/zotero/utilities).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from evidence.metadata.page_metadata import issued, listed_name
from evidence.model.base import OTHERS, Reference
from evidence.references import work_kind
from evidence.text import escape


def context_object(reference: Reference, authorless: bool = False) -> str:
    """A work as keys and values, percent-encoded; `authorless` as for `work_kind`."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(reference, authorless), *_people(reference)]
    cleaned = ((key, escape.clean(value)) for key, value in pairs)
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in cleaned if value)


def _described(reference: Reference, authorless: bool) -> Iterator[tuple[str, str]]:
    f = reference.field
    kind = work_kind(reference, authorless)
    title, within = reference.title, reference.container
    if f("doi"):
        yield "rft_id", f"info:doi/{f('doi')}"
    if f("isbn"):
        yield "rft_id", f"urn:isbn:{f('isbn')}"
    yield "rft_id", escape.url(f("url"))
    form, _, genre = kind.openurl.partition("/")
    yield from (("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"), ("rft.genre", genre))
    if kind.article:
        yield from (("rft.atitle", title), ("rft.jtitle", within))
        yield from (("rft.volume", f("volume")), ("rft.issue", f("number")), ("rft.issn", f("issn")))
        yield "rft.artnum", f("eid")
    elif form == "book":
        part = genre in ("bookitem", "proceeding")
        yield from (("rft.atitle", title if part else ""), ("rft.btitle", within if part else title))
        yield from (("rft.place", reference.place), ("rft.pub", reference.publisher))
        yield from (("rft.edition", f("edition")), ("rft.series", f("series")))
    elif form == "dissertation":
        yield from (("rft.title", title), ("rft.inst", reference.publisher), ("rft.degree", f("type")))
    else:
        yield from (("rft.type", kind.zotero), ("rft.title", title), ("rft.source", within))
        yield "rft.publisher", reference.publisher
    yield "rft.date", issued(reference)
    yield "rft.pages", f("eid") or reference.pages()


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
