"""What helps with a question follows from its themes and from the marks on the headings of pages."""

from __future__ import annotations

import pytest

from evidence.directives.questions import helps
from evidence.documents.document import Document
from evidence.model.network import Question, QuestionGroup, Questions
from evidence.output.blocks import Link
from evidence.sources.document import parse_document
from evidence.text.addresses import page_address, site_path


def page(uri: str, text: str) -> Document:
    """A page of a review."""
    document, problems = parse_document(text, f"docs/{uri}", uri)
    assert not problems
    return document


THROUGHOUT = page(
    "soil.md",
    '---\ntitle: Soil\n---\n\n# Soil\n\n## Sand { #sand data-themes="earth" }\n\n## Clay { #clay data-themes="earth rain" }\n\n### Deep { #deep }\n',
)
WHOLE = page("mud.md", '---\ntitle: Mud\n---\n\n# Mud { data-themes="earth" }\n\nWet.\n')
PARTLY = page(
    "year.md",
    "---\ntitle: The year\n---\n\n# The year\n\n## Spring { #spring }\n\n"
    '## *Wet* autumn { #autumn data-themes="rain" }\n\n### Late { #late }\n\n'
    '## Said { #said data-themes="rain" data-voice="members" }\n',
)
HEARD = page(
    "fog.md",
    '---\ntitle: Fog\n---\n\n# Fog { data-themes="rain" }\n\n## Mist { #mist }\n\n## Ours { #ours data-voice="editors" }\n',
)


def test_a_page_that_is_all_on_a_theme_is_named_once_and_others_by_their_sections() -> None:
    documents = (THROUGHOUT, WHOLE, PARTLY)
    assert helps(documents, ["earth"]) == ([Link("Soil", "soil.md"), Link("Mud", "mud.md")], [])
    assert helps(documents, ["rain"]) == (
        [],
        [Link("Soil: Clay", "soil.md#clay"), Link("The year: Wet autumn", "year.md#autumn")],
    )
    assert helps(documents, ["rain", "earth"]) == (
        [Link("Soil", "soil.md"), Link("Mud", "mud.md")],
        [Link("The year: Wet autumn", "year.md#autumn")],
    )


def test_a_page_is_on_a_theme_where_only_others_than_the_review_speak_of_something_else() -> None:
    assert helps((HEARD,), ["rain"]) == ([Link("Fog", "fog.md")], [])


def test_sections_are_named_only_where_no_page_is_all_on_their_theme() -> None:
    """The page of the theme has them all: beside whole pages, a long list hides what helps most."""
    assert helps((THROUGHOUT, PARTLY, HEARD), ["rain"]) == ([Link("Fog", "fog.md")], [])


def test_nothing_is_invented_where_a_question_has_no_theme_or_nobody_speaks_of_it() -> None:
    assert helps((THROUGHOUT, WHOLE, PARTLY), []) == ([], [])
    assert helps((THROUGHOUT, WHOLE, PARTLY), ["snow"]) == ([], [])


def test_numbers_go_on_from_group_to_group() -> None:
    groups = (QuestionGroup("b", "B"), QuestionGroup("empty", "E"), QuestionGroup("a", "A"))
    questions = (Question("one", "a", "?"), Question("two", "b", "?"), Question("three", "b", "?"))
    found = [(group.id, [(n, q.id) for n, q in pairs]) for group, pairs in Questions(groups, questions).numbered()]
    assert found == [("b", [(1, "two"), (2, "three")]), ("empty", []), ("a", [(3, "one")])]


def test_an_address_is_a_path_until_the_site_has_one() -> None:
    assert page_address("talk/index.md", "") == "/talk/"
    assert page_address("index.md", "") == "/"
    assert page_address("talk/sheet.md", "https://example.org/hedges/") == "https://example.org/hedges/talk/sheet/"
    assert page_address("reindex.md", "") == "/reindex/"


@pytest.mark.parametrize(
    ("uri", "folder", "file"),
    [
        ("index.md", "", ""),
        ("README.md", "", ""),
        ("places/index.md", "places/", "places/"),
        ("places/north.md", "places/north/", "places/north.html"),
        ("reindex.md", "reindex/", "reindex.html"),
        ("places/my.README.md", "places/my.README/", "places/my.README.html"),
    ],
)
def test_the_address_of_a_page_is_made_from_that_of_its_file(uri: str, folder: str, file: str) -> None:
    assert (site_path(uri), site_path(uri, ".html")) == (folder, file)
    assert page_address(uri, "https://www.example.org/soil/") == f"https://www.example.org/soil/{folder}"
    assert page_address(uri, "") == f"/{folder}"
