"""Packs on the site: the page of each, with its files, and the list of all packs that a marker puts into a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evidence.crosslinks.passages import Context, DirectiveError, DirectiveKind, Passage, choose
from evidence.model.site_data import Pack
from evidence.output.blocks import Output
from evidence.output.markdown import front_matter
from evidence.papers.files import PaperFile
from evidence.papers.formats import PaperFormat, offered
from evidence.papers.packs import all_packs, pack_uri
from evidence.papers.paper import Paper
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.words import counted

DIRECTIVE = "packs"
FILE = "data/packs.yml"
_READY = "ready"
# A place for what is only known of a file when it is made: its pages and size. Private-use characters cannot stand in our texts.
PLACE = "\ue030"
PLACE_END = "\ue031"
_PLACE = re.compile(f"{PLACE}([^{PLACE_END}]*){PLACE_END}")


def pack_outputs(paper: Paper, files: Mapping[str, PaperFile]) -> Iterator[Output]:
    """The page that says the same as a pack's papers, with links to its files at the end; and these files."""
    pack = paper.pack
    front = front_matter(pack.title, pack.purpose, search={"exclude": True})
    links = "".join(f"- {_link(paper.uri, pack, kind)}\n" for kind in offered(pack))
    body = f"{paper.markdown}\n## Files {{ #files }}\n\n{links}" if links else paper.markdown
    yield Output(paper.uri, front + with_sizes(body, files), pack.where.path, pack.title)
    for kind in offered(pack):
        uri = kind.uri(pack)
        yield Output(uri, files[uri].content, pack.where.path)


def _link(from_uri: str, pack: Pack, kind: PaperFormat) -> str:
    """A link to a file that says what it is, with a place for its pages and size; by itself it names the pack as well."""
    uri = kind.uri(pack)
    shown = f"{kind.name}{PLACE}{uri}{PLACE_END}"
    name = f"{shown}: {escape.attribute(pack.title)}"
    return f'[{shown}]({relative(from_uri, uri)}){{ aria-label="{name}" }}'


def with_sizes(text: str, files: Mapping[str, PaperFile]) -> str:
    """Text with the pages and sizes of files in their places: ', 3 pages, 48 KB'."""

    def facts(match: re.Match[str]) -> str:
        found = files.get(match[1])
        if found is None:
            return ""
        pages = f", {counted(found.pages, 'page')}" if found.pages else ""
        return f"{pages}, {max(1, round(len(found.content) / 1000))} KB"

    return _PLACE.sub(facts, text)


def packs(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The packs: `ready` for a table of those that stand alone, `nation` or `theme` for a list of those made for each; without words, all."""
    chosen = all_packs(context.review)
    kinds = dict.fromkeys(pack.each or _READY for pack in chosen.values())
    if not kinds and FILE in context.review.refused:
        return  # what is wrong with it is told there
    if not kinds:
        raise DirectiveError(f"there is no pack in {FILE}")
    for kind in choose(wanted, kinds, "kind of pack") or sorted(kinds, key=lambda kind: kind != _READY):
        found = [pack for pack in chosen.values() if (pack.each or _READY) == kind]
        yield from _table(context, found) if kind == _READY else _list(context, found)


def _page_link(from_uri: str, pack: Pack) -> str:
    return f"[{escape.markdown(pack.title)}]({relative(from_uri, pack_uri(pack.id))})"


def _files(from_uri: str, pack: Pack) -> str:
    """Links to all files of a pack, a line each."""
    return "<br>".join(_link(from_uri, pack, kind) for kind in offered(pack))


def _table(context: Context, found: list[Pack]) -> Iterator[Passage]:
    uri = context.document.uri
    yield context.passage(
        "\n\nTable: Papers for a meeting\n\n| Papers | What they are for | Files |\n| --- | --- | --- |\n"
    )
    for pack in found:
        row = f"| {_page_link(uri, pack)} | {escape.cell(escape.markdown(pack.purpose))} | {_files(uri, pack)} |\n"
        yield context.passage(row, where=pack.where)
    yield context.passage("\n")


def _list(context: Context, found: list[Pack]) -> Iterator[Passage]:
    uri = context.document.uri
    yield context.passage("\n\n")
    for pack in found:
        yield context.passage(f"- {_page_link(uri, pack)}<br>{_files(uri, pack)}\n", where=pack.where)
    yield context.passage("\n")


PACKS = DirectiveKind(
    DIRECTIVE,
    packs,
    takes="nothing, or `ready`, `nation` or `theme`",
    gives="the papers for a meeting, with pages, type and size: those that stand alone, those for each nation or for each theme",
    examples=("ready", "nation", "theme"),
)
