"""Hands the engine's work to MkDocs: one object, `Hooks`, whose methods are the events of a build; and the frame of the pages."""

from evidence_mkdocs.hooks import Hooks

__all__ = ["Hooks"]
