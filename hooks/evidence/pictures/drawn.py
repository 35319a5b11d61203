"""Tables that are pictures: in each row a name, what is drawn for it, and its number. They stay rows on every window, and are tables on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.pictures.marks import bar
from evidence.text import escape


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name and what is drawn for it, as HTML, and its number. `css` is the class of a row that looks otherwise."""

    name: str
    drawn: str
    number: str
    css: str = ""


def table(css: str, head: tuple[str, str, str], rows: Iterable[Row], caption: str = "") -> str:
    """A table as HTML on one line. `head` is plain text, `css` the class that lays it out; without a caption it stands in a figure that has one."""
    names = "".join(f'<th scope="col">{escape.html_words(name)}</th>' for name in head)
    body = "".join(map(_row, rows))
    said = f"<caption>{escape.html_words(caption)}</caption>" if caption else ""
    return f'<table class="{css}">{said}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'


def _row(row: Row) -> str:
    looks = f' class="{row.css}"' if row.css else ""
    drawn = f'<td class="marks">{row.drawn}</td><td class="count">{row.number}</td>'
    return f'<tr{looks}><th scope="row">{row.name}</th>{drawn}</tr>'


def bars(caption: str, head: tuple[str, str, str], counted: Sequence[tuple[str, int]]) -> str:
    """A bar and a number for each name, which is HTML; `head` names the three columns."""
    most = max((number for _, number in counted), default=0)
    rows = (Row(name, bar(number, most), str(number)) for name, number in counted)
    return table("bars", head, rows, caption=caption)
