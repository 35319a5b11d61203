"""Works in other languages and scripts: how they are named, listed, searched for and cited, and what programs are told of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.metadata import context_object, linked_data, reference_meta
from evidence.output import blocks
from evidence.references import labels
from evidence.search import Section, entries, search_files, sections
from evidence.site.site import Site
from evidence_mkdocs.search import work_page
from made_up import AFTER, PAGE, review, told

RLI, PDI = "\u2067", "\u2069"
BIB = """\
@article{cohen2018,
  author = {כהן, דוד}, title = {שלום: COVID עולם}, journal = {כתב עת}, volume = {12}, number = {3}, pages = {5--9},
  year = {2018}, access = {free}, listing = {printed}, langid = {hebrew},
}
@book{three2019,
  author = {علي, محمد and Smith, Jo and לוי, דן}, title = {كتاب السلام}, publisher = {دار}, year = {2019}, access = {free},
  listing = {printed}, language = {ar},
}
@book{evans2013,
  author = {Evans, Non}, title = {Cyd-gynhyrchu: canllaw i bawb}, publisher = {Polder}, year = {2013}, access = {free},
  listing = {printed}, langid = {welsh},
}
@book{sato2020,
  author = {佐藤, 花子}, title = {世界のパネル}, publisher = {岩波書店}, year = {2020}, access = {free}, listing = {printed},
  language = {japanese},
}
@article{pine2009,
  author = {Pine, Ivy}, title = {CO$_2$ at 10$^{th}$ street with x$^2$}, journal = {Air}, volume = {1}, pages = {5}, year = {2009},
  access = {free}, listing = {printed},
}
@legislation{act2015,
  title = {Deddf Gofal}, number = {dccc 4}, year = {2015}, access = {free}, listing = {printed}, langid = {welsh},
}
"""
CITED = "See [@cohen2018, p. 7; see @three2019; @evans2013; @sato2020; @pine2009; @act2015] and כהן [-@cohen2018].\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("languages")
    made = review(root, {"bibliography.bib": BIB, "docs/index.md": PAGE.replace("[@good2020]", CITED.strip())})
    assert made.problems == ()
    return made


def page_of(site: Site, key: str) -> blocks.Output:
    return next(page for page in site.reference_pages() if page.uri == f"references/{key}.md")


def html_of(site: Site, key: str) -> str:
    return blocks.to_html(page_of(site, key).tail, lambda uri: uri)


def test_a_name_that_runs_from_right_to_left_is_set_apart_wherever_it_is_cited(site: Site) -> None:
    known = labels(site.review)
    assert str(known["cohen2018"]) == f"{RLI}כהן{PDI}, 2018"
    assert str(known["three2019"]) == f"{RLI}علي{PDI}, Smith and {RLI}לוי{PDI}, 2019"
    assert (str(known["evans2013"]), str(known["sato2020"])) == ("Evans, 2013", "佐藤, 2020")
    text = site.resolved("index.md").markdown()
    assert '[<bdi dir="rtl">כהן</bdi>, 2018, p. 7](#ref-cohen2018)' in text
    assert f'[2018](#ref-cohen2018){{ #cite-cohen2018-2 .citation aria-label="{RLI}כהן{PDI}, 2018" }}' in text
    assert 'About this source: <bdi dir="rtl">כהן</bdi>, 2018]' in text
    # A name that stands in the sentence itself does not pull the year along.
    assert "כהן \u200e([2018](#ref-cohen2018)" in text
    assert "כהן \u200e(2018)." in blocks.plain_words(
        run
        for block in page_of(site, "cohen2018").tail
        if isinstance(block, blocks.Items)
        for i in block.items
        for run in i.runs
    )


def test_the_page_of_a_work_sets_its_title_apart(site: Site) -> None:
    page, html = page_of(site, "cohen2018"), html_of(site, "cohen2018")
    assert page.title == f"{RLI}כהן{PDI}, 2018: {RLI}שלום: COVID עולם{PDI}"
    assert '<h1 id="source"><bdi dir="rtl">כהן</bdi>, 2018</h1>' in html
    assert re.search(r'>Authors</th><td[^>]*><bdi dir="rtl">דוד כהן</bdi></td>', html)
    assert re.search(r'>Title</th><td[^>]*><bdi lang="he" dir="rtl">שלום: COVID עולם</bdi></td>', html)
    assert re.search(r'>Journal</th><td[^>]*><bdi lang="he" dir="rtl">כתב עת</bdi></td>', html)
    assert RLI not in re.sub(r'="[^"]*"', "", html)  # elements on the page, signs in attributes alone


def test_a_work_in_full_says_its_language_on_its_page_in_lists_and_in_what_is_copied(site: Site) -> None:
    html = html_of(site, "evans2013")
    assert (
        html.count('<bdi lang="cy">Cyd-gynhyrchu: canllaw i bawb</bdi>') == 5
    )  # in full, to copy in three styles, details
    assert '<bdi lang="ja">世界のパネル</bdi>' in html_of(site, "sato2020")
    index = next(output for output in site.other_outputs() if output.uri == "references/index.md")
    listed = blocks.to_html(index.tail, lambda uri: uri)
    for lang in ("ar", "cy", "he", "ja"):
        assert f'<cite><bdi lang="{lang}"' in listed, lang
    tail = blocks.to_html(site.resolved("index.md").tail, lambda uri: uri)
    assert '<cite><bdi lang="cy">Cyd-gynhyrchu: canllaw i bawb</bdi></cite>' in tail
    assert html_of(site, "act2015").startswith('<h1 id="source" lang="cy">Deddf Gofal, 2015</h1>')


def test_raised_figures_are_shown_as_such(site: Site) -> None:
    html = html_of(site, "pine2009")
    assert "‘CO<sub>2</sub> at 10<sup>th</sup> street with x<sup>2</sup>’" in html
    assert re.search(r">Title</th><td[^>]*>CO<sub>2</sub> at 10<sup>th</sup> street with x<sup>2</sup></td>", html)
    assert re.search(r'<p class="cite-text">Pine, I. \(2009\) ‘CO₂ at 10th street with x²’', html)
    assert page_of(site, "pine2009").title == "Pine, 2009: CO2 at 10th street with x2"


def test_programs_are_told_the_language(site: Site) -> None:
    files = dict(site.reference_files.small_files())
    for key, tag, name in (("evans2013", "cy", "welsh"), ("cohen2018", "he", "hebrew"), ("sato2020", "ja", "japanese")):
        assert f'"language": "{tag}"' in files[f"references/{key}.json"].decode()
        assert f"LA  - {tag}\r\n" in files[f"references/{key}.ris"].decode()
        bib = files[f"references/{key}.bib"].decode()
        assert f"langid = {{{name}}}" in bib and f"language = {{{tag}}}" in bib
        reference = site.review.references[key]
        assert linked_data.work_node(reference)["inLanguage"] == tag
        assert f"rft.language={tag}" in context_object(reference)
        assert f'<meta name="dc:language" content="{tag}">' in reference_meta(reference, ())
    assert "anguage" not in files["references/pine2009.json"].decode()


def test_search_finds_a_word_that_is_set_apart_and_one_with_a_lowered_figure(site: Site) -> None:
    found = work_page(page_of(site, "cohen2018"), "references/cohen2018/")
    assert RLI in found.title and RLI not in found.sections[0].text
    [entry] = entries([found], [])
    files = search_files([entry])
    assert '["שלום"' in "".join(files[name].decode() for name in files if "words/" in name)
    assert sections("<p>x<sup>2</sup> and CO<sub>2</sub></p>") == [Section("", "", "x2 and CO2")]


def test_files_and_metadata_hold_the_words_alone(site: Site) -> None:
    files = dict(site.reference_files.small_files()) | {
        output.uri: output.content for output in site.other_outputs() if isinstance(output.content, bytes)
    }
    assert any("cohen2018.ris" in uri for uri in files)
    for uri, content in files.items():
        assert not re.search("[\u2066-\u2069]", content.decode("utf-8", "replace")), uri
    coins = re.findall(r'class="Z3988" title="([^"]*)"', "".join(blocks.to_html(o.tail, str) for o in site.outputs()))
    assert len(coins) == 6 and not any("%E2%81%A7" in work for work in coins)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('A <span lang="welsh!">gair</span>.', "lang 'welsh!' is no code of a language"),
        ("A <em lang=Cymraeg>gair</em>.", "lang 'Cymraeg' is no code of a language"),
        ('A *gair*{ lang="cy_GB" }.', "lang 'cy_GB' is no code of a language"),
        ('<p dir="left">gair</p>', "dir 'left' is no direction"),
        ("A *gair*{dir=right}.", "dir 'right' is no direction"),
    ],
)
def test_a_language_or_direction_that_nobody_knows_is_told(line: str, wrong: str, tmp_path: Path) -> None:
    (problem,) = told(tmp_path, {"docs/index.md": f"{PAGE}{line}\n"})
    assert problem.startswith(f"docs/index.md:{AFTER + 1}: {wrong}; write ")


def test_marks_of_a_language_in_data_are_told_where_they_have_a_slip(tmp_path: Path) -> None:
    """In plain text and in Markdown alike; other HTML stays out of both."""
    theme = "- {id: %s, title: '%s', origin: review, summary: '%s'}\n"
    lines = [
        ("soil", '<span lang="cy">Dŵr</span> and <span lang="ga">uisce</span>', 'On <span lang="cy">*dŵr*</span>.'),
        ("b", '<span lang="wel">Dŵr</span>', "b"),
        ("c", "<span lang=cy>Dŵr</span>", "c"),
        ("d", "d", '<span lang="welsh">dŵr</span>'),
        ("e", "e", '<span lang="cy">dŵr'),
        ("f", "f", '<span lang="cy"><script>dŵr</script></span>'),
        ("g", "1 < 2 & <b>", "g"),
    ]
    found = told(tmp_path, {"data/themes.yml": "".join(theme % line for line in lines)})
    write = 'write <span lang="cy">words</span> around words in another language'
    assert [line for line in found if "themes.yml" in line] == [
        "data/themes.yml:2: 'title': 'wel' is no code of a language; write cy",
        f"data/themes.yml:3: 'title': holds '<span lang=cy>'; {write}",
        "data/themes.yml:4: 'summary': 'welsh' is no code of a language; write cy",
        f"data/themes.yml:5: 'summary': holds '<span lang=\"cy\">'; {write}",
        f"data/themes.yml:6: 'summary': holds '<span lang=\"cy\">'; {write}",
    ]


@pytest.mark.parametrize(
    "line",
    [
        '<span lang="cy">cyd-gynhyrchu</span> <q lang="en-GB">a</q> <bdi dir="rtl" lang=he>b</bdi>',
        "A *gair*{ lang=cy } and <sub>2</sub>.",
        'A paragraph.\n{ lang="zh-Hant-TW" dir="AUTO" }',
        "`<span lang=welsh!>`",
    ],
)
def test_words_in_another_language_may_say_so(line: str, tmp_path: Path) -> None:
    assert told(tmp_path, {"docs/index.md": f"{PAGE}{line}\n"}) == []
