"""Each statement can be linked to, and a link to it lasts: reworded, moved, joined with another or taken out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.crosslinks.index import build_index
from evidence.crosslinks.resolving import resolve_citations
from evidence.site.site import Site
from made_up import PAGE, review

BEFORE = """\
## Law { #law }

One [@good2020]. <!-- unit: one -->

Two [@good2020]. <!-- unit: two -->

## Life { #life }

Three [@good2020]. Four [@good2020].
"""


def shown(site: Site, uri: str = "index.md") -> str:
    page = site.pages[uri]
    return resolve_citations(page, site.index.by_page[uri], site.review, site.known, {"good2020": "Good"}).markdown()


def made(root: Path, body: str) -> str:
    site = review(root, {"docs/index.md": PAGE + body})
    assert site.problems == ()
    return shown(site)


def part(text: str, heading: str) -> str:
    """What stands below a heading, up to the next."""
    return text.partition(f"## {heading}")[2].partition("\n## ")[0]


def test_each_statement_has_a_link_to_itself_at_its_end(tmp_path: Path) -> None:
    text = made(tmp_path, BEFORE)
    links = re.findall(r'<a class="passage" href="#([^"]+)" aria-label="([^"]+)"></a>', text)
    assert [name for name, _label in links] == ["top-1", "one", "two", "life-1", "life-2"]
    assert len({label for _name, label in links}) == len(links)
    for name, _label in links:
        assert f'<span id="{name}" class="statement"></span>' in text
    one = text.partition('<span id="one"')[2]
    assert one.index('href="#one"') < one.index("Two")
    life = part(text, "Life")
    assert life.index('href="#life-1"') < life.index("Four") < life.index("1 source") < life.index('href="#life-2"')


def test_the_words_of_a_page_stay_as_they_were(tmp_path: Path) -> None:
    text = made(tmp_path, BEFORE)
    assert "¶" not in text
    assert re.search(r">Three [^<]*\.<a [^>]*></a> <span", text)


def test_a_reworded_and_moved_statement_keeps_its_link(tmp_path: Path) -> None:
    after = "## Law { #law }\n\n## Life { #life }\n\nQuite other words [@good2020]. <!-- unit: one -->\n"
    life = part(made(tmp_path, after), "Life")
    assert '<span id="one" class="statement"></span>Quite other words' in life
    assert 'href="#one"' in life


def test_of_two_statements_that_became_one_both_links_lead_to_it(tmp_path: Path) -> None:
    text = made(tmp_path, "## Law { #law }\n\nOne and two [@good2020]. <!-- unit: one two -->\n")
    anchors = '<span id="one" class="statement"></span><span id="two" class="statement"></span>'
    assert f"{anchors}One and two" in text
    assert text.count("#two") == 0


@pytest.mark.parametrize("left", ["<!-- unit: two -->", "Two is gone. [See](index.md)\n\n<!-- unit: two -->"])
def test_a_link_to_a_statement_that_was_taken_out_leads_to_its_section(tmp_path: Path, left: str) -> None:
    body = BEFORE.replace("Two [@good2020]. <!-- unit: two -->", left)
    text = made(tmp_path, body)
    assert '<span id="two" class="statement"></span>' in part(text, "Law")


def test_no_id_is_given_twice(tmp_path: Path) -> None:
    body = BEFORE + "\n## Two { #two }\n\n<!-- unit: two one law -->\n"
    text = made(tmp_path, body)
    ids = re.findall(r' id="([^"]+)"|\{ #([\w-]+)', text)
    names = [one or other for one, other in ids]
    assert len(names) == len(set(names))


def test_what_is_said_by_the_editors_alone_has_no_link(tmp_path: Path) -> None:
    text = made(tmp_path, "## Ours { #ours data-voice=editors }\n\nWe say so [@good2020]. <!-- unit: ours-1 -->\n")
    assert 'class="passage"' not in part(text, "Ours")


def test_a_source_leads_to_the_statements_that_cite_it_and_quotes_each_sentence_once(tmp_path: Path) -> None:
    body = (
        "## Law { #law }\n\nIt rains [@good2020]. <!-- unit: rain -->\n\n## Life { #life }\n\nIt rains [@good2020].\n"
    )
    other = PAGE.replace("# Home", "# Other").replace("title: Home", "title: Other").replace("one source", "it too")
    site = review(tmp_path, {"docs/index.md": PAGE + body, "docs/other.md": f"{other}\nIt rains [@good2020].\n"})
    [text] = [output.data().decode() for output in site.reference_pages()]
    cited = text.partition("## Where this site cites it")[2].partition("\n## ")[0]
    assert cited.count("It rains") == 1
    [line] = [line for line in cited.splitlines() if "It rains" in line]
    assert re.findall(r"\]\(([^)]*)\)", line) == ["../index.md#rain", "../index.md#life-1", "../other.md#top-2"]
    assert "4 places on 2 pages" in text.replace("5 places", "4 places")


def test_the_index_knows_in_which_statement_a_work_is_cited(tmp_path: Path) -> None:
    site = review(tmp_path, {"docs/index.md": PAGE + BEFORE})
    index = build_index(site.review, list(site.pages.values()), site.known)
    said = [place.statement.id if place.statement else "" for place in index.by_reference["good2020"]]
    assert said == ["top-1", "one", "two", "life-1", "life-2"]
