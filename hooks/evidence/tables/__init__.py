"""Comparison tables, made from the review where their directives stand, and the tables of a site as files with what their columns mean.

`TABLES` holds a `ComparisonKind` for each kind of comparison table. To add one, write a function that makes its `ComparisonTable` and add a record in
`kinds`: its directive, its file, the data package and the page of all tables follow from it. `tables_of` gives the files of the tables that pages
show, `works_table` that of the bibliography; `datapackage` describes them all to programs.
"""

from evidence.tables import datapackage
from evidence.tables.comparison import ComparisonKind, ComparisonTable, data_table, statement_line, tables_of
from evidence.tables.dictionary import works_table
from evidence.tables.kinds import TABLES

__all__ = [
    "TABLES",
    "ComparisonKind",
    "ComparisonTable",
    "data_table",
    "datapackage",
    "statement_line",
    "tables_of",
    "works_table",
]
