"""One escaping function for each context that untrusted text is put into."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from evidence.text.direction import with_elements, without_languages

# Characters that some Markdown dialect gives a meaning to within a line. Character references survive every dialect, backslashes do not.
_SPECIAL = str.maketrans({c: f"&#{ord(c)};" for c in "\\`*_{}[]<>|~^=$@#!"} | {"&": "&amp;"})
_ANY_SPECIAL = re.compile(f"[{re.escape(''.join(map(chr, _SPECIAL)))}]")
_LOOKALIKES = str.maketrans('"{}<>\\`|[]', "”()‹›/'/()") | {ord("@"): " at "}
_FIGURES = re.compile(r"[-\d+=()]+\Z", re.ASCII)
_RAISED = {
    "sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^([-+:?]|\d+)(?=[.)\s?-])")
# Controls, line ends that only some programs know, and the private-use characters that the engine itself uses as marks.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` on one line, without control characters and what says the language of words."""
    return on_one_line(without_languages(text))


def on_one_line(text: str) -> str:
    """`text` on one line, without control characters."""
    seen = text if text.isprintable() else UNSEEN.sub(" ", text)  # no sign of UNSEEN is printable, and most texts are
    return " ".join(seen.split())


def markdown(text: str) -> str:
    """Plain text as inline Markdown that shows just that text, on one line."""
    return no_block(_inline(text))


def _inline(text: str) -> str:
    text = on_one_line(text)
    return with_elements(text.translate(_SPECIAL) if _ANY_SPECIAL.search(text) else text)


def no_block(inline: str) -> str:
    """Inline Markdown that begins no list, definition or the like, wherever a line of it may stand."""
    return _BLOCK_START.sub(lambda m: "".join(f"&#{ord(c)};" for c in m[1]), inline)


def markdown_keeping_space(text: str) -> str:
    """Like `markdown`, for a piece of a longer line: white space at its ends is kept as one space, and it starts no block."""
    return keeping_space(text, _inline)


def keeping_space(text: str, escaped: Callable[[str], str]) -> str:
    """A piece of a longer line, `escaped` as it is where text stands alone, with white space at its ends kept as one space."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + escaped(text) + after


def attribute(text: str) -> str:
    """Plain text as the value of an attribute-list attribute, to stand between double quotes.

    Attribute lists know no escape for quotation marks and braces (Python-Markdown, "Attribute Lists"), so these are replaced by look-alikes,
    and so is an & that would begin a character reference. Stars and underscores need backslashes, as in any text.
    """
    return re.sub(r"([*_])", r"\\\1", _ENTITY.sub("＆", clean(text).translate(_LOOKALIKES)))


@lru_cache(maxsize=16_384)
def url(address: str) -> str:
    """A web address for a Markdown link: what could end the link or start markup is percent-encoded. '' unless it is http or https."""
    address = clean(address).replace(" ", "%20")
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
    except ValueError:
        return ""
    # '&lt;' in an address would be read as a character of HTML, and Markdown leaves it as it is.
    return re.sub(r"(&#?\w+);", r"\1%3B", quote(address, safe=":/?#@!$&+,;=%~-._"))


def link(text: str, target: str) -> str:
    """A Markdown link to an outside address, or the text alone where the address is not http or https."""
    safe = url(target)
    return f"[{markdown(text)}](<{safe}>)" if safe else markdown(text)


def html_text(text: str) -> str:
    """Plain text for HTML, between tags or in a quoted attribute."""
    return html.escape(clean(text), quote=True)


def html_words(text: str) -> str:
    """Plain text for HTML between tags, with what is isolated, or in another language, as an element."""
    return with_elements(html.escape(on_one_line(text), quote=True))


def to_copy(formatted: str) -> str:
    """A reference as styles make it (see `format_works`) for who copies plain text: of its tags only <bdi> is left, and raised figures are signs."""

    def plain(match: re.Match[str]) -> str:
        return match[2].translate(_RAISED[match[1]]) if _FIGURES.match(match[2]) else match[2]

    return re.sub(r"<(su[bp])>(.*?)</\1>", plain, formatted).replace("<i>", "").replace("</i>", "")


def cell(inline: str) -> str:
    """Inline Markdown for a cell of a Markdown table."""
    return " ".join(inline.split()).replace("\\|", "&#124;").replace("|", "&#124;")


def csv_cell(text: str) -> str:
    """Plain text for a spreadsheet cell: a leading formula character is made harmless (OWASP, "CSV Injection")."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
