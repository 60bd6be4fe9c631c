"""What matching articles have in common: how many there are of each feed, day, language, …"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

import numpy as np

from reader.domain import folders
from reader.domain.entity import Entity
from reader.domain.search import FACETS, Facet
from reader.errors import UsageError
from reader.search.dates import to_ms
from reader.services.arrays import NOBODY, Ids, Kept
from reader.services.catalog import Catalog
from reader.services.groups import Pairs
from reader.services.shelf import UNKNOWN, Shelf

Counts = list[tuple[str, int]]

_BITS = 40
"""Of a pair of value and article, how many are for the article."""


class Facets:
    """Counts by value, biggest first, namesakes by name; days newest first."""

    def __init__(self, catalog: Catalog, shelf: Shelf, stamp: Callable[[], object]) -> None:
        self._catalog = catalog
        self._shelf = shelf
        self._stamp = stamp
        self._feeds = Kept(lambda: tuple(feed.id for feed in catalog.feed_names()), stamp)
        self._entities = Kept(lambda: tuple(e.entity.id for e in catalog.entity_lines()), stamp)
        self._values = {
            "feed": Kept(lambda: Values([[f.url] for f in catalog.feed_names()]), stamp),
            "outlet": Kept(lambda: Values([[f.outlet] for f in catalog.feed_names()]), stamp),
            "folder": Kept(lambda: Values([_above(f.folder) for f in catalog.feed_names()]), stamp),
            "entity": self._of_entities(lambda entity: entity.name),
            "type": self._of_entities(lambda entity: entity.type),
            "watchlist": self._of_entities(lambda entity: entity.watchlist),
        }  # fmt: skip

    def _of_entities(self, value: Callable[[Entity], str]) -> "Kept[Values]":
        lines = self._catalog.entity_lines
        return Kept(lambda: Values([[value(line.entity)] for line in lines()]), self._stamp)

    def of(self, name: str, ids: Ids, zone: tzinfo | None) -> Facet:
        """`name`: one of `FACETS`, else UsageError. `zone`: where days begin; None: here.

        A feed's value is its URL; an article in several feeds counts for each. A folder counts
        what is below it too. An article counts once for each folder, outlet, entity's name, type
        and watchlist.
        """
        match name:
            case "day":
                return Facet(name, tuple(self._by_day(ids, zone)))
            case "lang":
                counts = self._by_language(ids)
            case "entity" | "type" | "watchlist":
                pairs = self._shelf.entities.turned(self._entities.get()).of(ids)
                counts = self._values[name].get().counted(pairs)
            case "feed" | "outlet" | "folder":
                pairs = self._shelf.feeds.turned(self._feeds.get()).of(ids)
                counts = self._values[name].get().counted(pairs)
            case _:
                known = ", ".join(FACETS)
                raise UsageError(f'There is no facet "{name}"; choose one of {known}.')
        found = ((value, count) for value, count in counts if count)
        return Facet(name, tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))))

    def _by_language(self, ids: Ids) -> Counts:
        columns = self._shelf.columns(ids)
        known = _known(ids, columns.dates)
        counts = np.bincount(columns.languages[known], minlength=len(columns.names))
        return list(zip(columns.names, counts.tolist(), strict=True))

    def _by_day(self, ids: Ids, zone: tzinfo | None) -> Counts:
        dates = self._shelf.columns(ids).dates
        moments = dates[_known(ids, dates)]
        if not len(moments):
            return []
        first, midnights = _midnights(int(moments.min()), int(moments.max()), zone)
        counts = np.bincount(np.searchsorted(midnights, moments, side="right"))
        days = np.flatnonzero(counts)[::-1].tolist()
        return [(str(first + timedelta(days=day)), int(counts[day])) for day in days]


class Values:
    """The values that a group gives its articles: none, one, or one for each level of folders."""

    def __init__(self, of_groups: list[list[str]]) -> None:
        having = Counter(value for several in of_groups for value in several)
        numbers = {name: number for number, name in enumerate(having)}
        self._names = list(having)
        self._several = np.array([*(count > 1 for count in having.values()), False])
        self._levels = [
            np.array([numbers[v[level]] if level < len(v) else len(numbers) for v in of_groups])
            for level in range(max(map(len, of_groups), default=0))
        ]

    def counted(self, pairs: Pairs) -> Counts:
        """How many different articles have each value."""
        totals = np.zeros(len(self._names) + 1, dtype=np.int64)  # the last for no value at all
        places, articles = pairs.several() if self._several.any() else (NOBODY, NOBODY)
        for values in self._levels:  # a value is always of the same level
            totals += np.bincount(values[pairs.groups], minlength=len(totals))
            value = values[pairs.groups[places]]
            twice = self._several[value]
            valued = (value[twice] << _BITS) | articles[twice]
            again = np.bincount(valued >> _BITS, minlength=len(totals))
            once = np.bincount(np.unique(valued) >> _BITS, minlength=len(totals))
            totals += once - again
        return list(zip(self._names, totals.tolist(), strict=False))


def _known(ids: Ids, dates: Ids) -> Ids:
    within = ids[: np.searchsorted(ids, len(dates))]
    known: Ids = within[dates[within] != UNKNOWN]
    return known


def _above(path: str) -> list[str]:
    """The folder of that path and all that it is in, as paths."""
    names = folders.split(path)
    return [folders.join(names[:length]) for length in range(1, len(names) + 1)]


def _midnights(first: int, last: int, zone: tzinfo | None) -> tuple[date, Ids]:
    """The day of the moment `first`, and when each day after it begins, up to that of `last`."""
    begin, end = (datetime.fromtimestamp(ms / 1000, zone).date() for ms in (first, last))
    days = [begin + timedelta(days=n) for n in range(1, (end - begin).days + 1)]
    starts = [to_ms(datetime(day.year, day.month, day.day, tzinfo=zone)) for day in days]
    return begin, np.array(starts, dtype=np.int64)
