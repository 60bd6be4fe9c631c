"""Days as bars: never a gap, never a lost article, never more bars than can be aimed at."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.gui.models.days import MOST, Bar, bars, said, table, unit, value
from reader.search.dates import span, to_ms

DATES = st.dates(date(1, 1, 1), date(9999, 12, 31))


def days(count: int, start: date = date(2026, 10, 24)) -> list[tuple[str, int]]:
    return [((start + timedelta(days=n)).isoformat(), n + 1) for n in range(count)]


@given(st.dictionaries(DATES, st.integers(1, 10_000), min_size=1, max_size=60))
def test_bars_cover_every_article_once_without_gaps(counts: dict[date, int]) -> None:
    made = bars((day.isoformat(), count) for day, count in counts.items())
    assert sum(bar.count for bar in made) == sum(counts.values())
    assert 1 <= len(made) <= max(MOST, 101)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(made))
    for bar in made:
        inside = sum(count for day, count in counts.items() if bar.first <= day <= bar.last)
        assert bar.count == inside


@given(st.lists(st.dates(date(1950, 1, 1), date(2150, 1, 1)), min_size=2, max_size=2))
def test_what_a_bar_asks_for_is_its_days_and_no_other(ends: list[date]) -> None:
    first, last = min(ends), max(ends)
    for bar in bars([(first.isoformat(), 1), (last.isoformat(), 1)]):
        if bar.first.year >= 1900:
            begin, end = span(value(bar.first, bar.last), UTC)
            after = bar.last + timedelta(days=1)
            assert begin == to_ms(datetime.combine(bar.first, time(), UTC))
            assert end == to_ms(datetime.combine(after, time(), UTC))


@pytest.mark.parametrize(
    ("count", "width", "name"),
    [
        (1, 1, "day"), (30, 1, "day"), (45, 1, "day"), (46, 7, "week"), (300, 7, "week"),
        (400, 31, "month"), (1300, 31, "month"), (1500, 366, "year"), (40_000, 1827, "year"),
    ],
)  # fmt: skip
def test_the_finest_unit_that_fits_is_taken(count: int, width: int, name: str) -> None:
    made = bars(days(count))
    assert max((bar.last - bar.first).days + 1 for bar in made) == width
    assert unit(made) == name


def test_many_years_are_put_together() -> None:
    made = bars([("1650-03-01", 1), ("2026-11-22", 4)])
    assert len(made) <= MOST
    assert (made[0].first, made[-1].last) == (date(1650, 1, 1), date(2029, 12, 31))
    assert bars([("0001-01-01", 1), ("9999-12-31", 1)])[-1].last == date(9999, 12, 31)


def test_order_zero_counts_and_nonsense_do_not_matter() -> None:
    counted = days(20)
    random.Random(3).shuffle(counted)
    assert bars([*counted, ("", 7), ("2026-13-01", 2), ("2020-01-01", 0)]) == bars(days(20))
    assert bars([]) == ()


@pytest.mark.parametrize(
    ("first", "last", "asked", "words"),
    [
        ((2024, 12, 16), (2024, 12, 16), "2024-12-16", "16 Dec 2024"),
        ((2024, 2, 1), (2024, 2, 29), "2024-02", "Feb 2024"),
        ((2024, 1, 1), (2024, 12, 31), "2024", "2024"),
        ((2018, 1, 1), (2025, 12, 31), "2018-01-01..2025-12-31", "2018 – 2025"),
        ((2024, 3, 1), (2024, 12, 31), "2024-03-01..2024-12-31", "Mar – Dec 2024"),
        ((2023, 12, 1), (2024, 2, 29), "2023-12-01..2024-02-29", "Dec 2023 – Feb 2024"),
        ((2024, 12, 9), (2024, 12, 15), "2024-12-09..2024-12-15", "9 – 15 Dec 2024"),
        ((2024, 11, 30), (2024, 12, 2), "2024-11-30..2024-12-02", "30 Nov – 2 Dec 2024"),
        ((2024, 12, 30), (2025, 1, 5), "2024-12-30..2025-01-05", "30 Dec 2024 – 5 Jan 2025"),
    ],
)
def test_a_span_is_asked_for_and_said(
    first: tuple[int, int, int], last: tuple[int, int, int], asked: str, words: str
) -> None:
    assert value(date(*first), date(*last)) == asked
    assert said(date(*first), date(*last)) == words


def test_the_table_has_a_line_for_each_bar() -> None:
    made = (Bar(date(2024, 2, 1), date(2024, 2, 29), 3), Bar(date(2024, 3, 1), date(2024, 3, 31)))
    assert table(made) == "date\tarticles\n2024-02\t3\n2024-03\t0"
