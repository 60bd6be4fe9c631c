"""Searches and what they give, without any engine."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime

from reader.domain.article import ArticleLine, Span

DEFAULT_LIMIT = 50


@dataclass(frozen=True, slots=True)
class SavedSearch:
    id: int
    name: str
    query: str
    alert: bool = False
    version: int = 1
    broken: str = ""
    """Why the query can no longer be run, or ""; its history is kept."""


@dataclass(frozen=True, slots=True)
class SavedLine:
    """`total`: all matching articles; `unread`: the unread among them."""

    saved: SavedSearch
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class Alert:
    article_id: int
    title: str
    saved_search: str
    why: tuple[Span, ...]
    at: datetime
    seen: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer of an engine: ids in the order asked for, all of them or the first `limit`."""

    total: int
    ids: "array[int]"  # quoted: Python 3.11 cannot subscript it
    scores: "array[float]"
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results for a list or the command line."""

    total: int
    lines: tuple[tuple[ArticleLine, float], ...]
    hint: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: tuple[tuple[str, int], ...] = field(default=())
