"""Subscriptions: added, fetched, failing, unsubscribed; folders with their counts."""

from datetime import timedelta

import pytest
from store_world import NOW, World

from reader.domain.scope import Scope
from reader.store.feeds import Feeds

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def feeds(world: World) -> Feeds:
    return world.store.feeds


def test_new_feed_is_known_by_its_very_url_and_due_at_once(feeds: Feeds) -> None:
    added = feeds.add(
        "https://A.example/Rss?x=1", now=NOW, folder="News/Libya", outlet="The A", title=" A  "
    )
    feed = feeds.by_url("https://A.example/Rss?x=1")
    assert feed is not None
    assert (feed.id, feed.title, feed.folder, feed.outlet) == (added, "A", "News/Libya", "The A")
    assert feeds.by_url("https://a.example/Rss?x=1") is None
    assert feeds.due(NOW) == [feed] == feeds.all()


def test_feed_without_title_goes_by_its_host(feeds: Feeds) -> None:
    feeds.add("https://www.b.example:8080/feed", now=NOW)
    feeds.add("not an address", now=NOW)
    assert [(f.title, f.outlet) for f in feeds.all()] == [
        ("b.example", "b.example"),
        ("not an address", "not an address"),
    ]


def test_adding_twice_changes_nothing(feeds: Feeds) -> None:
    first = feeds.add("https://a.example", now=NOW, folder="A")
    assert feeds.add("https://a.example", now=LATER, folder="B", title="Other") == first
    assert feeds.get(first).folder == "A"
    assert feeds.folders() == ["A"]


def test_unsubscribed_feed_keeps_its_articles_and_can_come_back(world: World) -> None:
    feeds = world.store.feeds
    feed = world.feed("https://a.example", folder="A")
    article = world.article(feed)
    feeds.fetched(feed, now=NOW, next_fetch=LATER, etag='"1"', title="A")
    feeds.remove(feed, NOW)
    assert feeds.all() == feeds.due(LATER) == []
    assert feeds.by_url("https://a.example") is None
    assert list(world.store.lists.ids(Scope())) == [article]
    assert feeds.get(feed).title == "A"

    assert feeds.add("https://a.example", now=LATER, folder="B") == feed
    back = feeds.by_url("https://a.example")
    assert (back.folder, back.fetched_once, back.etag) == ("B", False, "")
    assert feeds.lines()[0].articles == 1


def test_restored_feed_is_as_it_was(world: World) -> None:
    feeds = world.store.feeds
    feed = world.feed()
    feeds.fetched(feed, now=NOW, next_fetch=LATER, etag='"1"')
    before = feeds.get(feed)
    feeds.remove(feed, NOW)
    feeds.restore(feed)
    assert feeds.all() == [before]


def test_first_title_fetched_names_feed_and_outlet(feeds: Feeds) -> None:
    feed = feeds.add("https://a.example", now=NOW)
    feeds.fetched(feed, now=NOW, next_fetch=LATER, title=" The A ", language="en", site_url="s")
    feeds.fetched(feed, now=NOW, next_fetch=LATER, title="Today's News")
    held = feeds.get(feed)
    assert (held.title, held.outlet, held.language, held.site_url) == ("The A", "The A", "en", "s")


def test_untitled_feed_s_outlet_is_its_host(feeds: Feeds) -> None:
    feed = feeds.add("https://www.a.example/x", now=NOW)
    feeds.fetched(feed, now=NOW, next_fetch=LATER)
    assert feeds.get(feed).outlet == "a.example"


def test_user_s_own_title_wins_until_it_is_emptied(feeds: Feeds) -> None:
    feed = feeds.add("https://a.example", now=NOW, title="Theirs")
    feeds.rename(feed, "Mine")
    assert feeds.get(feed).title == "Mine"
    feeds.rename(feed, " ")
    assert feeds.get(feed).title == "Theirs"


def test_failures_are_counted_dated_from_the_first_and_cleared_by_success(feeds: Feeds) -> None:
    feed = feeds.add("https://a.example", now=NOW)
    feeds.fetched(feed, now=NOW, next_fetch=NOW, moved_to="https://new.example", item_count=3)
    assert feeds.get(feed).fetch_url == "https://new.example"
    feeds.failed(feed, "timeout", "It did not answer.", NOW, LATER)
    feeds.failed(feed, "http", "It answered 500.", LATER, LATER)
    held = feeds.get(feed)
    assert (held.error, held.failures, held.error_since) == ("It answered 500.", 2, NOW)
    assert held.fetch_url == "", "after a failure the address the user gave is asked again"
    assert feeds.unmodified(feed, LATER, LATER) == 3
    held = feeds.get(feed)
    assert (held.error, held.failures, held.error_since, held.fetched_once) == ("", 0, None, True)


def test_due_is_what_is_overdue_longest_first(feeds: Feeds) -> None:
    soon, late, gone, later = (feeds.add(f"https://{n}.example", now=NOW) for n in range(4))
    feeds.unmodified(soon, NOW, NOW - timedelta(minutes=1))
    feeds.unmodified(late, NOW, NOW - timedelta(hours=1))
    feeds.gone(gone)
    feeds.unmodified(later, NOW, LATER)
    assert [feed.id for feed in feeds.due(NOW)] == [late, soon]
    feeds.fetched(gone, now=NOW, next_fetch=NOW)
    assert gone in [feed.id for feed in feeds.due(NOW)], "it has answered again"


def test_a_clock_that_was_wrong_for_a_while_silences_no_feed(feeds: Feeds) -> None:
    astray, failing, well, gone = (feeds.add(f"https://{n}.example", now=NOW) for n in range(4))
    future = NOW + timedelta(days=3650)
    feeds.unmodified(astray, future, future + timedelta(minutes=30))
    feeds.failed(failing, "http", "No.", future, future + timedelta(hours=1))
    feeds.unmodified(well, NOW + timedelta(seconds=2), LATER)
    feeds.unmodified(gone, future, future)
    feeds.gone(gone)
    assert [feed.id for feed in feeds.due(NOW)] == [astray, failing]
    feeds.unmodified(astray, NOW, LATER)
    assert [feed.id for feed in feeds.due(NOW)] == [failing]


def test_small_switches(feeds: Feeds) -> None:
    feed = feeds.add("https://a.example", now=NOW)
    feeds.allow_images(feed, True)
    feeds.allow_private(feed)
    feeds.set_identity(feed, "link_date")
    held = feeds.get(feed)
    assert (held.allow_images, held.allow_private, held.identity) == (True, True, "link_date")
    feeds.allow_images(feed, False)
    assert not feeds.get(feed).allow_images


def test_counts_are_of_distinct_articles_that_are_not_deleted(world: World) -> None:
    feed = world.feed()
    first, second, third = (world.article(feed) for _ in range(3))
    world.store.articles.join(feed, first, 777, 1)
    world.store.marks.read([second], True)
    world.store.marks.deleted([third], True)
    (line,) = world.store.feeds.lines()
    assert (line.articles, line.unread) == (2, 1)


def test_folder_counts_everything_below_it_once(world: World) -> None:
    top = world.feed(folder="A")
    deep, deeper = world.feed(folder="A/B"), world.feed(folder="A/B/C")
    shared, read = world.article(top), world.article(deep)
    for feed in (deep, deeper):
        world.store.articles.join(feed, shared, 99, 1)
    world.store.articles.join(deeper, read, 98, 1)
    world.store.marks.read([read], True)
    gone = world.feed(folder="A/B")
    world.article(gone)
    world.store.feeds.remove(gone, NOW)
    world.store.feeds.move(world.feed(folder="Empty"), "")
    lines = {line.path: (line.articles, line.unread) for line in world.store.feeds.folder_lines()}
    assert lines == {"A": (2, 1), "A/B": (2, 1), "A/B/C": (2, 1), "Empty": (0, 0)}
    for path, counts in lines.items():
        assert world.store.lists.count(Scope(folder=path)) == counts


def test_moving_makes_the_folder_and_top_is_none(world: World) -> None:
    feeds = world.store.feeds
    feed = world.feed()
    feeds.move(feed, "New/ Deep /")
    assert feeds.get(feed).folder == "New/Deep"
    feeds.move(feed, "")
    assert feeds.get(feed).folder == ""


def test_folders_that_differ_in_case_alone_are_one(feeds: Feeds) -> None:
    for url, folder in (("https://a.example", "News/Libya"), ("https://b.example", "news/LIBYA")):
        feeds.add(url, now=NOW, folder=folder)
    assert {feed.folder for feed in feeds.all()} == {"News/Libya"}
    assert feeds.folders() == ["News", "News/Libya"]
