"""The one hook file of mkdocs.yml: MkDocs calls whatever has a name that begins with `on_` here, and all of it belongs to one object."""

from __future__ import annotations

import sys
from pathlib import Path

from evidence.text import spoken

# MkDocs loads this file before it says which mkdocs.yml it has read; the engine speaks one language from the moment that it is loaded.
_NAMED = [
    value.removeprefix("--config-file=")
    for before, value in zip(["", *sys.argv], sys.argv, strict=False)
    if before in ("-f", "--config-file") or value.startswith("--config-file=")
]
if "evidence.text.translation" not in sys.modules:
    spoken.speak(Path(_NAMED[-1]).parent if _NAMED else Path())

from evidence_mkdocs import Hooks  # noqa: E402

_hooks = Hooks()
globals().update({name: getattr(_hooks, name) for name in dir(_hooks) if name.startswith("on_")})
