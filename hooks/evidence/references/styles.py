"""The styles that references are shown in: which CSL style each is, what has to be done before and after citeproc-py runs it, and its words.

To add a style is to add a record to STYLES; all its fields must be given, so that no style speaks another's words.

The CSL styles of laws print a title twice (Harvard) or a law of the United States (APA), so laws are put together here. An editor in the place of a missing
author would be named twice. Both, and the words for further authors, are done with private-use marks that cannot stand in our texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from evidence.model.base import OTHERS
from evidence.model.vocabulary import UNDATED
from evidence.references.csl import csl_name
from evidence.text.translation import _

ITALIC, END, ARTICLE, EDITED, MORE, TITLE = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014", "\ue015"
Item = dict[str, Any]
_ET_AL_FROM = 4  # the et-al-min of the Harvard style
_OTHERS = csl_name(OTHERS)
_ADD_DATE = _("add the date")  # nobody's day of access is made up


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name for readers, its CSL style, the language of its terms, and its own rules.

    `prepare` changes an item before it is formatted and returns how the list calls editors who stand in the place of authors, or '';
    `finish` mends the text, with that word. `law` puts a law together. `web_page` adds to the text of a web page the place for the day on which it
    was read, and where it is: words that say so, '' where its address stands in the text.
    """

    id: str
    name: str
    csl: str
    locale: str
    prepare: Callable[[Item], str]
    finish: Callable[[str, str, Item], str]
    law: Callable[[Item], str]
    web_page: Callable[[str, str], str]


def _harvard(item: Item) -> str:
    _whole_names(item)
    for names in _names(item):
        if _OTHERS in names:  # as many as make the style write "et al."
            names.extend([_OTHERS] * (_ET_AL_FROM - len(names)))
        for name in names:
            if "suffix" in name:  # the style would leave it out
                name["family"] = f"{name['family']}, {name.pop('suffix')}"
    if item["issued"].get("literal") and item.get("year-suffix"):
        item["issued"] = {"literal": f"{item['issued']['literal']}-{item.pop('year-suffix')}"}
    if role := _editors_first(item, "(ed.)", "(eds)"):
        issued = item["issued"]
        year = issued.get("literal") or issued["date-parts"][0][0]
        item["issued"] = {"literal": f"{EDITED}{year}{item.pop('year-suffix', '')}"}  # marks where the names end
    return role


def _harvard_finish(text: str, role: str, item: Item) -> str:
    text = text.replace(f"{ITALIC}et al.{END}", "et al.")  # italics are for titles alone
    text = text.replace(f"({EDITED}", f"{role} (", 1).replace(EDITED, "")
    if "journal" in item["type"] and "[Preprint]" not in f"{item['title']}{item.get('container-title')}":
        text = text.replace(" [Preprint]", "")  # the style takes every article without volume and pages for one
    return re.sub(rf"\bpp?\. {ARTICLE}", "article ", _without_full_stops(text))


def _harvard_web_page(text: str, where: str) -> str:
    text = f"{text} Available at: {where}" if where else text.removesuffix(".")
    return f"{text} (Accessed: {_ADD_DATE})."


def _apa(item: Item) -> str:
    _mark_others(item)
    _whole_names(item)
    item["language"] = "und"  # not known, so the names of journals keep their capitals as they are
    item.pop("year-suffix", None)  # belongs to the list of the reader
    if item["issued"].get("literal") == UNDATED:
        del item["issued"]  # the style says so in its own words
    if item.get("author") == [{"literal": item.get("publisher")}]:
        del item["publisher"]  # Publication Manual, 7th edition, 9.29
    if role := _editors_first(item, "(Ed.)", "(Eds.)"):
        item["title"] = f"{EDITED}{item['title']}"
    elif "author" not in item:
        item["title"] = f"{TITLE}{item['title']}"
    return role


def _apa_finish(text: str, role: str, item: Item) -> str:
    text = text.replace(ARTICLE, "Article ")
    if role:  # names, year, title: the word for editors goes before the first bracket after the names
        names, _, rest = text.partition(EDITED)
        before, _, year = names.rpartition(" (")
        text = f"{before} {role}. ({year}{rest}"
    if "number" not in item:
        text = text.replace(" (Publication)", "", 1)  # the processor's word for a number that is not there
    if not role and "editor" in item:  # the processor keeps the small letter of the term
        text = re.sub(r"\((eds?\.)\),", lambda match: f"({match[1].capitalize()}),", text, count=1)
    if text.count(TITLE) > 1:  # in the place of the author, and again in its own
        first, title = text.index(TITLE), re.escape(item["title"].removeprefix(TITLE))
        again = re.compile(rf"{ITALIC}?{TITLE}{title}{END}?\.?\s*")
        text = text[: first + 1] + again.sub("", text[first + 1 :], count=1)
    text = re.sub(r"Retrieved (?=https?://\S+\Z)", "", text.replace(TITLE, ""))  # no day of retrieval is known
    return _without_full_stops(_et_al(text, "&")).strip()


def _apa_web_page(text: str, where: str) -> str:
    return f"{text} {where[:1].upper()}{where[1:]}." if where else text


def _vancouver(item: Item) -> str:
    _mark_others(item)
    item.pop("year-suffix", None)
    issued = item["issued"]
    if "date-parts" in issued:  # the processor would run year and month together
        item["issued"] = {"date-parts": [issued["date-parts"][0][:1]]}
    elif issued["literal"] == UNDATED:
        item["issued"] = {"literal": "[date unknown]"}
    if item.get("DOI"):
        item.pop("URL", None)  # the same address twice
    if role := _editors_first(item, "editor", "editors"):
        item["title"] = f"{EDITED}{item['title']}"
    return role


def _vancouver_finish(text: str, role: str, item: Item) -> str:
    text = re.sub(r"^1\.\s*", "", text).replace(ARTICLE, "")  # a number belongs to the list of the reader
    text = re.sub(rf"\.?\s*{EDITED}", f", {role}. ", text)
    return _without_full_stops(_et_al(text, ""))


def _vancouver_web_page(text: str, where: str) -> str:
    before, _, address = text.partition(". Available from: ")
    return f"{before.removesuffix('.')} [cited {_ADD_DATE}]. Available from: {where or address}"


def _law(item: Item, address: str, before: str = "", after: str = "") -> str:
    """A law by its title and number; `address` are the words around its web address."""
    number = f", {item['number']}" if item.get("number") else ""
    return f"{before}{item['title']}{after}{number}." + (address.format(item["URL"]) if item.get("URL") else "")


def _names(item: Item) -> list[list[dict[str, str]]]:
    """The authors and the editors, to be changed in place."""
    return [item[role] for role in ("author", "editor") if role in item]


def _editors_first(item: Item, one: str, many: str) -> str:
    """Put editors in the place of missing authors, and return the word for them; '' where nobody is put there."""
    if "author" in item or "editor" not in item:
        return ""
    item["author"] = item.pop("editor")
    return many if len(item["author"]) > 1 else one


def _whole_names(item: Item) -> None:
    """Given names in a script without capitals stay whole: the processor would make full stops of them."""
    for name in chain.from_iterable(_names(item)):
        if (given := name.get("given", "")) and given.lower() == given.upper():
            name["family"] = f"{name['family']}, {name.pop('given')}"


def _mark_others(item: Item) -> None:
    for names in _names(item):
        if _OTHERS in names:
            names[:] = [name for name in names if name != _OTHERS] + [{"literal": MORE}]


def _et_al(text: str, joint: str) -> str:
    """The words for authors that the entry does not name, in the place of their mark."""
    return re.sub(rf",?\s*(?:{joint}\s*)?{MORE}\.?", ", et al.", text) if MORE in text else text


def _without_full_stops(text: str) -> str:
    """No full stop after a question or exclamation mark that ends a title."""
    return re.sub(rf"([?!]{END}?)\.(?=\s|$)", r"\1", text)


_HARVARD = Style(
    "harvard",
    "Harvard (Cite Them Right)",
    csl="harvard-cite-them-right",
    locale="en-GB",
    prepare=_harvard,
    finish=_harvard_finish,
    law=lambda item: _law(item, " Available at: {}.", ITALIC, END),
    web_page=_harvard_web_page,
)
_APA = Style(
    "apa",
    "APA (7th edition)",
    csl="apa",
    locale="en-US",
    prepare=_apa,
    finish=_apa_finish,
    law=lambda item: _law(item, " {}"),
    web_page=_apa_web_page,
)
_VANCOUVER = Style(
    "vancouver",
    "Vancouver",
    csl="nlm-citation-sequence",
    locale="en-US",
    prepare=_vancouver,
    finish=_vancouver_finish,
    law=lambda item: _law(item, " Available from: {}"),
    web_page=_vancouver_web_page,
)
STYLES = {style.id: style for style in (_HARVARD, _APA, _VANCOUVER)}
