"""What holds for an entry that says nothing of it, so that a library of a reference manager needs nothing added."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.model.vocabulary import ACCESS, LISTINGS
from made_up import BIB, PAGE, review, told

BARE = BIB.replace("  access  = {free},\n  listing = {printed},\n", "")
KINDS = (
    "- {id: paper, name: Paper, meaning: Research., types: [article, Online]}\n"
    "- {id: other, name: Other, meaning: Anything else., types: [article]}\n"
)


def notices(root: Path, files: dict[str, str | bytes]) -> list[str]:
    site = review(root, files)
    assert site.problems == ()
    return [str(notice) for notice in site.notices]


def test_an_entry_that_says_nothing_of_its_own_has_nothing_to_be_told(tmp_path: Path) -> None:
    site = review(tmp_path, {"bibliography.bib": BARE, "data/kinds.yml": KINDS})
    assert (site.problems, site.notices) == ((), ())
    work = site.review.references["good2020"]
    assert (work.field("access"), work.field("listing")) == ("unknown", "added")
    (page,) = site.reference_pages()
    shown = page.data().decode()
    assert ACCESS["unknown"] in shown
    assert LISTINGS["added"] in shown
    assert "Paper. Research." in shown
    row = site.reference_files.pieces["csv"]["good2020"].decode()
    assert ",Paper," in row
    assert ",unknown,added," in row


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (BARE, "paper"),
        (BARE.replace("@article", "@ONLINE"), "paper"),
        (BARE.replace("@article{good2020,", "@article{good2020,\n  sourcekind = {other},"), "other"),
    ],
)
def test_the_kind_of_a_work_follows_from_its_type_where_it_does_not_say_otherwise(
    tmp_path: Path, entry: str, kind: str
) -> None:
    found = review(tmp_path, {"bibliography.bib": entry, "data/kinds.yml": KINDS}).review
    of = found.kind_of(found.references["good2020"])
    assert of is not None
    assert of.id == kind


def test_a_work_that_no_kind_takes_is_told_and_stops_nothing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"bibliography.bib": BARE.replace("@article", "@patent"), "data/kinds.yml": KINDS}
    assert notices(tmp_path, files) == [
        "bibliography.bib:1: notice: reference 'good2020' has no kind of source, since no kind in data/kinds.yml takes '@patent'; "
        "add sourcekind = {...}, or that type to the 'types' of a kind"
    ]


def test_a_kind_that_is_named_and_unknown_is_a_problem(tmp_path: Path) -> None:
    entry = BARE.replace("@article{good2020,", "@article{good2020,\n  sourcekind = {papr},")
    found = told(tmp_path, {"bibliography.bib": entry, "data/kinds.yml": KINDS})
    assert found == [
        "bibliography.bib:1: reference 'good2020': sourcekind = 'papr' is unknown; did you mean 'paper'?; it is one of paper or other"
    ]


def test_a_kind_that_is_named_where_there_are_none_is_told_in_a_whole_sentence(tmp_path: Path) -> None:
    entry = BARE.replace("@article{good2020,", "@article{good2020,\n  sourcekind = {paper},")
    assert told(tmp_path, {"bibliography.bib": entry}) == [
        "bibliography.bib:1: reference 'good2020': sourcekind = 'paper' is unknown; data/kinds.yml names no kind"
    ]


def test_what_an_entry_lacks_is_told_and_stops_nothing(tmp_path: Path) -> None:
    bare = "@article{bare, title = {A title}}\n"
    found = notices(tmp_path, {"bibliography.bib": BIB + bare, "docs/index.md": PAGE})
    assert sorted(message.partition("bare' ")[2].partition(";")[0] for message in found) == [
        "has no author",
        "has no year",
        "is cited on no page",
    ]
