"""Hands the engine's work to MkDocs: one object, `Hooks`, whose methods are the events of a build; and the frame of the pages.

`marked_words` finds the words in the frame's scripts that are to be translated.
"""

from evidence_mkdocs.hooks import Hooks
from evidence_mkdocs.scripts import marked_words

__all__ = ["Hooks", "marked_words"]
