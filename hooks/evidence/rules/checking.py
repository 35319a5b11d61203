"""Everything that is wrong with a review, by all rules at once (`check_data`, `check_themes`, `check_pages`, `check_html`, `check_packs`, `check_changes`, `abbreviations`, `publishing`, `citing`, `exports`, `links`)."""

from __future__ import annotations

from evidence.model.base import Problem
from evidence.rules import abbreviations, changes, data, html, packs, pages, publishing, themes
from evidence.rules.subject import Rule, Subject

__all__ = ["RULES", "Subject", "check"]

RULES: tuple[Rule, ...] = (
    *data.RULES,
    *themes.RULES,
    *pages.RULES,
    *html.RULES,
    *packs.RULES,
    *changes.RULES,
    *abbreviations.RULES,
    *publishing.RULES,
)


def check(subject: Subject) -> list[Problem]:
    """All problems of a review, sorted by place."""
    return sorted({problem for rule in RULES for problem in rule(subject)})
