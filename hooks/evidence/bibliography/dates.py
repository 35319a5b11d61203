"""Dates as people write them in a bibliography -> dates of CSL 1.0.2 (its JSON schema, "date-variable").

Read are the dates of biblatex (its manual, "Date and Time Specifications": EDTF levels 0 and 1), and what people write into `year` and `month`
of BibTeX: `c. 1890`, `2019/2020`, `12 May`, `Spring 2020`, `n.d.`, `in press`.
"""

from __future__ import annotations

import re
from typing import Any

from evidence.model.base import MONTHS

Date = dict[str, Any]
_SEASONS = ("spring", "summer", "autumn", "winter")
# EDTF, "Seasons"; biblatex reads 21 to 24 alike.
_SEASON_NUMBERS = {"21": 1, "22": 2, "23": 3, "24": 4}
_PART = r"(-?[0-9]{4,})(?:-([0-9][0-9]))?(?:-([0-9][0-9]))?(?:T[0-9:.Z+-]*)?([?~%]?)"
_EDTF = re.compile(rf"(?:{_PART}|\.\.)?(?:/(?:{_PART}|\.\.)?)?")
_UNDATED = re.compile(r"\[?(n\.?\s?d\.?|no date|undated|date unknown|o\.?\s?[DJ]\.?|s\.?\s?[adf]\.?)\]?", re.I)
_WORDS = re.compile(
    r"(in (press|preparation|review|revision|print|prep\.?)|forthcoming|to (appear|be published)|submitted|accepted|unpublished|under (review|revision)|"
    r"early access|online first|advance access|ahead of print|preprint)",
    re.I,
)
_CIRCA = re.compile(r"\[?(?:c\.|ca\.?|circa|approx\.?|about|around)\s*", re.I)
_YEAR = r"(?<![0-9])([0-9]{1,4})(?![0-9])"
_RANGE = re.compile(rf"{_YEAR}\s*(?:/|--?-?|–|—|\bto\b)\s*([0-9]{{1,4}})(?![0-9])")
_BEFORE_CHRIST = re.compile(rf"{_YEAR}\s*(?:BCE?|B\.\s?C\.(?:\s?E\.)?)", re.I)
# Zotero and EndNote know no other place for the day on which a page was read.
_READ_ON = re.compile(
    r"\s*(?:\[?(?:last\s+)?(?:accessed|retrieved|visited|viewed|online;? accessed)(?:\s+on)?:?)\s+(.{6,20}?)\]?\s*\.?\s*",
    re.I,
)


def undated(text: str) -> bool:
    """Whether words say that a work has no date."""
    return bool(_UNDATED.fullmatch(text.strip()))


def csl_date(text: str, month: str = "", day: str = "") -> Date | None:
    """A date, or a year with its month and day, as CSL has it; None for what is no date, {} for words that say there is none."""
    if not text:
        return None
    text = text.replace("~", " ") if "," in text else text
    text, month, day = (" ".join(part.strip(" .,").split()) for part in (text, month, day))
    if undated(text):
        return {}
    if found := _edtf(text):
        return _with_month(found, month, day)
    plain = _CIRCA.sub("", text).strip(" []?~")
    if found := _years(plain) or _in_words(plain):
        circa = {"circa": True} if plain != text.strip(" []") else {}
        return _with_month(found, month, day) if month and not circa else found | circa
    words = _WORDS.search(text)
    return {"literal": words[0].lower() if words[0].isupper() else words[0]} if words else None


def _years(text: str) -> Date | None:
    """A year of up to four digits, one before our era, or a span of years of which the last may be short ('2019-20')."""
    if match := _BEFORE_CHRIST.fullmatch(text):
        return {"date-parts": [[-int(match[1])]]}
    if match := re.fullmatch(r"([0-9]{1,4})(?:\s*(?:--?-?|–|—))?", text):  # an open span, too
        return {"date-parts": [[int(match[1])]]}
    if (match := _RANGE.fullmatch(text)) and len(first := match[1]) == 4:
        last = first[: max(0, 4 - len(match[2]))] + match[2]
        return {"date-parts": [[int(first)], [int(last)]]} if first <= last else None
    return None


def read_on(note: str) -> Date | None:
    """The day on which a web page was read, where a note says just that ('Accessed: 2020-05-01')."""
    match = _READ_ON.fullmatch(note)
    return csl_date(match[1]) if match else None


def _edtf(text: str) -> Date | None:
    match = _EDTF.fullmatch(text) if text else None
    if not match or not (match[1] or match[5]):
        return None
    ends = [match.groups()[:3], match.groups()[4:7]]
    parts = [_parts(*end) for end in ends if end[0]]
    if None in parts or (len(parts) == 2 and parts[0] and parts[1] and parts[0][0] > parts[1][0]):
        return None
    date: Date = {"date-parts": [part[0] for part in parts if part]}
    if len(parts) == 1 and parts[0] and parts[0][1]:
        date["season"] = parts[0][1]
    return date | ({"circa": True} if match[4] or match[8] else {})


def _parts(year: str, month: str | None, day: str | None) -> tuple[list[int], int] | None:
    """Year, month and day as numbers, and the season; None for a year, month or day that no calendar has."""
    if month in _SEASON_NUMBERS and not day:
        return [int(year)], _SEASON_NUMBERS[month]
    numbers = [int(part) for part in (year, month, day) if part and part != "00"]
    possible = abs(numbers[0]) <= 9999 and numbers[1:2] <= [12] and numbers[2:] <= [31]
    return (numbers, 0) if possible else None


def _with_month(date: Date, month: str, day: str) -> Date | None:
    """A year with the month that stands in a field of its own, which may hold a day or a season too."""
    first = date["date-parts"][0]
    if not month or len(date["date-parts"]) > 1 or len(first) > 1:
        return date
    found = _month(month)
    if found is None:
        return None
    number, in_month, season = found
    if season:
        return date | {"season": season}
    on = in_month or (int(day) if day.isdigit() and 1 <= int(day) <= 31 else 0)
    return date | {"date-parts": [[first[0], number, *([on] if on else [])]]}


def _month(text: str) -> tuple[int, int, int] | None:
    """A month, the day in it and the season, 0 for what is not said; of two months the first. None for what is no month."""
    if whole := _edtf(text):  # a date where a month is asked for
        _year, *rest = whole["date-parts"][0]
        return (*rest, 0, 0)[0], (*rest, 0, 0)[1], whole.get("season", 0)
    words = re.findall(r"[^\W0-9_]+|[0-9]+", text.lower())
    if not words:
        return 0, 0, 0
    names = [MONTHS.index(word[:3]) + 1 for word in words if word[:3] in MONTHS and not word.isdigit()]
    numbers = [int(word) for word in words if word.isdigit()]
    if names:
        return names[0], next((number for number in numbers if 1 <= number <= 31), 0), 0
    if season := next(
        (i + 1 for i, name in enumerate(_SEASONS) if name in words or (name == "autumn" and "fall" in words)), 0
    ):
        return 0, 0, season
    if len(numbers) in (1, 2) and len(numbers) == len(words) and 1 <= numbers[0] <= 12:
        return numbers[0], 0, 0
    return None


def _in_words(text: str) -> Date | None:
    """'12 May 2020', 'May 12, 2020', 'Spring 2020', '2020 May', '5/3/2020' only where day and month cannot be taken for each other."""
    years = re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    rest = re.sub(r"(?<![0-9])[0-9]{4}(?![0-9])", " ", text, count=1)
    if len(years) != 1 or not re.search(r"[^\W0-9_]", rest):
        return None
    words = re.findall(r"[^\W0-9_]+", rest.lower())
    months = [word for word in words if word[:3] in MONTHS or word in (*_SEASONS, "fall")]
    if not months or set(words) - set(months) - {"st", "nd", "rd", "th", "of", "and"}:
        return None
    return _with_month({"date-parts": [[int(years[0])]]}, rest, "")
