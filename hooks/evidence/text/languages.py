"""Names of languages in bibliographies -> tags of BCP 47."""

from __future__ import annotations

import re

from evidence.text.direction import LANGUAGE, spoken
from evidence.text.spoken import without_words
from evidence.text.translation import LANGUAGE as SPOKEN
from evidence.text.translation import _
from evidence.text.words import quoted

# The names that babel and polyglossia give languages (biblatex's manual, "langid"), and those that people type.
_NAMES = {
    "ar": "arabic",
    "bg": "bulgarian",
    "ca": "catalan",
    "cs": "czech",
    "cy": "welsh cymraeg",
    "da": "danish",
    "de": "german ngerman deutsch",
    "de-AT": "austrian naustrian",
    "de-CH": "nswissgerman swissgerman",
    "el": "greek polutonikogreek",
    "en": "english",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-GB": "british ukenglish",
    "en-NZ": "newzealand",
    "en-US": "american usenglish",
    "es": "spanish español castellano",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian farsi",
    "fi": "finnish",
    "fr": "french français francais frenchb",
    "fr-CA": "canadien acadian",
    "ga": "irish gaeilge",
    "gd": "scottish gaelic gàidhlig",
    "gl": "galician",
    "gv": "manx",
    "he": "hebrew",
    "hi": "hindi",
    "hr": "croatian",
    "hu": "hungarian magyar",
    "is": "icelandic",
    "it": "italian italiano",
    "ja": "japanese",
    "ko": "korean",
    "kw": "cornish",
    "la": "latin",
    "lt": "lithuanian",
    "lv": "latvian",
    "mt": "maltese",
    "nb": "norwegian norsk bokmål",
    "nl": "dutch nederlands",
    "nn": "nynorsk",
    "pl": "polish polski",
    "pt": "portuguese portuges",
    "pt-BR": "brazilian brazil",
    "ro": "romanian",
    "ru": "russian",
    "sco": "scots",
    "sk": "slovak",
    "sl": "slovene slovenian",
    "sq": "albanian",
    "sr": "serbian",
    "sv": "swedish svenska",
    "th": "thai",
    "tr": "turkish",
    "uk": "ukrainian",
    "ur": "urdu",
    "vi": "vietnamese",
    "zh": "chinese",
}
# Languages that are signed (ISO 639-3), as readers know them.
SIGNED = {"bfi": _("British Sign Language (BSL)"), "isg": _("Irish Sign Language (ISL)")}
_FULL_NAMES = {"gd": _("Scottish Gaelic"), "cy": _("Welsh"), "en": _("English"), "ga": _("Irish")}
_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}
_ISO_639_2 = {
    "eng": "en",
    "ger": "de",
    "deu": "de",
    "fre": "fr",
    "fra": "fr",
    "spa": "es",
    "wel": "cy",
    "cym": "cy",
    "gle": "ga",
    "gla": "gd",
}
# Those that are written from right to left (Unicode CLDR, "Script Metadata").
_LEFTWARD = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])
# How texts of data files say that words are in another language, as pages do.
_SPAN = re.compile(r'<span lang="([^"<>]*)">([^<>]*)</span>')
_ELEMENT = re.compile(
    r"""<(span|bdi|q|cite|i|em|strong)\b[^<>]*?\slang=["']?([A-Za-z0-9-]+)["']?(?=[\s>])[^<>]*>([^<>]*)</\1>"""
)
_ANY_SPAN = re.compile(r"</?span\b[^>]{0,40}>?", re.I)
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.I)


def language_name(tag: str) -> str:
    """What babel calls the language of a tag: 'welsh' for cy; '' where it is not known."""
    names = _NAMES.get(tag) or _NAMES.get(tag.partition("-")[0]) or ""
    return names.partition(" ")[0]


def name_for_readers(tag: str) -> str:
    """What readers call the language of a tag, spoken or signed: 'Welsh' for cy; '' where it is not known."""
    return SIGNED.get(tag) or _FULL_NAMES.get(tag) or language_name(tag).title()


def own_name(tag: str) -> str:
    """What a language is called in its own words: 'English' for en-GB, 'Cymraeg' for cy; its code where that is not known."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (only for a review in several languages)

    try:
        name = str(Locale.parse(base(tag)).get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]


def language_tag(*values: str) -> str:
    """The tag of the first of these values that names a language; '' where none does."""
    for value in values:
        word = value.split(" and ")[0].split(",")[0].strip(" {}").lower()
        if found := _TAGS.get(word) or _ISO_639_2.get(word):
            return found
        if match := _TAG.fullmatch(word):
            parts = (match[1], (match[2] or "").title(), (match[3] or "").upper())
            return "-".join(part for part in parts if part)
    return ""


def tag_slip(value: str) -> str:
    """What is wrong with a value that is to be the tag of a language (BCP 47), and what would be right; '' for a tag."""
    found = language_tag(value)
    meant = found if value.lower() in _ISO_639_2 or not LANGUAGE.fullmatch(value) else ""
    if not meant and LANGUAGE.fullmatch(value):
        return ""
    return f"{quoted(value)} is no code of a language; write {meant or 'one such as cy or en-GB'}"


def is_english(tag: str) -> bool:
    """Whether a language (BCP 47) is English, as it is taken to be where it is not known."""
    return not tag or base(tag) == "en"


def base(tag: str) -> str:
    """A language without its country or script: 'en' for en-GB."""
    return tag.partition("-")[0].lower()


def language_and_country(tag: str) -> tuple[str, str]:
    """A tag as the code of its language and that of its country, '' where it names none: ('en', 'GB') for en-GB, as PDF and office files ask for them."""
    return base(tag), next((part.upper() for part in tag.split("-")[1:] if re.fullmatch("[A-Za-z]{2}", part)), "")


def way_of(tag: str) -> str:
    """Which way a language is written: 'rtl' or 'ltr'."""
    return "rtl" if base(tag) in _LEFTWARD else "ltr"


def other_than(tag: str, own: str) -> str:
    """A language where it is not `own`, country or no country: 'cy' beside en-GB; '' for en."""
    return tag if tag and base(tag) != base(own) else ""


def foreign(tag: str) -> str:
    """A language where it is not that in which the engine speaks: 'cy' beside English; '' for en, and where none is known."""
    return other_than(tag, SPOKEN or "en")


def said_to_be(tag: str) -> str:
    """What is said behind a link that leads to a page in another language: '(in Welsh)'."""
    return _("(in %(language)s)") % {"language": name_for_readers(base(tag))}


def no_edition(tag: str, own: str) -> str:
    """Why a review in the language `own` cannot be in that of `tag` as well; '' where it can."""
    if slip := tag_slip(tag):
        return f"'id': {slip}"
    if (written := language_tag(tag)) and written != tag:  # it is the name of folders, too
        return f"'id': {quoted(tag)} is written {quoted(written)}; write that, and call its folders so"
    if not other_than(tag, own):
        return f"{quoted(tag)} is the review's own language; its pages are in docs/ itself"
    return without_words(tag)


def attributes(tag: str) -> str:
    """What says in HTML, or in the braces of Markdown, that words are in a language; '' for none."""
    return f' lang="{tag}" dir="{way_of(tag)}"' if LANGUAGE.fullmatch(tag) else ""


def with_spans(text: str) -> str:
    """Plain text as a data file has it, with isolates that say the language of words in the place of `<span lang="cy">words</span>`; as it is where these marks have a slip."""
    if "<span" not in text or span_slip(text):
        return text
    return _SPAN.sub(lambda found: spoken(found[2], found[1], way_of(found[1])), text)


def with_isolates(html: str) -> str:
    """Text with HTML in it, as pages have it, with isolates that say the language of words in the place of elements that do."""
    return _ELEMENT.sub(
        lambda found: spoken(found[3], found[2], way_of(found[2])) if LANGUAGE.fullmatch(found[2]) else found[0], html
    )


def without_spans(text: str) -> str:
    """Text of a data file without the marks that say the language of words."""
    return _SPAN.sub(r"\2", text)


def span_slip(text: str) -> str:
    """What is wrong with the marks of a text of a data file that say the language of words, and what would be right; '' where nothing is."""
    slip = next(filter(None, (tag_slip(found[1]) for found in _SPAN.finditer(text))), "")
    wrong = None if slip else _ANY_SPAN.search(without_spans(text))
    return (
        f'holds {quoted(wrong[0])}; write <span lang="cy">words</span> around words in another language'
        if wrong
        else slip
    )
