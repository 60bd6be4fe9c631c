"""Whatever is done in whatever order, every count is what counting would give."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import NOW, World, item

from reader.paths import LibraryPaths
from reader.store.store import Store

PLACES = {0: (), 1: ((0, 1),), 2: ((0, 1), (3, 4))}


def revise(world: World, article: int, other: int) -> None:
    feed = 1 + other % 3
    if article in world.store.articles.texts([article]):
        new = item(feed, article, content_hash=other, hours_ago=other)
        world.store.articles.revise(article, new, NOW)


def derive(world: World, article: int, other: int) -> None:
    search = world.store.saved.all()[article % 2]
    world.store.saved.replace_hits(search.id, search.version, range(other, article + 3))


def replace_search(world: World, which: int, place: int) -> None:
    """Away with its hits and its place in a folder, and back with its number."""
    world.store.saved.remove(1 + which % 2)
    folder = ("A", "B")[place % 2]
    world.store.saved.add(f"new {which % 2}", "q", False, folder=folder, saved_id=1 + which % 2)


STEPS: dict[str, Callable[[World, int, int], object]] = {
    "add": lambda w, a, b: w.article(1 + b % 3, hours_ago=a),
    "join": lambda w, a, b: (
        w.store.articles.texts([a]) and w.store.articles.join(1 + b % 3, a, 100 + a, b)
    ),
    "revise": revise,
    "read": lambda w, a, b: w.store.marks.read([a, b], True),
    "unread": lambda w, a, b: w.store.marks.read([a, b], False),
    "star": lambda w, a, b: w.store.marks.star([a], bool(b % 2)),
    "delete": lambda w, a, b: w.store.marks.deleted([a, b], True),
    "bring back": lambda w, a, b: w.store.marks.deleted([a], False),
    "mention": lambda w, a, b: (
        w.store.articles.texts([a]) and w.mentions(a, {1: PLACES[b % 3], 2: PLACES[a % 3]})
    ),
    "hit": lambda w, a, b: w.store.saved.put_hits(a, {1: "[]"} if b % 2 else {2: "[]"}),
    "derive": derive,
    "purge": lambda w, a, b: w.store.connection.execute("DELETE FROM article WHERE id = ?", (a,)),
    "unsubscribe": lambda w, a, b: w.store.feeds.remove(1 + a % 3, NOW),
    "tag": lambda w, a, b: w.store.marks.tag([a], str(b)),
    "move a search": lambda w, a, b: w.store.saved.edit(1 + a % 2, folder=("", "A", "B")[b % 3]),
    "replace a search": replace_search,
}

step = st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 6), st.integers(1, 6))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    with Store.open(LibraryPaths(tmp_path_factory.mktemp("library"))) as store:
        world = World(store)
        for _ in range(3):
            world.feed(folder="A")
        for name in "EF":
            world.entity(name)
        for name in "ST":
            world.saved(name)
        yield world


@settings(max_examples=60, deadline=None)
@given(st.lists(step, max_size=25))
def test_counts_are_right_after_any_steps(world: World, steps: list[tuple[str, int, int]]) -> None:
    world.store.connection.execute("BEGIN")
    try:
        world.store.connection.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'article'")
        for _ in range(3):
            world.article(1)
        for name, first, second in steps:
            STEPS[name](world, first, second)
        assert world.store.check() == []
    finally:
        world.store.connection.execute("ROLLBACK")
