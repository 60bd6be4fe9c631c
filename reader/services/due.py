"""Which feeds are to be fetched. Light: it is asked before the rest of a collector is loaded."""

from collections.abc import Sequence
from datetime import datetime

from reader.domain.address import typed_address, without_password
from reader.domain.feed import Feed
from reader.errors import NotFoundError
from reader.store.store import Store


def due(store: Store, urls: Sequence[str] | None, now: datetime, *, everything: bool) -> list[Feed]:
    """Those of `urls`, what is due, or all. NotFoundError names an address that is unknown."""
    if urls is not None:
        return [_subscribed(store, url) for url in dict.fromkeys(urls)]
    return store.feeds.all() if everything else store.feeds.due(now)


def _subscribed(store: Store, url: str) -> Feed:
    bare = without_password(url)
    feed = store.feeds.by_url(bare) or store.feeds.by_url(typed_address(bare))
    if feed is None:
        raise NotFoundError(f"{bare} is not subscribed: add it first, or see the list of feeds.")
    return feed
