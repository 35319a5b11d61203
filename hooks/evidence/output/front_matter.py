"""Front matter for generated pages."""

from __future__ import annotations

import json

from evidence.text import escape


def front_matter(title: str, description: str, **more: object) -> str:
    """YAML front matter. JSON strings are YAML strings, so nothing in them can end the block."""
    lines = {"title": escape.clean(title), "description": escape.clean(description), **more}
    return (
        "---\n"
        + "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
        + "---\n\n"
    )
