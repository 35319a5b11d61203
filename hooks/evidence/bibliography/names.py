"""What is wrong with the names of an entry, seen in the way they are typed: a reader of BibTeX makes wrong people of them without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.bibliography.latex import simpler_latex
from evidence.text.words import quoted

_AND = re.compile(r",?\s+and\s+", re.I)
_IN_BRACES = re.compile(r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
_ENTITY = re.compile(r"(?:\\?&|\{\})\\?#?\w+;")
_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|[ivx]+|\d(?:st|nd|rd|th))\.?|filho|júnior|neto|père|fils", re.I)
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|d\.?\s?phil|m\.?\s?sc|b\.?\s?sc|mph|mba|obe|mbe|cbe|ed\.?\s?d|frc[a-z]+|prof(?:essor)?|esq)\.?", re.I
)
# So short that they may be initials or a name, where they are not the third part of one.
_SHORT_DEGREE = re.compile(r"(?:m\.?\s?d|m\.?\s?a|b\.?\s?a|r\.?\s?n|ll\.?\s?[bm])\.?", re.I)
_VANCOUVER = re.compile(r"(?:[a-z]+ )*[^\W\d_][\w'’-]*[a-zß-ÿ][\w'’-]* (?![IVX]+$)[A-Z]{1,3}")
_ET_AL = re.compile(r"\bet\.?\s+al\b|\band (?:colleagues|co-?workers)\b", re.I)
_EXTENDED = re.compile(r"\w+\s*=")
_TITLE = re.compile(r"(?:dr|prof|professor|sir|dame|mrs?|ms)\.?\s", re.I)


def problems_of_names(typed: str) -> Iterator[str]:
    """What a list of names has that stops a reader from telling who they are; the worst first, and no more than one."""
    text = _ENTITY.sub("", _without_groups(typed))
    if ";" in text:
        yield f"is {quoted(typed)}, with semicolons; write ' and ' between names: Reed, A. and Roe, B."
    elif re.search(r"\s\\?&\s", text):
        yield f"is {quoted(typed)}, with an &; write ' and ' between names, and braces around an organisation: {{Ash \\& Sons}}"
    elif _ET_AL.search(text):
        yield f"is {quoted(typed)}, with 'et al.'; write ' and others' after the names that are known"
    elif slip := next((slip for name in _AND.split(text) for slip in _slip(name.strip())), ""):
        yield f"is {quoted(typed)}: {slip}"


def _without_groups(typed: str) -> str:
    """A list of names with empty braces for what stands in braces: that is one name, whatever is in it."""
    return _IN_BRACES.sub("{}", simpler_latex(typed)[0])


def _slip(name: str) -> Iterator[str]:
    if _EXTENDED.match(name):
        return
    parts = [part.strip() for part in name.split(",")]
    more = len(parts) > 2
    degree = next(
        (part for part in parts[1:] if _DEGREE.fullmatch(part) or (more and _SHORT_DEGREE.fullmatch(part))), ""
    )
    if degree:
        yield f"{quoted(degree)} is a degree or a title, and no part of a name; leave it out"
    elif len(parts) > 3 or (more and not _SUFFIX.fullmatch(parts[1]) and not _SUFFIX.fullmatch(parts[2])):
        yield "there are commas between names; write ' and ' between them: Reed, A. and Roe, B."
    elif len(parts) == 2 and all(map(_VANCOUVER.fullmatch, parts)):
        yield f"{quoted(name)} is two names; write ' and ' between names and a comma after a family name: Reed, A. and Roe, B."


def notices_of_names(typed: str) -> Iterator[str]:
    """What a list of names has that is probably a slip."""
    for name in map(str.strip, _AND.split(_without_groups(typed))):
        family, comma, _given = name.partition(",")
        letters = re.sub(r"[\W\d_]", "", name)
        if "{" in name or _EXTENDED.match(name):
            continue
        if comma and len(family) > 3 and family.isupper():
            yield f"has {quoted(name)}, all in capitals; write Reed, A."
        elif comma and letters.islower():
            yield f"has {quoted(name)}, all in small letters; write Reed, A."
        elif not comma and _VANCOUVER.fullmatch(name):
            first, _blank, last = name.rpartition(" ")
            yield f"has {quoted(name)}, read as the family {last}; if that is wrong, write '{first}, {last}', or braces around an organisation"
        if _TITLE.match(name):
            yield f"has {quoted(name)}, which begins with a title, which becomes a part of the name; leave it out"
