"""A made-up language in which each letter is marked, a catalogue and a review in it, and what a built site still says in plain letters."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from lxml import etree, html

from conftest import ROOT, SITES, run
from evidence_cli.words import ENGINE, catalogue

# Dates, lists and the words of the theme itself come out in a language of its own, which has other letters.
LANGUAGE = "el"
# Marked letters are single signs that the font of the papers has, made of the plain ones: so names in addresses stay as they are. Five have none.
MARKS = str.maketrans(
    "abcdeghijklmnorstuwyzABCDEGHIJKLMNORSTUWYZ",
    "âḇĉḏêĝĥîĵķļṁńôŕŝťûŵŷźÂḆĈḎÊĜĤÎĴĶĻṀŃÔŔŜŤÛŴŶŹ",
)
# What is no word: addresses, tags and comments of HTML, attributes, citations, fields to fill in, code, entities, escapes of signs.
_KEPT = re.compile(
    r"(?:https?:|mailto:)\S*|<!--.*?-->|<[^>]*>|\]\([^)]*\)|\[[^\]\[]*@[^\]]*\]|\{[^}]*\}|%(?:\(\w+\))?[sd%]|`[^`]*`|&#?\w+;|\\[0n]"
    r"|\[\^\w+\]|^Table:|^:::.*$|^!!!.*$|[\w.+-]+@[\w.-]+",
    re.M | re.S,
)
# Fields of data files that hold words for readers.
_FIELDS_OF_PROSE = """about agreement_note also author basis bites caption cited_as credit date delivery_model description
    instead known label listed meaning members_said name note place problem publisher purpose reading reason
    reported_by says_more search short shown source_says status statusnote summary term text title treatment
    used what where_in_source why word words"""
_PROSE = frozenset(_FIELDS_OF_PROSE.split())
# Those that are no words for readers alone: names that are looked for in pages, and what people type.
_TYPED = frozenset(["also", "author", "cited_as", "listed", "search", "short", "term", "word", "words"])
# Stands in the last word of each field of prose, which is said to be in another language.
FOREIGN, FOREIGN_LANGUAGE = "ÿ", "cy"
_LEFT = frozenset({"reading.json", "redirects.json", "sources-checked.json"})
_FIELDS = re.compile(
    r"^(\s*(?:author|shortauthor|title|journal|booktitle|editor|publisher|address|institution|school|statusnote|editornote|uncited|verified)"
    r"\s*= )(.*)$",
    re.M,
)


_KIT = """\
  - id: kit
    title: Kit for an evening
    purpose: All papers for an evening, as often as they are needed.
    sizes: [standard]
    form: kit
    people: 8
    parts: [{pack: questions, copies: each}, {pack: signs, copies: pair}, {pack: question-cards, copies: group}]
"""


def mark(words: str, letters: dict[int, int] = MARKS) -> str:
    """Words in the made-up language, or one of other letters, with what is no word kept."""
    done, at = [], 0
    for kept in _KEPT.finditer(words):
        done += [words[at : kept.start()].translate(letters), kept[0]]
        at = kept.end()
    return "".join([*done, words[at:].translate(letters)])


def mark_review(source: Path, root: Path) -> None:
    """Write a review in the made-up language: what people wrote is marked, names that the engine knows things by are not."""
    shutil.copytree(source, root)
    _write(root / "data/packs.yml", lambda text: text.replace("packs:\n", f"packs:\n{_KIT}", 1))
    for file in root.rglob("*"):
        if file.suffix == ".md" and file.parent != root:
            _write(file, _page)
        elif file.name == "CHANGELOG.md":
            _write(file, lambda text: re.sub(r"^- [^(\n]*", lambda found: mark(found[0]), text, flags=re.M))
        elif file.suffix == ".svg":
            _write(file, lambda text: re.sub(r">([^<]+)<", lambda found: f">{mark(found[1])}<", text))
        elif file.suffix == ".bib":
            _write(file, lambda text: _FIELDS.sub(lambda found: found[1] + _field(found[1], found[2]), text))
        elif file.suffix == ".yml" and file.parent.name == "data":
            _write(file, _records)
    # The model review asks for none of what goes with the form for a kit, and for none of what readers can choose besides questions.
    more = "".join(f"<!-- evidence: {name} -->\n\n" for name in ("kit", "suggestions", "cards"))
    _write(
        root / "docs/discuss/index.md",
        lambda text: text.replace("<!-- evidence: questions -->", f"{more}<!-- evidence: questions -->"),
    )
    _write(root / "mkdocs.yml", _settings)


def _write(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text("utf-8")), "utf-8")


def _page(text: str) -> str:
    _, front, body = text.split("---\n", 2)
    front = re.sub(r"^((?:title|description): )(.*)$", lambda found: found[1] + mark(found[2]), front, flags=re.M)
    return f"---\n{front}---\n{mark(body)}"


def _field(name: str, value: str) -> str:
    if name.split(maxsplit=1)[0] not in ("author", "editor"):
        return re.sub(r"[^{}]+", lambda part: mark(part[0]), value)
    return re.sub(r"[^{},]+", lambda part: " and ".join(mark(name) for name in part[0].split(" and ")), value)


def _records(text: str) -> str:
    name = re.search(r"schemas/([\w-]+\.json)", text)
    if name and name[1] in _LEFT:
        text = re.sub(r"^language: .*", f"language: {LANGUAGE}", text, flags=re.M)
        return re.sub(r"(sentence_\w+: )\d+", r"\1 99", text)  # a sentence ends before a plain capital alone
    return yaml.safe_dump(_marked(yaml.load(text, yaml.BaseLoader)), allow_unicode=True, sort_keys=False, width=10_000)


def _marked(value: Any, field: str = "") -> Any:
    if isinstance(value, dict):
        # A part of a paper names a list of words by their ids.
        return {
            key: entry if key == "words" and "page" not in value else _marked(entry, key)
            for key, entry in value.items()
        }
    if isinstance(value, list):
        return [_marked(entry, field) for entry in value]
    if field not in _PROSE:
        return value
    return mark(value if field in _TYPED else _spoken(value))


def _spoken(value: str) -> str:
    """A text whose last word is in another language, unless it is a part of something else."""
    return re.sub(
        r"(?:(?<= )|^)([A-Za-z]+)(?=\.?$)", rf'<span lang="{FOREIGN_LANGUAGE}">\1{FOREIGN}</span>', value, count=1
    )


def _settings(text: str) -> str:
    menu, rest = text.split("\nnot_in_nav:")
    menu = re.sub(
        r"^(\s*- )([^:\n]+|\".*\")(: \S+\.md|:)$", lambda found: found[1] + mark(found[2]) + found[3], menu, flags=re.M
    )
    text = f"{menu}\nnot_in_nav:{rest}"
    text = text.replace("{frame: true}", "{frame: true, offline: true}")
    return re.sub(r"^(site_name: |site_description: )(.*)$", lambda found: found[1] + mark(found[2]), text, flags=re.M)


def built(folder: Path) -> Path:
    """The model review in the made-up language, built below a folder by a process that speaks it."""
    mark_review(SITES["night-trains"], folder / "review")
    settings = folder / "review/mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("../../../hooks", str(ROOT / "hooks")), "utf-8")
    (folder / "locale").mkdir()
    mark_catalogue(catalogue(ENGINE), folder / f"locale/{LANGUAGE}.po")
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", settings, "-d", folder / "site")
    done = run(*command, EVIDENCE_LOCALE=str(folder / "locale"), OFFLINE_COPY="true")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def mark_catalogue(words: Catalog, file: Path, letters: dict[int, int] = MARKS) -> None:
    """Write a catalogue in which each entry is marked."""
    for message in words:
        if message.id:
            texts = message.id if message.pluralizable else (message.id,)
            marked = tuple(mark(text, letters) for text in texts)
            message.string = marked if message.pluralizable else marked[0]
    with file.open("wb") as opened:
        write_po(opened, words)


# Names that are the same in every language, and what editors write before pages.
NAMES = frozenset(
    {
        "PDF",
        "ODT",
        "DOCX",
        "EPUB",
        "CSV",
        "ZIP",
        "RIS",
        "BibTeX",
        "CSL",
        "JSON",
        "DOI",
        "ISBN",
        "Zotero",
        "EndNote",
        "Mendeley",
    }
    | {"Harvard", "Cite", "Them", "Right", "APA", "Vancouver", "doi", "pp"}
)
_WORDS = re.compile(r"(?<![^\W\d_])[A-Za-z]{2,}(?:['’][A-Za-z]+)?(?![^\W\d_])(?:[ \n]+[A-Za-z]+(?![^\W\d_]))*")
# An address; on paper it goes on in the next line.
_ADDRESSES = re.compile(
    r"(?:(?:https?:/?/?|mailto:)\s?)?www\.\s?example\.\s?(?:org|com)(?:\s?[/#-]\s?[a-zA-Z0-9.#-]*)*|(?:https?://\s?|mailto:)\S+|10\.\d+/\S+|\S+@\S+"
)
_IDS = ("data-nations", "data-themes")
_FOR_READERS = ("title", "alt", "aria-label", "placeholder", "content", "label")


def plain(text: str) -> Iterator[str]:
    """Runs of words in plain letters, without addresses and NAMES."""
    for found in _WORDS.findall(_ADDRESSES.sub(" ", text)):
        if set(found.split()) - NAMES:
            yield found


def words_of_page(tree: html.HtmlElement) -> Iterator[str]:
    """All that a page says: its text, and the attributes that are shown, heard, or read by its scripts."""
    for element in tree.iter(etree.Element):
        if element.tag not in ("script", "style", "code"):
            yield element.text or ""
        yield element.tail or ""
        names = {element.get("name"), element.get("property")}
        if element.tag == "meta" and names.isdisjoint({"description", "og:title", "og:description", "og:site_name"}):
            continue
        if "Z3988" not in element.get("class", ""):  # COinS, for programs
            yield from (element.get(name, "") for name in _FOR_READERS)
            yield from (
                value
                for name, value in element.attrib.items()
                if name.startswith("data-") and name not in _IDS and re.search(r"\w \w", value)
            )


def words_of_paper(file: Path) -> Iterator[str]:
    """All that a PDF says, and what it says of itself."""
    document = pypdfium2.PdfDocument(file)
    for page in document:
        yield page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\ufffe", "-")
    yield from (document.get_metadata_value(name) for name in ("Title", "Subject", "Keywords"))


_INSIDE = re.compile(r"(?:content|word/document|word/footer\d|word/footnotes|EPUB/.*)\.(?:xml|xhtml)|meta.xml")


def words_of_book(file: Path) -> Iterator[str]:
    """All that an ODT, a DOCX or an EPUB says: text, descriptions of pictures, titles."""
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            if _INSIDE.fullmatch(name):
                for element in etree.fromstring(packed.read(name)).iter(etree.Element):
                    if etree.QName(element).localname not in ("style", "code", "generator", "language", "instrText"):
                        yield element.text or ""
                    yield element.tail or ""
                    yield from (element.get(place, "") for place in ("alt", "title", "descr", "aria-label"))


def words_of_read_me(file: Path) -> Iterator[str]:
    """What a packed file says to those who unpack it."""
    with zipfile.ZipFile(file) as packed:
        yield from (packed.read(name).decode() for name in packed.namelist() if name.endswith("README.txt"))


def words_of_table(file: Path) -> Iterator[str]:
    """The head of a table for programs; its cells hold words of the review, and names by which the engine knows things."""
    yield from next(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))


def words_of_package(file: Path) -> Iterator[str]:
    """What the dictionary says of each table and column."""
    package = json.loads(file.read_text("utf-8"))
    for table in (package, *package["resources"]):
        yield from (table.get(name, "") for name in ("title", "description"))
        for column in table.get("schema", {}).get("fields", ()):
            yield from (column["name"], column.get("title", ""), column.get("description", ""))


def words_of_picture(file: Path) -> Iterator[str]:
    """What a drawing says."""
    for element in etree.parse(file).iter(etree.Element):
        if etree.QName(element).localname != "style":
            yield element.text or ""
        yield element.tail or ""


# What says a language within plain text: nobody sees it, and no file may hold it (`text/direction.py`).
_UNSEEN = re.compile("[\U000e0020-\U000e007e]")
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What can hold no element: the title of a window, and the text alternative of a drawing.
_WITHOUT = ("script", "style", "title", "desc")


def foreign_words(tree: Any) -> Iterator[tuple[str, str]]:
    """Each text of a page that holds FOREIGN words, with the language that it is said to be in."""
    for element in tree.iter(etree.Element):
        if etree.QName(element).localname in _WITHOUT:
            continue
        for text, within in ((element.text, element), (element.tail, element.getparent())):
            if text and FOREIGN in text:
                said = (one.get(_XML) or one.get("lang") for one in (within, *within.iterancestors()))
                yield text.strip(), next(filter(None, said), "")


def foreign_words_of_book(file: Path) -> Iterator[tuple[str, str]]:
    """The same of an EPUB, and of the text of a DOCX."""
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            if name.endswith(".xhtml"):
                yield from foreign_words(etree.fromstring(packed.read(name)))
            elif name == "word/document.xml":
                for text in etree.fromstring(packed.read(name)).iter(f"{_WORD}t"):
                    if FOREIGN in (text.text or ""):
                        said = text.getparent().find(f"{_WORD}rPr/{_WORD}lang")
                        yield text.text, "" if said is None else said.get(f"{_WORD}val")


def unseen_in(file: Path) -> Iterator[str]:
    """What of a file says a language within plain text, where it is text, or packed text."""
    texts = [(file.name, file.read_bytes())]
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            texts = [(f"{file.name}: {name}", packed.read(name)) for name in packed.namelist()]
    for name, content in texts:
        if found := _UNSEEN.search(content.decode("utf-8", "ignore")):
            yield f"{name}: {content.decode('utf-8', 'ignore')[max(0, found.start() - 60) : found.start()]}"
