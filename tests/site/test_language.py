"""One setting says which language a review is in, and all that is made of it says the same: pages, feed, papers, e-books and data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from conftest import Built
from made_up import PAGE, told

# The made-up review says en-IE, which nothing else says: what is fixed anywhere would show.
SITES = {"real": "en-GB", "night-trains": "en-IE"}


def said_in_pages(tree: object) -> set[str]:
    found = {*tree.xpath("/html/@lang"), *tree.xpath("//meta[@name='DC.language']/@content")}  # type: ignore[attr-defined]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):  # type: ignore[attr-defined]
        node = json.loads(script)
        works = ("isBasedOn", "citation", "about")  # they have a language of their own
        found |= set(
            re.findall('"inLanguage": "([^"]*)"', json.dumps({k: v for k, v in node.items() if k not in works}))
        )
    return found


def said_in_files(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Each file that can say its language, by how its name ends, and the languages that it says it is in as a whole."""
    for file in sorted(folder.rglob("*")):
        match file.suffix:
            case ".pdf":
                with pikepdf.open(file) as pdf:
                    yield ".pdf", {str(pdf.Root.Lang)}
            case ".xml" if "<feed" in (text := file.read_text("utf-8"))[:200]:
                yield ".xml", set(re.findall('xml:lang="([^"]*)"', text))
            case ".docx" | ".odt" | ".epub":
                with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as parts:
                    names = [
                        n for n in parts.namelist() if re.search(r"core\.xml|meta\.xml|\.opf|\.xhtml|styles\.xml", n)
                    ]
                    text = "".join(parts.read(name).decode() for name in names)
                found = set(re.findall(r"<dc:language[^>]*>([^<]*)", text))
                found |= set(re.findall(r'<html [^>]*?xml:lang="([^"]*)"', text))
                found |= set(re.findall(r'<w:lang [^>]*?w:val="([^"]*)"', text))
                default = re.search(
                    r'<style:default-style style:family="paragraph".*?</style:default-style>', text, re.S
                )
                at = (
                    [re.search(f'fo:{name}="([^"]*)"', default[0]) for name in ("language", "country")]
                    if default
                    else []
                )
                yield file.suffix, found | ({"-".join(one[1] for one in at if one)} if at else set())


@pytest.mark.parametrize("name", SITES)
def test_all_that_is_made_of_a_review_says_the_language_of_its_one_setting(
    name: str, built: Callable[[str], Path]
) -> None:
    site = Built(built(name))
    for address, tree in site.trees.items():
        assert said_in_pages(tree) == {SITES[name]}, address
    kinds = set()
    for kind, found in said_in_files(site.folder):
        assert found == {SITES[name]}, kind
        kinds.add(kind)
    assert kinds == {".pdf", ".xml", ".docx", ".odt", ".epub"}


def test_a_language_without_a_code_is_told_with_the_one_that_is_meant(tmp_path: Path) -> None:
    lines = told(
        tmp_path,
        {
            "data/reading.yml": "language: English\n",
            "docs/a.md": PAGE.replace("title: Home", "title: Home\nlang: wel"),
            "docs/b.md": PAGE.replace("title: Home", "title: Home\nlang: en_GB"),
            "docs/c.md": PAGE.replace("title: Home", "title: Home\nlang: the old one"),
            "docs/d.md": PAGE.replace("title: Home", "title: Home\nlang: ar"),
        },
    )
    assert lines == [
        "data/reading.yml:1: 'language': 'English' is no code of a language; write en",
        "docs/a.md:3: front matter: 'lang': 'wel' is no code of a language; write cy",
        "docs/b.md:3: front matter: 'lang': 'en_GB' is no code of a language; write en-GB",
        "docs/c.md:3: front matter: 'lang': 'the old one' is no code of a language; write one such as cy or en-GB",
    ]
