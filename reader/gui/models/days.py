"""Days of a search's results as bars wide enough to be clicked: days, weeks, months or years.

Pure values; the chart paints them, the panel's presenter says what the query is to hold.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

MOST = 45
"""Bars at most: with more of them none could be aimed at."""
_WIDTHS = {"day": 0, "week": 6, "month": 30, "year": 99_999}
"""Names of the units, and how many days after its first one the last day of a bar may be."""
_YEARS = (1, 2, 5, 10, 20, 50, 100)
Span = tuple[date, date]
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Bar:
    """`count` articles from `first` to `last`, both included."""

    first: date
    last: date
    count: int = 0


def bars(days: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    """Oldest first, without gaps, of the finest unit that needs at most `MOST` bars.

    `days`: ("2024-12-16", articles) in any order; what is no day is left out.
    """
    counts = {day: count for text, count in days if (day := _day(text)) is not None and count > 0}
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    for unit in (_days(first, last, 1), _weeks(first, last), _months(first, last)):
        if len(spans := list(islice(unit, MOST + 1))) <= MOST:
            return _filled(spans, counts)
    return _filled(_years(first, last), counts)


def unit(shown: Sequence[Bar]) -> str:
    """What each bar stands for: "day", "week", "month" or "year"."""
    width = (shown[0].last - shown[0].first).days if shown else 0
    return next(name for name, most in _WIDTHS.items() if width <= most)


def value(first: date, last: date) -> str:
    """What stands behind `date:` for this span: "2024", "2024-12", "2024-12-16" or a range."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == _month_end(first):
        return f"{first.year:04}-{first.month:02}"
    if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
        return f"{first.year:04}"
    return f"{first.isoformat()}..{last.isoformat()}"


def said(first: date, last: date) -> str:
    """The span as a person says it: "16 Dec 2024", "Dec 2024", "2024", "9 – 15 Dec 2024".

    Whole years and months are said as such: "2018 – 2025", "Mar – Dec 2024".
    """
    if first == last:
        return f"{first.day} {_month(first)}"
    if first.day == 1 and last == _month_end(first):
        return _month(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) + (f" – {last.year}" if first.year < last.year else "")
    if first.day == 1 and last == _month_end(last):
        begin = _MONTHS[first.month - 1] if first.year == last.year else _month(first)
        return f"{begin} – {_month(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last.day} {_month(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {last.day} {_month(last)}"
    return f"{first.day} {_month(first)} – {last.day} {_month(last)}"


def table(shown: Sequence[Bar]) -> str:
    """Tab-separated, a line for each bar, with a line of names on top."""
    rows = (f"{value(bar.first, bar.last)}\t{bar.count}" for bar in shown)
    return "\n".join(("date\tarticles", *rows))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days(first: date, last: date, step: int) -> Iterator[Span]:
    for number in range(0, (last - first).days + 1, step):
        day = first + timedelta(days=number)
        yield day, day + timedelta(days=min(step - 1, (date.max - day).days))


def _weeks(first: date, last: date) -> Iterator[Span]:
    """From Monday to Sunday."""
    back = min(first.weekday(), (first - date.min).days)
    return _days(first - timedelta(days=back), last, 7)


def _years(first: date, last: date) -> list[Span]:
    """Single years, or so many of them together that there are few bars."""
    together = next((n for n in _YEARS if last.year // n - first.year // n < MOST), _YEARS[-1])
    start = max(1, first.year - first.year % together)
    return [
        (date(year, 1, 1), date(min(9999, year - year % together + together - 1), 12, 31))
        for year in (start, *range(start - start % together + together, last.year + 1, together))
    ]


def _months(first: date, last: date) -> Iterator[Span]:
    begun = first.year * 12 + first.month - 1
    for number in range(begun, last.year * 12 + last.month):
        start = date(number // 12, number % 12 + 1, 1)
        yield start, _month_end(start)


def _filled(spans: Sequence[Span], counts: dict[date, int]) -> tuple[Bar, ...]:
    ordered, found, at = sorted(counts.items()), [], 0
    for first, last in spans:
        total = 0
        while at < len(ordered) and ordered[at][0] <= last:
            total += ordered[at][1]
            at += 1
        found.append(Bar(first, last, total))
    return tuple(found)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"
