"""LaTeX text of a bibliography -> plain Unicode text, by pylatexenc; and what of it cannot be turned into text without losing words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from itertools import accumulate

from pylatexenc import latexwalker
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

# pylatexenc reads braces within braces by recursion, so a value is measured before it gets there.
MAX_DEPTH = 30
_LATEX = re.compile(r"[\\{}$~]|--|``|''")
_HARD_LATEX = re.compile(r"\\(?![&%$#_{}])|(?<!\\)[$~%]|``|''|[!?]`|<<|>>|,,")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)")
# Commands that pylatexenc turns into the characters that they stand for, or into the words inside them.
_SYMBOLS = ("latex-base", "nonascii-specials", "advanced-symbols")
_NO_SYMBOLS = {"input", "include", "today", "texorpdfstring", "sqrt", "bra", "ket", "braket", "ketbra"}
_WORDS = {"emph", "textrm", "textit", "textbf", "textsc", "textsl", "text", "url", "underline", "\\"}
# Commands that pylatexenc lacks: characters, and those that keep the words in their braces.
_MORE = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotesingle": "'",
    "textquotedbl": '"',
}
_MORE_WORDS = {"textsuperscript", "textsubscript", "textup", "textnormal", "mbox", "/"}


def depth(value: str) -> int:
    """How many braces stand within each other in `value`, at most."""
    signs = re.findall(r"[{}]", value)
    return max(accumulate(signs, lambda level, sign: level + 1 if sign == "{" else max(level - 1, 0), initial=0))


def unknown_commands(value: str) -> list[str]:
    """The LaTeX commands of `value` that `latex_to_text` would drop, without their backslash."""
    return sorted(set(_COMMAND.findall(value)) - _known_commands()) if "\\" in value else []


@cache
def _decoder() -> Callable[[str], str]:
    context = get_default_latex_context_db()
    more = [MacroTextSpec(*pair) for pair in _MORE.items()]
    more += [MacroTextSpec(name, discard=False) for name in sorted(_MORE_WORDS)]
    context.add_context_category("more", prepend=True, macros=more)
    grammar = latexwalker.get_default_latex_context_db()  # made once: pylatexenc would make it anew for every text
    return partial(LatexNodes2Text(context, math_mode="text", keep_comments=True).latex_to_text, latex_context=grammar)


@cache
def _known_commands() -> frozenset[str]:
    categories = get_default_latex_context_db().d
    symbols = {name for category in _SYMBOLS for name in categories[category]["macros"]}
    return frozenset((symbols - _NO_SYMBOLS) | _WORDS | _MORE_WORDS | _MORE.keys())


# A library has the same names over and over, and pylatexenc takes half a millisecond for each.
@lru_cache(maxsize=20_000)
def latex_to_text(value: str) -> str:
    """LaTeX text as plain Unicode: accents, dashes and escapes decoded, braces gone. Plain text comes back as it is."""
    if not _LATEX.search(value):
        return value
    # Braces, dashes and escaped signs alone, as most fields have; the decoder is slow.
    if not _HARD_LATEX.search(value):
        value = re.sub(r"(?<!\\)[{}]", "", value.replace("---", "—").replace("--", "–"))
        return " ".join(re.sub(r"\\([&%$#_{}])", r"\1", value).split())
    # An unescaped % would start a LaTeX comment and swallow the rest of the field, an & would be lost; BibTeX itself keeps both.
    value = re.sub(r"(?<!\\)([%&])", r"\\\1", value)
    if not re.search(r"[\^_]|\\[A-Za-z]", value):  # no formula, so a $ before a figure is money
        value = re.sub(r"(?<!\\)\$(?=\d)", r"\\$", value)
    return " ".join(_decoder()(value).split())
