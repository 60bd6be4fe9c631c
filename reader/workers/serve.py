"""The collector at work for others: beside a window, or in the foreground of `collect`.

Takes requests from the window's pipe and from the local socket, fetches on schedule, and keeps
hits up to date with the clock. Where somebody else collects already, a window's collector hands
requests on to them, and takes over when they leave.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from reader import log
from reader.domain.library import Changes
from reader.errors import BusyError, ReaderError
from reader.paths import LibraryPaths
from reader.settings import Settings, load
from reader.workers.ask import ask
from reader.workers.clients import Clients
from reader.workers.collector import Collector, Report
from reader.workers.courier import Courier
from reader.workers.interrupt import interruptible
from reader.workers.lock import CollectorLock, Doorway, connect
from reader.workers.messages import Answer, Ask, CatchUp, News, Progress, Refusal

__all__ = ["ask", "foreground", "main"]

logger = logging.getLogger(__name__)

BUG = "Something went wrong inside the collector; the details are in the library's reader.log."
HOLDER_EVERY = 1.0
"""Seconds between tries to reach a collector that does not answer yet."""
DUE_EVERY = 20.0
"""Seconds between looks at what is due."""
UPKEEP_EVERY = 60.0
"""Seconds between updates of saved searches whose answer depends on the time."""
PROGRESS_EVERY = 0.1
"""Seconds between progress messages: the window has better things to do than to read them."""
LAST_WORDS = 2.0
"""Seconds for work that was stopped to answer whoever asked for it."""


def main(connection: Connection, paths: LibraryPaths, topics: tuple[str, ...]) -> None:
    """The collector process beside a window; leaves when the pipe closes."""
    log.setup(paths.log, topics=topics)
    waited = False
    while True:
        lock = CollectorLock.acquire(paths)
        if lock is not None:
            with lock:
                if waited:
                    _tell_of_others(connection)
                _collect(paths, lock, connection)
            return
        if not _hand_on(connection, paths):
            return
        waited = True


def _tell_of_others(window: Connection) -> None:
    """Who held the lock before us, as a command does, may have changed anything."""
    with contextlib.suppress(OSError):
        window.send(News(Changes(counts=True, feeds=True, entities=True, saved=True, lists=True)))


def _collect(paths: LibraryPaths, lock: CollectorLock, window: Connection) -> None:
    try:
        asyncio.run(_serve(paths, load(paths.settings), lock, window))
    except ReaderError as problem:
        with contextlib.suppress(OSError):
            window.send(Refusal(0, problem))


def foreground(paths: LibraryPaths, settings: Settings, tell: Callable[[str], None]) -> None:
    """Collect on schedule until interrupted. BusyError when somebody else does."""
    lock = CollectorLock.acquire(paths)
    if lock is None:
        raise BusyError(
            f"Another program already collects for the library {paths.root}: close it first."
        )
    with lock:
        asyncio.run(_serve(paths, settings, lock, None, tell))


# -- where somebody else collects


def _hand_on(window: Connection, paths: LibraryPaths) -> bool:
    """Be the window's voice at the collector there is; False when the window is gone."""
    try:
        holder = connect(paths)
    except BusyError:
        return not window.poll(HOLDER_EVERY) or _put_off(window)
    with holder:
        return _between(window, holder)


def _put_off(window: Connection) -> bool:
    """Answers what is asked while nobody can do it; False when the window is gone."""
    try:
        asked = window.recv()
        window.send(_refused(asked, "Another program works on this library; try again soon."))
    except (EOFError, OSError):
        return False
    return True


def _between(window: Connection, holder: Connection) -> bool:
    """Carries messages both ways until one end is gone; True when that was the holder."""
    open_asks: dict[int, Ask] = {}
    while True:
        for ready in wait([window, holder]):
            if ready is window:
                try:
                    asked = window.recv()
                except (EOFError, OSError):
                    return False
                open_asks[asked.number] = asked
                with contextlib.suppress(OSError):  # it is gone; reading from it will tell
                    holder.send(asked)
                continue
            try:
                message = holder.recv()
                if isinstance(message, Answer | Refusal):
                    open_asks.pop(message.number, None)
            except (EOFError, OSError):
                return _all_refused(window, open_asks)
            with contextlib.suppress(OSError):
                window.send(message)


def _all_refused(window: Connection, open_asks: dict[int, Ask]) -> bool:
    with contextlib.suppress(OSError):
        for asked in open_asks.values():
            window.send(
                _refused(asked, "The program that collected was closed meanwhile: try again.")
            )
    return True


def _refused(asked: Ask, sentence: str) -> Refusal:
    return Refusal(asked.number, BusyError(sentence))


# -- collecting


async def _serve(
    paths: LibraryPaths,
    settings: Settings,
    lock: CollectorLock,
    window: Connection | None,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Until the window is gone or, without one, until interrupted."""
    over = asyncio.Event()
    clients = Clients(asyncio.get_running_loop())
    with contextlib.ExitStack() as stack:
        doorway = Doorway(lock)
        stack.callback(doorway.close)
        clients.admit(doorway)
        if window is not None:
            clients.add(window, over.set)
        else:
            stack.enter_context(interruptible(over.set))
        service = _Service(clients, over, tell)
        async with Collector(paths, settings, service.news, service.fetching) as collector:
            await service.run(collector)


class _Service:
    """Answers requests and keeps the schedule, until it is over."""

    def __init__(
        self,
        clients: Clients,
        over: asyncio.Event,
        tell: Callable[[str], None] | None,
    ) -> None:
        self._clients = clients
        self._over = over
        self._tell = tell
        self._tasks: set[asyncio.Task[None]] = set()
        self._courier = Courier(self._deliver)

    def news(self, news: News) -> None:
        if news.alerts:
            self._courier.fired()
        if news.told and self._tell is not None:
            self._tell(news.told)
        self._clients.tell_all(news)

    def fetching(self, under_way: bool) -> None:
        if under_way:
            self._courier.round_begins()
        else:
            self._courier.round_over()

    async def run(self, collector: Collector) -> None:
        self._collector = collector
        answering = asyncio.create_task(self._answer_all())
        self._start(self._every(UPKEEP_EVERY, self._keep_up))
        self._start(self._every(DUE_EVERY, self._fetch_due))
        self._start(self._courier.run(collector.outgoing.present))
        await self._over.wait()
        answering.cancel()
        self._courier.leave()
        self._collector.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(answering, *self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_all(self) -> None:
        while True:
            connection, asked = await self._clients.asked.get()
            self._start(self._answer(connection, asked))

    async def _answer(self, connection: Connection, asked: Ask) -> None:
        send = self._clients.send
        report = _paced(lambda *told: send(connection, Progress(asked.number, *told)))
        try:
            answer = await self._collector.handle(asked.request, report)
        except ReaderError as problem:
            send(connection, Refusal(asked.number, problem))
        except Exception:
            logger.exception("A bug while answering %r.", asked.request)
            send(connection, Refusal(asked.number, ReaderError(BUG)))
        else:
            send(connection, Answer(asked.number, answer))

    async def _every(self, seconds: float, work: Callable[[Report], Awaitable[None]]) -> None:
        """Now, and then again and again; nothing that goes wrong once ends it."""
        tell_all = self._clients.tell_all
        report = _paced(lambda *told: tell_all(Progress(0, *told)))
        while not self._over.is_set():
            await self._told(partial(work, report))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), seconds)

    async def _told(self, work: Callable[[], Awaitable[None]]) -> None:
        """Whatever goes wrong with it is told to all who listen."""
        try:
            await work()
        except ReaderError as problem:
            self._clients.tell_all(Refusal(0, problem))
        except Exception:
            logger.exception("A bug in what is done of itself.")
            self._clients.tell_all(Refusal(0, ReaderError(BUG)))

    async def _deliver(self) -> None:
        await self._told(self._collector.outgoing.deliver)

    async def _fetch_due(self, report: Report) -> None:
        try:
            summary = await self._collector.refresh_due(report)
        finally:
            self._courier.nothing_due()
        if summary is not None:
            self._clients.tell_all(Answer(0, summary))
            if self._tell is not None:
                self._tell(summary.sentence())

    async def _keep_up(self, report: Report) -> None:
        """What was left to do at the start, and what the clock changes."""
        await self._collector.handle(CatchUp(), report)
        self._clients.tell_all(Answer(0, None))
        await self._collector.tidy()


def _paced(send: Callable[[int, int, int, str], None]) -> Report:
    """Drops what comes too soon after the last, but never the first or the last of a job."""
    clock = asyncio.get_running_loop().time
    sent_at = float("-inf")

    def report(done: int, total: int, failed: int, label: str) -> None:
        nonlocal sent_at
        if done in {0, total} or clock() - sent_at >= PROGRESS_EVERY:
            sent_at = clock()
            send(done, total, failed, label)

    return report
