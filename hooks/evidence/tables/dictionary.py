"""The dictionaries of the evidence map, the audit and the bibliography as tables: what each of their columns means."""

from __future__ import annotations

import posixpath

from evidence.crosslinks.reference_links import REFERENCES
from evidence.model.themes import PART_OF
from evidence.model.vocabulary import ACCESS, LISTINGS
from evidence.output.blocks import Output
from evidence.output.csv_files import csv_rows
from evidence.output.data_tables import Column, DataTable

_THEME = "The name of the theme."
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


def overview_table(output: Output, page: str) -> DataTable:
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
        return DataTable(output.uri, title, _MAP[name] + nested, page, tuple(columns), output.content, output.made_from)
    types = {"Dated": "date"}
    columns = [Column(words, _AUDIT[words], types.get(words, "string")) for words in header]
    words = "What in the source documents needed care, and what this site does about it."
    return DataTable(output.uri, "Audit", words, page, tuple(columns), output.content, output.made_from, "Id")


def works_table(uri: str, content: bytes) -> DataTable:
    """The dictionary of the bibliography as a table."""
    header = csv_rows(content)[0]
    values = {"Access": ("", *ACCESS), "How it came into the list": ("", *LISTINGS)}
    columns = tuple(Column(name, _WORKS.get(name, name), values=values.get(name, ())) for name in header)
    words = "Every source of this site, with all that its entry in the bibliography says."
    return DataTable(uri, "References", words, REFERENCES, columns, content, "bibliography.bib", "Key")
