"""Periods, the columns of a chart, and tables of what a page says."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain import profile_tables
from reader.domain.entity import Entity
from reader.domain.profile import (
    MOST_COLUMNS,
    OTHERS,
    UNITS,
    Column,
    Companion,
    Profile,
    Question,
    Sentence,
    Strand,
    Unit,
    columns,
    fitting,
    since,
)
from reader.errors import UsageError

TODAY = date(2026, 11, 22)


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


@given(st.dates(), st.integers(0, 5_000), st.sampled_from(UNITS))
def test_columns_cover_the_period_without_gaps(first: date, days: int, unit: Unit) -> None:
    last = first + timedelta(days=min(days, (date.max - first).days))
    found = list(columns(first, last, unit))
    assert (found[0][0], found[-1][1]) == (first, last)
    for (_, end), (begin, _) in pairwise(found):
        assert begin == end + timedelta(days=1)
        assert {"day": True, "week": begin.weekday() == 0, "month": begin.day == 1}[unit]


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(UNITS))
def test_a_long_time_is_counted_in_coarser_units(first: date, unit: Unit) -> None:
    used, found = fitting(first, TODAY, unit)
    assert UNITS.index(used) >= UNITS.index(unit)
    assert len(found) <= MOST_COLUMNS + 1 or used == "month"
    if used != unit:
        finer = UNITS[UNITS.index(used) - 1]
        assert len(list(columns(first, TODAY, finer))) >= MOST_COLUMNS


def profile(columns: tuple[Column, ...]) -> Profile:
    return Profile(Entity("Haftar", "person", id=1), Question(), "day", columns=columns)


def read(table: profile_tables.Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.csv().decode("utf-8-sig"), newline="")))


def test_a_chart_is_a_table_with_iso_dates_and_its_strands() -> None:
    shown = profile((Column(date(2026, 1, 1), date(2026, 1, 4), 3, 7),))
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
