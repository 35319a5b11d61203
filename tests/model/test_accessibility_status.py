"""How far a site meets the guidelines follows from what people found, and from nothing else."""

from __future__ import annotations

import pytest

from evidence.model.accessibility import CRITERIA, Accessibility, Assessment, Gap, Outcome, Session

OPEN = Gap("dark", "Too dark.", "2026-11-02", "editor", ("index.md",), ("1.4.3",), instead="Read the list.")
MENDED = Gap("dark", "Too dark.", "2026-11-02", "editor", ("index.md",), ("1.4.3",), mended="2026-11-04")
NO_CRITERION = Gap("words", "Hard words.", "2026-11-02", "editor", ("all",), instead="Ask.")


def found(day: str, outcome: Outcome) -> Assessment:
    return Assessment(f"on-{day}", day, "others", outcome)


@pytest.mark.parametrize(
    ("record", "status"),
    [
        (Accessibility(), None),
        (Accessibility(gaps=(OPEN,)), "partially"),
        (Accessibility(gaps=(NO_CRITERION, MENDED)), None),
        (Accessibility(assessments=(found("2026-11-03", "fully"),)), "fully"),
        (Accessibility(gaps=(NO_CRITERION, MENDED), assessments=(found("2026-11-03", "fully"),)), "fully"),
        (Accessibility(gaps=(OPEN,), assessments=(found("2026-11-03", "fully"),)), "partially"),
        (Accessibility(gaps=(MENDED,), assessments=(found("2026-11-03", "partially"),)), "partially"),
        (Accessibility(gaps=(OPEN,), assessments=(found("2026-11-03", "not"),)), "not"),
        (Accessibility(assessments=(found("2026-11-09", "fully"), found("2026-11-03", "not"))), "fully"),
    ],
)
def test_it_is_never_fully_until_others_have_looked_nor_while_a_fault_is_known(
    record: Accessibility, status: str | None
) -> None:
    assert record.status == status


def test_a_page_was_tested_where_it_or_all_pages_were() -> None:
    one = Session("one", "2026-11-01", 2, ("members",), ("easier.md",))
    whole = Session("all", "2026-11-02", 3, ("researchers",), ("all",))
    record = Accessibility(sessions=(one, whole))
    assert record.sessions_on("easier.md") == (one, whole)
    assert record.sessions_on("summary.md") == (whole,)
    assert Accessibility(sessions=(one,)).sessions_on("summary.md") == ()


def test_the_criteria_are_those_of_level_a_and_aa() -> None:
    """WCAG 2.2 has 31 criteria of level A, and 24 of level AA; 4.1.1 is gone from it, and 3.1.5 is of level AAA."""
    assert len(CRITERIA) == 31 + 24
    assert not {"4.1.1", "3.1.5", "1.2.6"} & CRITERIA.keys()
    assert list(CRITERIA) == sorted(CRITERIA, key=lambda number: [int(part) for part in number.split(".")])
