"""BibTeX text -> references. Nothing is lost: entries read plus entries reported equal entries in the file.

The grammar is bibtexparser's, names are split by it too, and LaTeX is decoded by pylatexenc. Standard fields are those of BibTeX and
biblatex; the fields that the standards lack (`OWN_FIELDS`) are described at the head of bibliography.bib and in docs-dev/fields.md.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import accumulate

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from evidence.model.base import MONTHS, OTHERS, Location, Name, Problem, Reference
from evidence.model.vocabulary import OWN_FIELDS
from evidence.text import escape
from evidence.text.addresses import key_problem
from evidence.text.latex import MAX_DEPTH, depth, latex_to_text, unknown_commands
from evidence.text.words import listed, quoted

# Limits that no work comes near, but that keep a slip (a brace that is closed a thousand entries later) or ill will from taking minutes.
MAX_BLOCKS = 50_000
MAX_SIGNS = 4_000_000
MAX_CHARACTERS = 20_000
# The fields that the site shows, checks or hands on. Any others (abstracts, files, groups of a reference manager) are passed over.
SHOWN = set(
    re.findall(
        r"\w+",
        "author editor title journal journaltitle booktitle series volume number eid pages chapter edition year date "
        "month doi url isbn issn pmid pmcid publisher institution school organization address location type "
        "howpublished note shortauthor shorttitle",
    )
) | set(OWN_FIELDS)
# Fields that take others from another entry (biblatex's manual, "Data Inheritance"; BibTeX's `crossref`).
_INHERITING = ("crossref", "xdata")
# Fields that are an address or a code: LaTeX escapes of single characters are undone, nothing else is touched.
_VERBATIM = {"doi", "url", "file", "eprint", "isbn", "issn"}
_ESCAPE = re.compile(r"\\([_&%#$~{}])")
# What an editor meant as the beginning of an entry, whether or not it is one.
_NEARLY_ENTRY = re.compile(r"^[ \t]*@\s*([\w-]+)\s*[{(\[]\s*([^,\s]*)", re.M)
_BLOCK = re.compile(r"@\w*[ \t]*[{(]")
_WORD = re.compile(r"[A-Za-z][\w+:./-]{0,59}", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-\d{2})?(?![\d/])", re.ASCII)
_NOT_ENTRIES = {"comment", "string", "preamble"}


def parse_bibtex(text: str, path: str) -> tuple[dict[str, Reference], list[Problem], set[str]]:
    """References by key in the file's order, the problems, and the keys of entries that were refused. `path` names the file.

    An entry is read, or one of its lines has a problem: none is passed over.
    """
    blocks, signs = len(_BLOCK.findall(text)), sum(map(text.count, '{}",=\n'))
    if blocks > MAX_BLOCKS or signs > MAX_SIGNS:
        most = f"{MAX_BLOCKS:,} entries and {MAX_SIGNS:,} braces, commas, equals signs, quotation marks and line ends"
        return {}, [Problem(Location(path), f"this file has {blocks:,} and {signs:,}; at most {most}")], {path}
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it also logs what it reports in failed_blocks
    # bibtexparser does not count a line that ends with a backslash, as notes from Zotero have them.
    library = parse_string(text.replace("\\\n", "\\ \n"))
    references: dict[str, Reference] = {}
    problems: list[Problem] = []
    refused: set[str] = set()
    for block in library.blocks:
        where = Location(path, (block.start_line or 0) + 1)
        message = ""
        if isinstance(block, Entry):
            reference, found = _reference(block, where)
            problems += found
            if reference is not None:
                references[reference.key] = reference
            else:
                refused.add(block.key)
        elif isinstance(block, String):
            message = _abbreviation(block)
        elif isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, String):
            message = f"abbreviation {quoted(block.key)} is explained a second time; keep one @string of it"
        elif isinstance(block, DuplicateBlockKeyBlock):
            first = references.get(block.key)
            at = f"; the first is at line {first.where.line}" if first else ""
            message = f"key {quoted(block.key)} is used a second time{at}; give this entry a key of its own"
        elif isinstance(block, ImplicitComment):
            problems += _stray_entries(block, path)
        elif isinstance(block, ParsingFailedBlock):
            match = _NEARLY_ENTRY.match((block.raw or "").lstrip())
            key = quoted(match[2]) if match and match[2] else "without a key"
            refused.add(key.strip("'"))
            if isinstance(block, DuplicateFieldKeyBlock):
                names = ", ".join(sorted(f"'{name}'" for name in block.duplicate_keys))
                message = f"entry {key} has the field {names} twice; keep one of each"
            else:
                message = f"entry {key} cannot be read: {_reason(getattr(block.error, 'abort_reason', ''))}"
        problems += [Problem(where, message)] if message else []
    return references, problems, refused


def _abbreviation(block: String) -> str:
    """What keeps an @string from being text: it stands for other abbreviations, or joins texts. '' for nothing."""
    value = str(block.value).strip()
    if block.parser_metadata.get("removed_enclosing") != "no-enclosing" or value.isdigit():
        return ""
    return f"abbreviation {quoted(block.key)} is {quoted(value)}; write its text out, in braces"


def _stray_entries(block: ImplicitComment, path: str) -> list[Problem]:
    """What bibtexparser passed over as a comment although it looks like an entry."""
    start = (block.start_line or 0) + 1
    return [
        Problem(
            Location(path, start + (block.raw or "").count("\n", 0, match.start(1))),
            f"entry {quoted(match[2])} cannot be read: check its braces and commas",
        )
        for match in _NEARLY_ENTRY.finditer(block.raw or "")
        if match[1].lower() not in _NOT_ENTRIES
    ]


def _reason(message: str) -> str:
    """bibtexparser's reason in plain words."""
    if "Unexpected block start" in message or "end of file" in message:
        return "a closing brace or quotation mark is missing"
    if "comma after entry key" in message:
        return "a comma is missing after its key"
    if "Expected a `=`" in message or "equals sign" in message:
        return "an equals sign is missing after the name of a field, or a comma before it"
    if "after a closed entry field value" in message:
        return "a comma is missing between two fields, or there is a closing brace too many"
    return "its braces, quotation marks or commas are wrong"


def _reference(entry: Entry, where: Location) -> tuple[Reference | None, list[Problem]]:
    key = entry.key or ""
    if fault := key_problem(key):
        return None, [Problem(where, fault)]
    if not _WORD.fullmatch(entry.entry_type):
        return None, [
            Problem(where, f"{quoted('@' + entry.entry_type)} of {key} is no type of entry; write one such as @misc")
        ]
    problems: list[Problem] = []
    fields: dict[str, str] = {}
    raw: dict[str, str] = {}
    enclosings = entry.parser_metadata.get("removed_enclosing", {})
    resolved = entry.parser_metadata.get("ResolveStringReferences", [])
    for item in entry.fields:
        name = item.key.lower()
        at = Location(where.path, (item.start_line or 0) + 1)
        if name not in SHOWN and name not in _INHERITING and _WORD.fullmatch(name):
            continue
        value = escape.clean(str(item.value))
        if name in raw:
            problems.append(Problem(at, f"entry '{key}' has the field '{name}' twice; keep one of them"))
        bare = enclosings.get(item.key) == "no-enclosing" and item.key not in resolved
        bare = bare and not value.isdigit() and not (name == "month" and value.lower()[:3] in MONTHS)
        if fault := next(_field_faults(key, name, value, bare), ""):
            problems.append(Problem(at, fault))
            continue
        raw[name] = value
        if name not in ("author", "editor"):  # whose parts are decoded one by one, below
            verbatim = name in _VERBATIM
            fields[name] = _ESCAPE.sub(r"\1", value).strip("{}") if verbatim else latex_to_text(value)
    if problems:
        return None, problems
    if date := None if fields.get("year") else _DATE.match(fields.get("date", "")):  # biblatex has both in one field
        fields["year"] = date[1]
        fields |= {"month": MONTHS[int(date[2]) - 1]} if date[2] and "month" not in fields else {}
    people = {role: tuple(map(_name, split_multiple_persons_names(raw.get(role, "")))) for role in ("author", "editor")}
    fields |= {role: " and ".join(name.full for name in names) for role, names in people.items() if names}
    nations = tuple(part.strip() for part in fields.get("nations", "").split(",") if part.strip())
    return Reference(key, entry.entry_type.lower(), fields, people["author"], people["editor"], nations, where), []


def _field_faults(key: str, name: str, value: str, bare: bool) -> Iterator[str]:
    """What is wrong with a field, the worst first: what comes after it may not be safe to look at.

    `bare` says that the value has neither braces nor quotation marks around it, and that nothing else explains it.
    """
    if not _WORD.fullmatch(name):
        yield f"field name {quoted(name)} of '{key}' cannot be read; check the commas and equals signs around it"
    if name in _INHERITING:
        yield f"'{key}' uses {name}, which does not work here; write the fields of the other entry out in this one"
    if len(value) > MAX_CHARACTERS:
        yield f"'{name}' of '{key}' has {len(value):,} characters; at most {MAX_CHARACTERS:,}"
    if depth(value) > MAX_DEPTH:
        yield f"'{name}' of '{key}' has braces within braces more than {MAX_DEPTH} deep; take some away"
    if bare and value[:1] in ("{", '"'):
        yield f"'{name}' of '{key}' is more than one text: {quoted(value)}; check its braces and the comma after it"
    if bare:
        yield f"'{name}' of '{key}' is {quoted(value)}, an abbreviation that no @string explains; put braces around text"
    if name not in _VERBATIM and (unknown := unknown_commands(value)):
        commands = listed(f"'\\{command[:20]}'" for command in unknown[:5])
        yield f"'{name}' of '{key}' has {commands}, LaTeX that is not known here; write the letters or signs themselves"


def _is_one_group(text: str) -> bool:
    """Whether braces hold the whole of `text` together, as in '{Trust of {A}}' but not in '{A} of {B}'."""
    levels = list(accumulate((sign == "{") - (sign == "}") for sign in re.sub(r"\\.", "", text)))
    return levels[:1] == [1] and levels[-1] == 0 and 0 not in levels[:-1]


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
