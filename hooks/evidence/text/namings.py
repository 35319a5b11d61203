"""Works that a text names otherwise than a citation does: by an @ or a key without its square brackets, by author and year, by a number, by the commands of
LaTeX, Org, reStructuredText and AsciiDoc, or by what EndNote, Zotero and Mendeley put into documents for themselves; and citations where none can be.

Readers would see such words as they stand, and no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from evidence.text.addresses import cited_key
from evidence.text.words import quoted

# The keys of works by year, and by names as `plain_names` has them.
Names = Mapping[str, Mapping[str, str]]
_YEAR = r"((?:1[6-9]|20)\d\d[a-z]?|n\.d\.)"
# An @ at the beginning of a word, and that word; a name on social media has no year at its end.
_AT = re.compile(r"(?<![\w.+/&-])[@＠﹫]\{?([^\s\[\](){}<>;,\"“”‘’|*`@]+)")
_LIKE_A_KEY = re.compile(r"[^\W\d_][\w:-]*(?:1[6-9]|20)\d\d[a-z]{0,2}")
# Where figures follow a letter, a key may stand alone.
_FIGURES = re.compile(r"\d\d(?<=[^\W\d_]\d\d)")
_WORD = re.compile(r"[^\s\[\](){}<>;,\"“”‘’|*`@=]+")
_KEY = re.compile(r".*[^\W_]")
_IN_BRACKETS = re.compile(rf"[(\[{{]([^()\[\]{{}}]{{2,200}}?[\s,]{_YEAR}\b[^()\[\]{{}}]{{0,200}})[)\]}}](?![(\[])")
_AFTER_NAMES = re.compile(rf"(?<=[\w.’'] )\({_YEAR}(?:[,:] ?[^()]*)?\)")
_BY_NUMBER = re.compile(r"(?<![\w\]\\!])\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\](?![(\[:])")
# From the end of a citation on: the rest of the text of a link or picture that it stands in; and up to its beginning: other places in which it is no text.
_LINK_ENDS = re.compile(r"(?:[^\[\]\n]|\n(?![ \t]*\n)|\[[^\[\]\n]*\]){0,500}?\](?=[(\[])")
_NO_TEXT = re.compile(r"\]\([^()\n]*$|<[A-Za-z][^<>\n]*$|\{[^{}\n]*=\s*[\"'][^{}\n]*$")
_TOUCHES = {"(": "so it reads as a link", "[": "so it reads as a link", "{": "which cannot belong to a citation"}
_COMMANDS = re.compile(
    r"(?P<own>\\(?:full_|print)?bibliography\b(?:\{[^{}\n]*\})?)"
    r"|(?:\\[A-Za-z]{0,20}cite[A-Za-z]{0,20}\*?(?:\[[^\[\]\n]*\]){0,2}|:cite(?::\w+)?:(?=`)|\{cite(?::\w+)?\}(?=`)|\bcite:(?=\[))"
    r"(?:\{(?P<keys>[^{}\n]*)\}|`(?P<role>[^`\n]*)`|\[(?P<list>[^\[\]\n]*)\])"
    r"|\{[^{}\n]*\d{4}[a-z]?,?[ ]\#\d[^{}\n]*\}|\{[^{}|\n]{0,40}\|[^{}|\n]{0,200}\d{4}[^{}|\n]{0,200}\|[^{}\n]*\}"
    r"|\{\{\d+[ ][^{}\n]*\}\}|\bADDIN[ ](?:ZOTERO_|EN\.|CSL_|Mendeley|PAPERS|REFMGR)[^\n]*"
)


def may_name_works(text: str) -> bool:
    """Whether it is worth a look: most texts hold nothing of the kind."""
    return (
        "@" in text
        or "＠" in text
        or "﹫" in text
        or bool(
            _FIGURES.search(text) or _IN_BRACKETS.search(text) or _AFTER_NAMES.search(text) or _BY_NUMBER.search(text)
        )
    )


def named_works(
    text: str, known: Collection[str], names: Callable[[], Names], cited: Collection[str]
) -> Iterator[tuple[int, str]]:
    """The offset and the message of each work that `text`, a text without its citations, names.

    `known` are the keys of all works, `names` gives them by year and names, and `cited` are those that the text cites beside.
    """
    yield from bare_keys(text, known)
    yield from _alone(text, known)
    if _IN_BRACKETS.search(text) or _AFTER_NAMES.search(text):
        yield from _named(text, names(), cited)
    for match in _BY_NUMBER.finditer(text):
        advice = f"cite by key, as [@key], or write \\{match[0]} for figures in brackets"
        yield match.start(), f"{quoted(match[0])} is shown as it stands; {advice}"


def bare_keys(text: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Each @ with a key, or what looks like one, that stands outside of square brackets."""
    for match in _AT.finditer(text):
        key = match[1] if match[1] in known else _key(match[1])
        if key in known or _LIKE_A_KEY.fullmatch(key):
            cited = cited_key(key)
            advice = f"write [@{cited}], or [-@{cited}] where the sentence has the names"
            other = "" if key in known else "; for a name on social media, write &#64; for the @"
            yield match.start(), f"'@{key}' is shown as it stands, as it has no square brackets; {advice}{other}"


def _alone(text: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    end = 0
    for figures in _FIGURES.finditer(text):
        begin = max(end, *(text.rfind(space, end, figures.start()) + 1 for space in " \n\t"))
        for match in _WORD.finditer(text, begin) if figures.start() >= end else ():
            end = match.end()
            if end > figures.start():
                key = _key(match[0])
                beside = text[match.start() - 1 : match.start()], text[end : end + 1]
                if key in known and "@" not in beside:  # which is told by itself, or belongs to an address
                    message = f"{quoted(key)} is the key of a work and is shown as it stands; write [@{cited_key(key)}]"
                    yield match.start(), message
                break


def _key(word: str) -> str:
    """A word without the signs at its end."""
    found = _KEY.match(word)
    return found[0] if found else ""


def plain_names(text: str) -> str:
    """Names as they are compared: small letters, no signs, and 'and' for an ampersand."""
    return " ".join(re.sub(r"[.,;:*_]", " ", text.replace("&amp;", "and").replace("&", " and ")).casefold().split())


def _named(text: str, names: Names, cited: Collection[str]) -> Iterator[tuple[int, str]]:
    """Works that the text names by author and year, where nothing beside it cites them; not in the words of others."""

    def key_of(before: str, year: str) -> str:
        words = f" {plain_names(before)}"
        return next((key for name, key in names.get(year, {}).items() if words.endswith(f" {name}")), "")

    for match in [*_IN_BRACKETS.finditer(text), *_AFTER_NAMES.finditer(text)]:
        if text.rfind("“", 0, match.start()) > text.rfind("”", 0, match.start()):
            continue
        if match.re is _AFTER_NAMES:
            works = [(text[max(0, match.start() - 200) : match.start()], match[1])]
        else:
            works = [(match[1][: year.start()], year[0]) for year in re.finditer(rf"\b{_YEAR}", match[1])]
        keys = [key for before, year in works if (key := key_of(before, year)) and key not in cited]
        if keys:
            minus = "-" if match.re is _AFTER_NAMES else ""
            right = f"[{'; '.join(f'{minus}@{cited_key(key)}' for key in dict.fromkeys(keys))}]"
            yield match.start(), f"{quoted(match[0])} names a work without citing it; write {right}"


# Python-Markdown would take all up to it for attributes of the citation's link, and put words out of order.
_BRACE_BEHIND = re.compile(r"(?:[^\n\[\]`*_<}\\]|\\.)*\}")


def misplaced(text: str, start: int, end: int) -> str:
    """What is wrong with the place of the citation from `start` to `end`; '' where it stands well."""
    cited, after = text[start:end], text[end : end + 1]
    if text[start - 1 : start] == "[" and after == "]":
        return f"{quoted(f'[{cited}]')} has one pair of brackets too many; write {cited}"
    picture = after == "(" and text[start - 1 : start] == "!"
    if picture or _LINK_ENDS.match(text, end):
        return f"{quoted(cited)} stands in the text of a link or picture, which cannot cite; put it behind the link or picture"
    if after and after in _TOUCHES:
        advice = "take out what stands in braces" if after == "{" else "put a space between, or write [@key; @other]"
        return f"{quoted(cited)} touches a '{after}', {_TOUCHES[after]}; {advice}"
    if text[start - 1 : start] == "{" or after == "}":
        return f"{quoted(cited)} stands in braces, which readers would see in pieces; write {cited} without them"
    if _NO_TEXT.search(text, text.rfind("\n", 0, start) + 1, start):
        return f"{quoted(cited)} stands in an address, a title or braces, which cannot cite; put it into the text"
    braced = _BRACE_BEHIND.match(text, end) and not text.startswith("#", text.rfind("\n", 0, start) + 1)
    message = f"a brace follows {quoted(cited)} in its line, and would put words out of order; write \\{{ and \\}}"
    return message if braced else ""


def foreign_citations(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each piece begins and ends that cites in another program, or is a command that would have mkdocs-bibtex write its own list of references; and
    the message."""
    for match in _COMMANDS.finditer(text):
        if match["own"]:
            message = f"{quoted(match[0])} does nothing here, as each page lists by itself what it cites; take it out"
        else:
            keys = re.split(r"[,;]", match["keys"] or match["role"] or match["list"] or "key")
            right = f"[{'; '.join(f'@{key.strip()}' for key in keys if key.strip())}]"
            message = f"{quoted(match[0])} does not cite here; write {right}, with keys from bibliography.bib"
        yield match.start(), match.end(), message
