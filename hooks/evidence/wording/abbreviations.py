"""Abbreviations are spelt out where a page first uses them, since a reader may not know them and no needed word may wait for a hover.

The letters are matched to the words beside them as A. S. Schwartz and M. A. Hearst do ("A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 8, 2003, pages 451-462).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from evidence.crosslinks import Page
from evidence.model.base import Location
from evidence.model.site_data import AllowedAbbreviation, Term
from evidence.model.vocabulary import TRANSCRIPT
from evidence.text.spans import blanked

# Two capitals or more, with a plural's s; not a part of a name in other letters, nor of an address or a file's name.
_SHORT = re.compile(r"(?<![\w&@.])([A-Z](?:[A-Z&]*[A-Z]))s?(?![\w@&]|\.\w)")
_MAYBE = re.compile(r"[A-Z][A-Z&]")
_NUMERAL = re.compile(r"[IVX]+")
# The type of file in the text of a link to such a file, '[Download this (XYZ, 3 KB)](some.xyz)', says what will come and is no word to read.
_FILE_TYPE = re.compile(r"\(([A-Z]+\d?)\b[^()\n]*\)(?=\]\([^()\s]*\.(?i:\1)\))")
# What a reader of Markdown does not see: targets of links, attribute lists, tags with what a <cite> holds, addresses, marks of emphasis.
_UNSEEN = re.compile(
    r"(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\{[^{}\n]*\}|<cite>.*?</cite>|</?[A-Za-z][^<>]*>|\bhttps?://\S+|[\[\]*\\]|(?<!\w)_|_(?!\w)",
    re.S,
)
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+#>|]|\d+[.)])[ \t])|<br>|\|")
_OPENED = re.compile(r"\( ?(?:(?:the|an?|or|also) )?$", re.I)
_FOLLOWED = re.compile(
    r"(?:['’]s)? ?\(([^()]*)\)|,? (?:is |which is |it is )?short for (.*)|,? (?:which )?stands for (.*)|[:.]? short for (.*)",
    re.I | re.S,
)
_NEAR = 200  # characters on either side in which the full form is looked for


def unspelt(blocks: Iterable[str], allowed: Iterable[AllowedAbbreviation] = ()) -> Iterator[tuple[str, int, int]]:
    """The abbreviations that a page, given as blocks of plain text in reading order, does not spell out at their first use.

    Each with its place: the number of the block, and the offset in it.
    """
    names = sorted({a.short for a in allowed}, key=len, reverse=True)
    permitted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None
    seen: set[str] = set()
    texts = list(blocks)
    for number, block in enumerate(texts):
        if not _MAYBE.search(block):
            continue
        spans = [m.span() for m in permitted.finditer(block)] if permitted else []
        for match in _SHORT.finditer(block):
            short = match[1]
            permit = any(begin <= match.start() < end for begin, end in spans)
            if permit or short in seen or _NUMERAL.fullmatch(short):
                continue
            seen.add(short)
            before = block[max(0, match.start() - _NEAR) : match.start()]
            after = block[match.end() : match.end() + _NEAR].rstrip()
            if not after and number + 1 < len(texts):  # a heading, whose full form may begin the text below it
                after = f". {texts[number + 1][:_NEAR].lstrip()}"
            if not is_spelt_out(short, before, after):
                yield short, number, match.start()


def is_spelt_out(short: str, before: str, after: str) -> bool:
    """Whether the words right before or after an abbreviation are its full form: 'Full Name (FN)', 'FN (Full Name)', 'FN is short for Full Name'."""
    before, after = re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after)
    if opened := _OPENED.search(before):
        return stands_for(short, before[: opened.start()])
    if followed := _FOLLOWED.match(after):
        words = next(group for group in followed.groups() if group is not None).split()
        # Where no bracket ends the full form, it is looked for in ever more of the words that follow.
        ends = [len(words)] if followed[1] is not None else range(1, min(len(words), _most(short)) + 1)
        return any(stands_for(short, " ".join(words[:end])) for end in ends)
    return False


def _most(short: str) -> int:
    return min(len(short) + 5, len(short) * 2)


def stands_for(short: str, words: str) -> bool:
    """Whether the letters of `short` occur in the last of `words` in order, the first of them at the start of a word (Schwartz and Hearst)."""
    text = " ".join(words.split()[-_most(short) :]).casefold()
    at = len(text)
    letters = [c for c in short.casefold() if c.isalnum()]
    for i, letter in reversed(list(enumerate(letters))):
        at = text.rfind(letter, 0, at)
        while i == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letter, 0, at)
        if at < 0:
            return False
    return True


def is_abbreviation(text: str) -> bool:
    """Whether capitals stand together in a text, as in 'NHS'."""
    return bool(_SHORT.search(text))


def full_form(short: str, glossary: Mapping[str, Term]) -> str:
    """The words that the glossary has for an abbreviation, or ''."""
    for term in glossary.values():
        forms = (term.term, *term.also)
        if any(re.search(rf"\b{re.escape(short)}\b", form) for form in forms):
            for form in forms:
                if short not in form and stands_for(short, form):
                    return form
    return ""


def blocks_of(page: Page) -> Iterator[tuple[str, Location]]:
    """The text of a hand-written page and of its directives, block by block, without citations, code and what else a reader does not see."""
    for passage in page.passages:
        text = passage.text
        if not _MAYBE.search(text) or f'class="{TRANSCRIPT}"' in text:
            continue
        parts = passage.parts
        text = blanked(text, [*parts.code, *parts.comments, *((c.start, c.end) for c in parts.citations)])
        for unseen in (_FILE_TYPE, _UNSEEN):
            text = blanked(text, [m.span() for m in unseen.finditer(text)])
        cuts = [0, *(m.end() for m in _BLOCK.finditer(text)), len(text)]
        for begin, end in pairwise(cuts):
            yield text[begin:end], Location(passage.where.path, passage.where.line + text.count("\n", 0, begin))
