"""What the rules for browsers refuse in a page, by another reader of HTML than any that the engine has."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

_RUNS = ("", "module", "text/javascript", "application/javascript")


def refused(page: str, *, scripts: bool = True) -> list[str]:
    """Styles, event handlers and addresses that run inside a page; and scripts, unless the policy of the site lets them in."""
    return list(_refused(html.fromstring(page), scripts))


def _refused(tree: html.HtmlElement, scripts: bool) -> Iterator[str]:
    for element in tree.iter(html.etree.Element):
        runs = element.tag == "script" and element.get("type", "").lower() in _RUNS and element.get("src") is None
        if element.tag == "style" or (runs and scripts):
            yield f"<{element.tag}> in the page"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f'<{element.tag} {name}="{value}">'
            elif name in ("href", "src", "action") and value.strip().lower().startswith("javascript:"):
                yield f"<{element.tag}> with a javascript: address"
