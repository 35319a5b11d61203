"""Links, pictures and ids in a Markdown text: where links lead, which of them lead nowhere good, and what may be linked to."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evidence.text.words import quoted

_TARGET = re.compile(
    r"\]\(\s*<?([^)>\n]{0,300})"
    r"|^[ \t>*+.)\d-]*\[[^\]\n]+\]:[\s>]*<?([^>\n]{0,300})"
    r"|\b(?:href|src|action|formaction|data)\s*=\s*[\"']?([^\"'>\n]{0,300})",
    re.M | re.I,
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SAFE = {"http", "https", "mailto", "tel"}
# From the end of a link's words on: its address, and behind that perhaps a title; or the name of an address that stands elsewhere.
_ADDRESS = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^()\\\n]|\\.|\([^()\n]*\)){0,500}))")
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')$")
_BY_NAME = re.compile(r"(?<![\]\\])\[([^\[\]\n@]{1,200})\]\[([^\[\]\n]{0,200})\]")
_NAMED = re.compile(r"^[ ]{0,3}\[([^\[\]\n]+)\]:", re.M)
_ELSEWHERE = re.compile(r"^[ ]{0,3}\[[^\]^\n]+\]:[ \t]*<?([^\s>]{1,300})", re.M)
_MOST_WORDS = 1_000
_BRACES = re.compile(r"\{:?[ \t]*([^{}\n]*)\}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"(?:^|(?<=\s))(?:\.[\w-]+)?#([^\s{}#=\"']+)")
_TAG_ID = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture: where it leads, and its words, which are None where only the address is written here, for links elsewhere on the page."""

    offset: int
    target: str
    words: str | None
    picture: bool = False


# The link from a statement to an editor's note, with the blank before it: no part of what is said.
NOTE_LINK = re.compile(r" ?\[[^\]]*\]\(#[^)]*\)\{ \.note-link [^{}]*\}")


@lru_cache(maxsize=16_384)  # more than one rule asks for the links of a page
def link_targets(text: str) -> tuple[tuple[str, int], ...]:
    """The targets of links in Markdown (inline, by reference, in HTML), each with its offset."""
    found = _TARGET.finditer(text) if "](" in text or "]:" in text or "=" in text else ()
    return tuple(
        (next(group for group in match.groups() if group is not None).strip(), match.start()) for match in found
    )


@lru_cache(maxsize=16_384)
def links(text: str) -> tuple[Link, ...]:
    """The links and pictures that Markdown makes of a text."""
    found = []
    for match in _ADDRESS.finditer(text) if "](" in text else ():
        begin = _opening(text, match.start())
        if begin is not None:
            target = match[1] if match[1] is not None else _TITLE.sub("", match[2].strip())
            picture = text[begin - 1 : begin] == "!" and text[begin - 2 : begin] != "\\!"
            found.append(Link(begin - picture, html.unescape(target), text[begin + 1 : match.start()], picture))
    if "]:" in text:
        found += (Link(match.start(), html.unescape(match[1]), None) for match in _ELSEWHERE.finditer(text))
    return tuple(found)


def links_to_nothing(text: str) -> Iterator[tuple[int, str]]:
    """The offset and the message of each link by a name whose address stands nowhere."""
    if "][" in text:
        known = {" ".join(name.casefold().split()) for name in _NAMED.findall(text)}
        for match in _BY_NAME.finditer(text):
            if " ".join((match[2] or match[1]).casefold().split()) not in known:
                advice = f"write [{match[1]}](address), or a line [{match[2] or match[1]}]: address"
                yield (
                    match.start(),
                    f"{quoted(match[0])} is shown as it stands, as its address stands nowhere; {advice}",
                )


def _opening(text: str, end: int) -> int | None:
    """Where the square bracket opens that closes at `end`; None for one that never opened, or that is escaped."""
    low, depth, at = max(0, end - _MOST_WORDS), 1, end
    while depth:
        at = max(text.rfind("[", low, at), text.rfind("]", low, at))
        if at < 0:
            return None
        if text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "]" else -1
    return at


@lru_cache(maxsize=16_384)  # rules, statements and links ask for those of a page
def ids_in(text: str) -> tuple[tuple[str, int], ...]:
    """The ids that a text gives to its parts, in braces or in HTML, each with its offset."""
    found: list[tuple[int, str]] = []
    if "#" in text and "{" in text:
        for match in _BRACES.finditer(text):
            found += ((match.start(), name[1]) for name in _NAME.finditer(_QUOTED.sub("", match[1])))
    if "<" in text:
        found += ((match.start(), match[1]) for match in _TAG_ID.finditer(text))
    return tuple((name, offset) for offset, name in sorted(found))


def heading_id(words: str) -> str:
    """The id that a heading gets which has none of its own (Python-Markdown, "Table of Contents")."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def is_unsafe(target: str) -> bool:
    """Whether an address has a scheme that can do more than lead somewhere, read as browsers do (WHATWG, "URL Standard")."""
    scheme = _scheme(target)
    return bool(scheme) and scheme not in _SAFE


def is_outside(target: str) -> bool:
    """Whether an address leads out of the site."""
    return bool(_scheme(target)) or target.startswith("//")


def _scheme(target: str) -> str:
    # A backslash before a sign is Markdown's, and gone from the page.
    address = re.sub(r"[\t\n\r\\]", "", html.unescape(target)).lstrip("".join(map(chr, range(33))))
    scheme = _SCHEME.match(address)
    return scheme[1].lower() if scheme else ""
