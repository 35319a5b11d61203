"""The tables of a site that readers can download, each with what its columns mean: the data dictionary."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.crosslinks.reference_links import REFERENCES
from evidence.model.review import Review
from evidence.model.themes import PART_OF
from evidence.model.vocabulary import ACCESS, LISTINGS
from evidence.output.blocks import Output
from evidence.output.csv_files import csv_rows
from evidence.references.labels import Label
from evidence.sources.document import Document
from evidence.tables.comparison import COMPARISONS, NO_THEME, NO_VOICE, SILENT
from evidence.tables.comparison_csv import comparison_csv, plain_text

# What a cell says where there is nothing.
NOTHING = ("", SILENT, NO_THEME, *NO_VOICE.values())
NOTES = "Editor's notes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, what it holds, its type in a table schema, and the only values that it may have, if they are few."""

    name: str
    meaning: str
    type: str = "string"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the site with its dictionary. `page` is the page that shows it, `key` the column that names each row, if one does.

    `nothing` holds the texts that say that there is nothing in a cell.
    """

    uri: str
    title: str
    description: str
    page: str
    columns: tuple[Column, ...]
    content: bytes
    made_from: str
    key: str = ""
    nothing: tuple[str, ...] = ("",)

    @property
    def name(self) -> str:
        """A name for the table that is unique in the site."""
        return self.uri.removesuffix(".csv").replace("/", "-").lower()

    @property
    def rows(self) -> list[list[str]]:
        """The cells below the header."""
        return csv_rows(self.content)[1:]

    def output(self) -> Output:
        """The file."""
        return Output(self.uri, self.content, self.made_from)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What tables of one kind are about: `columns` by name, and `others` for those that are named after something in the data."""

    description: str
    columns: Mapping[str, str]
    others: str = ""


_THEME = "The name of the theme."
_SAID = "What members of the network said on it."
_COMPARISONS = {
    "compare": _Kind(
        "What the sources say on each topic, side by side.",
        {"Topic": "What the row is about."},
        "What the sources say on the topic for {}.",
    ),
    "nation": _Kind(
        "What the sources say on each topic for one nation.",
        {"Topic": "What the row is about."},
        "What the sources say on the topic for {}.",
    ),
    "methods": _Kind(
        "What the sources say on each of several ways of working, side by side.",
        {"Aspect": "What is compared."},
        "What the sources say on this for {}.",
    ),
    "barriers": _Kind(
        "What gets in the way, and what members said about the same thing.",
        {
            "Barrier": "A short name for what gets in the way.",
            "What the review says": "What the review says of it.",
            "Where it bites": "At which point it gets in the way.",
            "Who reports it": "Who told of it.",
            "What members said about it": "What members of the network said about the same thing.",
        },
    ),
    "side-by-side": _Kind(
        "What the review found on each theme, and what members said on it.",
        {
            "Theme": _THEME,
            "What the review found": "What the review says on the theme.",
            "What members said": _SAID,
            "How we, the editors, read it": "Whether the two sides agree, as the editors read them.",
        },
    ),
    "readings": _Kind(
        "All themes, with how the editors read the two sides.",
        {
            "Theme": _THEME,
            "Named by": "The meeting that named the theme, or the review.",
            "How we read it": "Whether the two sides agree, as the editors read them.",
        },
    ),
}
_NOTED = "Titles of the editor's notes on the row, with semicolons between them."
_MAP = {
    "nations": "Which sources the passages on a theme cite, by nation. An empty cell is a gap.",
    "kinds": "Which sources the passages on a theme cite, by kind of source. An empty cell is a gap.",
}
_AUDIT = {
    "Id": "The short name of the point.",
    "Kind": "Whether it is about a citation or a fact.",
    "Title": "What it is about, in a few words.",
    "Where in the source": "The places in the source, with semicolons between them.",
    "What the source says": "The words of the source.",
    "What is wrong": "Why the point needed care.",
    "What this site does": "What the editors did about it.",
    "Outcome": "The kind of treatment.",
    "How sure we are": "How certain the editors are.",
    "What that rests on": "What was looked at.",
    "Note to readers": "The note beside the text; empty where there is none.",
    "Dated": "The day of the note, where it can go out of date.",
    "References": "Keys of the sources that it concerns, with semicolons between them.",
    "Shown on": "Source addresses of the pages that show the note, with semicolons between them.",
}
_WORKS = {
    "Key": "The name of the source in this site's files and addresses.",
    "Type": "The type of entry in the bibliography.",
    "Authors": "The authors, family name first, with semicolons between them.",
    "Editors": "The editors, family name first, with semicolons between them.",
    "Year": "The year it came out; n.d. stands for no date.",
    "Month": "The month it came out, if known.",
    "Title": "The title.",
    "Container": "The journal or book that it is a part of.",
    "Series": "The series that it is a part of.",
    "Volume": "The volume.",
    "Number": "The issue, or the number of a report.",
    "Pages": "The first and last page.",
    "Article number": "The number that stands in place of pages.",
    "Edition": "The edition.",
    "Publisher": "Who published it.",
    "Place": "The place of the publisher.",
    "Kind of work": "What the publisher calls it, such as a discussion paper.",
    "DOI": "The digital object identifier (DOI), without the start of a web address.",
    "URL": "The address on the web.",
    "Kind of source": "The kind, as the editors sort them.",
    "Nations": "The nations that it speaks about, with semicolons between them.",
    "Access": "Whether it can be read freely.",
    "How it came into the list": "Whether the source documents list it, or only name it, or the editors added it.",
    "What was checked": "What the editors checked.",
    "Editors' note": "What readers should know about the entry.",
    "Why no page cites it": "The reason, where no page does.",
}


def comparison_files(review: Review, documents: Iterable[Document], known: Mapping[str, Label]) -> Iterator[Table]:
    """A table for each table marker, beside the page that it stands on; the same file is made once."""
    made: set[str] = set()
    for document in documents:
        for directive in document.directives(*COMPARISONS):
            comparison = COMPARISONS[directive.name](review, document.uri, directive.arguments)
            uri = posixpath.join(posixpath.dirname(document.uri), comparison.csv_name)
            if uri in made:
                continue
            made.add(uri)
            kind = _COMPARISONS[directive.name]
            names = [plain_text(name, known) for name in comparison.head]
            meanings = [kind.columns.get(name) or kind.others.format(name) for name in names]
            columns = [Column(*pair) for pair in zip(names, meanings, strict=True)]
            short = comparison.caption.partition(". ")[0]  # a caption may go on to say where and by whom
            title = f"{short}: all topics" if directive.name == "nation" else short
            yield Table(
                uri,
                title,
                kind.description,
                document.uri,
                (*columns, Column(NOTES, _NOTED)),
                comparison_csv(comparison, review, known),
                document.where.path,
                nothing=NOTHING,
            )


def overview_table(output: Output, page: str) -> Table:
    """The dictionary of a file of the evidence map or of the audit."""
    name = posixpath.basename(output.uri).removesuffix(".csv")
    assert isinstance(output.content, bytes)
    header = csv_rows(output.content)[0]
    if name in _MAP:
        title = "Evidence map: themes by nation" if name == "nations" else "Evidence map: themes by kind of source"
        others = "Sources on the theme and {}, as they are cited, with semicolons between them."
        known = {header[0]: _THEME, PART_OF: "The theme that it is a part of; empty where it stands alone."}
        columns = [Column(words, known.get(words) or others.format(words)) for words in header]
        nested = " A theme has the sources of its parts, too." if PART_OF in header else ""
        return Table(output.uri, title, _MAP[name] + nested, page, tuple(columns), output.content, output.made_from)
    types = {"Dated": "date"}
    columns = [Column(words, _AUDIT[words], types.get(words, "string")) for words in header]
    words = "What in the source documents needed care, and what this site does about it."
    return Table(output.uri, "Audit", words, page, tuple(columns), output.content, output.made_from, "Id")


def works_table(uri: str, content: bytes) -> Table:
    """The dictionary of the bibliography as a table."""
    header = csv_rows(content)[0]
    values = {"Access": ("", *ACCESS), "How it came into the list": ("", *LISTINGS)}
    columns = tuple(Column(name, _WORKS.get(name, name), values=values.get(name, ())) for name in header)
    words = "Every source of this site, with all that its entry in the bibliography says."
    return Table(uri, "References", words, REFERENCES, columns, content, "bibliography.bib", "Key")
