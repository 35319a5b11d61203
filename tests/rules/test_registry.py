"""All rules stand in one list, and each says what it demands."""

from __future__ import annotations

import inspect
import re
import sys

from conftest import ROOT
from evidence.model.base import Location, Problem
from evidence.model.review import Review
from evidence.rules import RULES, Subject, check
from evidence.site import reference_docs


def test_every_rule_of_the_rooms_stands_in_the_list_once() -> None:
    """A function of the rooms that looks at a subject and is not in the list would never be asked."""
    written = {
        function
        for name, module in sys.modules.items()
        if name.startswith(("evidence.rules.", "evidence.paper_rules."))
        for function in vars(module).values()
        if inspect.isgeneratorfunction(function)
        and list(inspect.signature(function).parameters) == ["subject"]
        and not function.__name__.startswith("_")
    }
    listed = list(RULES)
    assert len(listed) == len(set(listed)) > 40
    assert written == set(listed)


def test_every_rule_says_in_a_sentence_what_it_demands() -> None:
    said = {rule.__name__: reference_docs.demand(rule) for rule in RULES}
    assert {name: words for name, words in said.items() if not re.fullmatch(r"[A-Z`].{20,}\.", words)} == {}


def test_rules_lie_nowhere_else() -> None:
    """Problems are made where files are read, where a directive fails, and by rules."""
    makers = {
        file.relative_to(ROOT / "hooks").parts[1]
        for file in (ROOT / "hooks/evidence").rglob("*.py")
        if re.search(r"\bProblem\(", file.read_text("utf-8")) and "class Problem" not in file.read_text("utf-8")
    }
    assert makers == {"bibliography", "sources", "crosslinks", "subject", "paper_rules", "rules"}


def test_problems_are_told_by_their_place_each_once() -> None:
    met = [Problem(Location("docs/b.md", 2), "two"), Problem(Location("docs/a.md", 9), "one")]
    told = check(Subject(Review()), [*met, met[0]])
    assert [str(problem) for problem in told] == [
        "docs:1: there is no page; add this folder with a file index.md",
        "docs/a.md:9: one",
        "docs/b.md:2: two",
    ]
