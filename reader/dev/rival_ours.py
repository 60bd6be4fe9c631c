"""Our own engine among its rivals, used as the program uses it.

The filters are kept in arrays, as the searcher process keeps them; queries are typed and parsed.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC
from functools import partial
from pathlib import Path

import numpy as np

from reader.dev.asks import TOP, Ask
from reader.dev.corpus import ENTITIES, FEEDS, Corpus, Ints, feed_url, folder_of
from reader.dev.rivals import MORE, Answer, Run
from reader.domain.article import SearchDocument
from reader.search import snippets
from reader.search.index import Index
from reader.search.language import Query, parse

_COMMIT = 10_000
"""Articles of a bulk between two commits, as when the program builds an index anew."""
_DAY = 86_400_000


class Ours:
    def __init__(self, folder: Path, corpus: Corpus, *, write: bool) -> None:
        self._index = Index.open(folder, write=write)
        self._filters = ArrayFilters(corpus)
        self._waiting = 0

    def add(self, articles: Sequence[SearchDocument]) -> None:
        self._waiting += self._index.add(articles)
        if self._waiting >= _COMMIT:
            self.commit()

    def commit(self) -> None:
        self._index.commit()
        self._waiting = 0

    def tidy(self) -> None:
        """As the collector does between other work, here until nothing is left to be merged."""
        while (merging := self._index.merging()) is not None:
            while not merging.closed:
                merging.step()

    def settle(self) -> None:
        self.tidy()

    def refresh(self) -> None:
        self._index.refresh()

    def prepare(self, ask: Ask) -> Run | None:
        query = parse(ask.typed, zone=UTC)
        match ask.want:
            case "count":
                return lambda: Answer(self._index.count(query, self._filters))
            case "facets":
                return partial(self._facets, query)
        return partial(self._search, query, "date" if ask.want == "newest" else "score")

    def _search(self, query: Query, sort: str) -> Answer:
        hits = self._index.search(query, self._filters, sort=sort, limit=TOP)
        return Answer(hits.total, tuple(hits.ids))

    def _facets(self, query: Query) -> Answer:
        found = self._index.facts(query, self._filters)
        feeds = np.bincount(self._filters.feed[found.ids - 1], minlength=FEEDS)
        days = np.bincount((found.sorted_at - self._filters.oldest) // _DAY)
        return Answer(int(feeds.sum()), tuple(np.flatnonzero(days)[:TOP].tolist()))

    def passages(self, ask: Ask, articles: Sequence[SearchDocument]) -> Callable[[], int]:
        query = parse(ask.typed, zone=UTC)

        def run() -> int:
            marked = [snippets.mark(query, one.id, one.texts, one) for one in articles]
            return sum(bool(one.spans or one.title) for one in marked)

        return run

    def close(self) -> None:
        self._index.close()


class ArrayFilters:
    """The articles of a corpus by property; an id is the number + 1. Every fifth is unread."""

    def __init__(self, corpus: Corpus) -> None:
        facts = corpus.facts(0, corpus.articles + MORE)
        self.feed = facts.feed
        self.oldest = int(facts.published.min())
        self._sets: dict[str, dict[str, Ints]] = {
            "feed": {feed_url(n): ids for n, ids in _grouped(facts.feed, FEEDS).items()},
            "entity": {f"Entity {n}": ids for n, ids in _mentions(facts.entities).items()},
            "is": {"unread": np.arange(1, len(facts.feed) + 1, 5)},
            "folder": {},
        }
        folders = {folder_of(feed) for feed in range(FEEDS)}
        for folder in folders:
            own = [feed for feed in range(FEEDS) if folder_of(feed) == folder]
            self._sets["folder"][folder] = np.flatnonzero(np.isin(facts.feed, own)) + 1

    def ids(self, field: str, value: str) -> Collection[int] | Ints:
        """Ascending; empty for a value that nothing has."""
        return self._sets[field].get(value, _NONE)


_NONE = np.empty(0, np.int64)


def _grouped(numbers: Ints, count: int) -> dict[int, Ints]:
    """The ids of the articles with each number."""
    order = np.argsort(numbers, kind="stable")
    at = np.searchsorted(numbers[order], np.arange(count + 1))
    return {number: order[at[number] : at[number + 1]] + 1 for number in range(count)}


def _mentions(entities: Ints) -> dict[int, Ints]:
    rows = [_grouped(entities[:, column], ENTITIES) for column in range(entities.shape[1])]
    return {n: np.unique(np.concatenate([row[n] for row in rows])) for n in range(ENTITIES)}


def opened(folder: Path, corpus: Corpus, *, write: bool) -> Ours:
    return Ours(folder, corpus, write=write)
