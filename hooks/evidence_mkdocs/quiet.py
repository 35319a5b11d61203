"""Keeps lines of each build to itself that tell nobody anything: the engine reads the bibliography and makes the reference pages, not MkDocs."""

from __future__ import annotations

import logging

from evidence_mkdocs.reference_shell import SHELL

_LOGGERS = ("mkdocs.plugins.mkdocs-bibtex", "mkdocs.commands.build")
_NOISE = ("BibTexPlugin: No changes in bibfiles", "Cleaning site directory", f"Page skipped: '{SHELL}'")


def quiet() -> None:
    """From now on these lines are not shown; warnings always are."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_tells_something)


def _tells_something(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or not record.getMessage().startswith(_NOISE)
