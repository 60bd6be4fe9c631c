"""Feeds, one name per stage: what is subscribed, what came over the wire, what was read in it."""

from dataclasses import dataclass
from datetime import datetime

from reader.domain.article import ParsedItem


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to one request. `body` is decompressed; empty with `status` 304."""

    status: int
    url: str
    """The address that answered, after redirects."""
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """Where every redirect on the way was permanent: the new address, else ""."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    title: str
    site_url: str
    language: str
    items: tuple[ParsedItem, ...]
    kind: str
    """"rss", "rdf", "atom" or "json"."""
    problem: str = ""
    """What was wrong with a feed that could be read all the same."""
    known: tuple[int, ...] = ()
    """Items that were left out because they are known, by how they are written."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription, as the library holds it."""

    id: int
    url: str
    title: str
    outlet: str
    folder: str
    """"A/B", or "" at the top."""
    site_url: str = ""
    language: str = ""
    allow_private: bool = False
    allow_images: bool = False
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    identity: str = "guid"
    fetched_once: bool = False
    interval: int | None = None
    last_fetched: datetime | None = None
    next_fetch: datetime | None = None
    error: str = ""
    error_since: datetime | None = None
    failures: int = 0
    gone: bool = False
    fetch_url: str = ""
    """Where permanent redirects have led, to be asked instead of `url`; else ""."""
    added: datetime | None = None
    carried: bool = False
    """It has brought an item before."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed with its counts, for the sidebar and `feeds`."""

    feed: Feed
    articles: int
    unread: int


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What one fetch of one feed gave."""

    feed_id: int
    url: str
    title: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    """Articles seen again as they were; with a 304 answer, all that the feed held last time."""
    alerts: int = 0
    error: str = ""
    seconds: float = 0.0
