"""References as CSL-JSON (CSL 1.0.2: "Item Types" and "Variables", appendices III and IV of the specification), for the styles and for export.

Fields of our own (`sourcekind`, `access` and the like) are left out.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from evidence.model.base import Name, Reference
from evidence.model.vocabulary import UNDATED, standing_words
from evidence.references.kinds import exported_kind, work_kind
from evidence.text import escape

# Further variables of exported items, and the fields that they come from.
_MORE = {"collection-title": "series", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid"}
_NOT_IN_ADDRESSES = re.compile(r'[\s"<>\\^`{|}]')


def csl_item(reference: Reference, authorless: bool = False) -> dict[str, Any]:
    """A reference as a CSL-JSON item; `authorless` as for `work_kind`."""
    f = reference.field
    kind = work_kind(reference, authorless)
    item: dict[str, Any] = {"id": reference.key, "type": kind.csl, "title": reference.title}
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        if names:
            item[role] = [csl_name(name) for name in names]
    if re.fullmatch(r"\d{1,4}", reference.year):
        item["issued"] = {"date-parts": [[int(reference.year), *([reference.month] if reference.month else [])]]}
    else:
        item["issued"] = {"literal": reference.year or UNDATED}
    values = {
        "container-title": reference.container,
        "volume": f("volume"),
        "issue" if kind.article else "number": f("number"),
        "page": reference.pages(),
        "publisher": reference.publisher,
        "publisher-place": reference.place,
        "edition": f("edition"),
        "genre": f("type"),
        "DOI": f("doi"),
        "URL": f("url"),
    }
    return item | {name: value for name, value in values.items() if value}


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON has it; an organisation is never split."""
    if name.literal:
        return {"literal": name.literal}
    family, suffix = name.family_and_suffix
    parts = {"family": family, "given": name.given, "non-dropping-particle": name.particle, "suffix": suffix}
    return {role: value for role, value in parts.items() if value}


def cleaned(value: Any) -> Any:
    """A value as JSON has it, with every text in it on one line and without control characters."""
    if isinstance(value, str):
        return escape.clean(value)
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    return [cleaned(item) for item in value] if isinstance(value, list) else value


def web_address(text: str) -> str:
    """A web address as it is written, with what stands in no address percent-encoded (RFC 3986); '' unless it is http or https."""
    address = escape.clean(text)
    return _NOT_IN_ADDRESSES.sub(lambda match: quote(match[0]), address) if escape.url(address) else ""


def to_csl_json(reference: Reference, authorless: bool = False) -> str:
    """A reference as a JSON object for a file: values on one line each, web addresses only of the web, no '</' that could end a script."""
    item: dict[str, Any] = cleaned(csl_item(reference, authorless))
    kind = exported_kind(reference, authorless)
    item["type"] = kind.exported or kind.csl
    if "eid" in reference.fields:
        item["page"] = escape.clean(reference.field("eid"))
    item |= {name: escape.clean(reference.field(field)) for name, field in _MORE.items() if reference.field(field)}
    if address := web_address(item.pop("URL", "")):
        item["URL"] = address
    # "The (publication) status of the item" (CSL 1.0.2, "Standard Variables"); programs that do not know it show the note.
    word, said = standing_words(reference.field("status"), reference.field("statusnote"))
    if word:
        item |= {"status": word.casefold(), "note": escape.clean(f"{word}. {said}")}
    lines = (f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items())
    return "{\n" + ",\n".join(lines).replace("</", "<\\/") + "\n}"
