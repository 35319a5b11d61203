"""A paper as PDF/UA-1 (ISO 14289-1), set by Typst from one template. The same paper gives the same bytes on every machine.

Only the fonts that come with Typst and with the font package are used, and the date is that of the content. Typst refuses to make a file
that breaks the rules of PDF/UA-1, and a letter that no font has.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from evidence.output import drawings, fonts
from evidence.output.nodes import Node, Run, nodes, words
from evidence.papers.packs import PaperError
from evidence.papers.paper import LANGUAGE, Paper
from evidence.papers.qr_code import qr_code
from evidence.text.translation import _

TEMPLATE = Path(__file__).with_name("paper.typ")
_WIDTH = 170  # millimetres of text
_ZERO_WIDTH_SPACE = "\u200b"
# A web address, which Typst itself breaks, or a very long run of letters, which may break anywhere; all else breaks after marks such as '/' and '-'.
_LONG = re.compile(r"https?://\S+|[^\s/-]{24,}")
LARGE = 18  # points, from which on large print has its own layout


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF of a paper's data (see `paper_data`); PaperError where Typst refuses it."""
    year, month, day = data["date"] or (1980, 1, 1)
    try:
        return typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=fonts.fonts(),
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime(year, month, day, tzinfo=UTC),
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise PaperError(error.message) from error


def paper_data(paper: Paper, points: int, site_address: str = "") -> dict[str, Any]:
    """All that the template needs to set a paper in type of a size."""
    blocks = nodes(paper.markdown, paper.uri, site_address)
    last = max(i for i, block in enumerate(blocks) if block["kind"] == "heading")
    blocks[last:] = [{"kind": "about", "body": blocks[last:]}]  # where the paper comes from, on one page
    across = _WIDTH / (points * 0.3528 * 0.47)  # letters in a line: they are 0.47 of the type's size wide on average
    prepared = _prepared(blocks, int(across))
    sheet = paper.pack.form == "sheet"
    return {
        "title": paper.pack.title,
        "author": paper.author,
        "description": paper.pack.purpose,
        "date": [int(part) for part in paper.date.split("-")] if paper.date else None,
        "language": LANGUAGE,
        "fonts": fonts.FONTS,
        "points": points,
        "large": points >= LARGE,
        "form": paper.pack.form,
        "foot_lines": math.ceil((len(paper.pack.title) + 12) / across),
        "source": paper.source,
        "code": asdict(qr_code(paper.address)) if paper.address else None,
        "nodes": prepared if sheet else [],
        "cards": [] if sheet else _cards(prepared),
    }


def _prepared(value: Any, across: int) -> Any:
    """Blocks made ready for lines of so many letters: very long words may break, tables fit or are stacked."""
    if isinstance(value, str):
        return _LONG.sub(lambda long: long[0] if "://" in long[0] else _ZERO_WIDTH_SPACE.join(long[0]), value)
    if isinstance(value, list):
        return [_prepared(item, across) for item in _kept_together(value)]
    if not isinstance(value, dict):
        return value
    as_is = ("id", "url", "kind", "way")
    made = {name: item if name in as_is else _prepared(item, across) for name, item in value.items()}
    match value["kind"]:
        case "table":
            made = _fitted(made, across)
        case "paragraph" | "address":  # a drawing within a line only decorates
            runs = [run for run in made["body"] if isinstance(run, str) or run["kind"] != "drawing"]
            made["body"] = [runs[0].lstrip(" "), *runs[1:]] if runs and isinstance(runs[0], str) else runs
        case "drawing":
            made = _drawn(value)
        case "card" | "beside":
            drawn = next((block for block in made["body"] if block["kind"] == "drawing"), None)
            made |= {"drawing": drawn, "body": [block for block in made["body"] if block["kind"] != "drawing"]}
        case "spoken":  # Typst knows a language by its code and that of a country
            language, *more = value["lang"].split("-")
            region = next((part.upper() for part in more if re.fullmatch("[A-Za-z]{2}", part)), "")
            made |= {"language": language.lower(), "region": region}
    return made


def _drawn(drawing: Node) -> Node:
    """A drawing in black on white, with its width; one that only decorates has no alternative."""
    box = drawings.size(drawing["svg"])
    alt = "" if drawing["hidden"] else drawing["alt"]
    return {"kind": "drawing", "svg": drawings.for_paper(drawing["svg"]), "alt": alt, "width": box[0] if box else 100.0}


def _kept_together(values: list[Any]) -> list[Any]:
    """Blocks with words and the room to write below them as one, and words that lead to a list or a table marked as such."""
    made: list[Any] = []
    for value in values:
        kind = value.get("kind", "") if isinstance(value, dict) else ""
        before = made[-1] if made and isinstance(made[-1], dict) else {}
        after_words = before.get("kind") == "paragraph"
        if after_words and kind == "lines" and len(values) > 2:
            made[-1] = {"kind": "together", "body": [before, value]}
            continue
        if after_words and kind in ("table", "list"):
            made[-1] = before | {"leads": kind == "table" or str(before["body"][-1]).endswith(":")}
        made.append(value)
    return made


def _fitted(table: Node, across: int) -> Node:
    """A table with the share of the page that each column gets, or marked to be stacked where a column would get too little."""
    columns = list(zip(*[row for row in (table["head"], *table["rows"]) if row], strict=False))
    texts = [["".join(words(cell)) for cell in column] for column in columns]
    least = [max((len(word) for text in column for word in text.split()), default=1) + 2 for column in texts]
    needed = [max(n, *(min(len(text), 20) + 2 for text in column)) for n, column in zip(least, texts, strict=True)]
    mean = [sum(map(len, column)) / max(len(column), 1) for column in texts]
    spare = max(across * 0.92 - sum(least), 0)
    shares = [n + spare * m / max(sum(mean), 1) for n, m in zip(least, mean, strict=True)]
    return table | {"stacked": sum(needed) > across * 0.92, "widths": shares}


def _cards(blocks: list[Node]) -> list[Node]:
    """Blocks as cards: the title, each question or word, each card to hold up, and where they come from."""
    cards: list[Node] = []
    opening: list[Node] = []
    group: list[Run] = []
    level, first = 2, True
    asked = _("Question %(number)s of %(total)s")
    total = sum(len(block["items"]) for block in blocks if block["kind"] == "list" and block["ordered"])
    for block in blocks:
        if block["kind"] == "heading" and block["level"] > 1:
            group, level, first = block["body"], block["level"], True
        elif block["kind"] == "list":
            for number, item in enumerate(block["items"], block["start"]):
                named = asked % {"number": number, "total": total} if block["ordered"] else ""
                body = [b for b in item if b["kind"] != "lines"]
                card = {"kind": "question", "group": group, "level": level, "first": first}
                cards.append(card | {"number": named, "body": body})
                first = False
        elif block["kind"] == "card":
            cards.append(block | {"kind": "signal"})
        elif block["kind"] == "about":
            cards.append(block)
        else:
            opening.append(block)
    return [{"kind": "title", "body": opening}, *cards]
