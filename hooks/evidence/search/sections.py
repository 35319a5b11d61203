"""The sections of a rendered page as plain text: what search shows of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.S)
_NAME, _CLASS = re.compile(r"""\bid=["']?([^\s"'>]+)"""), re.compile(r"""\bclass=["']?([^"'>]*)""")
_SILENT = re.compile(r"""\bdata-search-exclude\b|\baria-hidden=["']?true|\bhidden\b(?!=)""")
# What belongs to the page and not to its text.
_SILENT_ELEMENTS = frozenset({"button", "input", "nav", "script", "select", "style", "svg", "template", "textarea"})
_SILENT_CLASSES = frozenset({"downloads", "headerlink", "note-link", "page-facts"})
_EMPTY = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_INLINE = frozenset(
    """
    a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var
    wbr
    """.split()  # noqa: SIM905
)
_HEADING = re.compile("h([1-6])")
_ENDED = (".", "!", "?", ":", ";", ",", "…", "。")


@dataclass(frozen=True, slots=True)
class Section:
    """The text below a heading, up to the next one; `id` is '' for what stands below the title of the page."""

    id: str
    title: str
    text: str


def sections(page: str) -> list[Section]:
    """The sections of a page's own HTML. Blocks and cells are set apart; what only serves the page, or is marked `data-search-exclude`, is left out."""
    found: list[Section] = []
    name, title, blocks = "", "", [""]
    silent, depth = "", 0  # the element that is passed over, and how many of its name are open in it
    skipped, heading = 0, 0  # the level of the heading below which all is passed over, and that of the open one

    def end() -> None:
        text = _joined(blocks)
        if name or title or text:
            found.append(Section(name, title, text))

    for text, closing, tag, attributes in _pieces(page):
        if text and not silent and not skipped:
            blocks[-1] += text
        if not tag:
            continue
        if silent:
            depth += (tag == silent) * (-1 if closing else tag not in _EMPTY)
            silent = silent if depth else ""
            continue
        if (match := _HEADING.fullmatch(tag)) and not closing:
            if skipped and int(match[1]) <= skipped:
                skipped = 0
            if not skipped and (at := _NAME.search(attributes)):
                if int(match[1]) > 1:
                    end()
                    name = html.unescape(at[1])
                heading, blocks = int(match[1]), [""]
                if _SILENT.search(attributes):
                    skipped, heading, name, title = heading, 0, "", ""
            continue
        if match and closing and heading:
            title, blocks = _joined(blocks), [""]
            heading = 0
        elif not closing and tag not in _EMPTY and _is_silent(tag, attributes):
            silent, depth = tag, 1
        elif tag not in _INLINE and blocks[-1]:
            blocks.append("")
    end()
    return found


def _pieces(page: str) -> Iterator[tuple[str, str, str, str]]:
    """Each tag of a page as its slash, its name and its attributes, after the text that stands before it."""
    at = 0
    for match in _TAG.finditer(page):
        yield html.unescape(page[at : match.start()]), match[1] or "", (match[2] or "").lower(), match[3] or ""
        at = match.end()
    yield html.unescape(page[at:]), "", "", ""


def _is_silent(tag: str, attributes: str) -> bool:
    if tag in _SILENT_ELEMENTS:
        return True
    if not attributes:
        return False
    classes = _CLASS.search(attributes)
    return bool(_SILENT.search(attributes) or (classes and not _SILENT_CLASSES.isdisjoint(classes[1].split())))


def _joined(blocks: list[str]) -> str:
    """Blocks in one line, set apart where no stop does it."""
    found = ""
    for block in (" ".join(block.split()) for block in blocks):
        if block:
            found += ("" if not found else " " if found.endswith(_ENDED) else "; ") + block
    return found
