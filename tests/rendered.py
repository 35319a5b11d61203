"""Markdown as the site renders it, as a tree with its words and tags."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html
from markdown import Markdown
from markdown.extensions import Extension

from evidence.output.accessible_tables import RealTables

SITE = ["admonition", "attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences", RealTables()]


def rendered(text: str, extensions: Sequence[str | Extension] = SITE) -> html.HtmlElement:
    return html.fragment_fromstring(Markdown(extensions=extensions).convert(text), "main")


def tags(element: html.HtmlElement) -> list[str]:
    return [child.tag for child in element.iterdescendants()]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def letters(text: str) -> list[str]:
    return re.findall(r"\w", text)
