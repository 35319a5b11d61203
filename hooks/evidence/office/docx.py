"""What DOCX papers need beyond what pandoc writes (ECMA-376, WordprocessingML): the document that pandoc takes its styles from, and repairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from evidence.office.looks import BORDER, FONT, FOOT, FRAMED, LINE_HEIGHT, MARGIN, OF, PAGE, Look, list_indent, looks
from evidence.office.rooms import HERE, STYLE, Room
from evidence.office.words import LEFTWARD
from evidence.office.xml_parts import Parts, found, register, xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
# Word's own mark for a picture that says nothing beside the words ([MS-ODRAWXML] 2.17.1.1, CT_Decorative), which screen readers pass over.
_ADORNS, _ADORNS_ID = (
    "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}",
)
_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
NAMESPACES = {
    "w": W,
    "r": R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "a": _DRAWN,
    "pic": _PIC,
    "wp": _PLACED,
    "adec": _ADORNS,
    "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
    "cp": f"{_PACKAGE}metadata/core-properties",
    "dc": _DC,
    "dcterms": _TERMS,
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
register(NAMESPACES)
_INSET = 200  # twips, of a box
_ROOM = STYLE.replace(" ", "")


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _put(parent: Element, name: str, **values: object) -> Element:
    return SubElement(parent, _w(name), {_w(key.rstrip("_")): str(value) for key, value in values.items()})


def _twips(points: float) -> int:
    return round(points * 20)


def _mm(millimetres: float) -> int:
    return _twips(millimetres / 25.4 * 72)


def _drop(parent: Element, *names: str) -> None:
    """Remove the children with these names."""
    parent[:] = [child for child in parent if child.tag not in map(_w, names)]


def reference(default: Mapping[str, bytes], *, points: int, language: str, title: str) -> Parts:
    """The parts of the reference document, made from pandoc's own."""
    parts = dict(default)
    parts["word/styles.xml"] = _styles(default["word/styles.xml"], points, language)
    parts["word/settings.xml"] = _settings(default["word/settings.xml"], language)
    parts["word/document.xml"] = _sections(default["word/document.xml"])
    parts["word/footer1.xml"] = _footer(title)
    relation = f'<Relationship Id="rIdFoot" Type="{R}/footer" Target="footer1.xml"/></Relationships>'
    relations = "word/_rels/document.xml.rels"
    parts[relations] = default[relations].replace(b"</Relationships>", relation.encode())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    override = f'<Override PartName="/word/footer1.xml" ContentType="{kind}"/></Types>'
    parts[_TYPES] = default[_TYPES].replace(b"</Types>", override.encode())
    return parts


@cache  # all papers of a size have the same
def _styles(source: bytes, points: int, language: str) -> bytes:
    root = ElementTree.fromstring(source)
    for style in root.iter(_w("style")):
        for properties in (*style.findall(_w("rPr")), *style.findall(_w("pPr"))):
            # The fonts, sizes, colours and slants of pandoc's own look.
            _drop(properties, "rFonts", "sz", "szCs", "color", "i", "iCs", "jc", "spacing")
    defaults = found(root, _w("docDefaults"))
    defaults.clear()
    run = _put(_put(defaults, "rPrDefault"), "rPr")
    _put(run, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    _sized(run, points)
    _put(run, "lang", val=language, eastAsia=language, bidi="ar-SA")
    paragraph = _put(_put(defaults, "pPrDefault"), "pPr")
    _put(paragraph, "suppressAutoHyphens")
    _put(paragraph, "spacing", before=0, after=_twips(points * 0.6), line=round(240 * LINE_HEIGHT), lineRule="auto")
    _put(paragraph, "jc", val="left")
    known = {name.get(_w("val"), "").lower(): style for style in root for name in style.findall(_w("name"))}
    for look in looks(points):
        own = known.get(look.name.lower())
        if own is None:
            identifier = look.name.replace(" ", "")
            own = _put(root, "style", type="paragraph", customStyle="1", styleId=identifier)
            _put(own, "name", val=look.name)
            _put(own, "basedOn", val=look.parent.replace(" ", "") or "Normal")
            _put(own, "next", val="BodyText")
            _put(own, "qFormat")
        _drop(own, "pPr", "rPr", "semiHidden", "unhideWhenUsed")
        _look(own, look)
    framed = _put(root, "style", type="character", customStyle="1", styleId=FRAMED.replace(" ", ""))
    _put(framed, "name", val=FRAMED)
    _put(framed, "qFormat")
    _borders(_put(framed, "rPr"), "bdr", space=1)
    for child in known["hyperlink"].findall(_w("rPr")):
        _put(child, "u", val="single")
    _table_style(known["table"])
    return xml(root)


@cache
def named(styles: bytes) -> bytes:
    """Styles with no more than their names, by which pandoc finds them."""
    root = ElementTree.fromstring(styles)
    _drop(root, "docDefaults", "latentStyles")
    for style in root:
        style[:] = style.findall(_w("name"))
    return xml(root)


def _look(style: Element, look: Look) -> None:
    """The properties of a style, in the order that the schema asks for."""
    paragraph = _put(style, "pPr")
    flags = {"keepNext": look.keep_next, "keepLines": look.keep_lines, "pageBreakBefore": look.new_page}
    for name in (name for name, wanted in flags.items() if wanted):
        _put(paragraph, name)
    if look.box:
        _borders(_put(paragraph, "pBdr"), "top", "left", "bottom", "right", space=8)
    if look.ruled:
        _put(_put(paragraph, "tabs"), "tab", val="right", leader="underscore", pos=_mm(PAGE[0] - 2 * MARGIN))
    if look.name == "Footer":
        _put(_put(paragraph, "tabs"), "tab", val="left", pos=_mm(30))
    exact = {"line": _twips(look.line), "lineRule": "exact"} if look.line else {}
    _put(paragraph, "spacing", before=_twips(look.before), after=_twips(look.after), **exact)
    if look.box:
        _put(paragraph, "ind", left=_INSET, right=_INSET)
    elif look.name == "Footer":
        _put(paragraph, "ind", left=_mm(30), hanging=_mm(30))
    elif look.left:
        _put(paragraph, "ind", left=_twips(look.left), hanging=_twips(look.hanging))
    if look.outline:
        _put(paragraph, "outlineLvl", val=look.outline - 1)
    run = _put(style, "rPr")
    if look.bold:
        _put(run, "b")
        _put(run, "bCs")
    if look.size:
        _sized(run, look.size)


def _sized(run: Element, points: float) -> None:
    for name in ("sz", "szCs"):  # in half-points
        _put(run, name, val=round(points * 2))


def _borders(parent: Element, *sides: str, space: int = 0) -> None:
    for side in sides:
        _put(parent, side, val="single", sz=round(BORDER * 8), space=space, color="000000")


def _table_style(style: Element) -> None:
    properties = found(style, _w("tblPr"))
    borders = Element(_w("tblBorders"))
    _borders(borders, "top", "left", "bottom", "right", "insideH", "insideV")
    properties.insert(1, borders)
    for side in ("top", "bottom"):
        found(properties, f"{_w('tblCellMar')}/{_w(side)}").set(_w("w"), "60")
    _drop(style, "tblStylePr")
    for part in ("firstRow", "firstCol"):
        _put(_put(_put(style, "tblStylePr", type=part), "rPr"), "b")


@cache
def _settings(source: bytes, language: str) -> bytes:
    """No automatic hyphens; the latest layout rules, so that Word does not open the paper in its compatibility mode."""
    root = ElementTree.fromstring(source)
    _drop(root, "autoHyphenation", "compat")
    names = [child.tag for child in root]
    compat = Element(_w("compat"))
    word = "http://schemas.microsoft.com/office/word"
    _put(compat, "compatSetting", name_="compatibilityMode", uri=word, val=15)
    root.insert(names.index(_w("rsids")), compat)
    root.insert(names.index(_w("defaultTabStop")) + 1, Element(_w("autoHyphenation"), {_w("val"): "false"}))
    for theme in root.iter(_w("themeFontLang")):
        theme.set(_w("val"), language)
    return xml(root)


def _sections(source: bytes) -> bytes:
    root = ElementTree.fromstring(source)
    body = found(root, _w("body"))
    _drop(body, "sectPr")
    section = _put(body, "sectPr")
    SubElement(section, _w("footerReference"), {_w("type"): "default", f"{{{R}}}id": "rIdFoot"})
    _put(section, "pgSz", w=_mm(PAGE[0]), h=_mm(PAGE[1]))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), _mm(MARGIN))
    _put(section, "pgMar", **sides, header=_mm(FOOT), footer=_mm(FOOT), gutter=0)
    return xml(root)


def _footer(title: str) -> bytes:
    """The foot of every page: '1 of 3' as fields, and the title."""
    root = Element(_w("ftr"))
    paragraph = _put(root, "p")
    _put(_put(paragraph, "pPr"), "pStyle", val="Footer")

    def words(parent: Element, text: str) -> None:
        piece = _put(_put(parent, "r"), "t")
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        piece.text = text

    words(_put(paragraph, "fldSimple", instr=" PAGE "), "1")
    words(paragraph, OF)
    words(_put(paragraph, "fldSimple", instr=" NUMPAGES "), "1")
    _put(_put(paragraph, "r"), "tab")
    words(paragraph, title)
    return xml(root)


def _leftward(document: Element) -> None:
    """Paragraphs and tables that run from right to left begin at the right."""
    for paragraph in document.iter(_w("p")):
        if "".join(paragraph.itertext()).startswith(LEFTWARD):
            properties = found(paragraph, _w("pPr"))
            later = [at for at, child in enumerate(properties) if child.tag in map(_w, ("spacing", "ind", "jc"))]
            properties.insert(later[0] if later else len(properties), Element(_w("bidi")))
    for table in document.iter(_w("tbl")):  # its first column is at the right, too
        properties = found(table, _w("tblPr"))
        if "".join(found(table, _w("tr")).itertext()).startswith(LEFTWARD):
            properties.insert(1 if properties.find(_w("tblStyle")) is not None else 0, Element(_w("bidiVisual")))


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
    """The parts of a paper as pandoc wrote them, repaired. Pandoc itself gives pictures their alternative text and says the language here."""
    parts = dict(written)
    indent = _twips(list_indent(points))
    document = ElementTree.fromstring(written["word/document.xml"])
    _unnumber(document, indent)
    _controls(document, rooms)
    _boxes_apart(document, points)
    for look in document.iter(_w("tblLook")):  # the first column heads its rows
        look.set(_w("firstColumn"), "1")
        look.set(_w("val"), "00A0")
    for row in document.iter(_w("tr")):
        if row.find(_w("trPr")) is None:
            row.insert(0, Element(_w("trPr")))
        found(row, _w("trPr")).insert(0, Element(_w("cantSplit")))
    for spoken in document.iter(_w("lang")):  # Word has one for each kind of script
        for script in ("eastAsia", "bidi"):
            spoken.set(_w(script), spoken.get(_w("val"), ""))
    _leftward(document)
    _pictured(document)
    parts["word/document.xml"] = xml(document)
    numbering = ElementTree.fromstring(written["word/numbering.xml"])
    for level in numbering.iter(_w("lvl")):
        for ind in level.iter(_w("ind")):
            ind.set(_w("left"), str(indent * (int(level.get(_w("ilvl"), "0")) + 1)))
            ind.set(_w("hanging"), str(indent))
        if any(
            kind.get(_w("val")) == "bullet" for kind in level.iter(_w("numFmt"))
        ):  # of a font that every machine has
            found(level, _w("lvlText")).set(_w("val"), "•")
            _drop(level, "rPr")
    parts["word/numbering.xml"] = xml(numbering)
    core = ElementTree.fromstring(written["docProps/core.xml"])
    found(core, f"{{{_DC}}}title").text = title
    found(core, f"{{{_DC}}}creator").text = author
    for name in ("created", "modified"):
        found(core, f"{{{_TERMS}}}{name}").text = f"{date}T00:00:00Z"
    parts["docProps/core.xml"] = xml(core)
    return parts


def _pictured(document: Element) -> None:
    """Pictures with their alternative text in one place, and those without one marked as such."""
    for drawn in document.iter(f"{{{_PIC}}}cNvPr"):
        drawn.set("descr", "")  # pandoc puts the whole picture here
    for placed in document.iter(f"{{{_PLACED}}}docPr"):
        if not placed.get("descr"):
            more = SubElement(placed, f"{{{_DRAWN}}}extLst")
            SubElement(
                SubElement(more, f"{{{_DRAWN}}}ext", {"uri": _ADORNS_ID}), f"{{{_ADORNS}}}decorative", {"val": "1"}
            )


def _unnumber(document: Element, indent: int) -> None:
    """Pandoc makes later paragraphs of a list item items of an unseen list, which screen readers announce: set them in instead."""
    for properties in document.iter(_w("pPr")):
        values = {child.tag: child.get(_w("val")) for child in properties.iter()}
        if values.get(_w("numId")) != "1000":
            continue
        at = [child.tag for child in properties].index(_w("numPr"))
        del properties[at]
        left = indent * (int(values[_w("ilvl")] or 0) + 1)
        if values.get(_w("pStyle")) != _ROOM:  # it uses the whole width
            properties.insert(at, Element(_w("ind"), {_w("left"): str(left)}))


def _boxes_apart(document: Element, points: int) -> None:
    """Let a box that follows another begin anew: Word draws paragraphs as one box where their borders and their insets are the same."""
    boxes = {look.name.replace(" ", "") for look in looks(points) if look.box}
    before, shifted = "", False
    for properties in document.iter(_w("pPr")):
        style = next((style.get(_w("val"), "") for style in properties.findall(_w("pStyle"))), "")
        if before not in boxes or style not in boxes:
            shifted = False
        elif before.startswith("Last"):
            shifted = not shifted
        if shifted:
            _put(properties, "ind", left=_INSET + 1, right=_INSET)
        before = style


def _controls(document: Element, rooms: Iterable[Room]) -> None:
    """Make each room to write a content control for plain text of any number of lines."""
    paragraphs = [
        paragraph
        for paragraph in document.iter(_w("p"))
        if any(style.get(_w("val")) == _ROOM for style in paragraph.iter(_w("pStyle")))
    ]
    for number, (paragraph, room) in enumerate(zip(paragraphs, rooms, strict=True), 1):
        _drop(paragraph, "r")
        control = _put(paragraph, "sdt")
        properties = _put(control, "sdtPr")
        _put(properties, "alias", val=room.name)
        _put(properties, "tag", val=f"room-{number}")
        _put(properties, "id", val=number)
        _put(properties, "showingPlcHdr")
        _put(properties, "text", multiLine=1)
        _put(_put(_put(control, "sdtContent"), "r"), "t").text = HERE
        run = _put(paragraph, "r")  # in the control, LibreOffice would leave room for them twice
        for line in range(room.lines):
            if line:
                _put(run, "br")
            _put(run, "tab")
