"""`make serve`: a change shows within seconds, and a mistake shows in the browser instead of stopping the server.

MkDocs builds the whole site anew after each change; `unchanged.py` takes what comes out the same from the build before.
Papers take longest: a page shows at once, with the papers as they were, and those that have changed are made afterwards.

A build that fails leaves MkDocs waiting for the next one with every request unanswered. Here it ends well, and every page shows the problems until they
are mended. None of this is active in a build that is not served.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from evidence.pages import bare_pages
from evidence.papers import PaperFile
from evidence.papers.packs import PaperError
from evidence.site import Site
from evidence_mkdocs.editions import Kept
from evidence_mkdocs.settings import FRAME
from evidence_mkdocs.unchanged import Unchanged

# The name under which warnings are given: "mkdocs", or that of a fork which answers to it.
_ENGINE = MkDocsConfig.__module__.partition(".")[0]
log = logging.getLogger(f"{_ENGINE}.hooks.preview")

PROBLEMS = "evidence-problems.html"
_COUNT = re.compile(r"\d+ problems? found:|Aborted with .*")
QUIET = 1.0  # seconds without a build before papers are made, so that the next change need not wait
POLL = 0.1  # seconds between two looks at the watched files, and of waiting for more changes; MkDocs looks every half second


class Preview:
    """What is known while the server runs: the review as it is shown, the files of papers that may stay for now, and what is `unchanged`."""

    def __init__(self) -> None:
        self.unchanged = Unchanged()
        self.papers: Mapping[str, PaperFile] | None = None
        self.site: Site | None = None
        self.error = ""  # what stopped a build; MkDocs prints the same words only once in a process
        self._folder = tempfile.TemporaryDirectory()
        self.editions = Kept(Path(self._folder.name, "editions"))
        # A change of this file has the site built again.
        self._printed = Path(self._folder.name, "printed")
        self._printing = threading.Lock()

    def close(self) -> None:
        """Leave nothing behind."""
        self._folder.cleanup()

    def serve(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """After the first build: watch more closely, build so that a mistake does no harm, and show it."""
        self.unchanged.end_build(well=True)
        self.papers = self.site.papers.files if self.site else None
        for emitter in server.observer.emitters:
            emitter._timeout = POLL
        server.observer._timeout = POLL  # for those that follow
        server.build_delay = POLL / 2
        page = Path(config.site_dir, PROBLEMS)
        build, answer = server.builder, server.serve_request
        self._printed.touch()
        for path in filter(None, (str(self._printed), config.theme.custom_dir, str(FRAME))):
            server.watch(path)

        def guarded() -> None:
            """MkDocs counts a build as done when no error leaves it; only then does it answer requests again."""
            if problems := self._try(build):
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(bare_pages.problems_page(problems), "utf-8")
            else:
                threading.Thread(target=self._papers_anew, daemon=True).start()
                page.unlink(missing_ok=True)

        def shown(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            """Any page is the page of problems as long as there is one; the rest, such as the wait for the next build, stays as it is."""
            wanted = environ["PATH_INFO"]
            if page.exists() and not wanted.startswith("/livereload/") and wanted.endswith(("/", ".html")):
                environ = environ | {"PATH_INFO": f"{server.mount_path}{PROBLEMS}"}
            return answer(environ, start_response)

        server.builder = guarded
        server.set_app(shown)

    def _papers_anew(self) -> None:
        """Make the papers that have changed, and have the site built with them; a paper that cannot be made stops that build and says why."""
        site = self.site
        time.sleep(QUIET)
        with self._printing:
            if site is None or site is not self.site:
                return  # a newer build has its own
            try:
                made = site.papers.files_anew()
            except PaperError:
                self.papers = None
                self._printed.touch()
                return
            changed, self.papers = made != site.papers.files, made
        if changed:
            self._printed.touch()

    def _try(self, build: Callable[[], None]) -> list[str]:
        """Build, and return what stands in the way, [] where all went well."""
        # What MkDocs and hooks warn of: in strict mode its error names only their number.
        warnings, logger = BufferingHandler(sys.maxsize), logging.getLogger(_ENGINE)
        warnings.setLevel(logging.WARNING)
        logger.addHandler(warnings)
        well, self.error = False, ""
        gc.disable()  # the objects of one build live until its end
        try:
            build()
            well = True
            return []
        except (Exception, SystemExit) as error:  # MkDocs's own Abort is a SystemExit
            if not isinstance(error, MkDocsException):
                log.exception("The build stopped at a fault of the program, not of the content:")
            texts = (*(record.getMessage() for record in warnings.buffer), self.error, str(error))
            lines = [line for text in texts for line in text.splitlines() if line.strip()]
            log.error("%s", "\n".join(lines))
            # The line that only counts the others says nothing beside them.
            return [line for line in lines if not _COUNT.fullmatch(line)] or lines or [type(error).__name__]
        finally:
            gc.enable()
            logger.removeHandler(warnings)
            self.unchanged.end_build(well)
