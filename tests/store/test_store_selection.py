"""Articles by property, and counts by value over any number of ids."""

from datetime import UTC, datetime

import pytest
from store_world import NOW, World, item

from reader.domain.article import Texts
from reader.domain.entity import Alias, Entity
from reader.errors import UsageError
from reader.store.selection import FACETS, FeedName


def test_catalogs_name_everything_a_filter_may_mean(world: World) -> None:
    feed = world.feed("https://a.example", title="A", folder="F/G", outlet="O")
    gone = world.feed("https://gone.example")
    world.store.feeds.remove(gone, NOW)
    entity = Entity("E", "person", aliases=(Alias("e"),))
    world.store.entities.put(entity)
    article = world.article(feed)
    world.store.marks.tag([article], "T")
    world.store.marks.note(article, "n", NOW)
    selection = world.store.selection
    assert selection.feeds() == [
        FeedName(feed, "https://a.example", "A", "O", "F/G"),
        FeedName(gone, "https://gone.example", "gone.example", "gone.example", ""),
    ]
    assert [one.aliases for one in selection.entities()] == [(Alias("e"),)]
    ((tag, name),) = selection.tags()
    assert name == "T"
    assert list(selection.articles_tagged([tag])) == [article]
    assert selection.notes() == [(article, "n")]


def test_articles_by_property_are_distinct_and_not_deleted(world: World) -> None:
    feed, second = world.feed(), world.feed()
    one, two, deleted = (world.article(feed) for _ in range(3))
    for article in (one, deleted):
        world.store.articles.join(second, article, article, 0)
    entity, other = world.entity("E"), world.entity("F")
    for article in (one, deleted):
        world.mentions(article, {entity: ((0, 1), (2, 3)), other: ((0, 1),)})
    world.store.marks.deleted([deleted], True)
    selection = world.store.selection
    assert sorted(selection.articles_in_feeds([feed, second])) == [one, two]
    assert sorted(selection.articles_in_feeds([second])) == [one]
    assert sorted(selection.articles_mentioning([entity, other])) == [one]
    assert list(selection.articles_in_feeds([])) == []


def test_flags(world: World) -> None:
    feed = world.feed()
    read, unread, starred, noted, deleted = (world.article(feed) for _ in range(5))
    store = world.store
    revised = store.articles.add(item(feed, 100))
    store.articles.revise(revised, item(feed, 100, texts=Texts("new"), content_hash=1), NOW)
    store.marks.read([read, deleted], True)
    store.marks.star([starred, deleted], True)
    for article in (noted, deleted):
        store.marks.note(article, "n", NOW)
    store.marks.deleted([deleted], True)
    flagged = {
        flag: sorted(store.selection.with_flag(flag))
        for flag in ("read", "unread", "starred", "note", "revision", "all")
    }
    assert flagged == {
        "read": [read],
        "unread": [unread, starred, noted, revised],
        "starred": [starred],
        "note": [noted],
        "revision": [revised],
        "all": [read, unread, starred, noted, revised],
    }


def test_facets_count_articles_biggest_first(world: World) -> None:
    a = world.feed("https://a", title="A", outlet="O", folder="F/G")
    b = world.feed("https://b", title="B", outlet="O", folder="F")
    one = world.article(a, language="ru")
    two = world.article(a, language="en", hours_ago=1)
    three = world.article(b, language="en", hours_ago=13)
    outside = world.article(b, language="de")
    world.store.articles.join(b, one, 77, 0)
    entity, other = world.entity("E"), world.entity("F")
    world.mentions(one, {entity: ((0, 1), (2, 3)), other: ((5, 6),)})
    world.mention(two, entity, (0, 1))
    world.mention(outside, other, (0, 1))
    ids = [one, two, three]
    facets = {name: world.store.selection.facet(ids, name) for name in FACETS}
    assert facets == {
        "feed": [("https://a", 2), ("https://b", 2)],
        "outlet": [("O", 3)],
        "lang": [("en", 2), ("ru", 1)],
        "entity": [("E", 2), ("F", 1)],
        "day": [("2026-11-22", 2), ("2026-11-21", 1)],
        "folder": [("F", 3), ("F/G", 2)],
    }
    assert world.store.selection.facet([], "feed") == []


def test_same_name_in_two_watchlists_is_one_value(world: World) -> None:
    article = world.article(world.feed())
    first, second = world.entity("E", watchlist="a"), world.entity("E", watchlist="b")
    world.mentions(article, {first: ((0, 1),), second: ((0, 1),)})
    assert world.store.selection.facet([article], "entity") == [("E", 1)]


@pytest.mark.parametrize(
    ("offset", "day"), [(0, "2026-11-21"), (30, "2026-11-22"), (-90, "2026-11-21")]
)
def test_days_are_those_of_the_user_s_zone(world: World, offset: int, day: str) -> None:
    moment = datetime(2026, 11, 21, 23, 45, tzinfo=UTC)
    article = world.store.articles.add(item(world.feed(), 1, sorted_at=moment))
    assert world.store.selection.facet([article], "day", offset) == [(day, 1)]


def test_unknown_facet_is_refused_with_the_known_ones(world: World) -> None:
    with pytest.raises(UsageError, match='no facet "colour"; choose one of feed, outlet'):
        world.store.selection.facet([1], "colour")
