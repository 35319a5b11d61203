"""The evidence engine: a bibliography, data files and pages in; a cross-linked review out.

It knows no site generator and no topic. `read` turns files into a `Review` and a list of `Problem`s, `check` finds what is wrong with
a review, `index` derives who cites what, `expand` fills a page's markers and citations in, and `site` makes the generated pages.
"""
