"""References as BibTeX: fields of BibTeX (Patashnik, "BibTeXing", 1988) and of biblatex (its manual, "Entry Fields"), in UTF-8.

Entry types stay what they are in bibliography.bib, `online` of biblatex among them. Letters with accents are written as they are: every program of
today reads them. What has a meaning in LaTeX is written as LaTeX, titles stand in double braces, so that no style changes their capitals, and so do
organisations, so that no program splits their names. Addresses are verbatim, as biblatex has them. A date stands in `year`, `month` and `day`, which
every program reads; where it is a span, a season or not certain, in `date` of biblatex as well. Fields of our own are left out. A key
that some program could not read in a file is written as in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.model.base import MONTHS, OTHERS, Name, Reference
from evidence.model.vocabulary import standing_words
from evidence.references.csl import web_address
from evidence.references.kinds import work_kind
from evidence.text import escape
from evidence.text.addresses import exported_key
from evidence.text.languages import language_name
from evidence.text.spans import markup
from evidence.text.words import iso_date

# What BibTeX calls the publisher of an entry type.
_PUBLISHERS = {
    **dict.fromkeys(("techreport", "report"), "institution"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "school"),
    **dict.fromkeys(("online", "manual", "dataset", "software"), "organization"),
    **dict.fromkeys(("misc", "booklet"), "howpublished"),
}
_TAGS = {"<i>": r"\emph{", "<b>": r"\textbf{", "<sup>": r"\textsuperscript{", "<sub>": r"\textsubscript{"}
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
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(reference) if value not in ("", "{}", "{{}}"))
    return f"@{reference.entry_type}{{{exported_key(reference.key)},\n{fields}\n}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    kind, t = work_kind(reference), reference.text
    for role in ("author", "editor", "translator"):
        yield role, f"{{{' and '.join(_name(name) for name in reference.names(role))}}}"
    yield "title", f"{{{{{_marked_up(reference.item.get('title', ''))}}}}}"
    within = "journal" if kind.article else "booktitle"
    yield within, f"{{{latex(t('container-title'))}}}" if kind.article else f"{{{{{latex(t('container-title'))}}}}}"
    yield "series", f"{{{{{latex(t('collection-title'))}}}}}"
    yield "volume", f"{{{latex(t('volume'))}}}"
    yield "number", f"{{{latex(t('issue') if kind.article else t('number') or t('collection-number'))}}}"
    yield "eid", f"{{{latex(t('number'))}}}" if kind.article else ""
    yield "pages", f"{{{latex(reference.pages()).replace('-', '--')}}}"
    yield from (
        (name, f"{{{latex(t(variable))}}}")
        for name, variable in (("chapter", "chapter-number"), ("edition", "edition"))
    )
    publisher = _PUBLISHERS.get(reference.entry_type, "publisher")
    yield publisher, _list(t("publisher"))
    yield "address", _list(t("publisher-place"))
    yield from (("type", f"{{{latex(t('genre'))}}}"), ("version", f"{{{latex(t('version'))}}}"))
    word, said = standing_words(reference.field("status"), reference.field("statusnote"))
    yield "note", f"{{{latex(' '.join(part for part in (t('note'), f'{word}.' if word else '', said) if part))}}}"
    yield from _dates(reference)
    yield from (
        (name, f"{{{latex(t(variable))}}}")
        for name, variable in (("isbn", "ISBN"), ("issn", "ISSN"), ("pmid", "PMID"), ("pmcid", "PMCID"))
    )
    # Programs know one or the other.
    yield from (("langid", f"{{{language_name(t('language'))}}}"), ("language", f"{{{latex(t('language'))}}}"))
    # As it is; the few signs that would break the entry are percent-encoded.
    doi = re.sub(r"[\s{}\\]", lambda match: f"%{ord(match[0]):02X}", escape.clean(t("DOI")))
    yield "doi", f"{{{doi}}}"
    yield "url", f"{{{web_address(t('URL'))}}}"


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    """The date of a work, the day on which it was read, and that of the original, as far as they are known."""
    item = reference.item
    issued = item.get("issued", {})
    if "literal" in issued or not issued:
        yield "year", f"{{{latex(str(issued.get('literal', reference.field('undated'))))}}}"
    else:
        year, *rest = issued["date-parts"][0]
        yield "year", f"{{{year}}}"
        yield "month", MONTHS[rest[0] - 1] if rest else ""
        yield "day", f"{{{rest[1]}}}" if len(rest) > 1 else ""
        if len(issued["date-parts"]) > 1 or issued.get("circa") or issued.get("season"):
            yield "date", f"{{{edtf(issued)}}}"
    yield from (
        (name, f"{{{edtf(item.get(variable, {}))}}}")
        for name, variable in (("urldate", "accessed"), ("origdate", "original-date"))
    )


def edtf(date: Mapping[str, Any]) -> str:
    """A date of CSL as EDTF has it (Extended Date/Time Format, level 1), '' where it has no year."""
    written = iso_date(date)
    season = f"-{20 + date['season']}" if date.get("season") and written else ""
    return f"{written}{season}" + ("~" if date.get("circa") and written else "")


def _marked_up(title: str) -> str:
    """A title of an item as LaTeX; braces that protected capitals are not needed, as it stands in double braces."""
    pieces = []
    opened: list[str] = []
    at = 0
    for tag in markup(title):
        pieces.append(latex(title[at : tag.start()], whole=False))
        if tag[0].startswith("</"):
            pieces.append("}" if opened and opened.pop() in _TAGS else "")
        else:
            opened.append(tag[0])
            pieces.append(_TAGS.get(tag[0], ""))
        at = tag.end()
    return "".join([*pieces, latex(title[at:], whole=False)]).strip()


def latex(text: str, whole: bool = True) -> str:
    """Plain text on one line as LaTeX text; white space at the ends of a piece that is not the `whole` text is kept as one space."""
    clean = escape.clean(text) if whole else escape.keeping_space(text, escape.clean)
    braces = _LATEX if _balanced(clean) else _LATEX | _UNBALANCED
    # Broken up first in private-use marks, which `clean` has taken out of the text, so that the empty groups are not escaped.
    clean = _LIGATURE.sub(lambda match: f"{match[0]}\ue000", clean)
    return _SPECIAL.sub(lambda match: braces[match[0]], clean).replace("\ue000", "{}")


def _balanced(text: str) -> bool:
    """Whether braces pair up in order: BibTeX counts them even behind a backslash."""
    depth = 0
    for sign in re.findall(r"[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _list(text: str) -> str:
    """A value that biblatex takes for a list, which it splits at each "and" (its manual, "Data Types") unless that stands in braces of its own."""
    return f"{{{{{latex(text)}}}}}" if _AND.search(text) else f"{{{latex(text)}}}"


def _name(name: Name) -> str:
    """A name as 'von Family, Jr, Given' ("BibTeXing", section 4); an organisation in braces."""
    if name == OTHERS:
        return "others"
    if name.literal:
        return f"{{{latex(name.literal)}}}"
    family, given, suffix = _part(name.family), _part(name.given), _part(name.suffix)
    if name.particle:
        particle = latex(name.particle)
        joint = "" if particle.endswith(("-", "'", "’")) else " "
        # BibTeX knows a particle by its small first letter.
        family = f"{particle}{joint}{family}" if particle[0].islower() and joint else f"{{{particle}{joint}{family}}}"
    elif name.family[:1].islower() or (not given and " " in name.family):
        family = f"{{{family}}}"
    return ", ".join(part for part in (family, suffix, given) if part)


def _part(text: str) -> str:
    """A part of a name; in braces where BibTeX would take a comma or an 'and' in it for its own."""
    words = latex(text)
    return f"{{{words}}}" if "," in words or re.search(r"(^|\s)and(\s|$)", words, re.I) else words
