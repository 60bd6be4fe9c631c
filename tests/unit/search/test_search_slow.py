"""What is said of a query before it is saved: slow, broad and changing parts, as written."""

from datetime import UTC, datetime

import pytest

from reader.search.language import parse
from reader.search.slow import MANY_FORMS, is_open, remarks

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


class Archive:
    """A thousand articles, of which a clause has as many as it is said to have."""

    def __init__(self, *, words: int = 0, **having: int) -> None:
        self.articles = 1_000
        self._words = words
        self._having = having
        self.asked: list[str] = []

    def having(self, clause: str) -> int:
        self.asked.append(clause)
        return self._having.get(clause.strip("*"), 0)

    def beginning(self, prefix: str, most: int) -> int:
        return min(self._words, most)


def said(query: str, archive: Archive | None = None, total: int = 0) -> list[str]:
    return list(remarks(parse(query, NOW), archive or Archive(), total))


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("haftar OR ab*", "“ab*”"),
        ("haftar title:a?b", "“title:a?b”"),
        ("haftar -(libya ab*)", "“ab*”"),
        ("haftar OR *stan", "“*stan”"),
        ("/.*stan/", "“/.*stan/”"),
        ("haftar NEAR/51 (wagner OR tobruk)", "“haftar NEAR/51 (wagner OR tobruk)”"),
        ("haftar ONEAR/200 wagner", "“haftar ONEAR/200 wagner”"),
        ('"air defence"~51', '“"air defence"~51”'),
        ("last:7d haftar", "“last:7d”"),
        ("seen:24h haftar", "“seen:24h”"),
        ("haftar -last:2d", "“last:2d”"),
        ("haftar is:unread", "“is:unread”"),
        ("haftar (is:starred OR tag:libya)", "“is:starred”"),
        ("haftar (is:starred OR tag:libya)", "“tag:libya”"),
        ('haftar note:"to do"', '“note:"to do"”'),
    ],
)
def test_a_part_that_costs_or_changes_is_quoted_as_it_is_written(query: str, part: str) -> None:
    assert [one for one in said(query) if part in one]


@pytest.mark.parametrize(
    "query",
    [
        "haftar", "haft*", "con*tion", "haftar NEAR/50 wagner", '"air defence"~50', "haftar~2",
        "/s-?[34]00/", "/hafta.*/", "entity:Haftar lang:en", "date:2024-12-01..2024-12-18 haftar",
        "seen:2024-12-16 haftar", "haftar -is:read -tag:old", "feed:Reuters haftar", "has:revision",
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_is_quick_narrow_and_lasting(query: str) -> None:
    assert said(query) == []


def test_a_pattern_for_very_many_words_is_named() -> None:
    (sentence,) = said("con*", Archive(words=MANY_FORMS + 1))
    assert "“con*”" in sentence
    assert said("con*", Archive(words=MANY_FORMS)) == []


def test_a_word_in_more_than_a_fifth_of_all_articles_is_named_with_the_number() -> None:
    (sentence,) = said("haftar minister", Archive(minister=201, haftar=200))
    assert sentence.startswith("“minister” is in 201 of 1,000 articles (20%)")
    assert said("haftar minister", Archive(minister=200)) == []


def test_only_words_that_decide_by_themselves_are_counted() -> None:
    archive = Archive()
    said('one (two OR title:three) four NEAR/5 five "six seven" -eight FIRST/9 nine', archive)
    assert archive.asked == ["one", "two", "title:three"]


def test_the_whole_is_named_when_it_finds_nearly_anything_and_a_single_word_only_once() -> None:
    (sentence,) = said("a OR b", Archive(a=150, b=150), total=300)
    assert "300 of 1,000 articles (30%)" in sentence
    assert len(said("minister", Archive(minister=300), total=300)) == 1


def test_nothing_is_said_twice() -> None:
    assert len(said("ab* OR (libya ab*)")) == 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (".*stan", True), ("a.*", True), ("ab+", True), (r"[\pL\pN_]+stan", True),
        ("[a-z]*x", True), (".{3,}", True), ("abc.*", False), ("(?:haf|hif)t.*", False),
        ("s-?[34]00", False), ("a.{1,3}", False), (r"\.com", False),
    ],
)  # fmt: skip
def test_an_expression_is_open_when_too_few_letters_stand_before_any_length(
    expression: str, expected: bool
) -> None:
    assert is_open(expression) is expected
