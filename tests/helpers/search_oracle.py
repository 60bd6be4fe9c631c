"""Random queries over small random libraries, judged by brute force.

The oracle shares no code with the search: it knows each written word from a hand-made list, walks
over every combination of places, and never cuts, folds or parses anything. A query is a nested
tuple that can be printed in the query language and judged.
"""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from reader.domain.article import SearchDocument, Texts
from reader.domain.filters import holds
from reader.search.index import Index
from reader.search.language import parse
from reader.search.matcher import matches

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Word:
    """`written`: ways to write it. `parts`: what it is made of; `also`: other forms of it."""

    written: tuple[str, ...]
    parts: tuple[str, ...]
    whole: str = ""
    also: tuple[str, ...] = ()

    def forms(self) -> set[str]:
        return {*self.parts, *self.also, *([self.whole] if self.whole else [])}


WORDS = [
    Word(("Haftar", "haftar", "HAFTAR", "Haf\u00adtar"), ("haftar",)),
    Word(("Hafter",), ("hafter",)),
    Word(("Tobruk", "tobruk"), ("tobruk",)),
    Word(("air", "Air"), ("air",)),
    Word(("defence", "DEFENCE"), ("defence",)),
    Word(("systems",), ("systems",)),
    Word(("air-defence", "Air\u2011Defence"), ("air", "defence"), "air-defence"),
    Word(("air-defence-systems",), ("air", "defence", "systems"), "air-defence-systems"),
    Word(("F-16", "f-16"), ("f", "16"), "f-16"),
    Word(("16",), ("16",)),
    Word(("f", "F"), ("f",)),
    Word(("C++",), ("c++",), "", ("c",)),
    Word(("AT&T",), ("at", "t"), "at&t"),
    Word(("don't", "don’t"), ("don", "t"), "don't"),
    Word(("Élysée", "elysee", "E\u0301lyse\u0301e"), ("elysee",)),
    Word(("straße", "STRASSE"), ("strasse",)),
    Word(("Северсталь", "северсталь"), ("северсталь",)),
    Word(("حفتر", "حَفتَر"), ("حفتر",)),
    Word(("وحفتر",), ("وحفتر",), "", ("حفتر",)),
    Word(("للجيش",), ("للجيش",), "", ("الجيش", "جيش", "لجيش")),
    Word(("Libya's",), ("libya", "s"), "libya's"),
    Word(("Libya",), ("libya",)),
]  # fmt: skip
CHARACTERS = [Word((c,), (c,)) for c in "東京都"]
LINKS = (" ", " ", " ", ", ", ". ", " — ", "\n\n")


@dataclass(frozen=True)
class Field:
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Known:
    """An article together with what it is made of."""

    document: SearchDocument
    fields: dict[str, Field]


def field(chance: random.Random, longest: int) -> Field:
    words: list[Word] = []
    text = ""
    for _ in range(chance.randint(0, longest)):
        if chance.random() < 0.1:
            run = chance.choices(CHARACTERS, k=chance.randint(1, 3))
        else:
            run = [chance.choice(WORDS)]
        text += (chance.choice(LINKS) if text else "") + "".join(
            chance.choice(word.written) for word in run
        )
        words += run
    return Field(text, tuple(words))


def library(chance: random.Random, count: int) -> list[Known]:
    return [article(chance, number) for number in range(1, count + 1)]


def article(chance: random.Random, number: int) -> Known:
    fields = {"title": field(chance, 4), "lead": field(chance, 4), "body": field(chance, 14)}
    at = NOW - timedelta(days=chance.randint(0, 12), seconds=chance.randint(0, 80_000))
    document = SearchDocument(
        number,
        Texts(**{name: one.text for name, one in fields.items()}),
        language=chance.choice(("en", "ru", "ar")),
        sorted_at=chance.choice((at, at, at, None)),
        first_seen=at,
        feeds=((f"https://{chance.choice('ab')}.example/feed", "Wire"),),
        tags=chance.choice(((), ("libya",), ("libya/east",))),
        read=chance.random() < 0.5,
    )
    return Known(document, fields)


def query(chance: random.Random, depth: int = 3) -> tuple[Any, ...]:
    """Something to look for; never only an exclusion."""
    kind = chance.random()
    if depth and kind < 0.25:
        parts = [query(chance, depth - 1) for _ in range(chance.randint(2, 3))]
        if chance.random() < 0.4:
            parts.append(("not", query(chance, depth - 1)))
        return ("and", *parts)
    if depth and kind < 0.45:
        return ("or", *(query(chance, depth - 1) for _ in range(chance.randint(2, 3))))
    if kind < 0.55:
        return ("where", *chance.choice(_WHERE))
    if kind < 0.6:
        return ("when", *chance.choice(_WHEN))
    if kind < 0.65:
        return ("atleast", chance.randint(1, 3), placed(chance, chance.choice(_SCOPES), 1))
    return placed(chance, chance.choice(_SCOPES), 2)


_SCOPES = ("", "", "", "title", "body")
_WHERE = [("is", "unread"), ("is", "read"), ("lang", "ru"), ("tag", "libya"),
          ("tag", "libya/east"), ("feed", "https://a.example/feed")]  # fmt: skip
_WHEN = [("last", "5d", 5 * 24), ("last", "36h", 36), ("seen", "7d", 7 * 24)]


def placed(chance: random.Random, scope: str, depth: int) -> tuple[Any, ...]:
    """Something that has places in one field."""
    kind = chance.random()
    if depth and kind < 0.15:
        sides = placed(chance, scope, depth - 1), placed(chance, scope, depth - 1)
        return ("near", chance.randint(0, 4), chance.random() < 0.5, *sides)
    if depth and kind < 0.22:
        return ("any", placed(chance, scope, depth - 1), placed(chance, scope, depth - 1))
    if depth and kind < 0.28:
        return ("first", chance.randint(1, 5), placed(chance, scope, depth - 1))
    if kind < 0.4:
        return ("pattern", scope, chance.choice(_PATTERNS))
    if kind < 0.45:
        word, edits = chance.choice(_FUZZY)
        return ("fuzzy", scope, word, edits)
    if kind < 0.65:
        words = tuple(chance.choices(WORDS + CHARACTERS, k=chance.randint(2, 3)))
        return ("phrase", scope, chance.choice((0, 0, 1, 3)), words, _written(chance, words))
    word = chance.choice(WORDS + CHARACTERS)
    return ("phrase", scope, 0, (word,), chance.choice(word.written))


_PATTERNS = ("haf*", "h?ftar", "sy*ms", "air*", "def*", "f-1*", "el?se*", "сев*")
_FUZZY = (("hafatr", 1), ("haftr", 1), ("hatfer", 2), ("toburk", 1), ("elysse", 2))


def _written(chance: random.Random, words: tuple[Word, ...]) -> str:
    return '"' + " ".join(chance.choice(word.written) for word in words) + '"'


def show(asked: tuple[Any, ...]) -> str:
    """The query as a user would type it, every clause in brackets."""
    kind, rest = asked[0], asked[1:]
    if kind in ("and", "or", "any"):
        return "(" + (" " if kind == "and" else " OR ").join(map(show, rest)) + ")"
    if kind == "not":
        return f"-{show(rest[0])}"
    if kind in ("where", "when"):
        return f'{rest[0]}:"{rest[1]}"'
    if kind in ("first", "atleast"):
        return f"({kind.upper()}/{rest[0]} {show(rest[1])})"
    if kind == "near":
        return f"({show(rest[2])} {'ONEAR' if rest[1] else 'NEAR'}/{rest[0]} {show(rest[3])})"
    scope = f"{rest[0]}:" if rest[0] else ""
    if kind == "pattern":
        return scope + str(rest[1])
    if kind == "fuzzy":
        return f"{scope}{rest[1]}~{rest[2]}"
    return scope + str(rest[3]) + (f"~{rest[1]}" if rest[1] else "")


def true(asked: tuple[Any, ...], known: Known) -> bool:
    """Whether the query is true of the article."""
    kind, rest = asked[0], asked[1:]
    if kind == "and":
        return all(true(part, known) for part in rest)
    if kind == "or":
        return any(true(part, known) for part in rest)
    if kind == "not":
        return not true(rest[0], known)
    if kind == "where":
        return holds(rest[0], rest[1], known.document)
    if kind == "when":
        at = known.document.first_seen if rest[0] == "seen" else known.document.sorted_at
        return at is not None and at >= NOW - timedelta(hours=rest[2])
    if kind == "atleast":
        found = [{a for a, _ in _places(rest[1], known.fields[n])} for n in scopes(rest[1])]
        return sum(map(len, found)) >= int(rest[0])
    return any(_places(asked, known.fields[name]) for name in scopes(asked))


def scopes(asked: tuple[Any, ...]) -> tuple[str, ...]:
    if asked[0] in ("pattern", "fuzzy", "phrase"):
        return (asked[1],) if asked[1] else ("title", "lead", "body")
    return scopes(next(part for part in asked[1:] if isinstance(part, tuple)))


def _places(asked: tuple[Any, ...], text: Field) -> set[tuple[int, int]]:
    kind, rest = asked[0], asked[1:]
    if kind == "any":
        return _places(rest[0], text) | _places(rest[1], text)
    if kind == "first":
        return {place for place in _places(rest[1], text) if place[1] < rest[0]}
    if kind == "near":
        return set(_near(rest[0], rest[1], rest[2], rest[3], text))
    if kind == "phrase":
        return set(_phrase([part for word in rest[2] for part in word.parts], rest[1], text))
    found = set()
    for position, word in enumerate(text.words):
        if kind == "pattern":
            good = "-" in rest[1] and _beginnings(rest[1], word)
            good = good or any(fnmatchcase(form, rest[1]) for form in word.forms())
        else:
            good = any(edits(rest[1], form) <= rest[2] for form in word.forms())
        if good:
            found.add((position, position))
    return found | (set(_spread(rest[1], text)) if kind == "pattern" else set())


def _beginnings(pattern: str, word: Word) -> bool:
    """`f-1*` means the words f and 1*, also as neighbouring parts of one compound."""
    first, second = pattern.split("-")
    return any(a == first and fnmatchcase(b, second) for a, b in pairwise(word.parts))


def _spread(pattern: str, text: Field) -> Iterator[tuple[int, int]]:
    if "-" in pattern:
        first, second = pattern.split("-")
        for at in range(len(text.words) - 1):
            if first in text.words[at].forms() and any(
                fnmatchcase(form, second) for form in text.words[at + 1].forms()
            ):
                yield at, at + 1


def _phrase(wanted: list[str], between: int, text: Field) -> Iterator[tuple[int, int]]:
    """Every way to lay the words over the text, one (position, part) for each."""
    choices = [
        [(p, i) for p, word in enumerate(text.words) for i in _parts_with(word, one)]
        for one in wanted
    ]
    for path in product(*choices):
        if all(_follows(a, b, between) for a, b in pairwise(path)):
            yield path[0][0], path[-1][0]


def _parts_with(word: Word, wanted: str) -> list[int]:
    """-9: a form of the word that is no part with neighbours."""
    found = [index for index, part in enumerate(word.parts) if part == wanted]
    return found or ([-9] if wanted in word.forms() else [])


def _follows(a: tuple[int, int], b: tuple[int, int], between: int) -> bool:
    if a[0] == b[0]:
        return a[1] >= 0 and b[1] == a[1] + 1
    return 0 < b[0] - a[0] <= between + 1


def _near(
    between: int, ordered: bool, left: Any, right: Any, text: Field
) -> Iterator[tuple[int, int]]:
    for a, b in product(_places(left, text), _places(right, text)):
        if 0 < b[0] - a[1] <= between + 1:
            yield a[0], b[1]
        if not ordered and 0 < a[0] - b[1] <= between + 1:
            yield b[0], a[1]
    for at, word in enumerate(text.words):
        for first, second in pairwise(word.parts):
            if _is(left, first) and _is(right, second):
                yield at, at
            if not ordered and _is(left, second) and _is(right, first):
                yield at, at


def _is(asked: Any, part: str) -> bool:
    """Whether this is a query for one word that the part of a compound satisfies."""
    if asked[0] == "phrase":
        return [p for word in asked[3] for p in word.parts] == [part]
    return bool(asked[0] == "pattern" and "-" not in asked[2] and fnmatchcase(part, asked[2]))


@cache
def edits(a: str, b: str) -> int:
    """Letters put in, left out, changed, or neighbours swapped: the least number, recursively."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return edits(a[1:], b[1:])
    if abs(len(a) - len(b)) > 2:
        return 99
    ways = [edits(a[1:], b), edits(a, b[1:]), edits(a[1:], b[1:])]
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        ways.append(edits(a[2:], b[2:]))
    return 1 + min(ways)


class Predicates:
    """The filters of a library, by asking each article."""

    def __init__(self, documents: Collection[SearchDocument]) -> None:
        self._documents = documents

    def ids(self, field: str, value: str) -> Collection[int]:
        return [d.id for d in self._documents if holds(field, value, d)]


def compare(folder: Path, *, seed: int, count: int, articles: int = 40) -> int:
    """Checks `count` random queries on a random library; returns how many hits there were.

    AssertionError names the seed, the query and the ids on which the three disagree.
    """
    chance = random.Random(seed)
    known = library(chance, articles)
    documents = [one.document for one in known]
    hits = 0
    with Index.open(folder, write=True) as index:
        for start in range(0, articles, 15):  # several segments
            index.add(documents[start : start + 15])
            index.commit()
        for _ in range(count):
            hits += _agree(index, query(chance), known, documents, seed)
    return hits


def _agree(
    index: Index, asked: Any, known: list[Known], documents: list[SearchDocument], seed: int
) -> int:
    typed = show(asked)
    parsed = parse(typed, NOW, UTC)
    assert parse(str(parsed), NOW, UTC) == parsed, (seed, typed)
    wanted = [one.document.id for one in known if true(asked, one)]
    in_memory = [d.id for d in documents if matches(parsed, d) is not None]
    indexed = index.matching(parsed, Predicates(documents)).tolist()
    assert in_memory == wanted, (seed, typed, "matcher", set(in_memory) ^ set(wanted))
    assert indexed == wanted, (seed, typed, "index", set(indexed) ^ set(wanted))
    return len(wanted)
