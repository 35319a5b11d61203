"""The words of a text as search keeps them: folded, in any script, and cut to their stems. search-find.js does the same to what is typed, rule by rule."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks that are left out: accents, and the vowel signs of Hebrew and Arabic, which are seldom typed.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
)
# Letters, digits, and the signs that scripts set on them, which Python does not count as a part of a word.
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0eff\u0f18-\u0fbc\u1000-\u109f\u1780-\u17d3"
_RUN = f"(?:[^\\W_]+|[{_SIGNS}])+"
WORD = re.compile(f"{_RUN}(?:['’‘ʼ‐‑-]{_RUN})*")
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)
_OWNER, _HYPHEN, _JOINT = re.compile("['’‘ʼ]s$"), re.compile("[‐‑-]"), re.compile("['’‘ʼ‐‑-]")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_ISBN = re.compile(r"\s*(?:ISBN:?\s*)?(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx]\s*", re.I)
_PLAIN = re.compile("[a-z]+")
_HISSING = ("sses", "xes", "ches", "shes")
# In questions as people type them, such as "what is a webinar".
STOP = frozenset(
    """
    a about am an and any are as at be been but by can could did do does for from had has have how i if in into is
    it its me my of on or our should so some than that the their them then there these they this those to us was
    we were what when where which who whom why will with would you your
    """.split()  # noqa: SIM905 (a word a line would be a page of them)
)


def fold(word: str) -> str:
    """A word without accents and capitals."""
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", word)).lower().translate(_LETTERS)
    return unicodedata.normalize("NFC", letters)


def stem(word: str) -> str:
    """A folded English word without the endings of plurals, -ing and -ed; any other as it is."""
    if not _PLAIN.fullmatch(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif word.endswith("s") and len(word) > 3 and word[-2] not in "sui":
        word = word[:-1]
    for ending in ("ing", "ed"):
        left = word[: -len(ending)]
        if word.endswith(ending) and left[-1:] != "e" and (len(left) > 3 or (len(left) == 3 and left[-1] == "y")):
            word = left[:-1] if left[-1] == left[-2] and left[-1] not in "lsz" else left
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def joined(word: str) -> str:
    """One word of a text as a single form: folded, without its hyphens and apostrophes."""
    return fold(_JOINT.sub("", _OWNER.sub("", word)))


def whole(word: str) -> str:
    """The same; '' for a word that only helps to ask."""
    form = joined(word)
    return "" if form in STOP else form


@lru_cache(maxsize=1 << 16)
def stems(word: str) -> tuple[tuple[str, str], ...]:
    """What one word of a text is found by, as stems, each with the form that it stands for: "user-led" as a whole, and by its longer parts."""
    parts = _HYPHEN.split(word)
    forms = [whole(word)] if len(parts) == 1 or not any(map(str.isdigit, parts)) else []
    if len(parts) > 1:
        forms += [form for form in map(whole, parts) if len(form) > 2 or not forms]
    found = [piece for form in forms for piece in _pieces(form)]
    return tuple((stem(form), form) for form in dict.fromkeys(found))


def _pieces(form: str) -> list[str]:
    """A form as it is; what is in a script that sets no spaces between words, by each two signs."""
    found, at = [], 0
    for run in _WITHOUT_SPACES.finditer(form):
        found += [form[at : run.start()], *(run[0][i : i + 2] for i in range(max(1, len(run[0]) - 1)))]
        at = run.end()
    return [piece for piece in (*found, form[at:]) if piece]


def name_key(text: str) -> str:
    """What a name or a whole question comes to: "Easy read", "easyread" and "What is easy reading?" are one, and so is a DOI or ISBN however it is
    written; '' where nothing is left."""
    if found := _DOI.search(text):
        key = found[0].lower().rstrip(".,;)")
    elif _ISBN.fullmatch(text):
        key = re.sub("[^0-9Xx]", "", text).lower()
    else:
        words = WORD.findall(text)
        key = "".join(stem(whole(word)) for word in words) or "".join(map(joined, words))
    return f"{key}=" if key else ""
