"""What several tests ask of the built pages of a site."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from conftest import ROOT, Built
from evidence.model.review import Review
from evidence.site.loading import load

# Relations of links that name something and load nothing (HTML Standard, "Link types"; RFC 8574; RFC 6903; RFC 2731 for schema.DC).
NAMED = " canonical cite-as type author schema.DC "


@cache
def review() -> Review:
    return load(ROOT).review


def asks_nothing_of_another_host(site: Built) -> None:
    """No address that a browser loads by itself leads away: scripts, styles, pictures, frames, fonts, hints."""
    for name, tree in site.trees.items():
        loads = tree.xpath(
            "//script/@src | //img/@src | //img/@srcset | //source/@src | //source/@srcset | //iframe/@src | //video/@src"
            " | //audio/@src | //embed/@src | //object/@data | //image/@href | //use/@href | //form/@action"
            " | //link[not(contains($named, concat(' ', @rel, ' ')))]/@href",
            named=NAMED,
        )
        assert [address for address in loads if re.match(r"\s*([a-z][a-z+.-]*:|//)", address, re.I)] == [], name
        # Only a page at an old address sends its readers on, and only to a page of the site.
        for sent in tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']"):
            assert tree.xpath("//h1/text()") == ["This page has moved"], name
            assert re.fullmatch(r"0; url=(?![a-z][a-z+.-]*:|//)[^;]+", sent.get("content"), re.I), name
    for file in site.folder.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:|//)", file.read_text("utf-8")), file.name


def links_lead_somewhere(site: Built) -> None:
    """Every link inside the site leads to a page and a place that exist."""
    wrong = []
    number = 0
    ids = {name: set(tree.xpath("//@id")) for name, tree in site.trees.items()}
    for name, tree in site.pages():
        for href in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            if re.match(r"[a-z][a-z+.-]*:|//", href, re.I):
                continue
            number += 1
            target, fragment = site.target(name, unquote(href))
            if not (site.folder / target).is_file() or (fragment and fragment not in ids.get(target, ())):
                wrong.append(f"{name}: {href}")
    assert number > 30
    assert wrong == []
