"""Long proofs that a search finds what it should: against brute force, and against stock Whoosh.

The second uses Whoosh as it comes, with its own codec and searcher, on texts of plain words that
both cut alike; it takes only what both languages know: words, AND, OR, NOT, phrases, prefixes,
wildcards, and typing errors where a swap of neighbours makes no difference.
"""

import importlib
import random
import sys
from collections.abc import Collection, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA, Levenshtein
from whoosh import fields, query
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.filedb.filestore import RamStorage

from reader.dev.figures import ROOT
from reader.dev.promise import SoakError
from reader.domain.article import FIELDS, SearchDocument, Texts
from reader.errors import UsageError
from reader.search.index import Index
from reader.search.language import parse

_EACH = 10
"""Queries for each try, and tries for each library."""
_LEAVES = ("word", "word", "phrase", "prefix", "wildcard", "fuzzy")
_VOWELS, _CONSONANTS = "aeiou", "bdfklmnrst"

Tree = tuple[Any, ...]
"""("and" | "or", trees…), ("without", tree, tree), or (kind, field or "", words)."""


def agreement(folder: Path, tries: int, seed: int, *, articles: int = 500) -> str:
    """Random queries over random libraries: index, matcher and brute force must agree."""
    if not (ROOT / "tests" / "helpers" / "search_oracle.py").exists():
        raise UsageError("The judge of searches lies in tests/: run this from a checkout.")
    sys.path.insert(0, str(ROOT))
    oracle = importlib.import_module("tests.helpers.search_oracle")
    hits = 0
    for number in range(0, tries, _EACH):
        count = _EACH * min(_EACH, tries - number)
        one = seed * 1_000_003 + number
        hits += oracle.compare(folder / str(number), seed=one, count=count, articles=articles)
    return f"{tries * _EACH} queries over {articles} articles, {hits} hits, no difference"


def against_whoosh(folder: Path, tries: int, seed: int, *, articles: int = 400) -> str:
    """The same hits as stock Whoosh for every query that both know."""
    hits = 0
    for number in range(0, tries, _EACH):
        chance = random.Random(f"{seed}/{number}")
        documents = _library(chance, articles)
        stock = _stock(documents)
        with Index.open(folder / str(number), write=True) as index, stock.searcher() as searcher:
            _fill(index, documents)
            words = sorted({w for d in documents for f in FIELDS for w in d.texts.get(f).split()})
            for _ in range(_EACH * min(_EACH, tries - number)):
                hits += _same(index, searcher, _tree(chance, documents, words, 3), seed)
        stock.close()
    return f"{tries * _EACH} queries over {articles} articles, {hits} hits, as stock Whoosh finds"


def _same(index: Index, searcher: Any, tree: Tree, seed: int) -> int:
    typed = _typed(tree)
    ours = set(index.matching(parse(typed), _NoFilters()))
    theirs = {searcher.stored_fields(n)["id"] for n in searcher.docs_for_query(_whoosh(tree))}
    if ours != theirs:
        raise SoakError(
            f"Seed {seed}: {typed} finds {sorted(ours - theirs)[:5]} that stock Whoosh does not, "
            f"and not {sorted(theirs - ours)[:5]}."
        )
    return len(ours)


# -- libraries


def _library(chance: random.Random, count: int) -> list[SearchDocument]:
    """Of words that look alike, some common and most rare."""
    syllables = ["".join(pair) for pair in product(_CONSONANTS, _VOWELS)]
    words = ["".join(chance.choices(syllables, k=chance.choice((2, 2, 3)))) for _ in range(400)]
    weights = [1 / (rank + 3) for rank in range(len(words))]

    def text(longest: int) -> str:
        return " ".join(chance.choices(words, weights, k=chance.randint(0, longest)))

    return [
        SearchDocument(number, Texts(text(8), text(20), text(60)), language="en")
        for number in range(1, count + 1)
    ]


def _fill(index: Index, documents: Sequence[SearchDocument]) -> None:
    """In several segments, with some articles replaced and some taken out and put in again."""
    third = len(documents) // 3
    for start in range(0, len(documents), third):
        index.add(documents[max(0, start - 10) : start + third])
        index.commit()
    index.delete([document.id for document in documents[::7]])
    index.commit()
    index.add(documents[::7])
    index.commit()


def _stock(documents: Sequence[SearchDocument]) -> Any:
    text = partial(fields.TEXT, analyzer=RegexTokenizer() | LowercaseFilter(), phrase=True)
    schema = fields.Schema(id=fields.STORED(), **{name: text() for name in FIELDS})
    index = RamStorage().create_index(schema)
    half = len(documents) // 2
    for part in (documents[:half], documents[half:]):
        writer = index.writer()
        for document in part:
            texts = {name: document.texts.get(name) for name in FIELDS}
            writer.add_document(id=document.id, **texts)
        writer.commit(merge=False)
    return index


class _NoFilters:
    def ids(self, field: str, value: str) -> Collection[int]:
        raise SoakError(f"Nobody asked for {field}:{value}.")


# -- queries


def _tree(
    chance: random.Random, documents: Sequence[SearchDocument], words: Sequence[str], depth: int
) -> Tree:
    kind = chance.random()
    again = partial(_tree, chance, documents, words, depth - 1)
    if depth and kind < 0.25:
        return ("and", *(again() for _ in range(chance.randint(2, 3))))
    if depth and kind < 0.5:
        return ("or", *(again() for _ in range(chance.randint(2, 3))))
    if depth and kind < 0.6:
        return ("without", again(), again())
    return _leaf(chance, documents, words)


def _leaf(chance: random.Random, documents: Sequence[SearchDocument], words: Sequence[str]) -> Tree:
    field = chance.choice(("", "", "", *FIELDS))
    kind, word = chance.choice(_LEAVES), chance.choice(words)
    match kind:
        case "phrase":
            text = chance.choice(documents).texts.get(chance.choice(FIELDS)).split()
            at = chance.randrange(max(1, len(text) - 1))
            return (kind, field, text[at : at + chance.randint(2, 3)] or [word])
        case "prefix":
            return (kind, field, [word[: chance.randint(2, 4)]])
        case "wildcard":
            at = chance.randrange(2, len(word))
            return (kind, field, [word[:at] + chance.choice("*?") + word[at + 1 :]])
        case "fuzzy":
            edits = chance.randint(1, 2)
            mistyped = _mistyped(chance, word)
            if len(mistyped) > 2 + edits and _swaps_make_no_difference(mistyped, words, edits):
                return (kind, field, [mistyped], edits)
    return ("word", field, [word])


def _mistyped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(("", chance.choice("aekz"))) + word[at + 1 :]


def _swaps_make_no_difference(word: str, words: Sequence[str], edits: int) -> bool:
    return all(
        (OSA.distance(word, one) <= edits) == (Levenshtein.distance(word, one) <= edits)
        for one in words
    )


def _typed(tree: Tree) -> str:
    """As one would type it; words in quotation marks, so that they stand for themselves."""
    kind, *rest = tree
    match kind:
        case "and":
            return f"({' '.join(map(_typed, rest))})"
        case "or":
            return f"({' OR '.join(map(_typed, rest))})"
        case "without":
            return f"({_typed(rest[0])} -{_typed(rest[1])})"
    scope = f"{rest[0]}:" if rest[0] else ""
    match kind:
        case "prefix":
            return f"{scope}{rest[1][0]}*"
        case "wildcard":
            return scope + str(rest[1][0])
        case "fuzzy":
            return f"{scope}{rest[1][0]}~{rest[2]}"
    return f'{scope}"{" ".join(rest[1])}"'


def _whoosh(tree: Tree) -> Any:
    kind, *rest = tree
    match kind:
        case "and":
            return query.And([_whoosh(part) for part in rest])
        case "or":
            return query.Or([_whoosh(part) for part in rest])
        case "without":
            return query.And([_whoosh(rest[0]), query.Not(_whoosh(rest[1]))])
    return query.Or([_in_field(kind, f, rest) for f in ([rest[0]] if rest[0] else FIELDS)])


def _in_field(kind: str, field: str, rest: Sequence[Any]) -> Any:
    words = rest[1]
    match kind:
        case "phrase" if len(words) > 1:
            return query.Phrase(field, words)
        case "prefix":
            return query.Prefix(field, words[0])
        case "wildcard":
            return query.Wildcard(field, words[0])
        case "fuzzy":
            return query.FuzzyTerm(field, words[0], maxdist=rest[2], prefixlength=0)
    return query.Term(field, words[0])
