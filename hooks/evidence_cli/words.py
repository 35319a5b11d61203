"""`evidence words`: the words of the engine for those who translate them, and what is wrong with a translation.

Words are found where they are marked: in Python, in templates and in the site's own scripts. A catalogue is a file of GNU gettext (PO), which the
programs of translators open. Who checked an entry writes so above it: `# checked: name, day`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from jinja2.ext import babel_extract

from evidence_mkdocs import marked_words

ENGINE = Path(__file__).parents[1]
ROOMS = ("evidence", "evidence_mkdocs", "evidence_publish")
# The functions that look words up, with how many texts each takes and where these stand.
FUNCTIONS = {"_": (0,), "ngettext": (0, 1), "numbered": (0, 1)}
_JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
_CHECKED = re.compile(r"checked:\s*(.+)")
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%[^(\s]")
# Signs that would begin markup on a page; a translation has those of the English words, and no others.
_MARKUP = re.compile(r"<[^<>]*>|[<>`*\[\]{}|\\]|&#?\w+;")

Texts = tuple[str, ...]


def words(locale: Path, language: str) -> int:
    """Write or update the catalogue of a language, or look through all that there are; 1 where one has mistakes, which have then been printed."""
    template, failed = catalogue(ENGINE), 0
    if not language:
        print(f"The engine has {len(template)} entries.")
    for file in [locale / f"{language}.po"] if language else sorted(locale.glob("*.po")):
        try:
            Locale.parse(language or file.stem, sep="-")
            kept = _read(file, language or file.stem)
        except (PoFileError, ValueError, UnknownLocaleError) as error:
            place, said = getattr(error, "lineno", 0) + 1, re.sub(r" on \d+$", "", str(error))
            print(
                f"{file}:{place}: this is no catalogue of words: {said}; open it in a program for PO files",
                file=sys.stderr,
            )
            failed = 1
            continue
        wrong = list(mistakes(kept, file))
        print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
        failed |= bool(wrong)
        template.creation_date = kept.creation_date  # a catalogue in which nothing has changed stays as it is
        kept.update(template, no_fuzzy_matching=True, update_header_comment=False)  # nothing is guessed
        if language and not wrong:
            locale.mkdir(parents=True, exist_ok=True)
            made = BytesIO()
            write_po(made, kept, width=0, include_lineno=False, ignore_obsolete=False)
            file.write_bytes(made.getvalue())
        print(*report(kept, file), sep="\n")
    return failed


def catalogue(root: Path) -> Catalog:
    """All words of the engine that readers see, with the files that hold them."""
    found = Catalog(
        project="evidence",
        header_comment="# The words of the engine. Above an entry that was checked stands: # checked: name, day",
    )
    for room in ROOMS:
        for file in sorted((root / room).rglob("*")):
            name = file.relative_to(root).as_posix()
            for line, texts in _marked(file):
                found.add(texts if len(texts) > 1 else texts[0], locations=[(name, line)])
    return found


def _marked(file: Path) -> Iterator[tuple[int, Texts]]:
    if file.suffix == ".py":
        yield from _in_python(ast.parse(file.read_text("utf-8")))
    elif file.suffix == ".j2" or (file.suffix == ".html" and file.is_file()):
        for line, _function, found, _comments in babel_extract(
            BytesIO(file.read_bytes()), tuple(FUNCTIONS), (), _JINJA
        ):
            texts = (found,) if isinstance(found, str) else tuple(text for text in found or () if text)
            yield line, texts[:2]
    elif file.suffix == ".js":
        yield from marked_words(file.read_text("utf-8"))


def _in_python(tree: ast.AST) -> Iterator[tuple[int, Texts]]:
    """The words of a module, those within f-strings with them, which Babel's own reader passes over."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            continue
        given = [node.args[place] for place in FUNCTIONS[node.func.id] if place < len(node.args)]
        texts = tuple(part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str))
        if texts and len(texts) == len(given):
            yield node.lineno, texts


def _read(file: Path, language: str) -> Catalog:
    if not file.is_file():
        return Catalog(locale=language, project="evidence", fuzzy=False)
    with file.open("rb") as opened:
        return read_po(opened, locale=language, abort_invalid=True)


def mistakes(kept: Catalog, file: Path) -> Iterator[str]:
    """What is wrong with the translations of a catalogue, with the line of each entry."""
    for message in kept:
        if message.id and message.string and any(_texts(message.string)):
            for wrong in _wrong(message, kept.num_plurals):
                yield f"{file}:{message.lineno}: {_texts(message.id)[0][:60]!r}: {wrong}"


def _wrong(message: Message, forms: int) -> Iterator[str]:
    english, said = _texts(message.id), _texts(message.string or "")
    if message.pluralizable and (len(said) != forms or not all(said)):
        yield f"it has {sum(map(bool, said))} plural forms, and the language has {forms}; write msgstr[0] to msgstr[{forms - 1}]"
    for number, text in enumerate(said):
        own = english[min(number, len(english) - 1)] if len(said) == len(english) else english[-1]
        has, wants = Counter(_PLACEHOLDER.findall(text)), Counter(_PLACEHOLDER.findall(own))
        # A form for one number alone may say it in words.
        lost = (
            [] if message.pluralizable and not has["%(num)s"] and set(wants - has) == {"%(num)s"} else list(wants - has)
        )
        if text and lost:
            yield f"{', '.join(lost)} is missing; the words need it as it is written in English"
        if more := list(has - wants):
            yield f"{', '.join(more)} is not in the English words; leave it out, or write it as there"
        if strange := list(Counter(_MARKUP.findall(text)) - Counter(_MARKUP.findall(own))):
            yield f"{' '.join(strange)} would begin markup on a page; leave it out, or write it as in English"
        if text and [len(text) - len(text.lstrip()), len(text) - len(text.rstrip())] != [
            len(own) - len(own.lstrip()),
            len(own) - len(own.rstrip()),
        ]:
            yield "it begins or ends with other spaces than the English words; write them as there"


def _texts(words: str | list[str] | Texts) -> Texts:
    return (words,) if isinstance(words, str) else tuple(words)


def report(kept: Catalog, file: Path) -> Iterator[str]:
    """What is translated and checked, by whom, and what is not."""
    entries = [message for message in kept if message.id]
    done = [message for message in entries if any(_texts(message.string or "")) and not message.fuzzy]
    fuzzy = [message for message in entries if message.fuzzy]
    checked = Counter(
        found[1].strip() for message in done for line in message.user_comments if (found := _CHECKED.match(line))
    )
    yield f"{file}: {len(done)} of {len(entries)} entries are translated, {sum(checked.values())} of these checked."
    yield from (f"  checked by {name}: {number}" for name, number in sorted(checked.items()))
    yield from (f"  not sure: {_texts(message.id)[0]!r}" for message in fuzzy)
    yield from (
        f"  missing: {_texts(message.id)[0]!r}" for message in entries if message not in done and message not in fuzzy
    )
