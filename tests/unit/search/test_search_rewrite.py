"""Changes that make a query stricter: every one runs, and finds nothing that was not found."""

import random

import pytest

from reader.errors import QueryError
from reader.search.language import Query, parse
from reader.search.matcher import Article
from reader.search.rewrite import excluding, stricter
from tests.helpers import search_oracle as oracle
from tests.helpers import search_words as words


def changes(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in stricter(parse(query)):
        found.setdefault(one.how, []).append(one.query)
    return found


def test_each_alternative_is_left_out_once_wherever_the_or_stands() -> None:
    assert changes("a OR b OR c")["without"] == ["b OR c", "a OR c", "a OR b"]
    assert changes("libya (a OR b)")["without"] == ["libya b", "libya a"]
    assert changes("x OR (libya (a OR b))")["without"] == [
        "libya (a OR b)", "x", "x OR libya b", "x OR libya a",
    ]  # fmt: skip


def test_words_are_asked_for_in_the_title_in_their_form_and_with_their_capitals() -> None:
    found = changes("libya WHO")
    assert found["title"] == ["title:libya WHO", "libya title:WHO"]
    assert found["form"] == ["=libya WHO", "libya =WHO"]
    assert found["case"] == ["libya case:WHO"]
    assert "title:a OR title:b" in changes("a OR b")["title"]


def test_two_clauses_are_brought_together_and_near_ones_nearer() -> None:
    found = changes("libya (a OR b) lang:en")
    assert found["near"] == [f"libya NEAR/{between} (a OR b) lang:en" for between in (25, 10, 3)]
    assert found["sentence"] == ["libya SENT (a OR b) lang:en"]
    assert changes("libya NEAR/10 oil")["near"] == ["libya NEAR/3 oil"]


@pytest.mark.parametrize("query", ["title:a", "NOT x entity:y", "lang:en", '"air defence"', "/s4/"])
def test_what_is_strict_already_and_what_is_excluded_stays(query: str) -> None:
    assert set(changes(query)) <= {"title"}
    assert not [one for one in stricter(parse(query)) if "x" in one.parts]


def test_what_is_excluded_binds_to_the_whole_query() -> None:
    assert excluding(parse("a OR b"), '"stock market"') == '(a OR b) NOT "stock market"'
    assert excluding(parse("a b"), "outlet:X") == "a b NOT outlet:X"
    assert excluding(parse("a"), "b OR c") == "a NOT (b OR c)"


@pytest.mark.parametrize("seed", range(3))
def test_a_stricter_query_finds_less_and_one_that_excludes_finds_the_rest(seed: int) -> None:
    chance = random.Random(seed)
    articles = [Article(words.article(chance, n).document) for n in range(30)]
    tried = fewer = 0
    for _ in range(30):
        query = runnable(oracle.show(oracle.query(chance)))
        before = {n for n, article in enumerate(articles) if article.matches(query)}
        for one in stricter(query):
            changed = parse(one.query)
            assert str(changed) == one.query
            after = {n for n, article in enumerate(articles) if article.matches(changed)}
            assert after <= before, (str(query), one)
            tried, fewer = tried + 1, fewer + (after < before)
        clause = runnable(oracle.show(oracle.query(chance, 1)))
        rest = parse(excluding(query, str(clause)))
        assert {n for n in before if not articles[n].matches(clause)} == {
            n for n, article in enumerate(articles) if article.matches(rest)
        }
    assert tried > 50
    assert fewer > 10


def runnable(text: str) -> Query:
    try:
        return parse(text)
    except QueryError:
        return parse("haftar OR tobruk")
