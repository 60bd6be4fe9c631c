"""The columns of a chart over time: hours, days, weeks or months without gaps, in local time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple, get_args

Unit = Literal["hour", "day", "week", "month"]
UNITS: tuple[Unit, ...] = get_args(Unit)
MOST_COLUMNS = 1_500
"""Of a chart; a longer time is counted in coarser units."""


class Span(NamedTuple):
    """What a column stands for: from its first to its last day, or an hour of one day."""

    first: date
    last: date
    hour: tuple[datetime, datetime] | None = None
    """When it begins and when the next one does, local, with the offset from UTC that each has."""

    def written(self) -> tuple[str, str]:
        """ISO 8601: both days, or the moments between which an hour is."""
        begin, end = self.hour or (self.first, self.last)
        return _written(begin), _written(end)


def fitting(first: date, last: date, unit: Unit) -> tuple[Unit, list[Span]]:
    """The columns from one day to another, without gaps; coarser ones where they are too many."""
    for each in UNITS[UNITS.index(unit) :]:
        if each == "month" or _least(first, last, each) <= MOST_COLUMNS:
            unit = each
            break
    return unit, list(columns(first, last, unit))


def columns(first: date, last: date, unit: Unit) -> Iterator[Span]:
    """Hours, days, weeks from Monday, or months; cut where the period begins and ends."""
    while first <= last:
        end = min(last, _end(first, unit))
        if unit == "hour":
            yield from _hours(first)
        else:
            yield Span(first, end)
        if end == date.max:
            return
        first = end + timedelta(days=1)


def midnight(day: date) -> datetime:
    """When a local day begins; the clock may say 1:00 where it is put forward at midnight."""
    moment = datetime.combine(day, time()).timestamp()  # astimezone() misses what is leapt over
    return datetime.fromtimestamp(moment, UTC).astimezone()


def _hours(day: date) -> Iterator[Span]:
    """From full hour to full hour of the clock on the wall; no longer than an hour of real time.

    Where the clock is put forward or back a day has fewer or more of them, or, where that is by
    half an hour, a short one.
    """
    begin = midnight(day)
    end = midnight(day + timedelta(days=1))
    while begin < end:
        rest = timedelta(hours=1) - timedelta(minutes=begin.minute, seconds=begin.second)
        after = min((begin.astimezone(UTC) + rest).astimezone(), end)
        yield Span(day, day, (begin, after))
        begin = after


def _least(first: date, last: date, unit: Unit) -> int:
    """How many columns there are, nearly."""
    days = (last - first).days
    if unit == "hour":
        return (days + 1) * 24
    return days // {"day": 1, "week": 7, "month": 28}[unit] + 1


def _end(day: date, unit: Unit) -> date:
    """The last day of the unit that a day is in."""
    if unit in ("hour", "day"):
        return day
    if unit == "week":
        return day + timedelta(days=min(6 - day.weekday(), (date.max - day).days))
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _written(edge: date) -> str:
    return edge.isoformat("T", "minutes") if isinstance(edge, datetime) else edge.isoformat()
