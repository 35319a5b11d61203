"""The rules for what a meeting is handed: papers, kits, cards, and the questions that editors suggest.

They stand in the list of all rules, in `evidence.rules`.
"""

from evidence.paper_rules import cards, choices, kits, packs, suggestions, texts

__all__ = ["cards", "choices", "kits", "packs", "suggestions", "texts"]
