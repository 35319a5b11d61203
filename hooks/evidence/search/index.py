"""Entries -> the files of search: a table, the words in pieces, and the sections in pieces. Each is a script, so that a page in a folder may load it, too.

search-find.js loads the table, the pieces that hold the words typed, and those of the sections that it shows. Words stand in the order of their stems:
`[stem, form, [number * 16 + weight, ...]]`, where numbers of sections are told as steps from the one before, and `form` is the word as most texts have it.
Names, which are whole titles and what people call a page, stand among them and end in '='. A weight goes from 1 to 15.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
from functools import lru_cache
from itertools import groupby

from evidence.search.entries import KINDS, Entry
from evidence.search.words import STOP, WORD, name_key, stems
from evidence.text.direction import without_isolates

FOLDER = "search"
_SECTIONS = 16  # in one piece
_WORDS = 10_000  # letters of one piece of words
# So many words slips are mended to; at the largest sites those of names and titles, and the most frequent.
_VOCABULARY = 8_000
_NAME_WORDS = 8  # a longer title is no name
_HIGHEST = 15
# How sure a name is: chosen by the editors, a page's own, one of its others, a section's.
_BET, _TITLE, _NAME, _SECTION = _HIGHEST, 13, 11, 9

Postings = dict[str, MutableSequence[int]]


def search_files(
    found: Sequence[Entry], bets: Sequence[tuple[str, str]] = (), ways: Sequence[Mapping[str, str]] = ()
) -> dict[str, bytes]:
    """The files of search for entries sorted by kind, by their addresses in the site. `bets` are words that people type, each with the address of the page
    that goes first for them; `ways` are the pages to go on to where nothing is found, each with `title`, `url` and `picture` (HTML)."""
    words, names, forms = _postings(found)
    by_url = {entry.url: number for number, entry in reversed(list(enumerate(found)))}
    for asked, url in bets:
        if url in by_url and (key := name_key(asked)):
            names[key] = [each for each in names.get(key, []) if each >> 4 != by_url[url]] + [by_url[url] << 4 | _BET]
            for stem, form in _pairs(asked):
                forms.setdefault(stem, Counter({form: 1}))
    said = (text for entry in found for text in (entry.title, *entry.titles, *entry.names))
    named = {stem for text in (*said, *(asked for asked, _url in bets)) for stem, _form in _pairs(text)}
    shown = {stem: min(counts, key=lambda form: (-counts[form], form)) for stem, counts in forms.items()}
    files: dict[str, bytes] = {}
    ends: list[tuple[str, str]] = []
    # Each is written at once: together their numbers would take as much memory as all that was read.
    for number, piece in enumerate(_word_pieces(words | names, shown)):
        files[f"{FOLDER}/words/{number}.js"] = _script(f"words/{number}", piece)
        ends.append((piece[0][0], piece[-1][0]))
    texts = [found[at : at + _SECTIONS] for at in range(0, len(found), _SECTIONS)]
    starts = [next((n for n, entry in enumerate(found) if entry.kind == kind), None) for kind in KINDS]
    table = {
        "kinds": [
            [kind, KINDS[kind].name, KINDS[kind].weight, start]
            for kind, start in zip(KINDS, starts, strict=True)
            if start is not None
        ],
        "number": len(found),
        "in_piece": _SECTIONS,
        # Entries that are one result stand together: how many there are, as runs of one size.
        "groups": _runs([len(list(group)) for _key, group in groupby(found, lambda entry: (entry.kind, entry.group))]),
        "first": _beginnings(ends),
        "stop": sorted(STOP),
        "vocabulary": [_front_coded(words) for words in _vocabulary(words, named, shown)],
    }
    sections = {
        f"sections/{n}": [[e.title, e.page, e.url, e.text, *filter(None, [e.lang])] for e in part]
        for n, part in enumerate(texts)
    }
    return files | {
        f"{FOLDER}/{name}.js": _script(name, data)
        for name, data in {"table": table, "ways": list(ways), **sections}.items()
    }


def _postings(found: Sequence[Entry]) -> tuple[Postings, Postings, dict[str, Counter[str]]]:
    """Words and names with the entries that hold them, and the forms of each stem."""
    words: Postings = {}
    names: Postings = {}
    forms: dict[str, Counter[str]] = {}
    average = sum(len(entry.text) for entry in found) / max(1, len(found)) + 1
    for number, entry in enumerate(found):
        weights: dict[str, float] = {}
        room = 1.2 * (0.4 + 0.6 * len(entry.text) / average)
        held: Counter[str] = Counter()
        for word, count in Counter(WORD.findall(entry.text)).items():
            for stem, form in stems(word):
                held[stem] += count
                forms.setdefault(stem, Counter())[form] += count
        for stem, count in held.items():
            weights[stem] = 4 * count / (count + room)
        for text, most in (
            (entry.title, 4 if entry.page else 7),
            (entry.page, 1.5),
            *((name, 5.0) for name in (*entry.titles, *entry.names)),
        ):
            pairs = _pairs(text)
            for stem, form in pairs:
                weights[stem] = weights.get(stem, 0) + most / len(pairs) ** 0.5
                forms.setdefault(stem, Counter())[form] += 1
        for stem, held_by in weights.items():
            if stem not in words:
                words[stem] = array("I")  # there are hundreds of thousands: a tenth of the memory of a list
            words[stem].append(number << 4 | max(1, min(_HIGHEST, round(held_by * entry.boost))))
        own = {_key(name): _NAME for name in entry.names} | {_key(name): _TITLE for name in entry.titles}
        own |= {_key(entry.title): _TITLE if entry.group == entry.url else _SECTION}
        for key, weight in own.items():
            if key:
                names.setdefault(key, []).append(number << 4 | weight)
    return words, names, forms


@lru_cache(maxsize=1 << 12)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """The stems in a text, each with the form that stands for it."""
    return frozenset(pair for word in WORD.findall(text) for pair in stems(word))


def _key(name: str) -> str:
    return name_key(name) if len(WORD.findall(name)) <= _NAME_WORDS or "/" in name else ""


def _word_pieces(postings: Postings, shown: Mapping[str, str]) -> Iterator[list[tuple[str, str, list[int]]]]:
    piece: list[tuple[str, str, list[int]]] = []
    size = 0
    for key in sorted(postings):
        last, steps = 0, []
        for each in sorted(postings[key]):
            steps.append((((each >> 4) - last) << 4) | (each & 15))
            last = each >> 4
        form = shown.get(key, "")
        piece.append((key, "" if form == key else form, steps))
        size += len(key) + len(form) + 8 + 3 * len(steps)
        if size > _WORDS:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _beginnings(pieces: Iterable[tuple[str, str]]) -> list[str]:
    """Where each piece begins, of which the first and the last word are told: so much of the first as sets it apart from the last one of the piece before."""
    found, before = [], ""
    for first, last in pieces:
        found.append(next(first[:n] for n in range(1, len(first) + 1) if first[:n] > before))
        before = last
    return found


def _vocabulary(words: Postings, named: set[str], shown: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The words that slips are mended to: those of names and titles, and others by how many sections hold them."""
    long = [stem for stem in shown if len(stem) > 2 and not any(map(str.isdigit, stem))]
    first = sorted((s for s in long if s in named), key=lambda s: (-len(words.get(s, ())), s))[:_VOCABULARY]
    others = sorted((stem for stem in long if stem not in named), key=lambda stem: (-len(words[stem]), stem))
    return sorted(shown[stem] for stem in first), sorted(shown[stem] for stem in others[: _VOCABULARY - len(first)])


def _front_coded(words: Sequence[str]) -> str:
    """Sorted words, each as the number of letters that it has from the one before, as a letter, and the rest: 'aable cs' is 'able', 'abs'."""
    coded, last = [], ""
    for word in words:
        same = 0
        while same < min(len(word), len(last), 25) and word[same] == last[same]:
            same += 1
        coded.append(chr(97 + same) + word[same:])
        last = word
    return " ".join(coded)


def _runs(sizes: Sequence[int]) -> list[int]:
    """Sizes with how often each comes in a row: 3, 3, 1 as 3, 2, 1, 1."""
    return [number for size, same in groupby(sizes) for number in (size, len(list(same)))]


def _script(name: str, data: object) -> bytes:
    """One file: plain JSON in the brackets of a call. What would end a line or a script in old browsers is written as an escape."""
    text = without_isolates(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).replace("</", "<\\/")
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'evidenceSearch.piece("{name}",{text});\n'.encode()
