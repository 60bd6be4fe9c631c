"""The collector: fetches, stores, matches, indexes; the one bulk writer of a library.

The same `Collector` runs in a process of its own beside a window, and in the foreground for the
command line. The asyncio loop does only the network; parsing happens in killable children, and
everything that touches the library on one writer thread.
"""

import asyncio
import contextlib
import logging
import random
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, Self, TypeVar

from reader.domain.feed import FeedReport
from reader.domain.library import Changes
from reader.domain.reports import ImportReport, RefreshSummary
from reader.domain.schedule import Rhythm
from reader.domain.subscribe import SubscribeReport
from reader.errors import ReaderError
from reader.feeds.fetch import Fetcher, Limits
from reader.paths import LibraryPaths
from reader.services.passwords import LoggedIn, Passwords
from reader.services.refresh import Refresh as Round
from reader.services.refresh import Tally
from reader.services.slices import INDEXED, SCANNING, Slice
from reader.services.subscribe import Subscriber
from reader.settings import Settings, Watched
from reader.store.secrets import Secrets
from reader.workers.desk import Desk
from reader.workers.messages import (
    CatchUp,
    DeliverNow,
    FetchPicture,
    ImportFile,
    News,
    RebuildIndex,
    Refresh,
    StopWork,
    Subscribe,
    TryChannel,
)
from reader.workers.outgoing import Outgoing, Tell
from reader.workers.parsers import ParserPool
from reader.workers.tidings import Tidings

logger = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[], Coroutine[Any, Any, T]]
Report = Callable[[int, int, int, str], None]
"""done, total, failed, label"""

RESTS = "Stopped: the rest of the archive is looked through for tracked names at the next start."
NOT_ADDED = "Stopped before it was looked at; add it again."
INDEX_EVERY = 5.0
"""Seconds between commits to the index during a refresh, unless a whole slice is waiting: each
makes a segment of its own. At the end of the refresh all is indexed."""
LOOK_EVERY = 0.5
"""Seconds between looks at how much waits for the index."""
TIDY_REST = 0.05
"""Seconds left to others between two steps of a merge that nobody waits for."""


class Collector:
    """Use as an async context manager; only the holder of the library's lock may.

    `fetching` is called with True when a round of fetching begins and with False at its end.
    `outgoing`, once entered: what is to be sent and published of itself.
    """

    def __init__(
        self,
        paths: LibraryPaths,
        settings: Settings,
        tell: Tell,
        fetching: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._paths = paths
        self._fetching = fetching
        self._settings = settings
        self._watched = Watched(paths.settings, settings)
        self._tell = tell
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._stack = AsyncExitStack()
        self._busy = asyncio.Lock()
        self._catching_up = asyncio.Lock()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._scanning = False

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            self._tidings = Tidings(self._tell)
            stack.callback(self._tidings.flush)
            stack.callback(self._thread.shutdown)
            self._desk = await self._run(self._open_desk)
            stack.push_async_callback(self._run, lambda: self._desk.close())
            fetch = self._settings.fetch
            limits = Limits(body_bytes=fetch.body_mb * 1_000_000, deadline=fetch.deadline_s)
            fetcher = await stack.enter_async_context(
                Fetcher(
                    limits,
                    total=fetch.concurrency,
                    per_host=fetch.per_host,
                    spacing=fetch.spacing_s,
                )
            )
            self._passwords = Passwords(lambda: Secrets.open(self._paths.root))
            self._fetcher = LoggedIn(fetcher, self._passwords)
            self.outgoing = await self._run(self._open_outgoing)
            self._parsers = ParserPool(self._settings.collect.parsers)
            stack.push_async_callback(self._parsers.close)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop()
        await self._stack.aclose()

    def _open_desk(self) -> Desk:
        rhythm = Rhythm(timedelta(minutes=self._settings.fetch.interval_minutes), random.random)
        return Desk(self._paths, rhythm, timedelta(hours=self._settings.alerts.max_age_hours))

    def _open_outgoing(self) -> Outgoing:
        return Outgoing(
            self._paths, self._settings, self._watched, self._desk, self._run, self._tell
        )

    def _run(self, work: Callable[[], T]) -> Awaitable[T]:
        """On the writer thread; shielded: a write begun is finished even when we are stopped."""
        loop = asyncio.get_running_loop()
        return asyncio.shield(loop.run_in_executor(self._thread, work))

    def stop(self) -> None:
        """Stop what is under way or waiting its turn; what is done is kept."""
        for task in self._under_way:
            task.cancel()

    async def handle(self, request: object, report: Report) -> object:
        """Do what a request says, as far as `stop` lets it. ReaderError when it cannot be done."""
        match request:
            case Refresh(urls, everything):
                return await self._refresh(urls, everything, report)
            case Subscribe(urls, folder):
                return await self._subscribe(urls, folder, report)
            case ImportFile(path):
                return await self._import(path, report)
            case CatchUp():
                await self._caught_up(report)
                return None
            case RebuildIndex():
                await self._alone(lambda: self._rebuild(report), _not_rebuilt)
                await self._caught_up(report)
                return None
            case FetchPicture(url):
                return (await self._fetcher.get(url)).body
            case DeliverNow(at_once):
                send = partial(self.outgoing.send, at_once=at_once)
                return await self._stoppable(send, lambda: ())
            case TryChannel(channel):
                return await self._stoppable(lambda: self.outgoing.try_out(channel), _not_tried)
            case StopWork():
                await self._stop_all()
                return None
        raise TypeError(f"The collector does not know {type(request).__name__}.")

    async def _stop_all(self) -> None:
        """A scan that is stopped rests: the next look at what is to be done would resume it."""
        scanning = self._scanning
        self.stop()
        if scanning:
            await self._run(self._desk.upkeep.rest_from_scanning)
            self._tell(News(Changes(), told=RESTS))

    async def _stopped_inside(
        self, report: Report, label: str, work: Callable[[Callable[[int, int], None]], T]
    ) -> T:
        """One transaction that takes long: `stop` makes it raise, so that nothing of it is kept."""
        loop, halt = asyncio.get_running_loop(), threading.Event()

        def told(done: int, total: int) -> None:
            if halt.is_set():
                raise ReaderError("The import was stopped; nothing was taken over.")
            loop.call_soon_threadsafe(report, done, total, 0, label)

        async def run() -> T:
            under_way = loop.run_in_executor(self._thread, work, told)
            try:
                return await asyncio.shield(under_way)
            except asyncio.CancelledError:
                halt.set()
                return await under_way

        return await self._stoppable(run, _not_stopped)

    async def _alone(self, work: Work[T], stopped: Callable[[], T]) -> T:
        """One long piece of work at a time; `stopped` answers for what was stopped."""

        async def in_turn() -> T:
            async with self._busy:
                return await work()

        return await self._stoppable(in_turn, stopped)

    async def _stoppable(self, work: Work[T], stopped: Callable[[], T]) -> T:
        task = asyncio.create_task(work())
        self._under_way.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            me = asyncio.current_task()
            if me and me.cancelling():
                raise
            return stopped()
        finally:
            self._under_way.discard(task)

    async def refresh_due(self, report: Report) -> RefreshSummary | None:
        """The scheduled round; None when nothing is due."""
        if not await self._run(lambda: self._desk.due(None, everything=False)):
            return None
        return await self._refresh(None, False, report, wait=False)

    # -- refresh

    async def _refresh(
        self, urls: tuple[str, ...] | None, everything: bool, report: Report, *, wait: bool = True
    ) -> RefreshSummary:
        """`wait`: also for what somebody else is catching up with, which takes long after the
        watchlists or the rules for names have changed."""
        summary = await self._alone(
            lambda: self._round(urls, everything, report), lambda: RefreshSummary(stopped=True)
        )
        if summary.stopped or (self._catching_up.locked() and not wait):
            return summary
        return replace(summary, stopped=not await self._caught_up(report))

    async def _round(
        self, urls: tuple[str, ...] | None, everything: bool, report: Report
    ) -> RefreshSummary:
        feeds = await self._run(lambda: self._desk.due(urls, everything=everything))
        known = await self._run(lambda: self._desk.known(feeds))
        report(0, len(feeds), 0, "Fetching")

        def watcher(tally: Tally, one: FeedReport) -> None:
            report(tally.done, tally.total, len(tally.failed), one.title or one.url)
            lists = bool(one.new or one.updated)
            self._tidings.add(Changes(counts=True, feeds=True, lists=lists), one.alerts)

        round_ = Round(
            self._fetcher,
            self._parsers,
            lambda work: self._run(lambda: work(self._desk.ingest)),
            at_once=self._settings.fetch.concurrency,
        )
        furnished = self._run(self._desk.furnish)  # while the first requests are under way
        indexing = asyncio.create_task(self._keep_indexing())
        self._fetching(True)
        try:
            return await round_.run(feeds, watcher, known)
        finally:
            self._fetching(False)
            indexing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await indexing
            with contextlib.suppress(ReaderError):  # whatever needs it will meet the same
                await furnished

    async def _keep_indexing(self) -> None:
        """Make what has been stored searchable while the round goes on."""
        clock = asyncio.get_running_loop().time
        last = clock()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            waiting = await self._run(self._desk.store.queue.size)
            if waiting >= INDEXED or (waiting and clock() - last >= INDEX_EVERY):
                await self._run(self._desk.upkeep.index_some)
                self._tidings.add(Changes(lists=True))
                last = clock()

    # -- catching up

    async def _caught_up(self, report: Report) -> bool:
        """Everything the library remembers as still to be done; False when it was stopped."""
        return await self._stoppable(lambda: self._catch_up(report), lambda: False)

    async def _catch_up(self, report: Report) -> bool:
        """One at a time, in slices: between two of them a round of fetching may begin, for news
        and alerts must not wait until an archive has been looked through."""
        async with self._catching_up:
            return await self._slices(report)

    async def _slices(self, report: Report) -> bool:
        done: Counter[str] = Counter()
        try:
            while isinstance(step := await self._in_turn(self._slice), Slice):
                self._scanning = step.label == SCANNING
                _tell_of(step, done, report)
        finally:
            self._scanning = False
        if done or step:
            self._tidings.add(Changes(counts=True, entities=True, saved=True, lists=True))
        return True

    def _slice(self) -> Slice | bool:
        """On the writer's thread: what comes first, or, where nothing is left to be done, whether
        searches that ask for the time or for what was read have other counts."""
        return self._desk.upkeep.some() or self._desk.upkeep.derive_volatile()

    async def _in_turn(self, work: Callable[[], T]) -> T:
        async with self._busy:
            return await self._run(work)

    async def tidy(self) -> None:
        """Merge segments of the index until that is done or something else is to be done."""
        while not self._under_way:
            if await self._run(self._desk.upkeep.merge_some) == Slice(0, 0):
                break
            await asyncio.sleep(TIDY_REST)

    async def _rebuild(self, report: Report) -> None:
        rebuilding = await self._run(self._desk.rebuild)
        done: Counter[str] = Counter()
        try:
            while (step := await self._run(rebuilding.some)).done or step.left:
                _tell_of(step, done, report)
            await self._run(rebuilding.finish)
        finally:
            await self._run(rebuilding.close)

    # -- feeds in

    async def _subscribe(
        self, urls: tuple[str, ...], folder: str, report: Report
    ) -> list[SubscribeReport]:
        subscriber = Subscriber(
            self._fetcher,
            self._parsers,
            lambda work: self._run(lambda: work(self._desk.store)),
            self._passwords.keep,
        )
        reports: list[SubscribeReport] = []

        async def one_by_one() -> None:
            for number, url in enumerate(urls):
                report(number, len(urls), 0, url)
                reports.append(await subscriber.subscribe(url, folder))

        await self._stoppable(one_by_one, lambda: None)
        self._tell(News(Changes(feeds=True, counts=True)))
        return reports + [SubscribeReport(url, error=NOT_ADDED) for url in urls[len(reports) :]]

    async def _import(self, path: Path, report: Report) -> ImportReport:
        from reader.services.exchange import import_file  # it parses queries, which most never need

        result = await self._stopped_inside(
            report,
            "Importing names",
            lambda told: import_file(self._desk.store, path, self._passwords.keep, told=told),
        )
        await self._caught_up(report)
        self._tell(News(Changes(counts=True, feeds=True, entities=True, saved=True)))
        return result


def _tell_of(step: Slice, done: "Counter[str]", report: Report) -> None:
    """What fits in one slice is over before anybody could read of it."""
    done[step.label] += step.done
    sum_ = done[step.label]
    if step.left or sum_ > step.done:
        report(sum_, sum_ + step.left, 0, step.label)


def _not_stopped() -> NoReturn:
    raise ReaderError("The import was stopped; nothing was taken over.")


def _not_tried() -> None:
    raise ReaderError("The test was stopped; whether its message arrived is not known.")


def _not_rebuilt() -> None:
    raise ReaderError("The rebuilding was stopped; searches go on with the index as it was.")
