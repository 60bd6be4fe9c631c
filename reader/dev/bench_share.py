"""What part of a refresh goes to asking saved searches, measured in two ways.

`asking` is strict: in one process, of nothing but reading, storing, matching and indexing. With
`refreshing` the program itself fetches from real servers, with tracked names, in all its
processes, once with and once without the searches: what they really add.
"""

import hashlib
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.dev import libraries, soak_kills
from reader.dev.bench_feeds import Run, run
from reader.dev.corpus import Corpus
from reader.dev.feedserver import FeedServer, Plan, document
from reader.dev.figures import Figure, median
from reader.dev.standing import save, standing, track
from reader.domain.article import Explained, SearchDocument
from reader.domain.feed import Fetched
from reader.domain.search import SavedSearch
from reader.errors import ReaderError
from reader.feeds.parse import parse
from reader.paths import LibraryPaths
from reader.services.watch import Watch
from reader.store.store import Store
from reader.workers.desk import Desk

CORPUS = 20_000
_SEARCHES = 200
_MORE = 5
"""Articles of each feed that the second refresh finds."""


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


def asking(plan: Plan) -> Figure:
    """Of reading, storing, matching and indexing so many feeds, once a quarter as many are in."""
    known = max(1, plan.feeds // 4)
    press = Plan(known + plan.feeds, plan.items, seed=plan.seed, corpus=plan.corpus).newsroom()
    bodies = [document(press, feed, range(plan.items)) for feed in range(known + plan.feeds)]
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder,
        soak_kills.desk(LibraryPaths(Path(folder))) as desk,
    ):
        _prepare(desk.store, plan)
        save(desk.store, _queries(plan))
        _absorb(desk, bodies[:known])
        watch = desk.ingest.watch = _Timed(desk.store)
        began = time.process_time()
        _absorb(desk, bodies[known:])
        whole = time.process_time() - began
    note = (
        f"{plan.feeds} feeds × {plan.items} articles, {whole:.0f} CPU s to read, store, match and"
        f" index them; {watch.found} hits"
    )
    share = 100 * watch.took / whole
    return Figure("alerts", f"{_SEARCHES} searches, asking alone, one process", share, "%", 1, note)


def _absorb(desk: Desk, bodies: Sequence[bytes]) -> None:
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


def refreshing(plan: Plan, pairs: int) -> list[Figure]:
    """Of refreshes by the program, in pairs: with the searches and without, in turn the first."""
    costs: dict[str, list[tuple[float, float]]] = {}
    with FeedServer(plan) as server:
        for pair in range(pairs):
            for what, both in _pair(plan, server, with_first=pair % 2 == 0).items():
                costs.setdefault(what, []).append(both)
    return [_share(plan, what, both) for what, both in costs.items()]


def _pair(plan: Plan, server: FeedServer, *, with_first: bool) -> dict[str, tuple[float, float]]:
    """The processor seconds of each refresh, with the searches and without."""
    with tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder:
        asked, plain = (LibraryPaths(Path(folder) / name) for name in ("asked", "plain"))
        for paths in (asked, plain):
            libraries.subscribe(paths, server.urls())
            with Store.open(paths) as store:
                _prepare(store, plan)
                save(store, _queries(plan) if paths is asked else [])
        found: dict[str, tuple[float, float]] = {}
        for what, new in (("first fetch", plan.items), (f"{_MORE} new each", _MORE)):
            if what != "first fetch":
                server.publish(_MORE)
            order = (asked, plain) if with_first else (plain, asked)
            cost = {paths: _refresh(paths, new * plan.feeds).cpu for paths in order}
            found[what] = cost[asked], cost[plain]
        return found


def _refresh(paths: LibraryPaths, expected: int) -> Run:
    done = run(["--library", str(paths.root), "refresh", "--all"])
    if done.answer["new"] != expected or done.answer["failed"]:
        raise ReaderError(f"The refresh went wrong: {done.answer}")
    return done


def _share(plan: Plan, what: str, costs: Sequence[tuple[float, float]]) -> Figure:
    shares = [100 * (asked - plain) / asked for asked, plain in costs]
    asked, plain = (median(side) for side in zip(*costs, strict=True))
    note = (
        f"{plan.feeds} feeds × {plan.items} articles, all processes: {asked:.1f} CPU s with the"
        f" searches, {plain:.1f} without; {min(shares):.1f} to {max(shares):.1f} %"
    )
    name = f"{_SEARCHES} searches, added to a refresh: {what}"
    return Figure("alerts", name, median(shares), "%", len(shares), note)


def _prepare(store: Store, plan: Plan) -> None:
    """What is tracked: the demo's names, and those that the searches ask for."""
    libraries.watch(store)
    track(store, _queries(plan))


def _queries(plan: Plan) -> list[str]:
    return standing(Corpus(plan.corpus, plan.seed), _SEARCHES, plan.seed)
