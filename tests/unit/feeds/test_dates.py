from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.feeds.dates import parse_date, plausible

TEN = datetime(2024, 12, 16, 10, tzinfo=UTC)
MIDNIGHT = TEN.replace(hour=0)

moments = st.integers(631_152_000, 3_786_912_000).map(lambda s: datetime.fromtimestamp(s, UTC))
zones = st.integers(-14 * 4, 14 * 4).map(lambda q: timezone(timedelta(minutes=15 * q)))


@settings(deadline=None, max_examples=50)
@given(moments, zones)
def test_mail_dates_are_read_in_every_zone(moment: datetime, zone: timezone) -> None:
    assert parse_date(format_datetime(moment.astimezone(zone))) == moment


@settings(deadline=None, max_examples=50)
@given(moments, zones, st.sampled_from("T "))
def test_iso_dates_are_read_in_every_zone(moment: datetime, zone: timezone, between: str) -> None:
    assert parse_date(moment.astimezone(zone).isoformat(between)) == moment


@settings(deadline=None, max_examples=50)
@given(moments)
def test_seconds_and_milliseconds_since_1970_are_read(moment: datetime) -> None:
    seconds = int(moment.timestamp())
    assert parse_date(str(seconds)) == moment
    assert parse_date(str(seconds * 1000)) == moment


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 16 Dec 2024 10:00:00 GMT", "Mon, 16 Dec 2024 10:00 UT", "16 Dec 24 10:00:00 Z",
        "2024-12-16T10:00:00Z", "2024-12-16T10:00:00.123456789Z", "2024-12-16 10:00:00 +0000",
        "2024-12-16T14:00:00+04:00", "2024-12-16T14:00:00+04", "20241216T100000Z",
        "20241216100000",
        "2024/12/16 10:00", "2024.12.16 10:00:00", "2024-12-16T05:00:00EST",
        "Mon Dec 16 10:00:00 2024", "Mon Dec 16 13:00:00 MSK 2024",
        "Mon, 16 Dec 2024 13:00:00 MSK",
        "Mon, 16 Dec 2024 05:00:00 EST", "Mon, 16 Dec 2024 11:00:00 BST",
        "Mon, 16 Dec 2024 11:00:00 CET", "Mon, 16 Dec 2024 13:00:00 (UTC+3)",
        "Mon, 16 Dec 2024 13:00:00 GMT+0300", "Mon, 16 Dec 2024 10.00.00 +0000",
        "Dec 16, 2024 10:00 AM", "December 16, 2024 10:00", "16-Dec-2024 10:00:00",
        "16.12.2024 10:00", "16.12.24 10:00", "16/12/2024 10:00", "12/16/2024 10:00 am",
        "Пн, 16 дек 2024 13:00:00 +0300", "16 декабря 2024, 10:00",
        "понедельник, 16 декабря 2024 г. 10:00",
        "16 грудня 2024 р. 10:00", "Pzt, 16 Ara 2024 13:00:00 +0300", "16 Aralık 2024 10:00",
        "16 dekabr 2024 10:00", "lun, 16 dic 2024 10:00:00", "lunedì 16 dicembre 2024 ore 10:00",
        "lun., 16 déc. 2024 10:00:00", "Mo, 16. Dez. 2024 11:00 MEZ",
        "Montag, 16. Dezember 2024, 10:00 Uhr",
        "16 de diciembre de 2024 10:00", "seg, 16 dez 2024 07:00:00 -0300",
        "16 grudnia 2024, 10:00",
        "الاثنين، 16 ديسمبر 2024 10:00", "١٦ ديسمبر ٢٠٢٤ ١٠:٠٠", "16 كانون الأول 2024 10:00",
        "2024年12月16日 10:00", "  Mon,\n 16  Dec 2024 10:00:00 GMT ",
    ],
)  # fmt: skip
def test_one_moment_in_many_spellings(text: str) -> None:
    assert parse_date(text) == TEN


@pytest.mark.parametrize("text", ["2024-12-16", "20241216", "16.12.2024", "16 dicembre 2024"])
def test_a_day_alone_is_its_midnight(text: str) -> None:
    assert parse_date(text) == MIDNIGHT


@pytest.mark.parametrize(("text", "day"), [("2024-12", 1), ("December 2024", 0)])
def test_a_month_is_its_first_day_only_in_iso(text: str, day: int) -> None:
    expected = datetime(2024, 12, day, tzinfo=UTC) if day else None
    assert parse_date(text) == expected


def test_an_hour_past_midnight_is_the_next_day() -> None:
    assert parse_date("Mon, 16 Dec 2024 24:10 EST") == datetime(2024, 12, 17, 5, 10, tzinfo=UTC)


def test_noon_and_midnight_in_half_days() -> None:
    assert parse_date("Dec 16, 2024 12:05 am") == MIDNIGHT.replace(minute=5)
    assert parse_date("Dec 16, 2024 12:05 p.m.") == MIDNIGHT.replace(hour=12, minute=5)


def test_a_weekday_that_looks_like_a_month_is_a_weekday() -> None:
    assert parse_date("mar, 17 dic 2024") == datetime(2024, 12, 17, tzinfo=UTC)
    assert parse_date("mar 17 dic 2024") == datetime(2024, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "03/04/2024", "2024-13-45", "29 Feb 2023", "Mon, 16 Dec 2024 25:00:00",
        "0",
        "10:00", "99999999999999", "9999-12-31T23:59:59-12:00", "x" * 1000, "Dec", "16 Dec",
        "Mon, 16 Dec 2024 10:00:00 +9900", "Dec 16, 2024 13:00 pm",
    ],
)  # fmt: skip
def test_what_is_no_date_or_two_dates_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_plausible_dates_lie_between_1990_and_tomorrow() -> None:
    assert plausible(TEN, TEN)
    assert plausible(TEN + timedelta(hours=24), TEN)
    assert not plausible(TEN + timedelta(hours=24, seconds=1), TEN)
    assert plausible(datetime(1990, 1, 1, tzinfo=UTC), TEN)
    assert not plausible(datetime(1989, 12, 31, 23, 59, tzinfo=UTC), TEN)
