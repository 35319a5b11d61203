"""What the site says of its publisher, the rules for browsers made from the built pages, what search finds, and the copy to carry away."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from conftest import ROOT, Built, mkdocs_build, run
from evidence import policy
from evidence.publishing import file_size, missing, pack
from evidence.review import Publisher, Review
from evidence.site import Site, load

# Relations of links that name something and load nothing (HTML Standard, "Link types"; RFC 8574; RFC 6903; RFC 2731 for schema.DC).
NAMED = " canonical cite-as type author schema.DC "
CONFIGS = ("mkdocs.yml", "offline.yml")
ABOUT = ("index", "accessibility", "privacy", "formats")
NOBODY = "No publisher has been set yet, so there is nobody to write to."
SET = "name: Ann & Co\ncontact: {}\nsite_address: https://www.example.org/verges/\n"


@cache
def review() -> Review:
    return load(ROOT).review


def text_of(tree: Any) -> str:
    return " ".join(tree.xpath("//article")[0].text_content().split())


# The publisher, set in one place


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small review whose one page names the publisher."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "bibliography.bib").write_text("")
    (tmp_path / "docs/index.md").write_text(
        "---\ntitle: Home\ndescription: A page.\n---\n\n# Home\n\n"
        "<!-- evidence: publisher name -->\n\n<!-- evidence: publisher contact -->\n"
    )
    return tmp_path


def with_publisher(root: Path, text: str) -> Site:
    (root / "data/publisher.yml").write_text(text, "utf-8")
    return load(root)


def shown(site: Site) -> str:
    return " ".join(site.filled("index.md").markdown().split())


def test_without_a_publisher_pages_say_so(small: Path) -> None:
    assert NOBODY in shown(load(small))  # no file at all
    site = with_publisher(small, "# nobody yet\nname:\ncontact:\nsite_address:\n")
    assert site.problems == ()
    assert f"No publisher has been set yet. {NOBODY}" in shown(site)


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("ann@verges.example", "(<mailto:ann@verges.example>)"),
        ("https://verges.example/write?to=us", "(<https://verges.example/write?to=us>)"),
    ],
)
def test_pages_name_the_publisher_and_how_to_reach_them(small: Path, contact: str, link: str) -> None:
    site = with_publisher(small, SET.format(contact))
    assert site.problems == ()
    assert "The publisher of this site is Ann &amp; Co." in shown(site)
    assert link in shown(site)
    assert NOBODY not in shown(site)
    assert missing(site.review.publisher) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("contact: the office\n", "contact is 'the office'; write an e-mail address"),
        ("contact: javascript:alert(1)\n", "contact is 'javascript:alert(1)'"),
        ("contact: a@b.example)<x\n", "contact is"),
        (
            "site_address: www.example.org\n",
            "site_address is 'www.example.org'; it must begin with http:// or https://",
        ),
        ("site_address: https://www.example.org/x\n", "it must begin with http:// or https:// and end with '/'"),
        ("adress: x\n", "'adress' is not a field that is known here"),
    ],
)
def test_a_publisher_who_cannot_be_reached_is_a_problem(small: Path, text: str, told: str) -> None:
    problems = [str(problem) for problem in with_publisher(small, text).problems]
    assert len(problems) == 1
    assert problems[0].startswith("data/publisher.yml:1: ")
    assert told in problems[0]


@pytest.mark.parametrize("wanted", ["", " address", " name contact"])
def test_a_wrong_marker_is_a_problem(small: Path, wanted: str) -> None:
    page = small / "docs/index.md"
    page.write_text(page.read_text("utf-8") + f"\n<!-- evidence: publisher{wanted} -->\n")
    assert [str(p.where) for p in load(small).problems] == ["docs/index.md:12"]


def test_publishing_is_refused_until_all_is_set(small: Path) -> None:
    command = (sys.executable, "-m", "evidence", "--root", small, "publish")
    result = run(*command)
    assert result.returncode == 1
    assert "data/publisher.yml: 'name', 'contact' and 'site_address' are not set" in result.stderr
    with_publisher(small, "name: Ann\nsite_address: https://www.example.org/\n")
    result = run(*command)
    assert (result.returncode, result.stdout) == (1, "")
    assert "'contact' is not set" in result.stderr
    assert "contact: where readers can write to" in result.stderr
    assert "'name'" not in result.stderr
    with_publisher(small, SET.format("ann@verges.example"))
    assert run(*command).returncode == 0


def test_make_publish_refuses(tmp_path: Path) -> None:
    """On the real project, whose publisher is not set; `make` is told that its environment is ready."""
    if not missing(review().publisher):
        assert run("make", "-n", "publish").returncode == 0  # the day that it is set
        return
    (tmp_path / "ready").write_text("")
    result = run("make", f"READY={tmp_path / 'ready'}", f"BIN={Path(sys.executable).parent}", "publish")
    assert result.returncode != 0
    assert "data/publisher.yml" in result.stderr
    assert "Fill in:" in result.stderr


def test_a_site_with_an_address_says_it(tmp_path: Path) -> None:
    folder = tmp_path / "a/b/meadow"
    shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    with_publisher(folder, SET.format("ann@verges.example"))
    result = mkdocs_build(folder / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 0, result.stderr
    built = Built(tmp_path / "site")
    canonical = built.trees["compare/index.html"].xpath("//link[@rel='canonical']/@href")
    assert canonical == ["https://www.example.org/verges/compare/"]


# The pages about the site


@pytest.mark.parametrize("name", ABOUT)
def test_pages_about_the_site_say_what_is_so(name: str, real: Built) -> None:
    address = "about/index.html" if name == "index" else f"about/{name}/index.html"
    tree = real.trees[address]
    publisher = review().publisher
    assert (NOBODY in text_of(tree)) == (not publisher.contact)
    assert "Last checked: 22 November 2026" in text_of(tree)
    headings = [heading.text_content() for heading in tree.xpath("//article//*[self::h1 or self::h2]")]
    assert not [heading for heading in headings if "?" in heading]


def test_the_accessibility_statement_has_its_parts(real: Built) -> None:
    tree = real.trees["about/accessibility/index.html"]
    ids = tree.xpath("//article//h2/@id")
    assert ids == ["status", "not-accessible", "alternatives", "report", "complain", "tested", "statement"]
    text = text_of(tree)
    for words in (
        "not yet been assessed by anyone outside the project",
        "Equality Advisory and Support Service",
        "Equality Commission for Northern Ireland",
        "(No. 2) Accessibility Regulations 2018",
        "not been tested with readers",
        "not been tested with a screen reader",
        "no version in Welsh",
        "no version in British Sign Language",
    ):
        assert words in text


def test_nothing_is_asked_of_another_host(site: Built) -> None:
    """No address that a browser loads by itself leads away: scripts, styles, pictures, frames, fonts, hints."""
    for name, tree in site.trees.items():
        loads = tree.xpath(
            "//script/@src | //img/@src | //img/@srcset | //source/@src | //source/@srcset | //iframe/@src | //video/@src"
            " | //audio/@src | //embed/@src | //object/@data | //image/@href | //use/@href | //form/@action"
            " | //link[not(contains($named, concat(' ', @rel, ' ')))]/@href",
            named=NAMED,
        )
        assert [address for address in loads if re.match(r"\s*([a-z][a-z+.-]*:|//)", address, re.I)] == [], name
        assert tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']") == [], name
    for file in site.folder.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:|//)", file.read_text("utf-8")), file.name


# The rules for browsers


def rules(folder: Path) -> dict[str, str]:
    first, *lines = (folder / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    assert all(re.fullmatch(r"  [A-Za-z-]+: .+", line) and len(line) < 2000 for line in lines)  # Cloudflare's limit
    return dict(line.strip().split(": ", 1) for line in lines)


def test_the_policy_lets_in_every_script_of_every_page_and_nothing_else(site: Built) -> None:
    found = rules(site.folder)
    assert set(found) == {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
    }
    parts = dict(part.split(" ", 1) for part in found["Content-Security-Policy"].split("; "))
    assert "unsafe" not in found["Content-Security-Policy"]
    own, *listed = parts.pop("script-src").split()
    assert parts == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    needed = set()
    for tree in site.trees.values():  # by another reader of HTML than the engine's
        for script in tree.xpath("//script[not(@src)]"):
            if script.get("type", "text/javascript") in ("text/javascript", "module"):
                digest = hashlib.sha256((script.text or "").encode()).digest()
                needed.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    assert own == "'self'"
    assert listed == sorted(needed)


def test_built_pages_hold_nothing_that_the_policy_refuses(site: Built) -> None:
    for name, tree in site.trees.items():
        assert tree.xpath("//@style") == [], name
        assert tree.xpath("//style") == [], name
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == [], name
        assert [a for a in tree.xpath("//@href | //@src") if a.strip().lower().startswith("javascript:")] == [], name


def test_what_the_policy_refuses_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "a/b/meadow"
    shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    page = folder / "docs/index.md"
    page.write_text(page.read_text("utf-8") + '\n<p style="color: red">Red</p>\n', "utf-8")
    result = mkdocs_build(folder / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 1
    assert re.search(r'index\.html, line \d+: <p style="color: red">: browsers refuse this', result.stderr)


def test_scripts_are_told_from_data_and_from_files() -> None:
    page = (
        "<script>a()</script><SCRIPT type='module'>b()</SCRIPT><script data-x='>' type=\"text/javascript\">c()\n</script>"
        '<script src="x.js"></script><script type="application/json">{"d": 1}</script>&lt;script&gt;e()&lt;/script&gt;'
        "<script data-src='y'>f()</script>"
    )
    assert list(policy.inline_scripts(page)) == ["a()", "b()", "c()\n", "f()"]
    # echo -n 'a()' | openssl dgst -sha256 -binary | base64
    assert policy.script_hash("a()") == "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"


def test_what_is_refused_is_named_with_its_line() -> None:
    page = "<p title='a style = b'>\n<p style='x'><a onclick='y' href=' JavaScript:z'>\n<style>p {}</style>&lt;p style='x'&gt;"
    assert policy.refused(page) == [
        'line 2: <p style="x">',
        'line 2: <a onclick="y">',
        "line 2: <a> with a javascript: address",
        "line 3: a <style> element",
    ]


# What search finds


@pytest.fixture(scope="module")
def entries(real: Built) -> dict[str, dict[str, Any]]:
    found = json.loads((real.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    assert len({entry["location"] for entry in found}) == len(found)
    return {entry["location"]: entry for entry in found}


def words(entry: dict[str, Any]) -> set[str]:
    return set(re.findall(r"[\w-]+", entry["text"].lower()))


def test_search_finds_themes_by_what_people_type(entries: dict[str, dict[str, Any]], real: Built) -> None:
    assert {"pay", "expenses"} <= words(entries["themes/money/"])
    assert entries["themes/money/"]["boost"] == 2
    for theme in review().themes.values():
        entry = entries[f"themes/{theme.id}/"]
        assert entry["title"] == f"Theme: {theme.title}"
        assert {word.lower() for text in theme.search for word in re.findall(r"[\w-]+", text)} <= words(entry), theme.id
        tree = real.trees[f"themes/{theme.id}/index.html"]
        assert "Search words" not in tree.text_content()
        assert "Theme:" not in tree.xpath("//h1")[0].text_content()


def test_search_says_what_kind_of_page_it_found(entries: dict[str, dict[str, Any]]) -> None:
    known = review()
    assert entries["nations/wales/"]["title"] == "Nation: Wales"
    assert entries["glossary/#tokenism"]["title"] == "Word: Tokenism"
    assert entries["references/burns2023/"]["title"].startswith("Source: Burns, McGinn and Fitzsimons, 2023")
    kinds = [entry["title"].partition(": ")[0] for entry in entries.values()]
    assert kinds.count("Theme") == len(known.themes)
    assert kinds.count("Source") == len(known.references)
    assert kinds.count("Word") == len(known.glossary)
    assert kinds.count("Nation") == len(known.nations)
    for key, reference in known.references.items():
        entry = entries[f"references/{key}/"]
        assert key.lower() in words(entry)
        for person in reference.authors:
            assert person.full.split()[-1].lower() in entry["text"].lower(), key
    for term in known.glossary.values():
        assert all(form in entries[f"glossary/#{term.id}"]["text"] for form in term.also), term.id


# The copy to carry away


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name / "site"
        for uri in ("b.html", "index.html", "a/c.css", "_headers", "404.html") if name == "one" else ():
            (folder / uri).parent.mkdir(parents=True, exist_ok=True)
            (folder / uri).write_text(uri)
    shutil.copytree(tmp_path / "one/site", tmp_path / "two/site", copy_function=shutil.copyfile)
    for name in ("one", "two"):
        pack(tmp_path / name / "site", tmp_path / f"{name}.zip", "copy", "Read me")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    shutil.unpack_archive(tmp_path / "one.zip", tmp_path / "out")
    names = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    assert names == {"copy/b.html", "copy/index.html", "copy/a/c.css", "copy/README.txt"}


def test_nothing_is_missing_of_a_publisher_who_is_set() -> None:
    assert missing(Publisher("a", "b", "c")) == ""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The ZIP for reading without a server, made twice in folders of their own."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path_factory.mktemp(name)
        result = mkdocs_build(ROOT / "offline.yml", folder / "built")
        assert result.returncode == 0, result.stderr
        assert "WARNING" not in result.stderr, result.stderr
        result = run(sys.executable, "-m", "evidence", "pack", folder / "built", folder / "site-offline.zip")
        assert result.returncode == 0, result.stderr
        made.append(folder / "site-offline.zip")
    return made


@pytest.fixture(scope="module")
def carried(copies: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("carried")
    shutil.unpack_archive(copies[0], folder)
    return Built(folder / "site-offline")


def test_two_copies_are_byte_identical(copies: list[Path]) -> None:
    assert copies[0].read_bytes() == copies[1].read_bytes()


def test_every_link_of_the_copy_leads_to_a_file_in_it(carried: Built) -> None:
    """As a browser opens files: a folder's address would show a list of files."""
    ids = {name: set(tree.xpath("//@id")) for name, tree in carried.trees.items()}
    number, wrong = 0, []
    for name, tree in carried.trees.items():
        for address in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            if re.match(r"[a-z][a-z+.-]*:|//", address, re.I):
                continue
            number += 1
            path, _, fragment = unquote(address).partition("#")
            target = os.path.normpath(Path(name).parent / path) if path else name
            if not (carried.folder / target).is_file() or (fragment and fragment not in ids.get(target, ())):
                wrong.append(f"{name}: {address}")
    assert number > 2000
    assert wrong == []


def test_the_copy_has_every_page_of_the_site(carried: Built, real: Built) -> None:
    def titles(built: Built) -> list[str]:
        return sorted(tree.xpath("//h1")[0].text_content() for name, tree in built.pages())

    assert titles(carried) == titles(real)


def test_the_copy_asks_nothing_of_a_server(carried: Built) -> None:
    test_nothing_is_asked_of_another_host(carried)
    for name, tree in carried.trees.items():
        scripts = tree.xpath("//script/@src")
        assert [script for script in scripts if "assets/offline/" not in script and "assets/" not in script] == [], name
        assert len([script for script in scripts if "assets/offline/" in script]) == 2, name
        assert tree.xpath("//link[@rel='canonical']") == [], name
    readme = (carried.folder / "README.txt").read_text("utf-8")
    assert "Open the file index.html" in readme
    assert not [
        name for name in ("_headers", "404.html", "sitemap.xml", ".nojekyll") if (carried.folder / name).exists()
    ]


def test_search_in_the_copy_knows_the_same_and_leads_to_files(
    carried: Built, entries: dict[str, dict[str, Any]]
) -> None:
    script = (carried.folder / "search/search_index.js").read_text("utf-8")
    assert script.startswith("var __index = ")
    found = json.loads(script.removeprefix("var __index = "))["docs"]
    assert sorted(entry["title"] for entry in found) == sorted(entry["title"] for entry in entries.values())
    for entry in found:
        path = entry["location"].partition("#")[0] or "index.html"
        assert (carried.folder / path).is_file(), entry["location"]


def test_the_copy_is_built_as_the_site_is() -> None:
    site, copy = (
        yaml.safe_load((ROOT / name).read_text("utf-8").replace("!relative", "").replace("!ENV", ""))
        for name in CONFIGS
    )
    assert [plugin for plugin in copy["plugins"] if plugin != "offline"] == site["plugins"]
    assert copy["hooks"][:-1] == site["hooks"]
    assert copy["hooks"][-1] == "hooks/offline_copy.py"
    assert copy["extra"] == {"offline_copy": "this"}
    assert set(copy) == {"INHERIT", "use_directory_urls", "plugins", "hooks", "extra"}


def test_the_site_offers_the_copy_with_its_size(tmp_path: Path) -> None:
    """The file that is offered is the one that was made, and the page says how large it is."""
    content = b"PK" + bytes(1_234_567)
    (tmp_path / "copy.zip").write_bytes(content)
    result = run(
        sys.executable,
        *("-m", "mkdocs", "build", "--strict", "-f", ROOT / "mkdocs.yml", "-d", tmp_path / "site"),
        OFFLINE_COPY=str(tmp_path / "copy.zip"),
    )
    assert result.returncode == 0, result.stderr
    page = Built(tmp_path / "site").trees["about/formats/index.html"]
    [link] = page.xpath("//main//a[contains(@href, 'site-offline.zip')]")
    assert (tmp_path / "site/about/formats" / link.get("href")).read_bytes() == content
    assert "(ZIP, 1.3 MB)" in link.text_content()


def test_a_copy_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(
        sys.executable,
        *("-m", "mkdocs", "build", "--strict", "-f", ROOT / "mkdocs.yml", "-d", tmp_path / "site"),
        OFFLINE_COPY="nowhere/copy.zip",
    )
    assert result.returncode == 1
    assert "offline_copy: nowhere/copy.zip cannot be read" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()


def test_pages_without_a_copy_offer_none(real: Built, carried: Built) -> None:
    """A link to a file that is not there would be worse than none."""
    assert "has no copy for reading offline" in real.trees["about/formats/index.html"].text_content()
    assert "You are reading the copy" in carried.trees["about/formats.html"].text_content()


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 KB"), (1, "1 KB"), (84_000, "84 KB"), (84_001, "85 KB"), (999_001, "1.0 MB"), (1_450_000, "1.5 MB")],
)
def test_sizes_are_in_readers_units(size: int, words: str) -> None:
    assert file_size(size) == words


def test_what_no_page_uses_is_not_shipped(real: Built) -> None:
    names = [file.relative_to(real.folder).as_posix() for file in real.folder.rglob("*")]
    assert not [name for name in names if name.endswith(".map") or "/lunr/" in name or "/palette." in name]
