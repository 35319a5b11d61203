"""The dictionary of the bibliography as a table: what each of its columns means."""

from __future__ import annotations

from evidence.crosslinks import reference_links
from evidence.documents.data_files import BIBLIOGRAPHY
from evidence.model.vocabulary import ACCESS, LISTINGS
from evidence.output import data_tables
from evidence.text.translation import _

_WORKS = {
    _("Key"): _("The name of the source in this site's files and addresses."),
    _("Type"): _("The type of entry in the bibliography."),
    _("Authors"): _("The authors, family name first, with semicolons between them."),
    _("Editors"): _("The editors, family name first, with semicolons between them."),
    _("Year"): _("The year it came out; n.d. stands for no date."),
    _("Month"): _("The month it came out, if known."),
    _("Title"): _("The title."),
    _("Container"): _("The journal or book that it is a part of."),
    _("Series"): _("The series that it is a part of."),
    _("Volume"): _("The volume."),
    _("Number"): _("The issue, or the number of a report."),
    _("Pages"): _("The first and last page."),
    _("Article number"): _("The number that stands in place of pages."),
    _("Edition"): _("The edition."),
    _("Publisher"): _("Who published it."),
    _("Place"): _("The place of the publisher."),
    _("Kind of work"): _("What the publisher calls it, such as a discussion paper."),
    _("DOI"): _("The digital object identifier (DOI), without the start of a web address."),
    _("URL"): _("The address on the web."),
    _("Kind of source"): _("The kind, as the editors sort them."),
    _("About nations"): _(
        "The nations that it is about, with semicolons between them. Where this site cites it is another matter: the evidence map tells."
    ),
    _("Access"): _("Whether it can be read freely."),
    _("How it came into the list"): _(
        "Whether the source documents list it, or only name it, or the editors added it."
    ),
    _("What was checked"): _("What the editors checked."),
    _("Editors' note"): _("What readers should know about the entry."),
    _("Why no page cites it"): _("The reason, where no page does."),
    _("Standing"): _("Whether the work was retracted, corrected or the like; empty where we know of nothing."),
    _("About its standing"): _("What that means, and what the editors know of it."),
    _("Superseded by"): _("The key of the work that has taken its place."),
    _("Kept copy"): _("The address of a copy that an archive keeps."),
}


def works_table(uri: str, content: bytes) -> data_tables.DataTable:
    """The dictionary of the bibliography as a table."""
    header = data_tables.csv_rows(content)[0]
    values = {_("Access"): ("", *ACCESS), _("How it came into the list"): ("", *LISTINGS)}
    columns = tuple(data_tables.Column(name, _WORKS.get(name, name), values=values.get(name, ())) for name in header)
    return data_tables.DataTable(
        uri,
        content,
        BIBLIOGRAPHY,
        _("References"),
        description=_("Every source of this site, with all that its entry in the bibliography says."),
        page=reference_links.REFERENCES,
        columns=columns,
        key=_("Key"),
    )
