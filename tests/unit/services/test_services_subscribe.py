"""Subscribing to what a person typed."""

import asyncio
from dataclasses import replace

import pytest

from reader.domain.subscribe import SubscribeReport
from reader.errors import NotAFeedError
from reader.services.subscribe import Subscriber, typed_address
from reader.store.store import Store
from tests.helpers.world import World, item, refused

A = "https://a.example/feed"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://a.example/feed ", A),
        ("a.example/feed", A),
        ("feed:https://a.example/feed", A),
        ("feed://a.example/feed", A),
        ("FEED://a.example/feed", A),
        ("http://a.example", "http://a.example"),
    ],
)
def test_address_is_understood_as_people_type_it(typed: str, address: str) -> None:
    assert typed_address(typed) == address


def subscribe(world: World, text: str, folder: str = "") -> SubscribeReport:
    async def on_store(work: object) -> object:
        return work(world.store)  # type: ignore[operator]

    def keep(_address: str) -> None:
        """No address of these has a password."""

    subscriber = Subscriber(world, world, on_store, keep, world.clock)  # type: ignore[arg-type]
    return asyncio.run(subscriber.subscribe(text, folder))


@pytest.fixture
def outside(world: World) -> World:
    """The feed "a" is in the world, but not subscribed."""
    world.feed("a").publish(item())
    world.library.remove_feed(A)
    return world


def stored(world: World) -> list[str]:
    store: Store = world.store
    return [feed.url for feed in store.feeds.all()]


def test_feed_is_subscribed_in_its_folder_and_counts_as_typed(outside: World) -> None:
    report = subscribe(outside, "a.example/feed", "Africa/Libya")
    assert report == SubscribeReport("a.example/feed", subscribed=A, title="The A Wire")
    feed = outside.stored_feed("a")
    assert (feed.folder, feed.allow_private) == ("Africa/Libya", True)


def test_subscribed_feed_is_not_fetched_again(world: World) -> None:
    world.feed("a")
    report = subscribe(world, A)
    assert (report.known, report.subscribed) == (True, A)
    assert world.requests == []
    assert world.stored_feed("a").allow_private, "typed, whoever subscribed it first"


def test_feed_without_items_is_a_feed(outside: World) -> None:
    outside.feeds[A].say()
    assert subscribe(outside, A).subscribed == A


def test_address_that_fails_is_reported_and_not_subscribed(outside: World) -> None:
    outside.feeds[A].fail(refused())
    assert subscribe(outside, A).error == "The server would not."
    assert stored(outside) == []


def page(world: World, *found: str) -> str:
    """A page of its own site that announces these feeds."""
    url = "https://a.example/"
    announced = tuple((one, "A feed") for one in found)
    front = replace(world.feeds[A], url=url)
    front.misread = NotAFeedError("This is a web page.", url, announced)
    world.feeds[url] = front
    return url


def test_only_feed_of_a_page_is_subscribed_instead_of_the_page(outside: World) -> None:
    url = page(outside, A)
    report = subscribe(outside, url)
    assert (report.url, report.subscribed) == (url, A)
    assert stored(outside) == [A]
    assert outside.requests[-1].allow_private, "it is of the site the user typed"


def test_feed_of_another_site_does_not_count_as_typed(world: World) -> None:
    world.feed("b").publish(item())
    world.library.remove_feed("https://b.example/feed")
    world.feed("a")
    assert subscribe(world, page(world, "https://b.example/feed")).subscribed
    assert not world.requests[-1].allow_private
    assert not world.stored_feed("b").allow_private


def test_several_feeds_of_a_page_are_offered_and_none_is_taken(outside: World) -> None:
    report = subscribe(outside, page(outside, A, "https://a.example/other"))
    assert [url for url, _ in report.choices] == [A, "https://a.example/other"]
    assert (report.subscribed, report.error, stored(outside)) == ("", "", [])


def test_page_without_feeds_says_that_it_is_a_page(outside: World) -> None:
    assert subscribe(outside, page(outside)).error == "This is a web page."
    assert stored(outside) == []


def test_unsubscribed_feed_is_subscribed_anew_when_it_is_typed(outside: World) -> None:
    assert not subscribe(outside, A).known
    assert stored(outside) == [A]


def test_host_without_encryption_is_found_where_no_scheme_was_typed(outside: World) -> None:
    plain = "http://a.example/feed"
    outside.feeds[plain] = replace(outside.feeds[A], url=plain)
    outside.feeds[A].fail(refused("refused"))
    assert subscribe(outside, "a.example/feed").subscribed == plain
    assert subscribe(outside, A).error == "The server would not."


def test_address_that_was_refused_is_not_asked_again_without_encryption(outside: World) -> None:
    outside.feeds[A].fail(refused("http"))
    assert subscribe(outside, "a.example/feed").error
    assert [request.url for request in outside.requests if "http:" in request.url] == []
