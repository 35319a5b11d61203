"""Words that readers see, marked for translation as gettext does it: `_("Themes")`, and `ngettext("%(num)s place", "%(num)s places", number)`.

Until there is a catalogue, words stay as they are written.
"""

from __future__ import annotations

from gettext import NullTranslations

_CATALOGUE = NullTranslations()
_ = _CATALOGUE.gettext
ngettext = _CATALOGUE.ngettext


def numbered(one: str, many: str, number: int) -> str:
    """Words with a number in the place of '%(num)s', such as '2 places'."""
    return ngettext(one, many, number) % {"num": number}
