"""Names between scripts, and what their spellings have in common."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.fold import fold_key
from reader.entities.transliterate import beginnings, romanised, script, skeleton, spellings

SAME = (
    ("Haftar", "Hifter", "Hafter", "Хафтар", "حفتر"),
    ("Gaddafi", "Qaddafi", "Kaddafi", "Каддафи", "القذافي"),
    ("Putin", "Poutine", "Путин", "بوتين"),
    ("Wagner", "Вагнер", "فاغنر"),
    ("al-Assad", "Assad", "Asad", "Асад", "الأسد"),
    ("Omar", "Umar", "Омар", "عمر"),
    ("Yusuf", "Юсуф", "يوسف"),
    ("Zelensky", "Zelenskyy", "Зеленский", "Зеленський", "زيلينسكي"),
    ("Shoigu", "Шойгу", "شويغو"),
    ("Benghazi", "Bengasi", "Бенгази", "بنغازي"),
    ("Erdoğan", "Erdogan", "Эрдоган", "أردوغان"),
    ("Fatima", "Fatimah", "Фатима", "فاطمة"),
    ("Bashar al-Assad", "Башар аль-Асад", "بشار الأسد"),
)
LETTERS = st.text("abcdeghijkstuwyz'- абвгдежзийхцшщьюяєіїґابتثجحخدعغقكلمنهوية", max_size=12)


@pytest.mark.parametrize("names", SAME, ids=[names[0] for names in SAME])
def test_spellings_of_one_name_have_one_skeleton(names: tuple[str, ...]) -> None:
    assert {skeleton(name) for name in names} == {skeleton(names[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("Haftar", "Hatter"), ("Tobruk", "Tripoli"), ("Putin", "Patton rule")]
)
def test_other_names_have_another(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Haftar", {"Хафтар", "Гафтар", "حفتر"}),
        ("Vladimir Putin", {"Владимир Путин"}),
        ("Хафтар", {"Khaftar", "Haftar"}),
        ("Зеленський", {"Zelensky"}),
        ("Хрущёв", {"Khrushchev"}),
        ("Erdoğan", {"Эрдоган"}),
        ("Sergei", {"Сергей"}),
        ("بوتين", {"Butin"}),
    ],
)
def test_names_are_written_as_newspapers_do(name: str, expected: set[str]) -> None:
    assert expected <= set(spellings(name))


@pytest.mark.parametrize("name", ["S-400", "哈夫塔尔", "Χαφτάρ", "", "Haftar Хафтар", "حفتر"])
def test_what_cannot_be_written_by_sound_is_left_alone(name: str) -> None:
    assert list(spellings(name)) == []


def test_scripts_are_told_apart() -> None:
    told = [script(name) for name in ("Ərdoğan", "Їжак", "حفتر", "Ελλάδα", "Aб", "400")]
    assert told == ["latin", "cyrillic", "arabic", "", "", ""]


def test_the_likeliest_latin_spelling_is_folded() -> None:
    assert [romanised(n) for n in ("Шойгу", "Erdoğan", "哈")] == ["shoygu", "erdogan", "哈"]


@given(LETTERS)
def test_a_skeleton_survives_folding_and_case(text: str) -> None:
    assert skeleton(text) == skeleton(fold_key(text)) == skeleton(text.upper().lower())


@given(LETTERS)
def test_the_first_letter_is_one_of_those_a_skeleton_may_begin_with(text: str) -> None:
    word = next(iter(fold_key(text).split()), "")
    bones = skeleton(word)
    if word and " " not in bones and bones and word[0] not in "اь'":
        assert word[0] in beginnings(bones)


@given(LETTERS)
def test_spellings_are_few_different_and_of_another_script(text: str) -> None:
    found = list(spellings(text, 4))
    assert len(found) == len({fold_key(one) for one in found}) <= 12
    assert all(script(one) != script(text) for one in found)
    assert all(unicodedata.category(c) != "Cn" for one in found for c in one)
