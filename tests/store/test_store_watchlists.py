"""Watchlists and looks of types: an older library has them all switched on, and loses nothing."""

from store_world import World, leave_as_before

from reader.domain.entity import Alias, Entity
from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist, WatchlistLine
from reader.paths import LibraryPaths
from reader.store.store import Store

FILLED = """
INSERT INTO watchlist (id, name) VALUES (3, 'libya'), (4, 'sea');
INSERT INTO entity (id, watchlist_id, name, type, note) VALUES
    (5, 3, 'Haftar', 'person', 'who'), (9, 4, 'Tobruk', 'harbour', '');
INSERT INTO alias (entity_id, position, text) VALUES (5, 0, 'Hifter');
INSERT INTO feed (id, url, title, added) VALUES (1, 'https://a.example', 'A', 0);
INSERT INTO article (id, feed_id, title, sorted_at, first_seen, changed, content_hash, size)
    VALUES (1, 1, 'Haftar', 1000, 1000, 5000, 1, 9);
INSERT INTO body (article_id, text) VALUES (1, '');
INSERT INTO membership (article_id, feed_id, sorted_at) VALUES (1, 1, 1000);
INSERT INTO appearance (article_id, entity_id, sorted_at, mentions) VALUES (1, 5, 1000, 1);
INSERT INTO mention VALUES (1, 5, 0, 0, 6, 'Haftar', 1);
"""


def test_older_library_keeps_its_names_and_switches_all_lists_on(
    paths: LibraryPaths,
) -> None:
    leave_as_before(paths, 6, FILLED)
    with Store.open(paths) as store:
        assert store.watchlists.lines() == [
            WatchlistLine(Watchlist("libya"), 1, 1, 1), WatchlistLine(Watchlist("sea"), 1),
        ]  # fmt: skip
        assert store.entities.watched() == [
            Entity("Haftar", "person", "libya", (Alias("Hifter"),), note="who", id=5),
            Entity("Tobruk", "harbour", "sea", id=9),
        ]
        assert store.types.all() == []
        assert [line.mentions for line in store.entities.lines()] == [1, 0]
        assert store.check() == []
    assert list(paths.backups.glob("before-version-*"))


def test_switched_off_list_is_read_by_nobody(world: World) -> None:
    article, entity = world.article(world.feed()), world.entity("E")
    world.mention(article, entity, (0, 1))
    store = world.store
    (name,) = [one.name for one in store.watchlists.all()]
    store.watchlists.put(Watchlist(name, enabled=False))
    assert store.entities.watched() == []
    assert store.entities.mentions(article) == ()
    assert store.lists.lines([article])[0].chips == ()
    assert store.lists.documents([article])[0].entities == ()
    assert [(one.articles, one.enabled) for one in store.entities.lines()] == [(0, False)]
    assert store.watchlists.lines() == [WatchlistLine(Watchlist(name, enabled=False), 1)]
    assert store.entities.replace_mentions(article, ()), "what is stored still goes"


def test_restoring_swaps_names_and_brings_back_the_ids(world: World) -> None:
    entities = world.store.entities
    first, second = world.entity("First"), world.entity("Second")
    former = entities.some([first, second])
    entities.remove(second)
    entities.put(Entity("Second", "person", former[0].watchlist, id=first))
    entities.restore(former)
    assert entities.some([second, first]) == former[::-1]


def test_types_are_told_of_and_restored(world: World) -> None:
    types = world.store.types
    types.put(EntityType("ship", "teal"))
    types.put(EntityType("ship", "rose", "star"))
    before = types.all()
    types.rename("ship", "vessel")
    types.remove("vessel")
    types.restore(before)
    assert types.all() == before == [EntityType("ship", "rose", "star")]
