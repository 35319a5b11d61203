"""What a first visit to a page weighs, compressed as hosts send it: readers may have an old phone and little data."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin

import material
import pytest
from lxml import html

from evidence_mkdocs.repairs import theme_style

KB = 1024
WITH_SCRIPT = 80 * KB
WITHOUT_SCRIPT = 40 * KB
# A text page has up to so many words; lists and tables that go on for longer may weigh more than 40 KB without script.
TEXT_PAGE = 1500
# The long ones that do, and none besides; the heaviest, with all points of the audit in full, has 56 KB.
LONG = {
    *(
        "audit/",
        "discuss/",
        "discuss/packs/easier/",
        "easier/",
        "evidence-map/",
        "nations/",
        "references/",
        "review/issue/",
        "side-by-side/review-themes/",
        "side-by-side/second-meeting/",
    ),
    *(f"nations/compare/england-and-{other}/" for other in ("northern-ireland", "scotland", "wales")),
    *("summary/", "support/not-peer-reviewed/", "support/one-source/", "what-helps/"),
}
MOST = 56 * KB


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


def test_no_page_weighs_more_than_80_kb(weights: dict[str, tuple[int, int, int]]) -> None:
    assert len(weights) > 40
    assert {name: both for name, (_, both, _) in weights.items() if both > WITH_SCRIPT} == {}


def test_no_text_page_weighs_more_than_40_kb_without_script(weights: dict[str, tuple[int, int, int]]) -> None:
    texts = {name: bare for name, (bare, _, words) in weights.items() if words <= TEXT_PAGE}
    assert len(texts) > 40
    assert {name: bare for name, bare in texts.items() if bare > WITHOUT_SCRIPT} == {}


def test_the_long_pages_that_weigh_more_are_the_known_ones(weights: dict[str, tuple[int, int, int]]) -> None:
    heavy = {name: bare for name, (bare, _, _) in weights.items() if bare > WITHOUT_SCRIPT}
    assert heavy.keys() <= LONG
    assert all(bare < MOST for bare in heavy.values()), heavy


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


def test_of_the_theme_s_styles_only_whole_icons_are_left_out() -> None:
    """An icon that is cut off in its middle makes browsers drop all that follows it."""
    (file,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css")
    before = file.read_text("utf-8")
    after = theme_style(before)
    rules = re.sub(r'"[^"]*"', "", after)
    assert "<svg" not in rules
    assert "<path" not in rules
    assert len(after) < len(before)
    assert [after.count(brace) for brace in "{}"] == [before.count(brace) for brace in "{}"]
