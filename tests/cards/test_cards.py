"""Cards as the person who cuts them meets them: fronts and backs that match, nothing across a cut, the pictures that the data name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from evidence.model.vocabulary import PICTURES
from evidence.output import drawings
from evidence.papers.paper import Paper
from evidence.papers.pdf import paper_data, pdf
from made_up_packs import CARDS, packs, paper, site
from paper_files import A4, MM, POINTS, REAL, letters, made

CARDS_OF = {made.pack.id: made for made in REAL.papers.all if made.pack.form == "cards"}
SMALL, HELD = ("question-cards", "theme-cards"), ("communication-cards", "answer-cards")
# Columns and rows of a sheet.
GRIDS = {(False, "standard"): (2, 2), (False, "large"): (1, 2), (True, "standard"): (1, 2), (True, "large"): (1, 1)}
QUIET = 5 * MM
each_card_pack = pytest.mark.parametrize("name", CARDS_OF)
each_size = pytest.mark.parametrize("size", POINTS)


def cells(content: bytes, columns: int, rows: int) -> list[list[str]]:
    """The words in each place of each sheet, row by row."""
    found = []
    wide, high = A4[0] / columns, A4[1] / rows
    for sheet in pypdfium2.PdfDocument(content):
        text = sheet.get_textpage()
        places = [(column * wide, A4[1] - row * high) for row in range(rows) for column in range(columns)]
        found.append([letters(text.get_text_bounded(x, y - high, x + wide, y)) for x, y in places])
    return found


def both_sides(content: bytes, columns: int, rows: int) -> Iterator[tuple[str, str]]:
    """The words on the front and on the back of each place, when the paper is turned on its long edge."""
    sheets = cells(content, columns, rows)
    for front, back in zip_longest(sheets[::2], sheets[1::2], fillvalue=[""] * columns * rows):
        for row in range(rows):
            line = slice(row * columns, (row + 1) * columns)
            yield from zip(front[line], reversed(back[line]), strict=True)


@each_size
def test_a_question_has_room_to_write_on_its_back(size: str) -> None:
    sides = list(both_sides(made(CARDS_OF["question-cards"], size), *GRIDS[False, size]))
    questions = [question for _, found in REAL.review.questions.numbered() for question in found]
    for number, question in questions:
        front, back = sides[number]
        named = letters(f"Question {number} of {len(questions)}")
        assert named in front
        assert letters(question.text) in front
        assert named in back
        assert letters("Discussion paper") in back
    assert "Questioncards" in sides[0][0]
    assert "Aboutthispaper" in sides[0][1]
    assert [side for side in sides[len(questions) + 1 :] if any(side)] == []


@each_size
def test_a_theme_has_what_members_said_on_its_back(size: str) -> None:
    sides = list(both_sides(made(CARDS_OF["theme-cards"], size), *GRIDS[False, size]))
    meetings = [meeting.id for meeting in REAL.review.network.meetings] if REAL.review.network else []
    themes = [theme for theme in REAL.review.themes.values() if theme.origin in meetings]
    assert len(themes) == 18
    for (front, back), theme in zip(sides[1:], themes, strict=False):
        assert letters(REAL.review.origin_title(theme)) in front
        assert letters(theme.title) in front
        assert letters(theme.title + "What members said: " + theme.in_a_line) in back


@each_size
@pytest.mark.parametrize("name", HELD)
def test_a_card_to_hold_up_is_the_same_on_both_sides(name: str, size: str) -> None:
    chosen = {part for pack in REAL.review.packs.packs if pack.id == name for part in pack.parts[0].cards}
    cards = [card for card in REAL.review.packs.cards if card.set in chosen]
    sides = list(both_sides(made(CARDS_OF[name], size), *GRIDS[True, size]))
    assert len(cards) == 3
    for (front, back), card in zip(sides, cards, strict=False):
        assert front == back
        assert letters(card.word) in front
        assert letters(card.text) in front
        assert letters(CARDS_OF[name].pack.title) in front
        assert letters("Our suggestion") in front


@pytest.mark.parametrize("count", [1, 3, 4, 5])
@each_size
def test_a_sheet_that_is_not_full_still_matches(tmp_path: Path, size: str, count: int) -> None:
    terms = "".join(f"- {{id: w{n}, term: Word {n}, meaning: Sense {n}.}}\n" for n in range(count))
    text = packs("words: [all]", "    form: cards\n")
    content = pdf(paper_data(site(tmp_path, text, data__glossary_yml=terms).papers.all[0], POINTS[size]))
    columns, rows = GRIDS[False, size]
    sides = list(both_sides(content, columns, rows))
    assert len(sides) == -(-(count + 1) // (columns * rows)) * columns * rows
    for n, (front, back) in enumerate(sides[1 : count + 1]):
        assert front == f"Word{n}"
        assert f"Sense{n}." in back
    assert [side for side in sides[count + 1 :] if any(side)] == []


def _render(content: bytes, scale: float = 2) -> list[Image.Image]:
    return [sheet.render(scale=scale).to_pil().convert("RGB") for sheet in pypdfium2.PdfDocument(content)]


@each_card_pack
@each_size
def test_nothing_stands_near_a_cut(name: str, size: str) -> None:
    """White for five millimetres on both sides of each cut and of the edges of the paper, but for the line itself."""
    columns, rows = GRIDS[name in HELD, size]
    for sheet in _render(made(CARDS_OF[name], size)):
        grey = sheet.convert("L")
        for wide, parts, turned in ((grey.width, columns, False), (grey.height, rows, True)):
            for part in range(parts + 1):
                cut = wide * part / parts
                for begin, end in ((cut - QUIET * 2, cut - 3), (cut + 3, cut + QUIET * 2)):
                    low, high = max(0, int(begin)), min(wide, int(end))
                    box = (0, low, grey.width, high) if turned else (low, 0, high, grey.height)
                    strip = grey.crop(box) if high > low else None
                    if strip is not None:  # lines that cross it are those of the other cuts
                        dark = sum(value < 250 for value in strip.tobytes())
                        assert dark <= (high - low) * 6


@each_card_pack
@each_size
def test_cuts_are_drawn_on_both_sides(name: str, size: str) -> None:
    columns, rows = GRIDS[name in HELD, size]
    for sheet in _render(made(CARDS_OF[name], size)):
        grey = sheet.convert("L")
        across = [min(grey.getpixel((x, grey.height // 2 + d)) for d in (-1, 0, 1)) for x in range(4, grey.width, 1)]
        down = [min(grey.getpixel((grey.width // 2 + d, y)) for d in (-1, 0, 1)) for y in range(4, grey.height, 1)]
        assert (sum(value < 200 for value in across) > grey.width * 0.3) >= (rows > 1)
        assert (sum(value < 200 for value in down) > grey.height * 0.3) >= (columns > 1)


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    def light(colour: tuple[int, ...]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@each_size
@pytest.mark.parametrize("name", HELD)
def test_the_word_stands_inside_its_shape(name: str, size: str) -> None:
    """Around the word there is nothing but the colour of the shape, and the word stands out from it, in grey, too."""
    content = made(CARDS_OF[name], size)
    words = [card.word for card in REAL.review.packs.cards]
    seen = []
    for sheet, picture in zip(pypdfium2.PdfDocument(content), _render(content), strict=True):
        text = sheet.get_textpage()
        large = [
            i
            for i in range(text.count_chars())
            if pypdfium2.raw.FPDFText_GetFontSize(text.raw, i) > 2 * POINTS[size]
            and not text.get_text_range(i, 1).isspace()
        ]
        for word in words:
            wanted = word.replace(" ", "")
            at = "".join(text.get_text_range(i, 1) for i in large).find(wanted)
            if at < 0:
                continue
            boxes = [text.get_charbox(i) for i in large[at : at + len(wanted)]]
            left, bottom, right, top = (
                f(side) for f, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
            )
            box = [int(v * 2) for v in (left - 2, A4[1] - top - 2, right + 2, A4[1] - bottom + 2)]
            part = picture.crop(tuple(box))
            edge = {part.getpixel((x, y)) for x in range(part.width) for y in (0, part.height - 1)}
            edge |= {part.getpixel((x, y)) for y in range(part.height) for x in (0, part.width - 1)}
            assert len(edge) == 1, word
            (fill,) = edge
            inks = {colour for _, colour in part.getcolors(part.width * part.height)}
            ink = max(inks, key=lambda colour: _contrast(colour, fill))
            assert _contrast(ink, fill) >= 7, word
            seen.append(word)
    assert len(seen) == 6  # three cards, each with its back


@each_size
@pytest.mark.parametrize("name", SMALL)
def test_pictures_are_those_that_the_data_name(name: str, size: str) -> None:
    review = REAL.review
    named = {letters(record.title): record.picture for record in review.themes.values()}
    named |= {letters(record.text): record.picture for record in review.questions.questions}
    (node,) = paper_data(CARDS_OF[name], POINTS[size])["nodes"]
    cards = [card["front"] for card in node["small"][1:]]
    for card in cards:
        picture = named[letters(_said(card["body"]))]
        own = drawings.for_paper(review.drawings[f"{PICTURES}{picture}"])
        shapes = re.findall(r'\b(?:d|points|cx)="([^"]*)"', own)
        assert picture
        assert re.findall(r'\b(?:d|points|cx)="([^"]*)"', card["picture"]["svg"]) == shapes
        assert card["picture"]["alt"] == ""  # the words say the same


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(_said, value))
    assert isinstance(value, dict)
    return _said(value.get("body", value.get("text", "")))


@each_size
def test_words_are_as_large_as_there_is_room_for(tmp_path: Path, size: str) -> None:
    sizes = []
    for question in ("Why soil?", "How much soil is there, and who may dig in it? " * 5):
        text = packs("questions: [why]", "    form: cards\n")
        questions = f"groups: [{{id: a, title: A}}]\nquestions: [{{id: why, group: a, text: '{question.strip()}'}}]\n"
        where = tmp_path / str(len(sizes))
        content = pdf(paper_data(site(where, text, data__questions_yml=questions).papers.all[0], POINTS[size]))
        sheet = pypdfium2.PdfDocument(content)[0].get_textpage()
        found = [pypdfium2.raw.FPDFText_GetFontSize(sheet.raw, i) for i in range(sheet.count_chars())]
        sizes.append(max(found))
    assert sizes[0] > 2.5 * POINTS[size]
    assert sizes[0] > sizes[1] > POINTS[size]


def test_a_signal_says_what_is_seen(tmp_path: Path) -> None:
    cards = CARDS.replace("word:", "sign: hand, word:")
    made_up = paper(tmp_path, packs("cards: [all]", "    form: cards\n", cards=cards))
    assert 'aria-label="Red octagon with a raised hand"' in made_up.markdown
    assert "<svg" in made_up.markdown


def test_a_pack_takes_the_cards_of_a_set(tmp_path: Path) -> None:
    more = "  - {id: go, set: b, colour: green, shape: circle, word: Go, text: Go.}\n"
    text = packs("cards: [a]", "    form: cards\n", cards=CARDS.replace("colour", "set: a, colour") + more)
    made_up = paper(tmp_path, text)
    assert "### Stop" not in made_up.markdown
    assert "## Stop" in made_up.markdown
    assert "## Go" not in made_up.markdown


def test_cards_in_a_sheet_begin_a_page_of_their_own(tmp_path: Path) -> None:
    """They begin on a front, so that a whole paper can be printed on both sides; their questions are counted anew."""
    text = packs("questions: [all]; pack: cut; questions: [why]", cards="", name="kit")
    cut = packs("questions: [all]; cards: [all]", "    form: cards\n", name="cut").removeprefix("packs:\n")
    made_up: Paper = paper(tmp_path, text + cut.replace("Our sheet", "To cut"), name="kit")
    content = pdf(paper_data(made_up, 14))
    sheets = ["".join(sheet) for sheet in cells(content, 1, 1)]
    first = next(i for i, words in enumerate(sheets) if letters("Question 1 of 3") in words)
    assert first % 2 == 0
    assert "Tocut" in sheets[first]
    assert letters("Question 3 of 3") in sheets[first]
    assert sheets[first + 1].count("Question") == 3
    assert "Stop" in sheets[first + 2]
    assert "Stop" in sheets[first + 3]
    assert [i for i, words in enumerate(sheets) if "Oursheet" in words.replace(f"{i + 1}of", "")] != []
    assert letters("4. Why soil?") in sheets[first + 4]


@each_card_pack
@each_size
def test_it_says_to_cut_where_there_is_a_line_to_cut_along(name: str, size: str) -> None:
    said = "".join(
        letters(sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(made(CARDS_OF[name], size))
    )
    if name in HELD:  # with one to a sheet in large print
        assert (
            letters("In 14 point, cut along the line between two cards. In large print, each card is a whole sheet.")
            in said
        )
    else:
        assert letters("Cut along the lines.") in said
