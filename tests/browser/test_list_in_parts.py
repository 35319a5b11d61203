"""A list of references in parts: found, filtered and shown as a whole, from records that are fetched when somebody asks for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import made_up
from browser.tools import serve
from conftest import ROOT, mkdocs_build
from work_records import records_of


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A site whose list stands in parts, with its folder."""
    root = tmp_path_factory.mktemp("long")
    entry = "@misc{{work{0}, author = {{{{{1}}}}}, title = {{Title {0}}}, year = {{{2}}}, uncited = {{Made up}}}}\n"
    bib = "".join(entry.format(i, f"{'ABCÖ'[i % 4]}lder {i}", 1990 + i % 30) for i in range(320))
    made_up.review(root, {"bibliography.bib": made_up.BIB + bib})
    config = (ROOT / "tests/sites/meadow/mkdocs.yml").read_text("utf-8")
    config = config.replace("  - Who cuts when: compare.md\n  - What stops councils: barriers.md\n", "")
    config = config.replace("../../../hooks", str(ROOT / "hooks")) + "extra: {evidence: {frame: true}}\n"
    (root / "mkdocs.yml").write_text(config, "utf-8")
    result = mkdocs_build(root / "mkdocs.yml", root / "site")
    assert result.returncode == 0, result.stderr
    with serve(root / "site") as address:
        yield address, root / "site"
    shutil.rmtree(root)


def test_a_list_in_parts_is_filtered_as_a_whole(browser: Browser, long_site: tuple[str, Path]) -> None:
    address, folder = long_site
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}references/")
    assert not [one for one in asked if one.endswith("works.js")], "fetched before anybody asked for it"
    expect(page.locator("li.letter")).to_have_count(5)
    page.get_by_label("Find by author").fill("older")
    expect(page.locator(".count")).to_have_text("80 of 321 sources shown.")
    expect(page.locator("li.letter").first).to_be_hidden()
    links = page.locator("li.reference a").evaluate_all("(links) => links.map((link) => link.href)")
    slugs = [slug for slug, work in records_of(folder).items() if "lder" in work["label"] and "Ö" in work["label"]]
    assert links == [f"{address}references/{slug}/" for slug in slugs]
    page.get_by_label("Find by author").fill("lder")
    expect(page.locator("li.reference")).to_have_count(200)
    page.get_by_role("button", name="Show 120 more").click()
    expect(page.locator("li.reference")).to_have_count(320)
    page.get_by_role("button", name="Take off").click()
    expect(page.locator("li.letter").first).to_be_visible()
    page.close()


def test_an_address_of_the_list_in_one_page_still_leads_to_the_work(
    browser: Browser, long_site: tuple[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(f"{long_site[0]}references/#work7")
    page.wait_for_url(f"{long_site[0]}references/work7/")
    expect(page.locator("h1")).to_contain_text("Ölder 7")
    page.close()
