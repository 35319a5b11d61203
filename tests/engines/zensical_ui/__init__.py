"""Stands in for the package of Zensical's own theme, so that what is tested is the engine and our pages, not a theme's words and links."""

from __future__ import annotations

from pathlib import Path


def get_theme_dir() -> str:
    """The folder of the templates, as Zensical asks its theme for it."""
    return str(Path(__file__).parent)
