"""Everything that is wrong with a review, by all rules at once (`check_data`, `check_themes`, `check_pages`, `check_html`, `check_packs`, `check_changes`, `abbreviations`, `publishing`, `citing`, `exports`, `links`)."""

from __future__ import annotations

from evidence.model.model import Problem
from evidence.rules import (
    abbreviations,
    check_changes,
    check_data,
    check_html,
    check_packs,
    check_pages,
    check_publishing,
    check_themes,
)
from evidence.rules.subject import Rule, Subject

__all__ = ["RULES", "Subject", "check"]

RULES: tuple[Rule, ...] = (
    *check_data.RULES,
    *check_themes.RULES,
    *check_pages.RULES,
    *check_html.RULES,
    *check_packs.RULES,
    *check_changes.RULES,
    *abbreviations.RULES,
    *check_publishing.RULES,
)


def check(subject: Subject) -> list[Problem]:
    """All problems of a review, sorted by place."""
    return sorted({problem for rule in RULES for problem in rule(subject)})
