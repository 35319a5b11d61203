"""A citation as text: author and year, as the Harvard style (Cite Them Right) puts it in the running text."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.model.base import OTHERS, Reference
from evidence.model.parts import CitedItem, Parts
from evidence.model.review import Review
from evidence.model.vocabulary import NO_CITATION, NOT_TRACED, STATUSES, UNDATED
from evidence.sources import parse_parts
from evidence.text.direction import after, isolated, without_isolates
from evidence.text.spans import INLINE_CODE
from evidence.text.words import listed


@dataclass(frozen=True, slots=True)
class Label:
    """How a work is cited: `author` and `year`; a work known by its title alone, such as an act, has no year of its own.

    `standing` says that the work was retracted, or the like. It ends every form of the label, so that no citation goes without it.
    """

    author: str
    year: str
    letter: str = ""
    standing: str = ""

    @property
    def ending(self) -> str:
        """The letter as it stands after the year: '-a' where that is in words."""
        return f"-{self.letter}" if self.letter and self.year.endswith(f"-{self.letter}") else self.letter

    def __str__(self) -> str:
        return ", ".join(part for part in (self.author, self.year, self.standing) if part)

    def cited(self, item: CitedItem) -> str:
        """The work as a citation of it shows: 'see Ash and Birch, 2019, p. 242'; without the author where the sentence names it."""
        names = (self.year or self.author,) if item.suppress_author else (self.author, self.year)
        said = ", ".join(part for part in (*names, item.locator, self.standing) if part)
        return f"{item.prefix} {said}".strip()


def author_label(reference: Reference) -> str:
    """The authors as cited: up to three names, the first 'et al.' from four on (Cite Them Right), else editors, else the title."""
    if short := reference.field("shortauthor"):
        return isolated(short)
    names = reference.authors or reference.editors
    if not names:
        return isolated(reference.text("title-short") or reference.title)
    shown = [isolated(name.short) for name in names]
    return f"{shown[0]} et al." if len(names) > 3 or names[-1] == OTHERS else listed(shown)


def labels(review: Review) -> dict[str, Label]:
    """The label of every reference and untraced citation. Two works of one author and year get letters, in the order of their keys."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reference in review.references.values():
        year = reference.year or UNDATED
        titled = not (reference.authors or reference.editors or reference.field("shortauthor"))
        author = author_label(reference)
        groups[(author, "" if titled and without_isolates(author).endswith(year) else year)].append(reference.key)
    found: dict[str, Label] = {}
    for (author, year), keys in groups.items():
        for i, key in enumerate(sorted(keys)):
            letter = _letter(i) if len(keys) > 1 and year else ""
            joint = "-" if year == UNDATED and letter else ""
            standing, _ = STATUSES.get(review.references[key].field("status"), ("", ""))
            found[key] = Label(author, f"{year}{joint}{letter}", letter, standing)
    for untraced in review.untraced.values():
        found[untraced.key] = Label(f"{untraced.label}, {NOT_TRACED}", "")
    return found


def _letter(i: int) -> str:
    return (_letter(i // 26 - 1) if i >= 26 else "") + chr(ord("a") + i % 26)


def in_order(keys: Iterable[str], review: Review, known: Mapping[str, Label]) -> list[str]:
    """Those of `keys` that are works of the review, as a list of references has them: by author, year, title (Cite Them Right)."""

    def place(key: str) -> tuple[str, str, str]:
        return (known[key].author.casefold(), known[key].year, review.references[key].title.casefold())

    return sorted((key for key in keys if key in review.references), key=place)


def plain(source: str | Parts, known: Mapping[str, Label]) -> str:
    """Markdown as plain text on one line: citations as '(Author, year)', links as their text, markup and comments gone."""
    text = source if isinstance(source, str) else source.text
    if not _MAYBE_MARKUP.search(text):
        return " ".join(text.split())
    kept: list[str] = []

    def restored(words: str) -> str:
        return re.sub("\ue000(\\d+)\ue001", lambda m: kept[int(m[1])], words)

    def keep(words: str) -> str:
        kept.append(restored(words))  # which may hold something kept, as code in a link does
        return f"\ue000{len(kept) - 1}\ue001"

    parts = (parse_parts(source) if isinstance(source, str) else source).shown(NO_CITATION)
    text = parts.text
    for citation in reversed(parts.citations):
        words = "; ".join(known.get(item.key, Label(item.key, "")).cited(item) for item in citation.items)
        text = f"{text[: citation.start]}{keep(after(text[: citation.start], f'({words})'))}{text[citation.end :]}"
    text = INLINE_CODE.sub(lambda m: keep(m[2].strip()), text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda m: keep(m[1]), text)
    for pattern, words in _MARKUP:
        text = pattern.sub(words, text)
    return " ".join(restored(html.unescape(text)).split())


_MAYBE_MARKUP = re.compile(r"[@\\`*_\[<&{\ue000\ue001]|^[ \t]*(?:[-+>]|\d+[.)])", re.M)
# Markup and what is left of it, in the order of removal. A look for the first sign alone, before all else, makes the long ones quick.
_MARKUP = tuple(
    (re.compile(pattern, re.S | re.M), words)
    for pattern, words in (
        (r"(?<=[)\]*_\ue001])\{[^{}]*\}|^[ \t]*\{:?[^{}]*\}[ \t]*$", ""),
        (r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)", r"\1"),
        (r"^[ \t]*(?:>[ \t]?)+", ""),
        (r"^[ \t]*(?:[-*+]|\d+[.)])\s+", ""),
        (
            r"(?=[*_])(?:\*\*(?=\S)|(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|\b__(?=\S)|(?<=\S)__\b)",
            "",
        ),
        (r"(?=_)(?:(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w))", ""),
        (r"</?[A-Za-z][^<>]*>", ""),
    )
)
