"""Words in the site's own scripts, which are marked as those in Python are: a built script holds them in the language of the site.

`_("Showing %(shown)s of %(all)s points.")` takes the values of the variables `shown` and `all`;
`const LANGUAGE = "en-GB";` becomes that of the words. `ngettext("%(num)s copy", "%(num)s copies", number)` knows `number` as `num`, and other names as variables.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from evidence.text.translation import LANGUAGE, PLURAL_RULE, _, plural_forms

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_CALL = re.compile(rf"(?<![\w$.])(?:_\({_TEXT}\)|ngettext\({_TEXT}, {_TEXT}, (\w+(?:\.\w+)*)\))")
_LANGUAGE = "const LANGUAGE = {};"
_NAME = re.compile(r"%\((\w+)\)s")


def marked_words(script: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The words of a script, with their lines: one text, or two where there is a plural."""
    for call in _CALL.finditer(script):
        one, single, many, _number = call.groups()
        texts = (one,) if one is not None else (single, many)
        yield script.count("\n", 0, call.start()) + 1, tuple(json.loads(f'"{text}"') for text in texts)


def with_words(script: str) -> str:
    """A script with words of the language in use in the place of its marks."""

    def said(call: re.Match[str]) -> str:
        one, single, many, number = call.groups()
        if one is not None:
            text = json.loads(f'"{one}"')
            return _literal(_(text), _NAME.findall(text))
        one, many = json.loads(f'"{single}"'), json.loads(f'"{many}"')
        names = _NAME.findall(one) + _NAME.findall(many)
        forms = ", ".join(_literal(form, names) for form in plural_forms(one, many))
        return f"((num) => [{forms}][Number({PLURAL_RULE.replace('n', 'num')})])({number})"

    return _CALL.sub(said, script).replace(
        _LANGUAGE.format('"en-GB"'), _LANGUAGE.format(json.dumps(LANGUAGE or "en-GB"))
    )


def _literal(text: str, names: list[str]) -> str:
    """A text of JavaScript: a plain one, or a template with the variables that the words in English have, and no other."""
    parts = _NAME.split(text)
    if len(parts) == 1:
        return json.dumps(text, ensure_ascii=False)
    said = [
        (f"${{{part}}}" if part in names else "") if i % 2 else re.sub(r"[`\\$]", r"\\\g<0>", part)
        for i, part in enumerate(parts)
    ]
    return "`" + "".join(said).replace("\n", "\\n") + "`"
