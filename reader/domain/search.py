"""Searches and what they give, without any engine."""

from array import array
from dataclasses import dataclass, field

from reader.domain.alert import AS_USUAL, AlertRule
from reader.domain.article import ArticleLine

DEFAULT_LIMIT = 50
FACETS = ("feed", "outlet", "lang", "day", "entity", "type", "watchlist", "folder")
"""What matching articles can be counted by."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    id: int
    name: str
    query: str
    alert: bool = False
    version: int = 1
    broken: str = ""
    """Why the query can no longer be run, or ""; its history is kept."""
    folder: str = ""
    """Where it stands among the saved searches; "" for none. Folders do not nest."""
    rule: AlertRule = AS_USUAL
    """How its alert behaves, while `alert` is on."""

    def __hash__(self) -> int:
        return self.id  # hits are kept by it, article after article


@dataclass(frozen=True, slots=True)
class SavedLine:
    """`total`: all matching articles; `unread`: the unread among them.

    `days`: hits on each of the last 30 local days, oldest first; empty when not asked for.
    `kept`, `noise`: how many of its articles were judged so. `files`: those that it is published
    to.
    """

    saved: SavedSearch
    total: int
    unread: int
    days: tuple[int, ...] = ()
    kept: int = 0
    noise: int = 0
    files: tuple[str, ...] = ()


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
    """How many articles of a result have each value; `name` is the field that narrows by it.

    A day's value is "2024-12-16"; a feed's is its URL; a language's its code, "" when unknown.
    """

    name: str
    values: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query as it was typed, for a box that shows tokens: `text[start:end]`.

    `kind`: "word", "phrase", "filter" (a field with its value), "operator", or "bracket".
    `field` and `value` as a person would say them ("entity", "Khalifa Haftar"); `type` is that
    of the tracked entity a filter names. `excluded`: behind NOT or a minus.
    """

    start: int
    end: int
    kind: str
    value: str
    field: str = ""
    excluded: bool = False
    type: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What could stand at the cursor: put `text` in place of `query[start:end]`.

    `label` and `note` are what a list shows: the name, and what it is or how many articles it has.
    """

    text: str
    start: int
    end: int
    label: str
    note: str = ""
    kind: str = ""
    """"field", "feed", "entity", "tag", "value", "word", …"""
