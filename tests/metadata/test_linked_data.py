"""What search engines read off the built pages equals the data."""

from __future__ import annotations

import pytest

from conftest import Built
from read_pages import SITE_TITLE, data_blocks, pages_of, review, source
from under_policy import refused


def test_pages_that_cite_say_what_they_rest_on(real: Built) -> None:
    site = review()
    for uri, occurrences in site.index.by_page.items():
        name = f"{uri.removesuffix('.md').removesuffix('index').rstrip('/')}/index.html".removeprefix("/")
        cited = {occurrence.item.key for occurrence in occurrences} & site.review.references.keys()
        if name == "index.html":
            continue
        node = data_blocks(real, name)[0]
        assert node["@type"] == ("Report" if cited else "WebPage")
        assert node["isPartOf"]["name"] == SITE_TITLE
        assert node["author"]["@type"] == "Organization"
        assert {work["name"] for work in node.get("citation", ())} == {
            site.review.references[key].title for key in cited
        }
        based_on = [work["name"] for work in node.get("isBasedOn", ())]
        assert based_on == ([source.title for source in site.review.sources.values()] if cited else [])


def test_the_home_page_is_the_site(real: Built) -> None:
    node = data_blocks(real, "index.html")[0]
    assert (node["@type"], node["name"], node["inLanguage"]) == ("WebSite", SITE_TITLE, "en-GB")


def test_every_table_to_download_is_data(real: Built) -> None:
    """On the page that shows it, and together on the page of the data package; each leads to its file."""
    tables = review().tables
    found: dict[str, str] = {}
    for name, _ in pages_of(real):
        for node in (node for node in data_blocks(real, name) if node["@type"] == "Dataset"):
            assert len(node["description"]) >= 50
            assert "license" not in node
            for file in node["distribution"]:
                found[real.target(name, file["contentUrl"])[0]] = node["name"]
    assert all((real.folder / uri).is_file() for uri in found)
    assert {uri: name for uri, name in found.items() if uri.endswith(".csv")} == {
        table.uri: table.title for table in tables
    }
    assert {"tables.zip", "datapackage.json"} <= found.keys()
    [package] = [node for node in data_blocks(real, "about/data/index.html") if node["@type"] == "Dataset"]
    assert [part["name"] for part in package["hasPart"]] == [table.title for table in tables]


@pytest.mark.parametrize("key", ["arnstein1969", "careact2014", "nihr2021", "pestoff2012"])
def test_the_page_of_a_work_is_about_it(key: str, real: Built) -> None:
    work = review().review.references[key]
    [node] = data_blocks(real, f"references/{key}/index.html")
    about = node["about"]
    assert (node["@type"], about["name"]) == ("AboutPage", work.title)
    assert [person["name"] for person in about.get("author", ())] == [name.full for name in work.authors]
    assert {person["@type"] for person in about.get("author", ())} <= {"Person", "Organization"}
    assert about.get("sameAs", "") == (work.url if work.text("DOI") else "")


def test_data_is_not_a_script(real: Built) -> None:
    """It stands in the page, and the policy lets no script stand there."""
    page = source(real, "review/issue/index.html")
    assert "application/ld+json" in page
    assert refused(page) == []
