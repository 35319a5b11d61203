"""The audit says on what each point rests, and links to where that was seen; and at its head how many points there are of each sort."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from made_up import note, review, told

OUTCOMES = [("correct", "judgement"), ("gap", "not found"), ("correct", "judgement")]


def test_the_audit_links_to_where_a_point_was_seen(tmp_path: Path) -> None:
    site = review(tmp_path, {"data/editorial.yml": note(basis="'[The page](https://example.org/page) has *it*.'")})
    assert site.problems == ()
    made = {output.uri: output.data() for output in site.outputs()}
    assert b"[The page](https://example.org/page) has *it*." in made["audit/index.md"]
    assert b"The page has it.,https://example.org/page," in made["audit/audit.csv"]


def test_what_a_point_rests_on_cites_nothing_and_links_to_no_page(tmp_path: Path) -> None:
    found = told(tmp_path, {"data/editorial.yml": note(basis="'[Here](soil.md), see [@good2020].'")})
    assert len(found) == 2
    assert "'basis' cannot link to 'soil.md'" in found[0] + found[1]
    assert "'basis' cannot cite" in found[0] + found[1]


def test_its_picture_counts_each_point_and_leads_to_those_with_one_outcome(tmp_path: Path) -> None:
    notes = [note(id=f"N{n}", severity=s, certainty=c) for n, (s, c) in enumerate(OUTCOMES, 1)]
    site = review(tmp_path, {"data/editorial.yml": "".join(notes)})
    assert site.problems == ()
    page = next(output for output in site.outputs() if output.uri == "audit/index.md").data().decode()
    assert "3 points needed care. The most common outcome is “Corrected”: 2." in page
    picture = html.fromstring(page.partition("<table")[1] + page.partition("<table")[2].partition("</div>")[0])
    rows = [[cell.text_content() for cell in row] for row in picture.xpath("//tbody/tr")]
    assert rows == [
        ["Facts", "", "3"],
        ["Our judgement", "", "2"],
        ["Looked for and not found", "", "1"],
        ["Corrected", "", "2"],
        ["Gap filled or marked", "", "1"],
    ]
    assert [link.get("href") for link in picture.xpath("//a")] == ["#outcome-correct", "#outcome-gap"]
    listed = page.partition("{ #outcome-correct")[2].partition("### Gap")[0]
    assert [line for line in listed.splitlines() if line.startswith("- ")] == ["- [N1: T](#n1)", "- [N3: T](#n3)"]


def test_how_sure_the_editors_are_is_one_of_five_answers(tmp_path: Path) -> None:
    (found,) = told(tmp_path, {"data/editorial.yml": note(certainty="quite")})
    assert "certainty" in found
    assert "'quite'" in found
    assert "'partly verified'" in found
