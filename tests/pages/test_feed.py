"""The feed, against what RFC 4287 asks of one; no validator of feeds is among the project's tools, so the rules are written out here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree

from conftest import Built
from evidence.model.changes import Change, Changes, Version
from evidence.model.network import Finding
from evidence.model.review import Review
from evidence.model.site_data import Publisher, Reading
from evidence.model.vocabulary import MEMBERS
from evidence.pages.change_pages import feed

ATOM, XHTML, XML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml", "http://www.w3.org/XML/1998/namespace"
ONE, ANY, MAYBE = (1, 1), (0, 99), (0, 1)
# RFC 4287, sections 4.1.1 and 4.1.2: how often each child may stand. (An author is needed here, since no entry has one.)
FEED = {"id": ONE, "title": ONE, "updated": ONE, "author": (1, 99), "link": ANY, "subtitle": MAYBE, "entry": ANY}
ENTRY = {"id": ONE, "title": ONE, "updated": ONE, "published": MAYBE, "link": ANY, "summary": MAYBE, "content": MAYBE}
TEXTS = {"title", "subtitle", "summary"}
HOSTILE = """Ann's "x" </script> ]]> <b>&amp; =cmd|'/c calc'!A1 \x0b\ud83d `a<b`\n\u2028 done."""


def faults(data: bytes) -> list[str]:
    """What RFC 4287 (sections 3 and 4) refuses in a feed."""
    root = etree.fromstring(data)
    assert root.tag == f"{{{ATOM}}}feed"
    found = list(_children(root, FEED))
    ids = [e.text for e in root.iter(f"{{{ATOM}}}id")]
    if len(set(ids)) < len(ids):
        found.append(f"ids are not unique: {ids}")
    for entry in root.iter(f"{{{ATOM}}}entry"):
        found += _children(entry, ENTRY)
        kinds = [e.get("rel") for e in entry if e.tag == f"{{{ATOM}}}link"]
        if entry.find(f"{{{ATOM}}}content") is None and "alternate" not in kinds:
            found.append("an entry without content needs an alternate link (4.1.2)")
    return found


def _children(parent: etree._Element, allowed: dict[str, tuple[int, int]]) -> Iterator[str]:
    names = [etree.QName(child).localname for child in parent]
    for child, name in zip(parent, names, strict=True):
        if etree.QName(child).namespace != ATOM or name not in allowed:
            yield f"<{name}> may not stand here"
        yield from _child(child, name)
    for name, (least, most) in allowed.items():
        if not least <= names.count(name) <= most:
            yield f"<{name}> stands {names.count(name)} times"
    links = [(e.get("rel"), e.get("type"), e.get("hreflang")) for e in parent if e.tag == f"{{{ATOM}}}link"]
    if len(set(links)) < len(links):
        yield "two links of one kind (4.1.1)"


def _child(child: etree._Element, name: str) -> Iterator[str]:
    text = child.text or ""
    if name == "id" and not (urlsplit(text).scheme and re.fullmatch(r"[!-~]+", text)):
        yield f"id {text!r} is no absolute IRI (4.2.6)"
    if name in ("updated", "published"):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
            yield f"{name} {text!r} is no date as RFC 3339 writes it (3.3)"
        datetime.fromisoformat(text)
    if name in TEXTS and (len(child) or child.get("type", "text") != "text" or not text.strip()):
        yield f"{name} must be plain text (3.1)"
    if name == "author" and [e.tag for e in child] != [f"{{{ATOM}}}name"]:
        yield "a person has one name (3.2.1)"
    if name == "link" and (not child.get("href") or len(child) or text.strip()):
        yield "a link has an address and nothing inside (4.2.7)"
    if name == "content" and child.get("type") == "xhtml":
        if [e.tag for e in child] != [f"{{{XHTML}}}div"] or text.strip():
            yield "xhtml content is one div (3.1.1.3)"
        tags = {etree.QName(e).localname for e in child.iter()} - {"content", "div", "h2", "ul", "li", "code"}
        if tags:
            yield f"content holds {tags}"


def versions(*numbers: str) -> Changes:
    made = [
        Version(n, f"2026-12-{20 - i:02}", (Change(HOSTILE, ("index.md",)),), (Change("`make` x."),))
        for i, n in enumerate(numbers)
    ]
    return Changes((Version("", "", (Change("Not yet."),)), *made))


def review(address: str = "", **more: object) -> Review:
    values: dict[str, object] = {"changes": versions("1.1.0", "1.0.0"), "reading": Reading(checked="2026-11-22")}
    return Review(publisher=Publisher(name='A & "B"', site_address=address), **(values | more))  # type: ignore[arg-type]


def address_of(uri: str) -> str:
    return uri.removesuffix(".md") + "/"


@pytest.mark.parametrize("address", ["", "https://www.example.org/verges/"])
def test_a_feed_keeps_to_the_standard(address: str) -> None:
    data = feed(review(address), HOSTILE, "about/changes.md", address_of)
    assert faults(data) == []
    root = etree.fromstring(data)
    entries = root.findall(f"{{{ATOM}}}entry")
    assert [e.findtext(f"{{{ATOM}}}title") for e in entries] == ["Version 1.1.0", "Version 1.0.0"]
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-12-20T00:00:00Z"
    assert b"Not yet" not in data  # what is not released is no news
    item = entries[0].find(f".//{{{XHTML}}}li")
    assert item is not None
    assert "".join(item.itertext()) == """Ann's "x" </script> ]]> <b>&amp; =cmd|'/c calc'!A1 a<b done."""


def test_the_newest_entry_tells_what_was_found() -> None:
    findings = {
        "hostile": Finding("hostile", HOSTILE, ("review/a.md#x",)),
        "said": Finding("said", "Members said so.", ("network/a.md#x",), voice=MEMBERS),
        "plain": Finding("plain", "Hedges help.", ("review/a.md#y",)),
    }
    data = feed(review(findings=findings), "T", "changes.md", address_of)
    assert faults(data) == []
    newest, older = (
        ["".join(e.itertext()) for e in entry.iter(f"{{{XHTML}}}h2", f"{{{XHTML}}}li")]
        for entry in etree.fromstring(data).iter(f"{{{ATOM}}}entry")
    )
    words = """Ann's "x" </script> ]]> <b>&amp; =cmd|'/c calc'!A1 `a<b` done."""
    assert newest[:3] == ["What was found", words, "Hedges help."]
    assert newest[3:] == older
    assert b"Members said so" not in data


def test_the_check_finds_faults() -> None:
    """The checker checked: each of these breaks one rule."""
    good = feed(review(), "T", "changes.md", address_of).decode()
    for old, new in (
        ("<id>urn:uuid:", "<id>"),
        ("<updated>2026-12-20T00:00:00Z</updated>", ""),
        ("2026-12-20T00:00:00Z", "2026-12-20T00:00:00"),
        ("<name>", "<uri/><name>"),
        ('type="xhtml"><xhtml:div>', 'type="xhtml">x<xhtml:div>'),
        ("<subtitle>", "<subtitle><b/>"),
        ("<subtitle>", "<rights>x</rights><subtitle>"),
        ('rel="self" type="application/atom+xml"', 'rel="alternate" type="text/html"'),
        ("</entry>", "<id>urn:x:1</id></entry>"),
    ):
        broken = re.sub(r">\s+<", "><", good).replace(old, new, 1)
        assert broken != re.sub(r">\s+<", "><", good), old
        try:
            told = faults(broken.encode())
        except ValueError:
            told = ["no date"]
        assert told, old


def test_ids_and_links_begin_with_the_address_once_there_is_one() -> None:
    root = etree.fromstring(feed(review("https://x.example/e/"), "T", "about/changes.md", address_of))
    assert [e.text for e in root.iter(f"{{{ATOM}}}id")] == [
        "https://x.example/e/changes.xml",
        "https://x.example/e/changes.xml#v-1-1-0",
        "https://x.example/e/changes.xml#v-1-0-0",
    ]
    assert [e.get("href") for e in root.iter(f"{{{ATOM}}}link")] == [
        "https://x.example/e/changes.xml",
        "https://x.example/e/about/changes/",
        "https://x.example/e/about/changes/#content-v-1-1-0",
        "https://x.example/e/about/changes/#content-v-1-0-0",
    ]


def test_without_an_address_ids_stay_and_links_are_found_from_the_feed() -> None:
    first = feed(review(), "T", "about/changes.md", address_of)
    assert first == feed(review(), "T", "about/changes.md", address_of)
    later = feed(review(changes=versions("1.2.0", "1.1.0", "1.0.0")), "T", "about/changes.md", address_of)
    ids = [[e.text for e in etree.fromstring(data).iter(f"{{{ATOM}}}id")] for data in (first, later)]
    assert set(ids[0]) < set(ids[1])
    link = etree.fromstring(first).findall(f"{{{ATOM}}}link")[1].get("href")
    assert urljoin("https://any.example/where/changes.xml", link) == "https://any.example/where/about/changes/"


def test_a_feed_has_a_day_or_there_is_none() -> None:
    empty = feed(review(changes=Changes()), "T", "", address_of)
    assert faults(empty) == []
    assert b"2026-11-22T00:00:00Z" in empty
    assert feed(review(changes=Changes(), reading=Reading()), "T", "", address_of) == b""


def test_the_site_has_a_feed_that_its_pages_name(real: Built) -> None:
    data = (real.folder / "changes.xml").read_bytes()
    assert faults(data) == []
    root = etree.fromstring(data)
    assert root.get(f"{{{XML}}}lang") == "en-GB"
    for name, tree in real.own_pages():
        links = tree.xpath("//head/link[@rel='alternate' and @type='application/atom+xml']/@href")
        assert [real.target(name, link)[0] for link in links] == ["changes.xml"], name
    page = real.trees["about/changes/index.html"]
    assert any(real.target("about/changes/index.html", a)[0] == "changes.xml" for a in page.xpath("//article//a/@href"))
    for link in root.iter(f"{{{ATOM}}}link"):
        if "://" not in link.get("href"):
            target, fragment = real.target("changes.xml", link.get("href"))
            assert (real.folder / target).is_file(), target
            assert not fragment or real.trees[target].xpath(f"//*[@id='{fragment}']")
