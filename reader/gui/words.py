"""How numbers, times and sizes are put for a person, and what painting must know of a text.

Times are aware; what is shown is in the user's own time zone.
"""

import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from PySide6.QtGui import QColor

from reader.domain.entity import Entity
from reader.domain.feed import Feed

BADGES = tuple(
    QColor(code)
    for code in (
        "#3567B0", "#A3591A", "#1F7A55", "#6B4FB8", "#A33A58",
        "#9C3F80", "#17707A", "#5B662B", "#8A4B32", "#4A5568",
    )
)  # fmt: skip
"""Behind a source's initial, which is white: contrast at least 4.5."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(value: int) -> str:
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """`counted(2, "article")` is "2 articles"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def size(count: int) -> str:
    """Bytes as "412 kB", "1.9 GB"."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def ago(then: datetime, now: datetime) -> str:
    """Short, for a row: "now", "38 min", "5 h", "14 Nov", "14 Nov 2024"."""
    passed = now - then
    if timedelta(minutes=-5) < passed < timedelta(minutes=1):
        return "now"
    if timedelta(0) < passed < timedelta(hours=1):
        return f"{int(passed.total_seconds() // 60)} min"
    if timedelta(0) < passed < timedelta(hours=24):
        return f"{int(passed.total_seconds() // 3600)} h"
    local, today = then.astimezone(), now.astimezone()
    short = f"{local.day} {_MONTHS[local.month - 1]}"
    return short if local.year == today.year else f"{short} {local.year}"


def day(then: date, today: date) -> str:
    """A heading: "Today", "Yesterday", "Friday, 20 November", with the year when it differs."""
    if then == today:
        return "Today"
    if then == today - timedelta(days=1):
        return "Yesterday"
    full = f"{_DAYS[then.weekday()]}, {then.day} {_LONG[then.month - 1]}"
    return full if then.year == today.year else f"{full} {then.year}"


def moment(then: datetime, now: datetime) -> str:
    """When something happened: "09:42" today, else "14 Nov, 09:42"."""
    local = then.astimezone()
    clock = f"{local:%H:%M}"
    same = local.date() == now.astimezone().date()
    return clock if same else f"{local.day} {_MONTHS[local.month - 1]}, {clock}"


def leans_right(text: str) -> bool:
    """Whether a text is written from right to left, by its first letter that has a direction."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def units(text: str, offset: int) -> int:
    """Where a code point stands in Qt's texts, which count in UTF-16 units."""
    if text.isascii():
        return offset
    return offset + sum(char > "\uffff" for char in text[:offset])


def spans_in_units(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(units(text, start), units(text, end)) for start, end in spans]


def initial(name: str) -> str:
    """The letter that stands for a source: its first letter or figure, else a dot."""
    return next((char for char in name if char.isalnum()), "•").upper()[:1]


def badge(name: str) -> QColor:
    """Always the same colour for the same name."""
    return BADGES[zlib.crc32(name.encode()) % len(BADGES)]


def feed_names(feeds: Iterable[Feed]) -> dict[int, str]:
    """What to call each feed, by id: its title, and its address where it has none of its own.

    A feed that never had a title is called by its host; where several are called the same, their
    addresses tell them apart.
    """
    known = list(feeds)
    called = Counter(feed.title for feed in known)
    return {feed.id: _feed_name(feed, shared=called[feed.title] > 1) for feed in known}


def labelled(entities: Iterable[Entity]) -> dict[str, Entity]:
    """By what to call each: its name, and its watchlist where several have the name."""
    known = list(entities)
    called = Counter(one.name for one in known)
    return {
        one.name if called[one.name] == 1 else f"{one.name} ({one.watchlist})": one for one in known
    }


def _feed_name(feed: Feed, *, shared: bool) -> str:
    if not feed.title:
        return feed.url
    try:
        parts = urlsplit(feed.url)
        nameless = feed.title == (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return feed.title
    return feed.url.removeprefix(f"{parts.scheme}://") if nameless and shared else feed.title
