"""The collector of a scripted month: a process that does what it is told at a moment it is told.

What the real one does (`workers/collector.py`), with the same services in the same order, but for
the network: feeds are read from files, and the clock shows what the script says. It is killed at
any moment.
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from reader.domain.feed import FeedReport, Fetched, ParsedFeed
from reader.domain.imprint import unpacked
from reader.domain.schedule import Rhythm
from reader.errors import FeedError
from reader.feeds.parse import parse
from reader.paths import LibraryPaths
from reader.services.channels import Channels, usual
from reader.services.deliver import Deliverer
from reader.services.dispatch import Dispatch
from reader.services.ingest import Ingest
from reader.services.refresh import Refresh
from reader.settings import load
from reader.store.secrets import Secrets
from reader.workers.desk import Desk

T = TypeVar("T")


def work(library: str, served: str) -> None:
    """Reads one order a line, `{"at": …, "rebuild": …}`, and answers "done" to each."""
    worker = _Worker(LibraryPaths(Path(library)), Path(served))
    sys.stdout.write("open\n")
    sys.stdout.flush()
    for line in sys.stdin:
        order = json.loads(line)
        asyncio.run(worker.tick(datetime.fromisoformat(order["at"]), order["rebuild"]))
        sys.stdout.write("done\n")
        sys.stdout.flush()
    worker.desk.close()


def file_of(url: str) -> str:
    """Under which name the feed lies in the folder of what is served."""
    return hashlib.sha256(url.encode()).hexdigest()[:20]


class _Worker:
    """Fetches (`get`), reads (`parse`) and sends on one thread, one after the other."""

    def __init__(self, paths: LibraryPaths, served: Path) -> None:
        self._served = served
        self._now = datetime.now(UTC)
        settings = load(paths.settings)
        hours = timedelta(hours=settings.alerts.max_age_hours)
        rhythm = Rhythm(timedelta(hours=1), lambda: 0.0)
        self.desk = Desk(paths, rhythm, hours, self._clock)
        self.desk.ingest.alarm.usual = usual(settings)
        self._dispatch = Dispatch(self.desk.store, usual(settings), self._clock)
        secrets = partial(Secrets.open, paths.root)
        channels = Channels(lambda: settings, secrets, clock=self._clock)
        self._deliverer = Deliverer(self._with_dispatch, channels)

    def _clock(self) -> datetime:
        return self._now

    async def tick(self, now: datetime, rebuild: bool) -> None:
        """A refresh, all that it leaves to be done, and what is due to be sent."""
        self._now = now
        round_ = Refresh(self, self, self._with_ingest, at_once=4)
        feeds = self.desk.due(None, everything=True)
        await round_.run(feeds, lambda *_: None, self.desk.known(feeds))
        self._catch_up()
        await self._deliverer.deliver()
        if rebuild:
            self._rebuild()

    def _catch_up(self) -> None:
        while self.desk.upkeep.some():
            pass
        self.desk.upkeep.derive_volatile()

    def _rebuild(self) -> None:
        rebuilding = self.desk.rebuild()
        while (step := rebuilding.some()).done or step.left:
            pass
        rebuilding.finish()
        rebuilding.close()

    async def _with_ingest(self, work: Callable[[Ingest], FeedReport]) -> FeedReport:
        return work(self.desk.ingest)

    def _with_dispatch(self, work: Callable[[Dispatch], T]) -> Awaitable[T]:
        async def done() -> T:
            return work(self._dispatch)

        return done()

    async def get(self, url: str, **_conditions: object) -> Fetched:
        """Always the whole feed, as from a server that knows no conditions."""
        try:
            body = (self._served / file_of(url)).read_bytes()
        except OSError as problem:
            raise FeedError("The server is away.", "connection", url) from problem
        return Fetched(200, url, body, "application/rss+xml")

    async def parse(
        self, body: bytes, content_type: str, url: str, known: bytes = b""
    ) -> ParsedFeed:
        return parse(body, content_type, url, frozenset(unpacked(known)))
