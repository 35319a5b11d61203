"""A citation as text: author and year, as the Harvard style (Cite Them Right) puts it in the running text."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from evidence.documents.parts import CitedItem, Parts
from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.model.vocabulary import NOT_TRACED, STATUSES, UNDATED
from evidence.references.order import ET_AL, Shown, collated, initials, list_name, people, shown_names, year_place
from evidence.sources import parse_parts
from evidence.text.direction import after, isolated
from evidence.text.languages import with_isolates
from evidence.text.spans import INLINE_CODE
from evidence.text.words import listed


@dataclass(frozen=True, slots=True)
class Label:
    """How a work is cited: `author` and `year`; a work known by its title alone, such as an act, has no year of its own.

    `standing` says that the work was retracted, or the like. It ends every form of the label, so that no citation goes without it. `listed` are the
    names under which a list has the work.
    """

    author: str
    year: str
    letter: str = ""
    standing: str = ""
    listed: Shown = ()

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
    short = reference.field("shortauthor") or ("" if people(reference) else reference.text("title-short"))
    return isolated(short) if short else _names(reference)


def _names(reference: Reference, apart: Collection[int] = ()) -> str:
    """The names under which a work is listed, without initials but for those in the places that tell it apart: 'A. Jay and Kim'."""
    names = people(reference)
    if not names:
        [(listed_as,)] = list_name(reference)
        return isolated(listed_as)
    shown = shown_names(names)
    words = [f"{initials(n)} {n.short}".strip() if i in apart else n.short for i, n in enumerate(shown)]
    return listed(map(isolated, words)) if len(shown) == len(names) else f"{isolated(words[0])} {ET_AL}"


def labels(review: Review) -> dict[str, Label]:
    """The label of every reference and untraced citation.

    Works that are listed under the same names and year get letters, in the order of their keys; works that are not, but would be cited alike, are told
    apart by initials, and where those are the same by the name that the list has.
    """
    works = review.references
    shown = {key: list_name(work) for key, work in works.items()}
    years: dict[str, str] = {}
    for key, work in works.items():
        titled = not people(work) and not work.field("shortauthor")
        year = work.year or UNDATED
        years[key] = "" if titled and shown[key][0][0].endswith(year) else year
    authors = _told_apart({key: author_label(work) for key, work in works.items()}, years, review, shown)
    found: dict[str, Label] = {}
    for (_, year), keys in _groups((shown[key], years[key], key) for key in works).items():
        for i, key in enumerate(sorted(keys)):
            letter = _letter(i) if len(keys) > 1 and year else ""
            joint = "-" if letter and not year[-1].isdigit() else ""
            standing, _ = STATUSES.get(works[key].field("status"), ("", ""))
            found[key] = Label(authors[key], f"{year}{joint}{letter}", letter, standing, shown[key])
    for untraced in review.untraced.values():
        found[untraced.key] = Label(f"{untraced.label}, {NOT_TRACED}", "")
    return {key: found[key] for key in (*works, *review.untraced)}


def _told_apart(
    authors: dict[str, str], years: Mapping[str, str], review: Review, shown: Mapping[str, Shown]
) -> dict[str, str]:
    """The names as cited, such that works that are listed under different names are cited differently."""

    def alike() -> list[list[str]]:
        groups = _groups((authors[key], years[key], key) for key in authors).values()
        return [keys for keys in groups if len({shown[key] for key in keys}) > 1]

    for keys in alike():
        places = zip_longest(*(shown[key] for key in keys), fillvalue=())
        apart = [i for i, names in enumerate(places) if len(set(names)) > 1]
        for key in keys:
            if not review.references[key].field("shortauthor"):
                authors[key] = _names(review.references[key], apart)
    for keys in alike():
        authors |= {key: _names(review.references[key], range(len(shown[key]))) for key in keys}
    return authors


def _groups(works: Iterable[tuple[Hashable, str, str]]) -> dict[tuple[Hashable, str], list[str]]:
    """Keys of works by names and year."""
    groups: dict[tuple[Hashable, str], list[str]] = defaultdict(list)
    for names, year, key in works:
        groups[(names, year)].append(key)
    return groups


def _letter(i: int) -> str:
    return (_letter(i // 26 - 1) if i >= 26 else "") + chr(ord("a") + i % 26)


def in_order(keys: Iterable[str], review: Review, known: Mapping[str, Label]) -> list[str]:
    """Those of `keys` that are works of the review, as a list of references has them: by the names that it shows, and year (Cite Them Right)."""
    works = [key for key in keys if key in review.references]
    place = collated(known[key].listed for key in works)

    def of(key: str) -> tuple[object, ...]:
        label = known[key]
        names = [[place[part] for part in name] for name in label.listed]
        return names, year_place(review.references[key].year), len(label.letter), label.letter, key

    return sorted(works, key=of)


def plain(source: str | Parts, known: Mapping[str, Label]) -> str:
    """Markdown as plain text on one line: citations as '(Author, year)', links as their text, markup and comments gone."""
    text = source if isinstance(source, str) else source.text
    if not _SIGN.search(text) and not ("\n" in text and _LINE_SIGN.search(text)) and not _LINE_SIGN.match(text):
        return " ".join(text.split())
    kept: list[str] = []

    def restored(words: str) -> str:
        return re.sub("\ue000(\\d+)\ue001", lambda m: kept[int(m[1])], words)

    def keep(words: str) -> str:
        kept.append(restored(words))  # which may hold something kept, as code in a link does
        return f"\ue000{len(kept) - 1}\ue001"

    parts = (parse_parts(source) if isinstance(source, str) else source).shown()
    text = parts.text
    for citation in reversed(parts.citations):
        words = "; ".join(known.get(item.key, Label(item.key, "")).cited(item) for item in citation.items)
        text = f"{text[: citation.start]}{keep(after(text[: citation.start], f'({words})'))}{text[citation.end :]}"
    text = INLINE_CODE.sub(lambda m: keep(m[2].strip()), text)
    text = with_isolates(text) if " lang=" in text else text
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda m: keep(m[1]), text)
    for pattern, words in _MARKUP:
        text = pattern.sub(words, text)
    return " ".join(restored(html.unescape(text)).split())


# Markup may be where there is one of these, or a line begins with one of those.
_SIGN = re.compile(r"[@\\`*_\[<&{\ue000\ue001]")
_LINE_SIGN = re.compile(r"^[ \t]*(?:[-+>]|\d+[.)])", re.M)
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
