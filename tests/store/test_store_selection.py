"""Articles by property, in bulk, and the signs by which a reader sees that something changed."""

import pytest
from store_world import NOW, World, item

from reader.domain.article import Texts
from reader.domain.entity import Alias, Entity
from reader.store.selection import FeedName, Pulse
from reader.store.store import Store


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
    assert selection.members("tag", [tag]) == {tag: str(article)}
    assert selection.notes() == [(article, "n")]


def test_members_of_each_key_with_those_deleted(world: World) -> None:
    feed, second, empty = world.feed(), world.feed(), world.feed()
    one, two = world.article(feed, language="en"), world.article(feed, language="ru")
    world.store.articles.join(second, two, 99, 0)
    entity = world.entity("E")
    world.mention(two, entity, (0, 1))
    world.store.marks.deleted([two], True)
    selection = world.store.selection
    members = selection.members("feed", [feed, second, empty])
    assert {key: sorted(ids.split()) for key, ids in members.items()} == {
        feed: [str(one), str(two)], second: [str(two)], empty: [],
    }  # fmt: skip
    assert selection.members("entity", [entity]) == {entity: str(two)}
    assert selection.members("lang", ["en", "ru"]) == {"en": str(one), "ru": ""}
    assert selection.languages() == ["en"]


def test_sum_of_a_group_differs_when_one_article_takes_the_place_of_another(world: World) -> None:
    feed = world.feed()
    articles = [world.article(feed) for _ in range(9)]
    entity = world.entity("E")
    seen = set()
    for article in articles:  # each time the same count, and the same tallies
        world.mention(article, entity, (0, 1))
        seen.add(world.store.selection.sums("entity", [entity])[entity])
        assert world.store.selection.tallies("entity") == {entity: (1, 1)}
        world.mentions(article, {})
    assert len(seen) == len(articles)


def test_sums_tell_groups_apart_that_are_alike_in_everything_simple(world: World) -> None:
    """One count, one total, one lowest and one highest id."""
    feed = world.feed()
    ids = [world.article(feed) for _ in range(6)]
    one, two = world.entity("E"), world.entity("F")
    for entity, places in ((one, (0, 1, 4, 5)), (two, (0, 2, 3, 5))):
        for place in places:
            known = {m.entity_id for m in world.store.entities.mentions(ids[place])}
            world.mentions(ids[place], dict.fromkeys({*known, entity}, ((0, 1),)))
    sums = world.store.selection.sums("entity", [one, two])
    assert sums[one].split()[0] == sums[two].split()[0] == "4"
    assert sums[one] != sums[two]


def test_stamp_differs_after_every_change_of_whatever_connection(world: World) -> None:
    selection = world.store.selection
    before = selection.stamp()
    assert selection.stamp() == before
    article = world.article(world.feed())
    after_own = selection.stamp()
    assert after_own != before
    with Store.open(world.store._paths) as other:
        other.marks.read([article], True)
    assert selection.stamp() != after_own


def test_stamp_of_an_open_transaction_is_good_for_nothing_else(world: World) -> None:
    selection = world.store.selection
    feed = world.feed()
    stamps = []

    def give_up() -> None:
        with world.store.transaction():
            world.article(feed)
            stamps.append(selection.stamp())
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            give_up()
        stamps.append(selection.stamp())
    assert len(set(stamps)) == len(stamps)


def test_pulse_counts_what_changes(world: World) -> None:
    selection = world.store.selection
    assert selection.pulse() == Pulse(0, 0, 0, 0, 0, 0)
    one, two = (world.article(world.feed()) for _ in range(2))
    world.store.marks.read([one], True)
    world.store.marks.deleted([two], True)
    world.store.journal.record("read", 1, 2, NOW)
    world.store.entities.raise_version()
    world.store.entities.set_rescan_below(2)
    assert selection.pulse() == Pulse(1, 0, two, 1, 1, 2)


def test_later_are_those_that_came_after_or_changed(world: World) -> None:
    feed = world.feed()
    store = world.store
    first, unchanged = store.articles.add(item(feed, 1)), store.articles.add(item(feed, 2))
    third = store.articles.add(item(feed, 3, language="ru"))
    store.articles.revise(first, item(feed, 1, texts=Texts("new"), content_hash=1), NOW)
    later = {article: language for article, _, language in store.selection.later(unchanged)}
    assert later == {first: "en", third: "ru"}


def test_dates_stand_beside_their_articles(world: World) -> None:
    feed = world.feed()
    ids = [world.article(feed, hours_ago=hours) for hours in (3, 1, 2)]
    found, dates = (text.split() for text in world.store.selection.dates())
    line = {line.id: line.sorted_at for line in world.store.lists.lines(ids)}
    assert sorted(map(int, found)) == sorted(ids)
    assert {int(i): int(d) for i, d in zip(found, dates, strict=True)} == {
        i: int(moment.timestamp() * 1000) for i, moment in line.items()
    }


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
        for flag in ("unread", "starred", "note", "revision", "all")
    }
    assert flagged == {
        "unread": [unread, starred, noted, revised],
        "starred": [starred],
        "note": [noted],
        "revision": [revised],
        "all": [read, unread, starred, noted, revised],
    }
