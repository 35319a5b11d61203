"""All tables of a site to download: as one data package, and the page that lists them with their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evidence.model.base import Record, Reference
from evidence.model.review import Review
from evidence.output.blocks import Output
from evidence.output.data_tables import DataTable
from evidence.output.templates import page
from evidence.tables.datapackage import DESCRIPTION, MADE_FROM, PAGE, ZIP, descriptor, licence_words, package_zip
from evidence.text.sizes import file_size

if TYPE_CHECKING:
    from evidence.pages.generated import Materials


def tabled(review: Review) -> Mapping[str, Record | Reference]:
    """The records that tables are made from."""
    return {**review.references, **review.themes, **review.notes}


def data_package(site: Materials) -> Iterator[Output]:
    """The package in its two forms, and the page about them."""
    described = descriptor(site.review, site.title, site.tables)
    packed = package_zip(described, site.tables)
    yield Output(DESCRIPTION, described, MADE_FROM)
    yield Output(ZIP, packed, MADE_FROM)
    titles = {table.page: site.title_of(table.page) for table in site.tables}
    yield data_page(site.tables, titles, described, packed, licence_words(site.review.publisher))


def data_page(
    tables: tuple[DataTable, ...], titles: Mapping[str, str], described: bytes, packed: bytes, licence: str
) -> Output:
    """The page that lists every table with its columns, and offers all as one ZIP. `titles` are those of the pages that show them."""
    return page(
        "pages/data.md.j2",
        PAGE,
        MADE_FROM,
        tables=tables,
        titles=titles,
        zip=(ZIP, file_size(len(packed))),
        description=(DESCRIPTION, file_size(len(described))),
        licence=licence,
    )
