"""What the built pages tell those who hear them: where they are, what leads on, what a part is called, and where it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from built_pages import review
from conftest import Built

ABOUT = "In the code and the words of the pages"


@pytest.fixture(scope="module", params=["real", "night-trains"])
def framed(request: pytest.FixtureRequest, built: Callable[[str], Path]) -> Built:
    """Each of the sites in the engine's frame."""
    return Built(built(request.param))


DESCRIPTION = "//meta[@name='description']/@content"


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def name_of(element: html.HtmlElement) -> str:
    """The name of a part, as it is given by a label or by the words that label it."""
    by = element.get("aria-labelledby")
    return words(element.getroottree().getroot().get_element_by_id(by)) if by else element.get("aria-label", "")


@pytest.mark.claim(ABOUT, "The menu, the path and the contents are apart from the main text, and each has a name.")
def test_what_only_leads_somewhere_is_outside_what_the_page_is_about(framed: Built) -> None:
    """The menu, the path, the contents, and the pages before and after, each with a name of its own."""
    seen: Counter[str] = Counter()
    for page, tree in framed.trees.items():
        if tree.xpath("//meta[@http-equiv='refresh']"):
            continue
        [main] = tree.xpath("//main")
        assert main.xpath(".//h1") == tree.xpath("//h1"), page
        assert not main.xpath(".//nav | ancestor::nav"), page
        names = [name_of(nav) for nav in tree.xpath("//nav")]
        assert all(names), page
        assert len(set(names)) == len(names), page
        seen.update(names)
    assert seen["Main"] == len([*framed.own_pages()]) + 1
    assert len(seen) > 1


@pytest.mark.claim(ABOUT, "Each page has a name that no other page has.")
def test_pages_are_told_apart_by_what_they_are_called(framed: Built) -> None:
    """In windows, in lists of results, and in the menu, a page has one name, which no other has."""
    said: dict[str, Counter[str]] = {"title": Counter(), "h1": Counter(), "description": Counter()}
    for page, tree in framed.own_pages():
        title, [heading], [described] = (tree.findtext(".//title"), tree.xpath("//h1"), tree.xpath(DESCRIPTION))
        name = words(heading)
        assert " ".join(title.split()).startswith((f"{name} - ", f"{name}: ")), page  # a work is named with its title
        for kind, text in (("title", title), ("h1", name), ("description", described)):
            said[kind][" ".join(text.casefold().split())] += 1
    assert [(kind, text) for kind, found in said.items() for text, n in found.items() if n > 1] == []


def test_the_menu_calls_a_page_as_it_calls_itself(real: Built) -> None:
    """But for the home page, which is called so everywhere."""
    wrong = []
    for page, tree in real.own_pages():
        for link in tree.xpath("//*[@id='site-nav']//a"):
            target, _ = real.target(page, link.get("href"))
            name = words(real.trees[target].xpath("//h1")[0])
            if words(link) != ("Home" if target == "index.html" else name):
                wrong.append(f"{page}: {words(link)} -> {name}")
    assert wrong == []


@pytest.mark.claim(ABOUT, "Each editor's note has a name, and words that say where it ends.")
def test_a_note_has_a_name_and_is_heard_to_end(framed: Built) -> None:
    notes = [note for _page, tree in framed.own_pages() for note in tree.xpath("//*[@role='note']")]
    assert notes
    for note in notes:
        assert (number := name_of(note).rpartition(" ")[2])
        assert words(note[-1]) == f"End of note {number}."
        assert note[-1].get("class") == "heard"


def test_a_question_is_the_heading_of_what_helps_with_it(real: Built) -> None:
    asked = real.trees["discuss/index.html"].xpath("//article//h3[@data-number]")
    assert len(asked) == len(review().questions.questions)
    for heading, (number, question) in zip(
        asked, [pair for _group, found in review().questions.numbered() for pair in found], strict=True
    ):
        assert words(heading) == f"Question {number}: {question.text}"


def test_the_doors_of_the_home_page_are_a_list_with_headings(real: Built) -> None:
    [doors] = real.trees["index.html"].xpath("//ul[@class='doors']")
    assert len(doors) == 4
    assert all(len(door.xpath("h3/a")) == 1 for door in doors)


def test_several_statements_in_a_cell_are_a_list(framed: Built) -> None:
    assert [page for page, tree in framed.own_pages() if tree.xpath("//td//br")] == []
