"""The rules for HTML in pages: what may stand there, so that nothing in a page can run, load or look like another part of the site.

Python-Markdown leaves HTML as it is, and the policy for browsers names the hash of every script that a page holds, so what must not be there is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.base import Problem
from evidence.model.parts import Parts
from evidence.rules.subject import Subject, placed
from evidence.text.dialects import TABLE
from evidence.text.direction import LANGUAGE
from evidence.text.words import quoted

# Elements that only say what words are (HTML Living Standard, "Text-level semantics", "Grouping content"), and those that need no end.
_BLOCKS = "div section aside figure figcaption details summary p blockquote dl dt dd ul ol li"
_INLINE = "abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"
BLOCKS, INLINE, VOID = set(_BLOCKS.split()), set(_INLINE.split()), {"br", "hr", "wbr"}
# MkDocs neither checks nor mends addresses in HTML.
_INSTEAD = {"a": "write a link as [words](address)", "img": "write a picture as ![what it shows](address)"}
_INSTEAD |= dict.fromkeys(["table", "thead", "tbody", "tr", "td", "th"], f"take it out, and {TABLE}")
_INSTEAD |= dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "write a heading as ## Words { #words }")
_ATTRIBUTES = {"class", "id", "lang", "dir", "title", "markdown", "role", "open", "datetime", "hidden"}
# A comment that never ends is told elsewhere.
_OPENS = re.compile(r"<(?:[A-Za-z/?]|!(?!--))")
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=]+))?")
_SPOKEN = re.compile(r"(?<![\w-])(lang|dir)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>}]+))", re.I)
_ADDRESS = re.compile(r"<(?:https?://[^\s<>\"']*|mailto:[^\s<>\"']*|[\w.+-]+@[\w.-]+)>", re.I)
# Attribute lists (Python-Markdown, "Attribute Lists") could set any attribute of any element.
_LIST = re.compile(r"\{:?[ \t]*([^{}\n]*)\}")
_VALUE = re.compile(r"=[ \t]*(?:\"[^\"]*\"|'[^']*'|[^\s\"']*)")
# A word alone is an attribute, too: its own name is its value.
_LOUD = re.compile(r"on[a-z]+|style|href|src|srcset|srcdoc|action|formaction|poster|data|background|xlink:href", re.I)
_HARMLESS = re.compile(r"id|class|title|lang|dir|role|width|height|loading|alt|start|data-[\w-]+|aria-[\w-]+", re.I)


def pages_hold_only_quiet_html(subject: Subject) -> Iterator[Problem]:
    """HTML in pages says what words are and no more: no element or attribute that runs, loads, styles or sends anything."""
    for document in subject.documents:
        yield from placed(document, html_faults(document.parts))


def html_faults(parts: Parts) -> Iterator[tuple[int, str]]:
    """The offset and message of each tag and attribute of a Markdown text that a page may not have."""
    text = parts.text
    if "<" not in text and "{" not in text:
        return
    open_blocks = 0
    for match in _OPENS.finditer(text):
        # Within an element, what looks like code may not be code to Python-Markdown.
        if parts.in_comment(match.start()) or (not open_blocks and parts.in_code(match.start())):
            continue
        tag = _TAG.match(text, match.start())
        name = tag[2].lower() if tag else ""
        if tag and name in BLOCKS:
            open_blocks = max(0, open_blocks + (-1 if tag[1] else 1))
        if tag and name in BLOCKS | INLINE | VOID:
            for attribute in _ATTRIBUTE.findall(tag[3]):
                if attribute.lower() not in _ATTRIBUTES and not attribute.lower().startswith(("data-", "aria-")):
                    yield match.start(), f"attribute {quoted(attribute)} of <{name}> cannot stand in a page; remove it"
            yield from ((match.start(), message) for message in _misspoken(tag[3]))
        elif not _ADDRESS.match(text, match.start()):
            shown = text[match.start() : match.start() + 40].partition("\n")[0].partition(">")
            advice = _advice(text[match.start() - 2 : match.start()], "".join(shown[:2]))
            yield match.start(), f"{quoted(shown[0] + shown[1])} cannot stand in a page as HTML; {advice}"
    for match in _LIST.finditer(text):
        if not parts.in_comment(match.start()) and (open_blocks or not parts.in_code(match.start())):
            for word in _VALUE.sub("= ", match[1]).replace("=", "= ").split():
                attribute = word.rstrip("=")
                named = word.endswith("=") and attribute
                if (named and not _HARMLESS.fullmatch(attribute)) or _LOUD.fullmatch(attribute):
                    advice = "remove it, or write \\{ for a brace"
                    yield match.start(), f"{quoted(attribute)} in braces cannot stand in a page; {advice}"
            yield from ((match.start(), message) for message in _misspoken(match[1]))


def _misspoken(attributes: str) -> Iterator[str]:
    """What is wrong with a language or a direction among attributes: browsers, screen readers and papers would pass over it."""
    for name, *values in _SPOKEN.findall(attributes):
        value = next(filter(None, values), "")
        if name.lower() == "lang" and not LANGUAGE.fullmatch(value):
            yield f'lang {quoted(value)} is no code of a language; write one such as lang="cy" or lang="en-GB"'
        elif name.lower() == "dir" and value.lower() not in ("ltr", "rtl", "auto"):
            yield f'dir {quoted(value)} is no direction; write dir="rtl" for words that run from right to left'


def _advice(before: str, tag: str) -> str:
    if before == "](":
        return "write the address without < and >"
    name = re.match(r"</?([A-Za-z][\w:-]*)[^<>]*>", tag)
    return _INSTEAD.get(
        name[1].lower() if name else "", f"{'take it out, or ' if name else ''}write &lt; for a less-than sign"
    )
