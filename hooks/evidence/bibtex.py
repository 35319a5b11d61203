"""BibTeX text -> references. Nothing is lost: entries read plus entries reported equal entries in the file.

The grammar is bibtexparser's, names are split by it too, and LaTeX is decoded by pylatexenc. Standard fields are those of BibTeX and
biblatex; the fields that the standards lack (`sourcekind`, `nations`, `access`, `listing`, `verified`, `editornote`, `uncited`) are described
at the head of bibliography.bib and in CONTRIBUTING.md.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ImplicitComment
from pylatexenc import latexwalker
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from evidence.model import OTHERS, Name, Problem, Reference, Where
from evidence.words import listed, quoted

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Fields that are an address or a code: LaTeX escapes of single characters are undone, nothing else is touched.
_VERBATIM = {"doi", "url", "file", "eprint", "isbn", "issn"}
_LATEX = re.compile(r"[\\{}$~]|--|``|''")
_HARD_LATEX = re.compile(r"\\(?![&%$#_{}])|(?<!\\)[$~%]|``|''|[!?]`|<<|>>|,,")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)")
# Commands that pylatexenc turns into the characters that they stand for, or into the words inside them.
_SYMBOLS = ("latex-base", "nonascii-specials", "advanced-symbols")
_NO_SYMBOLS = {"input", "include", "today", "texorpdfstring", "sqrt", "bra", "ket", "braket", "ketbra"}
_WORDS = {"emph", "textrm", "textit", "textbf", "textsc", "textsl", "text", "url", "underline", "\\"}
# Commands that pylatexenc lacks: characters, and those that keep the words in their braces.
_MORE = {"textless": "<", "textgreater": ">", "textbar": "|", "textquotesingle": "'", "textquotedbl": '"'}
_MORE_WORDS = {"textsuperscript", "textsubscript", "textup", "textnormal", "mbox", "/"}
_KEY_LINE = re.compile(r"^\s*@(\w+)\s*[{(]\s*([^,\s]*)", re.M)
# What an editor meant as the beginning of an entry, whether or not it is one.
_NEARLY_ENTRY = re.compile(r"^[ \t]*@\s*([\w-]+)\s*[{(\[]\s*([^,\s]*)", re.M)
_NOT_ENTRIES = {"comment", "string", "preamble"}


def parse_bibtex(text: str, path: str) -> tuple[dict[str, Reference], list[Problem], set[str]]:
    """References by key in the file's order, the problems, and the keys of entries that were refused. `path` names the file."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it also logs what it reports in failed_blocks
    library = parse_string(text)
    references: dict[str, Reference] = {}
    problems: list[Problem] = []
    refused: set[str] = set()
    for block in library.blocks:
        where = Where(path, (block.start_line or 0) + 1)
        if isinstance(block, Entry):
            reference, found = _reference(block, where)
            problems += found
            if reference is not None:
                references[reference.key] = reference
            else:
                refused.add(block.key)
        elif isinstance(block, DuplicateBlockKeyBlock):
            first = references.get(block.key)
            at = f"; the first is at line {first.where.line}" if first else ""
            problems.append(
                Problem(where, f"key {quoted(block.key)} is used a second time{at}; give this entry a key of its own")
            )
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(sorted(f"'{name}'" for name in block.duplicate_keys))
            problems.append(Problem(where, f"entry {_key_of(block.raw)} has the field {names} twice; keep one of each"))
            refused.add(_key_of(block.raw).strip("'"))
        elif isinstance(block, ImplicitComment):
            problems += _stray_entries(block, path)
        elif block in library.failed_blocks:
            problems.append(
                Problem(
                    where,
                    f"entry {_key_of(block.raw)} cannot be read: {_reason(getattr(getattr(block, 'error', None), 'abort_reason', ''))}",
                )
            )
            refused.add(_key_of(block.raw).strip("'"))
    return references, problems, refused


def _stray_entries(block: ImplicitComment, path: str) -> list[Problem]:
    """What bibtexparser passed over as a comment although it looks like an entry."""
    start = (block.start_line or 0) + 1
    return [
        Problem(
            Where(path, start + (block.raw or "").count("\n", 0, match.start(1))),
            f"entry {quoted(match[2])} cannot be read: check its braces and commas",
        )
        for match in _NEARLY_ENTRY.finditer(block.raw or "")
        if match[1].lower() not in _NOT_ENTRIES
    ]


def _key_of(raw: str | None) -> str:
    match = _KEY_LINE.match(raw or "")
    return quoted(match[2]) if match and match[2] else "without a key"


def _reason(message: str) -> str:
    """bibtexparser's reason in plain words."""
    if "Unexpected block start" in message or "end of file" in message:
        return "a closing brace or quotation mark is missing"
    if "comma after entry key" in message:
        return "a comma is missing after its key"
    return message.splitlines()[-1].strip() if message else "its braces, quotation marks or commas are wrong"


def _reference(entry: Entry, where: Where) -> tuple[Reference | None, list[Problem]]:
    key = entry.key or ""
    if not re.fullmatch(r"[A-Za-z0-9][\w-]*", key, re.ASCII):
        # The key becomes an address and is what [@key] must match: the syntax of mkdocs-bibtex allows no other characters.
        return None, [
            Problem(
                where, f"key {quoted(key)}: use letters, digits, '-' and '_' only, and begin with a letter or digit"
            )
        ]
    problems: list[Problem] = []
    fields: dict[str, str] = {}
    raw: dict[str, str] = {}
    enclosings = entry.parser_metadata.get("removed_enclosing", {})
    resolved = entry.parser_metadata.get("ResolveStringReferences", [])
    for item in entry.fields:
        name = item.key.lower()
        at = Where(where.path, (item.start_line or 0) + 1)
        value = " ".join(str(item.value).split())
        if name in fields:
            problems.append(Problem(at, f"entry '{key}' has the field '{name}' twice; keep one of them"))
        if enclosings.get(item.key) == "no-enclosing" and item.key not in resolved and not _bare(name, value):
            problems.append(
                Problem(
                    at, f"'{name}' of '{key}' is {quoted(value)}, an undefined abbreviation; put braces around text"
                )
            )
        if name == "crossref":
            problems.append(Problem(at, f"'{key}' uses crossref, which is not supported; write its fields out"))
        unknown = (
            [] if name in _VERBATIM else sorted({c for c in _COMMAND.findall(value) if c not in _known_commands()})
        )
        if unknown:
            commands = listed(f"'\\{command}'" for command in unknown)
            problems.append(
                Problem(at, f"'{name}' of '{key}' has {commands}, LaTeX that is not known here; write the characters")
            )
            continue
        raw[name] = value
        fields[name] = _undo_escapes(value) if name in _VERBATIM else latex_to_text(value)
    if problems:
        return None, problems
    people = {role: tuple(_name(person) for person in _persons(raw.get(role, ""))) for role in ("author", "editor")}
    nations = tuple(part.strip() for part in fields.get("nations", "").split(",") if part.strip())
    return Reference(key, entry.entry_type.lower(), fields, people["author"], people["editor"], nations, where), []


def _bare(name: str, value: str) -> bool:
    return value.isdigit() or (name == "month" and value.lower()[:3] in MONTHS)


def _undo_escapes(value: str) -> str:
    return re.sub(r"\\([_&%#$~{}])", r"\1", value).strip("{}")


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    more = [MacroTextSpec(*pair) for pair in _MORE.items()]
    more += [MacroTextSpec(name, discard=False) for name in sorted(_MORE_WORDS)]
    context.add_context_category("more", prepend=True, macros=more)
    return LatexNodes2Text(context, math_mode="text", keep_comments=True)


@cache
def _grammar() -> Any:
    return latexwalker.get_default_latex_context_db()  # made once: pylatexenc would make it anew for every text


@cache
def _known_commands() -> frozenset[str]:
    categories = get_default_latex_context_db().d
    symbols = {name for category in _SYMBOLS for name in categories[category]["macros"]}
    return frozenset((symbols - _NO_SYMBOLS) | _WORDS | _MORE_WORDS | _MORE.keys())


def latex_to_text(value: str) -> str:
    """LaTeX text as plain Unicode: accents, dashes and escapes decoded, braces gone. Plain text comes back as it is."""
    if not _LATEX.search(value):
        return value
    if not _HARD_LATEX.search(
        value
    ):  # braces, dashes and escaped signs alone, as most fields have; the decoder is slow
        value = re.sub(r"(?<!\\)[{}]", "", value).replace("---", "—").replace("--", "–")
        return " ".join(re.sub(r"\\([&%$#_{}])", r"\1", value).split())
    # An unescaped % would start a LaTeX comment and swallow the rest of the field, an & would be lost; BibTeX itself keeps both.
    value = re.sub(r"(?<!\\)([%&])", r"\\\1", value)
    if not re.search(r"[\^_]|\\[A-Za-z]", value):  # no formula, so a $ before a figure is money
        value = re.sub(r"(?<!\\)\$(?=\d)", r"\\$", value)
    return " ".join(_decoder().latex_to_text(value, latex_context=_grammar()).split())


def _persons(value: str) -> list[str]:
    return split_multiple_persons_names(value) if value else []


def _is_one_group(text: str) -> bool:
    """Whether braces hold the whole of `text` together, as in '{Trust of {A}}' but not in '{A} of {B}'."""
    inside = re.sub(r"\\.", "", text)
    if not (inside.startswith("{") and inside.endswith("}")):
        return False
    inside, found = inside[1:-1], 1
    while found:
        inside, found = re.subn(r"\{[^{}]*\}", "", inside)
    return "{" not in inside and "}" not in inside


def _name(person: str) -> Name:
    if person == "others":  # BibTeX's word for authors who are not named
        return OTHERS
    if _is_one_group(person):
        return Name(literal=latex_to_text(person))
    try:
        parts = parse_single_name_into_parts(person)
    except ValueError:
        return Name(literal=latex_to_text(person))
    words = {role: latex_to_text(" ".join(getattr(parts, role))) for role in ("first", "von", "last", "jr")}
    family = ", ".join(part for part in (words["last"], words["jr"]) if part)
    return Name(family=family, given=words["first"], particle=words["von"])
