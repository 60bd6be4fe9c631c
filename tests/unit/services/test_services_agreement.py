"""An alert can never mean something else than the search box, nor than the search done again."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.domain.article import ParsedItem
from tests.helpers import search_oracle as oracle
from tests.helpers import search_words as words
from tests.helpers.world import START, World, item

SEARCHES = 25


def made_up(chance: random.Random) -> ParsedItem:
    texts = words.article(chance, 1).document.texts
    dates = [None, *(START - timedelta(hours=chance.randint(-30, 300)) for _ in range(4))]
    values = {"published": chance.choice(dates), "language": chance.choice(("en", "ru", "ar"))}
    return replace(item(**values), texts=texts)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hits_at_arrival_are_those_of_a_search_and_of_deriving_them_again(
    world: World, seed: int
) -> None:
    chance = random.Random(seed)
    queries = {f"q{n}": oracle.show(oracle.query(chance)) for n in range(SEARCHES)}
    for name, query in queries.items():
        world.library.save_search(name, query, alert=True)
    world.catch_up()
    for _round in range(2):
        for name in ("a", "b", "wire"):
            items = [made_up(chance) for _ in range(8)]
            again = [replace(made_up(chance), guid=old.guid) for old in world.feed(name).items[:3]]
            shared = [replace(one, guid=one.guid + name) for one in world.feed("a").items[:2]]
            world.feed(name).publish(*items, *again, *(shared if name == "b" else ()))
        world.pass_time(hours=chance.randint(1, 50))
        world.refresh(catch_up=False)
    arrived = hits_by_id(world, queries)
    while world.desk.upkeep.index_some().left:
        pass
    searched = {name: set(world.finder.matching(query)) for name, query in queries.items()}
    moving = {n for n, q in queries.items() if world.finder.query(q).relative}
    for name in queries.keys() - moving:  # those count from now, and now has moved on
        assert arrived[name] == searched[name], (seed, queries[name])
    with world.store.transaction():
        world.store.saved.underive(search.id for search in world.store.saved.all())
    world.catch_up()
    assert hits_by_id(world, queries) == searched
    explained(world, queries.keys() - moving)
    assert sum(map(len, searched.values())) > 50, "random queries that find nothing prove nothing"


def hits_by_id(world: World, queries: dict[str, str]) -> dict[str, set[int]]:
    ids = {search.id: search.name for search in world.store.saved.all()}
    found: dict[str, set[int]] = {name: set() for name in queries}
    for article in world.ids():
        for saved in world.store.saved.hits_of(article):
            found[ids[saved]].add(article)
    return found


def explained(world: World, names: Iterable[str]) -> None:
    """The places kept with a hit are those that explaining the search finds."""
    for article in world.ids():
        for name, spans in world.store.lists.hits(article):
            if name in names:
                query = world.library.saved(name).query
                assert spans == world.finder.explained(query, article).spans, query


def test_hits_that_the_index_found_say_where_they_are(world: World) -> None:
    chance = random.Random(7)
    world.feed("a").publish(*(made_up(chance) for _ in range(20)))
    world.refresh()
    queries = {f"q{n}": oracle.show(oracle.query(chance)) for n in range(SEARCHES)}
    for name, query in queries.items():
        world.library.save_search(name, query)
    world.catch_up()
    explained(world, {n for n, q in queries.items() if not world.finder.query(q).relative})
    found = [spans for article in world.ids() for _, spans in world.store.lists.hits(article)]
    assert len([spans for spans in found if spans]) > 20, "nothing found proves nothing"


def test_edited_search_says_where_its_hits_are_now(world: World) -> None:
    world.library.save_search("x", "port")
    world.feed("a").publish(item("Port of Tobruk"))
    world.refresh()
    world.library.edit_search("x", query="tobruk")
    world.catch_up()
    ((_, spans),) = world.store.lists.hits(world.id("Port of Tobruk"))
    assert [span.text for span in spans] == ["Tobruk"]
