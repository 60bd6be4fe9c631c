from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.entity import Entity
from reader.domain.feed import Feed
from reader.gui import words

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=38), "38 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=8), "14 Nov"),
        (timedelta(days=700), "22 Dec 2024"),
        (timedelta(minutes=-3), "now"),
        (timedelta(days=-8), "30 Nov"),
    ],
)
def test_time_of_a_row_is_short(passed: timedelta, said: str) -> None:
    assert words.ago(NOW - passed, NOW) == said


def test_days_are_headings() -> None:
    today = date(2026, 11, 22)
    assert words.day(today, today) == "Today"
    assert words.day(today - timedelta(days=1), today) == "Yesterday"
    assert words.day(today - timedelta(days=2), today) == "Friday, 20 November"
    assert words.day(date(2024, 2, 29), today) == "Thursday, 29 February 2024"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (4200, "4 kB"), (7_000_000, "7 MB"), (1.9e9, "1.9 GB")],
)
def test_sizes_have_one_unit(count: float, said: str) -> None:
    assert words.size(int(count)) == said


def test_counts_agree_with_their_word() -> None:
    assert words.counted(1, "article") == "1 article"
    assert words.counted(1284, "article") == "1,284 articles"
    assert words.counted(2, "entity", "entities") == "2 entities"


@pytest.mark.parametrize(
    ("text", "right"),
    [("Haftar", False), ("حفتر", True), ("«حفتر»", True), ("12 — x", False), ("שלום", True),
     ("", False), ("S-400 في", False)],
)  # fmt: skip
def test_direction_is_that_of_the_first_letter(text: str, right: bool) -> None:
    assert words.leans_right(text) is right


@given(st.text(alphabet="aЖ電😀𝔊 "), st.integers(0, 20))
def test_units_are_what_utf16_counts(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert words.units(text, offset) == len(text[:offset].encode("utf-16-le")) // 2


def test_a_source_keeps_its_letter_and_colour() -> None:
    assert words.initial("  «ведомости»") == "В"
    assert words.initial("…") == "•"
    assert words.badge("Harbour Review") == words.badge("Harbour Review")


def _feed(number: int, url: str, title: str) -> Feed:
    return Feed(number, url, title, title, "")


def test_feeds_called_by_the_same_host_are_told_apart_by_their_addresses() -> None:
    feeds = [
        _feed(1, "https://www.port.test/news.xml", "port.test"),
        _feed(2, "http://port.test/ships", "port.test"),
        _feed(3, "http://quay.test/feed", "quay.test"),
        _feed(4, "http://one.test/a", "News"),
        _feed(5, "http://two.test/b", "News"),
        _feed(6, "http://none.test/", ""),
        _feed(7, "http://[broken", "port.test"),
    ]
    assert words.feed_names(feeds) == {
        1: "www.port.test/news.xml", 2: "port.test/ships", 3: "quay.test", 4: "News", 5: "News",
        6: "http://none.test/", 7: "port.test",
    }  # fmt: skip


def test_entities_of_one_name_are_told_apart_by_their_watchlists() -> None:
    one, other = Entity("Burns", "person", "cia", id=1), Entity("Burns", "place", "us", id=2)
    third = Entity("Derna", "place", "us", id=3)
    assert words.labelled([one, other, third]) == {
        "Burns (cia)": one, "Burns (us)": other, "Derna": third,
    }  # fmt: skip
