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


def context_object(reference: Reference) -> str:
    """A work as keys and values, percent-encoded."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(reference), *_people(reference)]
    cleaned = ((key, escape.clean(value)) for key, value in pairs)
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in cleaned if value)


def _described(reference: Reference) -> Iterator[tuple[str, str]]:
    t = reference.text
    kind = work_kind(reference)
    title, within = reference.title, reference.container
    if t("DOI"):
        yield "rft_id", f"info:doi/{t('DOI')}"
    if t("ISBN"):
        yield "rft_id", f"urn:isbn:{t('ISBN')}"
    yield "rft_id", escape.url(t("URL"))
    form, _, genre = kind.openurl.partition("/")
    yield from (("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"), ("rft.genre", genre))
    if kind.article:
        yield from (("rft.atitle", title), ("rft.jtitle", within))
        yield from (("rft.volume", t("volume")), ("rft.issue", t("issue")), ("rft.issn", t("ISSN")))
        yield "rft.artnum", t("number")
    elif form == "book":
        part = genre in ("bookitem", "proceeding")
        yield from (("rft.atitle", title if part else ""), ("rft.btitle", within if part else title))
        yield from (("rft.place", t("publisher-place")), ("rft.pub", t("publisher")))
        yield from (("rft.edition", t("edition")), ("rft.series", t("collection-title")))
    elif form == "dissertation":
        yield from (("rft.title", title), ("rft.inst", t("publisher")), ("rft.degree", t("genre")))
    else:
        yield from (("rft.type", kind.zotero), ("rft.title", title), ("rft.source", within))
        yield "rft.publisher", t("publisher")
    yield "rft.date", issued(reference)
    yield from (("rft.pages", reference.pages()), ("rft.language", t("language")))


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
