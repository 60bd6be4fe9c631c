"""A needle stands in every word for which its slot is true."""

import random

import pytest

from reader.search.listing import making_true
from reader.search.needles import needle, needles
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


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        (Slot("word", "missiles"), {" missil"}),
        (Slot("word", "eu"), {" eu"}),
        (Slot("exact", "covid-19"), {" covid"}),
        (Slot("exact", "at&t"), {" at"}),
        (Slot("cased", "Haftar"), {" haftar"}),
        (Slot("word", "ракета"), set()),
        (Slot("glob", "air-def*"), {" air"}),
        (Slot("glob", "*haftar?s"), {"haftar"}),
        (Slot("word", "air defence"), {" defenc"}),
        (Slot("exact", "дом defence"), set()),
        (Slot("fuzzy", "haftar", 1), {"ha", "ft", "ar"}),
        (Slot("regex", "colou?r[st]{2}"), {"colo"}),
        (Slot("regex", "s-?[34]00"), {"00"}),
        (Slot("regex", "(?:a|b)cd"), None),
        (Slot("regex", ".{4}"), None),
        (Slot("word", "y"), None),
        (Slot("fuzzy", "ab", 1), None),
    ],
)
def test_needles_of_words_whatever_stands_around_them(
    slot: Slot, expected: set[str] | None
) -> None:
    assert needles(slot, "en") == expected


def test_nothing_is_sure_of_inflections_that_are_not_known() -> None:
    assert needles(Slot("word", "raketen"), "de") is None
    assert needles(Slot("word", "raketen"), "") == {" raketen"}
    assert needles(Slot("exact", "raketen"), "de") == {" raketen"}


def test_a_word_with_typing_errors_keeps_one_of_its_pieces() -> None:
    chance = random.Random(5)
    for _ in range(5_000):
        text = "".join(chance.choices("abcd", k=chance.randint(5, 9)))
        slot = Slot("fuzzy", text, chance.randint(1, 2))
        wrong = [*text]
        for _edit in range(slot.edits):
            at = chance.randrange(len(wrong))
            change = chance.choice(["swap", "drop", "other", "more"])
            if change == "swap":
                wrong[at : at + 2] = reversed(wrong[at : at + 2])
            else:
                wrong[at : at + 1] = {"drop": [], "other": ["x"], "more": [wrong[at], "x"]}[change]
        found = "".join(wrong)
        if making_true(slot, found, "en"):
            assert any(piece in found for piece in needles(slot, "en") or ())
