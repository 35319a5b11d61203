"""The evidence map: which works stand behind each theme, by kind and by nation.

`groups` sorts the works; to add a way to sort them is to add a `View` there, and the map has a table and a file more. `page` draws the map.
"""

from evidence.map.groups import lists, views
from evidence.map.page import MAP, evidence_map

__all__ = ["MAP", "evidence_map", "lists", "views"]
