"""A Python-Markdown extension: the links to the file of a recording and to its captions get a player above them.

Where this extension is not there, and on paper, they are links. It comes after the site generator has made addresses of the links, which it takes for the player.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from evidence.text import escape
from evidence.text.languages import name_for_readers

_PLAYS, _CAPTIONS = "plays-", "captions-"


class Recordings(Extension):
    """The extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Run last: MkDocs makes addresses of links at priority 0."""
        md.treeprocessors.register(_Recordings(md), "evidence_recordings", -5)


class _Recordings(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for figure in root.iter("figure"):
            if figure.get("class") != "recording":
                continue
            for number, paragraph in enumerate(figure):
                if player := _player(paragraph, figure.get("id", "")):
                    placed = ElementTree.Element("p")
                    placed.text = self.md.htmlStash.store(player)
                    figure.insert(number, placed)
                    break


def _player(paragraph: ElementTree.Element, name: str) -> str:
    """The player for the links in a paragraph, which loads no video or sound before it is started; '' where none leads to a recording."""
    player = source = track = ""
    for link in paragraph.iter("a"):
        address = escape.html_text(link.get("href", ""))
        for css in link.get("class", "").split():
            if css.startswith(_PLAYS):
                player = css.removeprefix(_PLAYS)
                source = address
            elif css.startswith(_CAPTIONS):
                tag = css.removeprefix(_CAPTIONS)
                label = escape.html_text(name_for_readers(tag))
                track = f'<track kind="captions" src="{address}" srclang="{tag}" label="{label}" default>'
    label = f' aria-labelledby="{name}-caption"'
    return f'<{player} controls preload="none" src="{source}"{label}>{track}</{player}>' if player else ""
