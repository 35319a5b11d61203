"""Built pages of the real site as programs read them: works and pages, their source, their data blocks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from extruct.jsonld import JsonLdExtractor
from lxml.html import HtmlElement

from conftest import ROOT, Built
from evidence.site.loading import load
from evidence.site.site import Site

SITE_TITLE = "Involving people with lived experience in strategic decisions"
OWN = (
    "index.html",
    "summary/index.html",
    "review/issue/index.html",
    "themes/index.html",
    "glossary/index.html",
    "audit/index.html",
)


@cache
def review() -> Site:
    return load(ROOT)


def pages_of(built: Built, folder: str = "") -> Iterator[tuple[str, HtmlElement]]:
    """Pages of the site's own words."""
    return ((name, tree) for name, tree in built.own_pages() if not is_work(name) and name.startswith(folder))


def is_work(name: str) -> bool:
    return name.startswith("references/") and name != "references/index.html"


def source(built: Built, name: str) -> str:
    return (built.folder / name).read_text("utf-8")


def data_blocks(built: Built, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = JsonLdExtractor().extract(source(built, name))
    return found


def tree_of(head: str) -> HtmlElement:
    from lxml import html as parser  # noqa: PLC0415 (the name is taken)

    tree: HtmlElement = parser.fromstring(
        f"<!doctype html><html><head><title>T</title>{head}</head><body></body></html>"
    )
    return tree
