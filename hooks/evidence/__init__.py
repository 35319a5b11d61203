"""The evidence engine: a bibliography, data files and pages in; a cross-linked review out.

It knows no site generator and no topic. `sources.read` turns files into a `Review` and a list of `Problem`s, `rules.check` finds what is wrong with it,
`crosslinks` derives who cites what and turns citations into links, and `site.load` gives a `Site`, which makes all pages and files.
"""
