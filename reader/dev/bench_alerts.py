"""The benchmarks of saved searches: what arriving articles cost, by how many searches are asked.

Processor time of one process, so that it says something on a busy machine too. The articles have
not been seen before, but the words of most have, as in a collector that has run for an hour.
"""

import argparse
import gc
import hashlib
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.dev import soak_kills
from reader.dev.corpus import Corpus
from reader.dev.feedserver import OFTEN, document
from reader.dev.figures import Figure, percentile
from reader.dev.newsroom import NEWEST, Newsroom, Story
from reader.dev.standing import standing
from reader.domain.article import Explained, SearchDocument
from reader.domain.feed import Fetched
from reader.domain.search import SavedSearch
from reader.feeds.parse import parse
from reader.paths import LibraryPaths
from reader.services.watch import Watch
from reader.store.store import Store
from reader.workers.desk import Desk

SIZES = (100, 1_000, 10_000)
_SHARE_OF = 200
_CORPUS, _WARM = 20_000, 2_000
_ASKED = {100: 2_000, 1_000: 1_000, 10_000: 300}
"""Articles that are measured, by the number of searches."""


def alerts(arguments: argparse.Namespace) -> list[Figure]:
    """`arguments`: `seed`, `feeds`, `items`."""
    corpus = Corpus(_CORPUS, arguments.seed)
    articles = list(corpus.documents(0, _WARM + max(_ASKED.values())))
    queries = standing(corpus, max(SIZES), arguments.seed)
    figures: list[Figure] = []
    for size in SIZES:
        figures += _matching(queries[:size], articles, _ASKED[size])
    return figures + share(arguments.feeds, arguments.items, arguments.seed)


def _matching(
    queries: Sequence[str], articles: Sequence[SearchDocument], asked: int
) -> list[Figure]:
    """Of watching for these queries, with the places that fire."""
    with tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder:
        with Store.open(LibraryPaths(Path(folder))) as store:
            save(store, queries)
            watch = Watch(store)
            began = time.process_time()
            watch.reload()
            parsed = time.process_time() - began
        now = datetime.now(UTC)
        for article in articles[:_WARM]:
            watch.hits(article, now)
        gc.collect()
        costs: list[float] = []
        hits = 0
        for article in articles[_WARM : _WARM + asked]:
            began = time.process_time()
            hits += len(watch.hits(article, now))
            costs.append(time.process_time() - began)
    note = f"{hits / asked:.1f} hits an article; {parsed:.2f} CPU s to prepare the searches"
    name = f"{len(queries):,} saved searches"
    return [
        Figure("alerts", f"{name}, articles", asked / sum(costs), "/CPU s", asked, note),
        Figure("alerts", f"{name}, an article", 1e3 * sum(costs) / asked, "CPU ms", asked),
        Figure("alerts", f"{name}, p95", 1e3 * percentile(costs, 95), "CPU ms", asked),
    ]


def save(store: Store, queries: Sequence[str]) -> None:
    """Each with an alert, under a name of its own."""
    with store.transaction():
        for number, query in enumerate(queries):
            found = store.saved.add(f"Search {number}", query, True)
            store.saved.derived(found, 1)


# -- the share of a refresh


class _Timed(Watch):
    """Knows the processor time that asking took."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.took, self.found = 0.0, 0

    def hits(self, document: SearchDocument, now: datetime) -> dict[SavedSearch, Explained]:
        began = time.process_time()
        found = super().hits(document, now)
        self.took += time.process_time() - began
        self.found += len(found)
        return found


def share(feeds: int, items: int, seed: int) -> list[Figure]:
    """Reading, storing, matching and indexing so many generated feeds, without the network."""
    corpus = Corpus(_CORPUS, seed)
    known = max(1, feeds // 4)
    press = _Press(corpus, (known + feeds) * items, items)
    bodies = [document(press, feed, range(items)) for feed in range(known + feeds)]
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder,
        soak_kills.desk(LibraryPaths(Path(folder))) as desk,
    ):
        save(desk.store, standing(corpus, _SHARE_OF, seed))
        _refresh(desk, bodies[:known])
        watch = desk.ingest.watch = _Timed(desk.store)
        began = time.process_time()
        _refresh(desk, bodies[known:])
        whole = time.process_time() - began
    note = (
        f"{feeds} feeds × {items} articles, {whole:.0f} CPU s to read, store, match and index them;"
        f" {watch.found} hits"
    )
    return [
        Figure("alerts", f"share of {_SHARE_OF} searches in a refresh", 100 * watch.took / whole,
               "%", 1, note)
    ]  # fmt: skip


class _Press(Newsroom):
    """Brings out the articles of a corpus, so many in each feed."""

    def __init__(self, corpus: Corpus, articles: int, items: int) -> None:
        self._articles, self._items = list(corpus.documents(0, articles)), items

    def story(self, number: int) -> Story:
        feed, item = divmod(number, OFTEN)
        one = self._articles[feed * self._items + item]
        texts = one.texts
        return Story(number, texts.title, one.author, (texts.lead, texts.body), NEWEST)


def _refresh(desk: Desk, bodies: Sequence[bytes]) -> None:
    for body in bodies:
        url = f"https://{hashlib.sha256(body).hexdigest()[:20]}.example.org/feed.xml"
        with desk.store.transaction():
            desk.store.feeds.add(url, now=datetime.now(UTC) - timedelta(hours=1))
        feed = desk.store.feeds.by_url(url)
        assert feed is not None  # noqa: S101 - just added
        parsed = parse(body, "application/rss+xml", url)
        desk.ingest.absorb(feed, Fetched(200, url, body), parsed, url)
    while desk.upkeep.index_some().done:
        pass
