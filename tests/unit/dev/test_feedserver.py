"""The generated feeds: real HTTP on addresses of their own, read by the program's own parser."""

import urllib.request
from collections.abc import Iterator

import pytest

from reader.dev.feedserver import FeedServer, Plan, address, document, links
from reader.dev.newsroom import Newsroom
from reader.feeds.parse import parse

PLAN = Plan(3, 4, words=60, latency=(0.0, 0.01), seed=3)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(PLAN) as running:
        yield running


def fetch(url: str, tag: str = "") -> tuple[int, bytes, str]:
    request = urllib.request.Request(url, headers={"If-None-Match": tag} if tag else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read(), answer.headers["ETag"]
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, b"", tag


def test_every_feed_has_an_address_of_its_own_on_this_machine() -> None:
    addresses = [address(feed) for feed in range(70_000)]
    assert len(set(addresses)) == 70_000
    for one in addresses:
        first, *rest = map(int, one.split("."))
        assert first == 127
        assert all(0 <= part <= 255 for part in rest)
        assert 1 <= rest[-1] <= 250


def test_what_is_known_is_answered_with_304_until_something_new_is_published(
    server: FeedServer,
) -> None:
    url = server.urls()[1]
    status, body, tag = fetch(url)
    assert (status, fetch(url, tag)[0]) == (200, 304)
    server.publish(2)
    status, newer, _ = fetch(url, tag)
    assert status == 200
    assert newer != body
    assert server.published == 6
    found = [item.url for item in parse(newer, "application/rss+xml", url).items]
    assert sorted(found) == sorted(links(1, 6)[2:])


def test_each_feed_always_waits_as_long_within_its_limits() -> None:
    plan = Plan(100, 1, latency=(0.05, 0.3))
    waits = [plan.wait(feed) for feed in range(100)]
    assert waits == [plan.wait(feed) for feed in range(100)]
    assert all(0.05 <= wait <= 0.3 for wait in waits)
    assert max(waits) - min(waits) > 0.2


def test_items_keep_their_identity_and_date_when_newer_ones_come() -> None:
    room = Newsroom(3, length=60)
    first = parse(document(room, 2, range(4)), "application/rss+xml", "http://127.0.0.1/")
    later = parse(document(room, 2, range(2, 6)), "application/rss+xml", "http://127.0.0.1/")
    old = {item.guid: item for item in first.items}
    shared = [item for item in later.items if item.guid in old]
    assert len(shared) == 2
    assert all(item == old[item.guid] for item in shared)
    assert len(set(old) | {item.guid for item in later.items}) == 6
