"""What reference managers read off the built pages equals the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from extruct.dublincore import DublinCoreExtractor
from extruct.opengraph import OpenGraphExtractor

import zotero
from conftest import Built
from evidence.metadata import coins, page_metadata
from evidence.model.base import OTHERS, Name, Reference
from evidence.references.formats import FORMATS
from evidence.references.kinds import work_kind
from evidence.text import escape
from evidence.text.addresses import site_path
from made_works import work
from read_pages import OWN, SITE_TITLE, is_work, pages_of, review, source, tree_of

PAGES = re.compile("--|–").sub


# Pages of the site's own words


def test_zotero_makes_a_web_page_of_every_page_of_ours(real: Built) -> None:
    """Its author is the site or its publisher, not someone whom the page is about."""
    publisher = review().review.publisher
    checked = {f"{site_path(d.uri)}index.html": str(d.front["checked"]) for d in review().documents}
    for name, tree in pages_of(real):
        item = zotero.embedded(tree)
        assert item.kind == "webpage", name
        assert item.creators == [("author", publisher.name or SITE_TITLE, "")], name
        assert item.fields["publicationTitle"] == SITE_TITLE
        assert item.fields["title"]
        assert item.fields["date"] == checked.get(name, review().review.reading.checked), name
        assert item.fields["language"] == "en-GB"
        assert ("url" in item.fields) == bool(publisher.site_address)
        assert "DOI" not in item.fields


def test_titles_are_those_of_the_pages(real: Built) -> None:
    documents = {document.uri: document.title for document in review().documents}
    for uri, title in documents.items():
        stem = uri.removesuffix(".md").removesuffix("index").rstrip("/")
        item = zotero.embedded(real.trees[f"{stem}/index.html".removeprefix("/")])
        assert item.fields["title"] == escape.clean(title)


@pytest.mark.parametrize("name", OWN)
def test_other_programs_read_the_same(name: str, real: Built) -> None:
    [core] = DublinCoreExtractor().extract(source(real, name))
    assert core["namespaces"] == {"DC": "http://purl.org/dc/elements/1.1/"}
    found = {e["name"]: e["content"] for e in core["elements"] if e.get("name", "").startswith("DC.")}
    item = zotero.embedded(real.trees[name])
    assert found["DC.title"] == item.fields["title"]
    assert found["DC.creator"] == item.creators[0][1]
    assert found["DC.date"] == item.fields["date"]
    assert ("DC.publisher" in found, "DC.identifier" in found) == (
        bool(review().review.publisher.name),
        bool(review().review.publisher.site_address),
    )
    [graph] = OpenGraphExtractor().extract(source(real, name))
    shown = dict(graph["properties"])
    assert (shown["og:type"], shown["og:title"], shown["og:site_name"]) == ("website", item.fields["title"], SITE_TITLE)


def test_no_page_passes_for_a_paper(real: Built) -> None:
    """Google Scholar reads Highwire tags, and takes a page that has them for the paper."""
    for name, tree in real.pages():
        names = [str(tag) for tag in tree.xpath("//meta/@name | //meta/@property")]
        assert not [tag for tag in names if re.match(r"citation_|bepress|eprints|prism", tag, re.I)], name
        assert not (is_work(name) and [tag for tag in names if tag.startswith(("og:", "DC."))]), name
        assert not tree.xpath("//link[@rel='license']")  # none has been given


def test_links_say_only_what_is_true(real: Built) -> None:
    references = review().review.references
    for name, tree in real.own_pages():
        links = {str(link.get("rel")): str(link.get("href")) for link in tree.xpath("//head/link")}
        if not is_work(name):
            assert links["type"] == "https://schema.org/WebPage"
            assert ("cite-as" in links) == bool(review().review.publisher.site_address)
            continue
        reference = references[Path(name).parent.name]
        assert links["type"] == "https://schema.org/AboutPage"
        assert links.get("cite-as", "") == (escape.url(reference.url) if reference.text("DOI") else "")
        files = {link.get("type"): link.get("href") for link in tree.xpath("//head/link[@rel='describedby']")}
        assert set(files) == {made.media_type for made in FORMATS.values() if made.for_managers}
        for address in files.values():
            assert (real.folder / real.target(name, address)[0]).is_file()


# Pages about works


@pytest.mark.parametrize("key", sorted(review().review.references))
def test_zotero_takes_the_work_from_its_page(key: str, real: Built) -> None:
    reference = review().review.references[key]
    item = zotero.embedded(real.trees[f"references/{key}/index.html"])
    t = reference.text
    assert item.kind == work_kind(reference).zotero
    people = [*(("author", n) for n in reference.authors), *(("editor", n) for n in reference.editors)]
    assert item.creators == [(role, *read_name(name)) for role, name in people if name != OTHERS]
    wanted = {
        "title": reference.title,
        "publicationTitle": reference.container,
        "volume": t("volume"),
        "issue" if reference.entry_type == "article" else "number": t(
            "issue" if reference.entry_type == "article" else "number"
        ),
        "pages": reference.pages(),
        "date": page_metadata.issued(reference),
        "DOI": t("DOI"),
        "url": reference.url,
    }
    assert {name: item.fields.get(name, "") for name in wanted} == wanted
    assert "abstractNote" not in item.fields  # our description is not the abstract of the work


def read_name(name: Name) -> tuple[str, str]:
    return (name.literal, "") if name.literal else (name.short, name.given)


# The list of works


def test_the_list_offers_every_work(real: Built) -> None:
    references = review().review.references
    found = zotero.listed(real.trees["references/index.html"])
    assert len(found) == len(references)
    offered = {item.fields["title"]: item for item in found}
    for reference in references.values():
        t = reference.text
        item = offered[reference.title]
        assert item.kind == work_kind(reference).zotero
        names = [("author", *read_name(name)) for name in reference.authors if name != OTHERS]
        names += [("contributor", *read_name(name)) for name in reference.editors if name != OTHERS]
        assert item.creators == names
        assert item.fields.get("DOI", "") == t("DOI")
        assert item.fields.get("url", "") == escape.url(t("URL"))
        assert item.fields.get("date", "") == page_metadata.issued(reference)
        assert item.fields.get("pages", "") == reference.pages()
        assert item.fields.get("publicationTitle", "") == reference.container
    others = [name for name, tree in real.pages() if zotero.listed(tree) and name != "references/index.html"]
    assert others == []  # a page with such spans would no longer be saved as itself


def reference(authors: tuple[Name, ...] = (), kind: str = "article", **fields: str) -> Reference:
    return work("key", kind, {"title": "A title"} | fields, authors)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (Name(family="Meerkerk", given="I.", particle="van"), ("van Meerkerk", "I.")),
        (Name(family="Brady", given="L.-M."), ("Brady", "L.-M.")),
        (Name(family="Ash", given="Kim", suffix="Jr"), ("Ash Jr", "Kim")),
        (Name(literal="Health, Safety and Care Board"), ("Health，Safety and Care Board", "")),
        (Name(literal="Trees Trust"), ("Trees Trust", "")),
        (Name(family="Plato"), ("Plato", "")),
    ],
)
def test_names_stay_whole(name: Name, read: tuple[str, str]) -> None:
    made = reference((Name(family="First", given="A."), name), year="2020")
    head = zotero.embedded(tree_of(page_metadata.reference_meta(made, ())))
    assert head.creators[1] == ("author", *read)
    listed = zotero.context_object(coins.context_object(made))
    if not name.literal:
        assert listed.creators == [("author", "First", "A."), ("author", *read)]
    else:  # Zotero puts organisations first; nothing is made of their commas here
        assert listed.creators == [("author", name.literal, ""), ("author", "First", "A.")]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inbook", {"booktitle": "The whole"}, "bookSection"),
        ("inproceedings", {"booktitle": "The talks"}, "conferencePaper"),
        ("phdthesis", {"school": "A university"}, "thesis"),
        ("dataset", {}, "dataset"),
        ("misc", {}, "document"),
        ("book", {"isbn": "978-0-306-40615-7"}, "book"),
    ],
)
def test_every_kind_of_work_is_read_as_what_it_is(kind: str, fields: dict[str, str], expected: str) -> None:
    made = reference((Name(family="Ash", given="A."),), kind, year="2020", **fields)
    for item in (
        zotero.embedded(tree_of(page_metadata.reference_meta(made, ()))),
        zotero.context_object(coins.context_object(made)),
    ):
        assert (item.kind, item.fields["title"], item.fields["date"]) == (expected, "A title", "2020")
        assert item.fields.get("publicationTitle", "") == fields.get("booktitle", "")
        assert item.fields.get("ISBN", "") == fields.get("isbn", "")
