"""Random queries over small random libraries, judged by brute force.

The judge shares no code with the search: it knows each written word and each inflection by heart
(see `search_words`), walks over every combination of places, and never cuts, folds, stems or parses
anything. A query is a nested tuple that can be printed in the query language and judged.
"""

import random
import re
from collections.abc import Collection, Iterator
from datetime import UTC, timedelta
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np

from reader.domain.article import SearchDocument
from reader.domain.filters import holds
from reader.search import nodes
from reader.search.evaluate import Mentioned
from reader.search.index import Index
from reader.search.language import parse
from reader.search.matcher import matches
from tests.helpers.search_words import (
    CHARACTERS,
    FAMILIES,
    NOW,
    PLAIN,
    TEXTS,
    WORDS,
    Field,
    Known,
    Word,
    library,
)


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
    if kind < 0.53:
        return ("where", *chance.choice(_WHERE))
    if kind < 0.57:
        return ("when", *chance.choice(_WHEN))
    if kind < 0.64:
        return ("atleast", chance.randint(1, 3), placed(chance, chance.choice(_SCOPES), 2))
    return placed(chance, chance.choice(_SCOPES), 3)


_SCOPES = ("", "", "", "", "title", "body", "author")
_WHERE = [("is", "unread"), ("is", "read"), ("lang", "ru"), ("lang", "en"), ("tag", "libya"),
          ("tag", "libya/east"), ("feed", "https://a.example/feed"), ("type", "weapon"),
          ("entity", "Khalifa Haftar")]  # fmt: skip
_WHEN = [("last", "5d", 5 * 24), ("last", "36h", 36), ("seen", "7d", 7 * 24)]
_MENTIONED = [("entity", "Khalifa Haftar", {0}), ("type", "weapon", {1}),
              ("watchlist", "arms", {1}), ("entity", "s-400", {1})]  # fmt: skip


def placed(chance: random.Random, scope: str, depth: int) -> tuple[Any, ...]:
    """Something that has places in one field."""
    kind = chance.random()
    if depth and kind < 0.16:
        sides = placed(chance, scope, depth - 1), _beside(chance, scope, depth - 1)
        return ("near", chance.randint(0, 4), chance.random() < 0.5, *_shuffled(chance, sides))
    if depth and kind < 0.26 and scope != "author":
        sides = placed(chance, scope, depth - 1), _beside(chance, scope, depth - 1)
        return ("sent", *_shuffled(chance, sides))
    if depth and kind < 0.33:
        return ("any", placed(chance, scope, depth - 1), _beside(chance, scope, depth - 1))
    if depth and kind < 0.39:
        return ("first", chance.randint(1, 5), placed(chance, scope, depth - 1))
    return leaf(chance, scope)


def _beside(chance: random.Random, scope: str, depth: int) -> tuple[Any, ...]:
    """The second of two clauses; it may be an entity, whose places lie where the first looks."""
    if scope != "author" and chance.random() < 0.3:
        return ("mention", *chance.choice(_MENTIONED))
    return placed(chance, scope, depth)


def _shuffled(chance: random.Random, sides: tuple[Any, Any]) -> tuple[Any, Any]:
    return sides if chance.random() < 0.5 else (sides[1], sides[0])


def leaf(chance: random.Random, scope: str) -> tuple[Any, ...]:
    kind = chance.random()
    if kind < 0.12:
        return ("pattern", scope, chance.choice(_PATTERNS))
    if kind < 0.2:
        return ("fuzzy", scope, *chance.choice(_FUZZY))
    if kind < 0.28:
        return ("regex", scope, *chance.choice(_REGEXES))
    word = chance.choice(WORDS + CHARACTERS)
    if kind < 0.4:
        written = chance.choice(word.written)
        return ("cased", scope, PLAIN.get(written, written), written)
    if kind < 0.65:
        words = tuple(chance.choices(WORDS + CHARACTERS, k=chance.randint(1, 3)))
        between = chance.choice((0, 0, 1, 3))
        return ("phrase", scope, between, words, _quoted(chance, words, between))
    if kind < 0.72:
        return ("phrase", scope, 0, (word,), "=" + chance.choice(word.written))
    return ("word", scope, word, chance.choice(word.written))


_PATTERNS = ("haf*", "h?ftar", "sy*ms", "air*", "def*", "f-1*", "el?se*", "сев*", "*ftar")
_FUZZY = (("hafatr", 1), ("haftr", 1), ("hatfer", 2), ("toburk", 1), ("elysse", 2))
_REGEXES = (
    ("h.ft[ae]r", "h.ft[ae]r"), ("F-?16s?", "f-?16s?"), ("(air|sys).*", "(air|sys).*"),
    ("СЕВЕР\\w+", "север\\w+"), ("É[lk]ys.e", "e[lk]ys.e"), ("[^a]+ce", "[^a]+ce"),
)  # fmt: skip
"""As typed, and as a judge reads it over small letters without accents."""


def _quoted(chance: random.Random, words: tuple[Word, ...], between: int) -> str:
    text = '"' + " ".join(chance.choice(word.written) for word in words) + '"'
    return text + (f"~{between}" if between else "")


def show(asked: tuple[Any, ...]) -> str:
    """The query as a user would type it, every clause in brackets."""
    kind, rest = asked[0], asked[1:]
    if kind in ("and", "or", "any"):
        return "(" + (" " if kind == "and" else " OR ").join(map(show, rest)) + ")"
    if kind == "not":
        return f"-{show(rest[0])}"
    if kind in ("where", "when", "mention"):
        return f'{rest[0]}:"{rest[1]}"'
    if kind in ("first", "atleast"):
        return f"({kind.upper()}/{rest[0]} {show(rest[1])})"
    if kind == "near":
        return f"({show(rest[2])} {'ONEAR' if rest[1] else 'NEAR'}/{rest[0]} {show(rest[3])})"
    if kind == "sent":
        return f"({show(rest[0])} SENT {show(rest[1])})"
    return (f"{rest[0]}:" if rest[0] else "") + _shown(asked)


def _shown(asked: tuple[Any, ...]) -> str:
    kind, rest = asked[0], asked[2:]
    if kind == "pattern":
        return str(rest[0])
    if kind == "fuzzy":
        return f"{rest[0]}~{rest[1]}"
    if kind == "regex":
        return f"/{rest[0]}/"
    return f"case:{rest[1]}" if kind == "cased" else str(rest[-1])


def true(asked: tuple[Any, ...], known: Known) -> bool:
    """Whether the query is true of the article."""
    kind, rest = asked[0], asked[1:]
    if kind == "and":
        return all(true(part, known) for part in rest)
    if kind in ("or", "any"):
        return any(true(part, known) for part in rest)
    if kind == "not":
        return not true(rest[0], known)
    if kind in ("where", "mention"):
        return holds(rest[0], rest[1], known.document)
    if kind == "when":
        at = known.document.first_seen if rest[0] == "seen" else known.document.sorted_at
        return at is not None and at >= NOW - timedelta(hours=rest[2])
    if kind == "atleast":
        return sum(len({a for a, _ in found}) for found in _found(rest[1], known)) >= int(rest[0])
    return any(_found(asked, known))


def _found(asked: tuple[Any, ...], known: Known) -> list[set[tuple[int, int]]]:
    """The places in each field."""
    return [_places(asked, known.fields[n], known.language(n)) for n in scopes(asked)]


def scopes(asked: tuple[Any, ...]) -> tuple[str, ...]:
    scope = _scope(asked)
    return (scope,) if scope else TEXTS


_LEAVES = ("pattern", "fuzzy", "regex", "cased", "phrase", "word")


def _scope(asked: tuple[Any, ...]) -> str:
    if asked[0] in _LEAVES:
        return str(asked[1])
    parts = [part for part in asked[1:] if isinstance(part, tuple)]
    return max((_scope(part) for part in parts), default="")


Places = set[tuple[int, int]]


def _places(asked: tuple[Any, ...], text: Field, language: str) -> Places:
    kind, rest = asked[0], asked[1:]
    if kind == "any":
        return _places(rest[0], text, language) | _places(rest[1], text, language)
    if kind == "first":
        return {place for place in _places(rest[1], text, language) if place[1] < rest[0]}
    if kind == "near":
        return set(_near(rest[0], rest[1], rest[2:], text, language))
    if kind == "sent":
        found = _near(1_000, False, rest, text, language)
        return {place for place in found if not _starts_in(place, text)}
    if kind == "mention":
        return {(first, last) for first, last, number in text.mentions if number in rest[2]}
    if kind == "phrase":
        parts = [part for word in rest[2] for part in word.parts]
        return set(_phrase(parts, rest[1], text, ""))
    if kind == "word":
        return set(_phrase(list(rest[1].parts), 0, text, language))
    alone = {(at, at) for at, word in enumerate(text.words) if _fits(asked, word, text.written[at])}
    return alone | (set(_spread(rest[1], text)) if kind == "pattern" else set())


def _starts_in(place: tuple[int, int], text: Field) -> bool:
    """Whether a sentence begins within the place, behind its first word."""
    return any(place[0] < start <= place[1] for start in text.starts)


def _fits(asked: tuple[Any, ...], word: Word, written: str) -> bool:
    kind, wanted = asked[0], asked[2]
    if kind == "cased":
        return _cased(wanted, word, PLAIN.get(written, written))
    if kind == "regex":
        return any(re.fullmatch(asked[3], form) for form in word.forms())
    if kind == "fuzzy":
        return any(edits(wanted, form) <= asked[3] for form in word.forms())
    good = "-" in wanted and _beginnings(wanted, word)
    return good or any(fnmatchcase(form, wanted) for form in word.forms())


def _cased(wanted: str, word: Word, plain: str) -> bool:
    """`plain`: how the word is written but for accents."""
    forms = {plain, *re.split("[-&']", plain), plain.rstrip("+")}
    if wanted != wanted.lower():
        return wanted in forms
    capitals = {form for form in forms if form.lower() == wanted and form != wanted}
    return wanted in word.forms() and not capitals


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


def _phrase(
    wanted: list[str], between: int, text: Field, language: str
) -> Iterator[tuple[int, int]]:
    """Every way to lay the words over the text, one (position, part) for each."""
    choices = [
        [(p, i) for p, word in enumerate(text.words) for i in _parts_with(word, one, language)]
        for one in wanted
    ]
    for path in product(*choices):
        if all(_follows(a, b, between) for a, b in pairwise(path)):
            yield path[0][0], path[-1][0]


def _parts_with(word: Word, wanted: str, language: str) -> list[int]:
    """-9: a form of the word that is no part with neighbours."""
    found = [index for index, part in enumerate(word.parts) if shares(part, wanted, language)]
    other = word.forms() - set(word.parts)
    return found + [-9] * any(shares(form, wanted, language) for form in other)


def shares(a: str, b: str, language: str) -> bool:
    """Whether both are forms of one word in the language; "" for the very same form."""
    return a == b or any({a, b} <= family for family in FAMILIES.get(language, ()))


def _follows(a: tuple[int, int], b: tuple[int, int], between: int) -> bool:
    if a[0] == b[0]:
        return a[1] >= 0 and b[1] == a[1] + 1
    return 0 < b[0] - a[0] <= between + 1


def _near(
    between: int, ordered: bool, sides: tuple[Any, ...], text: Field, language: str
) -> Iterator[tuple[int, int]]:
    left, right = sides
    for a, b in product(_places(left, text, language), _places(right, text, language)):
        if 0 < b[0] - a[1] <= between + 1:
            yield a[0], b[1]
        if not ordered and 0 < a[0] - b[1] <= between + 1:
            yield b[0], a[1]
    # Within a compound a word is inflected only beside another such word.
    inside = language if left[0] == right[0] == "word" else ""
    for at, word in enumerate(text.words):
        for first, second in pairwise(word.parts):
            if _is(left, first, inside) and _is(right, second, inside):
                yield at, at
            if not ordered and _is(left, second, inside) and _is(right, first, inside):
                yield at, at


def _is(asked: Any, part: str, language: str) -> bool:
    """Whether this is a query for one word that the part of a compound satisfies."""
    if asked[0] == "word":
        return len(asked[2].parts) == 1 and shares(asked[2].parts[0], part, language)
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
    ways = [edits(a[1:], b[1:]), edits(a, b[1:]), edits(a[1:], b)]
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
    with Index.open(folder, write=True) as index:
        for start in range(0, articles, 15):  # several segments, some of them with deleted articles
            index.add(one.document for one in known[max(0, start - 5) : start + 15])
            index.commit()
        return sum(_agree(index, query(chance), known, seed) for _ in range(count))


def _agree(index: Index, asked: Any, known: list[Known], seed: int) -> int:
    typed = show(asked)
    parsed = parse(typed, NOW, UTC)
    assert parse(str(parsed), NOW, UTC) == parsed, (seed, typed)
    wanted = [one.document.id for one in known if true(asked, one)]
    in_memory = [one.document.id for one in known if matches(parsed, one.document) is not None]
    predicates = Predicates([one.document for one in known])
    indexed = index.matching(parsed, predicates, mentions=Mentions(known)).tolist()
    assert in_memory == wanted, (seed, typed, "matcher", set(in_memory) ^ set(wanted))
    assert indexed == wanted, (seed, typed, "index", set(indexed) ^ set(wanted))
    return len(wanted)


class Mentions:
    """Where the articles of a library mention what a filter names."""

    def __init__(self, known: list[Known]) -> None:
        self._known = {one.document.id: one for one in known}

    def __call__(self, node: nodes.Filter, ids: Any) -> Mentioned:
        numbers = next(m[2] for m in _MENTIONED if m[:2] == (node.fieldname, node.value))
        rows = [
            (id_, region, first, last)
            for id_ in ids.tolist()
            for region, name in enumerate(TEXTS)
            for first, last, number in self._known[id_].fields[name].mentions
            if number in numbers
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        return Mentioned(table[0], table[1].astype(np.uint8), table[2], table[3])
