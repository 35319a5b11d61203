"""Everything that is wrong with a review, by all rules at once (`check_data`, `check_pages`, `publishing`)."""

from __future__ import annotations

from evidence import check_data, check_pages, publishing
from evidence.model import Problem
from evidence.subject import Rule, Subject

__all__ = ["RULES", "Subject", "check"]

RULES: tuple[Rule, ...] = (*check_data.RULES, *check_pages.RULES, *publishing.RULES)


def check(subject: Subject) -> list[Problem]:
    """All problems of a review, sorted by place."""
    return sorted({problem for rule in RULES for problem in rule(subject)})
