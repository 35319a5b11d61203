"""Works in the shapes that real libraries hold, as each style has them: from items of CSL, whatever they were read from."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from evidence.model.base import Reference
from evidence.references import STYLES, format_works
from evidence.references.kinds import WORK_KINDS
from evidence.references.styles import style_file

Item = dict[str, Any]
POLDER = {"publisher": "Polder", "publisher-place": "Delft"}
AIR = {"container-title": "Air", "volume": "9", "page": "1-2"}


def person(family: str, given: str = "", **more: str) -> dict[str, str]:
    return {"family": family, **({"given": given} if given else {}), **more}


def dated(*parts: int, **more: Any) -> Item:
    return {"date-parts": [list(parts)], **more}


def article(title: str, *author: dict[str, str], **more: Any) -> Item:
    return (
        {
            "type": "article-journal",
            "title": title,
            "author": list(author or [person("Elm", "E.")]),
            "issued": dated(2018),
        }
        | AIR
        | more
    )


def book(title: str, *author: dict[str, str], **more: Any) -> Item:
    return (
        {"type": "book", "title": title, "author": list(author or [person("Elm", "E.")]), "issued": dated(2013)}
        | POLDER
        | more
    )


def page(title: str, issued: Item, **more: Any) -> Item:
    return {
        "type": "webpage",
        "title": title,
        "author": [person("Reed", "A.")],
        "issued": issued,
        "URL": "https://a.example",
    } | more


# Each with what Harvard, APA and Vancouver make of it.
CASES: dict[str, tuple[Item, str, str, str]] = {
    "day of a web page, and the day on which it was read": (
        page("How we listen", dated(2024, 3, 5), accessed=dated(2024, 4, 12)),
        "Reed, A. (2024) <i>How we listen</i>. Available at: https://a.example (Accessed: 12 April 2024).",
        "Reed, A. (2024, March 5). <i>How we listen</i>. https://a.example",
        "Reed A. How we listen [Internet]. 2024 [cited 2024 Apr 12]. Available from: https://a.example",
    ),
    "month of a web page": (
        page("Month", dated(2020, 5)),
        "Reed, A. (2020) <i>Month</i>. Available at: https://a.example.",
        "Reed, A. (2020, May). <i>Month</i>. https://a.example",
        "Reed A. Month [Internet]. 2020. Available from: https://a.example",
    ),
    "season": (
        page("Season", dated(2020, season=1)),
        "Reed, A. (2020) <i>Season</i>. Available at: https://a.example.",
        "Reed, A. (2020, Spring). <i>Season</i>. https://a.example",
        "Reed A. Season [Internet]. 2020. Available from: https://a.example",
    ),
    "article that came out on a day, in no volume": (
        {
            "type": "article-journal",
            "title": "Council changes its mind",
            "author": [person("Sorrel", "Bea")],
            "container-title": "The Daily Hedge",
            "issued": dated(2023, 5, 12),
            "accessed": dated(2023, 6, 1),
            "URL": "https://hedge.example/news",
        },
        "Sorrel, B. (2023) ‘Council changes its mind’, <i>The Daily Hedge</i>, 12 May. "
        "Available at: https://hedge.example/news (Accessed: 1 June 2023).",
        "Sorrel, B. (2023, May 12). Council changes its mind. <i>The Daily Hedge</i>. https://hedge.example/news",
        "Sorrel B. Council changes its mind. The Daily Hedge [Internet]. 2023 May 12 [cited 2023 Jun 1]. "
        "Available from: https://hedge.example/news",
    ),
    "undated, read on a day": (
        {
            "type": "webpage",
            "title": "About",
            "author": [{"literal": "Hedge Office"}],
            "URL": "https://a.example",
            "accessed": dated(2024, 4, 12),
        },
        "Hedge Office (n.d.) <i>About</i>. Available at: https://a.example (Accessed: 12 April 2024).",
        "Hedge Office. (n.d.). <i>About</i>. Retrieved April 12, 2024, from https://a.example",
        "Hedge Office. About [Internet]. [date unknown] [cited 2024 Apr 12]. Available from: https://a.example",
    ),
    "in press": (
        article("Trust", issued={"literal": "in press"}),
        "Elm, E. (in press) ‘Trust’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (in press). Trust. <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. Trust. Air. in press;9:1–2.",
    ),
    "web page to come": (
        page("Forth", {"literal": "forthcoming"}),
        "Reed, A. (forthcoming) <i>Forth</i>. Available at: https://a.example.",
        "Reed, A. (forthcoming). <i>Forth</i>. https://a.example",
        "Reed A. Forth [Internet]. forthcoming. Available from: https://a.example",
    ),
    "about that year": (
        book("Old", issued=dated(1890, circa=True)),
        "Elm, E. (c. 1890) <i>Old</i>. Delft: Polder.",
        "Elm, E. (ca. 1890). <i>Old</i>. Polder.",
        "Elm E. Old. Delft: Polder; [1890?].",
    ),
    "about two years": (
        article("Two years", issued={"date-parts": [[2019], [2020]], "circa": True}),
        "Elm, E. (c. 2019–2020) ‘Two years’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (ca. 2019–2020). Two years. <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. Two years. Air. [2019–2020?];9:1–2.",
    ),
    "months of one year": (
        page("Months", {"date-parts": [[2019, 1], [2019, 3]]}),
        "Reed, A. (2019) <i>Months</i>. Available at: https://a.example.",
        "Reed, A. (2019, January–March). <i>Months</i>. https://a.example",
        "Reed A. Months [Internet]. 2019. Available from: https://a.example",
    ),
    "two years": (
        article("Two years", issued={"date-parts": [[2019], [2020]]}),
        "Elm, E. (2019–2020) ‘Two years’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (2019–2020). Two years. <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. Two years. Air. 2019–2020;9:1–2.",
    ),
    "before Christ": (
        book("Laws", issued=dated(-380)),
        "Elm, E. (380 BC) <i>Laws</i>. Delft: Polder.",
        "Elm, E. (380 B.C.E.). <i>Laws</i>. Polder.",
        "Elm E. Laws. Delft: Polder; 380 BC.",
    ),
    "translated": (
        book(
            "The care commune",
            person("Hansen", "Odd"),
            translator=[person("Miller", "Jo")],
            **{"original-date": dated(1998)},
        ),
        "Hansen, O. (2013) <i>The care commune</i>. Translated by J. Miller. Delft: Polder.",
        "Hansen, O. (2013). <i>The care commune</i> (J. Miller, Trans.). Polder. (Original work published 1998)",
        "Hansen O. The care commune. Delft: Polder; 2013.",
    ),
    "volume and series": (
        book("Big work", edition="1", volume="2", **{"collection-title": "Series of Works", "collection-number": "7"}),
        "Elm, E. (2013) <i>Big work</i>. 1st edn. Delft: Polder (Series of Works, 7).",
        "Elm, E. (2013). <i>Big work</i> (1st ed., Vol. 2). Polder.",
        "Elm E. Big work. 1st ed. Vol. 2. Delft: Polder; 2013. (Series of Works; no. 7).",
    ),
    "hyphens and small words in given names": (
        article(
            "Halves",
            person("Kim", "Min-ji"),
            person("Hassan", "Abd al-Rahman", **{"non-dropping-particle": "al-"}),
            person("Smith", "J.-P."),
        ),
        "Kim, M.-J., al-Hassan, A. al-R. and Smith, J.-P. (2018) ‘Halves’, <i>Air</i>, 9, pp. 1–2.",
        "Kim, M.-J., al-Hassan, A. al-R., &amp; Smith, J.-P. (2018). Halves. <i>Air</i>, <i>9</i>, 1–2.",
        "Kim MJ, al-Hassan A al R, Smith JP. Halves. Air. 2018;9:1–2.",
    ),
    "particles and a suffix": (
        article(
            "Mixed",
            person("Oliveira", "João da", **{"non-dropping-particle": "de"}),
            person("King", "Martin", suffix="Jr"),
        ),
        "de Oliveira, J. da and King, M., Jr (2018) ‘Mixed’, <i>Air</i>, 9, pp. 1–2.",
        "de Oliveira, J. da, &amp; King, M., Jr. (2018). Mixed. <i>Air</i>, <i>9</i>, 1–2.",
        "de Oliveira J da, King M Jr. Mixed. Air. 2018;9:1–2.",
    ),
    "quotation marks within": (
        article("The ‘social’ in social care"),
        "Elm, E. (2018) ‘The “social” in social care’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (2018). The “social” in social care. <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. The “social” in social care. Air. 2018;9:1–2.",
    ),
    "apostrophes beside quotation marks": (
        article("The people’s panels: 'users' and “carers”"),
        "Elm, E. (2018) ‘The people’s panels: “users” and “carers”’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (2018). The people’s panels: “users” and “carers.” <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. The people’s panels: “users” and “carers.” Air. 2018;9:1–2.",
    ),
    "a question in quotation marks at the end": (
        article("Who says “we care?”"),
        "Elm, E. (2018) ‘Who says “we care?”’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (2018). Who says “we care?” <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. Who says “we care?” Air. 2018;9:1–2.",
    ),
    "a book that ends so": (
        book("Who says “we care?”"),
        "Elm, E. (2013) <i>Who says ‘we care?’</i> Delft: Polder.",
        "Elm, E. (2013). <i>Who says “we care?”</i> Polder.",
        "Elm E. Who says “we care?” Delft: Polder; 2013.",
    ),
    "full stops of abbreviations": (
        book("Panels for the U.S.", {"literal": "Acme Ltd."}),
        "Acme Ltd. (2013) <i>Panels for the U.S.</i> Delft: Polder.",
        "Acme Ltd. (2013). <i>Panels for the U.S.</i> Polder.",
        "Acme Ltd. Panels for the U.S. Delft: Polder; 2013.",
    ),
    "three full stops": (
        book("And then..."),
        "Elm, E. (2013) <i>And then...</i> Delft: Polder.",
        "Elm, E. (2013). <i>And then...</i> Polder.",
        "Elm E. And then... Delft: Polder; 2013.",
    ),
    "raised and lowered figures, italics": (
        article("<i>E. coli</i> and CO<sub>2</sub> at <b>10<sup>th</sup></b> street & more"),
        "Elm, E. (2018) ‘<i>E. coli</i> and CO<sub>2</sub> at 10<sup>th</sup> street &amp; more’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (2018). <i>E. coli</i> and CO<sub>2</sub> at 10<sup>th</sup> street &amp; more. <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. <i>E. coli</i> and CO<sub>2</sub> at 10<sup>th</sup> street &amp; more. Air. 2018;9:1–2.",
    ),
    "italics in a title that is italic": (
        book("Care and <i>E. coli</i> at home"),
        "Elm, E. (2013) <i>Care and E. coli at home</i>. Delft: Polder.",
        "Elm, E. (2013). <i>Care and E. coli at home</i>. Polder.",
        "Elm E. Care and <i>E. coli</i> at home. Delft: Polder; 2013.",
    ),
    "article without author": (
        {"type": "article-journal", "title": "Ten things we heard", "issued": dated(2003)} | AIR,
        "<i>Air</i> (2003) ‘Ten things we heard’, 9, pp. 1–2.",
        "Ten things we heard. (2003). <i>Air</i>, <i>9</i>, 1–2.",
        "Ten things we heard. Air. 2003;9:1–2.",
    ),
    "book without author": (
        {"type": "book", "title": "The handbook of panels", "publisher": "Polder", "issued": dated(2003)},
        "<i>The handbook of panels</i> (2003). Polder.",
        "<i>The handbook of panels</i>. (2003). Polder.",
        "The handbook of panels. Polder; 2003.",
    ),
    "leaflet without author": (
        {"type": "document", "title": "A leaflet", "issued": dated(2003)},
        "‘A leaflet’ (2003).",
        "<i>A leaflet</i>. (2003).",
        "A leaflet. 2003.",
    ),
    "Anonymous": (
        article("Editorial", person("Anonymous")),
        "Anonymous (2018) ‘Editorial’, <i>Air</i>, 9, pp. 1–2.",
        "Anonymous. (2018). Editorial. <i>Air</i>, <i>9</i>, 1–2.",
        "Anonymous. Editorial. Air. 2018;9:1–2.",
    ),
    "number of an article, and those of PubMed": (
        article(
            "Numbers", issued=dated(2018, 6, 5), number="e14053", page="e14053", DOI="10.1234/n", PMID="1", PMCID="PMC2"
        ),
        "Elm, E. (2018) ‘Numbers’, <i>Air</i>, 9, article e14053. Available at: https://doi.org/10.1234/n.",
        "Elm, E. (2018). Numbers. <i>Air</i>, <i>9</i>, Article e14053. https://doi.org/10.1234/n",
        "Elm E. Numbers. Air. 2018 Jun 5;9:e14053. doi:10.1234/n PubMed PMID: 1; PubMed Central PMCID: PMC2.",
    ),
    "law that was read on a day": (
        {
            "type": "legislation",
            "title": "Hedges Act 2011",
            "number": "2011 c. 7",
            "issued": dated(2011),
            "URL": "https://law.example/7",
            "accessed": dated(2024, 4, 12),
        },
        "<i>Hedges Act 2011</i>, c. 7. Available at: https://law.example/7 (Accessed: 12 April 2024).",
        "Hedges Act 2011, c. 7. https://law.example/7",
        "Hedges Act 2011, c. 7. Available from: https://law.example/7",
    ),
    "report that its authors share with their publisher": (
        {
            "type": "report",
            "title": "Shared",
            "author": [{"literal": "Hedge Office"}, person("Elm", "E.")],
            "publisher": "Hedge Office",
            "issued": dated(2011),
        },
        "Hedge Office and Elm, E. (2011) <i>Shared</i>. Hedge Office.",
        "Hedge Office, &amp; Elm, E. (2011). <i>Shared</i>. Hedge Office.",
        "Hedge Office, Elm E. Shared. Hedge Office; 2011.",
    ),
    "talk that stands in no proceedings": (
        {
            "type": "paper-conference",
            "title": "A talk",
            "author": [person("Smith", "Jean‐Paul")],
            "issued": dated(2019, 5, 4),
            "event": "Conf X",
        },
        "Smith, J.-P. (2019) ‘A talk’. <i>Conf X</i>.",
        "Smith, J.-P. (2019, May 4). <i>A talk</i>. Conf X.",
        "Smith JP. A talk. 2019.",
    ),
    "editors who translated it": (
        book("Essays", editor=[person("Birch", "C.")], translator=[person("Birch", "C.")]),
        "Elm, E. (2013) <i>Essays</i>. Edited and translated by C. Birch. Delft: Polder.",
        "Elm, E. (2013). <i>Essays</i> (C. Birch, Ed. &amp; Trans.). Polder.",
        "Elm E. Essays. Birch C, editor. Delft: Polder; 2013.",
    ),
    "Hebrew": (
        article("שלום עולם?", person("כהן", "דוד"), language="he", **{"container-title": "כתב עת"}),
        '<bdi lang="he">כהן, דוד</bdi> (2018) ‘<bdi lang="he">שלום עולם?</bdi>’, <i><bdi lang="he">כתב עת</bdi></i>, 9, pp. 1–2.',
        '<bdi lang="he">כהן, דוד</bdi>. (2018). <bdi lang="he">שלום עולם?</bdi> <i><bdi lang="he">כתב עת</bdi></i>, <i>9</i>, 1–2.',
        '<bdi lang="he">כהן דוד</bdi>. <bdi lang="he">שלום עולם?</bdi> <bdi lang="he">כתב עת</bdi>. 2018;9:1–2.',
    ),
    "Chinese, of a language that is not said": (
        book("北京之道", person("王", "小明"), publisher="出版社"),
        "<bdi>王小明</bdi> (2013) <i><bdi>北京之道</bdi></i>. Delft: <bdi>出版社</bdi>.",
        "<bdi>王小明</bdi>. (2013). <i><bdi>北京之道</bdi></i>. <bdi>出版社</bdi>.",
        "<bdi>王小明</bdi>. <bdi>北京之道</bdi>. Delft: <bdi>出版社</bdi>; 2013.",
    ),
    "Welsh": (
        book("Cyd-gynhyrchu: canllaw i bawb", person("Evans", "Non"), language="cy"),
        'Evans, N. (2013) <i><bdi lang="cy">Cyd-gynhyrchu: canllaw i bawb</bdi></i>. Delft: Polder.',
        'Evans, N. (2013). <i><bdi lang="cy">Cyd-gynhyrchu: canllaw i bawb</bdi></i>. Polder.',
        'Evans N. <bdi lang="cy">Cyd-gynhyrchu: canllaw i bawb</bdi>. Delft: Polder; 2013.',
    ),
    "one Greek letter in English": (
        book("On α-waves", language="en-GB"),
        "Elm, E. (2013) <i>On α-waves</i>. Delft: Polder.",
        "Elm, E. (2013). <i>On α-waves</i>. Polder.",
        "Elm E. On α-waves. Delft: Polder; 2013.",
    ),
    "an address that is none of the web": (
        page("Script", dated(2020), URL="javascript:alert(1)"),
        "Reed, A. (2020) <i>Script</i>.",
        "Reed, A. (2020). <i>Script</i>.",
        "Reed A. Script. 2020.",
    ),
    "signs of HTML, Markdown and pandoc": (
        page("<script>x</script> **b** [l](http://e) @k &lt; $x^2$", dated(2020), URL='https://a.example/"><b>'),
        "Reed, A. (2020) <i>&lt;script&gt;x&lt;/script&gt; **b** [l](http://e) @k &amp;lt; $x^2$</i>. "
        "Available at: https://a.example/%22%3E%3Cb%3E.",
        "Reed, A. (2020). <i>&lt;script&gt;x&lt;/script&gt; **b** [l](http://e) @k &amp;lt; $x^2$</i>. https://a.example/%22%3E%3Cb%3E",
        "Reed A. &lt;script&gt;x&lt;/script&gt; **b** [l](http://e) @k &amp;lt; $x^2$ [Internet]. 2020. "
        "Available from: https://a.example/%22%3E%3Cb%3E",
    ),
    "title in Title Case": (
        article('Beyond Engagement: A Study of <span class="nocase">Wales</span> and DNA in Public Services'),
        "Elm, E. (2018) ‘Beyond Engagement: A Study of Wales and DNA in Public Services’, <i>Air</i>, 9, pp. 1–2.",
        "Elm, E. (2018). Beyond engagement: A study of Wales and DNA in public services. <i>Air</i>, <i>9</i>, 1–2.",
        "Elm E. Beyond engagement: a study of Wales and DNA in public services. Air. 2018;9:1–2.",
    ),
    "title in Title Case in German": (
        article("Die Entwicklung der Pflege in Deutschland", language="de-DE"),
        'Elm, E. (2018) ‘<bdi lang="de-DE">Die Entwicklung der Pflege in Deutschland</bdi>’, <i><bdi lang="de-DE">Air</bdi></i>, 9, pp. 1–2.',
        'Elm, E. (2018). <bdi lang="de-DE">Die Entwicklung der Pflege in Deutschland</bdi>. <i><bdi lang="de-DE">Air</bdi></i>, <i>9</i>, 1–2.',
        'Elm E. <bdi lang="de-DE">Die Entwicklung der Pflege in Deutschland</bdi>. <bdi lang="de-DE">Air</bdi>. 2018;9:1–2.',
    ),
    "journal in small letters": (
        article("Small", **{"container-title": "npj digital medicine"}),
        "Elm, E. (2018) ‘Small’, <i>npj digital medicine</i>, 9, pp. 1–2.",
        "Elm, E. (2018). Small. <i>npj digital medicine</i>, <i>9</i>, 1–2.",
        "Elm E. Small. npj digital medicine. 2018;9:1–2.",
    ),
}


@cache
def made(style: str) -> dict[str, str]:
    works = {name: Reference(name, "misc", {"id": name} | item) for name, (item, *_) in CASES.items()}
    return format_works(works, {}, style)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES)
def test_a_work_comes_out_as_the_style_has_it(case: str, style: str) -> None:
    assert made(style)[case] == CASES[case][1 + [*STYLES].index(style)]


def test_a_style_whose_file_no_longer_holds_what_is_changed_in_it_is_told() -> None:
    style = replace(STYLES["apa"], changes=(("<no-such-element/>", ""),))
    with pytest.raises(ValueError, match="does not hold what is to be changed in it: <no-such-element/>"):
        style_file(style)


ODD = [
    *("<i>", "</i>", "<b>", "</sup>", "<sup>", '<span class="nocase">', "</span>", "<script>", "<bdi>", "</a>", "<!-- c -->", "&amp;", "&"),
    *('"', "'", "“", "”", "‘", "’", "…", "...", ".", "?", ":", "*", "_", "[x](javascript:y)", "`c`", "$x$", "@k", "\\", "{", "{=html}", "::: x"),
    *("\n", "שלום", "北京", "α", "\u2067", "\u2069", "\ue013", "\ue014", "^", "~", "|", "#", "Title Case Words Here", " ", "http://a.b"),
]  # fmt: skip
TAG = re.compile(r'<(/?)(i|sup|sub|bdi)((?<=bdi) lang="[^"<>]*")?>')


@pytest.mark.parametrize("style", STYLES)
def test_nothing_in_a_work_can_become_another_tag(style: str) -> None:
    chance = random.Random(13)

    def odd(most: int = 8) -> str:
        return "".join(chance.choice(ODD) for _ in range(chance.randint(1, most)))

    works = {}
    for i in range(300):
        names = [{"literal": odd(3)}, {"family": odd(3), "given": odd(3)}]
        texts = {name: odd() for name in ("container-title", "publisher", "page", "number", "genre", "DOI", "URL")}
        item = {
            "id": odd(),
            "type": chance.choice([*WORK_KINDS]),
            "title": f"T{odd()}",
            "author": names,
            "issued": {"literal": odd()},
        }
        works[str(i)] = Reference(
            str(i), "misc", item | texts | {"language": chance.choice(["he", "en", 'x"><script>'])}
        )
    for text in format_works(works, {}, style).values():
        assert not re.search("[<>\ue000-\uf8ff]", TAG.sub("", text)), text
        open_tags: list[str] = []
        for tag in TAG.finditer(text):
            if tag[1]:
                assert open_tags.pop() == tag[2], text
            else:
                open_tags.append(tag[2])
        assert open_tags == [], text
