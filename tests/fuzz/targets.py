"""What `make fuzz` throws mangled input at; run by run.py, one target a process: `targets.py NAME CORPUS [options of libFuzzer]`.

A target fails by any exception, by taking longer than 10 seconds or more than 1 GB for one input (options that run.py gives), or by an assertion: what the
engine lets through must come out harmless.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["evidence", "bibtexparser", "pylatexenc", "markdown"]):
    import markdown

    from evidence import escape
    from evidence.documents.data_files import LISTS, SINGLES
    from evidence.metadata.coins import context_object
    from evidence.model.base import Name, Problem
    from evidence.references.bibtex import latex, to_bibtex
    from evidence.references.csl import to_csl_json
    from evidence.references.ris import to_ris
    from evidence.sources.bibtex import parse_bibtex
    from evidence.sources.changes import parse_changes
    from evidence.sources.document import parse_document
    from evidence.sources.records import many, one, parse_yaml
    from evidence.text.dialects import html_faults
    from evidence.text.limits import page_faults
    from evidence.text.links import is_unsafe, link_targets

from lxml import html

from made_works import read_latex, straight, work

EXTENSIONS = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.superfences"]
_RUNS = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data):", re.I)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r", "\n").replace("\x00", " ")


def _in_place(problems: list[Problem], text: str) -> None:
    last = text.count("\n") + 2
    assert all(1 <= problem.where.line <= last and problem.message for problem in problems), problems


def bibliography(data: bytes) -> None:
    """Reading BibTeX; what was read is written and read again."""
    text = _text(data)
    references, problems, refused = parse_bibtex(text, "x")
    _in_place(problems, text)
    assert not set(references) & refused or problems
    for reference in references.values():
        to_bibtex(reference)


def records(data: bytes) -> None:
    """Reading YAML, as each of the data files."""
    text = _text(data)
    tree, problems = parse_yaml(text, "x")
    _in_place(problems, text)
    if tree is not None and tree.data is not None:
        for cls in [pair[1] for pair in LISTS.values()]:
            many(cls, tree)
        for cls in [pair[1] for pair in SINGLES.values()]:
            one(cls, tree)


def documents(data: bytes) -> None:
    """Reading Markdown; a page that has no problem must not run anything once Python-Markdown has turned it into HTML."""
    text = escape.UNSEEN.sub(" ", _text(data))
    document, problems = parse_document(text, "x", "x.md")
    _in_place(problems, text)
    _in_place(parse_changes(text, "x")[1], text)
    faults = list(html_faults(document.body, document.parts.code, document.parts.comments))
    if (
        problems
        or faults
        or list(page_faults(text))
        or any(is_unsafe(target) for target, _ in link_targets(document.body))
    ):
        return
    built = markdown.markdown(document.body, extensions=EXTENSIONS)
    if not built.strip():
        return
    for element in html.fromstring(f"<div>{built}</div>").iter(html.etree.Element):
        assert element.tag not in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "base",
            "meta",
            "link",
            "form",
            "svg",
            "math",
        ), built
        for name, value in element.attrib.items():
            assert not name.startswith("on"), built
            assert name not in ("href", "src", "action") or not _RUNS.match(value), built


def escaping(data: bytes) -> None:
    """Text in HTML, Markdown, addresses and LaTeX comes out as the same text, and as nothing else."""
    text = _text(data)
    plain = escape.clean(text)
    tree = html.fromstring(f'<p title="{escape.html_text(text)}">{escape.html_text(text)}</p>')
    assert not len(tree)
    assert tree.get("title") == (tree.text or "") == plain
    built = html.fromstring(f"<div>{markdown.markdown('a ' + escape.markdown(text), extensions=EXTENSIONS)}</div>")
    assert {element.tag for element in built.iterdescendants()} == {"p"}
    assert escape.clean(built.text_content()) == f"a {plain}".strip()
    address = escape.url(text)
    assert not set(address) & set("<>\"'`{}|\\^[]() ")
    assert straight(read_latex(latex(text))) == straight(plain)


def exports(data: bytes) -> None:
    """A work with mangled fields as BibTeX, RIS, CSL-JSON and COinS; BibTeX gives the same back."""
    source = atheris.FuzzedDataProvider(data)
    fields = {
        name: escape.clean(source.ConsumeUnicodeNoSurrogates(200))
        for name in ("title", "journal", "publisher", "year", "pages", "volume", "note", "doi", "url")
    }
    fields = {name: value for name, value in fields.items() if value}
    people = tuple(
        Name(literal=name) if source.ConsumeBool() else Name(family=name, given="A.")
        for name in (escape.clean(source.ConsumeUnicodeNoSurrogates(60)) for _ in range(source.ConsumeIntInRange(0, 4)))
        if name
    )
    reference = work(
        "odd2020",
        source.PickValueInList(["article", "book", "misc", "online", "techreport"]),
        fields,
        people,
    )
    back, problems, _ = parse_bibtex(to_bibtex(reference), "x")
    assert all(problem.notice for problem in problems), problems
    assert straight(back["odd2020"].title) == straight(reference.title)
    to_ris(reference)
    to_csl_json(reference)
    context_object(reference)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (bibliography, records, documents, escaping, exports)
}

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
