"""Subscribing to what a user typed: a feed, or a page that announces one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from reader.domain.address import typed_address, without_password
from reader.domain.feed import ParsedFeed
from reader.domain.subscribe import SubscribeReport
from reader.errors import FeedError, NotAFeedError
from reader.feeds.links import host as host_of
from reader.services.clock import utc_now
from reader.services.refresh import Fetches, Parses
from reader.store.store import Store

OnStore = Callable[[Callable[[Store], Any]], Awaitable[Any]]


class Subscriber:
    def __init__(
        self,
        fetcher: Fetches,
        parser: Parses,
        on_store: OnStore,
        keep_password: Callable[[str], None],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._on_store = on_store
        self._keep_password = keep_password
        self._clock = clock

    async def subscribe(self, text: str, folder: str) -> SubscribeReport:
        """Never raises for what one address does: the report says what became of it."""
        url = typed_address(text)
        try:
            report = await self._subscribe(url, folder)
        except FeedError as problem:
            plain = _without_encryption(text, url, problem)
            if plain:
                return await self.subscribe(plain, folder)
            report = SubscribeReport(url, error=str(problem))
        return replace(report, url=without_password(text))

    async def _subscribe(self, url: str, folder: str) -> SubscribeReport:
        if await self._known(without_password(url), typed=True):
            await asyncio.to_thread(self._keep_password, url)
            return SubscribeReport(url, subscribed=without_password(url), known=True)
        try:
            parsed = await self._look(url, typed=True)
        except NotAFeedError as page:
            return await self._from_page(url, page, folder)
        return await self._add(url, url, parsed, folder, typed=True)

    async def _from_page(self, url: str, page: NotAFeedError, folder: str) -> SubscribeReport:
        """One announced feed is subscribed, several are offered; a page itself never is."""
        if not page.found:
            return SubscribeReport(url, error=str(page))
        if len(page.found) > 1:
            return SubscribeReport(url, choices=page.found)
        found = page.found[0][0]
        typed = urlsplit(found).netloc == urlsplit(url).netloc
        if await self._known(found, typed=typed):
            return SubscribeReport(url, subscribed=found, known=True)
        try:
            parsed = await self._look(found, typed=typed)
        except FeedError as problem:
            sentence = (
                f"{host_of(url)} is a web page; the feed it announces, {found}, fails: {problem}"
            )
            return SubscribeReport(url, error=sentence)
        return await self._add(url, found, parsed, folder, typed=typed)

    async def _look(self, url: str, *, typed: bool) -> ParsedFeed:
        fetched = await self._fetcher.get(url, allow_private=typed)
        return await self._parser.parse(fetched.body, fetched.content_type, fetched.url)

    async def _known(self, url: str, *, typed: bool) -> bool:
        """Typing an address that came from a file allows it to be on a private network."""

        def look(store: Store) -> bool:
            feed = store.feeds.by_url(url)
            if feed is None:
                return False
            if typed and not feed.allow_private:
                store.feeds.allow_private(feed.id)
            return True

        return bool(await self._on_store(look))

    async def _add(
        self, url: str, found: str, parsed: ParsedFeed, folder: str, *, typed: bool
    ) -> SubscribeReport:
        await asyncio.to_thread(self._keep_password, found)
        address = without_password(found)
        await self._on_store(
            lambda store: store.feeds.add(
                address,
                now=self._clock(),
                title=parsed.title,
                folder=folder,
                allow_private=typed,
                site_url=parsed.site_url,
            )
        )
        return SubscribeReport(url, subscribed=address, title=parsed.title)


def _without_encryption(text: str, url: str, problem: FeedError) -> str:
    """What to try next where https was our guess and nobody answers to it; else ""."""
    guessed = "://" not in text and url.startswith("https://")
    return f"http{url[5:]}" if guessed and problem.kind in {"refused", "tls", "timeout"} else ""
