"""The theme's style sheet without what no page of the site can use: nine tenths of its rules are for parts of the theme that the frame does not have.

What goes is found by the pages themselves: a rule whose selector asks for a class that stands on no page and in no script holds for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

# Pages ask for it by this name; when a site is built to be published, it gets one that changes with what is in it, as the site's other files do.
THEME_STYLE = "assets/theme.css"
_CLASSES = re.compile(r"class=[\"']?([^\"'>]*)")
_WORD = re.compile(r"[\w-]+")
_STRING = r"\"[^\"]*\""
# Brackets may stand in brackets, as in `:not(:is(.a, .b))`.
_BRACKETS = rf"\((?:{_STRING}|[^()\"]|\((?:{_STRING}|[^()\"]|\([^()]*\))*\))*\)"
# A rule without others in it; it begins where something ends, and never in a string. What begins with @ has others in it, or no class.
_RULE = re.compile(rf"(?<![^{{}};])((?:{_STRING}|[^{{}}\"@;])+)(\{{(?:{_STRING}|[^{{}}\"])*\}})")
_SELECTOR = re.compile(rf"(?:{_STRING}|[^,()\"]|{_BRACKETS})+")
_CONDITION = re.compile(rf"{_BRACKETS}|\[[^\]]*\]")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_EMPTY = re.compile(r"(?:@(?:media|supports)[^{};]*|:root)\{\}")
_ICON = re.compile(rf"(--[\w-]+):url\((?:{_STRING}|'[^']*')\);?")
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")


def classes(html: str) -> set[str]:
    """What stands as class in a page or a part of one: each value as it is, with one name or more."""
    return set(_CLASSES.findall(html))


def lighter(css: str, names: set[str], other: Iterable[str] = ()) -> str:
    """The style sheet `css` without the rules that need a class which is none of `names`, and without the icons that neither it nor `other` style
    sheets ask for. Classes in brackets, as in `:not(.a)`, are not needed."""

    def needed(selector: str) -> bool:
        return all(name in names for name in _CLASS.findall(_CONDITION.sub("", selector)))

    def rule(match: re.Match[str]) -> str:
        kept = [selector for selector in _SELECTOR.findall(match[1]) if needed(selector)]
        return ",".join(kept) + match[2] if kept else ""

    css = _RULE.sub(rule, css)
    asked = {name for sheet in (css, *other) for name in _ASKED.findall(sheet)}
    css = _ICON.sub(lambda match: match[0] if match[1] in asked else "", css)
    while (fewer := _EMPTY.sub("", css)) != css:
        css = fewer
    return css


def write_theme_style(config: MkDocsConfig, used: set[str], scripts: Iterable[str]) -> None:
    """Write `THEME_STYLE` into the built site: what the theme's own style sheet has for the classes in `used` (see `classes`) and for all words of
    the `scripts`, by their addresses. Raises PluginError where the theme has none."""
    folder = Path(config.site_dir)
    found = [file for place in config.theme.dirs for file in Path(place).glob("assets/stylesheets/main.*.min.css")]
    if not found:
        raise PluginError("the theme has no style sheet assets/stylesheets/main.*.min.css, on which the frame is built")
    written = (folder / uri for uri in scripts)
    texts = [file.read_text("utf-8") for file in written if file.is_file()]
    names = {word for text in (*used, *texts) for word in _WORD.findall(text)}
    other = [(folder / uri).read_text("utf-8") for uri in config.extra_css if (folder / uri).is_file()]
    css = lighter(found[0].read_text("utf-8"), names, other)
    (folder / THEME_STYLE).write_text(css, "utf-8", newline="\n")
