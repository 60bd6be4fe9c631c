"""The watchlists that the program brings along: only on request, once, and nothing written over."""

from dataclasses import replace

import pytest

from reader.domain.library import Changes
from reader.errors import NotFoundError
from reader.services import starter
from tests.helpers.world import World, item

NAME = "libya-syria"


def test_every_bundled_list_bears_its_own_name_and_is_described() -> None:
    for one in starter.STARTERS:
        assert {entity.watchlist for entity in starter.entities(one.name)} == {one.name}
        assert one.says


def test_nothing_is_tracked_until_somebody_asks(world: World) -> None:
    assert world.store.entities.all() == []
    changes = world.library.track_starter(NAME)
    assert changes == Changes(entities=True, counts=True, lists=True)
    assert len(world.store.entities.all()) == len(starter.entities(NAME))


def test_its_names_are_found_in_articles(world: World) -> None:
    world.feed("a").publish(item("Хафтар отрицает", "Радары С-400 видели под Тобруком."))
    world.refresh()
    world.library.track_starter(NAME)
    world.catch_up()
    lines = {line.entity.name: line.mentions for line in world.store.entities.lines()}
    found = {name for name, mentions in lines.items() if mentions}
    assert found == {"Khalifa Haftar", "S-400", "Tobruk"}


def test_a_second_time_changes_nothing(world: World) -> None:
    world.library.track_starter(NAME)
    assert world.library.track_starter(NAME) == Changes()
    assert starter.missing(world.store, NAME) == []


def test_what_a_person_has_changed_stays_and_what_is_gone_comes_back(world: World) -> None:
    world.library.track_starter(NAME)
    haftar = world.library.entity("Khalifa Haftar")
    world.library.track(replace(haftar, note="mine", aliases=()))
    world.library.untrack("Tobruk")
    assert [one.name for one in starter.missing(world.store, NAME)] == ["Tobruk"]
    world.library.track_starter(NAME)
    assert world.library.entity("Khalifa Haftar").note == "mine"
    assert world.library.entity("Tobruk").watchlist == NAME


def test_one_undo_takes_the_whole_list_back(world: World) -> None:
    world.library.track_starter(NAME)
    world.library.undo()
    assert world.store.entities.all() == []


def test_an_unknown_list_is_refused_with_the_names_there_are(world: World) -> None:
    with pytest.raises(NotFoundError, match=f"“atlantis”; there is: {NAME}"):
        world.library.track_starter("atlantis")


def test_each_says_how_many_of_its_names_are_tracked(world: World) -> None:
    (before,) = world.library.starters()
    world.library.track_starter(NAME)
    world.library.untrack("Tobruk")
    (after,) = world.library.starters()
    assert (before.entities, before.tracked) == (len(starter.entities(NAME)), 0)
    assert after.tracked == after.entities - 1
