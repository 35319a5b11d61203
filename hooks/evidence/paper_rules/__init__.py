"""The rules for what a meeting is handed: papers, kits, cards, and the questions that editors suggest.

They stand in the list of all rules, in `evidence.rules`.
"""

from evidence.paper_rules import cards, kits, packs, suggestions

__all__ = ["cards", "kits", "packs", "suggestions"]
