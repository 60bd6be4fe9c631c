"""Inflected words meet in one stem, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import tokens
from reader.search.stems import has, primary, stem


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "missile missiles"),
        ("en-GB", "defence defences"),
        ("de", "Rakete Raketen"),
        ("de_AT", "Häuser Hauses"),
        ("fr", "Élysée Élysées"),
        ("es", "misil misiles"),
        ("ru", "ракета ракеты ракетами"),
        ("uk", ""),
        ("sv", "bilen bilarna"),
        ("hi", "सरकार सरकारों"),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, forms: str) -> None:
    folded = [token.text for token in tokens(forms) if token.kind == "word"]
    assert len({stem(form, language) for form in folded}) == min(1, len(folded))


@pytest.mark.parametrize("form", ["f-16s", "s400s", "caliber.az", "c++", "us", "東"])
def test_what_is_not_letters_alone_or_too_short_stays_as_it_is(form: str) -> None:
    assert stem(form, "en") == form


def test_a_pair_is_stemmed_part_by_part() -> None:
    assert stem("air defences", "en") == f"air {stem('defences', 'en')}"


@pytest.mark.parametrize("language", ["", "ar", "xx", "zh", "zh-Hant"])
def test_a_language_without_a_stemmer_leaves_words_alone(language: str) -> None:
    assert not has(language)
    assert stem("missiles", language) == "missiles"


@pytest.mark.parametrize("form", ["leri", "lari"])
def test_a_word_that_is_nothing_but_an_ending_is_its_own_stem(form: str) -> None:
    assert stem(form, "tr") == form


def test_a_variant_is_stemmed_as_its_language() -> None:
    assert primary("en-GB") == primary("EN_us") == "en"
    assert has("pt-BR")
    assert stem("missiles", "en-GB") == stem("missiles", "en")


@given(st.text(max_size=30), st.sampled_from(["en", "de", "fr", "ru", "tr", "fi", "hi"]))
def test_any_form_has_a_stem_and_always_the_same(text: str, language: str) -> None:
    for token in tokens(text):
        if token.kind != "cased":
            found = stem(token.text, language)
            assert found
            assert stem(token.text, language) == found
            assert found.count(" ") == token.text.count(" ")
