"""`evidence words`: the catalogue of a language as a translator meets it, and every slip in one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import ROOT, run
from evidence_cli.words import words
from evidence_mkdocs import scripts

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: cy\\n"\n"Plural-Forms: nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);\\n"\n\n'
SLIPS = """\
msgid "Note %s"
msgstr "0"

msgid "Question %(number)s of %(total)s"
msgstr "%(numer)s 0 %(total)s"

msgid "Glossary"
msgstr "<b>0</b> [0](0)"

msgid " of "
msgstr "0"

msgid "%(num)s sheet"
msgid_plural "%(num)s sheets"
msgstr[0] "%(num)s 0"
msgstr[1] "1"

#, fuzzy
msgid "Contents"
msgstr "1"

# checked: A. Made-Up, 2026-11-28
msgid "Notes"
msgstr "2"
"""


def test_every_slip_in_a_catalogue_is_told_at_once_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cy.po"
    file.write_text(HEAD + SLIPS, "utf-8")
    assert words(tmp_path, "cy") == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{file}:7: 'Note %s': %s is missing; the words need it as it is written in English",
        f"{file}:10: 'Question %(number)s of %(total)s': %(number)s is missing; the words need it as it is written in English",
        f"{file}:10: 'Question %(number)s of %(total)s': %(numer)s is not in the English words; leave it out, or write it as there",
        f"{file}:13: 'Glossary': <b> </b> [ ] would begin markup on a page; leave it out, or write it as in English",
        f"{file}:16: ' of ': it begins or ends with other spaces than the English words; write them as there",
        f"{file}:19: '%(num)s sheet': it has 2 plural forms, and the language has 5; write msgstr[0] to msgstr[4]",
    ]
    assert file.read_text("utf-8") == HEAD + SLIPS, "what has slips is left for whoever mends it"


def test_a_catalogue_says_what_is_missing_and_who_checked_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cy.po"
    file.write_text(HEAD + SLIPS[SLIPS.index("#, fuzzy") :], "utf-8")
    assert words(tmp_path, "cy") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{file}: 1 of ")
    assert said[0].endswith(" entries are translated, 1 of these checked.")
    assert said[1:3] == ["  checked by A. Made-Up, 2026-11-28: 1", "  not sure: 'Contents'"]
    assert "  missing: 'Glossary'" in said
    assert "  missing: 'Copy citation'" in said, "scripts have words, too"
    written = file.read_text("utf-8")
    assert "# checked: A. Made-Up, 2026-11-28\n#: evidence/" in written
    assert 'msgid "%(num)s sheet"\nmsgid_plural "%(num)s sheets"\nmsgstr[0] ""\n' in written
    assert words(tmp_path, "cy") == 0
    assert file.read_text("utf-8") == written


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("nonsense\n", "7"), (None, "1")],
)
def test_what_is_no_catalogue_or_no_language_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, wrong: str
) -> None:
    name = "cy" if text else "nowhere"
    if text:
        (tmp_path / "cy.po").write_text(HEAD + text, "utf-8")
    assert words(tmp_path, name) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / name}.po:{wrong}: this is no catalogue of words: ")


def test_a_language_without_words_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/reading.yml").write_text("# How it reads\nlanguage: cy-GB\n", "utf-8")
    told = (
        "data/reading.yml:2: the site has no words of its own in 'cy-GB'; languages with words: none but English; "
        "`evidence words cy` begins them (docs-dev/editing.md)\n"
    )
    (tmp_path / "docs").mkdir()
    hooks = ROOT / "hooks/mkdocs_hooks.py"
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A review\nhooks: [{hooks}]\n", "utf-8")
    check = (sys.executable, "-m", "evidence_cli", "--root", tmp_path, "check")
    build = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", tmp_path / "mkdocs.yml", "-d", tmp_path / "site")
    for command in (check, build):
        done = run(*command, EVIDENCE_LOCALE=str(tmp_path))
        assert (done.returncode, done.stderr) == (1, told)


def test_words_of_scripts_are_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        'say(_("Copy"), _("The %(what)s is here."), ngettext("%(num)s of %(all)s", "%(num)s of all %(all)s", a.b));\n'
    )
    assert scripts.with_words(script) == (
        'say("Copy", `The ${what} is here.`, ((num) => [`${num} of ${all}`, `${num} of all ${all}`][Number(num != 1)])(a.b));\n'
    )
    assert list(scripts.marked_words(f"\n{script}")) == [
        (2, ("Copy",)),
        (2, ("The %(what)s is here.",)),
        (2, ("%(num)s of %(all)s", "%(num)s of all %(all)s")),
    ]
    assert scripts.with_words('const LANGUAGE = "en-GB";') == 'const LANGUAGE = "en-GB";'
    monkeypatch.setattr(scripts, "LANGUAGE", "cy")
    assert scripts.with_words('const LANGUAGE = "en-GB";') == 'const LANGUAGE = "cy";'
    hostile = {"Copy": '"</script>`${x}', "The %(what)s is here.": "`${x}\\ %(what)s %(other)s"}
    monkeypatch.setattr(scripts, "_", hostile.__getitem__)
    assert scripts.with_words('_("Copy") _("The %(what)s is here.")') == (
        '"\\"</script>`${x}" `\\`\\${x}\\\\ ${what} `'
    )
