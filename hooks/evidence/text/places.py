"""Places in a text for what is known only when the site is made, such as the size of a file: in characters that no text of ours can hold."""

from __future__ import annotations

import re
from collections.abc import Callable

# Private-use characters (see `escape.UNSEEN`).
_PLACE = re.compile("\ue030([^ \ue030\ue031]*) ([^\ue030\ue031]*)\ue031")


def place(kind: str, name: str) -> str:
    """A place for what `filled` will put there."""
    return f"\ue030{kind} {name}\ue031"


def has_place(text: str, kind: str = "") -> bool:
    """Whether a text holds a place, of this kind where one is named."""
    return f"\ue030{kind}" in text


def filled(text: str, kind: str, fill: Callable[[str], str]) -> str:
    """A text with all places of this kind filled; `fill` gets the name of each."""
    return _PLACE.sub(lambda match: fill(match[2]) if match[1] == kind else match[0], text)
