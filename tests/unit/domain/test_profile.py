"""Periods, the columns of a chart, and tables of what a page says."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain import profile_tables
from reader.domain.entity import Entity
from reader.domain.profile import (
    OTHERS,
    Column,
    Companion,
    Profile,
    Question,
    Sentence,
    Strand,
    since,
)
from reader.domain.profile_columns import (
    MOST_COLUMNS,
    UNITS,
    Span,
    Unit,
    columns,
    fitting,
    midnight,
)
from reader.errors import UsageError

TODAY = date(2026, 11, 22)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Makes a zone the local one."""

    def at(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield at
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1d", TODAY),
        ("30d", date(2026, 10, 24)),
        ("2w", date(2026, 11, 9)),
        ("1Y", date(2025, 11, 23)),
        (" 6m ", date(2026, 5, 27)),
        ("9999y", date.min),
        ("all", None),
    ],
)
def test_a_period_ends_today_and_says_its_first_day(text: str, first: date | None) -> None:
    assert since(text, TODAY) == first


@pytest.mark.parametrize("text", ["", "0d", "d", "30", "30 days", "-3d", "1d2w", "all of it"])
def test_what_is_no_period_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError, match="30d, 12w, 6m, 1y or all"):
        since(text, TODAY)


@given(st.dates(), st.integers(0, 5_000), st.sampled_from(UNITS[1:]))
def test_columns_cover_the_period_without_gaps(first: date, days: int, unit: Unit) -> None:
    last = first + timedelta(days=min(days, (date.max - first).days))
    found = list(columns(first, last, unit))
    assert (found[0].first, found[-1].last) == (first, last)
    for one, following in pairwise(found):
        begin = following.first
        assert begin == one.last + timedelta(days=1)
        assert {"day": True, "week": begin.weekday() == 0, "month": begin.day == 1}[unit]


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(UNITS))
def test_a_long_time_is_counted_in_coarser_units(first: date, unit: Unit) -> None:
    used, found = fitting(first, TODAY, unit)
    assert UNITS.index(used) >= UNITS.index(unit)
    assert len(found) <= MOST_COLUMNS + 1 or used == "month"
    if used != unit:
        finer = UNITS[UNITS.index(used) - 1]
        assert len(list(islice(columns(first, TODAY, finer), MOST_COLUMNS))) == MOST_COLUMNS


@pytest.mark.parametrize(
    ("zone", "day", "hours", "short"),
    [
        ("UTC", date(2026, 3, 29), 24, 0),
        ("Asia/Kolkata", date(2026, 3, 29), 24, 0),
        ("Europe/Berlin", date(2026, 3, 29), 23, 0),
        ("Europe/Berlin", date(2026, 10, 25), 25, 0),
        ("Asia/Beirut", date(2026, 3, 29), 23, 0),
        ("Atlantic/Azores", date(2026, 10, 25), 25, 0),
        ("Australia/Lord_Howe", date(2026, 10, 4), 24, 1),
        ("Australia/Lord_Howe", date(2026, 4, 5), 25, 1),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall(
    local: Callable[[str], None], zone: str, day: date, hours: int, short: int
) -> None:
    local(zone)
    found = [span.hour for span in columns(day, day, "hour") if span.hour]
    assert (found[0][0], found[-1][1]) == (midnight(day), midnight(day + timedelta(days=1)))
    assert all(one[1] == following[0] for one, following in pairwise(found))
    lengths = [end - begin for begin, end in found]
    assert len(lengths) == hours
    assert lengths.count(timedelta(minutes=30)) == short
    assert lengths.count(timedelta(hours=1)) == hours - short
    assert sum(begin.minute != 0 for begin, _ in found) == short


def test_an_hour_is_written_with_its_offset(local: Callable[[str], None]) -> None:
    local("Europe/Berlin")
    day = date(2026, 10, 25)
    found = list(columns(day, day, "hour"))
    assert [span.written() for span in found[2:4]] == [
        ("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"),
        ("2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00"),
    ]
    assert profile_tables.told(found[2]) == "2026-10-25T02:00+02:00"
    assert profile_tables.told(Span(day, date(2026, 10, 26))) == "2026-10-25..2026-10-26"


@pytest.mark.parametrize(("days", "unit"), [(1, "hour"), (62, "hour"), (63, "day")])
def test_two_months_are_counted_by_the_hour_and_no_more(days: int, unit: Unit) -> None:
    used, found = fitting(TODAY - timedelta(days=days - 1), TODAY, "hour")
    assert used == unit
    assert len(found) <= MOST_COLUMNS


def profile(columns: tuple[Column, ...]) -> Profile:
    return Profile(Entity("Haftar", "person", id=1), Question(), "day", columns=columns)


def read(table: profile_tables.Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.csv().decode("utf-8-sig"), newline="")))


def test_a_chart_is_a_table_with_iso_dates_and_its_strands() -> None:
    shown = profile((Column(Span(date(2026, 1, 1), date(2026, 1, 4)), 3, 7),))
    strands = [Strand("الوسط", (2,), (5,)), Strand(OTHERS, (1,), (2,))]
    assert read(profile_tables.time(shown, strands)) == [
        [
            "from",
            "to",
            "articles",
            "mentions",
            "الوسط",
            "(others)",
            "الوسط (mentions)",
            "(others) (mentions)",
        ],
        ["2026-01-01", "2026-01-04", "3", "7", "2", "1", "5", "2"],
    ]


def test_unknown_counts_stay_empty_in_a_table() -> None:
    one = Companion(2, "Tobruk", "place", "libya", 3, 9, 12.5, 1.5)
    (_, row) = read(profile_tables.company([one]))
    assert row == ["Tobruk", "place", "libya", "3", "9", "", "12.5", "1.5"]


def test_words_from_the_web_are_no_formulas_in_a_spreadsheet() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    one = Sentence(7, "=HYPERLINK(1)", "@home", at, "en", "body", 0, "Two\nlines,\t“so”", ())
    (_, row) = read(profile_tables.sentences([one]))
    assert row == [
        "2026-01-02T03:04:05Z", "'@home", "en", "7", "'=HYPERLINK(1)", "body", "Two lines, “so”",
    ]  # fmt: skip


def test_a_table_for_the_clipboard_has_a_line_for_each_row() -> None:
    table = profile_tables.Table(("a", "b"), (("x\ty\nz", 1), (None, 2.5)))
    assert table.tabbed() == "a\tb\nx y z\t1\n\t2.5"
