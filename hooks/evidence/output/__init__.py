"""Pieces of pages as HTML, Markdown or CSV: each module of the face writes or reads one form, and nothing else does.

`blocks` are pieces of generated pages, `markdown` writes Markdown, `templates` fills templates in, `data_tables` are tables as files;
`nodes` reads Markdown for papers, by `html_tree`, with `drawings`, and `typesetting` sets them. A piece of a new sort is a block in `blocks`, with its HTML and its Markdown.
"""

__all__ = ["blocks", "data_tables", "drawings", "html_tree", "markdown", "nodes", "templates", "typesetting"]
