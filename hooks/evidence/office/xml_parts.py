"""The XML inside office files: the parts of a file by name, and namespaces with the prefixes that both formats are known by."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Parts = dict[str, bytes]


def register(namespaces: Mapping[str, str]) -> None:
    """Let `xml` write namespaces with the prefixes that they have here."""
    for prefix, uri in namespaces.items():
        ElementTree.register_namespace(prefix, uri)


def xml(root: Element) -> bytes:
    """An element as a part of a file."""
    return bytes(ElementTree.tostring(root, "UTF-8", xml_declaration=True))


def found(parent: Element, path: str) -> Element:
    """The first element at `path`, which pandoc's own documents have."""
    element = parent.find(path)
    assert element is not None, path
    return element
