"""Problems and notices as lines to print. Thousands of one sort (a library of a reference manager lacks the fields of this review in every entry) become a few
examples and a count with the first lines where the others stand: an editor mends a sort of problem, not a line. Nothing is lost: the count at the end is that
of all, and `check --all` prints each of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from evidence.model.base import Problem
from evidence.text.words import counted

# Fewer than this in all, or than this of one sort in one file, are told one by one.
FEW = 40
# Notices need not be mended, so that fewer of them are worth a line each.
FEW_NOTICES = 10
EXAMPLES = 5
LINES = 10
_OWN = re.compile(r"'(?:[^']|'(?=\w))*'|\d[\d,.]*")


def sort_of(problem: Problem) -> tuple[str, str]:
    """What is the same for problems of one sort: the file, and the message without the names and numbers in it."""
    return problem.where.path, _OWN.sub("…", problem.message)


def report(found: Iterable[Problem], whole: bool = False, looked_at: str = "") -> list[str]:
    """The lines to print: problems in order, then notices, and a count of both. With `whole`, each has its line.

    Where nothing has to be mended, the count says so, and what was `looked_at`: ' in 3 pages'.
    """
    problems: list[Problem] = []
    notices: list[Problem] = []
    for one in found:
        (notices if one.notice else problems).append(one)
    told = [*_told(problems, FEW, whole), *_told(notices, FEW_NOTICES, whole)]
    others = _count(notices, "notice") if notices else ""
    if problems:
        wait = f"; other checks wait until {'it' if len(problems) == 1 else 'they'} can be read"
        number = f"{_count(problems, 'problem')} found{others and f', and {others}'}"
        number += f"{wait if any(problem.unread for problem in problems) else ''}."
    else:
        number = f"No problems{others and f', {others}'}{looked_at}."
    shortened = len(told) < len(problems) + len(notices)
    return [*told, f"{number} To see each of them, run: make check-all" if shortened else number]


def _count(found: list[Problem], word: str) -> str:
    return counted(len(found), word) if len(found) < 1_000 else f"{len(found):,} {word}s"


def _told(found: list[Problem], few: int, whole: bool) -> Iterator[str]:
    """The lines for problems of one level; of a sort of which there are not `few`, there are examples and places."""
    sorts = Counter(map(sort_of, found))
    if whole or len(found) < few or max(sorts.values()) < few:
        yield from map(str, found)
        return
    told: dict[tuple[str, str], int] = defaultdict(int)
    more: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in found:
        sort = sort_of(problem)
        told[sort] += 1
        if sorts[sort] < few or told[sort] <= min(EXAMPLES, few // 3):
            yield str(problem)
        else:
            more[sort].append(problem)
    for (path, words), rest in more.items():
        first = ", ".join(map(str, dict.fromkeys(problem.where.line for problem in rest[:LINES])))
        level = "notice: " if rest[0].notice else ""
        on = " and so on" if len(rest) > LINES else ""
        yield f"{path}: {level}and {len(rest):,} more like '{words[:200]}', in lines {first}{on}"
