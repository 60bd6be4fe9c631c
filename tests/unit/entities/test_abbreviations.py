"""Dots that may stand in a name or not, and other freedoms of those who write it."""

import pytest

from reader.domain.entity import Alias, Entity
from reader.entities.abbreviations import respelled
from reader.entities.match import Matcher


def found(alias: Alias, text: str, language: str = "") -> list[str]:
    matcher = Matcher([Entity("Nobody Else", "other", aliases=(alias,))])
    return [text[match.start : match.end] for match in matcher.find(text, language)]


@pytest.mark.parametrize(
    ("alias", "written"),
    [
        ("St. Petersburg", ["St. Petersburg", "St Petersburg", "ST PETERSBURG"]),
        ("Apple Inc.", ["Apple Inc.", "Apple Inc"]),
        ("J.D. Vance", ["J.D. Vance", "J. D. Vance", "JD Vance"]),
        ("JD Vance", ["J.D. Vance", "J. D. Vance", "JD Vance"]),
        ("George W. Bush", ["George W. Bush", "George W Bush"]),
        ("US Navy", ["US Navy", "U.S. Navy"]),
        ("U.S. Navy", ["US Navy", "U.S. Navy"]),
        ("В.В. Путин", ["В.В. Путин", "В. В. Путина"]),
    ],
)
def test_the_dots_of_abbreviations_may_be_set_otherwise(alias: str, written: list[str]) -> None:
    for one in written:
        assert found(Alias(alias), f"({one}) and") == [one]


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        (Alias("U.S."), "US us U S"),
        (Alias("Caliber.Az"), "Caliber Az CaliberAz"),
        (Alias("St. Petersburg", case=True), "St Petersburg"),
        (Alias("Bin Laden"), "B.I.N. Laden"),
        (Alias("J. Edgar"), "JEdgar Edgar"),
    ],
)
def test_other_dots_are_part_of_the_name(alias: Alias, text: str) -> None:
    assert found(alias, text) == []


@pytest.mark.parametrize(
    "name", ["Haftar", "U.S.", "F-16", "Caliber.Az", "ab.", "حفتر", "..", "J."]
)
def test_a_name_without_such_words_has_one_spelling(name: str) -> None:
    assert list(respelled(name)) == []


def test_an_amount_of_dollars_is_no_country() -> None:
    assert found(Alias("US"), "US$5 billion, US$ 3; the US pays US-$ 7.") == ["US", "US"]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("ایران", "ایران‌اند، ایران‌ها و ایران؛ ایرانی", ["ایران", "ایران", "ایران"]),
        ("خامنه‌ای", "خامنه‌ای‌ها، خامنه ای و خامنه‌ای", ["خامنه‌ای", "خامنه ای", "خامنه‌ای"]),
        ("عمران خان", "عمران خان‌کا", ["عمران خان"]),
    ],
)
def test_what_a_joiner_keeps_apart_is_no_part_of_a_persian_name(
    alias: str, text: str, expected: list[str]
) -> None:
    assert found(Alias(alias), text, "fa") == expected


def test_a_short_first_word_of_a_hebrew_name_takes_prefixes() -> None:
    assert found(Alias("תל אביב"), "בתל אביב, מתל אביב, כשתל אביב") == ["תל אביב"] * 3
    assert found(Alias("לב"), "בלב") == []


@pytest.mark.parametrize("dot", "·・•‧･")
@pytest.mark.parametrize("alias", ["弗拉基米尔·普京", "ウラジーミル・プーチン"])
def test_any_dot_may_stand_between_the_parts_of_a_foreign_name(alias: str, dot: str) -> None:
    written = alias.replace("·", dot).replace("・", dot)
    assert found(Alias(alias), f"在{written}。") == [written]


@pytest.mark.parametrize("alias", ["Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi"])
def test_the_arabic_article_is_spelled_in_two_ways(alias: str) -> None:
    text = "Abdel Fattah el-Sisi, Abdel Fattah Al Sisi; Abdel Fattah Sisi"
    assert found(Alias(alias), text) == ["Abdel Fattah el-Sisi", "Abdel Fattah Al Sisi"]
    assert found(Alias("El Al"), "Al Al, El El") == []


@pytest.mark.parametrize(
    ("language", "alias", "text"),
    [
        ("ru", "Чёрное море", "Чёрного моря, Чёрному морю, Черным морем, Чёрном море"),
        ("ru", "Красный Яр", "Красного Яра, Красный Яр, Красном Яре"),
        ("uk", "Чорне море", "Чорного моря, Чорному морю, Чорним морем, Чорному морі"),
        ("uk", "Азовське море", "Азовського моря, Азовському морі"),
    ],
)
def test_seas_and_short_last_words_are_declined(language: str, alias: str, text: str) -> None:
    assert found(Alias(alias), text, language) == text.split(", ")


def test_the_last_syllable_of_a_korean_name_is_declined_in_russian() -> None:
    text = "Ким Чен Ына, Ким Чен Ыну, Ким Чен Ыном, Ким Чен Ын"
    assert found(Alias("Ким Чен Ын"), text, "ru") == text.split(", ")
