"""A paper's Markdown as a tree of HTML, which every format of the paper is made from.

The Markdown goes through the extensions that the site has, so that paper and page say the same. What comes out can hold HTML that somebody typed,
in whatever state it is.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from html.parser import HTMLParser
from threading import Lock
from xml.etree.ElementTree import Element, SubElement, tostring

from markdown import Markdown
from markdown.extensions import Extension

from evidence.output.accessible_tables import RealTables
from evidence.output.note_lines import NoteLines
from evidence.output.recordings import Recordings
from evidence.text.direction import LANGUAGE, direction, isolated
from evidence.text.translation import _

_READING = Lock()
# What the engine's own Markdown is written in, whatever else a review's pages use.
NEEDED = ("attr_list", "md_in_html", "tables", "toc")
# Those of mkdocs.yml; a test compares the two.
EXTENSIONS = ("admonition", "attr_list", "md_in_html", "tables", "toc", "sane_lists", "pymdownx.superfences")
SVG = "svg"
INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark"),
    *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}
_QUOTES = ("“”", "‘’")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements whose text is not for readers.
_HIDDEN = {"script", "style", "template", "iframe", "object", "noscript", "head", "textarea", "select", "math", "video"}
# Shapes whose words stand beside them, and words for those who hear what others see: of a picture paper has its marks, with what is in them.
_NOT_ON_PAPER = {"support-shapes", "heard"}
_ALTERNATIVES = {"title", "desc"}
# What is typed deeper lies beside its neighbours, as it does in browsers from their own limit on: whatever reads the tree steps down level by level.
_DEEPEST = 100
# The parser makes all names small; these of SVG have capitals.
_SVG_NAMES = (
    "viewBox preserveAspectRatio markerWidth markerHeight markerUnits refX refY textLength lengthAdjust pathLength"
)
_CAPITALS = {name.lower(): name for name in _SVG_NAMES.split()}


def own_extensions() -> list[Extension]:
    """The Python-Markdown extensions of the engine, for any text of the site."""
    return [RealTables(), NoteLines(), Recordings()]


class _Parser(HTMLParser):
    """Builds the tree, without what is hidden from readers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not _is_name(tag):
            return
        if tag == "img":  # no format of papers has pictures that pages only name
            self.handle_data(_("[Picture: %s]") % next((value or "" for name, value in attrs if name == "alt"), ""))
            return
        named = {_CAPITALS.get(name, name): value or "" for name, value in attrs if _is_name(name)}
        element = Element(tag, named) if tag in _HIDDEN else SubElement(self.open[-1], tag, named)
        if tag in _HIDDEN or (tag not in _VOID and len(self.open) < _DEEPEST):
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        depth = len(self.open)
        self.handle_starttag(tag, attrs)
        if any(element.tag == SVG for element in self.open):
            del self.open[depth:]  # only foreign elements can close themselves (HTML Standard, 13.1.2.1)

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self.open) - 1, 0, -1) if self.open[i].tag == tag), 0)
        if at:
            del self.open[at:]

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def _is_name(name: str) -> bool:
    """Whether a name can stand in XML; a prefix would need a declaration, so there is none."""
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit()


def html_tree(markdown: str) -> Element:
    """The tree of a paper's Markdown, kept for its next format; nobody may change it. Comments are dropped, open elements closed, stray end tags passed over.

    What browsers do of themselves is in the text: quotation marks around <q>, and isolates around words that run the other way. So are the brackets
    around what a statement rests on, which is told in words alone. What a page says to those alone who hear it is for its links, and left out.
    """
    with _READING:  # two formats of a paper may be made at once
        return _tree(markdown)


@lru_cache(maxsize=4)
def _tree(markdown: str) -> Element:
    parser = _Parser()
    parser.feed(Markdown(extensions=[*EXTENSIONS, *own_extensions()]).convert(markdown))
    parser.close()
    _as_shown(parser.root)
    return parser.root


def _as_shown(element: Element, quoted: int = 0) -> None:
    if element.tag == SVG:
        return
    for child in element:
        _as_shown(child, quoted + (element.tag == "q"))
    if "support" in classes(element):
        _enclose(element, "(", ")")
    for child in [child for child in element if not _NOT_ON_PAPER.isdisjoint(classes(child))]:
        _drop(element, child)
    if element.tag == "q":
        _enclose(element, *_QUOTES[quoted % 2])
    if element.tag in INLINE and (side := way(element)):
        _enclose(element, *isolated(" ", side).split(" "))


def _drop(element: Element, child: Element) -> None:
    """Take a child out, but for the words behind it."""
    at = list(element).index(child)
    after = (child.tail or "").lstrip()
    if at:
        element[at - 1].tail = (element[at - 1].tail or "") + after
    else:
        element.text = (element.text or "") + after
    element.remove(child)


def _enclose(element: Element, before: str, after: str) -> None:
    element.text = before + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + after
    else:
        element.text += after


def language(element: Element) -> str:
    """The language that the words of an element are said to be in, as a tag (BCP 47); '' where it says none, or no tag."""
    said = element.get("lang", "")
    return said if LANGUAGE.fullmatch(said) else ""


def way(element: Element) -> str:
    """'rtl' or 'ltr' for an element that says which way its words run, or is to go by them; '' for one that does not."""
    said = element.get("dir", "").lower()
    if said in ("rtl", "ltr"):
        return said
    return direction("".join(element.itertext())) if said == "auto" or element.tag == "bdi" else ""


def children(element: Element) -> list[Element | str]:
    """The text and elements in an element, in order."""
    parts: list[Element | str] = [element.text or ""]
    for child in element:
        parts += [child, child.tail or ""]
    return [part for part in parts if not isinstance(part, str) or part]


def classes(element: Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def drawing(svg: Element) -> tuple[str, tuple[str, ...]]:
    """An <svg> element as text without its title and description, and these two as plain text: they are its text alternative."""
    alone = deepcopy(svg)
    alone.tail = None  # words after the drawing are none of it
    said = []
    for parent in list(alone.iter()):
        for child in [child for child in parent if child.tag in _ALTERNATIVES]:
            said.append(" ".join("".join(child.itertext()).split()))
            parent.remove(child)
    return tostring(alone, "unicode"), tuple(words for words in said if words)
