"""A Python-Markdown extension: every Markdown table becomes a table that people can find their way in.

The paragraph 'Table: caption' above a table becomes its caption, the first column its row headers (WCAG 2.2, 1.3.1; technique H63), each cell
knows its column's name for narrow screens, and the box that scrolls sideways can be reached by keyboard and has a name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER

from evidence.output.markdown import CAPTION
from evidence.text.translation import _

WIDE_FROM = 6
# Raw HTML, which Python-Markdown keeps apart until the end.
STASHED = re.compile(HTML_PLACEHOLDER % "([0-9]+)")


class RealTables(Extension):
    """The extension; it needs Python-Markdown's own `tables`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Run after the inline patterns and the attribute lists, so that captions and headers hold their final text."""
        md.treeprocessors.register(_Tables(md), "evidence_tables", 7)


class _Tables(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        number = 0
        for parent in list(root.iter()):
            for table in [child for child in parent if child.tag == "table"]:
                number += 1
                mend(parent, table, number, self.md.htmlStash.rawHtmlBlocks)


def mend(parent: ElementTree.Element, table: ElementTree.Element, number: int, stash: Sequence[Any] = ()) -> None:
    """Mend the table inside `parent`, the `number`th of its page; `stash` is what Python-Markdown keeps of raw HTML."""
    at = list(parent).index(table)
    before = parent[at - 1] if at else None
    name = {"aria-label": _("Table %s") % number}
    if before is not None and before.tag == "p" and (before.text or "").startswith(CAPTION):
        caption = ElementTree.Element("caption", {"id": f"caption-{number}"})
        caption.text = (before.text or "").removeprefix(CAPTION)
        caption.extend(list(before))
        parent.remove(before)
        table.insert(0, caption)
        at -= 1
        name = {"aria-labelledby": f"caption-{number}"}
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
    table.set("class", "real wide" if len(names) > WIDE_FROM else "real")  # wide ones are stacked on paper
    box = ElementTree.Element("div", {"class": "table-box", "role": "region", "tabindex": "0", **name})
    box.tail, table.tail = table.tail, "\n"
    parent[at] = box
    box.append(table)


def _words(text: str, stash: Sequence[Any]) -> str:
    """Text of a header without markup: raw HTML, which Python-Markdown keeps apart until the end, is put in and its tags are taken out."""
    text, found = STASHED.subn(lambda m: str(stash[int(m[1])]), text.replace(AMP_SUBSTITUTE, "&"))
    text = " ".join(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>|<!--.*?-->", "", text, flags=re.S)).split())
    # Python-Markdown's serializer takes an & that begins a character reference for one that is escaped.
    return re.sub(r"&(?=#?\w+;)", "&amp;", text) if found else text


def makeExtension(**options: Any) -> RealTables:  # noqa: N802 (the name is Python-Markdown's)
    """Python-Markdown's way in."""
    return RealTables(**options)
