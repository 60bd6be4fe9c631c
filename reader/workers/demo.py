"""The demo: a library filled by really fetching the sample feeds from a local server."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from reader.domain.reports import RefreshSummary
from reader.errors import ReaderError
from reader.paths import LibraryPaths, resource
from reader.services.clock import utc_now
from reader.services.demo import DemoServer
from reader.services.exchange import import_file
from reader.settings import Settings
from reader.store.store import Store
from reader.workers.ask import ask
from reader.workers.messages import Refresh


@dataclass(frozen=True, slots=True)
class DemoSummary:
    feeds: int
    articles: int
    failed: int
    mentions: int
    saved_searches: int
    hits: int
    alerts: int
    seconds: float


def fill(
    paths: LibraryPaths,
    settings: Settings,
    server: DemoServer,
    report: Callable[[int, int, int, str], None],
) -> DemoSummary:
    """Subscribe, track and save, then fetch both rounds, by the code that serves any feed."""
    began = time.perf_counter()
    failed: set[str] = set()
    _subscribe(paths, server)
    for round_ in (1, 2):
        server.publish(round_)
        summary: RefreshSummary = ask(paths, settings, Refresh(everything=True), report)
        if summary.stopped:
            raise ReaderError("The demo was stopped before its news had come in.")
        failed.update(url for url, _ in summary.failed)
    return _summed_up(paths, len(failed), time.perf_counter() - began)


def _subscribe(paths: LibraryPaths, server: DemoServer) -> None:
    """The demo's addresses count as typed: its server is on this machine."""
    with Store.open(paths) as store:
        for feed in server.feeds():
            store.feeds.add(feed.url, now=utc_now(), folder=feed.folder, allow_private=True)
        for name in ("watchlist.json", "saved-searches.json"):
            import_file(store, resource("demo", name))


def _summed_up(paths: LibraryPaths, failed: int, seconds: float) -> DemoSummary:
    with Store.open(paths, read_only=True) as store:
        totals = store.totals()
        saved = store.saved.lines()
        return DemoSummary(
            feeds=totals.feeds,
            articles=totals.articles,
            failed=failed,
            mentions=sum(line.mentions for line in store.entities.lines()),
            saved_searches=len(saved),
            hits=sum(line.total for line in saved),
            alerts=len(store.alerts.latest(1_000_000)),
            seconds=round(seconds, 2),
        )
