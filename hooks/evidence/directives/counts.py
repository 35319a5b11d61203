"""Pictures of counts, for any page: how far two sides agree, a square for each theme; and when the sources came out, a mark for each."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.model.vocabulary import AGREEMENTS, EDITORS
from evidence.output import markdown
from evidence.pictures import drawn, figure, pip, sign, years
from evidence.text import escape
from evidence.text.translation import _, numbered

_REVIEW = "review"  # the origin of a theme that no meeting named
_SIGNS = {"agree": "yes", "partly": "part", "differ": "no"}
_ID, YEARS = "agreement", "years-picture"  # the ids of pictures


def agreement(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The readings as a picture: for each, a filled square for every theme that a meeting named, and an empty one for every theme of the review's own."""
    themes = context.review.themes.values()
    read = {
        name: [t.origin == _REVIEW for t in themes if t.agreement == name and not t.gathered] for name in AGREEMENTS
    }
    rows, lines = [], []
    for name, words in AGREEMENTS.items():
        own, total = sum(read[name]), len(read[name])
        squares = pip("square") * (total - own) + pip("frame") * own
        reading = f"{sign(_SIGNS.get(name, 'silent'))} {escape.html_text(words)}"
        rows.append(drawn.Row(reading, squares, str(total)))
        lines.append((escape.markdown(words), str(total - own), str(own), str(total)))
    names = (_("How we read it"), _("Themes that a meeting named"), _("Themes that the review named"), _("All"))
    most = max(AGREEMENTS, key=lambda name: len(read[name]))
    said = _("We compared what both sides say on %(themes)s. Most common is “%(reading)s”: %(number)s.") % {
        "themes": numbered("%(num)s theme", "%(num)s themes", sum(map(len, read.values()))),
        "reading": AGREEMENTS[most],
        "number": len(read[most]),
    }
    key = f"{pip('square')} {_('A theme that a meeting named.')} {pip('frame')} {_('A theme that the review named.')}"
    shown = drawn.table("bars", (_("How we read it"), _("Themes"), _("Number")), rows)
    table = markdown.table(_("How many themes we read in each way"), names, lines)
    picture = figure(
        _ID, _("How many themes we read in each way"), f"{said}\n\n{key}\n{{ .picture-key }}", shown, table
    )
    yield context.passage(picture, voice=EDITORS)


def sources_by_year(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The picture of when the sources came out."""
    picture = years(context.review, YEARS)
    if not picture:
        raise passages.AbsentError("there is no work in bibliography.bib")
    yield context.passage(picture, voice=EDITORS)
