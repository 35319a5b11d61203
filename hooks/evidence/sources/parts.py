"""A Markdown text -> its parts; each text is parsed once, and its parts are handed on.

Citations follow pandoc's syntax (Pandoc User's Guide, "Citation syntax"), in square brackets only. What other programs have in their place is a slip
(see `namings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.documents.parts import Citation, CitedItem, Directive, Parts, Slip
from evidence.text.addresses import BARE_KEY, cited_key
from evidence.text.namings import foreign_citations, misplaced
from evidence.text.spans import Span, code_spans, inside
from evidence.text.words import did_you_mean, quoted

_DIRECTIVE = re.compile(r"\s*evidence:\s*([a-z-]+)((?:\s+[\w-]+)*)\s*", re.S)
# Not within a key in braces, which may hold any sign.
_BETWEEN = re.compile(r";(?![^{}]*\})")
# What some keyboards and programs have in the place of @.
_AT = str.maketrans({"＠": "@", "﹫": "@"})
_BRACKET = re.compile(r"(?<!\\)\[([^\[\]@＠﹫]*[@＠﹫][^\[\]]*)\](?!\((?:https?:|mailto:))")
_NEARLY_CITED = re.compile(r"(?:^|[\s;,:])-?@[\w{]|(?:^|;)\s*-?@\s+\w|@\s+\w+\d{4}")
MAX_MENDED = 300
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
    cited = list(_citations(text, code, comments)) if "@" in text or "＠" in text or "﹫" in text else []
    citations = tuple(found for found in cited if isinstance(found, Citation))
    slips += (found for found in cited if isinstance(found, Slip))
    if "\\" in text or "cite" in text or "{" in text or "ADDIN" in text:
        found = ((start, end, message) for start, end, message in foreign_citations(text))
        slips += (
            Slip(start, end, "citation", message)
            for start, end, message in found
            if not inside(code, start) and not inside(comments, start)
        )
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


def _citations(text: str, code: list[Span], comments: list[Span]) -> Iterator[Citation | Slip]:
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        inner = match[1].translate(_AT)
        if inside(code, start) or inside(comments, start) or not _NEARLY_CITED.search(inner):
            continue
        words = re.sub(r"<!--.*?-->", "", inner, flags=re.S) if "<!--" in inner else inner
        parts = [" ".join(part.split()) for part in _BETWEEN.split(words)]
        items = [_ITEM.fullmatch(part) for part in parts]
        works = tuple(
            CitedItem(m["key"] or m["braced"], m["locator"] or "", m["prefix"] or "", bool(m["minus"]))
            for m in items
            if m
        )
        bad = next((part for part, item in zip(parts, items, strict=True) if not item or _odd(item)), None)
        if bad is None and inner == match[1]:
            wrong = misplaced(text, start, end)
        else:
            wrong = f"{quoted(match[0])} cannot be read as a citation{f' at {quoted(bad)}' if bad else ''}; {_mended(words)}"
        yield Slip(start, end, "citation", wrong) if wrong else Citation(start, end, works)


def _odd(item: re.Match[str]) -> bool:
    """Whether a key stands in braces and needs none, as one way of writing a key is enough; or another work follows, and no ';' before it."""
    needless = bool(item["braced"]) and cited_key(item["braced"]) == item["braced"]
    return needless or "@" in re.sub(r"\w@\w", "", item["locator"] or "")  # an e-mail address may stand there


def _mended(words: str) -> str:
    """What to write in the place of `words` in square brackets, one work after the other, as far as these can be told apart."""
    if len(words) > MAX_MENDED:
        return "write [@key] or [@key, p. 3; @other]"
    words = re.sub(r"(@\S+):\s", r"\1, ", re.sub(r"\bcite\w*:\s*(?=-?@)", "", words))
    words = re.sub(r"(@\S+)\s*\((pp?\.[^()]*)\)", r"\1, \2", words)
    words = re.sub(r"@\s*(?:\{\s*([^\s{}]+)\}?|([^\s;,{}@–—\\]+)\\?)", lambda m: f"@{cited_key(m[1] or m[2])}", words)
    before, at, after = words.partition("@")
    after = re.sub(r"\s*(?:[,;&+/–—]|\band\b)*\s*(-?@)", r"; \1", after)
    after = re.sub(r"(?<![;,])\s+(?=p+\.\s?\d)|\s*;\s*(?=p+\.\s?\d)", ", ", after)
    items = [" ".join(item.split()).rstrip(" ,") for item in _BETWEEN.split(f"{before}{at}{after}") if item.strip()]
    if items and all(_ITEM.fullmatch(item) for item in items):
        between = "write ; between works: " if len(items) > 1 else "write "
        return f"{between}[{'; '.join(items)}]"
    return "write [@key] or [@key, p. 3; @other]"
