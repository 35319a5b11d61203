"""What DOCX papers need beyond what pandoc writes (ECMA-376, WordprocessingML): the document that pandoc takes its styles from, and repairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from evidence.office.looks import BORDER, FONT, FOOT, LINE_HEIGHT, MARGIN, PAGE, Look, list_indent, looks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
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
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": _PIC,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
    "cp": f"{_PACKAGE}metadata/core-properties",
    "dc": _DC,
    "dcterms": _TERMS,
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
for _prefix, _uri in NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _uri)
Parts = dict[str, bytes]


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _put(parent: Element, name: str, **values: object) -> Element:
    return SubElement(parent, _w(name), {_w(key.rstrip("_")): str(value) for key, value in values.items()})


def _twips(points: float) -> int:
    return round(points * 20)


def _mm(millimetres: float) -> int:
    return _twips(millimetres / 25.4 * 72)


def _xml(root: Element) -> bytes:
    return bytes(ElementTree.tostring(root, "UTF-8", xml_declaration=True))


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


def _styles(source: bytes, points: int, language: str) -> bytes:
    root = ElementTree.fromstring(source)
    for style in root.iter(_w("style")):
        for properties in (*style.findall(_w("rPr")), *style.findall(_w("pPr"))):
            for child in list(properties):  # the fonts, sizes, colours and slants of pandoc's own look
                if child.tag in {_w(name) for name in ("rFonts", "sz", "szCs", "color", "i", "iCs", "jc", "spacing")}:
                    properties.remove(child)
    defaults = root.find(_w("docDefaults"))
    assert defaults is not None
    defaults.clear()
    run = _put(_put(defaults, "rPrDefault"), "rPr")
    _put(run, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    _put(run, "sz", val=points * 2)
    _put(run, "szCs", val=points * 2)
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
        for child in list(own):
            if child.tag in {_w(name) for name in ("pPr", "rPr", "semiHidden", "unhideWhenUsed")}:
                own.remove(child)
        _look(own, look)
    link = known["hyperlink"]
    for child in link.findall(_w("rPr")):
        _put(child, "u", val="single")
    _table_style(known["table"])
    return _xml(root)


def _look(style: Element, look: Look) -> None:
    """The properties of a style, in the order that the schema asks for."""
    paragraph = _put(style, "pPr")
    if look.keep_next:
        _put(paragraph, "keepNext")
    if look.keep_lines:
        _put(paragraph, "keepLines")
    if look.new_page:
        _put(paragraph, "pageBreakBefore")
    if look.box or look.ruled:
        sides = ("top", "left", "bottom", "right") if look.box else ("bottom", "between")
        border = _put(paragraph, "pBdr")
        for side in sides:
            _put(border, side, val="single", sz=round(BORDER * 8), space=8 if look.box else 0, color="000000")
    if look.name == "Footer":
        _put(_put(paragraph, "tabs"), "tab", val="left", pos=_mm(30))
    exact = {"line": _twips(look.line), "lineRule": "exact"} if look.line else {}
    _put(paragraph, "spacing", before=_twips(look.before), after=_twips(look.after), **exact)
    if look.box:
        _put(paragraph, "ind", left=200, right=200)
    elif look.name == "Footer":
        _put(paragraph, "ind", left=_mm(30), hanging=_mm(30))
    if look.outline:
        _put(paragraph, "outlineLvl", val=look.outline - 1)
    run = _put(style, "rPr")
    if look.bold:
        _put(run, "b")
        _put(run, "bCs")
    if look.size:
        _put(run, "sz", val=round(look.size * 2))
        _put(run, "szCs", val=round(look.size * 2))


def _table_style(style: Element) -> None:
    properties = style.find(_w("tblPr"))
    assert properties is not None
    borders = Element(_w("tblBorders"))
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _put(borders, side, val="single", sz=round(BORDER * 8), space=0, color="000000")
    properties.insert(1, borders)
    for side in ("top", "bottom"):
        margin = properties.find(f"{_w('tblCellMar')}/{_w(side)}")
        if margin is not None:
            margin.set(_w("w"), "60")
    for old in style.findall(_w("tblStylePr")):
        style.remove(old)
    for part in ("firstRow", "firstCol"):
        _put(_put(_put(style, "tblStylePr", type=part), "rPr"), "b")


def _settings(source: bytes, language: str) -> bytes:
    """No automatic hyphens; the latest layout rules, so that Word does not open the paper in its compatibility mode."""
    root = ElementTree.fromstring(source)
    for name in ("autoHyphenation", "compat"):
        for old in root.findall(_w(name)):
            root.remove(old)
    tab = next(i for i, child in enumerate(root) if child.tag == _w("defaultTabStop"))
    root.insert(tab + 1, Element(_w("autoHyphenation"), {_w("val"): "false"}))
    compat = Element(_w("compat"))
    word = "http://schemas.microsoft.com/office/word"
    _put(compat, "compatSetting", name_="compatibilityMode", uri=word, val=15)
    rsids = next(i for i, child in enumerate(root) if child.tag == _w("rsids"))
    root.insert(rsids, compat)
    for theme in root.iter(_w("themeFontLang")):
        theme.set(_w("val"), language)
    return _xml(root)


def _sections(source: bytes) -> bytes:
    root = ElementTree.fromstring(source)
    body = root.find(_w("body"))
    assert body is not None
    for old in body.findall(_w("sectPr")):
        body.remove(old)
    section = _put(body, "sectPr")
    SubElement(section, _w("footerReference"), {_w("type"): "default", f"{{{R}}}id": "rIdFoot"})
    _put(section, "pgSz", w=_mm(PAGE[0]), h=_mm(PAGE[1]))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), _mm(MARGIN))
    _put(section, "pgMar", **sides, header=_mm(FOOT), footer=_mm(FOOT), gutter=0)
    return _xml(root)


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
    words(paragraph, " of ")
    words(_put(paragraph, "fldSimple", instr=" NUMPAGES "), "1")
    _put(_put(paragraph, "r"), "tab")
    words(paragraph, title)
    return _xml(root)


def repair(written: Mapping[str, bytes], *, points: int, title: str, date: str, alternatives: Iterable[str]) -> Parts:
    """The parts of a paper as pandoc wrote them, repaired. Pandoc gives pictures their alternative text here, so `alternatives` is not used."""
    parts = dict(written)
    indent = _twips(list_indent(points))
    document = ElementTree.fromstring(written["word/document.xml"])
    _unnumber(document, indent)
    for look in document.iter(_w("tblLook")):  # the first column heads its rows
        look.set(_w("firstColumn"), "1")
        look.set(_w("val"), "00A0")
    for row in document.iter(_w("tr")):
        properties = row.find(_w("trPr"))
        if properties is None:
            properties = Element(_w("trPr"))
            row.insert(0, properties)
        properties.insert(0, Element(_w("cantSplit")))
    for drawn in document.iter(f"{{{_PIC}}}cNvPr"):
        drawn.set("descr", "")  # pandoc puts the whole picture here
    parts["word/document.xml"] = _xml(document)
    numbering = ElementTree.fromstring(written["word/numbering.xml"])
    for level in numbering.iter(_w("lvl")):
        for ind in level.iter(_w("ind")):
            ind.set(_w("left"), str(indent * (int(level.get(_w("ilvl"), "0")) + 1)))
            ind.set(_w("hanging"), str(indent))
    parts["word/numbering.xml"] = _xml(numbering)
    core = ElementTree.fromstring(written["docProps/core.xml"])
    for element in core:
        if element.tag == f"{{{_DC}}}title":
            element.text = title
        elif element.tag in (f"{{{_TERMS}}}created", f"{{{_TERMS}}}modified"):
            element.text = f"{date}T00:00:00Z"
    parts["docProps/core.xml"] = _xml(core)
    return parts


def _unnumber(document: Element, indent: int) -> None:
    """Pandoc makes later paragraphs of a list item items of an unseen list, which screen readers announce: set them in instead."""
    for properties in document.iter(_w("pPr")):
        number = properties.find(_w("numPr"))
        which = number.find(_w("numId")) if number is not None else None
        level = number.find(_w("ilvl")) if number is not None else None
        if number is None or which is None or level is None or which.get(_w("val")) != "1000":
            continue
        at = list(properties).index(number)
        properties.remove(number)
        left = indent * (int(level.get(_w("val"), "0")) + 1)
        style = properties.find(_w("pStyle"))
        if style is None or style.get(_w("val")) not in ("Noteline", "Lastnoteline"):  # these use the whole width
            properties.insert(at, Element(_w("ind"), {_w("left"): str(left)}))
