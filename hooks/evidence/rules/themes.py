"""The rules for themes within themes. That a parent exists is the rule `names_are_known`, with all other names."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import Problem
from evidence.model.themes import MOST_LEVELS, Themes, above
from evidence.rules.subject import Subject
from evidence.text.words import quoted

LONG = 6  # of the names in a message


def themes_stand_in_others(subject: Subject) -> Iterator[Problem]:
    """No theme is a part of itself, not even by way of others."""
    themes = subject.review.themes
    for loop in _loops(themes):
        names = [quoted(name) for name in (*loop, loop[0])]
        if len(names) > LONG:
            names = [*names[: LONG - 2], "...", names[-1]]
        message = f"theme {' is part of '.join(names)}; take one of these 'parent' lines out"
        yield Problem(themes[loop[0]].where, message)


def themes_are_not_deep(subject: Subject) -> Iterator[Problem]:
    """Themes stand at most three deep: further down, readers lose their way, and the names of rows get too long to follow by ear."""
    themes = subject.review.themes
    for theme in themes.values():
        level = len(above(themes, theme)) + 1
        if level == MOST_LEVELS + 1:  # those below it are deeper only because of it
            advice = f"{MOST_LEVELS} are the most, so give it a parent that stands higher"
            yield Problem(theme.where, f"theme {quoted(theme.id)} stands {level} deep; {advice}")


def _loops(themes: Themes) -> Iterator[list[str]]:
    """Each ring of themes that are parts of one another, by their ids, from the one that the data lead to first."""
    seen: set[str] = set()
    for theme in themes.values():
        way: dict[str, int] = {}
        name = theme.id
        while name in themes and name not in seen:
            seen.add(name)
            way[name] = len(way)
            name = themes[name].parent
        if name in way:
            yield list(way)[way[name] :]
