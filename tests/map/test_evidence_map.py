"""The evidence map: its numbers are those of its files and of the lists that they lead to, gaps are told, and a large one has all its words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

import made_up
import made_up_map
from conftest import ROOT, Built
from conftest import SITES as SAMPLES
from evidence.map import MAP as MAP_PAGE
from evidence.map import evidence_map
from evidence.output import blocks, nodes
from evidence.pages import theme_pages
from evidence.pages.generated import PAGES
from evidence.site.loading import load
from evidence.site.site import Site

SITES = ("real", "meadow", "night-trains")
MAP = "evidence-map/index.html"
EMPTY = ("", "No source")


@dataclass
class Map:
    """One table of a built map, without its drawings, beside the rows of its file."""

    site: Built
    name: str
    table: html.HtmlElement
    data: list[dict[str, str]]

    @property
    def heads(self) -> list[str]:
        return [cell.text_content() for cell in self.table.xpath("thead/tr/th")][1:-1]

    @property
    def rows(self) -> list[html.HtmlElement]:
        return list(self.table.xpath("tbody/tr"))

    def works(self, line: dict[str, str], head: str) -> list[set[str]]:
        """The works of a cell by the columns of the file that it stands for."""
        columns = [head] if self.name == "kinds" else [f"{head}: about it", f"{head}: only cited on it"]
        return [set(filter(None, line[column].split("; "))) for column in columns]


@pytest.fixture(params=[(site, name) for site in SITES for name in ("kinds", "nations")], ids="-".join)
def shown(request: pytest.FixtureRequest, built: Callable[[str], Path]) -> Map:
    site, name = request.param
    made = Built(built(site))
    (table,) = made.trees[MAP].xpath(f"//h2[@id='{name}']/following::table[1]")
    for drawing in table.xpath(".//svg"):
        drawing.drop_tree()
    file = (made.folder / f"evidence-map/{name}.csv").read_text("utf-8-sig")
    return Map(made, name, table, list(csv.DictReader(io.StringIO(file))))


def numbers(cell: html.HtmlElement) -> list[int]:
    """What the links of a cell count; its words, where it has none, say that there is nothing."""
    links = cell.xpath(".//a")
    assert links or cell.text_content().strip() in EMPTY
    return [int(re.match(r"\d+", link.text_content())[0]) for link in links]  # type: ignore[index]


def test_each_number_is_that_of_the_file(shown: Map) -> None:
    for row, line in zip(shown.rows[:-1], shown.data, strict=True):
        over = f", part of {line['Part of']}" if line.get("Part of") else ""
        assert row[0].text_content() == line["Theme"] + over
        cells = [shown.works(line, head) for head in shown.heads]
        assert [numbers(cell) for cell in row[1:-1]] == [[len(c) for c in cell if c] for cell in cells]
        if shown.name == "kinds":
            assert sum(numbers(row[-1])) == len({work for cell in cells for works in cell for work in works})


def test_the_last_row_counts_each_work_once(shown: Map) -> None:
    last = shown.rows[-1]
    assert last[0].text_content() == "All themes"
    for head, cell in zip(shown.heads, last[1:-1], strict=True):
        parts = zip(*(shown.works(line, head) for line in shown.data), strict=True)
        about = [set().union(*works) for works in parts]
        if len(about) == 2:  # a work about a nation is not cited alone
            assert not about[0] & about[1]
        assert numbers(cell) == [len(works) for works in about if works]


def test_each_number_leads_to_so_many_works(shown: Map) -> None:
    checked = 0
    for link in shown.table.xpath("tbody//td//a"):
        page, fragment = shown.site.target(MAP, link.get("href"))
        (place,) = shown.site.trees[page].xpath(f"//*[@id='{fragment}']")
        if place.tag != "li":
            continue
        works = {a.get("href") for a in place.xpath(".//a")}
        said = int(re.match(r"\d+", link.text_content())[0])  # type: ignore[index]
        assert len(works) == said == int(re.search(r": (\d+)\.", place.text_content())[1])  # type: ignore[index]
        checked += 1
    assert checked >= 4


def test_each_link_makes_sense_alone(shown: Map) -> None:
    links = shown.table.xpath("tbody//td//a")
    names = [link.text_content() for link in links]
    assert [name for name in names if not re.match(r"\d+ \w.* on ", name)] == []
    assert len(set(names)) == len({link.get("href") for link in links}) == len(links)


def test_rows_and_columns_without_a_source_are_told_and_hatched(shown: Map) -> None:
    columns = [[row[n + 1] for row in shown.rows] for n in range(len(shown.heads))]
    gaps = [row[1:] for row in shown.rows if not row.xpath("td//a")]
    gaps += [column for column in columns if not any(cell.xpath(".//a") for cell in column)]
    for cells in gaps:
        assert all(cell.find_class("gap") for cell in cells)
        assert cells[-1].text_content() == "No source"
    hatched = {cell for cell in shown.table.xpath("tbody//td") if cell.find_class("gap")}
    assert hatched == {cell for cells in gaps for cell in cells}


def test_the_real_map_has_gaps_and_says_what_a_count_is_not(built: Callable[[str], Path]) -> None:
    tree = html.fromstring((built("real") / MAP).read_bytes())
    assert tree.xpath("//td[contains(., 'No source')]")
    assert "A count of sources is not the strength of the evidence" in tree.xpath("//article")[0].text_content()


def page_of(site: Site, uri: str = "evidence-map/index.md") -> str:
    return next(o for o in site.other_outputs() if o.uri == uri).data().decode()


def test_a_large_map_turns_its_heads_and_has_all_rows(tmp_path: Path) -> None:
    made_up_map.write(tmp_path)
    site = load(tmp_path)
    assert site.problems == ()
    page = page_of(site)
    assert page.count("{ .map .many }") == 2
    rows = [line for line in page.splitlines() if line.startswith("| [")]
    assert len(rows) == 2 * made_up_map.THEMES
    assert {row.count(" | ") for row in rows} == {made_up_map.KINDS + 1}
    assert sum("No source" in row for row in rows) == 2


def test_on_paper_a_number_stands_alone(tmp_path: Path) -> None:
    """The words behind it are the name of its link, which paper has not."""
    kinds = "- {id: one, name: Study, meaning: M., types: [article]}\n"
    page = page_of(made_up.review(tmp_path, {"data/kinds.yml": kinds}))
    (table,) = (block for block in nodes.nodes(page, "evidence-map/index.md") if block["kind"] == "table")
    _soil, number, every = table["rows"][0]
    assert [run["alt"] for run in number] == ["1"]
    assert every == ["1"]


def test_a_small_map_stands_upright(tmp_path: Path) -> None:
    kinds = "- {id: one, name: One 100%, meaning: M., types: [article]}\n"
    page = page_of(made_up.review(tmp_path, {"data/kinds.yml": kinds}))
    assert "{ .map }" in page
    assert "1 source on Soil: One 100%</span>" in page
    assert "Filled circle" not in page  # no kind is said to be peer reviewed


def test_several_works_are_named_in_the_words_of_their_kind(tmp_path: Path) -> None:
    kinds = "- {id: one, name: Study, many: studies, meaning: M., types: [article]}\n"
    more = made_up.BIB + made_up.BIB.replace("good2020", "bad2021").replace("Good", "Bad")
    files = {"bibliography.bib": more, "docs/index.md": made_up.PAGE.replace("[@good2020]", "[@good2020; @bad2021]")}
    assert "2 studies on Soil</span>" in page_of(made_up.review(tmp_path, files | {"data/kinds.yml": kinds}))


def test_works_without_a_kind_have_a_column(tmp_path: Path) -> None:
    kinds = "- {id: one, name: Study, meaning: M., types: [article]}\n"
    bib = made_up.BIB + made_up.BIB.replace("@article{good2020", "@misc{bad2021").replace("Good", "Bad")
    files = {"bibliography.bib": bib, "docs/index.md": made_up.PAGE.replace("[@good2020]", "[@good2020; @bad2021]")}
    page = page_of(made_up.review(tmp_path, files | {"data/kinds.yml": kinds}))
    assert "| Theme | Study | Kind not stated | All |" in page
    assert "themes/soil.md#kind-not-stated" in page


def test_a_review_without_kinds_and_nations_has_a_page_without_tables(tmp_path: Path) -> None:
    assert "| Theme" not in page_of(made_up.review(tmp_path, {}))


@pytest.mark.parametrize("name", ["real", "night-trains"])
def test_of_many_works_the_map_leads_to_those_of_each_theme(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site = load(ROOT if name == "real" else SAMPLES[name])
    (whole,) = [page for page in site.made(PAGES[MAP_PAGE]) if page.uri == MAP_PAGE]
    assert "](../references/" in str(whole.content)
    monkeypatch.setattr("evidence.map.page.MOST_LISTED", 5)
    short = str(next(page for page in evidence_map(site) if page.uri == MAP_PAGE).content)
    assert "](../references/" not in short
    ids = set(re.findall(r"^  \{ #(\S+) \}$", str(whole.content), re.M))
    lines = dict(re.findall(r"^- (.+)\n  \{ #(\S+) \}$", short, re.M))
    assert set(lines.values()) == ids != set()  # the sums below the tables lead to these
    themes = {page.uri: page for page in site.made(PAGES["themes/{}.md"])}
    for line, group in lines.items():
        found = re.findall(r"\((\d+)\)\]\(\.\./(themes/[^)#]+)#([^)]+)\)", line)
        assert found
        for number, uri, anchor in found:
            assert anchor == group
            (item,) = [
                i for block in themes[uri].tail if isinstance(block, blocks.Items) for i in block.items if i.id == group
            ]
            assert f": {number}." in str(item.runs[0])


@pytest.mark.parametrize("name", ["real", "night-trains"])
def test_a_theme_with_many_works_leads_to_each_from_its_kinds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site = load(ROOT if name == "real" else SAMPLES[name])

    def themes() -> dict[str, str]:
        return {page.uri: blocks.to_markdown(page.tail, page.uri) for page in theme_pages.theme_pages(site)}

    whole = themes()
    monkeypatch.setattr("evidence.pages.theme_pages.MOST_IN_FULL", 2)
    shorter = 0
    for uri, short in themes().items():
        works = [
            set(re.findall(r"\]\(\.\./(references/[^)#]+)\.md", text)) - {"references/index"}
            for text in (whole[uri], short)
        ]
        assert works[0] == works[1]
        if len(works[0]) > 2:
            assert f"There are {len(works[0])}." in short
            assert len(short) < len(whole[uri])
            shorter += 1
        else:
            assert short == whole[uri]
    assert shorter > 2
