"""The one hook file of mkdocs.yml: MkDocs calls whatever has a name that begins with `on_` here, and all of it belongs to one object."""

from __future__ import annotations

from evidence_mkdocs import Hooks

_hooks = Hooks()
globals().update({name: getattr(_hooks, name) for name in dir(_hooks) if name.startswith("on_")})
