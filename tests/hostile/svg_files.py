"""Cases for drawings, SVG files that stand in pages as they are."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.cases import Case, case


def cases() -> Iterator[Case]:
    """All of them."""

    def drawing(name: str, inside: str, *problems: str) -> Case:
        file = "docs/assets/figures/odd.svg"
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n{inside}\n</svg>\n'
        return case(f"svg-{name}", file, text, *(f"{file}:{problem}" for problem in problems))

    yield drawing("sound", '<g><path d="M0 0" fill="url(#a)"/></g>')
    yield drawing("script", "<script>alert(1)</script>", "1: element <script>")
    yield drawing("event", '<g onload="x"/>', "1: attribute onload")
    yield drawing("event-in-capitals", '<g ONLOAD="x"/>', "1: attribute ONLOAD")
    yield drawing("style", '<g style="fill:url(//www.example.org)"/>', "1: attribute style")
    yield drawing("link", '<g xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:x"/>', "1: attribute")
    yield drawing("address-in-capitals", '<g fill="URL(//www.example.org/x)"/>', "1: attribute fill")
    yield drawing("address-with-an-escape", '<g fill="u\\72l(//www.example.org/x)"/>', "1: attribute fill")
    yield drawing("processing-instruction", "<?x ><script>alert(1)</script> ?>", "1: ")
    yield drawing("cdata", "<text><![CDATA[</svg><script>alert(1)</script>]]></text>", "1: ")
    yield drawing("comment-in-a-comment", "<!--> <script>alert(1)</script> -->")
    yield drawing("entity", "&x;", "2: ")
    yield drawing("html", '<g xmlns="http://www.w3.org/1999/xhtml"/>', "1: element")
    yield drawing("deep", "<g>" * 20_000 + "</g>" * 20_000, "1: elements stand within each other more than 50 deep")
    yield drawing("many-comments", "<!--" * 400_000, "1: comments that never end")
    file = "docs/assets/figures/odd.svg"
    yield case(
        "svg-laughs",
        file,
        '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><svg viewBox="0 0 1 1">&b;</svg>',
        f"{file}:1: ",
    )
    yield case("svg-in-other-case", file, "<SVG viewBox='0 0 1 1'></SVG>", f"{file}:1: ")
