"""References in full, in any of STYLES, by pandoc's citation processor on CSL-JSON.

One call formats many works of a style, each as if it stood alone. Results are cached in a file by a hash of what went in. What comes out is put
together from pandoc's tree of the text, so that nothing in a work can become a tag.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.files import made_by, pandoc, read_cache, write_cache
from evidence.model.base import Reference
from evidence.references.csl import csl_item, web_address
from evidence.references.labels import Label
from evidence.references.order import ET_AL
from evidence.references.scripts import ELLIPSIS, ISOLATE, POP
from evidence.references.styles import LETTER, MORE, STYLES, Item, Style, prepare, style_file
from evidence.text.direction import with_languages
from evidence.text.languages import foreign
from evidence.text.translation import LANGUAGE
from evidence.text.words import GENRES

_DOCUMENT = b'---\nnocite: "@*"\n---\n'
_TAGS = {"Emph": "i", "Superscript": "sup", "Subscript": "sub"}
_SPACES = {"Space", "SoftBreak", "LineBreak"}


def format_works(
    works: Mapping[str, Reference],
    known: Mapping[str, Label],
    style: str = "harvard",
    cache_file: Path | None = None,
) -> dict[str, str]:
    """Works in full, by their names, as HTML whose only tags are <i>, <sup>, <sub> and <bdi>, in a style of STYLES; the site's own lists are in Harvard.

    `known` gives the letters after the years, which belong to a list: there are none for names that it lacks. `cache_file` holds results between
    builds, of one style.
    """
    wanted: dict[str, tuple[str, Item]] = {}
    for name, reference in works.items():
        item = _item(reference)
        if name in known and known[name].letter:
            item[LETTER] = known[name].ending
        wanted[name] = (_digest(item, style), item)
    cached = read_cache(cache_file)
    missing = {digest: item for digest, item in wanted.values() if digest not in cached}
    done = {digest: cached[digest] for digest, _ in wanted.values() if digest in cached}
    done |= zip(missing, _format(list(missing.values()), STYLES[style]), strict=True)
    if cache_file is not None and (missing or len(done) != len(cached)):
        write_cache(cache_file, done)
    return {name: done[digest] for name, (digest, _) in wanted.items()}


def _item(reference: Reference) -> Item:
    item = csl_item(reference)
    item["URL"] = web_address(item.get("URL", ""))
    item["genre"] = GENRES.get(item.get("genre", ""), item.get("genre", ""))
    return {name: value for name, value in item.items() if value}


def _digest(item: Mapping[str, Any], style: str) -> str:
    return hashlib.sha256(
        json.dumps(
            [made_by("pypandoc-binary"), *([LANGUAGE] if LANGUAGE else []), style, item], sort_keys=True
        ).encode()
    ).hexdigest()[:32]


def _format(items: list[Item], style: Style) -> list[str]:
    if not items:
        return []
    prepared = [prepare(item, style) | {"id": f"w{i}"} for i, item in enumerate(items)]
    with tempfile.TemporaryDirectory() as folder:
        works, csl = Path(folder, "works.json"), Path(folder, "style.csl")
        works.write_text(json.dumps(prepared), "utf-8")
        csl.write_text(style_file(style), "utf-8")
        options = ("--citeproc", f"--bibliography={works}", f"--csl={csl}", "--from=markdown", "--to=json")
        tree = json.loads(pandoc.run(*options, folder=folder, given=_DOCUMENT))
    [listed] = tree["blocks"]  # a block of one block for each work, with its id
    texts = {entry["c"][0][0]: entry["c"][1] for entry in listed["c"][1]}
    return [_html(texts[f"ref-w{i}"], item.get("language", "")) for i, item in enumerate(items)]


def _html(entry: list[Any], language: str) -> str:
    """An entry of pandoc's tree as HTML."""
    text = _tagged(entry).strip()
    text = re.sub(rf",?\s*(?:&amp;\s*)?{MORE}\.?", f", {ET_AL}", text) if MORE in text else text
    text = re.sub(
        rf"([.?!…{ELLIPSIS}][{POP}”’]*(?:</i>)?)\.(?=\s|$)", r"\1", text
    )  # the processor does not look through marks
    name = f' lang="{html.escape(language)}"' if foreign(language) else ""
    return with_languages(text).replace(ELLIPSIS, "...").replace(ISOLATE, f"<bdi{name}>").replace(POP, "</bdi>")


def _tagged(nodes: list[Any], inside: frozenset[str] = frozenset()) -> str:
    """Elements of pandoc's tree (pandoc-types 1.23, "Block" and "Inline") as HTML; what we have no tag for gives its text alone.

    Nothing is italic twice: a title stays one.
    """
    written = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            written.append(html.escape(content, quote=False))
        elif kind in _SPACES:
            written.append(" ")
        elif (tag := _TAGS.get(kind, "")) and tag not in inside:
            written.append(f"<{tag}>{_tagged(content, inside | {tag})}</{tag}>")
        elif isinstance(content, list):
            parts = content if kind not in ("Div", "Span", "Link", "Quoted") else content[1]
            written.append(_tagged(parts, inside))
    return "".join(written)
