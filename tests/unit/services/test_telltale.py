"""Words that tell some texts from others, and when that can be chance."""

import math
import random

import pytest

from reader.domain.article import Texts
from reader.domain.likelihood import SURE, ratio
from reader.services.telltale import sure, terms


def body(*texts: str) -> list[Texts]:
    return [Texts(body=text) for text in texts]


def written(
    inside: list[Texts], outside: list[Texts], least: int = 2
) -> dict[str, tuple[int, int]]:
    return {
        term.written: (len(term.inside), len(term.outside))
        for term in terms(inside, outside, least)
    }


def test_words_and_phrases_are_counted_by_the_texts_that_have_them() -> None:
    inside = body("The stock market rallied. Stock market!", "A stock market fell", "Nothing")
    found = written(inside, body("Our market opened"))
    assert found["stock"] == (2, 0)
    assert found["market"] == (2, 1)
    assert found["stock market"] == (2, 0)
    assert "rallied" not in found


def test_no_phrase_goes_over_the_end_of_a_sentence_or_of_a_text() -> None:
    inside = [Texts("Heavy rain", "", "Market closed. Stock rallied") for _ in range(2)]
    found = written(inside, [])
    assert "Market closed" in found
    assert not {"closed Stock", "rain Market"} & set(found)


def test_numbers_short_words_and_what_all_texts_have_begin_no_phrase() -> None:
    inside = body(*["from the market of 2024 on Wall Street"] * 3)
    outside = body(*["from there to Wall"] * 4)
    found = written(inside, outside)
    assert "market" in found
    assert not {"2024", "of", "the market", "from the market", "on Wall", "Wall Street"} & set(
        found
    )


def test_characters_without_spaces_make_words_only_together() -> None:
    found = written(body("株式市場が上昇", "株式市場が下落"), [])
    assert "株式" in found
    assert "株" not in found


def test_chance_and_no_chance_are_told_apart() -> None:
    assert sure(7, 9, 0, 5)
    assert sure(2, 2, 0, 3)
    assert not sure(2, 9, 0, 12)
    assert not sure(5, 10, 5, 10)
    assert not sure(0, 9, 9, 9), "too seldom is not too often"


@pytest.mark.parametrize("seed", range(50))
def test_the_ratio_is_that_of_two_binomial_chances(seed: int) -> None:
    chance = random.Random(seed)
    of, of_others = chance.randint(1, 40), chance.randint(1, 40)
    hits, others = chance.randint(0, of), chance.randint(0, of_others)

    def likely(k: int, n: int, p: float) -> float:
        return math.comb(n, k) * p**k * (1 - p) ** (n - k)

    same = (hits + others) / (of + of_others)
    apart = likely(hits, of, hits / of) * likely(others, of_others, others / of_others)
    alike = likely(hits, of, same) * likely(others, of_others, same)
    assert ratio(hits, of, others, of_others) == pytest.approx(
        2 * math.log(apart / alike), abs=1e-6
    )


def test_words_that_mean_nothing_are_seldom_sure() -> None:
    """Of words strewn at random over 20 noise and 20 kept articles about one in twenty passes."""
    chance = random.Random(4)

    def strewn() -> int:
        return sum(chance.random() < 0.3 for _ in range(20))

    passed = sum(ratio(strewn(), 20, strewn(), 20) >= SURE for _ in range(2_000))
    assert 0.02 < passed / 2_000 < 0.1
