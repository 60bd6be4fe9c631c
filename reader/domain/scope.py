"""Which articles a list shows: a place in the library, a filter on top, an order."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything by default. At most one place (`feed` to `copies_of`) is set."""

    feed: int | None = None
    folder: str | None = None
    entity: int | None = None
    saved: int | None = None
    saved_folder: str | None = None
    tag: str | None = None
    copies_of: int | None = None
    """An article with all that repeat its text, or that it repeats."""
    starred: bool = False
    alerts: bool = False
    """Articles that fired an alert."""
    unread: bool = field(default=False)
    before: datetime | None = None
    """Only what is older than this (by `sorted_at`); for "mark older than … read"."""
    ids: tuple[int, ...] | None = None
    """Exactly these (search results), whatever else is set but `unread` and `before`."""
