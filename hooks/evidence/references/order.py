"""Works in the order of a list of references, by the names that the list shows (Harvard, Cite Them Right)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from evidence.model.base import OTHERS, Name, Reference
from evidence.references.kinds import work_kind
from evidence.text.translation import _
from evidence.text.words import year_in

Shown = tuple[tuple[str, ...], ...]
ET_AL = _("et al.")
# The signs of ASCII, dashes and quotation marks in the order of the Default Unicode Collation Element Table, in which punctuation comes before figures,
# and these before letters; then the marks that stand over and under letters, in the order in which that table sorts what is the same without them.
_SIGNS = " _-–—,;:!?.'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0327\u0328\u0304"
_PLACES = {ord(sign): chr(place) for place, sign in enumerate(_SIGNS, 1)}
_UNMARKED = str.maketrans("", "", _MARKS)
_MARKED = {ord(sign): "\1" for sign in _SIGNS + _SIGNS.upper()} | {ord(m): chr(i) for i, m in enumerate(_MARKS, 2)}
_QUICK = re.compile(f"[{re.escape(_SIGNS + _MARKS)}]*", re.I | re.A)


def list_name(reference: Reference) -> Shown:
    """What a work is listed under, name by name: family name or organisation, initials, particle, suffix; of more than three names the first.

    Without authors those are the editors, then the translators; without any, the journal of an article and the title of another work.
    """
    if not (names := people(reference)):
        article = work_kind(reference).article
        return ((reference.container if article and reference.container else reference.title,),)
    first = tuple(
        (name.literal or name.family, initials(name), name.particle, name.suffix) for name in shown_names(names)
    )
    return first if len(first) == len(names) else (*first, (ET_AL,))


def people(reference: Reference) -> tuple[Name, ...]:
    """Those whose names stand first in a list."""
    return reference.authors or reference.editors or reference.names("translator")


def shown_names(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names that are shown: all of up to three, else the first, which 'et al.' follows (Cite Them Right)."""
    return names[:1] if len(names) > 3 or names[-1] == OTHERS else names


def initials(name: Name) -> str:
    """Given names as they are listed: 'J.-P.' of Jean-Paul, 'A. al-R.' of Abd al-Rahman; whole in a script without capitals."""

    def short(word: str) -> str:
        capital = word[:1].isupper()
        return re.sub(
            r"([^\W\d_])[\w’']*\.?", lambda m: f"{m[1].upper()}." if capital or m[1].isupper() else m[0], word
        )

    return " ".join(short(word) for word in re.split(r"\s+|(?<=\.)(?=\w)", name.given) if word)


def collated(names: Iterable[Shown]) -> dict[str, object]:
    """For each text in these names, what it is sorted by: only good for sorting them among each other."""
    texts = {part for name in names for person in name for part in person}
    quick = all(_QUICK.fullmatch(unicodedata.normalize("NFD", text)) for text in texts)
    key = _quick_key if quick else _any_key
    return {text: key(text) for text in texts}


def year_place(words: str) -> tuple[float, str]:
    """A year as it is sorted: 'c. 1890' as 1890, '380 BC' before all that are after, and words such as 'in press' at the end."""
    year = year_in(words)
    return (float("inf") if year is None else year), words


def _quick_key(text: str) -> tuple[str, str, str]:
    """Where a text of Latin letters stands: as the Unicode Collation Algorithm has it, at a fraction of its cost."""
    split = unicodedata.normalize("NFD", text)
    plain = split.translate(_UNMARKED)
    return plain.lower().translate(_PLACES), split.translate(_MARKED), plain.swapcase()


@cache
def _any_key(text: str) -> tuple[int, ...]:
    """Where any text stands (Unicode Technical Standard 10, "Unicode Collation Algorithm", default order)."""
    return tuple(_collator().sort_key(text))


@cache
def _collator() -> Any:
    from pyuca import Collator  # noqa: PLC0415 (a tenth of a second, and most lists do without)

    return Collator()
