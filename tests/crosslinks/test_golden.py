"""Pages as they come out: each golden file holds a page as written, and what becomes of it.

EVIDENCE_WRITE_GOLDEN=1 writes the files anew from what the engine makes today; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown

from conftest import ROOT
from evidence.crosslinks.index import build_index
from evidence.crosslinks.passages import paginate
from evidence.crosslinks.resolving import resolve_citations
from evidence.output.accessible_tables import RealTables
from evidence.references.formatting import format_works
from evidence.references.labels import labels
from evidence.site.directives import all_directives
from evidence.sources.document import parse_document
from evidence.sources.read import read

GOLDEN = ROOT / "tests/golden"
SOURCES = read(GOLDEN / "review")
REVIEW = SOURCES.review
KNOWN = labels(REVIEW)
FORMATTED = format_works(REVIEW.references, KNOWN)
SECTION = re.compile(r"^=== (\w+)\n", re.M)


def made(text: str) -> dict[str, str]:
    """All that can be asked of a page: its Markdown, its HTML (in lxml's spelling), the words around each citation, its problems."""
    document, problems = parse_document(text, "docs/guide/page.md", "guide/page.md")
    page, more = paginate(REVIEW, KNOWN, replace(document, front={"title": "The page"}), all_directives())
    places = build_index(REVIEW, [page], KNOWN).by_page[page.uri]
    markdown = resolve_citations(page, places, REVIEW, KNOWN, FORMATTED).markdown()
    extensions = ["admonition", "attr_list", "md_in_html", "tables", "pymdownx.superfences", RealTables()]
    body = Markdown(extensions=extensions).convert(markdown)
    return {
        "output": markdown,
        "html": html.tostring(html.fragment_fromstring(body, "main"), encoding="unicode"),
        "excerpts": "\n".join(f"{place.item.key} in {place.label}: {place.excerpt}" for place in places),
        "problems": "\n".join(str(problem) for problem in (*problems, *more)),
    }


def tidy(text: str) -> str:
    """Without blank lines that mean nothing: several in a row, at the beginning, at the end."""
    return re.sub(r"\n{3,}", "\n\n", text.strip("\n") + "\n").removeprefix("\n")


FILES = pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.txt")), ids=lambda file: file.stem)


@FILES
def test_a_page_comes_out_as_the_golden_file_says(file: Path) -> None:
    parts = SECTION.split(file.read_text("utf-8"))[1:]
    asked = dict(zip(parts[::2], parts[1::2], strict=True))
    now = {name: text if name == "input" else tidy(made(asked["input"])[name]) for name, text in asked.items()}
    if os.environ.get("EVIDENCE_WRITE_GOLDEN"):
        file.write_text("".join(f"=== {name}\n{text}" for name, text in now.items()), "utf-8")
    assert SOURCES.problems == ()
    assert len(asked) > 1
    assert now == asked


@FILES
def test_every_link_inside_a_page_has_its_target_once(file: Path) -> None:
    page = html.fromstring(made(SECTION.split(file.read_text("utf-8"))[2])["html"])
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.xpath("//@href[starts-with(., '#')]")} <= set(ids)
