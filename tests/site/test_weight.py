"""What a first visit to a page weighs, compressed as hosts send it: readers may have an old phone and little data."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

KB = 1024
# A text page has up to so many words; lists and tables go on for longer.
TEXT_PAGE = 1500
# What a first visit may weigh, without script and with it.
TEXT, LONG = (30 * KB, 40 * KB), (40 * KB, 60 * KB)
# The one page that is heavier: all points of the audit, in full.
AUDIT, MOST = "audit/", (42 * KB, 60 * KB)


def weigh(folder: Path, file: Path, cache: dict[Path, int]) -> tuple[int, int, int]:
    """The bytes of a page and all that it asks for, without script and with it; and how many words it has.

    The scripts of search lie in a <template> until it is opened, and are no part of a first visit. So does the style of reading aloud.
    """
    tree = html.parse(str(file)).getroot()
    page = "/" + file.relative_to(folder).as_posix()
    plain = tree.xpath(
        "//link[@rel='stylesheet' or @rel='icon'][not(ancestor::template)]/@href | //img/@src | //source/@src"
    )
    scripts = tree.xpath("//script[not(ancestor::template)]/@src")
    assert not [name for name in (*plain, *scripts) if re.match(r"https?:|//", name)]

    def bytes_of(names: list[str]) -> int:
        files = {folder / unquote(re.sub(r"[?#].*", "", urljoin(page, name))).lstrip("/") for name in names}
        return sum(compressed(one, cache) for one in files)

    words = " ".join(tree.find(".//article").itertext()).split()
    bare = compressed(file, cache) + bytes_of(plain)
    return bare, bare + bytes_of(scripts), len(words)


def compressed(file: Path, cache: dict[Path, int]) -> int:
    """The bytes of a file after gzip, as most hosts do it."""
    if file not in cache:
        cache[file] = len(gzip.compress(file.read_bytes(), 6))
    return cache[file]


@pytest.fixture(scope="module")
def weights(built: Callable[[str], Path]) -> dict[str, tuple[int, int, int]]:
    """Each page of the real site, by its address."""
    folder = built("real")
    cache: dict[Path, int] = {}
    # A page that only leads on from an old address has no article.
    files = [file for file in sorted(folder.rglob("*.html")) if "<article" in file.read_text("utf-8")]
    return {re.sub(r"index\.html$", "", f.relative_to(folder).as_posix()): weigh(folder, f, cache) for f in files}


def test_a_first_visit_is_light(weights: dict[str, tuple[int, int, int]]) -> None:
    assert len(weights) > 40
    assert sum(words <= TEXT_PAGE for _, _, words in weights.values()) > 40
    heavy = {}
    for name, (bare, both, words) in weights.items():
        most = MOST if name == AUDIT else TEXT if words <= TEXT_PAGE else LONG
        if bare > most[0] or both > most[1]:
            heavy[name] = (bare, both)
    assert heavy == {}


def test_what_a_page_asks_for_is_weighed(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p{}", "utf-8")
    (tmp_path / "a.js").write_text("1;" * 9, "utf-8")
    page = tmp_path / "index.html"
    page.write_text(
        """<link rel="stylesheet" href="a.css"><article>three short words</article><script src="a.js"></script>
        <template><script src="asleep.js"></script></template>""",
        "utf-8",
    )
    cache: dict[Path, int] = {}
    bare, both, words = weigh(tmp_path, page, cache)
    assert set(cache) == {page, tmp_path / "a.css", tmp_path / "a.js"}
    assert (bare, both) == (cache[page] + cache[tmp_path / "a.css"], sum(cache.values()))
    assert words == 3
