"""References as BibTeX: fields of BibTeX (Patashnik, "BibTeXing", 1988) and of biblatex (its manual, "Entry Fields"), in UTF-8.

Entry types stay what they are in bibliography.bib, `online` of biblatex among them. Letters with accents are written as they are: every program of
today reads them. What has a meaning in LaTeX is written as LaTeX, titles stand in double braces, so that no style changes their capitals, and so do
organisations, so that no program splits their names. Addresses are verbatim, as biblatex has them. Fields of our own are left out. A key
that some program could not read in a file is written as in addresses.
"""

from __future__ import annotations

import re

from evidence.model.base import MONTHS, OTHERS, Name, Reference
from evidence.model.vocabulary import UNDATED, standing_words
from evidence.references.csl import web_address
from evidence.text import escape
from evidence.text.addresses import exported_key

# Fields that are text, in the order in which they are written. `author`, `editor`, `title`, `year`, `month`, `doi` and `url` have rules of their own.
_BEFORE = ("journal", "journaltitle", "booktitle", "series", "volume", "number", "eid", "pages", "chapter", "edition")
_AFTER = ("publisher", "institution", "school", "organization", "address", "location", "type", "howpublished", "note")
_CODES = ("isbn", "issn", "pmid", "pmcid")
_TITLES = {"booktitle", "series"}
# Lists to biblatex, which splits them at each "and" (its manual, "Data Types": literal lists), unless it stands in braces of its own.
_LISTS = {"publisher", "institution", "school", "organization", "address", "location"}
_AND = re.compile(r"\sand\s", re.I)
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_UNBALANCED = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_SPECIAL = re.compile(r"[\\~^&%$#_{}]")
# Signs that LaTeX would draw together into another: broken up by an empty group.
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')|<(?=<)|>(?=>)|,(?=,)|[?!](?=`)")


def to_bibtex(reference: Reference) -> str:
    """A reference as a BibTeX entry that ends with a line break."""
    f = reference.field
    values: dict[str, str] = {}
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        if names:
            values[role] = f"{{{' and '.join(_name(name) for name in names)}}}"
    values["title"] = f"{{{{{latex(reference.title)}}}}}"
    for name in (*_BEFORE, *_AFTER):
        if f(name):
            text = latex(f(name))
            if name == "pages":
                text = text.replace("–", "--")
            whole = name in _TITLES or (name in _LISTS and _AND.search(text))
            values[name] = f"{{{{{text}}}}}" if whole else f"{{{text}}}"
    word, said = standing_words(f("status"), f("statusnote"))
    if word:  # `pubstate` of biblatex is for works that are yet to come out
        note = " ".join(part for part in (f("note"), f"{word}.", said) if part)
        values["note"] = f"{{{latex(note)}}}"
    values["year"] = f"{{{latex(reference.year or UNDATED)}}}"
    if reference.month:
        values["month"] = MONTHS[reference.month - 1]
    for name in _CODES:
        if f(name):
            values[name] = f"{{{latex(f(name))}}}"
    if f("doi"):  # as it is; the few signs that would break the entry are percent-encoded
        doi = re.sub(r"[\s{}\\]", lambda match: f"%{ord(match[0]):02X}", escape.clean(f("doi")))
        values["doi"] = f"{{{doi}}}"
    if address := web_address(f("url")):
        values["url"] = f"{{{address}}}"
    fields = ",\n".join(f"  {name} = {value}" for name, value in values.items())
    return f"@{reference.entry_type}{{{exported_key(reference.key)},\n{fields}\n}}\n"


def latex(text: str) -> str:
    """Plain text on one line as LaTeX text."""
    text = escape.clean(text)
    braces = _LATEX if _balanced(text) else _LATEX | _UNBALANCED
    # Broken up first in private-use marks, which `clean` has taken out of the text, so that the empty groups are not escaped.
    text = _LIGATURE.sub(lambda match: f"{match[0]}\ue000", text)
    return _SPECIAL.sub(lambda match: braces[match[0]], text).replace("\ue000", "{}")


def _balanced(text: str) -> bool:
    """Whether braces pair up in order: BibTeX counts them even behind a backslash."""
    depth = 0
    for sign in re.findall(r"[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _name(name: Name) -> str:
    """A name as 'von Family, Jr, Given' ("BibTeXing", section 4); an organisation in braces."""
    if name == OTHERS:
        return "others"
    if name.literal:
        return f"{{{latex(name.literal)}}}"
    family, suffix = name.family_and_suffix
    family, given, suffix = _part(family), _part(name.given), _part(suffix)
    if name.particle:
        # BibTeX knows a particle by its small first letter.
        particle = latex(name.particle)
        family = f"{particle} {family}" if particle[0].islower() else f"{{{particle} {family}}}"
    elif name.family[:1].islower() or (not given and " " in name.family):
        family = f"{{{family}}}"
    return ", ".join(part for part in (family, suffix, given) if part)


def _part(text: str) -> str:
    """A part of a name; in braces where BibTeX would take a comma or an 'and' in it for its own."""
    words = latex(text)
    return f"{{{words}}}" if "," in words or re.search(r"(^|\s)and(\s|$)", words, re.I) else words
