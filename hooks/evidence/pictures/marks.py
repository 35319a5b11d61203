"""The marks of all pictures, with their scale: each is a small <svg> that stands in a line of text and grows with it.

Marks are for the eye alone: words beside them say the same. Attributes draw them in black on white, for paper; pictures.css gives its colours to the
classes `ink` (what is drawn), `rim` (an outline on the ground of the page) and `on` (what stands upon ink).
"""

from __future__ import annotations

import math

from evidence.text import escape
from evidence.text.translation import _

# So many units of a drawing are as wide as the letter "m": 1 em.
_EM = 16
_WIDEST = 1.5
_INK, _ON = 'class="ink" fill="currentColor"', 'class="on" fill="#fff"'
_RIM = 'class="rim" fill="#fff" stroke="currentColor"'
_CROSS = '<path d="m8 8 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="3"/>'
_SIGNS = {
    "yes": f'<rect x="2" y="2" width="20" height="20" {_INK}/>'
    '<path class="on-line" d="m6 12.5 4 4 8-9" fill="none" stroke="#fff" stroke-width="3"/>',
    "part": f'<rect x="3" y="3" width="18" height="18" {_RIM} stroke-width="2"/><path d="M12 6a6 6 0 0 0 0 12z" {_INK}/>',
    "no": f'<rect x="4" y="4" width="16" height="16" {_RIM} stroke-width="4"/>{_CROSS}',
    "silent": f'<rect x="3" y="3" width="18" height="18" {_RIM} stroke-width="2" stroke-dasharray="2 3"/>',
}
SIGNS = tuple(_SIGNS)
"""The names of signs: 'yes', 'part', 'no', and 'silent' where nothing is said."""
_FRAME = f'<rect x="2" y="2" width="12" height="12" {_RIM} stroke-width="2"/>'
_PIPS = {
    "peer": f'<circle cx="8" cy="8" r="7" {_INK}/>',
    "other": f'<circle cx="8" cy="8" r="6" {_RIM} stroke-width="2"/>',
    "law": _FRAME,
    "policy": f'<path d="M8 1.5 14.5 8 8 14.5 1.5 8z" {_INK}/>',
    "guidance": f'<path d="M8 2.5 14.5 14h-13z" {_RIM} stroke-width="2"/>',
    "square": f'<rect x="1" y="1" width="14" height="14" {_INK}/>',
    "frame": _FRAME,
}
_LOOKS = {"solid": _INK, "rim": f'{_RIM} stroke-width="2"', "dotted": f'{_RIM} stroke-width="2" stroke-dasharray="2 3"'}


def radius(number: int, most: int, digits: int = 1) -> float:
    """The radius in em of a circle whose area stands for `number`, where `most` is the largest that the picture holds.

    Small ones are drawn as large as so many digits need.
    """
    return max(0.4 + 0.25 * digits, _WIDEST * math.sqrt(number / max(most, number, 1)))


def dot(number: int, most: int, filled: bool, *, dashed: bool = False) -> str:
    """A circle with its number inside: filled for what was peer reviewed, else a rim, which may be dashed."""
    wide = round(2 * radius(number, most, len(str(number))) * _EM)
    middle = wide / 2
    look, on = (_INK, _ON) if filled else (f'{_RIM} stroke-width="2"', _INK)
    look += ' stroke-dasharray="3 3"' if dashed else ""
    circle = f'<circle cx="{middle:g}" cy="{middle:g}" r="{middle - 1:g}" {look}/>'
    text = f'<text x="{middle:g}" y="{middle + 5.5:g}" text-anchor="middle" font-size="15" font-weight="700" {on}>{number}</text>'
    return _svg("dot", wide, wide, circle + text)


def sign(name: str) -> str:
    """One of `SIGNS`: a filled square with a tick, a half disc in a frame, a thick frame with a cross, or an empty dotted frame."""
    return _svg(f"sign {name}", 24, 24, _SIGNS[name])


def pip(kind: str) -> str:
    """One source or event: 'peer' a filled circle, 'other' a rim, 'law' a frame, 'policy' a diamond, 'guidance' a triangle.

    One of anything else is a 'square', filled, or a 'frame'.
    """
    return _svg(f"pip {kind}", 16, 16, _PIPS[kind], size=0.75)


def bar(value: float, most: float, look: str = "solid") -> str:
    """A bar that fills as much of its box as `value` is of `most`; its look is 'solid', 'rim' or 'dotted'. Its number stands beside it."""
    long = round(100 * value / most, 1) if most > 0 else 0
    drawn = f'<rect width="{long:g}" height="10" {_LOOKS[look]} vector-effect="non-scaling-stroke"/>' if long else ""
    return f'<svg class="mark bar" viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="1em" {_UNHEARD}>{drawn}</svg>'


_UNHEARD = 'aria-hidden="true" focusable="false"'


def _svg(css: str, wide: int, high: int, drawn: str, size: float = 1) -> str:
    box = f'viewBox="0 0 {wide} {high}" width="{wide * size / _EM:g}em" height="{high * size / _EM:g}em"'
    return f'<svg class="mark {css}" {box} {_UNHEARD}>{drawn}</svg>'


def figure(id_: str, title: str, says: str, drawn: str, table: str = "") -> str:
    """A picture as Markdown of a page, to stand on lines of its own: its title, what it shows, what is drawn, and a folded table of the same numbers.

    `title` is plain text. `says`, `drawn` and `table` are Markdown, and may hold HTML; without a `table` the picture is one itself.
    """
    summary = f"<summary>{escape.html_text(_('The same as a table'))}</summary>"
    folded = f'<details class="picture-table" data-search-exclude markdown="1">\n{summary}\n\n{table.strip()}\n\n</details>\n'
    name = f'<figcaption class="picture-title" id="{id_}" markdown="0">{escape.html_words(title)}</figcaption>'
    return (
        f'\n\n<figure class="picture" markdown="1">\n\n{name}\n\n'
        f"{says.strip()}\n\n{drawn.strip()}\n\n{folded if table else ''}</figure>\n\n"
    )
