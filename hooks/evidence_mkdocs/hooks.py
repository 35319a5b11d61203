"""Hands the review to the engine, and what the engine makes of it back to MkDocs: one object with a method for each event.

Order of one build: `on_config` reads and checks everything, so that nothing is touched when there is a problem; `on_files` adds the generated
files; `on_page_markdown` fills a page in, with mkdocs-bibtex between its two halves; `on_post_build` stamps the reference pages, writes the files of
references, writes the files of search, and puts in what only a whole site has. The object lives as long as the process, and `mkdocs serve`
builds many times in one process: what belongs to one build is in a `Build`, which `on_config` makes anew.
"""

from __future__ import annotations

import gc
import html
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from evidence.output import blocks, html_tree
from evidence.papers.packs import PaperError
from evidence.site import load, report
from evidence.text import languages, spoken
from evidence.text.translation import _
from evidence.text.words import counted
from evidence_mkdocs import repairs
from evidence_mkdocs.build import Build
from evidence_mkdocs.citations import use_registry
from evidence_mkdocs.editions import Lacking, build_editions, leave_out_editions, use_edition
from evidence_mkdocs.fixed_addresses import fixed_files
from evidence_mkdocs.reference_shell import BODY, HEAD, LINE, SHELL, StampedFile, cut, in_sitemap, shell_text
from evidence_mkdocs.scripts import with_words
from evidence_mkdocs.search import tell_theme, work_page
from evidence_mkdocs.settings import SCRIPTS, SEARCH_SCRIPTS, read_settings, use_frame
from evidence_mkdocs.theme_style import classes, write_theme_style
from evidence_publish import archived, host_files, offline

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from evidence_mkdocs.preview import Preview

log = get_plugin_logger("evidence")
# Lines of each build that tell nobody anything: the engine reads the bibliography and makes the reference pages, not MkDocs.
_LOGGERS = ("mkdocs.plugins.mkdocs-bibtex", "mkdocs.commands.build")
_NOISE = ("BibTexPlugin: No changes in bibfiles", "Cleaning site directory", f"Page skipped: '{SHELL}'")
# What mkdocs-bibtex would read as more than text, while it looks for the citations that it is meant to see: it takes all from the first square bracket of
# a line on, and its commands even in code.
_SIGNS = (("@", "\ue022"), ("[", "\ue024"), ("\\", "\ue025"))


def _tells_something(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or not record.getMessage().startswith(_NOISE)


def _hidden(markdown: str) -> str:
    for sign, hidden in _SIGNS:  # ten times as fast as `str.translate`
        markdown = markdown.replace(sign, hidden)
    return markdown


def _shown(markdown: str) -> str:
    for sign, hidden in _SIGNS:
        markdown = markdown.replace(hidden, sign)
    return markdown


class Hooks:
    """The events of MkDocs."""

    def __init__(self) -> None:
        self.preview: Preview | None = None
        self.build: Build

    def on_startup(self, command: str, dirty: bool) -> None:
        """Only a server caches results from build to build; what one build reads and makes before its first page stays until its end, and need not be
        searched for rubbish."""
        for name in _LOGGERS:  # warnings are always shown
            logging.getLogger(name).addFilter(_tells_something)
        self.preview = None
        if command == "serve":
            from evidence_mkdocs.preview import Preview  # noqa: PLC0415 (a build serves nothing)

            self.preview = Preview()
        else:
            gc.disable()

    # Before mkdocs-bibtex, which would read the bibliography once more, and before all else, so that a problem is told first.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the whole review; stop with all problems before MkDocs touches the site."""
        settings = read_settings(config)
        root = Path(config.config_file_path).parent
        if spoken.EDITION:  # they are the review's, in whose site this one is
            settings.releases, settings.offline = "", False
        releases = root / settings.releases if settings.releases else None
        excluded = config.exclude_docs
        site = load(
            root,
            Path(config.docs_dir),
            lambda uri: bool(excluded and excluded.match_file(uri)),
            edition=spoken.EDITION,
            offline=settings.offline,
            archived=archived.archived_versions(releases),
            previous=self.preview.papers if self.preview else None,
        )
        if site.problems:
            *lines, number = report(site.problems)
            alone = site.problems[0].unread
            lines += [number] if len(lines) < len(site.problems) and not alone else []
            count = number.rstrip(".") if alone else f"{counted(len(site.problems), 'problem')} found"
            raise PluginError("\n".join([f"{count}:", *lines]))
        if site.notices:  # as information, since a warning would stop a strict build
            log.info("%s", "\n".join(report(site.notices)))
        self.build = Build(config, settings, site, use_registry(config), releases)
        if self.preview:
            self.preview.site = site
        if settings.frame:
            use_frame(config)
        if site.review.edition:
            use_edition(config, site)
            self.build.lacking = Lacking(site, config)
        address = site.review.publisher.site_address
        if address and not config.site_url:  # mkdocs serve sets one of its own
            config.site_url = address
        # MkDocs says that these are names, but hands the list on to Python-Markdown as it is.
        named = [name for name in config.markdown_extensions if isinstance(name, str)]
        extensions: Any = [*dict.fromkeys((*named, *html_tree.NEEDED)), *html_tree.own_extensions()]
        config.markdown_extensions = extensions
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated files: pages and tables as they are, reference pages as stamps."""
        build = self.build
        build.files, site = files, build.site
        leave_out_editions(files, site)
        try:
            outputs = list(site.other_outputs())
        except PaperError as error:
            raise PluginError(str(error)) from error
        for output in outputs:
            if files.get_file_from_path(output.uri):
                raise PluginError(f"{output.uri} is generated; remove or rename the file of that name in docs/")
            build.add(output.uri, output.content, output.made_from)
            if isinstance(output.content, str):
                build.outputs[output.uri] = output
        build.references = {uri: StampedFile(uri, config) for uri in site.stamped()}
        if first := next(site.reference_pages(), None):
            build.add(SHELL, shell_text(first), first.made_from)
            for page in build.references.values():
                files.append(page)
        for uri, content in fixed_files(site, files, config.site_url or "", build.releases):
            build.add(uri, content)
        if build.lacking:
            build.lacking.add_to(files)
        if build.settings.frame:
            for file in list(files):
                if file.src_dir != config.docs_dir and repairs.is_unused(file.src_uri):
                    files.remove(file)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """All files are known."""
        if self.preview:
            self.preview.unchanged.know_files(config, files)
        else:
            self.build.site.let_go()
            gc.freeze()
            gc.enable()
        return nav

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        """Before a page is rendered."""
        if self.preview:
            self.preview.unchanged.cache_rendering(page)
        return page

    @event_priority(100)
    def _number_citations(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Directives rendered, citations numbered, and all other signs of a citation hidden."""
        build, uri = self.build, page.file.src_uri
        front = build.fronts.get(uri, {})
        for name in ("title", "description"):  # MkDocs puts both into HTML as they are (its templates do not escape)
            # The engine's own, as MkDocs reads NO as false and 2026-11-22 as a date.
            value = front.get(name, page.meta.get(name))
            if isinstance(value, str):
                page.meta[name] = html.escape(value)
        if uri not in build.site.pages:
            build.registry.current = None
            output = build.outputs.get(uri)
            if output is None:
                return _hidden(markdown)
            build.outputs[uri] = replace(output, tail=())  # a list of all works is long
            return _hidden(markdown + build.placed(output.tail, page.file))
        resolved = build.registry.current = build.site.resolved(uri)
        pieces = tuple(map(_hidden, resolved.pieces))
        return replace(resolved, pieces=pieces).numbered() + build.placed(resolved.tail, page.file)

    def _show_signs(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Show the hidden signs again."""
        return _shown(markdown)

    # Around mkdocs-bibtex, which has priority 0, as `_show_signs` has; events of hooks come after those of plugins.
    on_page_markdown = CombinedEvent(_number_citations, _show_signs)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Empty the shell; put lists in the place of their marks, and tell MkDocs of the ids in them."""
        build = self.build
        if page.file.src_uri == SHELL:
            return BODY
        if ids := build.ids.get(page.file.src_uri):
            page.present_anchor_ids = (page.present_anchor_ids or set()) | ids
        # What is rendered need not be kept but for its title, which MkDocs would look for in it.
        html, page.title, page.markdown = build.with_inserts(html), page.title, None
        if not build.settings.frame:
            return html
        known = build.site.pages.get(page.file.src_uri)
        build.found.add(page, html, known.lang if known else "")
        return repairs.text(html, linked=build.fronts.get(page.file.src_uri, {}).get("support") != "false")

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """All pages are rendered, and are about to be put into their frame, whose words are marked by `_`: MkDocs makes a new environment for each build."""
        env.globals["_"] = _
        return env

    def on_template_context(self, context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
        """Put the stamped pages into the sitemap in the place of their shell; 404.html shows what every page shows."""
        if template_name == "sitemap.xml":
            pages = [file for file in context["pages"] if file.src_uri != SHELL]
            context["pages"] = [*pages, *in_sitemap(self.build.references.values(), config.site_url or "")]
        return context | self.build.for_templates()

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Repair 404.html, which is no page."""
        return self._repaired(output_content) if template_name.endswith(".html") else output_content

    def _repaired(self, html: str, url: str = "", uri: str = "") -> str:
        build = self.build
        lang = build.site.pages[uri].lang if uri in build.site.pages else ""
        html = repairs.in_language(html, lang or build.site.review.reading.language, build.apart(uri))
        html = repairs.with_languages(html, url, build.abroad, languages.attributes(build.site.review.reading.language))
        html = build.lacking.led_over(html, url.removeprefix("./")) if build.lacking else html
        build.classes |= classes(html)
        return repairs.page(html) if build.settings.frame else html

    def on_page_context(
        self, context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
    ) -> dict[str, Any]:
        """Give the template what the engine puts into a page's head, and the line that says how to cite it."""
        build, uri = self.build, page.file.src_uri
        head, line = HEAD, LINE
        if uri != SHELL:
            resolve = build.resolver(page.file)
            head, line = build.heads.head(uri, resolve), build.heads.line(uri, resolve)
        return context | build.for_templates(uri) | {"head": head, "cite_line": line}

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Repair a page; keep the rendered shell, and let MkDocs write nothing for it."""
        output, page.content = self._repaired(output, page.file.url, page.file.src_uri), None
        if page.file.src_uri != SHELL:
            return output
        self.build.shell = cut(output)
        return ""

    @event_priority(50)
    def _stamp(self, config: MkDocsConfig) -> None:
        """Stamp the reference pages out of the shell, write the small files, and the files of search."""
        build = self.build
        permalink = "&para;" if (config.mdx_configs.get("toc") or {}).get("permalink") else ""
        for page in build.site.reference_pages():
            file = build.references[page.uri]
            resolve = build.resolver(file)
            body = repairs.with_languages(blocks.to_html(page.tail, resolve, permalink), file.url, build.abroad)
            head, line = build.heads.work_head(page, resolve), build.heads.work_line(resolve)
            file.write(build.shell, page, body=body, head=head, line=line)
            build.classes |= classes(body + line)
            build.found.pages.append(work_page(page, file.url))
        searched: Iterable[tuple[str, bytes]] = ()
        if build.settings.frame:  # in the index of search the home page has no address
            searched = build.found.files(build.site, lambda uri: build.files.src_uris[uri].url.removeprefix("./"))
        else:
            tell_theme(config, build.found.pages)
        for uri, content in chain(build.site.reference_files.small_files(), searched):
            target = Path(config.site_dir, uri)
            if target.exists():
                raise PluginError(f"{uri} is generated; remove or rename the file of that name in docs/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def _complete(self, config: MkDocsConfig) -> None:
        """Put in what only a whole site has."""
        build, folder = self.build, Path(config.site_dir)
        if build.settings.frame:
            for name in config.extra_css:
                if (file := folder / name).is_file():
                    file.write_text(repairs.style_sheet(file.read_text("utf-8")), "utf-8", newline="\n")
            for name in (*SCRIPTS, *SEARCH_SCRIPTS):
                if (file := folder / name).is_file():
                    file.write_text(with_words(file.read_text("utf-8")), "utf-8", newline="\n")
            write_theme_style(config, build.classes, (*map(str, config.extra_javascript), *SEARCH_SCRIPTS))
        if build.site.review.edition:  # the rest stands once, at the root of the whole site
            return
        build_editions(config, build.site, self.preview.editions if self.preview else None)
        if build.settings.offline:
            offline.add_copy(folder, [entry.file for entry in build.site.review.redirects.values()])
        if build.releases:
            archived.add_archived(build.releases, folder, config.site_url or "")
        headers = host_files.header_lines(build.site.review.publisher, scripts_in_pages=not build.settings.frame)
        (folder / "_headers").write_text(headers, "utf-8", newline="\n")
        (folder / ".nojekyll").write_bytes(b"")  # else GitHub Pages leaves out files whose names begin with '_'

    # Around the search plugin, which writes its index at priority 0: what `_stamp` adds must be in it, and `_complete` finds it written.
    on_post_build = CombinedEvent(_stamp, _complete)

    def on_build_error(self, error: Exception) -> None:
        """What stopped a build."""
        if self.preview:
            self.preview.error = str(error)

    def on_serve(
        self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """After the first build."""
        if self.preview:
            self.preview.serve(server, config)
        return server

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        gc.unfreeze()
        gc.enable()
        if self.preview:
            self.preview.close()
