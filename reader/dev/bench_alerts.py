"""The benchmarks of saved searches: what arriving articles cost, by how many searches are asked.

Processor time of one process, so that it says something on a busy machine too. The articles have
not been seen before, but the words of most have, as in a collector that has run for an hour.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from reader.dev.bench_share import CORPUS, asking, refreshing
from reader.dev.corpus import Corpus
from reader.dev.feedserver import Plan
from reader.dev.figures import Figure, percentile
from reader.dev.standing import save, standing
from reader.domain.article import SearchDocument
from reader.paths import LibraryPaths
from reader.services.watch import Watch
from reader.store.store import Store

SIZES = (100, 1_000, 10_000)
_WARM = 2_000
_PAIRS = 3
_ASKED = {100: 2_000, 1_000: 1_000, 10_000: 300}
"""Articles that are measured, by the number of searches."""


def alerts(arguments: argparse.Namespace) -> list[Figure]:
    """`arguments`: `seed`, `feeds`, `items`."""
    corpus = Corpus(CORPUS, arguments.seed)
    articles = list(corpus.documents(0, _WARM + max(_ASKED.values())))
    queries = standing(corpus, max(SIZES), arguments.seed)
    figures: list[Figure] = []
    for size in SIZES:
        figures += _matching(queries[:size], articles, _ASKED[size])
    plan = Plan(arguments.feeds, arguments.items, seed=arguments.seed, corpus=CORPUS)
    return [*figures, asking(plan), *refreshing(plan, max(_PAIRS, arguments.tries))]


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
