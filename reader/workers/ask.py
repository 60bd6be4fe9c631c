"""Getting one piece of work done by the one collector of a library, whoever runs it."""

import asyncio
import time
from multiprocessing.connection import Connection
from typing import Any

from reader.errors import BusyError
from reader.paths import LibraryPaths
from reader.settings import Settings
from reader.workers.collector import Collector, Report
from reader.workers.interrupt import interruptible
from reader.workers.lock import CollectorLock, connect
from reader.workers.messages import (
    Answer,
    Ask,
    DeliverNow,
    News,
    Progress,
    Refresh,
    Refusal,
    StopWork,
)

PATIENCE = 2.0
"""Seconds to wait for a holder of the lock that does not answer yet: it may just be starting."""
_PAUSE = 0.1


def ask(
    paths: LibraryPaths,
    settings: Settings,
    request: object,
    report: Report,
    *,
    patience: float = PATIENCE,
) -> Any:
    """The answer to one request, or the ReaderError it was refused with.

    Done here when nobody collects, else by who does. An interrupt stops the work; what was done
    is kept, and is in the answer.
    """
    until = time.monotonic() + patience
    while True:
        lock = CollectorLock.acquire(paths)
        if lock is not None:
            with lock:
                return asyncio.run(_work_alone(paths, settings, request, report))
        try:
            connection = connect(paths)
        except BusyError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
            continue
        with connection:
            return _ask_holder(connection, request, report)


async def _work_alone(
    paths: LibraryPaths, settings: Settings, request: object, report: Report
) -> object:
    def nobody_else_listens(_news: News) -> None:
        pass

    async with Collector(paths, settings, nobody_else_listens) as collector:
        with interruptible(collector.stop):
            answer = await collector.handle(request, report)
            if isinstance(request, Refresh):
                await collector.handle(DeliverNow(at_once=False), report)
            return answer


def _ask_holder(connection: Connection, request: object, report: Report) -> object:
    try:
        connection.send(Ask(1, request))
        while True:
            match _received(connection):
                case Answer(1, value):
                    return value
                case Refusal(1, error):
                    raise error
                case Progress(1, done, total, failed, label):
                    report(done, total, failed, label)
    except (EOFError, OSError) as problem:
        raise BusyError(
            "The program that collects for this library was closed meanwhile: try again."
        ) from problem


def _received(connection: Connection) -> object:
    try:
        return connection.recv()
    except KeyboardInterrupt:
        connection.send(Ask(2, StopWork()))
        return connection.recv()
