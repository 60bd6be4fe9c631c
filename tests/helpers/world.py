"""A world of feeds that exist only in memory, and a library that reads them.

    world = World(tmp_path)
    world.feed("a").publish(item("Port closed"))
    world.refresh()
    assert world.titles() == ["Port closed"]

Store, index and use cases are the real ones; only the network and the reading of bytes are made
up, and the clock stands still until `pass_time`. Everything runs on the calling thread.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from reader.domain.alert import Alert
from reader.domain.article import ArticleDetail, ParsedItem, Texts
from reader.domain.feed import Feed, FeedReport, Fetched, ParsedFeed
from reader.domain.imprint import unpacked
from reader.domain.reports import RefreshSummary
from reader.domain.schedule import Rhythm
from reader.domain.scope import Scope
from reader.errors import FeedError
from reader.feeds.identity import hash64
from reader.paths import LibraryPaths
from reader.services.ingest import Ingest
from reader.services.library import Library
from reader.services.passages import with_context
from reader.services.refresh import Refresh, Tally
from reader.workers.desk import Desk

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
INTERVAL = timedelta(minutes=30)

_numbers = itertools.count(1)


def item(title: str = "", body: str = "", **values: Any) -> ParsedItem:
    """An item unlike every other, but for what is given; dated at the start of the world.

    `lead` goes into the texts; `hours_ago` dates it, `published=None` leaves it undated.
    """
    number = next(_numbers)
    texts = Texts(title or f"Title {number}", values.pop("lead", ""), body or f"Body {number}.")
    made = {
        "guid": f"guid-{number}",
        "url": f"https://news.example/{number}",
        "html": f"<p>{texts.body}</p>",
        "published": START - timedelta(hours=values.pop("hours_ago", 0)),
        "language": "en",
    }
    return ParsedItem(texts=texts, **{**made, **values})


def edited(
    old: ParsedItem, *, title: str | None = None, body: str | None = None, **values: Any
) -> ParsedItem:
    """The same item with other words."""
    texts = replace(
        old.texts,
        title=old.texts.title if title is None else title,
        body=old.texts.body if body is None else body,
    )
    return replace(old, texts=texts, **values)


def churned(old: ParsedItem) -> ParsedItem:
    """The same words and date under a new id and a new link."""
    number = next(_numbers)
    return replace(old, guid=f"guid-{number}", url=f"https://news.example/{number}")


@dataclass
class FakeFeed:
    """`version` counts what was published; every version has an ETag unless `etags` is off."""

    url: str
    title: str
    items: list[ParsedItem] = field(default_factory=list)
    version: int = 0
    etags: bool = True
    moved_to: str = ""
    trouble: BaseException | None = None
    misread: BaseException | None = None

    def publish(self, *items: ParsedItem) -> Self:
        """New items in front of those there are; one of a known id replaces it."""
        new = {one.guid for one in items}
        self.items = [*items, *(old for old in self.items if old.guid not in new)]
        self.version += 1
        return self

    def say(self, *items: ParsedItem) -> Self:
        """These items and no others."""
        self.items = list(items)
        self.version += 1
        return self

    def fail(self, trouble: BaseException | None) -> None:
        """What a request meets; None: it is well again."""
        self.trouble = trouble

    def answer(self, etag: str) -> Fetched:
        if self.trouble is not None:
            raise self.trouble
        mine = f'"{self.title} {self.version}"' if self.etags else ""
        body = b"" if mine and etag == mine else f"{self.url} {self.version}".encode()
        status = 200 if body else 304
        return Fetched(status, self.url, body, "text/xml", mine, moved_to=self.moved_to)


@dataclass(frozen=True)
class Request:
    url: str
    etag: str
    allow_private: bool


class World:
    def __init__(self, folder: Path) -> None:
        self.now = START
        self.paths = LibraryPaths(folder / "library")
        self.feeds: dict[str, FakeFeed] = {}
        self.requests: list[Request] = []
        self.reports: list[FeedReport] = []
        self.left_out = 0
        """Items that were not read again."""
        self._open()

    def _open(self) -> None:
        rhythm = Rhythm(INTERVAL, lambda: 0.0)
        self.desk = Desk(self.paths, rhythm, timedelta(hours=48), self.clock)
        self.store, self.finder = self.desk.store, self.desk.finder
        self.library = Library(self.store, self.clock)

    def reopen(self) -> None:
        """As after a restart of the program."""
        self.desk.close()
        self._open()

    def close(self) -> None:
        self.desk.close()

    def clock(self) -> datetime:
        return self.now

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)

    # -- feeds

    def feed(self, name: str, *, folder: str = "", **values: Any) -> FakeFeed:
        """The feed of that name, subscribed when it is first named."""
        url = f"https://{name}.example/feed"
        if url not in self.feeds:
            self.feeds[url] = FakeFeed(url, f"The {name.title()} Wire", **values)
            self.store.feeds.add(url, now=self.now, folder=folder)
        return self.feeds[url]

    def stored_feed(self, name: str) -> Feed:
        found = self.store.feeds.by_url(f"https://{name}.example/feed")
        assert found is not None, f"{name} is not subscribed"
        return found

    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", allow_private: bool = False
    ) -> Fetched:
        self.requests.append(Request(url, etag, allow_private))
        return self.feeds[url].answer(etag)

    async def parse(
        self, body: bytes, content_type: str, url: str, known: bytes = b""
    ) -> ParsedFeed:
        """Leaves out what is known, as the real one does, and notes it in `left_out`."""
        feed = self.feeds[url]
        if feed.misread is not None:
            raise feed.misread
        wanted = set(unpacked(known))
        items = [replace(one, written=hash64(repr(replace(one, written=0)))) for one in feed.items]
        again = tuple(one.written for one in items if one.written in wanted)
        self.left_out += len(again)
        fresh = tuple(one for one in items if one.written not in wanted)
        return ParsedFeed(feed.title, f"https://{feed.url}", "en", fresh, "rss", known=again)

    # -- the library at work

    def refresh(self, *names: str, due: bool = False, catch_up: bool = True) -> RefreshSummary:
        """Fetch these feeds, or all, or those that are due; then do what that leaves to be done."""
        urls = [f"https://{name}.example/feed" for name in names] or None
        feeds = self.desk.due(urls, everything=not due)
        summary = asyncio.run(self.round().run(feeds, self._watch, self.desk.known(feeds)))
        if catch_up:
            self.catch_up()
        return summary

    def round(self, at_once: int = 4) -> Refresh:
        async def on_writer(work: Callable[[Ingest], FeedReport]) -> FeedReport:
            return work(self.desk.ingest)

        return Refresh(self, self, on_writer, at_once=at_once)

    def _watch(self, _tally: Tally, report: FeedReport) -> None:
        self.reports.append(report)

    def catch_up(self) -> None:
        for _ in self.steps():
            pass
        self.desk.upkeep.derive_volatile()

    def steps(self) -> Iterator[str]:
        """What is still to be done, one slice at a time, by its label."""
        while step := self.desk.upkeep.some():
            yield step.label

    # -- what came of it

    def ids(self, scope: Scope = Scope()) -> list[int]:  # noqa: B008 - a frozen value
        return self.library.article_ids(scope).tolist()

    def titles(self, ids: Sequence[int] | None = None) -> list[str]:
        """Newest first."""
        return [line.title for line in self.library.lines(self.ids() if ids is None else ids)]

    def article(self, title: str) -> ArticleDetail:
        """The only article of that title."""
        (article_id,) = [i for i in self.ids() if self.titles([i]) == [title]]
        detail = self.library.detail(article_id)
        assert detail is not None
        return detail

    def id(self, title: str) -> int:
        return self.article(title).line.id

    def alerts(self) -> list[Alert]:
        return with_context(self.store.alerts, self.store.alerts.latest(1000))

    def hits(self, name: str) -> set[str]:
        """Titles of the articles a saved search is known to match."""
        scope = Scope(saved=self.library.saved(name).id)
        return set(self.titles(self.ids(scope)))

    def found(self, query: str) -> set[str]:
        """Titles of the articles a search finds."""
        return set(self.titles(self.finder.matching(query)))


def refused(kind: str = "http", *, retry_after: float | None = None) -> FeedError:
    return FeedError("The server would not.", kind, "https://a.example/feed", retry_after)
