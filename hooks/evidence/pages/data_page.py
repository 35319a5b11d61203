"""All tables of a site to download: as one data package, and the page that lists them with their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evidence.crosslinks import Page
from evidence.model.base import Record, Reference
from evidence.output import blocks, templates
from evidence.points import support_pages
from evidence.tables import datapackage
from evidence.text.words import file_size

if TYPE_CHECKING:
    from evidence.pages.generated import Materials


def tabled(site: Materials) -> Mapping[str, Reference | Record | Page]:
    """What the tables of a site are made from, without making one; a map has a column for each nation and kind."""
    review = site.review
    mapped = review.themes if review.nations or review.kinds else {}
    return {
        **review.references,
        **mapped,
        **review.notes,
        **support_pages.stating(site),
        **{table.page: site.pages[table.page] for table in site.comparisons},
    }


def data_package(site: Materials) -> Iterator[blocks.Output]:
    """The package in its two forms, and the page that lists every table with its columns and offers all as one ZIP."""
    described = datapackage.descriptor(site.review, site.title, site.tables)
    packed = datapackage.package_zip(described, site.tables)
    yield blocks.Output(datapackage.DESCRIPTION, described, datapackage.MADE_FROM)
    yield blocks.Output(datapackage.ZIP, packed, datapackage.MADE_FROM)
    yield templates.page(
        "pages/data.md.j2",
        datapackage.PAGE,
        datapackage.MADE_FROM,
        tables=site.tables,
        title_of=site.title_of,
        zip=(datapackage.ZIP, file_size(len(packed))),
        description=(datapackage.DESCRIPTION, file_size(len(described))),
        licence=datapackage.licence_words(site.review.publisher),
    )
