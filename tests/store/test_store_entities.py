"""Watchlists: idempotent by watchlist and name; mentions and their counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import NOW, World

from reader.domain.article import Mention
from reader.domain.entity import Alias, Entity
from reader.errors import TakenError
from reader.store.entities import Entities

HAFTAR = Entity(
    "Khalifa Haftar",
    "person",
    "libya",
    (Alias("Хафтар"), Alias("LNA", True, False)),
    None,
    True,
    "c",
)


@pytest.fixture
def entities(world: World) -> Entities:
    return world.store.entities


def test_same_content_twice_changes_nothing(entities: Entities) -> None:
    stored, changed = entities.put(HAFTAR)
    assert changed
    assert entities.put(HAFTAR) == (stored, False)
    assert entities.put(replace(HAFTAR, id=stored)) == (stored, False)
    assert entities.all() == [replace(HAFTAR, id=stored)]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "topic"},
        {"aliases": (Alias("X"),)},
        {"case": True},
        {"inflect": False},
        {"note": ""},
    ],
)
def test_different_content_replaces(entities: Entities, change: dict[str, object]) -> None:
    stored, _ = entities.put(HAFTAR)
    changed = replace(HAFTAR, **change)
    assert entities.put(changed) == (stored, True)
    assert entities.all() == [replace(changed, id=stored)]


def test_order_of_aliases_counts(entities: Entities) -> None:
    entities.put(HAFTAR)
    assert entities.put(replace(HAFTAR, aliases=HAFTAR.aliases[::-1]))[1]


def test_same_name_in_another_watchlist_is_another(entities: Entities) -> None:
    first, _ = entities.put(HAFTAR)
    second, _ = entities.put(replace(HAFTAR, watchlist="other"))
    assert [one.id for one in entities.by_name("Khalifa Haftar")] == [first, second]


def test_known_id_may_be_renamed_but_not_onto_another(entities: Entities) -> None:
    stored, _ = entities.put(HAFTAR)
    entities.put(Entity("Taken", "person", "libya"))
    assert entities.put(replace(HAFTAR, id=stored, name="K. Haftar")) == (stored, True)
    assert [one.name for one in entities.all()] == ["K. Haftar", "Taken"]
    with pytest.raises(TakenError, match='"libya" already has an entity "Taken"'):
        entities.put(replace(HAFTAR, id=stored, name="Taken"))
    assert entities.by_name("K. Haftar")[0].aliases == HAFTAR.aliases


def test_name_is_found_in_any_case_exact_first(entities: Entities) -> None:
    upper, _ = entities.put(Entity("ФСБ", "organisation"))
    lower, _ = entities.put(Entity("фсб", "organisation"))
    assert [one.id for one in entities.by_name("фсб")] == [lower]
    assert [one.id for one in entities.by_name("Фсб")] == [upper, lower]
    assert entities.by_name("none") == []


def test_removed_entity_takes_its_mentions_along(world: World, entities: Entities) -> None:
    article = world.article(world.feed())
    gone, kept = world.entity("Gone"), world.entity("Kept")
    world.mentions(article, {gone: ((0, 1), (2, 3)), kept: ((4, 5),)})
    entities.remove(gone)
    assert [mention.entity for mention in entities.mentions(article)] == ["Kept"]
    assert [line.entity.id for line in entities.lines()] == [kept]
    assert world.entity("New") > gone


def test_version_rises_and_is_kept(entities: Entities) -> None:
    assert entities.version() == 0
    assert [entities.raise_version(), entities.raise_version()] == [1, 2]
    assert entities.version() == 2


def test_rescan_cursor(entities: Entities) -> None:
    assert entities.rescan_below() is None
    entities.set_rescan_below(17)
    assert entities.rescan_below() == 17
    entities.set_rescan_below(0)
    assert entities.rescan_below() == 0
    entities.set_rescan_below(None)
    assert entities.rescan_below() is None


def test_counts_are_by_articles_and_by_mentions(world: World, entities: Entities) -> None:
    feed = world.feed()
    one, two, deleted = (world.article(feed) for _ in range(3))
    rare, often = world.entity("Rare"), world.entity("Often")
    world.mentions(one, {often: ((0, 1), (5, 9)), rare: ((2, 3),)})
    world.mentions(two, {often: ((0, 1),)})
    world.mentions(deleted, {often: ((0, 1),)})
    world.store.marks.deleted([deleted], True)
    lines = [(line.entity.name, line.articles, line.mentions) for line in entities.lines()]
    assert lines == [("Often", 2, 3), ("Rare", 1, 1)]


def test_mentions_are_replaced_only_when_they_differ(world: World, entities: Entities) -> None:
    article, entity = world.article(world.feed()), world.entity("E")
    mention = Mention(entity, "E", "person", "e", "title", 0, 1, shown=False)
    assert entities.replace_mentions(article, [mention, mention])
    assert entities.mentions(article) == (mention,)
    assert not entities.replace_mentions(article, [mention])
    moved = replace(mention, start=1, end=2)
    assert entities.replace_mentions(article, [moved])
    assert entities.mentions(article) == (moved,)
    assert entities.replace_mentions(article, [])
    assert entities.mentions(article) == ()
    assert not entities.replace_mentions(article, [])


def test_days_count_articles_from_midnight_to_midnight(world: World, entities: Entities) -> None:
    feed = world.feed()
    first, second = world.entity("1"), world.entity("2")
    midnights = [NOW + timedelta(days=day) for day in range(-3, 1)]
    ages = {72: {first: ((0, 1), (2, 3))}, 50: {first: ((0, 1),)}, 24: {second: ((0, 1),)}, 0: {}}
    for hours, places in ages.items():
        world.mentions(world.article(feed, hours_ago=hours), places)
    world.mention(world.article(feed, hours_ago=73), first, (0, 1))
    deleted = world.article(feed, hours_ago=50)
    world.mention(deleted, first, (0, 1))
    world.store.marks.deleted([deleted], True)
    assert entities.per_day([first, second], midnights) == [(2, 0), (0, 0), (0, 1)]
    assert entities.per_day([], midnights) == [(), (), ()]


words = st.text(min_size=1, max_size=5)
aliases = st.builds(Alias, words, st.sampled_from([None, True, False]), st.booleans())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.builds(
        Entity,
        name=words,
        type=words,
        watchlist=words,
        aliases=st.lists(aliases, max_size=3).map(tuple),
        case=st.sampled_from([None, True, False]),
        inflect=st.booleans(),
        note=st.text(max_size=5),
    )
)
def test_entity_comes_back_as_it_went_in(world: World, entity: Entity) -> None:
    stored, _ = world.store.entities.put(entity)
    assert replace(entity, id=stored) in world.store.entities.all()
