"""Words that readers see, marked for translation as gettext does it: `_("Themes")`, and `ngettext("%(num)s place", "%(num)s places", number)`.

One process speaks one language, that of EVIDENCE_LANGUAGE, which `spoken` sets from data/reading.yml before the engine is loaded: so words may be looked up
while it loads, and a review in two languages is built twice. Without it, words stay as they are written, and nothing is opened. A catalogue is
`locale/<language>.po`, in the format of GNU gettext; EVIDENCE_LOCALE names another folder. An entry marked as fuzzy, or without a translation, stays in English.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations, c2py
from io import BytesIO
from typing import TYPE_CHECKING

from evidence.text import spoken

if TYPE_CHECKING:
    from babel import Locale

LANGUAGE = os.environ.get("EVIDENCE_LANGUAGE", "")
LOCALE = spoken.locale()


def _catalogue(language: str) -> tuple[NullTranslations, str]:
    """The words of a language, and the rule of its plural forms as gettext writes it. Ends the process, and says why, where they cannot be read: no page may be made in a mixture of languages."""
    if not language:
        return NullTranslations(), "n != 1"
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (only for another language)
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    file = spoken.catalogue(language)
    if file is None:
        raise SystemExit(f"EVIDENCE_LANGUAGE: {spoken.without_words(language)}")
    try:
        with file.open("rb") as opened:
            words = read_po(opened, abort_invalid=True)
        made = BytesIO()
        write_mo(made, words)
        made.seek(0)
        return GNUTranslations(made), words.plural_expr
    except (OSError, ValueError, LookupError, PoFileError) as error:
        raise SystemExit(
            f"{file}:1: these words cannot be read ({error}); `evidence words {file.stem}` says more"
        ) from None


_CATALOGUE, PLURAL_RULE = _catalogue(LANGUAGE)
# The review's own words, for those that the engine has; a catalogue of another language has its own.
_OWN = dict(line.split("=", 1) for line in os.environ.get(spoken.OWN_WORDS, "").splitlines()) if not LANGUAGE else {}
_GENERAL = {"nation": "area", "nations": "areas"}
# Not in the name of a place that is filled in, such as %(nation)s; 'network' alone may be that of a computer.
_WORD = re.compile(
    r"(?<!%\()\b(?:(an?) )?(nations?|meetings?|members|(?<=\bthe )network|network(?= members))\b(?!\)s)", re.I
)


def in_own_words(text: str, own: Mapping[str, str] = _OWN) -> str:
    """Words of the engine in those of the review, `own`: 'By nation' becomes 'By country', 'a nation' becomes 'an area'."""

    def said(found: re.Match[str]) -> str:
        article, general = found[1], found[2]
        word = own.get(_GENERAL.get(general.lower(), general.lower()))
        if not word:
            return found[0]
        word = word[0].upper() + word[1:] if general[0].isupper() else word
        if not article:
            return word
        return f"{article[0]}{'n' if word[0].lower() in 'aeiou' else ''} {word}"

    return _WORD.sub(said, text) if own else text


def _(text: str) -> str:
    """The words that readers see for words that are written in English."""
    return in_own_words(_CATALOGUE.gettext(text))


def ngettext(one: str, many: str, number: int) -> str:
    """The same, for words that depend on a number."""
    return in_own_words(_CATALOGUE.ngettext(one, many, number))


@cache
def customs() -> Locale | None:
    """How dates, numbers and lists are written in the language in use, as Babel knows it; None for English, which the engine writes itself."""
    if not LANGUAGE:
        return None
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(LANGUAGE, sep="-")
    except (UnknownLocaleError, ValueError):
        return None  # as the catalogue has them


def numbered(one: str, many: str, number: int) -> str:
    """Words with a number in the place of '%(num)s', such as '2 places'."""
    return ngettext(one, many, number) % {"num": number}


def plural_forms(one: str, many: str) -> list[str]:
    """Each form that words have in the language in use, in the order of PLURAL_RULE."""
    rule, numbers = c2py(PLURAL_RULE), dict[int, int]()
    for number in range(1000, -1, -1):
        numbers[rule(number)] = number
    return [ngettext(one, many, numbers.get(form, 0)) for form in range(max(numbers) + 1)]
