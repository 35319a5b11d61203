"""Room to write in office files: a field that can be filled in on a screen, named by what it asks, with ruled lines for a pen.

DOCX has content controls (ECMA-376, 17.5.2), ODT has placeholders (OpenDocument 1.3, 7.5.2): a click takes the whole field, and what is typed stands
in its place. No paragraph is empty, so a screen reader meets one field where it met as many blanks as there were lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from evidence.text.translation import _

STYLE = "Room to write"
"""The paragraph style of a room; its tab stop rules the lines."""
HERE = _("Write here")
MOST_LINES = 40
_MOST_LETTERS = 64  # of the title of a content control, for Word


@dataclass(frozen=True, slots=True)
class Room:
    """Room for so many lines; `asked` is what to write about."""

    asked: str
    lines: int

    @property
    def name(self) -> str:
        """What a screen reader says on coming to it: what is asked, or as much of that as a title holds."""
        name = self.asked.rstrip(": ") or _("Room to write")
        if len(name) <= _MOST_LETTERS:
            return name
        return (
            name[: _MOST_LETTERS - 1].rpartition(" ")[0].rstrip(",;: ") + "…" if " " in name else name[:_MOST_LETTERS]
        )
