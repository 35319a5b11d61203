"""Titles in sentence case, where a style asks for it and the title lets us know what to do."""

from __future__ import annotations

import re

from evidence.text.languages import is_english

# Words that stand in small letters in Title Case, too, by one manual or another.
_SMALL = {
    *(
        "about",
        "after",
        "against",
        "among",
        "amongst",
        "around",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
    ),
    *(
        "despite",
        "during",
        "from",
        "into",
        "like",
        "near",
        "onto",
        "over",
        "past",
        "since",
        "than",
        "that",
        "through",
        "throughout",
        "toward",
    ),
    *("towards", "under", "until", "unto", "upon", "when", "while", "with", "within", "without"),
}
# Small words of other languages that no title in English has: titles often come without their language.
_OTHER = re.compile(r"\b(?:der|das|und|von|für|zur|zum|le|la|les|des|du|et|el|los|las|del|della|het|een|och|för|og)\b")
_PIECE = re.compile(r'<span class="nocase">.*?</span>|<[^<>]*>|(?P<word>[^\W\d_][\w’\']*)', re.S)
_BETWEEN = r"(?:</?\w+>|[\s\"'“”‘’(\[])*$"
_SENTENCE_ENDS = re.compile(r"(?:[?!]|\w{3}\.)" + _BETWEEN)
_PART_ENDS = re.compile("[:—]" + _BETWEEN)
_LEAST = 2  # a title such as 'Letters from Iceland' shows too little: its one capital may be that of a name
_MOST = 0.75


def sentence_case(title: str, language: str, *, after_colon: bool) -> str:
    """A title in Title Case with capitals only at its beginning; `after_colon` says whether what follows a colon or a dash begins with one, too.

    `title` is CSL text: words in `<span class="nocase">` stay as they are, and so does every word that is more than a capital and small letters. A
    title in another `language` than English (BCP 47, '' where it is not known) or that is not in Title Case comes back as it is.

    Rule: Publication Manual of the American Psychological Association, 7th edition, 6.17; Citing Medicine, 2nd edition, "Title".
    """
    if not is_english(language) or _OTHER.search(title):
        return title
    pieces = [match for match in _PIECE.finditer(title) if match["word"] or match[0].startswith("<span")]
    words = [match["word"] for match in pieces[1:] if match["word"]]
    telling = [word for word in words if len(word) > 3 and word.lower() not in _SMALL]
    capitals = sum(word[0].isupper() for word in telling)
    if capitals < _LEAST or capitals < _MOST * len(telling):
        return title
    first = pieces[0].start()

    def lowered(match: re.Match[str]) -> str:
        word, before = match["word"], title[: match.start()]
        if not word or match.start() == first or not word[0].isupper() or not (word[1:].islower() or word == "A"):
            return match[0]
        begins = _SENTENCE_ENDS.search(before) or (after_colon and _PART_ENDS.search(before))
        return word if begins else word.lower()

    return _PIECE.sub(lowered, title)
