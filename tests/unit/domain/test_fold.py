import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.fold import fold, fold_key

TRICKY = (
    "aAbcß ÉéIİıi\u0301\u0308\u0306\u00ad\u200f\u200b…æÆﬁŁ'’-–\u00a0\u0640\u064bحأىفيЙйиИЁёі"
    "0٤ﻻ\n\r\t"
)
texts = st.text(alphabet=st.one_of(st.sampled_from(TRICKY), st.characters()), max_size=40)


@pytest.mark.parametrize(
    "spellings",
    [
        ("İstanbul", "ISTANBUL", "istanbul", "ıstanbul"),
        ("Straße", "STRASSE", "strasse"),
        ("Əliyev", "Aliyev", "əliyev"),
        ("Erdoğan", "Erdog\u0306an", "ERDOGAN"),
        ("Élysée", "elysee"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("Семён", "СЕМЕН", "Семе\u0308н"),
        ("Зеленский", "ЗЕЛЕНСКИ\u0418\u0306"),
        ("Київ", "Киі\u0308в"),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
        ("أحمد", "احمد", "أَحْمَد", "أحمـــد"),
        ("القذافى", "القذافي", "القذافی"),
        ("غزة", "غزه"),
        ("٤٠٠", "400", "۴۰۰", "４００"),
        ("S-400", "S‑400", "S–400", "S 400", "S\u00a0400"),
        ("Haf\u00adtar", "Haftar", "\u200eHaf\u200btar\u200f"),
        ("Qur’an", "Qur'an", "Qurʾan"),
        ("ﬁnance", "finance"),
        ("ハリファ・ハフタル", "ハリファ ハフタル"),
        ("AT＆T", "AT&T"),
        ("«Вагнер»", '"Вагнер"', "„Вагнер“"),
    ],
)
def test_spellings_of_one_name_are_equal(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling).text for spelling in spellings}) == 1


def test_letters_that_only_look_accented_stay_apart() -> None:
    assert fold("йїў").text == "йїў"
    assert fold("и").text != fold("й").text
    assert fold("し").text != fold("じ").text


def test_signs_inside_words_of_indic_and_thai_scripts_are_kept() -> None:
    assert fold("लीबिया").text == "लीबिया"
    assert fold("ลิเบีย").text == "ลิเบีย"


def test_offsets_of_a_word_are_those_of_the_original() -> None:
    text = "Straße: æ Haf\u00adtar and Jose\u0301!"
    folded = fold(text)
    start = folded.text.index("haftar")
    assert text[slice(*folded.span(start, start + 6))] == "Haf\u00adtar"
    start = folded.text.index("jose")
    assert text[slice(*folded.span(start, start + 4))] == "Jose\u0301"


def test_an_invisible_mark_after_a_word_is_not_part_of_it() -> None:
    text = "\u200fحفتر\u200f قال"
    folded = fold(text)
    start = folded.text.index("حفتر")
    assert text[slice(*folded.span(start, start + 4))] == "حفتر"


def test_both_halves_of_an_expanded_letter_lead_to_it() -> None:
    folded = fold("aßb")
    assert [folded.origin(i) for i in range(5)] == [0, 1, 1, 2, 3]
    assert [folded.end(i) for i in range(5)] == [0, 1, 2, 2, 3]


def test_squeezed_white_space_is_one_space_but_an_empty_line_is_not() -> None:
    text = "Khalifa \r\n  Haftar\n\nBenghazi"
    folded = fold(text, squeeze=True)
    assert folded.text == "khalifa haftar  benghazi"
    assert folded.origin(8) == text.index("Haftar")
    assert fold("a\r\n\r\nb", squeeze=True).text == "a    b"
    assert fold("a  b").text == "a  b"


def test_key_ignores_white_space_around_and_between() -> None:
    assert fold_key("  Khalifa \n Haftar ") == fold_key("khalifa-haftar") == "khalifa haftar"


def test_half_characters_do_not_survive() -> None:
    assert fold("a\ud800b").text == "a\ufffdb"


def test_every_character_of_unicode_folds_once_and_for_all() -> None:
    for code in range(0, sys.maxunicode + 1, 11):
        _folds_once(chr(code))
    for code in range(0x3100):
        _folds_once(chr(code))


def _folds_once(character: str) -> None:
    folded = fold(character)
    assert fold(folded.text).text == folded.text
    assert folded.end(len(folded.text)) in (0, 1)
    upper = character.upper()
    if len(upper) == 1 and not unicodedata.combining(character):
        assert fold(upper).text == folded.text


@given(texts, st.booleans())
@settings(max_examples=300, deadline=None)
def test_positions_lead_back_in_order_and_within_the_text(text: str, squeeze: bool) -> None:
    folded = fold(text, squeeze=squeeze)
    origins = [folded.origin(i) for i in range(len(folded.text) + 1)]
    ends = [folded.end(i) for i in range(len(folded.text) + 1)]
    assert origins == sorted(origins)
    assert ends == sorted(ends)
    assert all(0 <= place <= len(text) for place in origins + ends)
    assert origins[-1] == len(text)


@given(texts, st.booleans(), st.data())
@settings(max_examples=300, deadline=None)
def test_a_slice_of_the_original_folds_to_the_slice(
    text: str, squeeze: bool, data: st.DataObject
) -> None:
    folded = fold(text, squeeze=squeeze)
    whole = [  # not between the two characters of an ß
        i for i in range(len(folded.text)) if i == 0 or folded.origin(i) != folded.origin(i - 1)
    ]
    whole.append(len(folded.text))
    first, last = sorted(data.draw(st.lists(st.sampled_from(whole), min_size=2, max_size=2)))
    start, end = folded.span(first, last)
    if first < last:
        assert fold(text[start:end], squeeze=squeeze).text == folded.text[first:last]
