"""A paper with one of everything as office files: their parts, their styles, and what pandoc reads back."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from evidence.files import pandoc
from evidence.office import WRITERS, docx, odt, to_office

KINDS = sorted(WRITERS)
SIZES = (14, 18)
SQUARE = '<svg viewBox="0 0 10 10" {}><path d="M1 1h8v8h-8z" fill="#c00"/></svg>'
PAPER = f"""\
# Questions for our meeting

Read [the guide](https://example.org/guide?a=1&b=2), [a page](../page.md), [the list](#bring) or [write](mailto:ann@example.org).

<!-- nobody reads this -->

## Your experiences {{ #experiences data-themes="money" }}

1. What helps?
   {{ #q-helps .question data-number="1" }}

    <div class="note-lines" data-lines="4"></div>

2. What hinders?
   {{ #q-hinders }}

    <div class="note-lines" data-lines="2"></div>

## Next steps {{ #next .new-page }}

3. Who should come?

    <div class="note-lines" data-lines="1"></div>

4. When?

### Things to bring {{ #bring }}

- A pen
- Papers

Place, and how to get there:

<div class="note-lines" data-lines="2"></div>

!!! note "Editor's note: the year"
    The source says 2019.

!!! note "Another note"
    The report says **2018**.

Table: What each place does

| Place | Law | Guidance |
| --- | --- | --- |
| North | An Act | [More](https://example.org/more) |
| South | None | Some |

Table: A wide one

| Row | Responsibilities | Representatives | Recommendations | Administrations | Neighbourhoods |
| --- | --- | --- | --- | --- | --- |
| First | Alpha | Beta | Gamma | Delta | Epsilon |

<div class="card card-red" markdown="1">

{SQUARE.format('aria-hidden="true"')}

### Stop

Please stop for a moment.

</div>

{SQUARE.format('role="img" aria-label="A plain square"')}

## About this paper {{ #about }}

<cite>A title</cite>, *stressed*.
"""


@cache
def made(kind: str, points: int = 14, text: str = PAPER) -> bytes:
    return to_office(text, title="Questions & answers", language="en-GB", points=points, date="2026-11-22", kind=kind)


@cache
def parts(kind: str, points: int = 14, text: str = PAPER) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made(kind, points, text))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def xml(kind: str, part: str, points: int = 14, text: str = PAPER) -> Element:
    return ElementTree.fromstring(parts(kind, points, text)[part])


@cache
def read_back(kind: str, points: int = 14, text: str = PAPER) -> Any:
    command = [str(pandoc.program()), "--from", f"{kind}+styles" if kind == "docx" else kind, "--to", "json"]
    return json.loads(subprocess.run(command, input=made(kind, points, text), capture_output=True, check=True).stdout)


def found(node: Any, kind: str) -> Iterator[Any]:
    """Every element of this kind in pandoc's tree."""
    if isinstance(node, dict):
        if node.get("t") == kind:
            yield node["c"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from found(child, kind)


def words(node: Any) -> str:
    """The words of a part of pandoc's tree."""
    if isinstance(node, dict):
        if node.get("t") == "Str":
            return str(node["c"])
        if node.get("t") in ("Space", "SoftBreak", "LineBreak"):
            return " "
        return words(node.get("c", node.get("blocks", "")))
    return "".join(words(child) for child in node) if isinstance(node, list) else ""


def w(name: str) -> str:
    return f"{{{docx.W}}}{name}"


def odf(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{odt.NAMESPACES[prefix]}}}{local}"


def docx_styles(points: int) -> dict[str, Element]:
    styles = xml("docx", "word/styles.xml", points).iter(w("style"))
    return {str(name.get(w("val"))).lower(): style for style in styles for name in style.findall(w("name"))}


def odt_styles(points: int) -> dict[str, Element]:
    return {
        str(style.get(odf("style:name"))): style for style in xml("odt", "styles.xml", points).iter(odf("style:style"))
    }


def odt_style_of(paragraph: Element) -> str:
    return (paragraph.get(odf("text:style-name")) or "").replace("_20_", " ")


def docx_style_of(paragraph: Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))
