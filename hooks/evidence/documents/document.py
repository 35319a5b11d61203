"""A hand-written page: its front matter, and its sections below headings with their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from evidence.documents.parts import Directive, Parts
from evidence.model.base import Location

# A heading's line: its signs, its words, and what stands in its braces.
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{:?([^{}]*)\})?[ \t]*$")

# The mark of a heading below which no theme, or no nation, is taken over from above.
NONE = ("none",)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a passage is about."""

    themes: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()

    def __or__(self, other: Marks) -> Marks:
        return Marks(
            tuple(dict.fromkeys(self.themes + other.themes)), tuple(dict.fromkeys(self.nations + other.nations))
        )

    def below(self, above: Marks) -> Marks:
        """These marks of a heading, with those from above it; where it says NONE, it takes none over."""
        themes = above.themes if self.themes != NONE else ()
        nations = above.nations if self.nations != NONE else ()
        own = Marks(*(() if names == NONE else names for names in (self.themes, self.nations)))
        return Marks(themes, nations) | own

    def __bool__(self) -> bool:
        return bool(self.themes or self.nations)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text up to the next one. The text before the first heading has level 0 and no id.

    `own` are the heading's own marks as they are written, perhaps NONE; `marks` also hold those of the headings above it and of the page. `voice` is that of the
    heading or of one above it, '' for the review; what others say has nations, but no theme is spoken of by the review in it.
    """

    level: int
    title: str
    id: str
    own: Marks
    marks: Marks
    voice: str
    line: int
    heading: Parts
    parts: Parts
    text_line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A hand-written page. `uri` is its path inside docs/, `parts` its text without front matter, which begins at line `body_line`."""

    uri: str
    where: Location
    front: Mapping[str, object]
    parts: Parts
    body_line: int
    marks: Marks
    sections: tuple[Section, ...]
    front_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.front.get("title", ""))

    @property
    def lang(self) -> str:
        """The language that the page says it is in; '' for that of the review."""
        return str(self.front.get("lang", ""))

    @property
    def body(self) -> str:
        return self.parts.text

    def at(self, offset: int) -> Location:
        """The file and line of an offset in the text."""
        return Location(self.where.path, self.body_line + self.body.count("\n", 0, offset))

    def at_field(self, name: str) -> Location:
        """The file and line of a field of the front matter, or the first line where there is none."""
        return Location(self.where.path, self.front_lines.get(name, 1))

    def directives(self, *names: str) -> Iterator[Directive]:
        """The directives of these names, in order."""
        return (found for found in self.parts.directives if found.name in names)


def page_with(documents: Iterable[Document], name: str, argument: str) -> str:
    """The source address of the first page with the directive `name` and just this argument; '' where there is none."""
    pages = (d.uri for d in documents if any(found.arguments == (argument,) for found in d.directives(name)))
    return next(pages, "")
