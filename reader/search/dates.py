"""Days and spans of time in a query, in the user's time zone.

A date is a year, a month, a day or an hour of the clock (both, where it is put back and shows one
twice); a range includes both its ends. Results are half-open ranges of whole milliseconds UTC,
(first, end), None where a side is open.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, tzinfo

from reader.errors import QueryError
from reader.search.syntax import shown

Range = tuple[int | None, int | None]

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt](\d{1,2}))?)?)?", re.ASCII)
_AGE = re.compile(r"(\d{1,5})(min|h|d|w|m|y)", re.ASCII)
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def resolve(field: str, value: str, now: datetime, zone: tzinfo | None) -> Range:
    """What `date:`, `last:` or `seen:` with this value means; QueryError when it means nothing."""
    if field == "last" or (field == "seen" and _AGE.fullmatch(value)):
        return age(value, now, zone), None
    return span(value, zone)


def is_relative(field: str, value: str) -> bool:
    return field == "last" or (field == "seen" and _AGE.fullmatch(value) is not None)


def span(value: str, zone: tzinfo | None) -> Range:
    """`2024`, `2024-12`, `2024-12-16`, `2024-12-16T14`, `A..B`, `..B`, `A..`."""
    if ".." not in value:
        return _day(value, zone, 0), _day(value, zone, 1)
    first, last = value.split("..", 1)
    if not first and not last:
        raise QueryError("A range needs a date on at least one side: date:2024-12-01..")
    start = _day(first, zone, 0) if first else None
    end = _day(last, zone, 1) if last else None
    if start is not None and end is not None and start >= end:
        raise QueryError(f"The range {shown(value)} ends before it begins: swap its two dates.")
    return start, end


def age(value: str, now: datetime, zone: tzinfo | None) -> int:
    """`24h`, `7d`, `2w`, `3m` (calendar months), `1y` before `now`."""
    found = _AGE.fullmatch(value)
    if not found or not int(found[1]):
        raise QueryError(
            f"“{shown(value)}” is no length of time: write a number with h, d, w, m or y, like "
            "last:7d."
        )
    number, unit = int(found[1]), found[2]
    try:
        if unit in _UNITS:
            then = now - timedelta(**{_UNITS[unit]: number})
        else:
            then = _shifted(now.astimezone(zone), -number * (12 if unit == "y" else 1))
        return to_ms(then)
    except (OverflowError, ValueError, OSError) as problem:
        raise QueryError(
            f"“{shown(value)}” reaches back too far: choose a shorter time."
        ) from problem


def to_ms(moment: datetime) -> int:
    """Whole milliseconds UTC, rounded down; without a zone, local time is meant."""
    if moment.tzinfo is None:  # astimezone() is an hour off where the clock leaps over it
        moment = datetime.fromtimestamp(moment.timestamp(), UTC)
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _day(text: str, zone: tzinfo | None, after: int) -> int:
    """Where the hour, day, month or year begins, or (`after` = 1) the next one does."""
    found = _DATE.fullmatch(text)
    if not found:
        raise QueryError(
            f"“{shown(text)}” is no date: write 2024, 2024-12, 2024-12-16 or, for an hour, "
            "2024-12-16T14, or last:24h."
        )
    year, month, day, hour = (int(part) if part else 0 for part in found.groups())
    if not (1900 <= year <= 2200 and hour < 24 and _exists(year, found[2], found[3])):
        raise QueryError(f"There is no date {text}: check year, month, day and hour.")
    first = datetime(year, month or 1, day or 1, hour, tzinfo=zone)
    if not after:
        return to_ms(first)
    if found[4]:
        return to_ms(first + timedelta(hours=1))
    if day:
        return to_ms(first + timedelta(days=1))  # the same hour, whatever the clocks did
    return to_ms(_shifted(first, 1 if month else 12))


def _exists(year: int, month: str | None, day: str | None) -> bool:
    if month is None:
        return True
    if not 1 <= int(month) <= 12:
        return False
    return day is None or 1 <= int(day) <= monthrange(year, int(month))[1]


def _shifted(moment: datetime, months: int) -> datetime:
    """The same day of another month, or its last day where that month is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(year)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
