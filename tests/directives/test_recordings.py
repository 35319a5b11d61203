"""Recordings that people made: every slip in data/media.yml, and what pages and papers show of a sound one. The reviews are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, mkdocs_build
from evidence.output import nodes
from made_up import PAGE, review, told

PAGE_WITH_ONE = f"{PAGE}<!-- evidence: recording hedges-bsl -->\n"
VIDEO = {
    "id": "hedges-bsl",
    "kind": "video",
    "title": "Hedges in British Sign Language",
    "language": "bfi",
    "text_language": "en",
    "file": "hedges.mp4",
    "captions": "hedges.vtt",
    "transcript": '"A hedge is a row of shrubs. Birds live in it *all* the time and in every single season of the year, whatever the weather may be and wherever the hedge may stand, as every child in the village of old used to know by heart.\\n\\nSee [this] <img src=x onerror=y> </div></figure> --> `code`."',
    "by": "A made-up group",
    "checked": "2026-11-28",
}
WEBVTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nA hedge is a row of shrubs.\n"


def data(**changes: str | None) -> str:
    """The data file with one recording, changed; None takes a line out."""
    lines = [f"{name}: {value}" for name, value in (VIDEO | changes).items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


def files(page: str = PAGE_WITH_ONE, **changes: str | None) -> dict[str, str | bytes]:
    """A review with it, and its files."""
    media = {"docs/assets/media/hedges.mp4": b"\x00" * 1200, "docs/assets/media/hedges.vtt": WEBVTT}
    return {"docs/index.md": page, "data/media.yml": data(**changes), **media}


def test_a_sound_recording_is_taken(tmp_path: Path) -> None:
    assert told(tmp_path, files()) == []


SLIPS: dict[str, tuple[dict[str, str | None], str]] = {
    "no transcript": ({"transcript": None}, "'transcript' is missing; add a line 'transcript: ...'"),
    "an empty transcript": ({"transcript": '""'}, "'transcript' is empty; write something there"),
    "no captions": (
        {"captions": None},
        "it has no captions; add captions: NAME.vtt, a WebVTT file in docs/assets/media/",
    ),
    "no file": (
        {"file": None, "captions": None},
        "a recording is a 'file' in docs/assets/media/ or has an 'address', and it has neither; add one",
    ),
    "both": (
        {"address": "https://example.org/hedges"},
        "a recording is a 'file' in docs/assets/media/ or has an 'address', and it has both; keep one",
    ),
    "a file that is not there": (
        {"file": "hedge.mp4"},
        "file 'hedge.mp4': there is no file 'docs/assets/media/hedge.mp4'; did you mean 'hedges.mp4'?",
    ),
    "a path": (
        {"file": "../hedges.mp4"},
        "file '../hedges.mp4': there is no file 'docs/assets/media/../hedges.mp4'; did you mean 'hedges.mp4'?",
    ),
    "another kind of file": (
        {"file": "hedges.vtt"},
        "file is 'hedges.vtt'; video that browsers play ends in .mp4 or .webm",
    ),
    "other captions": (
        {"captions": "hedges.mp4"},
        "captions is 'hedges.mp4'; captions are a WebVTT file, which ends in .vtt",
    ),
    "an address without s": (
        {"file": None, "captions": None, "address": "http://example.org/x"},
        "address is 'http://example.org/x'; it must begin with https:// and name a host",
    ),
    "an address that runs": (
        {"file": None, "captions": None, "address": "javascript:alert(1)"},
        "address is 'javascript:alert(1)'; it must begin with https:// and name a host",
    ),
    "captions of an address": (
        {"file": None, "address": "https://example.org/x"},
        "captions belong to a video in a file, and the page at its address has to have them; take 'captions' out",
    ),
    "an unknown language": (
        {"language": "BSL"},
        "language 'BSL' is not known; write its tag, such as bfi (British Sign Language), en or cy",
    ),
    "written in signs": (
        {"text_language": None},
        "nobody can write in a sign language; add text_language: en, or whatever its transcript is written in",
    ),
    "a day that is none": ({"checked": "last week"}, "'checked' is 'last week'; write a date as 2026-11-22"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_told_alone_with_its_line(tmp_path: Path, name: str) -> None:
    changes, words = SLIPS[name]
    found = told(tmp_path, files(**changes))
    assert len(found) == 1, found
    where, _, message = found[0].partition(": ")
    assert where.startswith("data/media.yml:")
    assert message.removeprefix("recording 'hedges-bsl': ") == words


def test_what_is_no_slip_of_the_record_is_told_where_it_is(tmp_path: Path) -> None:
    assert told(tmp_path / "unknown", files(PAGE_WITH_ONE.replace("-bsl", "-bls"))) == [
        "data/media.yml:1: recording 'hedges-bsl' stands on no page; write <!-- evidence: recording hedges-bsl --> where it belongs, or name 'themes'",
        f"docs/index.md:{PAGE_WITH_ONE.count(chr(10))}: marker 'recording': recording 'hedges-bls' is unknown; did you mean 'hedges-bsl'?",
    ]
    assert told(tmp_path / "nowhere", files(PAGE)) == [
        "data/media.yml:1: recording 'hedges-bsl' stands on no page; write <!-- evidence: recording hedges-bsl --> where it belongs, or name 'themes'"
    ]
    assert told(tmp_path / "theme", files(PAGE, themes="[sail]")) == [
        "data/media.yml:1: theme 'sail' is not in data/themes.yml; did you mean 'soil'?"
    ]
    bad = {"docs/assets/media/hedges.vtt": "1\n00:00 --> 00:02\nA hedge.\n"}
    assert told(tmp_path / "captions", files() | bad) == [
        "docs/assets/media/hedges.vtt:1: this begins with '1\\x0a00:00 --> 00:02\\x0aA '; captions are a WebVTT file, whose first line is WEBVTT"
    ]


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    review(tmp_path, files())
    with (tmp_path / "docs/assets/media/hedges.mp4").open("r+b") as file:
        file.truncate(50_000_001)  # a hole, which takes no room
    assert told(tmp_path, {"docs/index.md": PAGE_WITH_ONE}) == [
        "data/media.yml:1: recording 'hedges-bsl': file 'hedges.mp4' has 50.1 MB, at most 50.0 MB; make it smaller, or put it elsewhere and give its 'address'"
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the recording on its home page and on a theme's, and one of another website."""
    root = tmp_path_factory.mktemp("recordings")
    elsewhere = data(
        id="elsewhere", file=None, captions=None, address="https://video.example.org/a?b=1&c=2", language="isg"
    )
    page = f"{PAGE_WITH_ONE}\n<!-- evidence: recording elsewhere -->\n"
    more = {
        "data/media.yml": data(themes="[soil]") + elsewhere,
        "mkdocs.yml": "site_name: Hedges\ntheme: {name: material}\nextra: {evidence: {frame: true}}\nplugins:\n  - bibtex: {bib_file: bibliography.bib, bib_by_default: false, enable_inline_citations: false}\nhooks: [hooks.py]\nmarkdown_extensions: [attr_list, md_in_html, tables, toc]\n",
        "hooks.py": (ROOT / "hooks/mkdocs_hooks.py").read_text("utf-8"),
    }
    site = review(root, files(page) | more)
    assert [*map(str, site.problems)] == []
    result = mkdocs_build(root / "mkdocs.yml", root / "site")
    assert result.returncode == 0, result.stderr
    return root / "site"


def test_a_page_has_a_player_that_waits_until_it_is_started(built: Path) -> None:
    tree = html.fromstring((built / "index.html").read_bytes())
    [figure] = tree.xpath("//figure[@id='recording-hedges-bsl']")
    [video] = figure.xpath(".//video")
    assert tree.xpath("//link[contains(@href, 'recording.css')]")
    assert dict(video.attrib) == {
        "controls": "",
        "preload": "none",
        "src": "assets/media/hedges.mp4",
        "aria-labelledby": "recording-hedges-bsl-caption",
    }
    [track] = video
    assert dict(track.attrib) == {
        "kind": "captions",
        "src": "assets/media/hedges.vtt",
        "srclang": "en",
        "label": "English",
        "default": "",
    }
    [caption] = figure.xpath("./figcaption")
    assert caption.text_content() == (
        "Video: Hedges in British Sign Language, in British Sign Language (BSL). Made by A made-up group. Last checked: 28 November 2026."
    )
    assert [(link.text, link.get("href")) for link in figure.xpath("./p/a")] == [
        ("Download (MP4, 2 KB)", "assets/media/hedges.mp4"),
        ("Captions", "assets/media/hedges.vtt"),
    ]
    [transcript] = figure.xpath("./details[not(@open)]")
    assert transcript.xpath("./summary")[0].text_content() == "What is said in “Hedges in British Sign Language”"
    assert [p.text_content() for p in transcript.xpath("./div[@lang='en']/p")][1] == (
        "See [this] <img src=x onerror=y> </div></figure> --> `code`."
    )
    assert transcript.xpath(".//em | .//img | .//code") == []


def test_another_website_is_a_link_that_says_so(built: Path) -> None:
    [figure] = html.fromstring((built / "index.html").read_bytes()).xpath("//figure[@id='recording-elsewhere']")
    assert figure.xpath(".//video | .//iframe") == []
    [line] = figure.xpath("./p")
    assert line.text_content() == "Watch it on video.example.org. This link leaves our website."
    assert line.xpath("./a/@href") == ["https://video.example.org/a?b=1&c=2"]


def test_a_theme_shows_it_too(built: Path) -> None:
    tree = html.fromstring((built / "themes/soil/index.html").read_bytes())
    assert b"recording.css" not in (built / "references/index.html").read_bytes()
    assert tree.xpath("//figure[@class='recording']/video/@src") == ["../../assets/media/hedges.mp4"]


def test_paper_has_its_name_and_where_it_is(tmp_path: Path) -> None:
    site = review(tmp_path, files() | {"data/publisher.yml": "site_address: https://example.org/\n"})
    text = "".join(passage.text for passage in site.pages["index.md"].passages)
    words = " ".join(nodes.words(nodes.nodes(text)))
    assert "https://example.org/#recording-hedges-bsl" in words
    assert "Made by A made-up group" in words
    assert [word for word in ("Download", "row of shrubs", "What is said") if word in words] == []
