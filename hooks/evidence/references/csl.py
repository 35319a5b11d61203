"""References as CSL-JSON for files (CSL 1.0.2: "Item Types" and "Variables", appendices III and IV of the specification).

What Zotero, pandoc and citation-js read alike is written: particles as a part of the family name, no type and no markup that one of them refuses.
Fields of our own (`sourcekind`, `access` and the like) are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from evidence.model.base import Name, Reference, joined
from evidence.model.vocabulary import standing_words
from evidence.references.kinds import exported_kind, work_kind
from evidence.text import escape

_NOT_IN_ADDRESSES = re.compile(r'[\s"<>\\^`{|}]')
_NO_CASE = re.compile(r'<span class="nocase">|</span>')


def csl_item(reference: Reference) -> dict[str, Any]:
    """The item of a work as a processor gets it: a copy, on lines without control characters, still with what says the language of words, and the type of its kind."""
    item: dict[str, Any] = cleaned(reference.item, escape.on_one_line)
    return item | {"type": work_kind(reference).csl}


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON has it; an organisation is never split."""
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": joined(name.particle, name.family), "given": name.given, "suffix": name.suffix}
    return {role: value for role, value in parts.items() if value}


def cleaned(value: Any, clean: Callable[[str], str] = escape.clean) -> Any:
    """A value as JSON has it, with every text in it on one line and without control characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: cleaned(item, clean) for key, item in value.items()}
    return [cleaned(item, clean) for item in value] if isinstance(value, list) else value


def web_address(text: str) -> str:
    """A web address as it is written, with what stands in no address percent-encoded (RFC 3986); '' unless it is http or https."""
    address = escape.clean(text)
    return _NOT_IN_ADDRESSES.sub(lambda match: quote(match[0]), address) if escape.url(address) else ""


def to_csl_json(reference: Reference) -> str:
    """A reference as a JSON object for a file: values on one line each, web addresses only of the web, no '</' that could end a script."""
    item: dict[str, Any] = cleaned(reference.item)
    item |= {name: _NO_CASE.sub("", value) for name, value in item.items() if isinstance(value, str)}
    kind = exported_kind(reference)
    item["type"] = kind.exported or kind.csl
    for role, value in item.items():
        if isinstance(value, list):
            item[role] = cleaned([csl_name(name) for name in reference.names(role)])
    if kind.article and item.pop("number", ""):
        item["page"] = cleaned(reference.pages())  # no program reads the number of an article from its own variable
    if address := web_address(item.pop("URL", "")):
        item["URL"] = address
    # "The (publication) status of the item" (CSL 1.0.2, "Standard Variables"); programs that do not know it show the note.
    word, said = standing_words(reference.field("status"), reference.field("statusnote"))
    if word:
        note = " ".join(part for part in (item.get("note", ""), f"{word}. {said}") if part)
        item |= {"status": word.casefold(), "note": escape.clean(note)}
    lines = (f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items())
    return "{\n" + ",\n".join(lines).replace("</", "<\\/") + "\n}"
