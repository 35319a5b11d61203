"""What each point of a review rests on: points in groups, and all statements and citations as tables.

`points` makes one point of statements with the same words and sources, `groups` says which groups a review has; to add one, add a record there.
"""

from evidence.points.points import BY_NUMBER, Group, Supported, groups, points
from evidence.points.tables import citations_table, statements_table

__all__ = ["BY_NUMBER", "Group", "Supported", "citations_table", "groups", "points", "statements_table"]
