"""A Markdown text -> its parts; each text is parsed once, and its parts are handed on.

Citations follow pandoc's syntax (Pandoc User's Guide, "Citation syntax"), in square brackets only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.model.parts import Citation, CitedItem, Directive, Parts, Slip
from evidence.text.addresses import BARE_KEY, cited_key
from evidence.text.spans import Span, code_spans, inside
from evidence.text.words import did_you_mean, quoted

_DIRECTIVE = re.compile(r"\s*evidence:\s*([a-z-]+)((?:\s+[\w-]+)*)\s*", re.S)
_BRACKET = re.compile(r"(?<!\\)\[([^\[\]@]*@[^\[\]]*)\](?!\((?:https?:|mailto:))")
_NEARLY_CITED = re.compile(r"(?:^|[\s;])-?@[\w{]")
# Not within a key in braces, which may hold any sign.
_BETWEEN = re.compile(r";(?![^{}]*\})")
_ITEM = re.compile(
    rf"(?:(?P<prefix>[^@]*) )?(?P<minus>-)?@(?:(?P<key>{BARE_KEY})|\{{(?P<braced>[^{{}}\s]+)\}})"
    r"(?: ?, ?(?P<locator>\S.*))?",
    re.S,
)


# The same words stand in the data, in tables and in what is measured, and the ends of cells and lines everywhere.
@lru_cache(maxsize=16_384)
def parse_parts(text: str) -> Parts:
    """The parts of a text."""
    code, unclosed = code_spans(text)
    slips: list[Slip] = []
    if unclosed is not None:
        message = "this piece of code is never closed; end it with a line of the same characters (``` or ~~~)"
        slips.append(Slip(unclosed, unclosed, "code", message))
    comments: list[Span] = []
    directives: list[Directive] = []
    for start, end in _comments(text, code):
        if end is None:
            slips.append(Slip(start, start, "comment", _never_closed(text[start : start + 100])))
            continue
        comments.append((start, end))
        words = text[start + 4 : end - 3]
        word = re.match(r"\s*([\w-]+)\s*:?", words)
        if directive := _DIRECTIVE.fullmatch(words):
            directives.append(Directive(start, end, directive[1], tuple(directive[2].split())))
        elif "<!--" in words:
            slips.append(Slip(start, end, "comment", _never_closed(text[start:end])))
        elif word and (word[1].lower() == "evidence" or (":" in word[0] and did_you_mean(word[1], ["evidence"]))):
            message = f"{quoted(text[start:end])} is not a marker; write <!-- evidence: name --> with lower-case words"
            slips.append(Slip(start, end, "comment", message))
    cited = list(_citations(text, code, comments)) if "@" in text else []
    citations = tuple(found for found in cited if isinstance(found, Citation))
    slips += (found for found in cited if isinstance(found, Slip))
    return Parts(text, tuple(code), tuple(comments), tuple(directives), citations, tuple(slips))


def _comments(text: str, code: list[Span]) -> Iterator[tuple[int, int | None]]:
    """The places of the comments of `text` that do not begin in its code; without an end, those that never end."""
    start, last = text.find("<!--"), text.rfind("-->")
    while start >= 0:
        end: int | None = None
        if not inside(code, start):
            end = text.find("-->", start + 4) + 3 if start + 4 <= last else None
            yield start, end
        start = text.find("<!--", end or start + 4)


def _never_closed(comment: str) -> str:
    return f"comment {quoted(comment.partition(chr(10))[0])} is never closed; end it with -->"


def _needless(item: re.Match[str]) -> bool:
    """Whether a key stands in braces that needs none: one way of writing a key is enough."""
    return bool(item["braced"]) and cited_key(item["braced"]) == item["braced"]


def _advice(part: str) -> str:
    """What to write in the place of a part of a bracket that is no citation."""
    if (braced := _ITEM.fullmatch(part)) and braced["braced"]:
        return f"write [@{braced['braced']}], without braces"
    advice = "write [@key] or [@key, p. 3; @other]"
    # Other signs than pandoc knows in a key, or one of them at its end.
    if odd := re.fullmatch(r"(?:.* )?-?@([^\s,{}]*[^\s,{}\w][^\s,{}]*)(?:,.*)?", part):
        advice += f", and a key with such signs in braces: [@{{{odd[1]}}}]"
    return advice


def _citations(text: str, code: list[Span], comments: list[Span]) -> Iterator[Citation | Slip]:
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        if inside(code, start) or inside(comments, start) or not _NEARLY_CITED.search(match[1]):
            continue
        words = re.sub(r"<!--.*?-->", "", match[1], flags=re.S) if "<!--" in match[1] else match[1]
        parts = [" ".join(part.split()) for part in _BETWEEN.split(words)]
        items = [_ITEM.fullmatch(part) for part in parts]
        bad = next((part for part, item in zip(parts, items, strict=True) if not item or _needless(item)), None)
        after = text[end : end + 1]
        if bad is not None:
            message = f"{quoted(match[0])} cannot be read as a citation at {quoted(bad)}; {_advice(bad)}"
            yield Slip(start, end, "citation", message)
        elif after and after in "([":
            message = f"{quoted(match[0])} touches a '{after}', so it reads as a link; put a space between, or write [@key; @other]"
            yield Slip(start, end, "citation", message)
        else:
            works = tuple(
                CitedItem(m["key"] or m["braced"], m["locator"] or "", m["prefix"] or "", bool(m["minus"]))
                for m in items
                if m
            )
            yield Citation(start, end, works)
