"""Themes within themes: `parent` names the theme that one is a part of, and what is said of the part counts for the whole.

The rules report unknown parents (`names_are_known`) and themes that stand inside themselves (`themes_stand_in_others`). Until then nothing here may
fail on them: such a theme counts as one that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.model.review import Theme
from evidence.text import escape
from evidence.text.translation import _

Themes = Mapping[str, Theme]
# More than readers can find their way in; what stands deeper than DEEPEST, which no review means, is not followed.
MOST_LEVELS = 3
DEEPEST = 50
# The column of tables that names the theme that one is a part of.
PART_OF = _("Part of")


@dataclass(frozen=True, slots=True)
class Mention:
    """A section of a page that speaks of a theme; `parts` names its table cells that do, where the section as a whole does not."""

    uri: str
    page_title: str
    section: str
    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A theme and the themes that are parts of it, in the order of the data. `level` counts from 1 at the top."""

    theme: Theme
    level: int
    parts: tuple[Branch, ...] = ()


def is_nested(themes: Themes) -> bool:
    """Whether any theme is a part of another."""
    return any(theme.parent in themes for theme in themes.values())


def above(themes: Themes, theme: Theme) -> tuple[Theme, ...]:
    """The themes that `theme` is a part of, nearest first; none where they lead back to one of them."""
    found: dict[str, Theme] = {theme.id: theme}
    while theme.parent in themes:
        theme = themes[theme.parent]
        if theme.id in found or len(found) == DEEPEST:
            return ()
        found[theme.id] = theme
    return tuple(found.values())[1:]


def grow(themes: Themes) -> tuple[Branch, ...]:
    """All themes as a tree, each once: the branches at the top, in the order of the data."""
    parts: dict[str, list[Theme]] = {}
    for theme in themes.values():
        over = above(themes, theme)
        parts.setdefault(over[0].id if over else "", []).append(theme)

    def branch(theme: Theme, level: int) -> Branch:
        return Branch(theme, level, tuple(branch(part, level + 1) for part in parts.get(theme.id, ())))

    return tuple(branch(theme, 1) for theme in parts.get("", ()))


def walk(branches: Iterable[Branch]) -> list[Branch]:
    """Branches with all below them, each before its parts."""
    return [found for branch in branches for found in (branch, *walk(branch.parts))]


def families(themes: Themes) -> dict[str, tuple[str, ...]]:
    """Each theme's id -> itself and all themes below it, in the order of the tree."""
    return {b.theme.id: tuple(inner.theme.id for inner in walk([b])) for b in walk(grow(themes))}


def in_order(themes: Themes) -> list[Theme]:
    """All themes in the order of the tree; as in the data where none is a part of another."""
    return [branch.theme for branch in walk(grow(themes))]


def in_a_line(theme: Theme) -> str:
    """What members said on a theme, or what it is where they said nothing, as plain text."""
    return _("What members said: %s") % theme.in_a_line if theme.in_a_line else theme.summary


def part_of(themes: Themes, theme: Theme) -> str:
    """What says where a theme stands beside its name, as Markdown: ', part of Comfort'; '' for one that stands alone."""
    over = above(themes, theme)
    return _(", part of %s") % escape.markdown(over[0].title) if over else ""
