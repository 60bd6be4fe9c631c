"""One round of fetching: due feeds in, articles stored, one report per feed.

Asks many servers at once, hosts interleaved, and never lets one feed stop the others: whatever
goes wrong with a feed is stored beside it, with the time of the next try.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from reader.domain.feed import Feed, FeedReport, Fetched, ParsedFeed
from reader.domain.filters import host_of
from reader.domain.imprint import UnknownItemError
from reader.domain.reports import RefreshSummary
from reader.errors import FeedError, ReaderError

if TYPE_CHECKING:
    from reader.services.ingest import Ingest

logger = logging.getLogger(__name__)

OnWriter = Callable[[Callable[["Ingest"], FeedReport]], Awaitable[FeedReport]]
"""Runs a function with the ingest on the one thread that owns it."""


class Fetches(Protocol):
    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", allow_private: bool = False
    ) -> Fetched: ...


class Parses(Protocol):
    async def parse(
        self, body: bytes, content_type: str, url: str, known: bytes = b""
    ) -> ParsedFeed:
        """`known`: the hashes of items that need not be read again (`imprint.packed`)."""


@dataclass(slots=True)
class Tally:
    """The round so far."""

    total: int
    done: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    alerts: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    def count(self, report: FeedReport) -> None:
        self.done += 1
        self.new += report.new
        self.updated += report.updated
        self.unchanged += report.unchanged
        self.alerts += report.alerts
        if report.error:
            self.failed.append((report.url, report.error))

    def summary(self, *, stopped: bool) -> RefreshSummary:
        return RefreshSummary(
            self.new, self.updated, self.unchanged, tuple(self.failed), self.alerts, stopped
        )


Watcher = Callable[[Tally, FeedReport], None]


class Refresh:
    """`on_writer` is awaited for everything that touches the library."""

    def __init__(
        self, fetcher: Fetches, parser: Parses, on_writer: OnWriter, *, at_once: int
    ) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._on_writer = on_writer
        self._at_once = at_once
        self._known: Mapping[int, bytes] = {}

    async def run(
        self, feeds: Sequence[Feed], watcher: Watcher, known: Mapping[int, bytes] | None = None
    ) -> RefreshSummary:
        """Cancelling the task stops the round; what has been stored stays, and is summed up.

        `known`: by feed, the items that need not be read again.
        """
        self._known = known or {}
        tally = Tally(len(feeds))
        waiting = deque(interleaved(feeds))
        workers = [
            asyncio.create_task(self._work(waiting, tally, watcher))
            for _ in range(min(self._at_once, len(feeds)))
        ]
        stopped = False
        try:
            await asyncio.gather(*workers)
        except asyncio.CancelledError:
            stopped = True
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        return tally.summary(stopped=stopped)

    async def _work(self, waiting: deque[Feed], tally: Tally, watcher: Watcher) -> None:
        """One feed after the other, until none is waiting or the round is stopped."""
        me = asyncio.current_task()
        while waiting and not (me and me.cancelling()):
            report = await self._one(waiting.popleft())
            tally.count(report)
            watcher(tally, report)

    async def _one(self, feed: Feed) -> FeedReport:
        try:
            return await self._fetch_and_store(feed)
        except FeedError as problem:
            return await self._failed(feed, problem)
        except ReaderError:
            raise  # the library itself is in trouble: no other feed would fare better
        except Exception:
            logger.exception("A bug while reading %s; the feed was set aside.", host_of(feed.url))
            sentence = f"{host_of(feed.url)} cannot be read because of a bug; please report it."
            return await self._failed(feed, FeedError(sentence, "parser", feed.url))

    async def _fetch_and_store(self, feed: Feed) -> FeedReport:
        address = feed.fetch_url or feed.url
        fetched = await self._fetcher.get(
            address,
            etag=feed.etag,
            last_modified=feed.last_modified,
            allow_private=feed.allow_private and _same_host(address, feed.url),
        )
        body_hash = hashlib.blake2b(fetched.body, digest_size=16).hexdigest()
        if fetched.status == 304 or (feed.fetched_once and body_hash == feed.body_hash):
            return await self._written(lambda ingest: ingest.unmodified(feed))
        known = self._known.get(feed.id, b"") if feed.fetched_once else b""
        try:
            return await self._absorbed(feed, fetched, body_hash, known)
        except UnknownItemError:
            return await self._absorbed(feed, fetched, body_hash, b"")

    async def _absorbed(
        self, feed: Feed, fetched: Fetched, body_hash: str, known: bytes
    ) -> FeedReport:
        body, content_type, url = fetched.body, fetched.content_type, fetched.url
        parsed = await self._parser.parse(body, content_type, url, known)
        return await self._written(lambda ingest: ingest.absorb(feed, fetched, parsed, body_hash))

    async def _failed(self, feed: Feed, problem: FeedError) -> FeedReport:
        logger.info("Feed %d failed: %s", feed.id, problem)
        return await self._written(lambda ingest: ingest.failed(feed, problem))

    async def _written(self, work: Callable[[Ingest], FeedReport]) -> FeedReport:
        """A write begun is finished and counted, even when the round is stopped meanwhile."""
        writing = asyncio.ensure_future(self._on_writer(work))
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            return await writing


def _same_host(one: str, other: str) -> bool:
    """What the user typed may be on a private network; where it was redirected to may not."""
    a, b = urlsplit(one), urlsplit(other)
    return (a.hostname, a.port) == (b.hostname, b.port)


def interleaved(feeds: Sequence[Feed]) -> list[Feed]:
    """One feed of each host after the other, so that one host's feeds do not queue up."""
    hosts: dict[str, list[Feed]] = {}
    for feed in feeds:
        hosts.setdefault(urlsplit(feed.url).netloc, []).append(feed)
    rounds = zip_longest(*hosts.values())
    return [feed for one_each in rounds for feed in one_each if feed is not None]
