"""What is wrong with the names of an entry, seen in the way they are typed: a reader of BibTeX makes wrong people of them without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.text.latex import simpler_latex
from evidence.text.words import quoted

_AND = re.compile(r"\s+and\s+", re.I)
_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|[ivx]+|\d(?:st|nd|rd|th))\.?|(?:filho|júnior|neto)", re.I)
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|d\.?\s?phil|m\.?\s?d|m\.?\s?sc|b\.?\s?sc|m\.?\s?p\.?\s?h|m\.?\s?b\.?\s?a|o\.?b\.?e|m\.?b\.?e|c\.?b\.?e|r\.?n|ll\.?[bm]|frc[a-z]+|prof(?:essor)?|"
    r"b\.?\s?a|m\.?\s?a|ed\.?\s?d|esq)\.?",
    re.I,
)
_VANCOUVER = re.compile(r"(?:[a-z]+ )*[^\W\d_][\w'’-]*[a-zß-ÿ][\w'’-]* [A-Z]{1,3}")
_ET_AL = re.compile(r"\bet\.?\s+al\b|\band (?:colleagues|co-?workers)\b", re.I)
_EXTENDED = re.compile(r"\w+\s*=")


def problems_of_names(typed: str) -> Iterator[str]:
    """What a list of names has that stops a reader from telling who they are; the worst first, and no more than one."""
    # What stands in braces is one name, whatever is in it.
    text = re.sub(r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "{}", simpler_latex(typed)[0])
    names = [name.strip() for name in _AND.split(text)]
    if ";" in text:
        yield f"{quoted(typed)} has semicolons; write ' and ' between names: Reed, A. and Roe, B."
    elif re.search(r"\s\\?&\s", text):
        yield f"{quoted(typed)} has an &; write ' and ' between names, and braces around an organisation: {{Ash \\& Sons}}"
    elif _ET_AL.search(text):
        yield f"{quoted(typed)} has 'et al.'; write ' and others' after the names that are known"
    elif slip := next((slip for name in names for slip in _slip(name)), ""):
        yield f"{quoted(typed)}: {slip}"


def _slip(name: str) -> Iterator[str]:
    if _EXTENDED.match(name):
        return
    parts = [part.strip() for part in name.split(",")]
    if degree := next((part for part in parts[1:] if _DEGREE.fullmatch(part)), ""):
        if len(parts) > 2 or not re.fullmatch(r"[A-Z]\.?\s?[A-Z]\.?", degree):  # 'Reed, M. A.' has initials
            yield f"{quoted(degree)} is a degree or a title, and no part of a name; leave it out"
    elif len(parts) > 3 or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]) and not _SUFFIX.fullmatch(parts[2])):
        yield f"{quoted(name)} has commas between names; write ' and ' between them: Reed, A. and Roe, B."
    elif len(parts) <= 2 and all(map(_VANCOUVER.fullmatch, parts)):
        first = parts[0].rpartition(" ")
        yield (
            f"{quoted(name)} has no comma after a family name; write '{first[0]}, {first[2]}' with ' and ' between names, "
            "or braces around an organisation"
        )


def notices_of_names(typed: str) -> Iterator[str]:
    """What a list of names has that is probably a slip."""
    for name in _AND.split(typed):
        letters = re.sub(r"[^\W\d_]*\{.*\}|\\\w+", "", name)
        family = letters.partition(",")[0].strip()
        if "," in letters and len(family) > 3 and family.isupper():
            yield f"{quoted(name)} is all in capitals; write Reed, A."
        elif "," in letters and letters.islower() and family.isalpha():
            yield f"{quoted(name)} is all in small letters; write Reed, A."
        if re.match(r"(?:dr|prof|professor|sir|dame|mrs?|ms)\.?\s", name, re.I) and not name.startswith("{"):
            yield f"{quoted(name)} begins with a title, which becomes a part of the name; leave it out"
