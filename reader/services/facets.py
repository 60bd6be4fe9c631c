"""What matching articles have in common: how many there are of each feed, day, language, …"""

from collections import Counter
from datetime import date, datetime, timedelta, tzinfo

import numpy as np

from reader.domain import folders
from reader.domain.search import FACETS, Facet
from reader.errors import UsageError
from reader.search.dates import to_ms
from reader.services.arrays import Ids, mask, top_of
from reader.services.catalog import Catalog
from reader.services.groups import Flat
from reader.services.shelf import UNKNOWN, Shelf

Counts = list[tuple[str, int]]

_NONE = -1


class Facets:
    """Counts by value, biggest first, namesakes by name; days newest first."""

    def __init__(self, catalog: Catalog, shelf: Shelf) -> None:
        self._catalog = catalog
        self._shelf = shelf

    def of(self, name: str, ids: Ids, zone: tzinfo | None) -> Facet:
        """`name`: one of `FACETS`, else UsageError. `zone`: where days begin; None: here.

        A feed's value is its URL; an article in several feeds counts for each. A folder counts
        what is below it too. An article counts once for each folder, outlet and entity's name.
        """
        if name not in FACETS:
            raise UsageError(f'There is no facet "{name}"; choose one of {", ".join(FACETS)}.')
        if name == "day":
            return Facet(name, tuple(self._by_day(ids, zone)))
        counts = {
            "feed": self._by_feed,
            "outlet": self._by_outlet,
            "folder": self._by_folder,
            "lang": self._by_language,
            "entity": self._by_entity,
        }
        found = [(value, count) for value, count in counts[name](ids) if count]
        return Facet(name, tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))))

    def _by_feed(self, ids: Ids) -> Counts:
        return self._of_feeds(ids, [[feed.url] for feed in self._catalog.feed_names()])

    def _by_outlet(self, ids: Ids) -> Counts:
        return self._of_feeds(ids, [[feed.outlet] for feed in self._catalog.feed_names()])

    def _by_folder(self, ids: Ids) -> Counts:
        return self._of_feeds(ids, [_above(feed.folder) for feed in self._catalog.feed_names()])

    def _of_feeds(self, ids: Ids, values: list[list[str]]) -> Counts:
        feeds = tuple(feed.id for feed in self._catalog.feed_names())
        return _counts(ids, self._shelf.feeds.flat(feeds), values)

    def _by_entity(self, ids: Ids) -> Counts:
        lines = self._catalog.entity_lines()
        entities = self._shelf.entities.flat(tuple(line.entity.id for line in lines))
        return _counts(ids, entities, [[line.entity.name] for line in lines])

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


def _known(ids: Ids, dates: Ids) -> Ids:
    within = ids[: np.searchsorted(ids, len(dates))]
    known: Ids = within[dates[within] != UNKNOWN]
    return known


def _counts(ids: Ids, flat: Flat, values: list[list[str]]) -> Counts:
    """How many of `ids` are in groups with each value; `values` has those of every group."""
    wanted = mask(ids, max(top_of(ids), flat.top))
    hits = np.flatnonzero(wanted[flat.ids])
    articles, owners = flat.ids[hits], flat.owners[hits]
    having = Counter(value for several in values for value in several)
    names = {name: number for number, name in enumerate(having)}
    shared = np.array([count > 1 for count in having.values()], dtype=np.bool_)
    often = (np.bincount(articles) > 1)[articles] if shared.any() else np.zeros(len(hits), np.bool_)
    totals = np.zeros(len(names), dtype=np.int64)
    for level in range(max(map(len, values), default=0)):  # a value is always at the same level
        numbers = [names[several[level]] if level < len(several) else _NONE for several in values]
        value = np.array(numbers)[owners]
        twice = often & shared[value] & (value != _NONE)
        totals += np.bincount(value[~twice & (value != _NONE)], minlength=len(names))
        distinct = np.unique(value[twice] * len(wanted) + articles[twice])
        totals += np.bincount(distinct // len(wanted), minlength=len(names))
    return list(zip(names, totals.tolist(), strict=True))


def _above(path: str) -> list[str]:
    """The folder of that path and all that it is in, as paths."""
    names = folders.split(path)
    return [folders.join(names[:length]) for length in range(1, len(names) + 1)]


def _midnights(first: int, last: int, zone: tzinfo | None) -> tuple[date, Ids]:
    """The day of the moment `first`, and when each day after it begins, up to that of `last`."""
    begin = datetime.fromtimestamp(first / 1000, zone).date()
    end = datetime.fromtimestamp(last / 1000, zone).date()
    days = [begin + timedelta(days=n) for n in range(1, (end - begin).days + 1)]
    starts = [to_ms(datetime(day.year, day.month, day.day, tzinfo=zone)) for day in days]
    return begin, np.array(starts, dtype=np.int64)
