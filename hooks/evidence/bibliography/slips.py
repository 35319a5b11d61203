"""What is wrong, or probably wrong, with the names, dates, codes and title of an entry that could be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.bibliography.codes import notices_of_codes, problems_of_codes
from evidence.bibliography.entries import NAMES, Entry, wrong_date
from evidence.bibliography.names import notices_of_names, problems_of_names
from evidence.text.words import quoted

_A_DATE = "a date is 2024, 2024-03-05, 2019/2020, c. 1890, in press or n.d."
_A_MONTH = "a month is may, 5 or {12 May}"
Slip = tuple[str, str, bool]


def slips_of(entry: Entry, this_year: int) -> Iterator[Slip]:
    """The slips of an entry: the field, words that go on after "author of 'key'", and whether they are only a notice."""
    for name in sorted(NAMES & entry.fields.keys()):
        value = entry.fields[name]
        yield from ((name, message, False) for message in problems_of_names(value))
        yield from ((name, message, True) for message in notices_of_names(value))
    yield from _slips_of_dates(entry, this_year)
    yield from ((name, message, False) for name, message in problems_of_codes(entry))
    yield from ((name, message, True) for name, message in notices_of_codes(entry))


def _slips_of_dates(entry: Entry, this_year: int) -> Iterator[Slip]:
    if name := wrong_date(entry):
        advice = _A_MONTH if name == "month" else _A_DATE
        # The work itself is sound where only the day is wrong on which somebody looked at it.
        yield name, f"is {quoted(entry.fields[name])}, which is no date; {advice}", name == "urldate"
    for name in ("date", "year"):
        value = entry.fields.get(name, "")
        year = re.match(r"\s*(\d{1,4})(?!\d)", value)
        if year and int(year[1]) > this_year + 1:
            yield name, f"is {quoted(value)}, a year to come; write the year in which it came out", False
        elif name == "year" and re.fullmatch(r"\s*\d\d?\s*", value):
            yield name, f"is {quoted(value)}; write it with four digits", True
