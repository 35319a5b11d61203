"""The audit says on what each point rests, and links to where that was seen."""

from __future__ import annotations

from pathlib import Path

from made_up import note, review, told


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
