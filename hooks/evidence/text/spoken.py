"""Which language a process speaks, decided before the engine is loaded: that of the review, as data/reading.yml says it, or that of one of its editions.

Nothing here loads the engine, whose words are looked up while it loads (see `translation`).
"""

from __future__ import annotations

import os
import re
from pathlib import Path

READING, REVIEW = "data/reading.yml", "data/review.yml"
# The catalogues of a review that has the engine as a file of its own, not as its source.
OWN_LOCALE = "locale"
# Which edition of a review this process makes: a language of data/languages.yml; '' for the review itself. Set by the build of the review.
EDITION = os.environ.get("EVIDENCE_EDITION", "")
# How `sources` reads it, but without a reader of YAML; what is wrong there is told by it and by the rules.
_LANGUAGE = re.compile(r"^language:[ \t]*([\"']?)([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\1[ \t]*(?:#.*)?$", re.M)
# The review's own words for what it compares and whom it hears, one `name=word` a line; set from data/review.yml as the language is.
OWN_WORDS = "EVIDENCE_WORDS"
_PLAIN = r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*"
_OWN = re.compile(rf"^(areas?|meetings?|members|network):[ \t]*([\"']?)({_PLAIN})\2[ \t]*(?:#.*)?$", re.M)


def locale() -> Path:
    """The folder of the catalogues."""
    return Path(os.environ.get("EVIDENCE_LOCALE") or Path(__file__).parents[1] / "locale")


def catalogue(language: str) -> Path | None:
    """The words of a language, or of the same language without its country; None where there are none. English needs none."""
    parts = language.split("-")
    files = (locale() / f"{'-'.join(parts[:length])}.po" for length in range(len(parts), 0, -1))
    return next((file for file in files if file.is_file()), None)


def without_words(language: str) -> str:
    """What is told of a language that the engine has no words in; '' for English, and where it has some."""
    if language.partition("-")[0].lower() == "en" or catalogue(language):
        return ""
    known = ", ".join(sorted(file.stem for file in locale().glob("*.po"))) or "none but English"
    begin = f"`evidence words {language.partition('-')[0].lower()}` begins them (docs-dev/editing.md)"
    return f"the site has no words of its own in '{language[:60]}'; languages with words: {known}; {begin}"


def speak(root: Path) -> None:
    """Let this process, and those that it starts, speak the language of the review in a folder, or that of EDITION. Ends it where there are no words for that."""
    if (own := root / OWN_LOCALE).is_dir():
        os.environ.setdefault("EVIDENCE_LOCALE", str(own.resolve()))
    line = 0
    language = EDITION
    if not language:
        text = _text(root / READING)
        if found := _LANGUAGE.search(text):
            language, line = found[2], text.count("\n", 0, found.start()) + 1
    if why := without_words(language or "en"):
        raise SystemExit(f"{READING if line else 'data/languages.yml'}:{line or 1}: {why}")
    english = (language or "en").partition("-")[0].lower() == "en"
    os.environ["EVIDENCE_LANGUAGE"] = "" if english else language
    os.environ[OWN_WORDS] = "\n".join(f"{name}={word}" for name, _, word in _OWN.findall(_text(root / REVIEW)))


def is_own_word(word: str) -> bool:
    """Whether a word of the review's own can stand in a sentence: letters, with single spaces, hyphens and apostrophes between them."""
    return bool(re.fullmatch(_PLAIN, word))


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
