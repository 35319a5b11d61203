"""The dictionary of the bibliography as a table: what each of its columns means."""

from __future__ import annotations

from evidence.crosslinks import reference_links
from evidence.model.data_files import BIBLIOGRAPHY
from evidence.model.vocabulary import ACCESS, LISTINGS
from evidence.output import data_tables
from evidence.text.translation import _

_WORKS = {
    "Key": _("The name of the source in this site's files and addresses."),
    "Type": _("The type of entry in the bibliography."),
    "Authors": _("The authors, family name first, with semicolons between them."),
    "Editors": _("The editors, family name first, with semicolons between them."),
    "Year": _("The year it came out; n.d. stands for no date."),
    "Month": _("The month it came out, if known."),
    "Title": _("The title."),
    "Container": _("The journal or book that it is a part of."),
    "Series": _("The series that it is a part of."),
    "Volume": _("The volume."),
    "Number": _("The issue, or the number of a report."),
    "Pages": _("The first and last page."),
    "Article number": _("The number that stands in place of pages."),
    "Edition": _("The edition."),
    "Publisher": _("Who published it."),
    "Place": _("The place of the publisher."),
    "Kind of work": _("What the publisher calls it, such as a discussion paper."),
    "DOI": _("The digital object identifier (DOI), without the start of a web address."),
    "URL": _("The address on the web."),
    "Kind of source": _("The kind, as the editors sort them."),
    "Nations": _("The nations that it speaks about, with semicolons between them."),
    "Access": _("Whether it can be read freely."),
    "How it came into the list": _("Whether the source documents list it, or only name it, or the editors added it."),
    "What was checked": _("What the editors checked."),
    "Editors' note": _("What readers should know about the entry."),
    "Why no page cites it": _("The reason, where no page does."),
}


def works_table(uri: str, content: bytes) -> data_tables.DataTable:
    """The dictionary of the bibliography as a table."""
    header = data_tables.csv_rows(content)[0]
    values = {"Access": ("", *ACCESS), "How it came into the list": ("", *LISTINGS)}
    columns = tuple(data_tables.Column(name, _WORKS.get(name, name), values=values.get(name, ())) for name in header)
    return data_tables.DataTable(
        uri,
        content,
        BIBLIOGRAPHY,
        _("References"),
        description=_("Every source of this site, with all that its entry in the bibliography says."),
        page=reference_links.REFERENCES,
        columns=columns,
        key="Key",
    )
