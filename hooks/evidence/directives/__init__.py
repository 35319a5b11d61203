"""What directives put into the pages that people write: `<!-- evidence: name arguments -->` becomes Markdown, cut into passages.

A directive is one record of `DIRECTIVES` in `kinds`; one that belongs to a room above lies there, and `evidence.site.directives` joins them all.
"""

from evidence.directives.kinds import own_directives

__all__ = ["changes", "counts", "drawings", "notes", "own_directives", "pairs", "publisher", "recordings"]
