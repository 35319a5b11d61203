"""A paper's blocks as XHTML (HTML 5 in the syntax of XML, as EPUB 3.3 asks), with links from one file of the book to another.

It is built as a tree out of blocks that are read once for all formats (see `output.nodes`), so what somebody typed can make no file that is not well formed.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from evidence.epub.chapters import NOTES, WORKS, Chapter
from evidence.output import drawings
from evidence.output.nodes import Node, Run, said, words
from evidence.output.templates import said_in_xhtml
from evidence.text.direction import without_languages
from evidence.text.languages import way_of
from evidence.text.translation import _

# The role of a link to a place in a chapter with such a role (DPUB-ARIA 1.1), and its word in EPUB's own vocabulary.
_LEADS = {NOTES: ("doc-noteref", "noteref"), WORKS: ("doc-biblioref", "biblioref")}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
_KINDS = {"strong": "strong", "sub": "sub", "super": "sup"}


@dataclass(slots=True)
class Writer:
    """Writes the chapters of a book. `places` says in which chapter an id is, `wanted` are those that links lead to; `pictures` are the drawings so far,
    by the names of their files; `starts` are the pages that headings and marks stand on in the PDF, `page` is the last one that has begun, `breaks` where
    each began; `came` are the links to each note or work, by its id, and `ends` these themselves;
    `ours` is the language of what the engine says, '' for that of the book."""

    language: str
    places: Mapping[str, Chapter]
    wanted: Collection[str]
    starts: Mapping[str, int] = field(default_factory=dict)
    page: int = 0
    ours: str = ""
    breaks: list[tuple[int, str]] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    came: dict[str, list[tuple[Chapter, str]]] = field(default_factory=dict)
    ends: dict[str, Element] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def files(self, chapters: Iterable[Chapter]) -> dict[str, bytes]:
        """The files of all chapters; each note and each work ends with links to the places that lead to it."""
        made = [(chapter.file, _Page(self, chapter).element()) for chapter in chapters]
        for name, element in self.ends.items():
            if came := self.came.get(name):
                _back(element, came, self)
        return {name: _written(element) for name, element in made}

    def named(self, element: Element, name: str) -> Element:
        """An element with an id, where no other has it."""
        if name and name not in self.used:
            self.used.add(name)
            element.set("id", name)
        return element

    def page_break(self, parent: Element, place: str, file: str) -> None:
        """Mark where a page of the PDF begins, at the end of an element, if it is at that place; so are pages that hold no place of their own."""
        while self.page < self.starts.get(place, 0):
            self.page += 1
            said = {"epub:type": "pagebreak", "role": "doc-pagebreak", "aria-label": str(self.page)}
            self.named(SubElement(parent, "span", said), page_id(self.page))
            self.breaks.append((self.page, f"{file}#{page_id(self.page)}"))

    def picture(self, svg: str, alt: str) -> str:
        """The address of a drawing, which is kept as a file of its own with its alternative as its title."""
        alone = drawings.for_paper(svg).replace(f'"{drawings.FONT}"', '"sans-serif"', 1)  # no font lies in the book
        if alt:
            at = alone.index(">", alone.index("<svg"))
            if alone[at - 1] != "/":
                alone = f"{alone[: at + 1]}<title>{html.escape(alt)}</title>{alone[at + 1 :]}"
        name = f"picture-{hashlib.sha256(alone.encode()).hexdigest()[:12]}.svg"
        self.pictures[name] = alone
        return name


def page_id(number: int) -> str:
    """The id of the place where a page of the PDF begins."""
    return f"pagebreak-{number}"


def language_in_xhtml(tag: str) -> dict[str, str]:
    """The attributes that say a language and its direction; none for ''."""
    return {"lang": tag, "xml:lang": tag, "dir": way_of(tag)} if tag else {}


def _back(parent: Element, came: Sequence[tuple[Chapter, str]], writer: Writer) -> None:
    """The way back from a note or a work: to each chapter by its title, to its further places by their numbers."""
    made = SubElement(parent, "p", {"class": "back", **language_in_xhtml(writer.ours)})
    titled = language_in_xhtml(writer.language) if writer.ours else {}
    made.text = _("Back to:") + " "
    last: Chapter | None = None
    number = 1
    for chapter, name in came:
        number = number + 1 if chapter is last else 1
        if last:
            made[-1].tail = ", " if chapter is last else "; "
        link = SubElement(made, "a", {"href": f"{chapter.file}#{name}", "role": "doc-backlink"})
        if number == 1:
            link.attrib |= titled
            _say_plain(link, chapter.title)
        else:
            link.text = str(number)
            named = {"number": number, "chapter": without_languages(chapter.title)}
            link.set("aria-label", _("%(number)s: %(chapter)s") % named)
        last = chapter


def page(title: str, language: str, body: Element) -> Element:
    """A file of the book around its body."""
    spaces = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}
    root = Element("html", {**spaces, "lang": language, "xml:lang": language})
    head = SubElement(root, "head")
    SubElement(head, "title").text = without_languages(title)
    SubElement(head, "link", {"rel": "stylesheet", "href": "style.css"})
    root.append(body)
    return root


def _written(root: Element) -> bytes:
    return (_HEAD + tostring(root, "unicode") + "\n").encode()


@dataclass(slots=True)
class _Page:
    """Writes one chapter; `level` is that of the last heading."""

    writer: Writer
    chapter: Chapter
    level: int = 0

    def element(self) -> Element:
        body = Element("body")
        note: Element | None = None
        section = SubElement(body, "section", {"epub:type": self.chapter.role, "role": f"doc-{self.chapter.role}"})
        section.set("aria-label", without_languages(self.chapter.title))
        for block in self.chapter.blocks:
            if self.chapter.role == NOTES and block["kind"] == "heading" and block["level"] > 2:
                note = SubElement(section, "section", {"class": "note"})
                self.writer.ends[block["id"]] = note
            self.blocks(section if note is None else note, [block])
        return page(self.chapter.title, self.writer.language, body)

    def blocks(self, parent: Element, blocks: Iterable[Node]) -> None:
        for block in blocks:
            made = self.block(parent, block)
            if made is not None:
                if block["kind"] != "heading" and block.get("id"):
                    self.writer.named(made, block["id"])
                if "way" in block:
                    made.set("dir", block["way"])

    def block(self, parent: Element, block: Node) -> Element | None:
        """What a block is; None for lines to write on, which a screen has no use for."""
        made: Element | None = None
        match block["kind"]:
            case "heading":
                made = self.heading(parent, block)
            case "paragraph" | "address":
                is_caption = "leads" in block and parent.tag == "figure"
                made = self.line(parent, "figcaption" if is_caption else "p", _from(block))
            case "term":
                made = self.line(parent, "p", [{"kind": "strong", "body": _from(block)}])
            case "list":
                made = self.list(parent, block)
            case "table":
                made = self.table(parent, block)
            case "drawing":
                self.break_at(parent, block.get("at", ""))
                made = self.figure(parent, block)
            case "code":
                made = SubElement(parent, "pre")
                SubElement(made, "code").text = block["text"]
            case "rule":
                made = SubElement(parent, "hr")
            case "quote":
                made = SubElement(parent, "blockquote")
                self.blocks(made, block["body"])
            case "note" | "beside" | "card" | "cards" | "cover" | "picture" as kind:
                is_figure = kind == "picture" and bool(block["body"]) and "leads" in block["body"][0]
                made = SubElement(parent, "figure" if is_figure else "div", {"class": kind})
                if title := block.get("title"):
                    self.line(made, "p", [{"kind": "strong", "body": title}])
                self.blocks(made, block["body"])
        return made

    def break_at(self, parent: Element, place: str) -> None:
        self.writer.page_break(parent, place, self.chapter.file)

    def heading(self, parent: Element, block: Node) -> Element:
        """A heading: that of the chapter is the first of its file, and none is more than one level below the one before it."""
        above = self.chapter.blocks[0]["level"] if self.chapter.blocks[0]["kind"] == "heading" else 1
        self.level = max(1, min(block["level"] - above + 1, self.level + 1, 6))
        self.break_at(parent, block["id"])
        made = self.writer.named(Element(f"h{self.level}"), block["id"])
        self.runs(made, block["body"])
        parent.append(made)
        return made

    def line(self, parent: Element, tag: str, runs: Sequence[Run]) -> Element:
        made = SubElement(parent, tag)
        self.runs(made, runs)
        return made

    def list(self, parent: Element, block: Node) -> Element:
        made = SubElement(parent, "ol" if block["ordered"] else "ul")
        if block["ordered"] and block["start"] != 1:
            made.set("start", str(block["start"]))
        for blocks in block["items"]:
            item = SubElement(made, "li")
            first, *more = blocks or [{"kind": "paragraph", "body": []}]
            name = first.get("id", "")
            self.writer.named(item, name)
            if first["kind"] == "paragraph" and "bare" in first:
                self.runs(item, _from(first))
                self.blocks(item, more)
            else:
                self.blocks(item, blocks)
            if name and self.chapter.role == WORKS:
                self.writer.ends[name] = item
        return made

    def table(self, parent: Element, block: Node) -> Element:
        """A table whose cells know their columns, for windows in which they stand one below the other.

        A page that begins with a row is marked before it, where nothing heads anything.
        """
        starts = [next(map(str, said([row], "at")), "") for row in block["rows"]]
        self.break_at(parent, starts[0] if starts else "")
        made = SubElement(parent, "table", {"role": "table"})
        if block["caption"]:
            self.line(made, "caption", block["caption"])
        names = ["".join(words(cell)) for cell in block["head"]]
        if block["head"]:
            head = SubElement(SubElement(made, "thead", {"role": "rowgroup"}), "tr", {"role": "row"})
            for cell in block["head"]:
                found = self.line(head, "th" if cell else "td", cell)
                found.attrib |= {"scope": "col", "role": "columnheader"} if cell else {"role": "cell"}
        rows = SubElement(made, "tbody", {"role": "rowgroup"})
        found = made
        for row, start in zip(block["rows"], starts, strict=True):
            if row is not block["rows"][0]:
                self.break_at(found, start)
            line = SubElement(rows, "tr", {"role": "row"})
            for at, cell in enumerate(row):
                is_head = not at and bool(cell)
                found = self.line(line, "th" if is_head else "td", cell)
                found.attrib |= {"scope": "row", "role": "rowheader"} if is_head else {"role": "cell"}
                if at and at < len(names) and names[at]:
                    found.set("data-label", f"{names[at]}:")
        return made

    def figure(self, parent: Element, block: Node) -> Element:
        """A drawing that stands alone, with its caption if it has one."""
        made = SubElement(parent, "figure" if "caption" in block else "p", {"class": "drawing"})
        self.drawing(made, block)
        if "caption" in block:
            self.line(made, "figcaption", block["caption"])
        return made

    def drawing(self, parent: Element, block: Node) -> Element:
        alt = "" if block.get("hidden") else block["alt"]
        return SubElement(parent, "img", {"src": self.writer.picture(block["svg"], alt), "alt": alt})

    # Words

    def runs(self, parent: Element, runs: Sequence[Run]) -> None:
        for run in runs:
            if isinstance(run, str):
                _say(parent, run)
            elif run["kind"] == "at":
                self.break_at(parent, run["at"])
            else:
                self.run(parent, run)

    def run(self, parent: Element, run: Node) -> None:
        match run["kind"]:
            case "break":
                SubElement(parent, "br")
            case "literal":
                SubElement(parent, "code").text = run["text"]
            case "place":
                if run["id"] in self.writer.wanted:
                    self.writer.named(SubElement(parent, "span"), run["id"])
            case "drawing":
                self.drawing(parent, run)
            case "mark":
                made = self.drawing(parent, run)
                made.attrib |= {"class": "mark", "style": f"width: {run['wide']:g}em; height: {run['high']:g}em"}
            case "link":
                self.link(parent, run)
            case "spoken":
                made = SubElement(parent, "span")
                if run["lang"]:
                    made.attrib |= {"lang": run["lang"], "xml:lang": run["lang"]}
                if run["way"]:
                    made.set("dir", run["way"])
                self.runs(made, run["body"])
            case kind:
                made = SubElement(parent, _KINDS.get(kind, "span"))
                if kind == "framed":
                    made.set("class", kind)
                self.runs(made, run["body"])

    def link(self, parent: Element, run: Node) -> None:
        """A link; one to a place that the book does not have is its words alone."""
        url = run["url"]
        if not url.startswith("#"):
            self.runs(SubElement(parent, "a", {"href": url}), run["body"])
            return
        name = url[1:]
        there = self.writer.places.get(name)
        if there is None:
            self.runs(parent, run["body"])
            return
        made = SubElement(parent, "a", {"href": f"{there.file}#{name}"})
        self.runs(made, run["body"])
        if there.role in _LEADS and self.chapter.role != there.role:
            role, word = _LEADS[there.role]
            came = self.writer.came.setdefault(name, [])
            own = f"to-{name}-{len(came) + 1}"
            made.attrib |= {"role": role, "epub:type": word, "id": own}
            came.append((self.chapter, own))


def _from(paragraph: Node) -> list[Run]:
    """The runs of a paragraph, from its mark on."""
    mark: list[Run] = [{"kind": "at", "at": paragraph["at"]}] if "at" in paragraph else []
    return [*mark, *paragraph["body"]]


def _say(parent: Element, text: str) -> None:
    """Words at the end of an element."""
    text = re.sub(" {2,}", " ", text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _say_plain(parent: Element, text: str) -> None:
    """Plain text as all that an element holds, with what says the language of its words."""
    made = fromstring(f"<a>{said_in_xhtml(text)}</a>")
    parent.text = made.text
    parent.extend(made)
