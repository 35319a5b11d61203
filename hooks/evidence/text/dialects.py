"""What a Markdown text holds that cannot stand on a page.

Signs of other dialects, and what word processors leave when words are pasted, are not read as they were meant: readers would see the signs as they stand,
or a list as one paragraph. HTML may say what words are and no more, as Python-Markdown leaves it as it is, and the policy for browsers names the hash of
every script that a page holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from evidence.text.direction import LANGUAGE
from evidence.text.spans import Span, blanked, inside
from evidence.text.words import quoted

_SPACES = "\u00a0\u2007\u2009\u202f\u3000"
_BULLETS = "•·▪▫◦‣⁃∙●○■□◆◇➢➤✓✔❖"
_LIST = "write each item on a line of its own that begins with '- ', below an empty line"
_ORDERED = "write each item on a line of its own that begins with '1. ', '2. ' and so on, below an empty line"
TABLE = "write a table as lines of | a | b |, with | --- | --- | below the first"
_BOX = 'write !!! note "Title", and the words below it, four spaces further in'
_OTHER_ITEM = rf"(?:\([a-z\d]{{1,3}}\)|[a-z]{{1,4}}\)|[a-z]\.|[–—](?=[ \t{_SPACES}])|[+-](?=[^\W\d_]))"
_AS_IT_STANDS = "{} is shown as it stands; "
# What lines may not begin with, each with what to do; '{}' is what was found. In one pattern, so that a text is gone through once.
_BEGINNINGS = {
    rf"[ \t>]*[{_BULLETS}][^\n]*": "{} begins with a sign of a word processor; " + _LIST,
    rf"[ \t>]*(?:o[\t{_SPACES}]|[^\w\s#>|*+-][\t{_SPACES}]|[oqvnüØ§][ ]*\t)[^\n]*": "{} begins with a sign of a word processor; "
    + _LIST,
    rf"[ \t>]*(?:[-*+]|\d{{1,3}}\.|\#{{1,6}})[{_SPACES}][^\n]*": "a no-break space follows the first sign of {}; type an ordinary space in its place",
    rf"[ \t]*[{_SPACES}][{_SPACES} \t]*(?:[-*+]|\d{{1,3}}\.)[ \t{_SPACES}][^\n]*": "no-break spaces stand before {}; type ordinary spaces in their place",
    rf"[ \t>]*\d{{1,3}}\)[ \t{_SPACES}][^\n]*": "{} is no item of a list here; " + _ORDERED,
    rf"(?P<_item>[ \t]*{_OTHER_ITEM}[^\n]*)\n[ \t]*{_OTHER_ITEM}": "{} is run together with the next line; " + _LIST,
    r"\?\?\?[^\n]*": _AS_IT_STANDS + _BOX,
    r"[ \t]*!!!(?![ ]?[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+\"[^\n]*?\")?[ ]*(?:\n|$))[^\n]*": _AS_IT_STANDS + _BOX,
    r"(?P<_box>!!![^\n]*)\n(?=[^\s])": "{} has no words in it, as the next line begins too far left; " + _BOX,
    r"[ \t]*>[ ]?\[![A-Za-z]+\][^\n]*": _AS_IT_STANDS + _BOX,
    r"[ \t]*(?:===[ ]?[\"'!+]|:::|///)[^\n]*": _AS_IT_STANDS + "take it out, and write the words below headings",
    r"\*\[[^\]\n]+\]:[^\n]*": _AS_IT_STANDS + 'write <abbr title="its words">ABC</abbr> where it stands in the text',
    r"[ \t]*[-*+][ ]\[[ xX]\][ ][^\n]*": "boxes to tick as in {} are shown as they stand; write a list without them",
    r":[ \t]{1,3}\S[^\n]*": _AS_IT_STANDS + "write '- **word**: meaning'",
}
# What may stand nowhere, each by signs that such a text holds.
_ANYWHERE = (
    (
        ("\t",),
        r"^[^\n]*?\S(?<![-*+>\n])(?<!\d\.)(?<!\#)[ ]*\t[^\n]*",
        "a tab stands within {}; type a space, or " + TABLE,
    ),
    (
        (" {.", " {#", " {:", " { .", " { #"),
        r"^(?P<_braces>[^\s#|>{<][^\n]*[^\s{}][ ]+\{:?[ ]*[.#][\w-][^{}\n]*\})(?=[ \t]|$)",
        "the braces of {} are shown as they stand; put them on a line of their own below it",
    ),
    (
        ("\n{", "\n "),
        r"^[ \t]*\n[ \t]*(?P<_lone>\{:?[ ]*[.#][\w-][^{}\n]*\})[ \t]*$",
        "the braces {} are shown as they stand; take out the empty line above them",
    ),
    (
        ("[^", "^["),
        r"\[\^[^\]\s]+\]|\^\[[^\]\n]+\]",
        "footnotes such as {} are not known here; put the words into the text, or cite a work as [@key]",
    ),
    (("==",), r"==(?=[^=\s])[^=\n]{1,200}(?<=\S)==", _AS_IT_STANDS + "write **words** to stress them"),
    (("~~",), r"~~(?=[^~\s])[^~\n]{1,200}(?<=\S)~~", _AS_IT_STANDS + "write only the words that hold"),
    (("^",), r"\^(?<=\w\^)\w{1,6}\^", _AS_IT_STANDS + "write <sup>2</sup> for a raised 2"),
    (("~",), r"~(?<=\w~)\w{1,6}~(?!~)", _AS_IT_STANDS + "write <sub>2</sub> for a lowered 2"),
    (("[[",), r"\[\[[^\[\]\n]{1,200}\]\](?![(\[])", _AS_IT_STANDS + "write a link as [words](page.md)"),
    (("$$",), r"\$\$", _AS_IT_STANDS + "it is a sign of another program; write formulas in words"),
    ((":",), r":(?<![\w:/]:)[a-z][a-z_-]{1,60}:(?![\w:/])", _AS_IT_STANDS + "write what it means in words"),
    (
        ("] (",),
        r"\][ ]\((?:https?:|\#|[^()\s]{1,200}\.md\b)[^()\n]{0,200}\)",
        "a space stands in the link before {}; write [words](address)",
    ),
    (
        (")[",),
        r"\([^()\n]{1,200}\)\[(?:https?:|[^\]\s]{1,200}\.md\b)[^\]\n]{0,200}\]",
        _AS_IT_STANDS + "write a link as [words](address)",
    ),
)
_LOOK_FOR = tuple((signs, re.compile(pattern, re.M), advice) for signs, pattern, advice in _ANYWHERE)
_BEGIN = re.compile(f"^(?:{'|'.join(f'(?P<a{number}>{sign})' for number, sign in enumerate(_BEGINNINGS))})", re.M)
_ADVICE = {f"a{number}": advice for number, advice in enumerate(_BEGINNINGS.values())}
_ADDRESS = re.compile(r"\]\([^()\s]*|<[^<>\s]*|https?://\S*")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_ITEM = re.compile(r"( {0,3})(?:[-*+]|\d{1,3}\.)[ \t]+\S")
_RULE = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")

# Elements that only say what words are (HTML Living Standard, "Text-level semantics", "Grouping content"), and those that need no end.
_BLOCKS = "div section aside figure figcaption details summary p blockquote dl dt dd ul ol li"
_INLINE = "abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"
BLOCKS, INLINE, VOID = set(_BLOCKS.split()), set(_INLINE.split()), {"br", "hr", "wbr"}
_MAY_STAY_OPEN = {"li", "dt", "dd"}
# MkDocs neither checks nor mends addresses in HTML.
_INSTEAD = {"a": "write a link as [words](address)", "img": "write a picture as ![what it shows](address)"}
_INSTEAD |= dict.fromkeys(["table", "thead", "tbody", "tr", "td", "th"], f"take it out, and {TABLE}")
_INSTEAD |= dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "write a heading as ## Words { #words }")
_ATTRIBUTES = {"class", "id", "lang", "dir", "title", "markdown", "role", "open", "datetime", "hidden"}
# A comment that never ends is told elsewhere.
_OPENS = re.compile(r"<(?:[A-Za-z/?]|!(?!--))")
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=]+))?")
_SPOKEN = re.compile(r"(?<![\w-])(lang|dir)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>}]+))", re.I)
_AUTOLINK = re.compile(r"<(?:https?://[^\s<>\"']*|mailto:[^\s<>\"']*|[\w.+-]+@[\w.-]+)>", re.I)
# Attribute lists (Python-Markdown, "Attribute Lists") could set any attribute of any element.
_BRACES = re.compile(r"\{:?[ \t]*([^{}\n]*)\}")
_VALUE = re.compile(r"=[ \t]*(?:\"[^\"]*\"|'[^']*'|[^\s\"']*)")
# A word alone is an attribute, too: its own name is its value.
_LOUD = re.compile(r"on[a-z]+|style|href|src|srcset|srcdoc|action|formaction|poster|data|background|xlink:href", re.I)
_HARMLESS = re.compile(r"id|class|title|lang|dir|role|width|height|loading|alt|start|data-[\w-]+|aria-[\w-]+", re.I)


def markdown_slips(text: str, code: Sequence[Span] = (), comments: Sequence[Span] = ()) -> Iterator[tuple[int, str]]:
    """The offset and the message of each; nothing is looked for in code and comments."""
    plain = blanked(text, (*code, *comments)) if code or comments else text
    # Braces may belong to code that they touch, and do not stand alone behind it.
    words = [span for span in code if "\n" not in text[slice(*span)]] if "{" in plain else ()
    beside = blanked(plain, words, "x") if words else plain
    found = [(match, _ADVICE[match.lastgroup or ""]) for match in _BEGIN.finditer(plain)]
    for signs, pattern, advice in _LOOK_FOR:
        searched = beside if "{" in signs[0] else plain
        if any(sign in searched for sign in signs):
            matches = list(pattern.finditer(searched))
            addresses = [address.span() for address in _ADDRESS.finditer(plain)] if matches else []
            found += ((match, advice) for match in matches if not inside(addresses, match.start()))
    for match, advice in found:
        group = next((name for name, part in match.groupdict().items() if part and name[0] == "_"), 0)
        shown = text[slice(*match.span(group))].strip()
        yield match.end() - len(match[0].lstrip()), advice.format(quoted(shown, 40))
    if "\n" not in plain and "|" not in plain:  # as most texts of data files, in which there is no list or table
        return
    start = 0
    for end in [*(match.start() for match in _BLANK.finditer(plain)), len(plain)]:
        yield from ((start + offset, message) for offset, message in _block_slips(plain[start:end]))
        start = end


def _block_slips(block: str) -> Iterator[tuple[int, str]]:
    """What is wrong with the lists and tables of lines without an empty one between them."""
    lines: list[tuple[int, str]] = []
    offset = 0
    for line in block.split("\n"):
        bare = line.lstrip(" >\t") if line[:4].isspace() or line.lstrip()[:1] == ">" else line
        if lines or (bare.strip() and not bare.startswith(("#", "!!!", "<"))):
            lines.append((offset, bare))
        offset += len(line) + 1
    first = lines[0][1] if lines else ""
    items = [(at, found) for at, line in lines if (found := _ITEM.match(line))]
    if items and _ITEM.match(first):
        wide = next((at for at, found in items if 0 < len(found[1]) - len(items[0][1][1]) < 4), None)
        if wide is not None:
            yield (
                wide,
                "this item is meant to stand within another; begin its line four spaces further in than that one",
            )
    elif items and not first.startswith("|"):
        above = next(line for (_, line), (at, _) in pairwise(lines) if at == items[0][0])
        if len(items) > 1 or above.rstrip().endswith(":"):
            yield items[0][0], "this list is run together with the line above it; put an empty line between"
    if "|" in block:
        yield from _table_slips(lines)


def _table_slips(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    rule = next((i for i, (_, line) in enumerate(lines) if "|" in line and _RULE.fullmatch(line)), None)
    rows = [at for at, line in lines if line.lstrip().startswith("|")]
    if rule is None:
        if rows:
            yield rows[0], f"this table has no line of | --- | below its first line; {TABLE}"
    elif rule != 1:
        where = "this table is run together with the line above it; put an empty line between"
        yield lines[max(rule - 1, 0)][0], where if rule else f"this table has no names of columns; {TABLE}"
    else:
        columns = _cells(lines[0][1])
        for at, line in lines[1:]:
            if _cells(line) > columns or (at == lines[1][0] and _cells(line) < columns):
                advice = "give each line as many cells, and write \\| for the sign itself"
                yield at, f"this line has {_cells(line)} cells, and the first line of its table {columns}; {advice}"


def _cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", re.sub(r"^[ \t]*\||(?<!\\)\|[ \t]*$", "", line))) + 1


def html_faults(text: str, code: Sequence[Span] = (), comments: Sequence[Span] = ()) -> Iterator[tuple[int, str]]:
    """The offset and message of each tag and attribute of a Markdown text that a page may not have."""
    if "<" not in text and "{" not in text:
        return
    open_blocks = 0
    tags: list[re.Match[str]] = []
    for match in _OPENS.finditer(text):
        # Within an element, what looks like code may not be code to Python-Markdown.
        if inside(comments, match.start()) or (not open_blocks and inside(code, match.start())):
            continue
        tag = _TAG.match(text, match.start())
        name = tag[2].lower() if tag else ""
        if tag and name in BLOCKS:
            open_blocks = max(0, open_blocks + (-1 if tag[1] else 1))
        if tag and name in BLOCKS | INLINE | VOID:
            tags.append(tag)
            for attribute in _ATTRIBUTE.findall(tag[3]):
                if attribute.lower() not in _ATTRIBUTES and not attribute.lower().startswith(("data-", "aria-")):
                    yield match.start(), f"attribute {quoted(attribute)} of <{name}> cannot stand in a page; remove it"
            yield from ((match.start(), message) for message in _misspoken(tag[3]))
        elif not _AUTOLINK.match(text, match.start()):
            shown = text[match.start() : match.start() + 40].partition("\n")[0].partition(">")
            advice = _advice(text[match.start() - 2 : match.start()], "".join(shown[:2]))
            yield match.start(), f"{quoted(shown[0] + shown[1])} cannot stand in a page as HTML; {advice}"
    yield from _not_closed(tags)
    for match in _BRACES.finditer(text):
        if not inside(comments, match.start()) and (open_blocks or not inside(code, match.start())):
            yield from ((match.start(), message) for message in _loud(match[1]))


def _loud(attributes: str) -> Iterator[str]:
    """What is wrong with the attributes in braces."""
    for word in _VALUE.sub("= ", attributes).replace("=", "= ").split():
        attribute = word.rstrip("=")
        named = word.endswith("=") and attribute
        if (named and not _HARMLESS.fullmatch(attribute)) or _LOUD.fullmatch(attribute):
            yield f"{quoted(attribute)} in braces cannot stand in a page; remove it, or write \\{{ for a brace"
    yield from _misspoken(attributes)


def _not_closed(tags: Iterable[re.Match[str]]) -> Iterator[tuple[int, str]]:
    """Elements that do not end, or that end without a beginning: the rest of the page would be taken for their text."""
    waiting: list[tuple[str, int]] = []
    counts = Counter[str]()
    for tag in (tag for tag in tags if tag[2].lower() not in VOID | _MAY_STAY_OPEN):
        name = tag[2].lower()
        if not tag[1]:
            waiting.append((name, tag.start()))
            counts[name] += 1
        elif counts[name]:
            while waiting[-1][0] != name:
                counts[waiting[-1][0]] -= 1
                yield _unclosed(waiting.pop())
            counts[waiting.pop()[0]] -= 1
        else:
            yield tag.start(), f"{quoted(tag[0])} closes nothing; take it out, or write <{name}> where it begins"
    yield from map(_unclosed, waiting)


def _unclosed(element: tuple[str, int]) -> tuple[int, str]:
    return element[1], f"<{element[0]}> is never closed; write </{element[0]}> where it ends"


def _misspoken(attributes: str) -> Iterator[str]:
    """What is wrong with a language or a direction among attributes: browsers, screen readers and papers would pass over it."""
    for name, *values in _SPOKEN.findall(attributes):
        value = next(filter(None, values), "")
        if name.lower() == "lang" and not LANGUAGE.fullmatch(value):
            yield f'lang {quoted(value)} is no code of a language; write one such as lang="cy" or lang="en-GB"'
        elif name.lower() == "dir" and value.lower() not in ("ltr", "rtl", "auto"):
            yield f'dir {quoted(value)} is no direction; write dir="rtl" for words that run from right to left'


def _advice(before: str, tag: str) -> str:
    if before == "](":
        return "write the address without < and >"
    name = re.match(r"</?([A-Za-z][\w:-]*)[^<>]*>", tag)
    return _INSTEAD.get(
        name[1].lower() if name else "", f"{'take it out, or ' if name else ''}write &lt; for a less-than sign"
    )
