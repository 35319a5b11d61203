"""What search finds, and the copy to carry away, which knows the same without a server."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from built_pages import asks_nothing_of_another_host, review
from conftest import ROOT, Built, mkdocs_build, run
from evidence.pages.publisher import pack

CONFIGS = ("mkdocs.yml", "offline.yml")


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


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The ZIP for reading without a server, made twice in folders of their own."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path_factory.mktemp(name)
        result = mkdocs_build(ROOT / "offline.yml", folder / "built")
        assert result.returncode == 0, result.stderr
        assert "WARNING" not in result.stderr, result.stderr
        result = run(sys.executable, "-m", "evidence_cli", "pack", folder / "built", folder / "site-offline.zip")
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
    asks_nothing_of_another_host(carried)
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
    assert copy["hooks"][-1] == "hooks/evidence_mkdocs/offline_copy.py"
    assert copy["extra"] == {"evidence": {"offline": "this"}}
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
    assert "offline: nowhere/copy.zip cannot be read" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()


def test_pages_without_a_copy_offer_none(real: Built, carried: Built) -> None:
    """A link to a file that is not there would be worse than none."""
    assert "has no copy for reading offline" in real.trees["about/formats/index.html"].text_content()
    assert "You are reading the copy" in carried.trees["about/formats.html"].text_content()
