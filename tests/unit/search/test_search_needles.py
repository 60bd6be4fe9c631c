"""A needle stands in every word for which its slot is true."""

import random

import pytest

from reader.search.listing import making_true
from reader.search.needles import needle
from reader.search.syntax import Slot

_ENDINGS = [
    *("s", "es", "ies", "ied", "eed", "eedly", "ed", "edly", "ing", "ingly", "yings", "y", "ly"),
    *("ational", "tional", "ency", "ancy", "ence", "ance", "ably", "able", "ently", "ization"),
    *("ation", "ator", "alism", "ality", "ally", "fulness", "ously", "ousness", "iveness", "ivity"),
    *("bility", "biliti", "bli", "bly", "ogy", "ogist", "fully", "lessly", "alize", "icate"),
    *("icity", "ical", "ful", "ness", "ative", "al", "er", "ic", "ible", "ant", "ement", "ment"),
    *("ent", "ism", "ate", "ity", "ous", "ive", "ize", "ion", "sion", "sses", "ss", "us", "e"),
]
_LETTERS = "eeettaaoinshrdlcumwfgypbvkxjqz"


def test_an_english_word_has_the_needle_of_its_stem() -> None:
    chance = random.Random(3)
    sure = 0
    for _ in range(20_000):
        endings = chance.choices(_ENDINGS, k=chance.randint(0, 4))
        word = "".join(chance.choices(_LETTERS, k=chance.randint(1, 5)) + endings)
        found = needle(Slot("word", word), "en")
        assert found in word
        sure += bool(found)
    assert sure > 15_000


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (["happy", "happiness"], "happ"),
        (["possibly", "possible", "possibilities"], "possi"),
        (["missile", "missiles"], "missil"),
        (["relational", "relate", "relating"], "relat"),
        (["hoping", "hoped", "hope"], "hop"),
        (["skies", "sky"], ""),
        (["dying", "dies"], ""),
    ],
)
def test_the_forms_of_a_word_share_a_needle(family: list[str], expected: str) -> None:
    assert {needle(Slot("word", word), "en") for word in family} <= {expected}
    for word in family:
        assert making_true(Slot("word", family[0]), word, "en")


@pytest.mark.parametrize(
    ("slot", "language", "expected"),
    [
        (Slot("word", "missiles"), "", "missiles"),
        (Slot("word", "raketen"), "de", ""),
        (Slot("exact", "missiles"), "en", "missiles"),
        (Slot("exact", "f-16"), "en", ""),
        (Slot("word", "северсталь"), "", ""),
        (Slot("cased", "Haftar"), "en", "haftar"),
        (Slot("glob", "h?ftar*"), "en", "ftar"),
        (Slot("glob", "*a*"), "en", ""),
        (Slot("glob", "air def*"), "en", ""),
        (Slot("word", "air defence"), "en", ""),
        (Slot("fuzzy", "haftar", 1), "en", ""),
        (Slot("regex", "haftar"), "en", ""),
    ],
)
def test_only_what_is_sure_is_a_needle(slot: Slot, language: str, expected: str) -> None:
    assert needle(slot, language) == expected
