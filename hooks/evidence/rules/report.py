"""Problems as lines to print. Thousands of one sort (a library of a reference manager lacks the fields of this review in every entry) become a few examples
and a count with the first lines where the others stand: an editor mends a sort of problem, not a line. Nothing is lost: the count at the end is that of all,
and `check --all` prints each of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from evidence.model.base import Problem
from evidence.text.words import counted

# Fewer than this in all, or than this of one sort in one file, are told one by one.
FEW = 40
EXAMPLES = 5
LINES = 10
_OWN = re.compile(r"'(?:[^']|'(?=\w))*'|\d[\d,.]*")


def sort_of(problem: Problem) -> tuple[str, str]:
    """What is the same for problems of one sort: the file, and the message without the names and numbers in it."""
    return problem.where.path, _OWN.sub("…", problem.message)


def report(problems: Iterable[Problem], whole: bool = False) -> list[str]:
    """The lines to print for problems in order, the last of them the count. With `whole`, every problem has its line."""
    found = list(problems)
    number = f"{counted(len(found), 'problem')} found." if len(found) < 1_000 else f"{len(found):,} problems found."
    sorts = Counter(map(sort_of, found))
    if whole or len(found) < FEW or max(sorts.values()) < FEW:
        return [*map(str, found), number]
    told: dict[tuple[str, str], int] = defaultdict(int)
    more: dict[tuple[str, str], list[int]] = defaultdict(list)
    lines: list[str] = []
    for problem in found:
        sort = sort_of(problem)
        told[sort] += 1
        if sorts[sort] < FEW or told[sort] <= EXAMPLES:
            lines.append(str(problem))
        else:
            more[sort].append(problem.where.line)
    for (path, words), places in more.items():
        first = ", ".join(map(str, dict.fromkeys(places[:LINES])))
        lines.append(f"{path}: and {len(places):,} more like '{words[:200]}', in lines {first} and so on")
    return [*lines, f"{number} To see each of them, run: make check-all"]
