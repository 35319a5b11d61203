"""Hands the review to the engine, and what the engine makes of it back to MkDocs.

Order of one build: `on_config` reads and checks everything, so that nothing is touched when there is a problem; `on_files` adds the generated
files; `on_page_markdown` fills a page in, with mkdocs-bibtex between its two halves; `on_post_build` stamps the reference pages, writes the files of references,
tells search what kind each page is, and writes the rules for browsers from what was built. Module globals
live as long as the process, so the state of a build is made anew in `on_config` (mkdocs serve builds many times in one process).
"""

from __future__ import annotations

import hashlib
import html
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from evidence.crosslinks.resolving import ResolvedPage
from evidence.output.accessible_tables import RealTables
from evidence.output.blocks import Block, Heading, Items, Output, Paragraph, Resolve, to_html, to_markdown
from evidence.output.note_lines import NoteLines
from evidence.pages.publisher import OFFLINE
from evidence.pages.reference_pages import ReferencePage
from evidence.pages.search_hints import SearchHint
from evidence.papers.paper import PaperError
from evidence.rules.report import report
from evidence.site.heads import Heads
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.text.words import counted
from evidence_mkdocs.stamped_pages import BODY, HEAD, LINE, SHELL, StampedFile, shell_text, stamp
from evidence_publish import policy

log = logging.getLogger("mkdocs.hooks.evidence")

_AT = "\ue022"
_INSERT = "\ue023{}\ue023"
_INSERTED = re.compile("<p>\ue023(\\d+)\ue023</p>")


class _State:
    """What one build knows. `site` is the review; the rest fills up in the course of the build."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.fronts = {document.uri: document.front for document in site.documents}
        self.references: dict[str, ReferencePage] = {}
        self.current: ResolvedPage | None = None
        self.inserts: list[str] = []
        self.ids: dict[str, set[str]] = {}
        self.tails: dict[str, tuple[Block, ...]] = {}
        self.shell = ""
        self.files = Files([])
        self.outputs: dict[str, Output] = {}
        self.heads: Heads | None = None


_state: _State | None = None
# What the rules for browsers make of a page, by its hash: `mkdocs serve` builds most pages again as they were.
_judged: dict[bytes, tuple[set[str], list[str]]] = {}


def _now() -> _State:
    assert _state is not None, "on_config has not run"
    return _state


class EvidenceRegistry(ReferenceRegistry):  # type: ignore[misc]
    """mkdocs-bibtex finds and replaces the citations; what stands in their place comes from the engine.

    Keys have been checked before, so there is nothing to validate; the plugin's own footnotes are not used.
    """

    def __init__(self) -> None:
        self.footnote_format = "{key}"  # the base class would parse the .bib again; the engine has read it

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Nothing to do: the engine has checked every key."""

    def validate_inline_references(self, inline_references: list[InlineReference]) -> set[InlineReference]:
        """No citations outside brackets."""
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        """The links for one citation, found by the number that `Filled.numbered` gave it."""
        resolved = _now().current
        first = citation_block.citations[0].prefix.strip()
        if resolved is None or not first.isdigit() or int(first) >= len(resolved.links):
            raise PluginError(f"mkdocs-bibtex reads {citation_block} as a citation, which the engine does not know")
        expected = [item.key for item in resolved.citations[int(first)].items]
        if [citation.key for citation in citation_block.citations] != expected:
            raise PluginError(f"mkdocs-bibtex reads {citation_block} otherwise than the engine does: {expected}")
        return resolved.links[int(first)]

    def reference_text(self, citation: Citation | InlineReference) -> str:
        """Unused: a page's reference list is the engine's."""
        return ""


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the whole review; stop with all problems before MkDocs touches the site."""
    global _state
    root = Path(config.config_file_path).parent
    docs = Path(config.docs_dir)
    excluded = config.exclude_docs
    copy = config.extra.get("offline_copy")
    site = load(
        root,
        docs,
        lambda uri: bool(excluded and excluded.match_file(uri)),
        offline_size=_size(copy, root) if copy else None,
        kept=config.extra.get("kept_versions") or (),
        previous=config.extra.get("previous_papers"),
    )
    if site.problems:
        *lines, number = report(site.problems)
        lines += [] if len(lines) == len(site.problems) else [number]
        raise PluginError("\n".join([f"{counted(len(site.problems), 'problem')} found:", *lines]))
    _state = _State(site)
    config.extra["edition"] = site.edition  # for templates
    config.extra["review_site"] = site  # for other hooks
    address = site.review.publisher.site_address
    if address and not config.site_url:  # mkdocs serve sets one of its own
        config.site_url = address
    bibtex = config.plugins.get("bibtex")
    if bibtex is None:
        raise PluginError("mkdocs.yml: the plugin 'bibtex' is missing; add it under 'plugins'")
    bibtex.registry = EvidenceRegistry()
    # The plugin then takes its bibliography for up to date and does not parse it again.
    bibtex.last_configured = float("inf")
    # MkDocs says that these are names, but hands the list on to Python-Markdown as it is.
    named = [name for name in config.markdown_extensions if isinstance(name, str)]
    extensions: Any = [*named, RealTables(), NoteLines()]
    config.markdown_extensions = extensions
    return config


def _size(copy: str, root: Path) -> int:
    """The size in bytes of the ZIP that the configuration names; 0 for the word 'this', which is the copy itself."""
    if copy == "this":
        return 0
    try:
        return (root / copy).stat().st_size
    except OSError as error:
        raise PluginError(f"mkdocs.yml: extra: offline_copy: {copy} cannot be read: {error.strerror}") from error


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated files: pages and tables as they are, reference pages as stamps."""
    state = _now()
    try:
        outputs = list(state.site.other_outputs())
    except PaperError as error:
        raise PluginError(str(error)) from error
    for output in outputs:
        if files.get_file_from_path(output.uri):
            raise PluginError(f"{output.uri} is generated; remove or rename the file of that name in docs/")
        file = File.generated(config, output.uri, content=output.content, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = f"../{output.made_from}"
        files.append(file)
        state.tails[output.uri] = output.tail
        state.outputs[output.uri] = output
    state.references = {page.uri: page for page in state.site.reference_pages()}
    if state.references:
        shell = next(iter(state.references.values()))
        file = File.generated(config, SHELL, content=shell_text(shell), inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = f"../{shell.made_from}"
        files.append(file)
    for uri in state.references:
        files.append(StampedFile(uri, config))
    if state.site.review.offline_size:
        copy = Path(config.config_file_path).parent / config.extra["offline_copy"]
        files.append(File.generated(config, OFFLINE, content=copy.read_bytes(), inclusion=InclusionLevel.NOT_IN_NAV))
    state.files = files
    return files


@event_priority(100)
def _fill(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Before mkdocs-bibtex: markers rendered, citations numbered, and every other @ hidden from it."""
    state = _now()
    state.current = state.site.resolved(page.file.src_uri) if page.file.src_uri in state.site.pages else None
    front = state.fronts.get(page.file.src_uri, {})
    for name in ("title", "description"):  # MkDocs puts both into HTML as they are (its templates do not escape)
        value = front.get(
            name, page.meta.get(name)
        )  # the engine's own, as MkDocs reads NO as false and 2026-11-22 as a date
        if isinstance(value, str):
            page.meta[name] = html.escape(value)
    if state.current is None:
        return (markdown + _placed(state.tails.get(page.file.src_uri, ()), page.file, files)).replace("@", _AT)
    resolved = state.current
    pieces = tuple(piece.replace("@", _AT) for piece in resolved.pieces)
    return replace(resolved, pieces=pieces).numbered() + _placed(resolved.tail, page.file, files)


def _placed(tail: Iterable[Block], file: File, files: Files) -> str:
    """Blocks below a page's Markdown: headings as Markdown, for the table of contents; all else as marks that `on_page_content` replaces.

    Python-Markdown and MkDocs would parse the HTML of a long list three times over, only to leave it as it is.
    """
    state = _now()
    parts = []
    for block in tail:
        if isinstance(block, Heading):
            parts.append(to_markdown([block], file.src_uri))
            continue
        parts.append(f"\n\n{_INSERT.format(len(state.inserts))}\n\n")
        state.inserts.append(to_html([block], _resolver(file, files)))
        if isinstance(block, Items):
            state.ids.setdefault(file.src_uri, set()).update(item.id for item in block.items if item.id)
    return "".join(parts)


def _resolver(file: File, files: Files) -> Resolve:
    """From a source address of the site to the address that a link on the page of `file` needs."""

    def resolve(uri: str) -> str:
        if _now().site.is_small_file(uri):  # written beside its page, and no file to MkDocs
            return get_relative_url(quote(uri), file.url)
        target = files.get_file_from_path(uri)
        if target is None:
            raise PluginError(f"{file.src_uri} links to {uri}, which is no page of this site")
        return get_relative_url(target.url, file.url)

    return resolve


@event_priority(-100)
def _unhide(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """After mkdocs-bibtex: show the hidden @ again."""
    return markdown.replace(_AT, "@")


on_page_markdown = CombinedEvent(_fill, _unhide)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Empty the shell; put lists in the place of their marks, and tell MkDocs of the ids in them."""
    state = _now()
    if page.file.src_uri == SHELL:
        return BODY
    if ids := state.ids.get(page.file.src_uri):
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ids
    return _INSERTED.sub(lambda match: state.inserts[int(match[1])], html)


def _heads(config: MkDocsConfig) -> Heads:
    """The heads of all pages, made when the first is asked for."""
    state = _now()
    if state.heads is None:
        host = state.site.host(config.theme["language"])
        # A copy for reading offline says how to cite the site.
        folders = config.use_directory_urls or config.extra.get("offline_copy") == "this"
        state.heads = Heads(state.site, host, state.outputs, "/" if folders else ".html")
    return state.heads


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Give the template what the engine puts into a page's head, and the line that says how to cite it."""
    uri = page.file.src_uri
    if uri == SHELL:
        return context | {"head": HEAD, "cite_line": LINE}
    resolve = _resolver(page.file, _now().files)
    heads = _heads(config)
    return context | {"head": heads.head(uri, resolve), "cite_line": heads.line(uri, resolve)}


@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep the rendered shell and let MkDocs write nothing for it."""
    if page.file.src_uri != SHELL:
        return output
    _now().shell = output
    return ""


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Put the stamped pages into the sitemap in the place of their shell."""
    if template_name == "sitemap.xml":
        base = config.site_url or ""
        pages = [file for file in context["pages"] if file.src_uri != SHELL]
        for uri in _now().references:
            file = _now().files.get_file_from_path(uri)
            assert file is not None
            address = urljoin(base, file.url)
            pages.append(
                SimpleNamespace(
                    src_uri=uri,
                    page=SimpleNamespace(is_link=False, canonical_url=address, abs_url=address, update_date=""),
                )
            )
        context["pages"] = pages
    return context


@event_priority(50)
def _stamp(config: MkDocsConfig) -> None:
    """Stamp the reference pages out of the shell, and put them into the search index before it is written."""
    state = _now()
    search = config.plugins.get("material/search") or config.plugins.get("search")
    entries = getattr(getattr(search, "search_index", None), "entries", None)
    permalink = "&para;" if (config.mdx_configs.get("toc") or {}).get("permalink") else ""
    heads = _heads(config)
    for uri, page in state.references.items():
        file = state.files.get_file_from_path(uri)
        assert file is not None
        resolve = _resolver(file, state.files)
        target = Path(file.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        name = target.parent.name if config.use_directory_urls else target.stem
        body, head, line = (
            to_html(page.blocks, resolve, permalink),
            heads.work_head(page, resolve),
            heads.work_line(resolve),
        )
        target.write_text(stamp(state.shell, page, name, body=body, head=head, line=line), "utf-8", newline="\n")
        if entries is not None:
            reference = next(block for block in page.blocks if isinstance(block, Paragraph) and not block.css)
            words = re.sub(r"<[^>]+>", "", to_html([reference], lambda uri: ""))
            entries.append({"location": file.url, "title": html.escape(page.title), "text": " ".join(words.split())})
    for uri, content in state.site.small_files():
        target = Path(config.site_dir, uri)
        if target.exists():
            raise PluginError(f"{uri} is generated; remove or rename the file of that name in docs/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    found_at: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in entries or ():
        found_at[entry["location"]].append(entry)
    for hint in state.site.search_hints():
        _describe(hint, found_at)


def _describe(hint: SearchHint, found_at: Mapping[str, list[dict[str, Any]]]) -> None:
    """Tell search what kind of page this is, and by which words people look for it. The page itself stays as it is."""
    file = _now().files.get_file_from_path(hint.uri)
    assert file is not None
    location = f"{file.url}#{hint.section}" if hint.section else file.url
    for entry in found_at.get(location, ()):
        entry["title"] = f"{hint.kind}: {entry['title']}"
        if hint.words:
            entry["text"] += f" <p>Search words: {html.escape(', '.join(hint.words))}.</p>"
            entry["boost"] = (
                2  # who types such a word more likely looks for this than for a page that happens to hold it
            )


@event_priority(-100)
def _head(config: MkDocsConfig) -> None:
    """Write the rules for browsers from the pages as they were built, and name what those rules refuse."""
    folder = Path(config.site_dir)
    hashes: set[str] = set()
    judged: dict[bytes, tuple[set[str], list[str]]] = {}
    for file in sorted(folder.rglob("*.html")):
        content = file.read_bytes()
        key = hashlib.sha256(content).digest()
        if (found := _judged.get(key)) is None:
            page = content.decode()
            found = {policy.script_hash(script) for script in policy.inline_scripts(page)}, policy.refused(page)
        judged[key] = found
        hashes |= found[0]
        for fault in found[1]:
            log.warning("%s, %s: browsers refuse this under the site's own rules", file.relative_to(folder), fault)
    _judged.clear()
    _judged.update(judged)
    (folder / "_headers").write_text(policy.headers(hashes), "utf-8", newline="\n")
    (folder / ".nojekyll").write_bytes(b"")  # else GitHub Pages leaves out files whose names begin with '_'


on_post_build = CombinedEvent(_stamp, _head)
