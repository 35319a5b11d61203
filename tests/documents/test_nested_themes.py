"""Themes within themes: what the rules say of them, and what a reader of the built sample sees."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
import yaml
from lxml import html

from conftest import SITES, Built
from evidence.documents.themes import families, in_order, part_of
from evidence.model.review import Theme
from evidence.site.loading import load
from searching import searched
from work_records import records_of

TRAINS = SITES["night-trains"]
PARENTS = {t["id"]: t.get("parent", "") for t in yaml.safe_load((TRAINS / "data/themes.yml").read_text("utf-8"))}


@pytest.fixture(scope="module")
def trains(built: Callable[[str], Path]) -> Built:
    return Built(built("night-trains"))


def below(theme: str) -> set[str]:
    """The themes under one, found in the data without the engine's help."""
    return {name for name in PARENTS if theme in chain(name)}


def chain(theme: str) -> list[str]:
    parents = []
    while theme := PARENTS[theme]:
        parents.append(theme)
    return parents


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# Rules


def problems(tmp_path: Path, parents: Iterable[tuple[str, str]]) -> list[str]:
    """What is wrong with a review that has these themes, each with its parent."""
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "docs").mkdir(exist_ok=True)
    (tmp_path / "docs/index.md").write_text("---\ntitle: T\ndescription: D\n---\n\n# T\n\nWords.\n", "utf-8")
    lines = [
        f"- id: {name}\n  title: {name}\n  origin: review\n  summary: S\n" + (f"  parent: {parent}\n" if parent else "")
        for name, parent in parents
    ]
    (tmp_path / "data/themes.yml").write_text("".join(lines), "utf-8")
    (tmp_path / "bibliography.bib").write_text("", "utf-8")
    return [str(problem) for problem in load(tmp_path).problems]


def test_a_tree_of_three_levels_is_fine(tmp_path: Path) -> None:
    assert problems(tmp_path, [("c", "b"), ("b", "a"), ("a", ""), ("d", "a")]) == []


def test_an_unknown_parent_is_named_with_what_was_meant(tmp_path: Path) -> None:
    assert problems(tmp_path, [("comfort", ""), ("sleep", "confort")]) == [
        "data/themes.yml:5: parent 'confort' is not in data/themes.yml; did you mean 'comfort'?"
    ]


def test_a_theme_inside_itself_is_named_with_the_way_round(tmp_path: Path) -> None:
    assert problems(tmp_path, [("a", "a")]) == [
        "data/themes.yml:1: theme 'a' is part of 'a'; take one of these 'parent' lines out"
    ]
    assert problems(tmp_path, [("d", "a"), ("a", "c"), ("b", "a"), ("c", "b")]) == [
        "data/themes.yml:6: theme 'a' is part of 'c' is part of 'b' is part of 'a'; take one of these 'parent' lines out",
    ]
    assert problems(tmp_path, [(f"t{i}", f"t{(i + 1) % 3000}") for i in range(3000)]) == [
        "data/themes.yml:1: theme 't0' is part of 't1' is part of 't2' is part of 't3' is part of ... is part of 't0'; "
        "take one of these 'parent' lines out"
    ]


def test_a_tree_that_is_too_deep_is_named_where_it_gets_too_deep(tmp_path: Path) -> None:
    assert problems(tmp_path, [("a", ""), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d")]) == [
        "data/themes.yml:15: theme 'd' stands 4 deep; 3 are the most, so give it a parent that stands higher"
    ]


def test_thousands_of_themes_in_one_chain_are_refused_in_time(tmp_path: Path) -> None:
    begin = time.process_time()
    found = problems(tmp_path, [(f"t{i}", f"t{i - 1}" if i else "") for i in range(3000)])
    assert len(found) == 1
    assert "stands 4 deep" in found[0]
    assert time.process_time() - begin < 10


def test_the_order_of_the_tree_is_that_of_the_data_within_each_theme() -> None:
    def theme(name: str, parent: str = "") -> Theme:
        return Theme(name, name.title(), "review", "S", parent=parent)

    themes = {t.id: t for t in (theme("b"), theme("z", "a"), theme("a"), theme("y", "b"), theme("x", "z"))}
    assert [t.id for t in in_order(themes)] == ["b", "y", "a", "z", "x"]
    assert families(themes) == {"b": ("b", "y"), "y": ("y",), "a": ("a", "z", "x"), "z": ("z", "x"), "x": ("x",)}
    assert part_of(themes, themes["x"]) == ", part of Z"
    hostile = {name: replace(t, title="<b>[x](y)") for name, t in themes.items()}
    assert "<b>" not in part_of(hostile, hostile["x"])
    assert "[x](y)" not in part_of(hostile, hostile["x"])


def test_words_of_parts_cannot_break_the_list(tmp_path: Path) -> None:
    parents = [("a", ""), ("b", "a")]
    assert problems(tmp_path, parents) == []
    data = tmp_path / "data/themes.yml"
    hostile = 'title: "# <script>x</script> ](y)"\n  origin: review\n  summary: "One\\n\\n# Two\\n\\n    three"'
    data.write_text(data.read_text("utf-8").replace("title: b\n  origin: review\n  summary: S", hostile), "utf-8")
    site = load(tmp_path)
    assert site.problems == ()
    for output in site.other_outputs():
        if output.uri in ("themes/a.md", "themes/index.md"):
            page = html.fromstring(markdown.markdown(output.data().decode(), extensions=["attr_list", "tables"]))
            assert [
                text(item) for item in page.xpath("//li[starts-with(., '# <script>x</script> ](y): One # Two three')]")
            ]
            assert not page.xpath('//script | //pre | //a[@href="y"]')
            assert len(page.xpath("//h1")) == 1


# What readers see


def test_the_sample_has_three_levels() -> None:
    assert max(len(chain(theme)) for theme in PARENTS) == 2


def test_the_list_of_themes_is_nested_as_the_data_are(trains: Built) -> None:
    items = trains.trees["themes/index.html"].xpath(
        "//article//li[a[1][starts-with(@href, '../') or not(contains(@href, '#'))]]"
    )
    found = {}
    for item in items:
        name = Path(item.find("a").get("href")).name
        over = item.xpath("parent::ul/parent::li/a/@href")
        found[name] = Path(over[0]).name if over else ""
    assert found == PARENTS


@pytest.mark.parametrize("theme", sorted(PARENTS))
def test_a_theme_says_what_it_is_part_of_and_what_is_part_of_it(theme: str, trains: Built) -> None:
    tree = trains.trees[f"themes/{theme}/index.html"]
    over = tree.xpath("//article//p[starts-with(., 'Part of: ')]/a/@href")
    assert [Path(href).name for href in over] == chain(theme)
    parts = tree.xpath("//h2[@id='parts']/following-sibling::ul[1]//a/@href")
    assert {Path(href).name for href in parts} == below(theme)


def works(tree: html.HtmlElement, section: str) -> list[str]:
    links = tree.xpath(f"//*[@id='{section}']/following-sibling::ul[1]/li/a[contains(@href, 'references/')]/@href")
    return [Path(href).name for href in links]


@pytest.mark.parametrize("theme", sorted(PARENTS))
def test_the_evidence_of_a_theme_has_that_of_its_parts_once_and_marked(theme: str, trains: Built) -> None:
    tree = trains.trees[f"themes/{theme}/index.html"]
    own = set(works(tree, "sources")) if tree.xpath("//h2[@id='sources']/following-sibling::*[1][self::ul]") else set()
    only_below = works(tree, "sources-below")
    whole = own | {key for part in below(theme) for key in works(trains.trees[f"themes/{part}/index.html"], "sources")}
    assert set(only_below) == whole - own
    assert len(only_below) == len(set(only_below))
    for item in tree.xpath("//h3[@id='sources-below']/following-sibling::ul[1]/li"):
        under = item.xpath("a[contains(@href, '../') and not(contains(@href, 'references/'))]/@href")
        assert under
        assert {Path(href).name for href in under} <= below(theme)
    file = trains.folder / f"themes/{theme}.json"  # which there is only where there are works
    assert ({entry["id"] for entry in json.loads(file.read_bytes())} if file.exists() else set()) == whole


def test_some_theme_has_sources_only_under_its_parts(trains: Built) -> None:
    """Else the test above would show nothing."""
    assert works(trains.trees["themes/comfort/index.html"], "sources-below") == ["holm2018"]


def test_a_theme_that_only_its_parts_speak_of_says_so(trains: Built) -> None:
    tree = trains.trees["themes/on-the-way/index.html"]
    assert "The review speaks of it only under the themes below it." in text(tree.xpath("//article")[0])
    assert text(tree.xpath("//h2[@id='sources']/following-sibling::*[1]")[0]) == "None."
    assert works(tree, "sources-below") == ["nightact2020"]


def test_the_sections_of_parts_stand_apart_and_once(trains: Built) -> None:
    tree = trains.trees["themes/comfort/index.html"]
    own = tree.xpath("//h2[@id='review']/following-sibling::ul[1]/li/a[1]/@href")
    parts = tree.xpath("//h3[@id='review-below']/following-sibling::ul[1]/li")
    links = [item.find("a").get("href") for item in parts]
    assert "../../review/comfort/#noise" in links
    assert "../../review/comfort/#whole" in own
    assert not set(own) & set(links)
    assert len(links) == len(set(links))
    named = {text(item).rpartition(", under ")[2] for item in parts}
    assert {"Noise at night", "Sleep", "Food on board"} <= named


def test_the_evidence_map_goes_down_the_tree_and_says_so_aloud(trains: Built) -> None:
    tree = trains.trees["evidence-map/index.html"]
    heads = [text(cell) for cell in tree.xpath("(//table)[1]/tbody/tr/th")]
    assert heads[:4] == [
        "Comfort",
        "Sleep, part of Comfort",
        "Noise at night, part of Sleep",
        "Food on board, part of Comfort",
    ]
    cells = {
        text(row[0]): {Path(href).name for href in row.xpath(".//td//a/@href")}
        for row in tree.xpath("(//table)[1]/tbody/tr")
    }
    assert cells["Noise at night, part of Sleep"] <= cells["Sleep, part of Comfort"] <= cells["Comfort"]
    assert cells["Sleep, part of Comfort"] < cells["Comfort"]
    lines = list(csv.reader(io.StringIO((trains.folder / "evidence-map/nations.csv").read_text("utf-8-sig"))))
    assert lines[0][:2] == ["Theme", "Part of"]
    assert {line[0]: line[1] for line in lines[1:]}["Noise at night"] == "Sleep"
    package = json.loads((trains.folder / "datapackage.json").read_text("utf-8"))
    table = next(table for table in package["resources"] if table["name"] == "evidence-map-nations")
    assert table["description"].endswith("A theme has the sources of its parts, too.")
    assert table["schema"]["fields"][1]["name"] == "Part of"


def test_who_narrows_references_to_a_theme_gets_those_of_its_parts(trains: Built) -> None:
    found = {key for key, record in records_of(trains.folder).items() if "Comfort" in record["themes"]}
    data = json.loads((trains.folder / "themes/comfort.json").read_bytes())
    assert found == {entry["id"] for entry in data}


def test_a_question_on_a_theme_is_helped_by_its_parts(trains: Built) -> None:
    links = trains.trees["discuss/index.html"].xpath("//details//a/@href")
    assert "../review/comfort/#noise" in links


def test_the_paper_on_a_theme_holds_its_parts(trains: Built) -> None:
    page = text(trains.trees["discuss/packs/theme-comfort/index.html"].xpath("//article")[0])
    assert "Sources cited only under the themes below it" in page
    assert "Couchettes and quiet" in page


def test_search_finds_parts_by_name(trains: Built) -> None:
    [found] = [entry for entry in searched(trains.folder) if entry["url"] == "themes/noise/"]
    assert (found["kind"], found["title"]) == ("theme", "Noise at night (theme)")
    assert "Part of" in found["text"]


def test_norway_keeps_its_code(trains: Built) -> None:
    """YAML 1.1 reads NO without quotation marks as false."""
    assert "\n- id: NO\n" in (TRAINS / "data/nations.yml").read_text("utf-8")
    table = trains.trees["nations/index.html"].xpath("//table")[-1]
    assert [cell.text for cell in table.xpath("thead//th")][1] == "Norway"
    assert "Four lines run each night" in text(table)
    assert (trains.folder / "nations/NO-sources.bib").is_file()
    assert "nations/NO/index.html" in trains.trees
    assert "discuss/packs/nation-NO/index.html" in trains.trees


def test_the_sample_holds_one_of_everything() -> None:
    """It is the model for other reviews: a kind of data that the main site has is missing from it only if it is written by tests of that site."""
    ours = {file.name for file in (SITES["real"] / "data").glob("*.yml")}
    assert ours <= {file.name for file in (TRAINS / "data").glob("*.yml")}
    assert not list((TRAINS / "hooks").glob("*"))


def test_without_nesting_nothing_has_changed(built: Callable[[str], Path]) -> None:
    site = Built(built("meadow"))
    assert site.trees["themes/index.html"].xpath("//table")
    assert not [
        name
        for name, tree in site.pages()
        if tree.xpath("//*[@id='parts' or @id='sources-below' or @id='review-below']")
    ]
    assert "Part of" not in (site.folder / "evidence-map/nations.csv").read_text("utf-8")
