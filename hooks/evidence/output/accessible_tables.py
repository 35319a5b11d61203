"""A Python-Markdown extension: every Markdown table becomes a table that people can find their way in.

The paragraph 'Table: caption' above a table becomes its caption, the first column its row headers (WCAG 2.2, 1.3.1; technique H63), each cell
knows its column's name for where its head is out of sight, several statements in a cell are a list, and the box that may scroll sideways can be
reached by keyboard and has a name. Classes say what becomes of a table that has too little room: it is `folded` on a screen, `landscape` or
`stacked` on paper, where rows of a `long` one may go on overleaf.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER

from evidence.output.markdown import CAPTION
from evidence.text.translation import _

# How many letters stand side by side in a window of 1280 pixels and on A4; how wide prose must be to be read, and the room between columns.
SCREEN, PORTRAIT, LANDSCAPE = 110, 82, 120
PROSE, BETWEEN = 14, 2
# On A4 a cell may have so many lines before its row may go on overleaf; longer prose stands in at most so many columns of a sheet, upright or on its side.
MOST_LINES, MOST_UPRIGHT, MOST_BESIDE = 12, 3, 5
BREAK = re.compile(r"<br ?/?>")
# Raw HTML, which Python-Markdown keeps apart until the end.
STASHED = re.compile(HTML_PLACEHOLDER % "([0-9]+)")
Part = str | ElementTree.Element


class RealTables(Extension):
    """The extension; it needs Python-Markdown's own `tables`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Run after the inline patterns and the attribute lists, so that captions and headers hold their final text."""
        md.treeprocessors.register(_Tables(md), "evidence_tables", 7)


class _Tables(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        number = 0
        for parent in list(root.iter()):
            # One with a class is none of Markdown's, and has all that it needs.
            for table in [child for child in parent if child.tag == "table" and "class" not in child.attrib]:
                number += 1
                mend(parent, table, number, self.md.htmlStash.rawHtmlBlocks)


def mend(parent: ElementTree.Element, table: ElementTree.Element, number: int, stash: Sequence[Any] = ()) -> None:
    """Mend the table inside `parent`, the `number`th of its page; `stash` is what Python-Markdown keeps of raw HTML.

    The class of its caption's paragraph becomes its own, in the place of "real": such a table has a look of its own.
    """
    at = list(parent).index(table)
    before = parent[at - 1] if at else None
    own = ""
    if before is not None and before.tag == "p" and (before.text or "").startswith(CAPTION):
        caption = ElementTree.Element("caption")
        caption.text = (before.text or "").removeprefix(CAPTION)
        caption.extend(list(before))
        own = before.get("class", "")
        parent.remove(before)
        table.insert(0, caption)
        at -= 1
    heads = [cell for row in table.findall("thead/tr") for cell in row]
    for cell in heads:
        cell.set("scope", "col")
        cell.attrib.pop("style", None)
    names = [_words("".join(cell.itertext()), stash) for cell in heads]
    for row in table.findall("tbody/tr"):
        for i, cell in enumerate(row):
            cell.attrib.pop("style", None)  # a Content-Security-Policy would refuse it
            if i == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            elif i < len(names):
                cell.set("data-label", names[i])
    rows = [[_words("".join(cell.itertext()), stash) for cell in row] for row in table.iter("tr")]
    table.set("class", own or " ".join(["real", *_too_wide(list(zip(*rows, strict=False)))]))
    for cell in table.findall("tbody/tr/td"):
        _list_statements(cell, stash)
    said = table.find("caption")
    name = {"aria-label": _("Table %s") % number}
    if said is not None:
        said.set("id", f"__table-{number}")  # no heading has such an id
        name = {"aria-labelledby": said.get("id", "")}
    box = ElementTree.Element("div", {"class": "table-box", "role": "region", "tabindex": "0", **name})
    box.tail, table.tail = table.tail, "\n"
    parent[at] = box
    box.append(table)


def _too_wide(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """What becomes of a table with these texts in its columns where they have too little room: the classes that say so."""
    word = [max((len(part) for text in column for part in text.split()), default=0) + BETWEEN for column in columns]
    longest = [max(map(len, column)) for column in columns]
    least = [max(w, min(n, PROSE) + BETWEEN) for w, n in zip(word, longest, strict=True)]
    if sum(least) > SCREEN:
        yield "folded"
    lines = max(longest, default=0) * len(columns) / PORTRAIT  # of the longest cell, in columns of one width
    if lines > MOST_LINES:
        yield "long"
    if sum(least) > PORTRAIT or (lines > MOST_LINES and len(columns) > MOST_UPRIGHT):
        yield "landscape" if len(columns) <= MOST_BESIDE and sum(word) <= LANDSCAPE else "stacked"


def _list_statements(cell: ElementTree.Element, stash: Sequence[Any]) -> None:
    """Several statements in a cell, with <br> between them, become a list; what is said of them all in <small> stays below it."""
    parts = list(_parts(cell, stash))
    breaks = [i for i, (_part, tag) in enumerate(parts) if BREAK.fullmatch(tag)]
    last = max(breaks, default=-1)
    end = next((i for i, (_part, tag) in enumerate(parts) if i > last and tag.startswith("<small")), len(parts))
    pieces = [[part for part, _tag in parts[a + 1 : b]] for a, b in pairwise([-1, *breaks, end])]
    pieces = [piece for piece in pieces if any(not isinstance(part, str) or part.strip() for part in piece)]
    if len(pieces) < 2:
        return
    for child in list(cell):
        cell.remove(child)
    cell.text = None
    statements = ElementTree.SubElement(cell, "ul", {"class": "statements"})
    for piece in pieces:
        _fill(ElementTree.SubElement(statements, "li"), piece)
    _fill(cell, [part for part, _tag in parts[end:]])


def _parts(cell: ElementTree.Element, stash: Sequence[Any]) -> Iterator[tuple[Part, str]]:
    """What a cell holds, in order: words, elements, and tags of raw HTML with their text, where no other such tag is open around them."""
    depth = 0
    for found in (cell.text or "", *(part for child in cell for part in (child, child.tail or ""))):
        if not isinstance(found, str):
            yield found, f"<{found.tag}>"
            continue
        for i, piece in enumerate(STASHED.split(found)):
            if i % 2 == 0:
                yield piece, ""
                continue
            tag = str(stash[int(piece)])
            depth -= tag.startswith("</")
            yield HTML_PLACEHOLDER % piece, "" if depth else tag
            depth += bool(re.match(r"<(?!(?:br|wbr|hr|img)\b)[A-Za-z][^<>]*(?<!/)>", tag))


def _fill(element: ElementTree.Element, parts: Iterable[Part]) -> None:
    """Put parts at the end of an element."""
    for part in parts:
        if not isinstance(part, str):
            part.tail = None
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part


def _words(text: str, stash: Sequence[Any]) -> str:
    """Text of a header without markup: raw HTML, which Python-Markdown keeps apart until the end, is put in and its tags are taken out."""
    text, found = STASHED.subn(lambda m: str(stash[int(m[1])]), text.replace(AMP_SUBSTITUTE, "&"))
    text = " ".join(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>|<!--.*?-->", "", text, flags=re.S)).split())
    # Python-Markdown's serializer takes an & that begins a character reference for one that is escaped.
    return re.sub(r"&(?=#?\w+;)", "&amp;", text) if found else text


def makeExtension(**options: Any) -> RealTables:  # noqa: N802 (the name is Python-Markdown's)
    """Python-Markdown's way in."""
    return RealTables(**options)
