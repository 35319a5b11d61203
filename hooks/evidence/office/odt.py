"""What ODT papers need beyond what pandoc writes (ISO/IEC 26300, OpenDocument): the document that pandoc takes its styles from, and repairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from evidence.office.looks import BORDER, FONT, FOOT, FRAMED, LINE_HEIGHT, MARGIN, OF, PAGE, Look, list_indent, looks
from evidence.office.rooms import HERE, STYLE, Room
from evidence.office.words import LEFTWARD
from evidence.office.xml_parts import Parts, found, register, xml
from evidence.text.languages import language_and_country

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    **{name: f"{_OPEN}{name}:1.0" for name in ("office", "style", "text", "table", "meta", "form", "chart", "script")},
    "manifest": f"{_OPEN}manifest:1.0",
    "draw": f"{_OPEN}drawing:1.0",
    "number": f"{_OPEN}datastyle:1.0",
    "fo": f"{_OPEN}xsl-fo-compatible:1.0",
    "svg": f"{_OPEN}svg-compatible:1.0",
    "dr3d": f"{_OPEN}dr3d:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
register(NAMESPACES)
_BORDER = f"{BORDER}pt solid #000000"


def _name(qualified: str) -> str:
    prefix, _, local = qualified.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _put(parent: Element, name: str, values: Mapping[str, object] | None = None, text: str = "") -> Element:
    element = SubElement(parent, _name(name), {_name(key): str(value) for key, value in (values or {}).items()})
    element.text = text or None
    return element


def _set(element: Element, values: Mapping[str, object]) -> None:
    for key, value in values.items():
        element.set(_name(key), str(value))


def _all(parent: Element, name: str) -> Iterator[Element]:
    return parent.iter(_name(name))


def _encoded(name: str) -> str:
    return name.replace(" ", "_20_")


# Our names for styles that pandoc calls by others.
_OWN = {"Body Text": "Text body", "First Paragraph": "First paragraph", "Table Caption": "TableCaption"}


def reference(default: Mapping[str, bytes], *, points: int, language: str, title: str) -> Parts:
    """The parts of the reference document, made from pandoc's own."""
    root = ElementTree.fromstring(default["styles.xml"])
    styles = found(root, _name("office:styles"))
    tongue, country = language_and_country(language)
    for properties in _all(styles, "style:text-properties"):
        # The fonts, sizes, colours and slants of pandoc's own look.
        for key in list(properties.attrib):
            if re.search(r"\}(font-(name|size|style)|color|hyphenat)", key):
                del properties.attrib[key]
        if _name("fo:language") in properties.attrib:
            _set(properties, {"fo:language": tongue})
    for properties in _all(root, "style:paragraph-properties"):
        properties.attrib.pop(_name("fo:text-align"), None)
    for default_style in styles.findall(_name("style:default-style")):
        for text in default_style.findall(_name("style:text-properties")):
            _set(text, {"fo:language": tongue, "fo:country": country or "none", "fo:hyphenate": "false"})
            _sized(text, points)
            _set(text, {f"style:font-name{script}": FONT for script in ("", "-asian", "-complex")})
        for row in default_style.findall(_name("style:table-row-properties")):
            _set(row, {"fo:keep-together": "always"})
    _looks(styles, points)
    _framed(styles)
    _page(root, points, title)
    return {**default, "styles.xml": xml(root)}


def named(_styles: bytes) -> bytes:
    """Styles for pandoc to read: none, since it writes the names of those that a paper needs without looking for them."""
    root = Element(_name("office:document-styles"), {_name("office:version"): "1.3"})
    _put(root, "office:styles")
    return xml(root)


def _sized(text: Element, size: float) -> None:
    names = ("fo:font-size", "style:font-size-asian", "style:font-size-complex")
    _set(text, dict.fromkeys(names, f"{size:g}pt"))


def _looks(styles: Element, points: int) -> None:
    known = {style.get(_name("style:name")): style for style in styles.findall(_name("style:style"))}
    plain = {"fo:line-height": f"{LINE_HEIGHT:.0%}", "fo:text-align": "start"}
    _put(known["Standard"], "style:paragraph-properties", plain | {"fo:margin-top": "0pt", "fo:margin-bottom": "0pt"})
    for name in ("Table_20_Contents", "Table_20_Heading", "Definition_20_Definition"):
        for properties in known[name].findall(_name("style:paragraph-properties")):
            _set(properties, {"fo:margin-bottom": "0pt", "fo:margin-left": "0pt"})
    for look in looks(points):
        name = _encoded(_OWN.get(look.name, look.name))
        own = known.get(name)
        if own is None:
            values = {"style:name": name, "style:display-name": look.name, "style:family": "paragraph"}
            values |= {"style:parent-style-name": _encoded(look.parent) or "Standard"}
            own = _put(styles, "style:style", values | {"style:next-style-name": "Text_20_body"})
            if look.outline:
                _set(own, {"style:default-outline-level": look.outline})
        own[:] = []
        _look(own, look)


def _framed(styles: Element) -> None:
    """Words in a frame; LibreOffice, and whatever else knows borders of characters, draws it."""
    values = {"style:name": _encoded(FRAMED), "style:display-name": FRAMED, "style:family": "text"}
    text = _put(_put(styles, "style:style", values), "style:text-properties")
    _set(text, {"fo:border": _BORDER, "fo:padding": "1pt"})


def _look(style: Element, look: Look) -> None:
    values: dict[str, object] = {
        "fo:margin-top": f"{look.before:g}pt",
        "fo:margin-bottom": f"{look.after:g}pt",
        "style:contextual-spacing": "false",
        "fo:orphans": 2,
        "fo:widows": 2,
        "fo:keep-with-next": "always" if look.keep_next else "auto",
        "fo:keep-together": "always" if look.keep_lines else "auto",
    }
    if look.line:
        values["fo:line-height"] = f"{look.line:g}pt"
    if look.ruled:  # as wide as the page, in a list too
        values |= {"fo:margin-left": "0pt", "fo:text-indent": "0pt"}
    if look.box:
        joined = (
            "false" if look.name.startswith("Last") else "true"
        )  # with the next: else two boxes would be drawn as one
        values |= {"fo:border": _BORDER, "fo:padding": "8pt", "style:join-border": joined}
        values |= {"fo:margin-left": "10pt", "fo:margin-right": "10pt"}
    if look.left:
        values |= {"fo:margin-left": f"{look.left:g}pt", "fo:text-indent": f"{-look.hanging:g}pt"}
    if look.new_page:
        values["fo:break-before"] = "page"
    if look.name == "Footer":
        values |= {"fo:margin-left": "30mm", "fo:text-indent": "-30mm"}
    paragraph = _put(style, "style:paragraph-properties", values)
    if look.name == "Footer" or look.hanging:
        _put(_put(paragraph, "style:tab-stops"), "style:tab-stop", {"style:position": "0mm"})
    if look.ruled:
        stop = {"style:position": f"{PAGE[0] - 2 * MARGIN:g}mm", "style:type": "right"}
        stop |= {"style:leader-style": "solid", "style:leader-text": "_"}
        _put(_put(paragraph, "style:tab-stops"), "style:tab-stop", stop)
    text = _put(style, "style:text-properties")
    if look.bold:
        weights = ("fo:font-weight", "style:font-weight-asian", "style:font-weight-complex")
        _set(text, dict.fromkeys(weights, "bold"))
    if look.size:
        _sized(text, look.size)


def _page(root: Element, points: int, title: str) -> None:
    """A4, and the foot of every page: '1 of 3' as fields, and the title."""
    for layout in _all(root, "style:page-layout-properties"):
        _set(layout, {f"fo:margin-{side}": f"{MARGIN:g}mm" for side in ("top", "left", "right")})
        _set(layout, {"fo:margin-bottom": f"{FOOT:g}mm"})
        _set(layout, {"fo:page-width": f"{PAGE[0]:g}mm", "fo:page-height": f"{PAGE[1]:g}mm"})
    for properties in root.iterfind(f".//{_name('style:footer-style')}/*"):
        _set(properties, {"fo:min-height": f"{MARGIN - FOOT:g}mm", "fo:margin-top": "2mm"})
    for master in _all(root, "style:master-page"):
        master[:] = []
        paragraph = _put(_put(master, "style:footer"), "text:p", {"text:style-name": "Footer"})
        _put(paragraph, "text:page-number", {"text:select-page": "current"}, "1").tail = OF
        _put(paragraph, "text:page-count", text="1")
        _put(paragraph, "text:tab")
        _put(paragraph, "text:title", text=title)


def repair(
    written: Mapping[str, bytes],
    *,
    points: int,
    title: str,
    author: str,
    date: str,
    language: str,
    alternatives: Iterable[str],
    rooms: Iterable[Room],
) -> Parts:
    """The parts of a paper as pandoc wrote them, repaired; `alternatives` are those of its pictures, which pandoc leaves out."""
    content = ElementTree.fromstring(written["content.xml"])
    _automatic_styles(content, points)
    for paragraph in _all(content, "text:p"):
        style = paragraph.get(_name("text:style-name")) or ""
        if heading := re.fullmatch(r"(?:Card|New page) heading (\d)", style):
            paragraph.tag = _name("text:h")
            _set(paragraph, {"text:outline-level": heading[1]})
        _set(paragraph, {"text:style-name": _encoded(style)})
    for span in _all(content, "text:span"):
        if span.get(_name("text:style-name")) == FRAMED:
            _set(span, {"text:style-name": _encoded(FRAMED)})
    _placeholders(content, rooms)
    _leftward(content)
    for span in content.iterfind(f".//{_name('text:a')}//{_name('text:span')}"):
        if span.get(_name("text:style-name")) == "Definition":
            _set(span, {"text:style-name": "Internet_20_link"})
    for frame, words in zip(_all(content, "draw:frame"), alternatives, strict=False):
        _set(frame, {"text:anchor-type": "as-char"})
        if words:
            _put(frame, "svg:title", text=words)
    meta = ElementTree.fromstring(written["meta.xml"])
    stamp = f"{date}T00:00:00"
    about = {"dc:title": title, "dc:creator": author, "meta:initial-creator": author}
    about |= {"dc:date": stamp, "meta:creation-date": stamp}
    for name, value in about.items():
        for element in _all(meta, name):
            element.text = value
    _put(found(meta, _name("office:meta")), "dc:language", text=language)
    return {**_once(written, content), "content.xml": xml(content), "meta.xml": xml(meta)}


def _once(written: Mapping[str, bytes], content: Element) -> Parts:
    """The parts with each picture once: pandoc puts one in for each place that it stands in."""
    first: dict[bytes, str] = {}
    same = {name: first.setdefault(part, name) for name, part in written.items() if name.startswith("Pictures/")}
    for image in _all(content, "draw:image"):
        address = image.get(_name("xlink:href")) or ""
        _set(image, {"xlink:href": same.get(address, address)})
    manifest = ElementTree.fromstring(written["META-INF/manifest.xml"])
    for entry in manifest.findall(_name("manifest:file-entry")):
        name = entry.get(_name("manifest:full-path")) or ""
        if same.get(name, name) != name:
            manifest.remove(entry)
    kept = {name: part for name, part in written.items() if same.get(name, name) == name}
    return kept | {"META-INF/manifest.xml": xml(manifest)}


def _placeholders(content: Element, rooms: Iterable[Room]) -> None:
    """Make each room to write a placeholder, which what is typed takes the place of, before its lines."""
    style = _encoded(STYLE)
    written = [p for p in _all(content, "text:p") if p.get(_name("text:style-name")) == style]
    for paragraph, room in zip(written, rooms, strict=True):
        paragraph[:] = []
        paragraph.text = None
        facts = {"text:placeholder-type": "text", "text:description": room.name}
        _put(paragraph, "text:placeholder", facts, text=f"<{HERE}>")  # LibreOffice shows these brackets in any case
        for line in range(room.lines):
            if line:
                _put(paragraph, "text:line-break")
            _put(paragraph, "text:tab")


def _leftward(content: Element) -> None:
    """Paragraphs whose lines run from right to left: each in its own style, set from the other side."""
    styles = found(content, _name("office:automatic-styles"))
    known = {style.get(_name("style:name")) or "": style for style in styles.findall(_name("style:style"))}
    for paragraph in (*_all(content, "text:p"), *_all(content, "text:h")):
        if "".join(paragraph.itertext()).strip().startswith(LEFTWARD):
            own = paragraph.get(_name("text:style-name")) or "Standard"
            name = f"{own}_leftward"
            if name not in known:
                plain = Element(_name("style:style"), {_name("style:parent-style-name"): own})
                style = deepcopy(known.get(own, plain))  # one that the document has for itself can be no parent
                _set(style, {"style:name": name, "style:family": "paragraph"})
                if style.find(_name("style:paragraph-properties")) is None:
                    _put(style, "style:paragraph-properties")
                _set(found(style, _name("style:paragraph-properties")), {"style:writing-mode": "rl-tb"})
                styles.append(style)
                known[name] = style
            _set(paragraph, {"text:style-name": name})
    for table in _all(content, "table:table"):  # its first column is at the right, too
        name = table.get(_name("table:style-name")) or ""
        if "".join(table.itertext()).strip().startswith(LEFTWARD) and name in known:
            _set(found(known[name], _name("style:table-properties")), {"style:writing-mode": "rl-tb"})


def _automatic_styles(content: Element, points: int) -> None:
    """How lists are set in and spaced, and the borders of tables."""
    indent = list_indent(points)
    for style in _all(content, "style:style"):
        for properties in style.findall(_name("style:paragraph-properties")):
            if style.get(_name("style:list-style-name")) and properties.get(_name("fo:margin-bottom")) == "0in":
                _set(properties, {"fo:margin-bottom": f"{points * 0.28:g}pt"})  # the same as `Compact`
    for level in (*_all(content, "text:list-level-style-bullet"), *_all(content, "text:list-level-style-number")):
        for properties in _all(level, "style:list-level-properties"):
            _set(properties, {"fo:text-align": "start"})
        left = f"{indent * int(level.get(_name('text:level')) or '1'):g}pt"
        values = {"text:list-tab-stop-position": left, "fo:margin-left": left, "fo:text-indent": f"-{indent:g}pt"}
        for label in _all(level, "style:list-level-label-alignment"):
            _set(label, values)
    for text in _all(content, "style:text-properties"):
        if language := text.get(_name("fo:language")):  # there is one for each kind of script
            country = text.get(_name("fo:country")) or "none"
            _set(text, {"fo:country": country})
            _set(text, {f"style:language-{script}": language for script in ("asian", "complex")})
            _set(text, {f"style:country-{script}": country for script in ("asian", "complex")})
    for cell in _all(content, "style:table-cell-properties"):
        _set(cell, {"fo:border": _BORDER, "fo:padding": "5pt"})
    for table in _all(content, "style:table-properties"):
        _set(table, {"table:align": "left", "style:may-break-between-rows": "true"})
