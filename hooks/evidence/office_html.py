"""HTML as a tree, whatever state it is in: what Python-Markdown makes of a page can hold HTML that somebody typed."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

SVG = "svg"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements whose text is not for readers.
HIDDEN = {"script", "style", "template", "iframe", "object", "noscript", "head", "textarea", "select", "math", "video"}
_ALTERNATIVES = {"title", "desc"}


class _Parser(HTMLParser):
    """Builds the tree. Inside <svg>, names and attributes keep their capitals, and the alternative text becomes `aria-label`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self.open = [self.root]
        self.alternative: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {_capitals(name): value or "" for name, value in attrs if _is_name(name)}
        if not _is_name(tag):
            return
        element = SubElement(self.open[-1], tag, named)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        depth = len(self.open)
        self.handle_starttag(tag, attrs)
        if any(element.tag == SVG for element in self.open):
            del self.open[depth:]  # only foreign elements can close themselves (HTML Standard, 13.1.2.1)

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self.open) - 1, 0, -1) if self.open[i].tag == tag), 0)
        if at:
            closed = self.open[at]
            del self.open[at:]
            if tag == SVG:
                _name(closed)

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def _is_name(name: str) -> bool:
    """Whether a name can stand in XML; a prefix would need a declaration, so there is none."""
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit()


def _capitals(name: str) -> str:
    """The parser makes all names small; these of SVG have capitals."""
    known = (
        "viewBox",
        "preserveAspectRatio",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "refX",
        "refY",
        "textLength",
    )
    return next((written for written in known if written.lower() == name), name)


def _name(svg: Element) -> None:
    """Move the title and description of a drawing into its name, where it has none."""
    words = []
    for parent in list(svg.iter()):
        for child in [child for child in parent if child.tag in _ALTERNATIVES]:
            words.append(" ".join("".join(child.itertext()).split()))
            parent.remove(child)
    if not svg.get("aria-label"):
        svg.set("aria-label", " ".join(word for word in words if word))


def parse_html(text: str) -> Element:
    """The tree of some HTML. Comments are dropped, open elements closed, stray end tags passed over."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.root
