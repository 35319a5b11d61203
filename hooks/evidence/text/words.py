"""How messages and pages are worded: a quoted value, a suggestion, a list in words, a plural."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from evidence.text.translation import _, customs


def quoted(value: str, limit: int = 60) -> str:
    """`value` in quotation marks on one line, cut at `limit` characters, control characters made visible."""
    clean = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value[: limit + 1])
    return f"'{clean[:limit]}...'" if len(clean) > limit else f"'{clean}'"


def without_accents(text: str) -> str:
    """A text with each letter as the plain one that it is made of (Unicode, "Normalization Forms": NFKD without combining marks)."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """'; did you mean 'x'?' for the nearest of `known`, or '' where none is near."""
    if len(value) > 100:  # no slip of the keyboard, and slow to compare
        return ""
    candidates = sorted(known)
    lowered = {name.lower(): name for name in candidates}
    near = get_close_matches(value.lower(), lowered, n=1, cutoff=0.6)
    return f"; did you mean '{lowered[near[0]]}'?" if near else ""


def one_slip(value: str, known: Iterable[str]) -> str:
    """'; did you mean 'x'?' where a name of `known` is one slip of the keyboard away: a letter too few, too many, wrong, or in the other's place.

    For keys of works, which are often alike: a longer way off lies another work.
    """
    near = [
        name for name in sorted(known) if abs(len(name) - len(value)) < 2 and _is_a_slip(value.lower(), name.lower())
    ]
    return f"; did you mean {listed(map(quoted, near[:3]), _OR)}?" if near else ""


def _is_a_slip(typed: str, meant: str) -> bool:
    same = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    a, b = typed[same:], meant[same:]
    return a[1:] in (b, b[1:]) or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def places_in_words(places: Iterable[object], most: int = 8) -> str:
    """'docs/a.md:3, docs/b.md:5', at most so many of them and how many more there are."""
    names = [str(place) for place in places]
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


_AND, _OR = _("and"), _("or")


def listed(words: Iterable[str], last: str = _AND) -> str:
    """Words as a list of the language in use; in English as the British write it: 'a', 'a and b', 'a, b and c'."""
    items = list(words)
    if (written := customs()) and last in (_AND, _OR) and len(items) > 1:
        from babel.lists import format_list  # noqa: PLC0415 (only for another language)

        return format_list(items, "or" if last == _OR else "standard", written)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


# What the reader of bibliographies makes of types of entries, and what readers are told.
GENRES = {
    "PhD thesis": _("PhD thesis"),
    "Master’s thesis": _("Master’s thesis"),
    "Bachelor’s thesis": _("Bachelor’s thesis"),
}


def counted(number: int, one: str, many: str = "") -> str:
    """'1 place', '2 places', in messages to editors, which are in English; `numbered` is for readers."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def slug(text: str) -> str:
    """Text as a name for addresses: small letters, figures, and hyphens between them; '' where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def is_day(text: str) -> bool:
    """Whether text is a day of the calendar, written as 2026-11-22 (ISO 8601)."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_slip(field: str, text: str) -> str:
    """What is wrong with a text that is to be a day, and what would be right; '' for a day. `field` names it."""
    return "" if is_day(text) else f"{field} is {quoted(text)}; write a date as 2026-11-22"


BC = _("%s BC")
_MONTHS = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)


def year_in(words: str) -> int | None:
    """The year in words such as 'c. 1890', by which a work is sorted and found, below 0 for one BC; None where there is none."""
    found = re.search(r"\d+", words)
    return int(found[0]) * (-1 if words.endswith(BC % found[0]) else 1) if found else None


def in_words(iso: str) -> str:
    """'2026-11-22' as '22 November 2026'; anything else as it is (a rule reports it)."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    if written := customs():
        from babel.dates import format_date  # noqa: PLC0415

        try:
            return format_date(date.fromisoformat(iso), "long", written)
        except ValueError:
            return iso
    said = {"day": int(parts[2]), "month": _MONTHS[int(parts[1]) - 1], "year": int(parts[0])}
    return _("%(day)s %(month)s %(year)s") % said


def file_size(size: int) -> str:
    """A number of bytes as readers know it: '84 KB' or '1.4 MB', in steps of a thousand, never less than there is to load."""
    if size > 999_000:
        return _("%(size)s MB") % {"size": in_figures(math.ceil(size / 100_000) / 10, ".1f")}
    return _("%(size)s KB") % {"size": in_figures(math.ceil(size / 1000))}


def in_figures(number: float, form: str = ",") -> str:
    """A number as the language in use writes it; `form` is how Python formats it in English."""
    if written := customs():
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(number, "#,##0.0" if form == ".1f" else None, written)
    return f"{number:{form}}"


def iso_date(when: Mapping[str, Any]) -> str:
    """A date of CSL, or the span of two, as ISO 8601 has it; '' where it has no year."""
    ends = (
        (f"{'-' if year < 0 else ''}{abs(year):04d}", *(f"{part:02d}" for part in rest))
        for year, *rest in when.get("date-parts", ())
    )
    return "/".join(map("-".join, ends))
