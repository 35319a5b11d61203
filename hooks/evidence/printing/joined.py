"""Papers -> one tagged PDF (PDF/UA-1, ISO 14289-1) that holds each as often as it is wanted: what Typst made, put together page by page as it is.

A screen reader meets each paper once. Further copies, and backs that are left empty, are for the printer alone: artefacts, as the standard calls them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

# What opens and closes the marks by which tags find their words (ISO 32000-1, 14.6).
_MARKS = {pikepdf.Operator(name) for name in ("BMC", "BDC", "EMC", "MP", "DP")}

_PAGES = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"  # how many a file has (XMP, part 1, paged text)


@dataclass(frozen=True, slots=True)
class Copies:
    """A paper as PDF and how often it is wanted."""

    title: str
    content: bytes
    number: int


def joined(first: bytes, papers: Iterable[Copies]) -> bytes:
    """The PDF `first`, whose title and language the file has, then all copies of each paper, each beginning on the front of a sheet.

    The same papers give the same bytes.
    """
    with Pdf.open(BytesIO(first)) as whole:
        for place, paper in enumerate(papers, 1):
            _end_sheet(whole)
            start = len(whole.pages)
            with Pdf.open(BytesIO(paper.content)) as source:
                own = []
                for page in source.pages:
                    whole.pages.append(page)
                    own.append(whole.pages[-1])
                _add_tags(whole, source, own, f"{place}-")
                _add_links(whole, source, own, f"{place}-")
            copies = [_untagged(whole, page) for page in own] if paper.number > 1 else []
            for _copy in range(1, paper.number):
                _end_sheet(whole)
                for copy in copies:
                    whole.pages.append(pikepdf.Page(Dictionary(dict(copy.items()))))
            with whole.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(paper.title, start))
        _end_sheet(whole)
        with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata[_PAGES] = str(len(whole.pages))  # Typst has counted those of the first
        made = BytesIO()
        whole.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return made.getvalue()


def _end_sheet(whole: Pdf) -> None:
    """Leave the back of the last sheet empty where nothing is on it."""
    if len(whole.pages) % 2:
        box = whole.pages[0].mediabox
        whole.pages.append(pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=box, Resources=Dictionary())))


def _untagged(whole: Pdf, page: pikepdf.Page) -> Dictionary:
    """A page that shows the same as another and says nothing: its marks taken off, in one stream that all copies share."""
    shown = [part for part in pikepdf.parse_content_stream(page) if part.operator not in _MARKS]
    form = whole.make_stream(pikepdf.unparse_content_stream(shown))
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, page.mediabox, page.resources
    content = whole.make_stream(b"/Artifact BMC /Copy Do EMC")
    resources = Dictionary(XObject=Dictionary(Copy=form))
    return Dictionary(Type=Name.Page, MediaBox=page.mediabox, Resources=resources, Contents=content)


def _add_tags(whole: Pdf, source: Pdf, pages: Iterable[pikepdf.Page], prefix: str) -> None:
    """Put the tags of `source`, whose pages have come to `pages`, behind those of `whole`: as a part of it, its ids with a prefix of their own."""
    tree = whole.Root.StructTreeRoot
    own = whole.copy_foreign(source.Root.StructTreeRoot)
    parents = pikepdf.NumberTree(tree.ParentTree)
    after = int(tree.ParentTreeNextKey)
    for key, value in pikepdf.NumberTree(own.ParentTree).items():
        parents[after + key] = value
    tree.ParentTreeNextKey = after + int(own.ParentTreeNextKey)
    for page in pages:
        for holder, name in (
            (page.obj, Name.StructParents),
            *((note, Name.StructParent) for note in page.get(Name.Annots, Array())),
        ):
            if name in holder:
                holder[name] = after + int(holder[name])
    document = tree.K[0]
    for element in own.K:
        element.P, element.S = document, Name.Part
        document.K.append(element)
    ids = _names(whole, tree, Name.IDTree)
    for element in _elements(own.K):
        if Name.ID in element:
            element.ID = String(prefix + str(element.ID))
            ids[str(element.ID)] = element
        for facts in _each(element.get(Name.A, Array())):
            if Name.Headers in facts:
                facts.Headers = Array([String(prefix + str(name)) for name in facts.Headers])


def _add_links(whole: Pdf, source: Pdf, pages: Sequence[pikepdf.Page], prefix: str) -> None:
    """Let links within `source` lead where they led: the names of places get a prefix, too."""
    places = source.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    if places is None:
        return
    if Name.Names not in whole.Root:
        whole.Root.Names = Dictionary()
    known = _names(whole, whole.Root.Names, Name.Dests)
    moved = {page.obj.objgen: pages[number].obj for number, page in enumerate(source.pages)}
    for name, place in pikepdf.NameTree(places).items():
        page, *rest = place
        known[prefix + name] = Array([moved[page.objgen], *rest])
    for own in pages:
        for note in own.get(Name.Annots, Array()):
            if Name.Dest in note:
                note.Dest = String(prefix + str(note.Dest))


def _names(whole: Pdf, holder: Object, name: Name) -> pikepdf.NameTree:
    """The tree of names that `holder` has, or a new one."""
    if name not in holder:
        holder[name] = pikepdf.NameTree.new(whole).obj
    return pikepdf.NameTree(holder[name])


def _each(value: Object) -> Iterator[Object]:
    yield from value if isinstance(value, Array) else (value,) if isinstance(value, Dictionary) else ()


def _elements(kids: Object) -> Iterator[Dictionary]:
    """The elements of a tree of tags, in order."""
    waiting = [kids]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Array):
            waiting += reversed(list(here))
        elif isinstance(here, Dictionary) and Name.S in here:
            yield here
            waiting.append(here.get(Name.K, Array()))
