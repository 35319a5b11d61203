"""A paper as PDF/UA-1 (ISO 14289-1), set by Typst from one template. The same paper gives the same bytes on every machine.

Only the fonts that come with Typst and with the font package are used, and the date is that of the content. Typst refuses to make a file
that breaks the rules of PDF/UA-1, and a letter that no font has.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from evidence.cards import with_cards
from evidence.epub import marked, with_endnotes
from evidence.output import drawings, typesetting
from evidence.output.nodes import nodes
from evidence.papers.packs import PaperError
from evidence.papers.paper import ENDS, Paper
from evidence.pictures import qr_code
from evidence.printing import tagged
from evidence.sheets import in_a_line, laid_out
from evidence.text.direction import without_isolates, without_languages
from evidence.text.languages import language_and_country, way_of
from evidence.text.translation import _

TEMPLATE = Path(__file__).with_name("paper.typ")  # it takes from what lies beside it
_WIDTH, _WIDTH_A5 = 170, 120  # millimetres of text
# Each heading with an id and each mark, with the page that it stands on; and the last page of the contents.
_PAGES = """(
  query(selector(heading).or(label("page mark"))).filter(one => one.has("label")).map(
    one => (if one.func() == metadata { one.value } else { str(one.label) }, one.location().page())
  ),
  query(outline.entry).fold(0, (last, one) => calc.max(last, one.location().page())),
)"""
LARGE = 18  # points, from which on large print has its own layout


@dataclass(frozen=True, slots=True)
class Bound:
    """What a booklet's pages are: their `sheet` ('a4' or 'a5'), how many it has room for at `most` (0 for any number), and what their number is a `multiple` of."""

    sheet: str = "a4"
    most: int = 0
    multiple: int = 1


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF of a paper's data (see `paper_data`); PaperError where Typst refuses it."""
    year, month, day = data["date"] or (1980, 1, 1)
    date, inputs = datetime(year, month, day, tzinfo=UTC), _inputs(data)
    try:
        made = typesetting.typeset(TEMPLATE, inputs, pdf_standards=["ua-1"], timestamp=date)
    except typst.TypstError as error:
        raise PaperError(error.message) from error
    # No words of a paper can say so: quotation marks within them are escaped.
    return tagged(made) if any(f'"kind": "{kind}"' in inputs["paper"] for kind in ("table", "note")) else made


def pages(data: dict[str, Any]) -> tuple[dict[str, int], int]:
    """The pages of a paper's data on which its headings, by their ids, and its marks (see `marked`) stand; and the last one of its
    contents, 0 where it has none. PaperError where Typst refuses it. Just after `pdf` it takes no time, since Typst remembers what it has set."""
    try:
        found = typesetting.asked(TEMPLATE, _inputs(data), _PAGES)
    except typst.TypstError as error:
        raise PaperError(error.message) from error
    starts, front = found
    return dict(reversed(starts)), front  # of two places with one name, the first


def _inputs(data: dict[str, Any]) -> dict[str, str]:
    # What is said of the paper is plain text; its own words say their language as nodes.
    return {"paper": without_languages(json.dumps(data, ensure_ascii=False))}


def paper_data(paper: Paper, points: int, site_address: str = "", bound: Bound | None = None) -> dict[str, Any]:
    """All that the template needs to set a paper in type of a size; `bound` is for booklets alone."""
    book = paper.pack.form == "book"
    blocks = nodes(paper.markdown, paper.uri, site_address, way=way_of(paper.language))
    blocks = marked(blocks) if paper.pack.epub else blocks
    blocks = with_endnotes(blocks, ENDS, paper.ours) if book else blocks
    last = max(i for i, block in enumerate(blocks) if block["kind"] == "heading")
    # The picture of what it is on stands beside its title.
    if blocks[1]["kind"] == "beside" and paper.pack.parts[0].brief:
        blocks[:2] = [blocks[1] | {"body": [blocks[0], *blocks[1]["body"]]}]
        last -= 1
    blocks[last:] = [{"kind": "about", "body": blocks[last:]}]  # where the paper comes from, on one page
    bound = bound or Bound()
    across = in_a_line(_WIDTH_A5 if bound.sheet == "a5" else _WIDTH, points)
    prepared = laid_out(with_cards(blocks), int(across), pages_shared_out=paper.pack.form == "booklet")
    return {
        "title": paper.pack.title,
        "author": paper.author,
        "description": paper.pack.purpose,
        "date": [int(part) for part in paper.date.split("-")] if paper.date else None,
        "language": language_and_country(paper.language),
        "ours": language_and_country(paper.ours) if paper.ours else None,  # of 'words'
        "fonts": typesetting.FONTS,
        "points": points,
        "large": points >= LARGE,
        "form": paper.pack.form,
        "foot_lines": math.ceil((len(without_isolates(paper.pack.title)) + 12) / across),
        "code": asdict(qr_code(paper.address)) if paper.address else None,
        "places": [] if book else sorted(_places(prepared)),  # in a book hundreds, which take long to set
        "nodes": prepared,
        "source": paper.source,
        **asdict(bound),
        "picture": drawings.for_paper(paper.picture) if paper.picture else "",
        "words": {"contents": _("Contents") if book else _("In this booklet"), "notes": _("Notes"), "of": _(" of ")},
    }


def _places(blocks: Any) -> Iterator[str]:
    """The ids of all headings, to which words of the paper may lead."""
    if isinstance(blocks, dict) and blocks.get("kind") == "heading" and blocks["id"]:
        yield blocks["id"]
    inside = blocks.values() if isinstance(blocks, dict) else blocks if isinstance(blocks, list) else ()
    for part in inside:
        yield from _places(part)
