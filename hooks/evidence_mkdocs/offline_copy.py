"""Makes a site that opens from a folder, without a server or a network. Only offline.yml names this hook.

Browsers start no worker from a folder, and search is one. `iframe-worker.js` stands in for it (npm iframe-worker 1.0.4, by the maker of the theme,
MIT), `search.js` has the index fetched.
"""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

SHIMS = ("offline/iframe-worker.js", "offline/search.js")
_FOLDER_LINK = re.compile(r'(?<=\shref=")([^":?#]*/)(?=[#"])')


@event_priority(90)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """A copy has no address. Its scripts are named before the theme's plugin adds one of another host."""
    config.site_url = ""
    config.extra["polyfills"] = [f"assets/{name}" for name in SHIMS]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the scripts that stand in for a worker."""
    for name in SHIMS:
        script = (Path(__file__).parent / name).read_text("utf-8")
        files.append(File.generated(config, f"assets/{name}", content=script))
    return files


@event_priority(0)
def on_post_build(config: MkDocsConfig) -> None:
    """Once all pages are there, make links to folders (which templates may hold) lead to files."""
    for file in Path(config.site_dir).rglob("*.html"):

        def named(match: re.Match[str], folder: Path = file.parent) -> str:
            page = f"{match[1].rstrip('/')}.html"
            return page if (folder / page).is_file() else f"{match[1]}index.html"

        file.write_text(_FOLDER_LINK.sub(named, file.read_text("utf-8")), "utf-8", newline="\n")
