"""What mkdocs.yml may say to the engine: `extra: {evidence: {...}}`, with types; and the frame that it can ask for."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from evidence.text.translation import LANGUAGE

# Templates, style and scripts as a theme has them, to be put before those of Material.
FRAME = Path(__file__).parent / "frame"
STYLE = "assets/site.css"
# Comes after it, on pages with pictures made from data alone (see `repairs.page`).
PICTURES = "assets/pictures.css"
# Comes after those, on pages with questions to choose from (see `repairs.page`).
CHOOSE = "assets/choose.css"
# And on pages with recordings alone.
RECORDING = "assets/recording.css"
SCRIPTS = (
    "assets/site.js",
    "assets/filter.js",
    "assets/choose.js",
    "assets/kit.js",
    "assets/copy.js",
    "assets/points.js",
    "assets/audit.js",
    "assets/listen.js",
)
# Fetched when search is first opened.
SEARCH_SCRIPTS = ("assets/search-find.js", "assets/search.js")
ICON, ICON_OF_THEME = "assets/favicon.svg", "assets/images/favicon.png"
# The site's own style, which no update of the engine touches.
OWN_STYLE = "assets/own.css"


class Settings(Config):  # type: ignore[no-untyped-call]
    """`frame`: pages have the frame, the look and the scripts of the engine. `releases`: the folder of archived versions, '' for none.
    `offline`: the built site offers itself as a ZIP for reading offline."""

    frame = Type(bool, default=False)
    releases = Type(str, default="")
    offline = Type(bool, default=False)


def read_settings(config: MkDocsConfig) -> Settings:
    """The settings of a site. Raises PluginError with a line for each that is wrong."""
    given = config.extra.get("evidence", {})
    if not isinstance(given, dict):
        raise PluginError("mkdocs.yml: extra: evidence: must be a list of settings, such as 'frame: true'")
    settings = Settings()
    settings.load_dict(given)
    errors, warnings = settings.validate()
    if errors or warnings:
        known = ", ".join(name for name, _ in Settings._schema)
        lines = (f"mkdocs.yml: extra: evidence: {name}: {message}" for name, message in (*errors, *warnings))
        raise PluginError("\n".join([*lines, f"The settings are: {known}."]))
    return settings


def use_frame(config: MkDocsConfig) -> None:
    """Give a site the frame. What the site has of its own counts more: its templates come before the frame's, its styles and scripts after; `OWN_STYLE` last."""
    theme = config.theme
    # The theme has its few words itself, in most languages.
    if any(Path(folder, f"partials/languages/{LANGUAGE}.html").is_file() for folder in theme.dirs):
        theme["language"] = LANGUAGE
    theme.dirs.insert(1 if theme.custom_dir else 0, str(FRAME))
    if theme["favicon"] == ICON_OF_THEME:
        theme["favicon"] = ICON
    own = [OWN_STYLE] if Path(config.docs_dir, OWN_STYLE).is_file() and OWN_STYLE not in config.extra_css else []
    config.extra_css = [STYLE, PICTURES, CHOOSE, RECORDING, *config.extra_css, *own]
    config.extra_javascript = [*SCRIPTS, *config.extra_javascript]
