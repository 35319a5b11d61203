"""A Python-Markdown extension: room to write, `<div class="note-lines" data-lines="6"></div>`, may stand in an item of a list.

Python-Markdown takes indented HTML for a part of a sentence and puts a paragraph around it, where HTML allows no <div>.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from evidence.output.accessible_tables import STASHED

CLASS = "note-lines"
_LINES = re.compile(rf'<div class="{CLASS}" data-lines="(\d+)">')


class NoteLines(Extension):
    """The extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Run after the inline patterns, which put the HTML aside."""
        md.treeprocessors.register(_Lines(md), "evidence_note_lines", 14)


class _Lines(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for paragraph in root.iter("p"):
            stashed = STASHED.match(paragraph.text or "")
            found = _LINES.match(str(self.md.htmlStash.rawHtmlBlocks[int(stashed[1])])) if stashed else None
            if found and not len(paragraph):
                paragraph.tag, paragraph.text = "div", ""
                paragraph.attrib = {"class": CLASS, "data-lines": found[1]}
