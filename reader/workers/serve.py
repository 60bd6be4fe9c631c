"""Getting work to the one collector of a library, whoever runs it.

serve   in a process beside the window, or in the foreground of `collect`: takes requests from
        a pipe and from the local socket, and fetches on schedule
ask     for the command line: does the work itself when nobody collects, else asks who does
"""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from reader import log
from reader.domain.library import Changes
from reader.errors import BusyError, ReaderError
from reader.paths import LibraryPaths
from reader.settings import Settings, load
from reader.workers.collector import Collector, Report
from reader.workers.lock import CollectorLock, Doorway, connect
from reader.workers.messages import Answer, Ask, CatchUp, News, Progress, Refusal, StopWork

logger = logging.getLogger(__name__)

HOLDER_EVERY = 1.0
"""Seconds between tries to reach a collector that does not answer yet."""
BUG = "Something went wrong inside the collector; the details are in the library's reader.log."
DUE_EVERY = 20.0
"""Seconds between looks at what is due."""
UPKEEP_EVERY = 60.0
"""Seconds between updates of saved searches whose answer depends on the time."""
PROGRESS_EVERY = 0.1
"""Seconds between progress messages: the window has better things to do than to read them."""


def main(connection: Connection, paths: LibraryPaths, topics: tuple[str, ...]) -> None:
    """The collector process beside a window; leaves when the pipe closes.

    Where somebody else collects already (`collect` in a terminal), it hands the window's requests
    on to them, and takes over when they leave.
    """
    log.setup(paths.log, topics=topics)
    while True:
        lock = CollectorLock.acquire(paths)
        if lock is not None:
            with lock:
                settings = load(paths.settings)
                asyncio.run(_serve(paths, settings, lock, connection, schedule=True))
            return
        if not _hand_on(connection, paths):
            return


def _hand_on(window: Connection, paths: LibraryPaths) -> bool:
    """Be the window's voice at the collector there is; False when the window is gone."""
    try:
        holder = connect(paths)
    except BusyError:
        return not (window.poll(HOLDER_EVERY) and not _still_there(window))
    with holder:
        ends = {window: holder, holder: window}
        while True:
            for ready in wait(list(ends)):
                end = window if ready is window else holder
                try:
                    ends[end].send(end.recv())
                except (EOFError, OSError):
                    return end is holder


def _still_there(window: Connection) -> bool:
    """Answers what is asked while nobody can do it; False when the window is gone."""
    try:
        ask = window.recv()
        window.send(
            Refusal(ask.number, BusyError("Another program works on this library; try again soon."))
        )
    except (EOFError, OSError):
        return False
    return True


def foreground(paths: LibraryPaths, settings: Settings, tell: Callable[[str], None]) -> None:
    """Collect on schedule until interrupted. BusyError when somebody else does."""
    lock = CollectorLock.acquire(paths)
    if lock is None:
        raise BusyError(
            f"Another program already collects for the library {paths.root}: close it first."
        )
    with lock:
        asyncio.run(_serve(paths, settings, lock, None, schedule=True, tell=tell))


def ask(paths: LibraryPaths, settings: Settings, request: object, report: Report) -> Any:
    """The answer to one request, or the ReaderError it was refused with.

    An interrupt stops the work; what was done is kept, and is in the answer.
    """
    lock = CollectorLock.acquire(paths)
    if lock is None:
        return _ask_holder(paths, request, report)
    with lock:
        return asyncio.run(_work_alone(paths, settings, request, report))


async def _work_alone(
    paths: LibraryPaths, settings: Settings, request: object, report: Report
) -> object:
    async with Collector(paths, settings, lambda _changes, _alerts: None) as collector:
        with _interruptible(collector.stop):
            return await collector.handle(request, report)


@contextlib.contextmanager
def _interruptible(stop: Callable[[], None]) -> Any:
    """Ctrl+C and a polite kill stop the work instead of tearing it apart."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    mine = threading.current_thread() is threading.main_thread()
    for number in signals if mine else ():
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in signals if mine else ():
            loop.remove_signal_handler(number)


def _ask_holder(paths: LibraryPaths, request: object, report: Report) -> object:
    with connect(paths) as connection:
        connection.send(Ask(1, request))
        while True:
            try:
                message = _received(connection)
            except (EOFError, OSError) as problem:
                raise BusyError(
                    "The program that collects for this library was closed meanwhile: try again."
                ) from problem
            match message:
                case Answer(1, value):
                    return value
                case Refusal(1, error):
                    raise error
                case Progress(1, done, total, failed, label):
                    report(done, total, failed, label)


def _received(connection: Connection) -> object:
    try:
        return connection.recv()
    except KeyboardInterrupt:
        connection.send(Ask(2, StopWork()))
        return connection.recv()


class _Clients:
    """Everybody who is connected; reading happens on a thread for each, writing on the loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.asked: asyncio.Queue[tuple[Connection, Ask]] = asyncio.Queue()
        self._all: set[Connection] = set()

    def add(self, connection: Connection, gone: Callable[[], None] | None = None) -> None:
        self._all.add(connection)
        threading.Thread(target=self._read, args=(connection, gone), daemon=True).start()

    def _read(self, connection: Connection, gone: Callable[[], None] | None) -> None:
        with contextlib.suppress(EOFError, OSError, RuntimeError):
            while True:
                ask = connection.recv()
                self._loop.call_soon_threadsafe(self.asked.put_nowait, (connection, ask))
        with contextlib.suppress(RuntimeError):  # the loop is over
            self._loop.call_soon_threadsafe(self._all.discard, connection)
            if gone is not None:
                self._loop.call_soon_threadsafe(gone)

    def send(self, connection: Connection, message: object) -> None:
        with contextlib.suppress(OSError, ValueError):  # it has gone; its reader will notice
            connection.send(message)

    def tell_all(self, message: object) -> None:
        for connection in list(self._all):
            self.send(connection, message)


async def _serve(
    paths: LibraryPaths,
    settings: Settings,
    lock: CollectorLock,
    pipe: Connection | None,
    *,
    schedule: bool,
    tell: Callable[[str], None] | None = None,
) -> None:
    over = asyncio.Event()
    clients = _Clients(asyncio.get_running_loop())
    doorway = Doorway(lock)
    threading.Thread(target=_admit, args=(doorway, clients), daemon=True).start()
    try:
        async with Collector(
            paths, settings, lambda changes, alerts: clients.tell_all(News(changes, alerts))
        ) as collector:
            service = _Service(collector, clients, tell)
            if pipe is not None:
                clients.add(pipe, over.set)
            with contextlib.ExitStack() as stack:
                if pipe is None:
                    stack.enter_context(_interruptible(over.set))
                await service.run(over, schedule=schedule)
    except ReaderError as problem:
        if pipe is None:
            raise
        clients.send(pipe, Refusal(0, problem))
    finally:
        doorway.close()


def _admit(doorway: Doorway, clients: _Clients) -> None:
    while True:
        try:
            connection = doorway.accept()
        except OSError:
            return
        except Exception:  # noqa: BLE001 - a stranger with a wrong key must not close the door
            logger.warning("Somebody knocked with a wrong key.", exc_info=True)
            continue
        clients.add(connection)


class _Service:
    """Answers requests and keeps the schedule, until told that it is over."""

    def __init__(
        self, collector: Collector, clients: _Clients, tell: Callable[[str], None] | None
    ) -> None:
        self._collector = collector
        self._clients = clients
        self._tell = tell
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, over: asyncio.Event, *, schedule: bool) -> None:
        self._start(self._answer_all())
        self._start(self._upkeep())
        if schedule:
            self._start(self._keep_schedule())
        await over.wait()
        self._collector.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_all(self) -> None:
        while True:
            connection, ask = await self._clients.asked.get()
            self._start(self._answer(connection, ask))

    async def _answer(self, connection: Connection, ask: Ask) -> None:
        send = self._clients.send
        try:
            report = _paced(lambda *told: send(connection, Progress(ask.number, *told)))
            send(connection, Answer(ask.number, await self._collector.handle(ask.request, report)))
        except ReaderError as problem:
            send(connection, Refusal(ask.number, problem))
        except Exception:
            logger.exception("A bug while answering %r.", ask.request)
            send(connection, Refusal(ask.number, ReaderError(BUG)))

    async def _keep_schedule(self) -> None:
        report = _paced(lambda *told: self._clients.tell_all(Progress(0, *told)))
        while True:
            try:
                summary = await self._collector.refresh_due(report)
            except ReaderError as problem:
                self._clients.tell_all(Refusal(0, problem))
            else:
                if summary is not None:
                    self._clients.tell_all(Answer(0, summary))
                    if self._tell is not None:
                        self._tell(summary.sentence())
            await asyncio.sleep(DUE_EVERY)

    async def _upkeep(self) -> None:
        """What was left to do at the start, and what the clock changes."""
        report = _paced(lambda *told: self._clients.tell_all(Progress(0, *told)))
        while True:
            try:
                await self._collector.handle(CatchUp(), report)
                self._clients.tell_all(Answer(0, None))
            except ReaderError as problem:
                self._clients.tell_all(Refusal(0, problem))
            await asyncio.sleep(UPKEEP_EVERY)


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
