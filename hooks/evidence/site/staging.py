"""The whole site, in the review's own language, as plain Markdown for another site generator, with the settings that Zensical reads (https://zensical.org/docs/setup/basics/).

The folder holds pages with their citations filled in, all generated pages, figures, downloads, and a small page at each old address that redirects.
`zensical.toml` holds what mkdocs.yml says of the site itself: its name, its navigation and how its Markdown is read. Hooks, plugins and
templates stay behind, because they belong to the old generator; of the look, only what pages cannot do without goes along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from evidence.directives import changes
from evidence.documents.data_files import DOCS
from evidence.output import html_tree
from evidence.pages import bare_pages
from evidence.site.site import Site
from evidence.sources import read_text
from evidence.text import languages
from evidence.text.addresses import relative

SETTINGS = "zensical.toml"
OLD_SETTINGS = "mkdocs.yml"
# The one style sheet that goes along; it holds what pages cannot do without.
LOOK = "assets/staged.css"
_INTRO = """\
# Settings for Zensical, made by `evidence stage`. To build the pages into site/, run in this folder: zensical build --strict
# `evidence.output.accessible_tables` as a further Markdown extension, with the folder hooks/ in PYTHONPATH, gives tables captions and row headers.
"""


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml as data: what a tag would look up or run is left out."""


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _Loader.add_multi_constructor(_prefix, lambda loader, tag, node: None)


def staged(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder: its address there, and its content."""
    docs = site.root / DOCS
    for file in sorted(docs.rglob("*")):
        uri = file.relative_to(docs)
        hidden = uri.parts[0] in ("templates", *site.review.editions) or any(part.startswith(".") for part in uri.parts)
        if file.is_file() and file.suffix != ".md" and not hidden:
            yield uri.as_posix(), file.read_bytes()
    for document in site.documents:
        text, _ = read_text(site.root / document.where.path, document.where.path)
        assert text is not None, "load() has read it"
        front = text.removesuffix(document.body)
        yield document.uri, (front + site.resolved(document.uri).markdown()).encode()
    old = _old_settings(site.root)
    folders = old.get("use_directory_urls", True) is not False
    for output in site.outputs():
        news = output.uri == changes.FEED  # it names full addresses
        yield output.uri, site.feed(lambda uri: _folder(_built(uri, folders))) if news else output.data()
    yield from _redirect_pages(site, folders)
    yield LOOK, (Path(__file__).parent / "staged.css").read_bytes()
    yield SETTINGS, settings(site, old).encode()


def settings(site: Site, old: Mapping[str, Any]) -> str:
    """The site's settings as TOML, from those in mkdocs.yml, `old`."""
    theme = theme if isinstance(theme := old.get("theme"), dict) else {}
    project = {
        "site_name": old.get("site_name") or site.title or "Review",
        "site_description": old.get("site_description"),
        "site_url": site.review.publisher.site_address or old.get("site_url"),
        "docs_dir": ".",
        "site_dir": "site",
        "exclude_docs": SETTINGS,
        "use_directory_urls": old.get("use_directory_urls", True) is not False,
        "nav": old.get("nav"),
        "extra_css": [LOOK],
        # Fonts of another host are not asked for: readers' addresses stay with the site.
        "theme": {
            "language": theme.get("language") or languages.base(site.review.reading.language),
            "font": False,
            "favicon": theme.get("favicon"),
            "features": ["navigation.indexes", "navigation.footer"],
        },
        "markdown_extensions": _extensions(old.get("markdown_extensions")),
    }
    lines = [f"{name} = {_toml(value, 1)}" for name, value in project.items() if value is not None]
    return f"{_INTRO}\n[project]\n" + "\n".join(lines) + "\n"


def _extensions(listed: Any) -> dict[str, Any]:
    """Markdown extensions by name, each with its options; in mkdocs.yml an item is a name, or a name with options."""
    found: dict[str, Any] = {}
    for item in listed if isinstance(listed, list) else []:
        for name, options in (item if isinstance(item, dict) else {item: None}).items():
            found[str(name)] = options if isinstance(options, dict) else {}
    return found | {name: {} for name in html_tree.NEEDED if name not in found}


def _toml(value: Any, lines: int = 0) -> str:
    """A value as TOML 1.0, a list with an item a line as far down as `lines`. A basic string is a JSON string but for U+007F; `None` has no form."""
    if isinstance(value, dict):
        pairs = [f"{_toml(str(name))} = {_toml(item)}" for name, item in value.items() if item is not None]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list):
        items = [_toml(item, lines - 1) for item in value if item is not None]
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]" if lines > 0 else f"[{', '.join(items)}]"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _old_settings(root: Path) -> dict[str, Any]:
    """What mkdocs.yml says; nothing where there is no such file, or none that can be read."""
    text = read_text(root / OLD_SETTINGS, OLD_SETTINGS)[0] if (root / OLD_SETTINGS).is_file() else ""
    try:
        found = yaml.load(text or "", Loader=_Loader)
    except yaml.YAMLError:
        found = None
    return found if isinstance(found, dict) else {}


def _redirect_pages(site: Site, folders: bool) -> Iterator[tuple[str, bytes]]:
    """The small pages at old addresses."""
    base = site.review.publisher.site_address
    language = site.review.reading.language
    for entry in site.review.redirects.values():
        file = _built(entry.page, folders)
        section = entry.new.removeprefix(entry.page)
        link = (_folder(relative(entry.file, file)) or "./") + section
        full = urljoin(base, _folder(file)) + section if base else ""
        yield entry.file, bare_pages.redirect_page(link, site.title_of(entry.page), full, language)


def _built(uri: str, folders: bool) -> str:
    """The file of the built site that the page `uri` becomes: 'a/b.md' is 'a/b/index.html' where pages are folders, else 'a/b.html'."""
    name = uri.removesuffix(".md")
    return f"{name}/index.html" if folders and name.rpartition("/")[2] != "index" else f"{name}.html"


def _folder(file: str) -> str:
    """An address as browsers show it: that of the folder, where the file is its index."""
    return file.removesuffix("index.html") if file.rpartition("/")[2] == "index.html" else file
