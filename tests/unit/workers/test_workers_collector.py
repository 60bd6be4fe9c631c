"""The real collector against a real server: bytes in, a searchable library out, stoppable."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.core import Core
from reader.domain.entity import Entity
from reader.domain.reports import ImportReport, RefreshSummary
from reader.errors import NotFoundError, ReaderError
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.services.slices import Slice
from reader.services.upkeep import Upkeep
from reader.settings import Settings
from reader.store.store import Store
from reader.workers.ask import ask
from reader.workers.collector import RESTS, Collector
from reader.workers.messages import (
    CatchUp,
    ImportFile,
    RebuildIndex,
    Refresh,
    StopWork,
    Subscribe,
)
from tests.helpers.collecting import collecting
from tests.helpers.rss import rss, serve, subscribed
from tests.helpers.web import Reply, WebServer

Told = list[tuple[int, int, int, str]]


def silent(*_: object) -> None:
    pass


async def until(true: Callable[[], object]) -> None:
    while not true():  # noqa: ASYNC110 - what we wait for happens on a server's thread
        await asyncio.sleep(0.005)


def test_feeds_are_fetched_stored_and_searchable_when_it_answers(
    paths: LibraryPaths, settings: Settings, web: WebServer
) -> None:
    """One bad feed of each sort stops none of the others; the second round is unmodified."""
    good = serve(web, "good", rss("good", range(3)))
    web.route("/page", Reply(b"<!doctype html><p>no feed", {"Content-Type": "text/html"}))
    web.route("/empty", b"")
    web.route("/broken", b"<rss><channel>")
    web.route("/boom", Reply(b"", {}, 500))
    bad = [web.url(f"/{name}") for name in ("page", "empty", "broken", "boom", "missing")]
    subscribed(paths, *bad, good)
    progress: Told = []

    async def two_rounds(collector: Collector) -> list[Any]:
        def report(*told: Any) -> None:
            progress.append(told)

        return [await collector.handle(Refresh(everything=True), report) for _ in range(2)]

    (first, second), told = collecting(paths, settings, two_rounds)
    assert (first.new, first.unchanged) == (3, 0)
    assert sorted(url for url, _ in first.failed) == sorted(bad)
    assert all(sentence for _, sentence in first.failed)
    assert (second.new, second.unchanged) == (0, 3)
    assert (0, 6, 0, "Fetching") in progress
    assert progress[-1][:3] == (6, 6, 5)
    assert any(news.changes.lists for news in told)
    with Core(paths) as core:
        assert core.finder.count("tobruk") == 3
        assert [f.feed.error != "" for f in core.library.overview().feeds] == [True] * 5 + [False]
        assert core.store.check() == core.finder.check_index() == []


def test_stopping_keeps_what_is_done_and_the_answer_says_so(
    paths: LibraryPaths, settings: Settings, web: WebServer
) -> None:
    fast = serve(web, "fast", rss("fast", range(2)))
    slow = serve(web, "slow", rss("slow", range(2)), seconds=20)
    subscribed(paths, fast, slow)

    async def stop_early(collector: Collector) -> Any:
        progress: Told = []
        work = asyncio.create_task(
            collector.handle(Refresh(everything=True), lambda *told: progress.append(told))
        )
        await until(lambda: len(progress) == 2 and len(web.requests) == 2)
        await collector.handle(StopWork(), silent)
        return await work

    summary, _ = collecting(paths, settings, stop_early)
    assert (summary.stopped, summary.new, summary.failed) == (True, 2, ())
    with Store.open(paths) as store:
        assert store.totals().articles == 2
        assert store.queue.size() == 2, "what was not indexed any more is remembered"


def test_an_import_that_is_stopped_takes_nothing_over(
    paths: LibraryPaths, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.tracking.SLICE", 20)
    file = tmp_path / "names.csv"
    file.write_text("name,type\n" + "".join(f"Name {n},person\n" for n in range(20_000)))

    async def stop_early(collector: Collector) -> None:
        progress: Told = []
        work = asyncio.create_task(
            collector.handle(ImportFile(file), lambda *told: progress.append(told))
        )
        await until(lambda: progress)
        await collector.handle(StopWork(), silent)
        with pytest.raises(ReaderError, match="stopped; nothing was taken over"):
            await work

    collecting(paths, settings, stop_early)
    with Store.open(paths) as store:
        assert store.entities.all() == []
        assert store.journal.latest() is None


def test_a_scan_that_was_stopped_rests_until_the_next_start(
    paths: LibraryPaths, settings: Settings, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.upkeep.SLICE", 1)
    subscribed(paths, serve(web, "a", rss("a", range(9))))
    ask(paths, settings, Refresh(everything=True), silent)
    with Store.open(paths) as store:
        Library(store).track(Entity("Haftar", "person"))

    async def stop_early(collector: Collector) -> None:
        progress: Told = []
        work = asyncio.create_task(collector.handle(CatchUp(), lambda *told: progress.append(told)))
        await until(lambda: progress)
        await collector.handle(StopWork(), silent)
        await work
        await collector.handle(CatchUp(), silent)

    _, news = collecting(paths, settings, stop_early)
    assert [one.told for one in news if one.told] == [RESTS]
    with Store.open(paths) as store:
        assert store.entities.rescan_below()
    ask(paths, settings, CatchUp(), silent)
    with Store.open(paths) as store:
        assert not store.entities.rescan_below()
        assert [line.articles for line in Library(store).overview().entities] == [9]


def test_news_come_in_and_are_searchable_while_the_archive_is_looked_through(
    paths: LibraryPaths, settings: Settings, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, over = Upkeep.scan_some, threading.Event()

    def endless(upkeep: Upkeep) -> Slice:
        return scan(upkeep) if over.is_set() else Slice(0, 1)

    monkeypatch.setattr(Upkeep, "scan_some", endless)
    subscribed(paths, serve(web, "a", rss("a", range(9))))

    async def fetch_meanwhile(collector: Collector) -> RefreshSummary | None:
        progress: Told = []
        scanning = asyncio.create_task(
            collector.handle(CatchUp(), lambda *told: progress.append(told))
        )
        await until(lambda: progress)
        summary = await collector.refresh_due(silent)
        with Store.open(paths) as store:
            await until(lambda: store.queue.size() == 0)
        assert not scanning.done()
        over.set()
        await scanning
        return summary

    summary, _ = collecting(paths, settings, fetch_meanwhile)
    assert summary is not None
    assert (summary.new, summary.stopped) == (9, False)


def test_everything_that_is_stopped_is_answered(
    paths: LibraryPaths, settings: Settings, web: WebServer, tmp_path: Path
) -> None:
    """Also what was still waiting for its turn, and what had not even begun."""
    slow = serve(web, "slow", rss("slow", range(2)), seconds=20)
    subscribed(paths, slow)
    requests = [
        Refresh(everything=True),
        CatchUp(),
        Refresh((slow,)),
        RebuildIndex(),
        Subscribe((web.url("/slow?2"), web.url("/slow?3"))),
    ]

    async def stop_all(collector: Collector) -> list[Any]:
        tasks = [asyncio.create_task(collector.handle(r, silent)) for r in requests]
        await until(lambda: web.requests)
        await asyncio.sleep(0)
        await collector.handle(StopWork(), silent)
        return await asyncio.gather(*tasks, return_exceptions=True)

    answers, _ = collecting(paths, settings, stop_all)
    stopped = RefreshSummary(stopped=True)
    assert answers[:3] == [stopped, None, stopped]
    assert isinstance(answers[3], ReaderError)
    assert "index as it was" in str(answers[3])
    assert [bool(report.error) for report in answers[4]] == [True, True]


def test_request_stopped_in_the_moment_it_came_is_answered(
    paths: LibraryPaths, settings: Settings
) -> None:
    async def at_once(collector: Collector) -> Any:
        work = asyncio.create_task(collector.handle(Refresh(everything=True), silent))
        await asyncio.sleep(0)
        collector.stop()
        return await work

    summary, _ = collecting(paths, settings, at_once)
    assert summary.stopped


def test_unknown_address_is_refused(paths: LibraryPaths, settings: Settings) -> None:
    with pytest.raises(NotFoundError, match="not subscribed"):
        ask(paths, settings, Refresh(("https://nobody.example",)), silent)


def test_subscribing_tells_feeds_from_pages(
    paths: LibraryPaths, settings: Settings, web: WebServer
) -> None:
    feed = serve(web, "feed", rss("The Wire", range(2)))
    link = '<link rel="alternate" type="application/rss+xml" title="{0}" href="/{0}">'
    one, two = link.format("feed"), link.format("feed") + link.format("other")
    for name, body in (("one", one), ("two", two), ("none", "")):
        page = f"<!doctype html><html><head>{body}</head><body>hello</body></html>"
        web.route(f"/{name}", Reply(page.encode(), {"Content-Type": "text/html"}))
    pages = tuple(web.url(f"/{name}") for name in ("none", "two", "one", "missing"))
    request = Subscribe(pages, "Africa/Libya")
    none, two_found, one_found, missing = ask(paths, settings, request, silent)
    (again,) = ask(paths, settings, Subscribe((feed,)), silent)
    assert tuple(r.url for r in (none, two_found, one_found, missing)) == pages
    assert none.error
    assert missing.error
    assert [url for url, _ in two_found.choices] == [feed, web.url("/other")]
    assert (one_found.subscribed, one_found.known) == (feed, False)
    assert (again.subscribed, again.known) == (feed, True)
    with Store.open(paths) as store:
        (stored,) = store.feeds.all()
        assert (stored.url, stored.title, stored.folder) == (feed, "The Wire", "Africa/Libya")
        assert stored.allow_private, "the page the user typed announced it from the same host"
        assert store.totals().articles == 0, "subscribing fetches no articles"


def test_imported_searches_have_their_hits_when_the_import_answers(
    paths: LibraryPaths, settings: Settings, web: WebServer, tmp_path: Path
) -> None:
    subscribed(paths, serve(web, "feed", rss("feed", range(4))))
    ask(paths, settings, Refresh(everything=True), silent)
    file = tmp_path / "searches.json"
    file.write_text('[{"name": "t", "query": "tobruk"}]')
    report = ask(paths, settings, ImportFile(file), silent)
    assert report == ImportReport("saved", 1, 0)
    with Store.open(paths) as store:
        assert [line.total for line in store.saved.lines()] == [4]


def test_rebuilt_index_finds_the_same(
    paths: LibraryPaths, settings: Settings, web: WebServer
) -> None:
    subscribed(paths, serve(web, "feed", rss("feed", range(4))))
    ask(paths, settings, Refresh(everything=True), silent)
    with Core(paths) as core:
        before = core.finder.matching("tobruk").tolist()
        ask(paths, settings, RebuildIndex(), silent)
        assert core.finder.matching("tobruk").tolist() == before
        assert core.finder.check_index() == []


def test_request_nobody_knows_is_a_bug(paths: LibraryPaths, settings: Settings) -> None:
    with pytest.raises(TypeError, match="str"):
        ask(paths, settings, "make tea", silent)
