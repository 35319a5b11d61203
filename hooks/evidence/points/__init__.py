"""What each point of a review rests on: points in groups, the pages that show them, and all statements and citations as tables.

`points` makes one point of statements with the same words and sources, `groups` says which groups a review has. To add a group, add a record there: its
page, its counts and its place in the tables follow. `support_pages` makes the pages.
"""

from evidence.points import support_pages
from evidence.points.points import Supported, groups, points

__all__ = ["Supported", "groups", "points", "support_pages"]
