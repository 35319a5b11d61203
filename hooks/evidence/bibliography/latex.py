"""LaTeX of a bibliography in the few commands that its reader (pandoc) knows, all else as Unicode; and what of it is not known at all.

Accents and symbols become letters before names are split, since a splitter that meets `{\\'E}cole` cannot see its capital letter. Symbols are those of
pylatexenc's table, accents those of LaTeX2e ("LaTeX 2e: An unofficial reference manual", 23.5).
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache

_ACCENTS = {
    **dict(zip("'`^\"~=.", "\u0301\u0300\u0302\u0308\u0303\u0304\u0307", strict=True)),
    **dict(zip("uvHcdbrk", "\u0306\u030c\u030b\u0327\u0323\u0331\u030a\u0328", strict=True)),
}
# The blanks after a command belong to it, but for those between two names.
_BLANKS = r"(?:\{\}|[ \t\n]+(?!and\s))?"
_LETTER = rf"\{{\s*(?:\\([ij])|([^\W\d_]))\s*\}}|\\([ij]){_BLANKS}|([^\W\d_])"
_ACCENT = re.compile(rf"\\(?:(['`^\"~=.])\s*|([uvHcdbrk])(?=[\s{{\\])\s*)(?:{_LETTER})")
_IN_BRACES = re.compile(rf"\{{\s*({_ACCENT.pattern})\s*\}}")
_SYMBOL = re.compile(rf"\{{\s*\\([A-Za-z]+)\s*\}}|\\([A-Za-z]+){_BLANKS}")
_COMMAND = re.compile(rf"\\([A-Za-z]+)\*?{_BLANKS}")
# What publishers of physics write, so that a letter comes right in formulas and outside of them.
_IN_TEXT = re.compile(r"\\ifmmode\b.*?\\else\b\s*(.*?)\s*\\fi(?![A-Za-z])(?:\{\})?", re.S)
_CHEMISTRY = re.compile(r"\\ce\s*\{([^{}]*)\}")
_MATHS = re.compile(
    r"(?<!\\)\$\$?((?:[^$\\]|\\.)+?)\$\$?|\\\((.+?)\\\)|\\ensuremath\s*\{((?:[^{}]|\{[^{}]*\})*)\}", re.S
)
_RAISED = re.compile(r"([_^])\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+|[^\s\\{}]))")
# Accents in formulas, by the commands of those in text.
_OF_FORMULAS = dict(
    zip(["acute", "grave", "hat", "ddot", "tilde", "bar", "dot", "breve", "check"], "'`^\"~=.uv", strict=True)
)
_OVER = re.compile(rf"\\({'|'.join(_OF_FORMULAS)})(?:\s*\{{([^\W\d_])\}}|\s+([^\W\d_]))")
_MONEY = re.compile(r"(?<!\\)\$(?=\d)")
# HTML that programs paste into .bib files: the tags that mean something in a title, and character references.
_TAGS = {
    "i": "textit",
    "em": "textit",
    "b": "textbf",
    "strong": "textbf",
    "sup": "textsuperscript",
    "sub": "textsubscript",
}
_TAG = re.compile(rf"<({'|'.join(_TAGS)})>(.*?)</\1>", re.I | re.S)
_ENTITY = re.compile(r"(?<!\\)&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,31});", re.I)
# Commands that pandoc reads as they are meant.
_READ = set(
    re.findall(
        r"\w+",
        "emph textit textsl textbf textsc textrm textup texttt textnormal em it bf sl sc rm tt enquote mkbibquote mkbibemph "
        "textsuperscript textsubscript url slash ldots dots TeX LaTeX textquotesingle textquotedbl",
    )
)
# Those that say how letters look or lines break: their words stay. Of the second group the first argument goes, of the third the whole.
_LOOKS = set(
    re.findall(
        r"\w+",
        "mbox hbox text textmd textsf underline uline mathrm mathit mathbf mathsf mathtt mathcal mathbb operatorname boldmath unboldmath small "
        "large footnotesize relax protect noindent allowbreak break newline linebreak nobreak sloppy lowercase uppercase MakeUppercase nohyphens "
        "mathnormal left right limits displaystyle textstyle xspace ensuremath par null",
    )
)
_SECOND = {"texorpdfstring", "foreignlanguage", "bibinfo", "textcolor", "textlang", "bibfield", "hyperlink"}
_NOTHING = {"noopsort", "SortNoop", "hspace", "vspace", "natexlab", "label", "index"}
_MORE = {
    "textbraceleft": r"\{",
    "textbraceright": r"\}",
    "textasciicircum": "^",
    "textasciitilde": "\ue010",
    "textbackslash": "\ue011",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "circ": "°",
    "prime": "′",
    "backslash": "\ue011",
    "quad": " ",
    "qquad": " ",
    "and": "and",
}


def levels(value: str) -> tuple[int, int, int]:
    """How deep braces stand within each other in `value`: at most, at least (below nothing where one closes too many), and at its end."""
    if "{" not in value and "}" not in value:
        return 0, 0, 0
    level = most = least = 0
    for sign in re.findall(r"[{}]", re.sub(r"\\[\\{}]", "", value)):
        level += 1 if sign == "{" else -1
        most, least = max(most, level), min(least, level)
    return most, least, level


# A library has the same names over and over.
@lru_cache(maxsize=20_000)
def simpler_latex(value: str) -> tuple[str, tuple[str, ...]]:
    """LaTeX in the few commands that pandoc reads, in Unicode of form NFC, and the names of the commands whose meaning is not known.

    Of an unknown command the words in its braces stay. What has to stay apart from markup until pandoc is done (a backslash, a tilde) is a
    private-use character, which `finished` turns back.
    """
    if _ENTITY.search(value):
        value = _ENTITY.sub(lambda match: html.unescape(match[0]), value)
    if "<" in value:
        value = _TAG.sub(lambda match: f"\\{_TAGS[match[1].lower()]}{{{match[2]}}}", value)
    unknown: list[str] = []
    if "\\" in value or "$" in value:
        value = _IN_TEXT.sub(lambda m: f"{m[1]}{{}}" if re.search(r"\\[A-Za-z]+$", m[1]) else m[1], value)
        value = _CHEMISTRY.sub(lambda match: re.sub(r"(?<=[A-Za-z)])(\d+)", r"\\textsubscript{\1}", match[1]), value)
        value = re.sub(
            r"\\s([pb])(?=\s*\{)", lambda m: r"\textsuperscript" if m[1] == "p" else r"\textsubscript", value
        )
        value = _OVER.sub(lambda match: f"\\{_OF_FORMULAS[match[1]]}{{{match[2] or match[3]}}}", value)
        value = re.sub(r"\\([~^])\{\s*\}", lambda m: "\ue010" if m[1] == "~" else r"\textasciicircum{}", value)
        if not re.search(r"[\^_]|\\[A-Za-z]", value):  # no formula, so a $ before a figure is money
            value = _MONEY.sub(r"\\$", value)
        value = _MATHS.sub(lambda match: _formula(match[1] or match[2] or match[3]), value)
        value = _ACCENT.sub(_accented, _IN_BRACES.sub(lambda match: _ACCENT.sub(_accented, match[1]), value))
        value = _SYMBOL.sub(_symbol, value)
        value = _COMMAND.sub(lambda match: _kept(match, unknown), value)
        for name in _SECOND | _NOTHING:
            if f"\ue012{name}" in value:
                value = re.sub(rf"\ue012{name}\ue012\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}", "", value).replace(
                    f"\ue012{name}\ue012", ""
                )
        value = re.sub(r"(?<!\\)\$", r"\\$", value)
    # An unescaped % would begin a comment in LaTeX and swallow the rest, an & or # would be lost; BibTeX itself keeps them.
    value = re.sub(r"(?<!\\)([%&#_^])", lambda m: r"\textasciicircum{}" if m[1] == "^" else f"\\{m[1]}", value)
    value = re.sub(r"(^|[\s(\[{‘“])'(?=\w)([^'’]*)'(?!\w)", r"\1‘\2’", value)
    return unicodedata.normalize("NFC", value), tuple(dict.fromkeys(unknown))


def without_commands(value: str) -> str:
    """Simpler LaTeX as plain text, where pandoc has not read it."""
    value = value.replace(r"\textasciicircum{}", "^")
    return re.sub(r"\\[A-Za-z]+\s*|(?<!\\)[{}]|\\(?=[&%$#_{}])", "", value)


def finished(text: str) -> str:
    """Text as it comes back from pandoc with the characters that had to stay apart, on one line, of form NFC."""
    text = text.replace("\ue010", "~").replace("\ue011", "\\").replace("\u00ad", "")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _formula(text: str) -> str:
    """A formula as text: sub- and superscripts as such."""
    text = re.sub(r"\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))", "°", text)
    raised = {"_": "textsubscript", "^": "textsuperscript"}
    return _RAISED.sub(lambda m: f"\\{raised[m[1]]}{{{m[2] if m[2] is not None else m[3]}}}", text)


def _accented(match: re.Match[str]) -> str:
    letter = next(filter(None, match.groups()[2:]))
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


def _symbol(match: re.Match[str]) -> str:
    return _symbols().get(match[1] or match[2], match[0])


def _kept(match: re.Match[str], unknown: list[str]) -> str:
    name = match[1]
    if name in _READ:
        return match[0]
    if name in _SECOND | _NOTHING:
        return f"\ue012{name}\ue012"
    if name not in _LOOKS:
        unknown.append(name)
    return ""


@cache
def _symbols() -> dict[str, str]:
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 (slow to load; most .bib files hold Unicode)

    found: dict[str, str] = {}
    for category in ("advanced-symbols", "latex-base"):
        for name, macro in get_default_latex_context_db().d[category]["macros"].items():
            repl = macro.simplify_repl
            if (
                isinstance(repl, str)
                and repl
                and not set(repl) & {"%", "\\", "{", "}"}
                and name.isalpha()
                and name not in _READ | _LOOKS | _SECOND
            ):
                found[name] = repl
    return found | _MORE
