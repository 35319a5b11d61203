"""Slips in what stands on a page: each is told with its line and what to write in its place, since the build would show it as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.site.loading import load
from made_up import AFTER, PAGE, THEMES, note, told

NBSP = "\u00a0"
LIST, ORDERED = "begins with '- '", "begins with '1. '"
TABLE = "write a table as lines of | a | b |"
BOX = 'write !!! note "Title"'


# What is pasted from a word processor, and lists and tables that would be one paragraph


@pytest.mark.parametrize(
    ("lines", "line", "right"),
    [
        ("• One\n• Two", 1, LIST),
        ("·\tOne", 1, LIST),
        (f"·{NBSP}{NBSP}One", 1, LIST),
        ("o\tOne", 1, LIST),
        ("▪ One", 1, LIST),
        ("§\tOne", 1, LIST),
        ("Words:\n• One", 2, LIST),
        ("> • One", 1, LIST),
        ("– One\n– Two", 1, LIST),
        ("-One\n-Two", 1, LIST),
        (f"-{NBSP}One", 1, "type an ordinary space"),
        (f"1.{NBSP}One", 1, "type an ordinary space"),
        (f"##{NBSP}A heading", 1, "type an ordinary space"),
        (f"{NBSP}{NBSP}- One", 1, "type ordinary spaces"),
        ("1) One\n2) Two", 1, ORDERED),
        ("1)\tOne", 1, ORDERED),
        ("a) One\nb) Two", 1, LIST),
        ("(i) One\n(ii) Two", 1, LIST),
        ("a. One\nb. Two", 1, LIST),
        ("Three things:\n- One\n- Two", 2, "put an empty line between"),
        ("Three things\n1. One\n2. Two", 2, "put an empty line between"),
        ("Three things:\n* One", 2, "put an empty line between"),
        ('!!! note "A"\n    Three things:\n    - One\n    - Two', 3, "put an empty line between"),
        ("> Three things:\n> - One\n> - Two", 2, "put an empty line between"),
        ("- One\n  - Within it\n- Two", 2, "four spaces further in"),
        ("A\tB\tC\n1\t2\t3", 1, TABLE),
        ("Words:\n| A | B |\n| --- | --- |\n| 1 | 2 |", 2, "put an empty line between"),
        ("| A | B |\n| 1 | 2 |", 1, TABLE),
        ("| A | B |\n| --- |\n| 1 | 2 |", 2, "write \\| for the sign itself"),
        ("| A | B |\n| --- | --- |\n| 1 | 2 | 3 |", 3, "write \\| for the sign itself"),
        ("| --- | --- |\n| 1 | 2 |", 1, TABLE),
    ],
)
def test_lists_and_tables_that_are_none_are_told(tmp_path: Path, lines: str, line: int, right: str) -> None:
    found = told(tmp_path, {"docs/index.md": f"{PAGE}{lines}\n"})
    assert found[0].startswith(f"docs/index.md:{AFTER + line}: ")
    assert any(right in message for message in found)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("<table><tr><td>One</td></tr></table>", TABLE),
        ("<h2>A heading</h2>", "write a heading as ## Words"),
        ("<o:p></o:p>", "take it out, or write &lt; for a less-than sign"),
        ('<font color="red">Words</font>', "take it out, or write &lt; for a less-than sign"),
        ("If a <b then it is so.", "write &lt; for a less-than sign"),
        ("<div>", "<div> is never closed; write </div> where it ends"),
        ("<b>Words", "<b> is never closed; write </b> where it ends"),
        ("<div><b>Words</div>", "<b> is never closed; write </b> where it ends"),
        ("Words</div>", "'</div>' closes nothing; take it out"),
    ],
)
def test_html_that_is_pasted_is_told_with_what_to_write(tmp_path: Path, line: str, right: str) -> None:
    found = told(tmp_path, {"docs/index.md": f"{PAGE}{line}\n"})
    assert found[0].startswith(f"docs/index.md:{AFTER + 1}: ")
    assert all(right in message for message in found)


# Signs of other Markdown


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        ("Words[^1].\n\nMore.\n\n[^1]: A note.", "put the words into the text"),
        ("Words^[A note].", "put the words into the text"),
        ("==Words==", "write **words**"),
        ("~~Words~~", "write only the words that hold"),
        ("x^2^", "<sup>2</sup>"),
        ("H~2~O", "<sub>2</sub>"),
        ('??? note "A"\n    Words.', BOX),
        ('???+ note "A"\n    Words.', BOX),
        ('!!! note: A "B" C\n    Words.', BOX),
        ('!!! note "A"\nWords.', BOX),
        ("> [!NOTE]\n> Words.", BOX),
        ('=== "A"\n\n    Words.', "take it out"),
        ("::: note\nWords.\n:::", "take it out"),
        ("/// note\nWords.\n///", "take it out"),
        ("*[ABC]: A big cat", "write <abbr title="),
        ("- [ ] One\n- [x] Two", "write a list without them"),
        ("Word\n:   Its meaning", "write '- **word**: meaning'"),
        ("See [[index]].", "write a link as [words](page.md)"),
        ("$$ x $$", "write formulas in words"),
        ("Well :smile: done.", "write what it means in words"),
        (":material-check: Done.", "write what it means in words"),
        ("See [there] (index.md).", "write [words](address)"),
        ("See (there)[index.md].", "write a link as [words](address)"),
        ("{ .x }", "take out the empty line above them"),
        ("Words here { .x }", "put them on a line of their own"),
        ("Words { .x } words", "put them on a line of their own"),
        ("- Two { .x }", "put them on a line of their own"),
        ("`code` { .x }", "the braces of '`code` { .x }' are shown as they stand; put them on a line of their own"),
        ("<!-- for editors -->{ .x }", "take out the empty line above them"),
    ],
)
def test_signs_of_other_markdown_are_told(tmp_path: Path, lines: str, right: str) -> None:
    found = told(tmp_path, {"docs/index.md": f"{PAGE}{lines}\n"})
    assert found[0].startswith(f"docs/index.md:{AFTER + 1}: ") or lines.startswith("Word\n")
    assert any(right in message for message in found)


@pytest.mark.parametrize(
    "text",
    [
        "- One\n- Two\n\n    More of two.\n\n    - Within it\n",
        "1. One\n2. Two\n",
        "  - One\n  - Two\n",
        "- One,\n  which goes on\n- Two\n",
        "-\tOne\n-\tTwo\n",
        "1.\tOne\n",
        "## A heading { #list }\n- One\n- Two\n",
        "<!-- for editors -->\n- One\n- Two\n",
        "Words\n<!-- for editors -->\n\n- One\n",
        "Words that go on in the next line\n- and a dash there - are no list.\n",
        "In the years up to\n2018. It was so.\n",
        "| A | B |\n| --- | --- |\n| 1 \\| 2 | `a | b` |\n| 3 |\n",
        "A | B\n--- | ---\n1 | 2\n",
        '!!! note "A title"\n\n    Words.\n\n    - One\n    - Two\n',
        '!!! note\n    Words.\n\n!!! editor-note inline "B"\n    Words.\n',
        "> Words\n> go on.\n>\n> - One\n",
        "Words.\n{ .x }\n\n- One\n- Two\n\n## A heading { #more .x }\n",
        "<div markdown>\n- One\n- Two\n</div>\n",
        f"A no-break space{NBSP}in words, 5{NBSP}km, is right.\n",
        "It is 10:30:45, a:b:c, a ratio of 1:2:3, and x = y == z.\n",
        "He said – and meant it – that a ~ b, 5 ^ 2, ~5 and ~6.\n",
        "Home • About • More.\n",
        "`==a==`, `~~b~~`, `[^1]`, `:smile:`, `{{ c }}`, `a\tb` are code.\n",
        "`Words`{ .x }\n\nSee `Words`{ .x } and `more`{ .y } here.\n",
        "```text\n• One\na\tb\n??? note\n```\n\n    • One\n    a\tb\n",
        "[Wales] (as it was) and (so) [Wales] stand.\n",
        "<!-- • One\na\tb\n~~c~~ -->\n",
        'See <https://example.org/a~b~c> and [there](https://example.org/?a==b==c "A title").\n',
        "---\n\n***\n\nWords.\n",
    ],
)
def test_what_is_read_as_it_is_meant_is_let_be(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"docs/index.md": PAGE + text}) == []


@pytest.mark.parametrize("words", ["• One", "A ~~B~~", "A[^1]", "==A==", "1) One"])
def test_texts_of_data_files_are_looked_at_as_well(tmp_path: Path, words: str) -> None:
    found = told(tmp_path, {"data/themes.yml": THEMES.replace("What grows needs soil.", f"'{words}'")})
    assert [message.partition(": ")[0] for message in found] == ["data/themes.yml:1"]
    assert "'summary': " in found[0]
    found = told(tmp_path, {"data/themes.yml": THEMES, "data/editorial.yml": note(note=f"'{words}'")})
    assert [message.partition(": ")[0] for message in found] == ["data/editorial.yml:1"]


# Links, pictures and ids

OTHER = PAGE.replace("Home", "Other").replace("[@good2020]", "only")
FILES = {
    "docs/review/other.md": OTHER + "## A part { #part }\n\nWords.\n",
    "docs/assets/pic.png": "x",
    "docs/assets/a.pdf": "x",
}


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("![A panel](assets/nowhere.png)", "there is no file 'assets/nowhere.png' in docs/"),
        ("![A panel](assets/pci.png)", "did you mean 'assets/pic.png'?"),
        ("![A panel](assets/Pic.png)", "did you mean 'assets/pic.png'?"),
        ("![A panel](../assets/pic.png)", "there is no file '../assets/pic.png'"),
        ("![](assets/pic.png)", "write ![what it shows](assets/pic.png)"),
        ("![ ](assets/pic.png)", "write ![what it shows](assets/pic.png)"),
        ("![A panel](assets/my pic.png)", "rename its file, as in 'assets/my-pic.png'"),
        ("[words](<review/other.md>)", "write the address without < and >"),
        ("![A panel](https://example.org/pic.png)", "put its file into docs/assets/"),
        ("![A panel][pic]\n\n[pic]: assets/nowhere.png", "there is no file 'assets/nowhere.png' in docs/"),
        ("![A panel](/assets/pic.png)", "write the way from this page, as in 'assets/pic.png'"),
        ("[](review/other.md)", "write [words](review/other.md)"),
        ("[words]()", "leads nowhere"),
        ("[words](review/othr.md)", "did you mean 'review/other.md'?"),
        ("[words](assets/b.pdf)", "there is no file 'assets/b.pdf' in docs/"),
        ("[words](review/other)", "write the name of the page's file, 'review/other.md'"),
        ("[words](review/other/)", "write the name of the page's file, 'review/other.md'"),
        ("[words](review/other.html)", "write the name of the page's file, 'review/other.md'"),
        ("[words](themes/)", "write the name of the page's file, 'themes/index.md'"),
        ("[words](/review/other.md)", "write the way from this page, as in 'review/other.md'"),
        ("[words](references/good2020.bib)", "there is no file 'references/good2020.bib' in docs/"),
        ("[words][a]\n\n[a]: review/othr.md", "did you mean 'review/other.md'?"),
        ('[words](index.md "A title)', "there is no file"),
        ("[words](index.md (A title))", "there is no file"),
        ("[words](#)", "leads nowhere"),
        ("[words](https:example.org)", "write it as https://www.example.org/page"),
        ("[words](a@example.org)", "write mailto:a@example.org"),
        ("[words](www.example.org)", "write https://www.example.org"),
        ("[words][nowhere]", "or a line [nowhere]: address"),
        ("![A panel](review/other.md)", "is no picture that browsers show"),
        ("![A panel](assets/pic.png =100x20)", "write { width=100 } right behind its brackets"),
        ("[words](#%68ome)", "nothing on 'index.md' has the id '%68ome'"),
        ("[words](#nowhere)", "nothing on 'index.md' has the id 'nowhere'"),
        ("[words](review/other.md#prat)", "nothing on 'review/other.md' has the id 'prat'; did you mean 'part'?"),
        ("[words](themes/soil.md#nowhere)", "nothing on 'themes/soil.md' has the id 'nowhere'"),
        ("[words](themes/index.md#nowhere)", "nothing on 'themes/index.md' has the id 'nowhere'"),
        ("[words](references/index.md#ref-nobody)", "nothing on 'references/index.md' has the id 'ref-nobody'"),
        ('<span id="a"></span> Words.\n\n## A { #a }', "is used a second time on this page; the first is at line"),
        ("## A { #a }\n\nWords.\n{ #a }", "is used a second time on this page; the first is at line"),
        ('<i id="a">One</i>\n<b id="a">two</b>', "is used a second time on this page; the first is at line"),
        ("## A { #a }\n\n## B { #a }", "is used a second time on this page; the first is at line"),
        ('<span id="home"></span>', "is also that of the heading in line 6"),
        ("## A { #__search }", "is kept for generated parts of a page"),
        ("## A { #a.b }", "holds a full stop"),
        ("## { #a }", "this heading has no words"),
        ("##", "has no words"),
        ('<span id="ref-good2020"></span>', "is kept for generated parts of a page"),
    ],
)
def test_a_link_picture_or_id_that_cannot_be_is_told(tmp_path: Path, line: str, right: str) -> None:
    found = told(tmp_path, {**FILES, "docs/index.md": f"{PAGE}{line}\n"})
    assert len(found) == 1
    assert right in found[0]
    assert found[0].startswith("docs/index.md:1")


@pytest.mark.parametrize(
    "line",
    [
        '![A panel](assets/pic.png) and ![another](assets/pic.png "A title"){ width=40 }',
        "[![A panel](assets/pic.png)](review/other.md)",
        "[words](assets/a.pdf) and [more](review/other.md#part) and [here](#home)",
        "[the list](#references), [a place](#cite-good2020-1) and [an entry](#ref-good2020)",
        "[a theme](themes/soil.md#review), [all](themes/index.md#review), [a work](references/good2020.md#cited)",
        "[works](references/index.md#good2020) and [as a file](references/bibliography.bib)",
        "[words][a], [a], [b][]\n\n[a]: review/other.md\n[b]: https://example.org",
        "[words](https://example.org/x), [mail](mailto:a@example.org) and <https://example.org/#x>",
        "<!-- [words](nowhere.md) ![](x.png) -->`[words](nowhere.md)`",
        "[words [in brackets]](review/other.md) and \\[no link](nowhere.md)",
        "## A { #a }\n\nSee [above](#a) and [there](review/other.md).\n{ #b }\n\nAnd [so](#b).",
        "[words](review/other.md?x=1#part)",
    ],
)
def test_links_and_pictures_that_lead_somewhere_are_let_be(tmp_path: Path, line: str) -> None:
    assert told(tmp_path, {**FILES, "docs/index.md": f"{PAGE}{line}\n"}) == []


def test_data_links_to_other_websites_only(tmp_path: Path) -> None:
    """What it says stands on pages in several folders, from each of which the way is another."""
    for address, number in (("https://example.org", 0), ("index.md", 1), ("#home", 1)):
        text = note(note=f"'Words [there]({address}).'")
        assert len(told(tmp_path, {"data/editorial.yml": text})) == number
    text = note(note="'Words ![a picture](assets/pic.png).'")
    assert places_of(told(tmp_path, {**FILES, "data/editorial.yml": text})) == ["data/editorial.yml:1"]


def places_of(messages: list[str]) -> list[str]:
    return [message.partition(": ")[0] for message in messages]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("page.markdown", "rename it to 'page.md'"),
        ("page.MD", "rename it to 'page.md'"),
        ("index.html", "is the address of what is generated or built"),
        ("themes/soil/index.html", "is the address of what is generated or built"),
        ("references/good2020.bib", "is the address of what is generated or built"),
        ("index-references.ris", "is the address of what is generated or built"),
        ("references/bibliography.csv", "is the address of what is generated or built"),
    ],
)
def test_a_file_at_the_address_of_another_is_told(tmp_path: Path, name: str, right: str) -> None:
    found = told(tmp_path, {f"docs/{name}": "x"})
    assert len(found) == 1
    assert found[0].startswith(f"docs/{name}:1: ")
    assert right in found[0]


def test_a_home_page_is_asked_for(tmp_path: Path) -> None:
    told(tmp_path, {"docs/other.md": PAGE})
    (tmp_path / "docs/index.md").unlink()
    assert "docs:1: there is no home page; add a file index.md to this folder" in told_of(tmp_path)


def told_of(root: Path) -> list[str]:
    return [str(problem) for problem in load(root).problems]


# What pages are called

OTHER = "---\ntitle: {}\ndescription: {}\n---\n\n# {}\n"


@pytest.mark.parametrize(
    ("title", "description", "line", "right"),
    [
        ("home", "Another.", 2, "title 'home' is also that of 'index.md' (docs/index.md:2); choose another"),
        ("Soil (theme)", "Another.", 2, "is also that of 'themes/soil.md' (data/themes.yml:1); choose another"),
        ("Evidence map", "Another.", 2, "is also that of 'evidence-map/index.md' (data/themes.yml:1); choose another"),
        ("Other", "a page with nothing wrong.", 3, "is also that of 'index.md' (docs/index.md:3); choose another"),
    ],
)
def test_a_title_or_description_that_another_page_has_is_told(
    tmp_path: Path, title: str, description: str, line: int, right: str
) -> None:
    [found] = told(tmp_path, {"docs/other.md": OTHER.format(title, description, title)})
    assert found.startswith(f"docs/other.md:{line}: {'title' if line == 2 else 'description'} ")
    assert found.endswith(right)


def test_papers_made_from_one_record_are_told_apart(tmp_path: Path) -> None:
    packs = "packs:\n  - {id: t, each: theme, title: Paper, purpose: A sheet., sizes: [standard], parts: [{page: index.md}]}\n"
    themes = THEMES + THEMES.replace("soil", "sun").replace("Soil", "Sun")
    found = told(tmp_path, {"data/packs.yml": packs, "data/themes.yml": themes})
    for name in ("title", "purpose"):
        assert f"data/packs.yml:2: each paper made from this has the same {name}; put {{title}} into it" in found


def test_a_page_is_called_the_same_in_its_title_and_its_heading(tmp_path: Path) -> None:
    files = {"docs/other.md": OTHER.format("Other", "Another.", "Something else")}
    assert told(tmp_path, files) == [
        "docs/other.md:6: the first heading is 'Something else', the title 'Other'; use one"
    ]
    assert told(tmp_path / "home", {"docs/index.md": PAGE.replace("title: Home", "title: The whole site")}) == []
