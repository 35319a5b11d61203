"""Which language words are in, and which way they run: Hebrew and Arabic run from right to left, and would pull figures and commas beside them along (Unicode Standard Annex 9).

In plain text two unseen characters set such words apart from what stands around them; `escape` makes an element of them where there is markup.
Between them further unseen characters may name the language of the words (Unicode, "Tag Characters"), which only that element tells.
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
_BEGINNING = re.compile("[\u2066\u2067]")
_END = "\u2069"
_TAGS = str.maketrans({chr(sign): chr(0xE0000 + sign) for sign in range(0x20, 0x7F)})
_TAGGED = "[\U000e0020-\U000e007e]"
_ISOLATED = re.compile(f"([\u2066\u2067])({_TAGGED}*)([^\u2066-\u2069]*){_END}")
_SPOKEN = re.compile(f"([\u2066\u2067]){_TAGGED}+([^\u2066-\u2069]*){_END}")
_SPOKEN_TEXT = re.compile(f"[\u2066\u2067]({_TAGGED}+)([^\u2066-\u2069<>]*){_END}")


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


def spoken(text: str, language: str, way: str) -> str:
    """Plain text between isolates that say its language and the way that it runs."""
    return f"{_BEGIN[way]}{language.translate(_TAGS)}{without_isolates(text)}{_END}"


def beginning(text: str, most: int) -> str:
    """The first words of a plain text, at most so many characters; what is set apart there ends with them."""
    words = text[:most].rsplit(" ", 1)[0]
    return words + _END * (len(_BEGINNING.findall(words)) - words.count(_END))


def with_elements(escaped: str) -> str:
    """Text of HTML or Markdown with <bdi> in the place of isolates."""
    if _END not in escaped:
        return escaped

    def element(found: re.Match[str]) -> str:
        return f'<bdi{_attribute(found[2])} dir="{"rtl" if found[1] == _BEGIN["rtl"] else "ltr"}">{found[3]}</bdi>'

    return _ISOLATED.sub(element, escaped)


def with_languages(html: str) -> str:
    """HTML with <bdi lang> in the place of what says a language, where no tag stands within that."""
    if _END not in html:
        return html
    return without_languages(_SPOKEN_TEXT.sub(lambda found: f"<bdi{_attribute(found[1])}>{found[2]}</bdi>", html))


def _attribute(tagged: str) -> str:
    language = "".join(chr(ord(sign) - 0xE0000) for sign in tagged)
    return f' lang="{language}"' if LANGUAGE.fullmatch(language) else ""


def without_languages(text: str) -> str:
    """Plain text where no language can be told: words that run from left to right stand alone, others between plain isolates."""
    return _SPOKEN.sub(lambda found: isolated(found[2]), text) if _END in text else text


def without_isolates(text: str) -> str:
    """Text for programs, which want the words alone."""
    return _ISOLATED.sub(r"\3", text) if _END in text else text
