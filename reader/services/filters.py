"""The articles that a filter of a query lets through."""

from collections.abc import Callable, Iterable

import numpy as np

from reader.domain import filters
from reader.domain.entity import Entity
from reader.services.arrays import NOBODY, Ids
from reader.services.catalog import Catalog
from reader.services.shelf import Shelf
from reader.store.selection import FeedName
from reader.store.store import Store

_MOST = 200
"""Filters whose answer is kept until the library changes."""


class StoreFilters:
    """Article ids by everything that is not text, with the predicates of `domain.filters`."""

    def __init__(self, store: Store, catalog: Catalog, shelf: Shelf) -> None:
        self._of = store.selection
        self._catalog = catalog
        self._shelf = shelf
        self._stamp: object = None
        self._answers: dict[tuple[str, str], Ids] = {}

    def ids(self, field: str, value: str) -> Ids:
        """Ascending; KeyError for a field that is no filter."""
        stamp = self._of.stamp()
        if stamp != self._stamp or len(self._answers) > _MOST:
            self._stamp, self._answers = stamp, {}
        asked = (field, value)
        if asked not in self._answers:
            self._answers[asked] = self._ids(field, value)
        return self._answers[asked]

    def _ids(self, field: str, value: str) -> Ids:
        shelf = self._shelf
        match field:
            case "feed":
                return self._in_feeds(lambda f: filters.feed_matches(value, f.url, f.title))
            case "folder":
                return self._in_feeds(lambda f: filters.folder_matches(value, f.folder))
            case "outlet":
                return self._in_feeds(lambda f: filters.outlet_matches(value, f.outlet))
            case "lang":
                return shelf.speaking(
                    name for name in self._of.languages() if filters.language_matches(value, name)
                )
            case "tag":
                tags = [i for i, name in self._of.tags() if filters.tag_matches(value, name)]
                return shelf.among(shelf.tags, tags)
            case "note":
                return self._noted(i for i, t in self._of.notes() if filters.note_matches(value, t))
            case "entity":
                return self._mentioning(
                    lambda e: filters.entity_matches(value, e.name, (a.text for a in e.aliases))
                )
            case "type":
                return self._mentioning(lambda e: filters.same_name(value, e.type))
            case "watchlist":
                return self._mentioning(lambda e: filters.same_name(value, e.watchlist))
            case "is" | "has":
                return shelf.flagged(value) if value in filters.STATES else NOBODY
        raise KeyError(field)

    def _in_feeds(self, wanted: Callable[[FeedName], bool]) -> Ids:
        feeds = [feed.id for feed in self._catalog.feed_names() if wanted(feed)]
        return self._shelf.among(self._shelf.feeds, feeds)

    def _mentioning(self, wanted: Callable[[Entity], bool]) -> Ids:
        entities = [line.entity.id for line in self._catalog.entity_lines() if wanted(line.entity)]
        return self._shelf.among(self._shelf.entities, entities)

    def _noted(self, ids: Iterable[int]) -> Ids:
        return self._shelf.live(np.fromiter(ids, dtype=np.int64))
