"""Which language words are in, and which way they run: Hebrew and Arabic run from right to left, and would pull figures and commas beside them along (Unicode Standard Annex 9).

In plain text two unseen characters set such words apart from what stands around them; `escape` makes an element of them where there is markup.
"""

from __future__ import annotations

import re

_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"  # all that Unicode has set aside
_LEFTWARD_LETTER = re.compile(f"(?=[{_LEFTWARD}])[^\\W\\d_]")
_MARKED = re.compile(f"[{_LEFTWARD}\u200f\u202a-\u202e\u2066-\u2069]")
_LETTER = re.compile(r"[^\W\d_]")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.I)
"""A tag of a language such as `cy` or `en-GB` (BCP 47, without its rare forms)."""
_BEGIN = {"rtl": "\u2067", "ltr": "\u2066"}
_END = "\u2069"
_ISOLATED = re.compile(f"([\u2066\u2067])([^\u2066-\u2069]*){_END}")


def direction(text: str) -> str:
    """'rtl' for a text most of whose letters are written from right to left, 'ltr' for another that has any such, '' for one that has none."""
    if text.isascii() or not _MARKED.search(text):
        return ""
    leftward = len(_LEFTWARD_LETTER.findall(text))
    return "rtl" if leftward * 2 > len(_LETTER.findall(text)) else "ltr"


def isolated(text: str, way: str = "") -> str:
    """Plain text that moves nothing around it: between isolates where it, or the way that it is said to run, asks for them, else as it is.

    Text in which some words are set apart already stays as it is.
    """
    way = way or ("" if _END in text else direction(text))
    return f"{_BEGIN[way]}{text}{_END}" if way else text


def after(text: str, words: str) -> str:
    """Words to stand after a text: where it ends with a letter that runs from right to left, an unseen mark keeps it from pulling them along."""
    return f"\u200e{words}" if direction(text[-40:].rstrip()[-1:]) == "rtl" else words


def with_elements(escaped: str) -> str:
    """Text of HTML or Markdown with <bdi> in the place of isolates."""
    if _END not in escaped:
        return escaped
    return _ISOLATED.sub(lambda m: f'<bdi dir="{"rtl" if m[1] == _BEGIN["rtl"] else "ltr"}">{m[2]}</bdi>', escaped)


def without_isolates(text: str) -> str:
    """Text for programs, which want the words alone."""
    return _ISOLATED.sub(r"\2", text) if _END in text else text
