"""Index, matcher and brute force agree on what a query finds."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from reader.search.crowd import Crowd
from reader.search.language import parse
from reader.search.matcher import Article
from reader.search.stems import stem
from tests.helpers import search_oracle, search_words
from tests.helpers.search_words import CHARACTERS, FAMILIES, LANGUAGES, WORDS, Field, Word


def word(written: str) -> Word:
    return next(known for known in WORDS if written in known.written)


def found(asked: tuple[object, ...], *words: Word, starts: tuple[int, ...] = (0,)) -> bool:
    known = search_words.article(random.Random(1), 1)
    written = tuple(one.written[0] for one in words)
    known.fields["title"] = Field("", words, written, frozenset(starts))
    return search_oracle.true(asked, known)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_index_matcher_and_brute_force_agree(seed: int, tmp_path: Path) -> None:
    assert search_oracle.compare(tmp_path / "index", seed=seed, count=50) > 200


@pytest.mark.parametrize(
    ("a", "b", "count"), [("ab", "ba", 1), ("abc", "abd", 1), ("abc", "", 3), ("abcd", "badc", 2)]
)
def test_the_judge_counts_typing_errors(a: str, b: str, count: int) -> None:
    assert search_oracle.edits(a, b) == count


def test_the_judge_lays_phrases_over_compounds() -> None:
    air, defence, compound = word("air"), word("defence"), word("air-defence")
    asked = ("phrase", "title", 0, (air, defence), '"air defence"')
    assert found(asked, air, defence)
    assert found(asked, compound)
    assert not found(asked, defence, air)


def test_the_judge_knows_where_sentences_end() -> None:
    air, systems = word("air"), word("systems")
    asked = ("sent", *(("word", "title", one, one.written[0]) for one in (air, systems)))
    assert found(asked, systems, air)
    assert not found(asked, systems, air, starts=(0, 1))


def test_the_judge_knows_capitals() -> None:
    asked = ("cased", "title", "Haftar", "Haftar")
    assert found(asked, word("Haftar"))
    assert not found(("cased", "title", "haftar", "haftar"), word("Haftar"))


def test_the_judges_families_are_all_that_share_a_stem() -> None:
    forms = sorted({form for one in WORDS + CHARACTERS for form in one.forms()})
    for language in {language.split("-")[0] for language in LANGUAGES}:
        for a, b in combinations(forms, 2):
            together = stem(a, language) == stem(b, language)
            assert together == search_oracle.shares(a, b, language), (language, a, b)
    assert set(FAMILIES) <= set(LANGUAGES)


def test_a_crowd_of_searches_never_leaves_out_one_that_matches() -> None:
    chance = random.Random(7)
    queries = [parse(search_oracle.show(search_oracle.query(chance))) for _ in range(60)]
    crowd = Crowd(queries)
    spared = 0
    for known in search_words.library(chance, 30):
        candidates = crowd.candidates(crowd.article(known.document))
        article = Article(known.document)
        matching = [number for number, query in enumerate(queries) if article.matches(query)]
        assert candidates == sorted(set(candidates))
        assert set(matching) <= set(candidates)
        spared += len(queries) - len(candidates)
    assert spared > 300
