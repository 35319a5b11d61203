"""The theme's style sheet as the frame serves it: what no page can use is left out, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import material

from conftest import Built
from evidence_mkdocs.settings import FRAME
from evidence_mkdocs.theme_style import classes, lighter

(THEME,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css")


def test_a_rule_stays_where_each_class_that_it_needs_is_used() -> None:
    css = (
        '@charset "UTF-8";a,.none,.some p{top:0}.some.none{top:1}.some:not(.none,:is(.a,.b)){top:2}.none>a{top:3}'
        '@media print{.none{top:4}}@media screen and (min-width:9em){.some{top:5}.none{top:6}}[href$=".none"]{top:7}'
        '@keyframes go{0%{top:8}to{top:9}}.some:after{content:"{.none}"}.some-more{top:10}'
    )
    assert lighter(css, {"some"}) == (
        '@charset "UTF-8";a,.some p{top:0}.some:not(.none,:is(.a,.b)){top:2}'
        '@media screen and (min-width:9em){.some{top:5}}[href$=".none"]{top:7}'
        '@keyframes go{0%{top:8}to{top:9}}.some:after{content:"{.none}"}'
    )


def test_an_icon_stays_where_some_style_asks_for_it() -> None:
    """One that is cut off in its middle makes browsers drop all that follows it."""
    icon = "url(\"data:image/svg+xml,<svg xmlns='http://x'><path d='M1 2z'/><!--! by A; (B) {c} --></svg>\")"
    css = f":root{{--a:{icon};--b:{icon};--c:{icon};--size:1px}}:root{{--d:{icon}}}p{{mask:var(--b)}}.gone{{mask:var(--a)}}"
    assert lighter(css, set(), ["q { mask: var( --c ) }"]) == (
        f":root{{--b:{icon};--c:{icon};--size:1px}}p{{mask:var(--b)}}"
    )


def test_classes_are_found_however_they_are_written() -> None:
    assert classes("<p class=\"a b\"><b class='c'><i class=d id=x><u data-class=e>") == {"a b", "c", "d id=x", "e"}


def test_a_page_with_every_class_has_the_whole_style_sheet() -> None:
    """So nothing is lost by the way in which it is read. Brackets in icons and words of several parts are in it."""
    css = THEME.read_text("utf-8")
    names = set(re.findall(r"[\w-]+", css))
    assert lighter(css, names, [css.replace("--", "var(--")]) == css


def test_the_real_site_serves_a_quarter_of_it(real: Built) -> None:
    """A page whose class has a rule of the theme keeps it (tests/browser/test_theme.py): here that most of the rest is gone."""
    file = real.folder / "assets/theme.css"
    assert 10_000 < len(file.read_bytes()) < len(THEME.read_bytes()) / 4
    assert not (real.folder / "assets/stylesheets").exists()
    for name, tree in real.trees.items():
        sheets = [re.sub(r"^[./]*", "", href) for href in tree.xpath("//link[@rel='stylesheet']/@href")]
        assert sheets[:2] == ["assets/theme.css", "assets/site.css"] or not tree.xpath("//article"), name


def test_a_telephone_has_the_styles_of_the_narrowest_window() -> None:
    """Tests that look at 320 pixels stand for 390: no condition begins or ends between them, in ems of 16 pixels."""
    conditions = " ".join(
        condition
        for file in (*(FRAME / "assets").glob("*.css"), THEME)
        for condition in re.findall(r"@media[^{]*", file.read_text("utf-8"))
    )
    found = re.findall(r"-width:\s*([\d.]+)(em|px)", conditions)
    widths = [float(width) * (16 if unit == "em" else 1) for width, unit in found]
    assert len(widths) == conditions.count("-width:") > 20
    assert [width for width in widths if 320 <= width <= 390] == []
