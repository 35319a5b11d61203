"""The built sites, read as HTML without the engine's help: links, lists, cross-links, search, downloads."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pybtex.database
import pytest
import yaml
from lxml import html

from built_pages import links_lead_somewhere
from conftest import ROOT, SITES, Built, mkdocs_build
from evidence.text.addresses import slug
from searching import searched
from work_records import records_of


def slugs(folder: Path) -> set[str]:
    """The keys of a review's bibliography as they stand in addresses, read by a parser other than the engine's."""
    return {slug(key) for key in pybtex.database.parse_file(str(folder / "bibliography.bib")).entries}


def article(tree: html.HtmlElement) -> html.HtmlElement:
    return tree.xpath("//article")[0]


def cited(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Key -> the ids of the places on a page that cite it."""
    found: dict[str, list[str]] = defaultdict(list)
    for link in tree.xpath(".//a[contains(concat(' ', @class, ' '), ' citation ')]"):
        found[link.get("href").removeprefix("#ref-")].append(link.get("id"))
    return found


def listed(tree: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """Key -> its entry in the page's own reference list."""
    items = tree.xpath("//li[starts-with(@id, 'ref-')]")
    return {item.get("id").removeprefix("ref-"): item for item in items}


@pytest.mark.claim(
    "In the code and the words of the pages", "Every link inside the site leads to a page and a place that exist."
)
def test_every_link_and_fragment_leads_somewhere(site: Built) -> None:
    links_lead_somewhere(site)


def test_ids_are_unique_on_each_page(site: Built) -> None:
    repeated = {name: [i for i, n in Counter(tree.xpath("//@id")).items() if n > 1] for name, tree in site.pages()}
    assert {name: ids for name, ids in repeated.items() if ids} == {}


def test_a_page_lists_just_what_it_cites(site: Built) -> None:
    pages = 0
    for name, tree in site.pages():
        assert set(cited(tree)) == set(listed(tree)), name
        pages += bool(cited(tree))
    assert pages


def citing(site: Built) -> Iterator[tuple[str, html.HtmlElement]]:
    """The pages that cite for themselves: papers for meetings and pages of two nations repeat them, and count for nothing."""
    repeating = ("discuss/packs/", "nations/compare/")
    return ((name, tree) for name, tree in site.pages() if not name.startswith(repeating))


def test_an_entry_links_back_to_every_place_by_names_of_their_own(site: Built) -> None:
    for name, tree in citing(site):
        places, entries = cited(tree), listed(tree)
        names: Counter[tuple[str, str]] = Counter()
        for key, entry in entries.items():
            back = [a for a in entry.xpath(".//a") if a.get("href", "").startswith("#cite-")]
            assert [a.get("href").removeprefix("#") for a in back] == places[key], (name, key)
            names.update(((a.get("aria-label") or a.text_content()).strip(), "") for a in back)
            for a in back:  # what is seen is how the accessible name begins (WCAG 2.2, 2.5.3)
                assert a.get("aria-label").startswith(a.text_content()), (name, key)
        assert [text for text, number in names.items() if number > 1] == [], name


def test_what_is_cited_has_a_page_and_all_entries_lead_to_it(built: Callable[[str], Path]) -> None:
    for folder in SITES:
        site = Built(built(folder))
        known = slugs(SITES[folder])
        anywhere = {key for _, tree in site.pages() for key in cited(tree)}
        pages = {
            Path(n).parent.name if n.endswith("/index.html") else Path(n).stem
            for n in site.trees
            if n.startswith("references/")
        }
        assert pages - {"references", "index"} == known
        assert anywhere & known == {key for key in anywhere if not key.endswith("untraced")}
        for name, tree in citing(site):
            for key, entry in listed(tree).items():
                targets = {
                    site.target(name, a.get("href"))[0] for a in entry.xpath(".//a[not(starts-with(@href, 'http'))]")
                }
                own = {f"references/{key}/index.html", f"references/{key}.html"} & targets
                assert bool(own) == (key in known), (name, key)


def statement_of(tree: html.HtmlElement, id_: str) -> Iterator[str]:
    """The ids of the statement in which a citation stands: those of the anchors before its first word."""
    (place,) = tree.xpath(f"//*[@id='{id_}']")
    anchor = next(iter(place.xpath("preceding::span[@class='statement'][1]")), None)
    while anchor is not None and anchor.get("class") == "statement":
        yield anchor.get("id")
        anchor = None if anchor.getprevious() is None or anchor.getprevious().tail else anchor.getprevious()


def test_a_reference_page_names_every_place_that_cites_it(site: Built) -> None:
    expected: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, tree in citing(site):
        for key, ids in cited(tree).items():
            expected[key] |= {(name, i) for i in ids}
    checked = 0
    for name, tree in site.pages():
        match = re.fullmatch(r"references/([\w-]+)(?:/index)?\.html", name)
        if not match or match[1] == "index":
            continue
        links = tree.xpath("//h3[starts-with(@id, 'cited-on-')]/following-sibling::ul[1]/li/a")
        places = {site.target(name, a.get("href")) for a in links}
        for page, id_ in expected[match[1]]:
            assert places & {(page, found) for found in (id_, *statement_of(site.trees[page], id_))}, (name, page, id_)
        assert {page for page, _ in places} == {page for page, _ in expected[match[1]]}, name
        said = tree.xpath("//h3[starts-with(@id, 'cited-on-')]/following-sibling::ul[1]/li/text()[contains(., '“')]")
        assert len(said) == len({*said}), name  # equal sentences stand once
        leads = tree.xpath("//article//a[@href='#cited' and not(@class)]")
        number, pages = len(expected[match[1]]), len({page for page, _ in places})
        counts = [f"{number} place{'s' * (number > 1)} on {pages} page{'s' * (pages > 1)}"]
        assert [lead.text.partition(": ")[2] for lead in leads] == (counts if number else []), name
        checked += 1
    assert checked == len([n for n in site.trees if n.startswith("references/")]) - 1


def marked_sections(tree: html.HtmlElement) -> Iterator[tuple[set[str], set[str]]]:
    """(themes, keys) of each section of a page: marks and citations as they stand in the HTML, tables left out."""
    above: list[tuple[int, set[str]]] = []
    themes: set[str] = set()
    found: set[str] = set()
    for element in article(tree).xpath(
        "*[not(self::div[@class='page-head' or @class='page-text'])] | div[@class='page-head' or @class='page-text']/*"
    ):
        if re.fullmatch(r"h[1-6]", str(element.tag)):
            yield themes, found
            level = int(str(element.tag)[1])
            above = [pair for pair in above if pair[0] < level]
            themes = (above[-1][1] if above else set()) | set((element.get("data-themes") or "").split())
            above.append((level, themes))
            found = set()
        elif element.get("class") != "table-box":
            found |= set(cited(element))
    yield themes, found


def test_a_theme_page_lists_what_its_passages_cite(real: Built) -> None:
    expected: dict[str, set[str]] = defaultdict(set)
    for name in ("review/issue/index.html", "review/barriers/index.html"):
        for themes, found in marked_sections(real.trees[name]):
            for theme in themes:
                expected[theme] |= {key for key in found if not key.endswith("untraced")}
    assert len(expected) >= 5
    for theme, wanted in expected.items():
        tree = real.trees[f"themes/{theme}/index.html"]
        links = tree.xpath("//h2[@id='sources']/following-sibling::ul[1]/li/a/@href")
        sources = {Path(link).name for link in links if "references/" in link}
        assert wanted <= sources, theme


def test_every_theme_of_the_meetings_says_who_named_it_and_what_they_said(real: Built) -> None:
    themes = yaml.safe_load((ROOT / "data/themes.yml").read_text("utf-8"))
    assert [t["origin"] for t in themes].count("meeting-1") == 6
    assert [t["origin"] for t in themes].count("meeting-2") == 10
    assert [t["origin"] for t in themes].count("meeting-3") == 2
    for theme in themes:
        text = " ".join(article(real.trees[f"themes/{theme['id']}/index.html"]).text_content().split())
        assert ("Gathered by the editors." if theme["origin"] == "editors" else "Named by:") in text
        for sentence in theme.get("members_said", []):
            assert " ".join(sentence.split()) in text, theme["id"]
        if not real.trees[f"themes/{theme['id']}/index.html"].xpath("//h2[@id='review']/following-sibling::ul"):
            assert "The review, as far as it stands on this site, is silent on this theme." in text, theme["id"]


@pytest.mark.claim(
    "In the code and the words of the pages", "Every table has a caption, and headers for its rows and columns."
)
def test_tables_have_captions_and_headers_on_both_sides(site: Built) -> None:
    tables = [(name, table) for name, tree in site.pages() for table in tree.xpath("//article//table")]
    assert len(tables) >= 5
    for name, table in tables:
        if {"bars", "years"} & set(
            table.get("class").split()
        ):  # a picture of words, marks and numbers, which fits into any window
            assert table.find("caption") is not None or table.getparent().find("figcaption") is not None, name
            continue
        box = table.getparent()
        assert (box.get("role"), box.get("tabindex")) == ("region", "0"), name
        assert table.find("caption") is not None, name
        assert box.get("aria-labelledby") and box.get("aria-labelledby") == table.find("caption").get("id"), name
        assert {th.get("scope") for th in table.xpath("thead//th")} == {"col"}
        columns = [th.text_content() for th in table.xpath("thead//th")]
        for row in table.xpath("tbody/tr"):
            assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(columns) - 1), name
            assert [cell.get("data-label") for cell in row[1:]] == columns[1:], name


def test_a_comparison_table_shows_each_cell_of_the_data(real: Built) -> None:
    data = yaml.safe_load((ROOT / "data/comparison.yml").read_text("utf-8"))
    names = {n["id"]: n["name"] for n in yaml.safe_load((ROOT / "data/nations.yml").read_text("utf-8"))}
    table = real.trees["nations/index.html"].xpath("//table")[-1]
    rows = {row[0].text_content(): row for row in table.xpath("tbody/tr")}
    assert list(rows) == [row["title"] for row in data["rows"]]
    for row in data["rows"]:
        for cell in rows[row["title"]][1:]:
            nation = next(i for i, name in names.items() if name == cell.get("data-label"))
            statements = row.get("cells", {}).get(nation, [])
            text = " ".join(cell.text_content().split())
            if "from" not in row and not statements:
                assert text == "We found nothing to put under this."
            for statement in statements:
                unlinked = re.sub(r"\[([^\]@]+)\]\([^)]*\)", r"\1", statement["text"])
                words = " ".join(re.split(r"\s*\[", unlinked)[0].split()).rstrip(".")
                assert words in text, (row["id"], nation)
                assert len(cell.xpath(".//a[contains(@class, 'citation')]")) >= len(
                    re.findall(r"@\w", statement["text"])
                )
            notes = {f"#note-{n.lower()}" for s in statements for n in s.get("notes", [])}
            assert notes <= set(cell.xpath(".//a/@href"))


def test_a_download_holds_the_same_as_its_table(real: Built) -> None:
    tree = real.trees["nations/index.html"]
    links = tree.xpath("//a[contains(@href, '.csv')][not(parent::p[@class='downloads'])]/@href")
    assert links == ["glance.csv", "compare.csv"]  # each topic stands once
    tables = tree.xpath("//table[not(ancestor::*[contains(@class, 'glance')])]")  # which holds signs
    for link, table in zip(links, tables, strict=True):
        data = (real.folder / "nations" / link).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert lines[0][:-1] == [th.text_content() for th in table.xpath("thead//th")]
        for line, row in zip(lines[1:], table.xpath("tbody/tr"), strict=True):
            for text, cell in zip(line[1:-1], row[1:], strict=True):
                # What a cell rests on stands on the page alone, and so do the links to notes.
                for mark in cell.xpath(".//a[contains(@class, 'note-link')] | .//*[@class='support']"):
                    mark.drop_tree()
                said = text.replace(" (no source named)", "")
                assert re.sub(r"\W", "", said) == re.sub(r"\W", "", cell.text_content()), (line[0], link)


def test_the_list_of_references_is_whole_without_a_script(built: Callable[[str], Path]) -> None:
    for folder in SITES:
        site = Built(built(folder))
        tree = site.trees["references/index.html"]
        entries = tree.xpath("//li[contains(@class, 'reference')]")
        assert {entry.get("id") for entry in entries} == slugs(SITES[folder])
        assert not [entry for entry in entries if entry.get("hidden") is not None]
        found = records_of(site.folder)
        for entry in entries:  # the line of facts
            (text,) = (line.text_content() for line in entry.xpath("small"))
            record = found[entry.get("id")]
            about = [name for name in record["about"] if not name.startswith("No particular ")]
            assert all(value in text for value in (*record["kind"], *about)), entry.get("id")
            places = f"{record['times']} place{'s' * (record['times'] > 1)}"
            assert f"Cited in {places}." in text or not record["times"], entry.get("id")


def test_search_and_sitemap_know_the_reference_pages(site: Built) -> None:
    pages = {name for name in site.trees if name.startswith("references/") and name != "references/index.html"}
    addresses = {name.removesuffix("index.html") for name in pages}
    entries = searched(site.folder)
    assert {entry["url"] for entry in entries if re.match(r"references/(?!#|index|$)", entry["url"])} == addresses
    assert all(entry["title"] and entry["text"] for entry in entries if entry["url"] in addresses)
    sitemap = (site.folder / "sitemap.xml").read_text("utf-8")
    assert "EVIDENCE" not in sitemap


def test_nothing_is_left_of_the_workings(site: Built) -> None:
    for file in site.folder.rglob("*"):
        if file.suffix in (".html", ".json", ".csv", ".xml"):
            text = file.read_text("utf-8")
            assert not re.search("[\ue000-\uf8ff]|EVIDENCE-SHELL|<!--\\s*evidence", text), file.name


def test_code_and_addresses_stay_as_written(built: Callable[[str], Path]) -> None:
    tree = Built(built("meadow")).trees["index.html"]
    codes = [code.text_content() for code in article(tree).xpath(".//code")]
    assert [code.strip() for code in codes] == ["[@hay2018]", "[@hay2018] stays as it is", "[@roads2020] stays too"]
    text = article(tree).text_content()
    assert "[ask a@b.example]" in text
    assert tree.xpath("//a[@href='mailto:board@verges.example']")[0].text_content().startswith("the board")


def test_a_citation_shows_author_year_and_locator(built: Callable[[str], Path]) -> None:
    text = " ".join(article(Built(built("meadow")).trees["index.html"]).text_content().split())
    assert "Late cuts leave more flowers (Hay and Möwe, 2018)." in text
    assert "Hay and Möwe (2018, p. 2) counted them." in text
    assert "(RVB, 2020a; see RVB, 2020b)" in text


@pytest.mark.parametrize(
    ("folder", "key", "page", "name"),
    [
        ("meadow", "roads2020'ägain+", "references/roads2020-again/index.html", "roads2020-again"),
        ("tea", "DBLP:books/tea/Lééf99", "references/DBLP-books-tea-Leef99.html", "DBLP-books-tea-Leef99"),
    ],
)
def test_a_work_with_any_key_has_its_page_its_files_and_its_citations(
    built: Callable[[str], Path], folder: str, key: str, page: str, name: str
) -> None:
    site = Built(built(folder))
    assert key in site.trees[page].xpath("string(//table)")  # the page says the key as it is
    home = site.trees["index.html"]
    (entry,) = home.xpath(f"//li[@id='ref-{name}']")
    assert [link.get("href") for link in entry.xpath(".//a[@class='back']")] == [f"#cite-{name}-1"]
    assert home.xpath(f"//a[@id='cite-{name}-1' and @href='#ref-{name}']")
    assert f"ID  - {key}\n" in (site.folder / f"references/{name}.ris").read_text("utf-8")
    assert json.loads((site.folder / f"references/{name}.json").read_text("utf-8"))[0]["id"] == key


def test_two_builds_are_byte_identical(built: Callable[[str], Path], tmp_path: Path) -> None:
    assert mkdocs_build(ROOT / "mkdocs.yml", tmp_path / "again").returncode == 0
    first = {
        f.relative_to(built("real")): f.read_bytes()
        for f in built("real").rglob("*")
        if f.is_file() and f.suffix != ".gz"
    }
    second = {
        f.relative_to(tmp_path / "again"): f.read_bytes()
        for f in (tmp_path / "again").rglob("*")
        if f.is_file() and f.suffix != ".gz"
    }
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("key", sorted(pybtex.database.parse_file(str(ROOT / "bibliography.bib")).entries))
def test_a_reference_page_shows_its_entry(key: str, real: Built) -> None:
    entry = pybtex.database.parse_file(str(ROOT / "bibliography.bib")).entries[key]
    text = " ".join(article(real.trees[f"references/{key}/index.html"]).text_content().split())
    assert re.sub(r"[{}\\]", "", entry.fields["title"]).replace("'", "’") in text
    for name in ("year", "volume", "doi", "url"):
        value = re.sub(r"[{}\\]", "", entry.fields.get(name, ""))
        assert value.replace("n.d.", "No date") in text, name
    for person in entry.persons.get("author", []):
        assert re.sub(r"[{}\\]", "", " ".join(person.last_names)) in text
    for label in ("Kind of source", "Nations it is about", "Access", "How it came into this list"):
        assert label in text


def test_a_page_below_a_section_says_where_it_stands(built: Callable[[str], Path]) -> None:
    """Also the papers for a meeting, which the navigation does not name one by one."""
    site = Built(built("real"))
    below = {"discuss/packs/": "Questions to discuss", "references/": "References", "themes/": "Themes"}
    for name, tree in site.own_pages():
        wanted = next((title for path, title in below.items() if name.startswith(path)), "")
        if wanted and name not in {f"{path}index.html" for path in below}:
            assert tree.xpath("//nav[@class='breadcrumb']//a/text()") == ["Home", wanted], name
            assert [link.text for link in tree.xpath("//*[@id='site-nav']//li[@class='here']/a")] == [wanted], name


def test_statements_in_a_cell_are_a_list(built: Callable[[str], Path]) -> None:
    """What they all rest on is said below it."""
    cells = Built(built("real")).trees["nations/index.html"].xpath("//td")
    lists = [cell for cell in cells if cell.xpath("ul[@class='statements']")]
    assert max(len(cell.xpath("ul/li")) for cell in lists) > 4
    assert all(cell.xpath("count(ul/li)") > 1 and not cell.xpath("ul/li[last()]//small") for cell in lists)
    assert [cell for cell in lists if cell.xpath("ul/following-sibling::small")]
    assert not [cell for cell in cells if cell.xpath(".//br")]
