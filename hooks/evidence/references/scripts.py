"""Names, and titles in other scripts and languages, as the processor has to get them so that they come out right."""

from __future__ import annotations

import re
from typing import Any

from evidence.text.direction import direction
from evidence.text.languages import foreign

ELLIPSIS = "\ue015"
"""A private-use mark in the place of three full stops, of which pandoc takes one away before another."""
ISOLATE, POP = "\ue013", "\ue014"
"""Private-use marks around a text that <bdi> sets apart (Unicode Standard Annex 9: else its direction runs on into what stands beside it)."""
NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
_TITLES = ("title", "container-title", "collection-title")
_TEXTS = ("publisher", "publisher-place", "event-title", "genre")
_LETTER = re.compile(r"[^\W\d_]")
# Every script from Greek on that is not Latin.
_FOREIGN = re.compile(
    "(?=[\u0370-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\ua71f\ua800-\uaaff\uabc0-\ufaff\ufb07-\uffff\U00010000-\U0003ffff])[^\\W\\d_]"
)

_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def isolated(item: dict[str, Any], sorted_by: str) -> dict[str, Any]:
    """An item with its names and texts in other scripts marked, and its titles where they are in another language than that of the site.

    Names in a script without capitals become whole, since the processor would make initials of them: family name first, with `sorted_by` after it, as
    the style has authors.
    """
    item = {name: text.replace("...", ELLIPSIS) if isinstance(text, str) else text for name, text in item.items()}
    titles = _TITLES if foreign(item.get("language", "")) else ()
    found: dict[str, Any] = {name: f"{ISOLATE}{item[name]}{POP}" for name in titles if name in item}
    found |= {name: _marked(item[name]) for name in (*_TITLES, *_TEXTS) if name in item and name not in found}
    first = next((role for role in NAMES if role in item), "")
    for role in NAMES:
        if role in item:
            found[role] = [_name(name, sorted_by if role == first else "") for name in item[role]]
    return item | found


def _marked(text: str) -> str:
    """A text between marks if any of it runs from right to left, or most of it is in another script than Latin."""
    if text.isascii():
        return text
    foreign = len(_FOREIGN.findall(text))
    apart = foreign and (direction(text) or foreign * 2 > len(_LETTER.findall(text)))
    return f"{ISOLATE}{text}{POP}" if apart else text


def _name(name: dict[str, str], sorted_by: str) -> dict[str, str]:
    given, family = name.get("given", ""), name.get("family", "")
    if "literal" in name:
        return {"literal": _marked(name["literal"])}
    if given and given.lower() == given.upper():
        if _EAST_ASIAN.search(family + given):  # in any place, the family name is the first
            return {"literal": _marked(f"{family}{given}")}
        return {"literal": _marked(f"{family}{sorted_by}{given}" if sorted_by else f"{given} {family}")}
    # 'Min-ji' is M.-J.: the processor wants a capital for an initial, but a word that begins small ('da', 'al-Rahman') stays a word.
    given = " ".join(
        "-".join(p[:1].upper() + p[1:] for p in w.split("-")) if w[:1].isupper() else w for w in given.split()
    )
    return name | {"family": _marked(family)} | ({"given": given} if given else {})
