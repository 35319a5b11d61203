"""Works made up for tests: from the words of BibTeX, without a file that is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from evidence.model.base import Name, Reference
from evidence.references.kinds import WORK_KINDS
from evidence.sources.bibtex import parse_bibtex

VARIABLES = {
    "title": "title",
    **dict.fromkeys(("journal", "journaltitle", "booktitle"), "container-title"),
    **dict.fromkeys(("publisher", "institution", "school", "organization", "howpublished"), "publisher"),
    **dict.fromkeys(("address", "location"), "publisher-place"),
    "series": "collection-title",
    "volume": "volume",
    "pages": "page",
    "edition": "edition",
    "type": "genre",
    **{name: name.upper() for name in ("doi", "url", "isbn", "issn", "pmid", "pmcid")},
    "note": "note",
    "eid": "number",
    "langid": "language",
}


def work(
    key: str, entry_type: str, fields: Mapping[str, str], authors: Iterable[Name] = (), editors: Iterable[Name] = ()
) -> Reference:
    """A work with these fields, in their BibTeX names; what is no field of a work is one of our own."""
    kind = next((kind.csl for kind in WORK_KINDS.values() if entry_type in kind.entry_types), "document")
    item: dict[str, Any] = {"id": key, "type": kind}
    for role, names in (("author", authors), ("editor", editors)):
        item |= {role: [_name(name) for name in names]} if names else {}
    own = {}
    for name, value in fields.items():
        if name == "number":
            item["issue" if kind.startswith("article") else "number"] = value
        elif name == "year":
            item["issued"] = {"date-parts": [[int(value)]]} if re.fullmatch("[0-9]{1,4}", value) else {"literal": value}
        elif name in VARIABLES:
            item[VARIABLES[name]] = value
        else:
            own[name] = value
    return Reference(key, entry_type, item, own)


def _name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: text for part, text in parts.items() if text}


def read_latex(text: str) -> str:
    """The text that our reader makes of LaTeX in a field."""
    references, _, _ = parse_bibtex(f"@misc{{a, title={{{{{text}}}}}, year={{2000}}}}", "x.bib")
    return references["a"].title


def straight(text: str) -> str:
    """Text with straight quotation marks and plain spaces, as people type it: our reader makes them curly, and takes places for hyphens out."""
    # A raised figure comes back as the figure with a mark, which is no part of the text.
    plain = unicodedata.normalize("NFKC", text.replace("\xad", ""))
    quotes = re.sub('[‘’“”`"]', "'", plain)
    return " ".join(re.sub("'+", "'", quotes).split())
