"""What the sidebar and the status bar show of a whole library."""

from dataclasses import dataclass
from datetime import datetime

from reader.domain.entity import EntityLine
from reader.domain.feed import FeedLine
from reader.domain.looks import EntityType
from reader.domain.search import SavedLine
from reader.domain.watchlist import Watchlist


@dataclass(frozen=True, slots=True)
class Totals:
    articles: int = 0
    unread: int = 0
    starred: int = 0
    feeds: int = 0
    failing: int = 0
    alerts_unseen: int = 0
    to_index: int = 0
    bytes_on_disk: int = 0
    last_refresh: datetime | None = None


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder by path ("A/B"), with the articles and unread of everything below it."""

    path: str
    articles: int
    unread: int


@dataclass(frozen=True, slots=True)
class Overview:
    totals: Totals = Totals()
    saved: tuple[SavedLine, ...] = ()
    saved_folders: tuple[FolderLine, ...] = ()
    """Folders of saved searches; an article that several of them match counts once."""
    folders: tuple[FolderLine, ...] = ()
    feeds: tuple[FeedLine, ...] = ()
    entities: tuple[EntityLine, ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    watchlists: tuple[Watchlist, ...] = ()
    types: tuple[EntityType, ...] = ()
    """As they look: every type that is built in, was made or is in use."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What kind of thing a change touched; each screen decides whether to redraw."""

    articles: frozenset[int] = frozenset()
    counts: bool = False
    feeds: bool = False
    entities: bool = False
    saved: bool = False
    lists: bool = False
    """Articles were added or left: a list on show may be out of date."""

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.articles | other.articles,
            self.counts or other.counts,
            self.feeds or other.feeds,
            self.entities or other.entities,
            self.saved or other.saved,
            self.lists or other.lists,
        )
