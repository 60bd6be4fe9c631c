"""A needle stands in every word for which its slot is true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.search.listing import making_true
from reader.search.needles import needle
from reader.search.stems import stem
from reader.search.syntax import Slot

_ENDINGS = [
    *("s", "es", "ies", "ied", "eed", "eedly", "ed", "edly", "ing", "ingly", "yings", "y", "ly"),
    *("ational", "tional", "ency", "ancy", "ence", "ance", "ably", "able", "ently", "ization"),
    *("ation", "ator", "alism", "ality", "ally", "fulness", "ously", "ousness", "iveness", "ivity"),
    *("bility", "biliti", "bli", "bly", "ogy", "ogist", "fully", "lessly", "alize", "icate"),
    *("icity", "ical", "ful", "ness", "ative", "al", "er", "ic", "ible", "ant", "ement", "ment"),
    *("ent", "ism", "ate", "ity", "ous", "ive", "ize", "ion", "sion", "sses", "ss", "us", "e"),
]
_BEGINNINGS = st.text("etaoinshrdlcumwfgypbvkxjqz", min_size=1, max_size=6)
_WORDS = st.builds(
    lambda a, b: a + "".join(b), _BEGINNINGS, st.lists(st.sampled_from(_ENDINGS), max_size=4)
)


@given(_WORDS)
@settings(max_examples=1_500, deadline=None)
def test_an_english_word_has_the_needle_of_its_stem(word: str) -> None:
    assert needle(Slot("word", stem(word, "en")), "en") in word
    assert needle(Slot("word", word), "en") in word


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
