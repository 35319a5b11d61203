"""Columns of tables: how much of the page each gets, told by how long words and marks are on average."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import zip_longest

from evidence.output.nodes import Node, Run

_SHORT = 20  # so many letters of a text stand in a line at the least,
_CLOSER, _LOW = 16, 4  # or so many where no row takes more lines than these
_MOST_LINES = 15  # of a row of a table that stays on one page
_TALLEST = 18  # lines: about half a sheet; no row of cells side by side goes on overleaf, so a taller one leaves much of a sheet empty
_LETTER = 0.47  # how wide letters are on average, in ems
_POINT = 0.3528  # millimetres
# So many letters of a head that is turned stand in a line, and a line is as high as so many letters are wide.
_TURNED, _LINE = 12, 2.8
MARK, _TENTH = "\ue000", 0.1  # stands for so much of a letter's width of a mark
_SIGN_WIDE, _SIGN = 5, 13  # letters: no sign is wider; so long a text stands beside one in one line
_BESIDE = 2.1  # letters: so much less it takes, since its spaces are narrow


def in_a_line(millimetres: float, points: int) -> float:
    """How many letters of a size stand in a line that is so long."""
    return millimetres / (points * _POINT * _LETTER)


def fitted(table: Node, across: int) -> Node:
    """A table with the share of the page that each column gets, or marked to be stacked where a column would get too little or a row would be too tall.

    The heads of a table of marks may break between words; where they are too wide even so, they are `turned`.
    """
    rows = [[" ".join(letters(cell).split()) for cell in row] for row in (table["head"], *table["rows"]) if row]
    shares, turned, marked = _shares(rows, across), False, MARK in "".join(map("".join, rows))
    if not shares and marked:
        shares = _shares(rows, across, spare=1.5, short=0, signs=_SIGN) or _shares(rows, across, spare=1, short=0)
    if not shares and marked and table["head"]:
        heads = (_LINE * math.ceil(len(head) / _TURNED) for head in rows[0][1:])
        shares = _shares([rows[0][:1], *rows[1:]], across, spare=0.6, short=0, at_least=(0, *heads))
        turned = bool(shares)
    if not shares and not marked:  # nor is a table of low rows stacked for a word or two
        closer = _shares(rows, across, short=_CLOSER)
        shares = closer if all(_height(row, closer) <= _LOW for row in rows) else []
    if not marked and any(_height(row, shares) > _TALLEST for row in rows):
        shares = []
    lines = ([math.ceil(_length(letters(cell)) / across) + 1 for cell in row] for row in table["rows"])
    long = [len(row) > 4 or sum(row) > _MOST_LINES for row in lines]  # it may go on overleaf, where it is stacked
    looks = {"long": long, "stacked": not shares, "turned": turned, "marked": marked, "widths": shares}
    return table | looks | {"lines": [_height(row, shares) for row in rows]}


def _height(row: list[str], shares: Sequence[float]) -> int:
    """How many lines a row takes, in columns of so many letters."""
    return max((math.ceil(len(cell) / share) for cell, share in zip(row, shares, strict=False)), default=0)


def _shares(
    rows: list[list[str]],
    across: int,
    *,
    spare: float = 2,
    short: int = _SHORT,
    signs: int = 0,
    at_least: Sequence[float] = (),
) -> list[float]:
    """The share of each column of a table, in letters; none where there is not enough room for its longest word and what is between columns, or for a `short` text.

    A sign stands in one line with the word behind it, and with all behind it where both have no more letters than `signs`.
    """
    columns = [[text for text in column if text is not None] for column in zip_longest(*rows)]
    least = [_widest(column, signs) + spare for column in columns]
    least = [max(pair) for pair in zip_longest(least, at_least, fillvalue=0)]
    needed = [
        max(n, *(min(_length(text), short) + spare for text in column))
        for n, column in zip(least, columns, strict=True)
    ]
    if sum(needed) > across * 0.92:
        return []
    mean = [sum(map(_length, column)) / max(len(column), 1) for column in columns]
    # What is left goes to the columns that need it, if there are any.
    longest = [max(map(_length, column), default=0) + spare for column in columns]
    beside = _BESIDE if signs else 0
    wanting = [most > n + beside for most, n in zip(longest, least, strict=True)]
    mean = [m if wants else 0 for m, wants in zip(mean, wanting, strict=True)] if any(wanting) else mean
    more = max(across * 0.92 - sum(least), 0)
    return [n + more * m / max(sum(mean), 1) for n, m in zip(least, mean, strict=True)]


def _widest(column: list[str], signs: int) -> float:
    """The longest of what stands in one line in a column, in letters: a word, or a sign with what is behind it (see `_shares`)."""
    found = 1.0
    for text in column:
        first, *rest = text.split() or [""]
        if rest and not first.strip(MARK) and _length(first) <= _SIGN_WIDE:
            whole = _length(text) <= signs
            found = max(found, _length(text if whole else f"{first} {rest[0]}") - (_BESIDE if whole else 0))
            rest = rest[1:]
        found = max(found, *map(_length, (first, *rest)))
    return found


def letters(runs: list[Run]) -> str:
    """The words of a cell, with signs in the place of a mark that are as long."""
    found = ""
    for run in runs:
        if isinstance(run, str):
            found += run
        elif run["kind"] == "mark":
            found += f" {MARK * math.ceil(run['wide'] / _LETTER / _TENTH)} "
        else:
            found += letters(run.get("body", []))
    return found


def _length(text: str) -> float:
    """How long a text is, in letters."""
    return len(text) - (1 - _TENTH) * text.count(MARK)
