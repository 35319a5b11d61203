"""The styles that references are shown in: which CSL style each is, where we differ from its file, and its words.

To add a style is to put its file into csl_styles/ and a record into STYLES; all fields of a record must be given, so that no style speaks another's words.

What the file of a style gets wrong by the style's own manual stands in `changes`, in CSL, so that the processor does the rest of the work.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evidence.model.base import OTHERS, year_words
from evidence.references.csl import csl_name
from evidence.references.scripts import NAMES, isolated
from evidence.references.title_case import sentence_case
from evidence.text.translation import LANGUAGE, _

Item = dict[str, Any]
MORE = "\ue012"
"""A private-use mark that stands among the names for authors whom the entry does not name."""
LETTER = "letter"
"""The variable of our own for the letter after the year, which the processor would give out by itself."""
_OTHERS = csl_name(OTHERS)
_OF_JOURNALS = {"volume", "issue", "number", "page", "DOI", "PMID", "PMCID"}
_ET_AL_FROM = 4  # the et-al-min of the Harvard style
_ADD_DATE = _("add the date")  # nobody's day of access is made up
_FROM = _("Available from")
# Words that stand in the files of styles themselves, where CSL has a term of each language for most. Titles of databases are names.
FIXED = {
    "Preprint": _("Preprint"),
    "as": _("as"),
    "before the": _("before the"),
    "located at": _("located at"),
    "publication": _("publication"),
    "track": _("track"),
}
_ARTICLE, _NUMBER, _AFTER_ARTICLE = map(html.escape, _("article %(number)s").partition("%(number)s"))
_FILES = Path(__file__).with_name("csl_styles")


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name for readers, its CSL file, and its own rules.

    `changes` are pieces of the file, without the white space between elements, and what is put in their place; `law` is, in CSL, how a law is shown.
    `prepare` changes an item in place before it is formatted. `web_page` adds to the text of a web page the place for the day on which it was read, and
    where it is: words that say so, '' where its address stands in the text.
    """

    id: str
    name: str
    csl: str
    locale: str
    changes: tuple[tuple[str, str], ...]
    law: str
    prepare: Callable[[Item], None]
    web_page: Callable[[str, str], str]


@cache
def style_file(style: Style) -> str:
    """The style in CSL as the processor gets it.

    Each work is formatted as if it stood alone, so all that compares works is taken out, which is also what takes long. So is what makes capitals
    of small letters in titles: it would be done to names of journals in every language.
    """
    text = re.sub(r"<!--.*?-->|(?<=>)\s+(?=<)", "", (_FILES / f"{style.csl}.csl").read_text("utf-8"), flags=re.S)
    for piece, instead in style.changes:
        if piece not in text:
            raise ValueError(f"{style.csl}.csl does not hold what is to be changed in it: {piece}")
        text = text.replace(piece, instead)
    text = re.sub(r'(?<= value=")[^"]+', lambda found: html.escape(FIXED.get(found[0], found[0])), text)
    for pattern, instead in _ALONE:
        text = re.sub(pattern, instead, text, flags=re.S)
    law = f'<choose><if type="legislation">{style.law}</if><else>\\2</else></choose>'
    text = re.sub(r"(<bibliography\b.*?<layout\b[^>]*>)(.*?)(?=</layout>)", rf"\1{law}", text, flags=re.S)
    return text.replace("<style ", f'<style default-locale="{LANGUAGE or style.locale}" ', 1)


_ALONE = (
    (r"<citation\b.*?</citation>", '<citation><layout><text variable="id"/></layout></citation>'),
    (r"<sort>.*?</sort>", ""),
    (r' (?:default-locale|second-field-align|subsequent-author-substitute(?:-rule)?)="[^"]*"', ""),
    (r'(<text\b(?=[^>]* (?:variable|macro)=)[^>]*) text-case="title"', r"\1"),
    # Asked for in this way, it does not make what stands around it empty where there is none.
    (
        r'<text variable="year-suffix"([^>]*)/>',
        rf'<choose><if variable="{LETTER}"><text variable="{LETTER}"\1/></if></choose>',
    ),
    # A label that stands alone is one behind the names; pandoc would put it before them.
    (r"(<names\b[^>]*>)(?=<label)(?![^/]*/><name\b)", r"\1<name/>"),
)


def prepare(item: Item, style: Style) -> Item:
    """An item as it is formatted in a style."""
    item = {name: [*value] if isinstance(value, list) else value for name, value in item.items()}
    for names in _names(item):
        names[:] = [name | {"given": _initials(name["given"])} if "given" in name else name for name in names]
    number, issued = item.get("number", ""), item.get("issued", {})
    if _is_news(item):
        item["type"] = "article-newspaper"  # which styles give with its day
    elif item["type"] == "article-journal" and number:
        item.pop("page", None)  # a reader that knows no article numbers finds the same number there
    elif item["type"] == "legislation" and number[:4] in item.get("title", ""):
        item["number"] = re.sub(r"^\d{4} (?=.)", "", number)  # 'Hedges Act 2011, 2011 c. 7'
    if issued.get("season"):  # the processor reads it in the place of a month (EDTF, "Seasons")
        item["issued"] = issued | {"date-parts": [[issued["date-parts"][0][0], 20 + issued["season"]]]}
    style.prepare(item)
    return isolated(item, _separator(style))


@cache
def _separator(style: Style) -> str:
    """What stands between family and given names of authors."""
    found = re.search(r' sort-separator="([^"]*)"', style_file(style))
    return found[1] if found else ", "  # CSL 1.0.2, "Name"


def _is_news(item: Item) -> bool:
    """Whether an article came out on a day, in nothing that has volumes."""
    (first, *_more) = item.get("issued", {}).get("date-parts") or [()]
    return item["type"] == "article-journal" and len(first) == 3 and not item.keys() & _OF_JOURNALS


def _initials(given: str) -> str:
    """Given names as the processor makes initials of them: 'Min-ji' is M.-J., but a word that begins small ('da', 'al-Rahman') stays a word."""
    words = (re.split("[-‐‑]", word) for word in given.split())
    return " ".join("-".join(w[:1].upper() + w[1:] if parts[0][:1].isupper() else w for w in parts) for parts in words)


def _harvard(item: Item) -> None:
    for names in _names(item):
        if _OTHERS in names:  # as many as make the style write "et al."
            names.extend([_OTHERS] * (_ET_AL_FROM - len(names)))


def _harvard_web_page(text: str, where: str) -> str:
    text = f"{text} {_('Available at:')} {where}" if where else text.removesuffix(".")
    return f"{text} ({_('Accessed:')} {_ADD_DATE})."


def _apa(item: Item) -> None:
    _for_readers(item, after_colon=True)
    if words := item.get("issued", {}).get("literal"):  # else they stand in the place of the day, too
        del item["issued"]
        item["status"] = words
    if item.get("author") == [{"literal": item.get("publisher")}]:
        del item["publisher"]  # Publication Manual, 7th edition, 9.29


def _apa_web_page(text: str, where: str) -> str:
    return f"{text} {where[:1].upper()}{where[1:]}." if where else text


def _vancouver(item: Item) -> None:
    _for_readers(item, after_colon=False)
    for names in _names(item):  # 'J.-P.' is JP
        names[:] = [n | {"given": re.sub(r"\.?-(?=\w)", " ", n["given"])} if "given" in n else n for n in names]
    # Citing Medicine, 2nd edition, chapter 2, "Date of Publication"
    issued = item.setdefault("issued", {"literal": _("[date unknown]")})
    if issued.get("circa") and "date-parts" in issued:
        item["issued"] = {"literal": f"[{year_words(issued | {'circa': False})}?]"}


def _vancouver_web_page(text: str, where: str) -> str:
    # The processor says "available from" in the language of the site; without an address it says nothing.
    found = re.search(r"\. ([^.:]+): ((?:https?:\S+)?)$", text)
    before, said, address = (text[: found.start()], *found.groups()) if found and found[2] else (text, _FROM, "")
    return f"{before.removesuffix('.')} {_('[cited %s]') % _ADD_DATE}. {said}: {where or address}"


def _names(item: Item) -> list[list[dict[str, str]]]:
    """All people and organisations by their roles, to be changed in place."""
    return [item[role] for role in NAMES if role in item]


def _for_readers(item: Item, *, after_colon: bool) -> None:
    """What APA and Vancouver want alike: titles in sentence case; words for authors whom the entry does not name; no letter, which belongs to the
    list of the reader."""
    item.pop(LETTER, None)
    if item["type"] != "legislation" and "title" in item:
        item["title"] = sentence_case(item["title"], item.get("language", ""), after_colon=after_colon)
    for names in _names(item):
        if _OTHERS in names:
            names[:] = [name for name in names if name != _OTHERS] + [{"literal": MORE}]


_HARVARD = Style(
    "harvard",
    "Harvard (Cite Them Right)",
    csl="harvard-cite-them-right",
    locale="en-GB",
    changes=(
        # Italics are for titles alone.
        ('<et-al font-style="italic"/>', ""),
        # Not every article without volume and pages is a preprint.
        (
            '<if type="article article-journal" match="any"><choose><if match="none" variable="page volume">',
            '<if type="article"><choose><if match="none" variable="page volume">',
        ),
        (
            '<text macro="published-date"/>',
            '<text macro="published-date"/><choose><if type="article-journal">'
            f'<text variable="number" prefix="{_ARTICLE}" suffix="{_AFTER_ARTICLE}"/></if></choose>',
        ),
        (
            '<text term="no date"/><text variable="year-suffix" prefix=" "/>',
            '<text term="no date" form="short"/><text variable="year-suffix"/>',
        ),
        (
            '<if variable="issued"><date variable="issued"><date-part name="year"/>',
            '<if variable="issued"><choose><if is-uncertain-date="issued"><text term="circa" form="short" suffix=" "/></if></choose>'
            '<date variable="issued"><date-part name="year"/>',
        ),
    ),
    law='<group delimiter=", "><text variable="title" font-style="italic"/><text variable="number"/></group><text macro="access" prefix=". "/>',
    prepare=_harvard,
    web_page=_harvard_web_page,
)
_APA = Style(
    "apa",
    _("APA (7th edition)"),
    csl="apa",
    locale="en-US",
    changes=(
        # A work that nobody can get at is left out of lists (Publication Manual, 8.9); here it has a page of its own.
        ('<else-if match="any" type="interview personal_communication"/>', ""),
        # "Retrieved" goes with a day.
        (
            '<if match="none" variable="issued status"><text term="retrieved" text-case="capitalize-first"/><group delimiter=", ">'
            '<date form="text" variable="accessed"/><text term="from"/></group></if>',
            '<if match="any" variable="issued status"/><else-if variable="accessed"><text term="retrieved" text-case="capitalize-first"/>'
            '<group delimiter=", "><date form="text" variable="accessed"/><text term="from"/></group></else-if>',
        ),
    ),
    law='<group delimiter=", " suffix="."><text variable="title"/><text variable="number"/></group><text variable="URL" prefix=" "/>',
    prepare=_apa,
    web_page=_apa_web_page,
)
_VANCOUVER = Style(
    "vancouver",
    "Vancouver",
    csl="nlm-citation-sequence",
    locale="en-US",
    changes=(
        # A number belongs to the list of the reader.
        ('<text suffix="." variable="citation-number"/>', ""),
        # A talk need not stand in anything.
        (
            '<text term="in" text-case="capitalize-first"/>',
            '<choose><if variable="container-title"><text term="in" text-case="capitalize-first"/></if></choose>',
        ),
    ),
    law='<group delimiter=", " suffix="."><text variable="title"/><text variable="number"/></group><text variable="URL" prefix=" '
    + html.escape(_FROM)
    + ': "/>',
    prepare=_vancouver,
    web_page=_vancouver_web_page,
)
STYLES = {style.id: style for style in (_HARVARD, _APA, _VANCOUVER)}
