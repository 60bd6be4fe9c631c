"""Which articles a list shows: a place in the library, a filter on top, an order."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything by default. At most one of `feed`, `folder`, `entity`, `saved`, `tag` is set."""

    feed: int | None = None
    folder: str | None = None
    entity: int | None = None
    saved: int | None = None
    tag: str | None = None
    starred: bool = False
    alerts: bool = False
    """Articles that fired an alert."""
    unread: bool = field(default=False)
    before: datetime | None = None
    """Only what is older than this (by `sorted_at`); for "mark older than … read"."""
    ids: tuple[int, ...] | None = None
    """Exactly these (search results), whatever else is set but `unread` and `before`."""
