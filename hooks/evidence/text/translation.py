"""Words that readers see, marked for translation as gettext does it: `_("Themes")`, and `ngettext("%(num)s place", "%(num)s places", number)`.

One process speaks one language, that of EVIDENCE_LANGUAGE, which `spoken` sets from data/reading.yml before the engine is loaded: so words may be looked up
while it loads, and a review in two languages is built twice. Without it, words stay as they are written, and nothing is opened. A catalogue is
`locale/<language>.po`, in the format of GNU gettext; EVIDENCE_LOCALE names another folder. An entry marked as fuzzy, or without a translation, stays in English.
"""

from __future__ import annotations

import os
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
_ = _CATALOGUE.gettext
ngettext = _CATALOGUE.ngettext


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
