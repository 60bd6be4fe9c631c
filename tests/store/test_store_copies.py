"""Sketches that are kept, and groups of articles with much the same text."""

import random
from collections.abc import Callable, Iterable
from contextlib import closing

import pytest
from store_world import NOW, World

from reader.domain.scope import Scope
from reader.paths import LibraryPaths
from reader.store import migrate
from reader.store.copies import StoredSketch
from reader.store.database import APPLICATION_ID, connect, to_ms
from reader.store.store import Store


def copies(store: Store, *ids: int) -> list[int]:
    """×n of each article, as the list shows it."""
    return [line.copies for line in store.lists.lines(ids)]


@pytest.fixture
def three(world: World) -> tuple[int, int, int]:
    """Articles of three outlets."""
    return tuple(world.article(world.feed(outlet=name)) for name in "ABC")


def test_article_alone_has_one_copy_itself(world: World, three: tuple[int, ...]) -> None:
    assert copies(world.store, *three) == [1, 1, 1]
    assert world.store.copies.root(three[0]) is None
    assert world.store.copies.group(three[0]) == []


def test_group_points_to_the_first_and_is_counted_for_all(
    world: World, three: tuple[int, ...]
) -> None:
    first, second, third = three
    world.store.copies.join(second, first, 0.9)
    world.store.copies.join(third, second, 0.5)
    assert copies(world.store, *three) == [3, 3, 3]
    assert [world.store.copies.root(one) for one in three] == [first] * 3
    assert world.store.copies.group(second) == [first, second, third]


def test_older_article_that_joins_late_becomes_the_first(
    world: World, three: tuple[int, ...]
) -> None:
    first, second, third = three
    world.store.copies.join(third, second, 0.9)
    world.store.copies.join(first, third, 0.8)
    assert world.store.copies.root(third) == first
    assert copies(world.store, *three) == [3, 3, 3]


def test_outlet_counts_once_however_often_it_has_the_text(world: World) -> None:
    here, there = world.feed(outlet="Here"), world.feed(outlet="There")
    also_here = world.feed(outlet="Here")
    ids = [world.article(feed) for feed in (here, here, also_here, there)]
    for one in ids[1:3]:
        world.store.copies.join(one, ids[0], 1.0)
    assert copies(world.store, *ids) == [1, 1, 1, 1]
    world.store.copies.join(ids[3], ids[0], 1.0)
    assert copies(world.store, *ids) == [2, 2, 2, 2]


def test_count_follows_deleting_and_taking_back(world: World, three: tuple[int, ...]) -> None:
    first, second, third = three
    for one in (second, third):
        world.store.copies.join(one, first, 0.9)
    world.store.marks.deleted([first], True)
    assert copies(world.store, second, third) == [2, 2]
    world.store.marks.deleted([first], False)
    assert copies(world.store, *three) == [3, 3, 3]


def test_copy_whose_double_is_deleted_still_counts(world: World) -> None:
    here, there = world.feed(outlet="Here"), world.feed(outlet="There")
    first, twin, other = world.article(here), world.article(here), world.article(there)
    for one in (twin, other):
        world.store.copies.join(one, first, 1.0)
    world.store.marks.deleted([first], True)
    assert copies(world.store, twin, other) == [2, 2]


def test_leaving_first_gives_its_place_to_the_next(world: World, three: tuple[int, ...]) -> None:
    first, second, third = three
    for one in (second, third):
        world.store.copies.join(one, first, 0.9)
    world.store.copies.leave(first)
    assert copies(world.store, *three) == [1, 2, 2]
    assert world.store.copies.group(third) == [second, third]


def test_last_but_one_that_leaves_ends_the_group(world: World, three: tuple[int, ...]) -> None:
    first, second, _ = three
    world.store.copies.join(second, first, 0.9)
    world.store.copies.leave(second)
    assert world.store.copies.root(first) is None
    assert world.store.connection.execute("SELECT count(*) FROM copy_tally").fetchone() == (0,)


def test_joining_another_group_leaves_the_old_one(world: World) -> None:
    ids = [world.article(world.feed(outlet=name)) for name in "ABCDE"]
    world.store.copies.join(ids[1], ids[0], 0.9)
    world.store.copies.join(ids[2], ids[0], 0.9)
    world.store.copies.join(ids[4], ids[3], 0.9)
    world.store.copies.join(ids[0], ids[4], 0.7)
    assert copies(world.store, *ids) == [3, 2, 2, 3, 3]


def test_article_removed_for_good_leaves_a_right_group(
    world: World, three: tuple[int, ...]
) -> None:
    first, second, third = three
    for one in (second, third):
        world.store.copies.join(one, first, 0.9)
    with world.store.transaction():
        world.store.connection.execute("DELETE FROM identity WHERE article_id = ?", (first,))
        world.store.connection.execute("DELETE FROM article WHERE id = ?", (first,))
    assert copies(world.store, second, third) == [2, 2]
    assert world.store.copies.root(third) == second


def test_feed_given_to_another_outlet_is_counted_there(
    world: World, three: tuple[int, ...]
) -> None:
    for one in three[1:]:
        world.store.copies.join(one, three[0], 0.9)
    world.store.connection.execute(
        "UPDATE feed SET outlet_id = (SELECT outlet_id FROM feed AS f WHERE f.id = 1) WHERE id = 2"
    )
    assert copies(world.store, *three) == [2, 2, 2]


def test_counts_agree_with_the_groups_whatever_happened(world: World) -> None:
    """Joining, leaving and deleting at random; an oracle of plain sets, and the store's check."""
    rnd = random.Random(7)
    feeds = [world.feed(outlet=f"Outlet {number % 5}") for number in range(7)]
    where = {world.article(feed): number % 5 for number, feed in enumerate(feeds * 3)}
    where = {article: index % 7 % 5 for index, article in enumerate(where)}
    groups: dict[int, set[int]] = {article: {article} for article in where}
    deleted: set[int] = set()

    def take_out(article: int) -> None:
        groups[article].discard(article)
        groups[article] = {article}

    for _ in range(300):
        one, other = rnd.sample(list(where), 2)
        match rnd.choice(("join", "join", "leave", "delete")):
            case "join" if other not in groups[one]:
                take_out(one)
                groups[other].add(one)
                groups[one] = groups[other]
                world.store.copies.join(one, other, rnd.random())
            case "leave":
                take_out(one)
                world.store.copies.leave(one)
            case "delete":
                world.store.marks.deleted([one], one not in deleted)
                deleted ^= {one}
    shown = [article for article in where if article not in deleted]
    expected = [len({where[a] for a in groups[one] - deleted}) for one in shown]
    assert copies(world.store, *shown) == expected
    assert world.store.check() == []


def test_check_notices_a_wrong_count(world: World, three: tuple[int, ...]) -> None:
    world.store.copies.join(three[1], three[0], 0.9)
    world.store.connection.execute("UPDATE copy_tally SET outlets = 9")
    assert world.store.check() == ["The counts of 1 groups of copies are wrong."]
    world.store.connection.execute("UPDATE copy_tally SET outlets = 2")


# -- what is shown


def test_details_name_the_first_at_each_other_outlet(world: World) -> None:
    here, there = world.feed(outlet="Here"), world.feed(outlet="There", folder="F")
    first = world.article(here, "First", hours_ago=3)
    late = world.article(there, "Late", hours_ago=1)
    later = world.article(there, "Later", hours_ago=0)
    world.store.copies.join(late, first, 0.75)
    world.store.copies.join(later, first, 0.5)
    (other,) = world.store.lists.detail(first).copies
    assert (other.article_id, other.title, other.outlet, other.score) == (
        late,
        "Late",
        "There",
        0.75,
    )
    (other,) = world.store.lists.detail(later).copies
    assert (other.article_id, other.outlet, other.score) == (first, "Here", 0.5)


def test_details_are_first_seen_first(world: World, three: tuple[int, ...]) -> None:
    first, second, third = three
    world.store.copies.join(third, first, 0.9)
    world.store.copies.join(second, first, 0.9)
    shown = [one.article_id for one in world.store.lists.detail(third).copies]
    assert shown == [first, second]


def test_scope_of_copies_holds_the_article_and_its_group(
    world: World, three: tuple[int, ...]
) -> None:
    first, second, third = three
    world.store.copies.join(second, first, 0.9)
    lists = world.store.lists
    assert set(lists.ids(Scope(copies_of=second))) == {first, second}
    assert list(lists.ids(Scope(copies_of=third))) == [third]
    assert lists.count(Scope(copies_of=first)) == (2, 2)
    assert list(lists.ids(Scope(copies_of=4711))) == []


# -- sketches


def sketched(world: World, ids: Iterable[int]) -> None:
    for article in ids:
        world.store.copies.put(article, 100, False, -article, bytes([article]) * 4)


def test_sketch_comes_back_as_it_was_kept(world: World) -> None:
    feed = world.feed(outlet="A")
    article = world.article(feed)
    world.store.copies.put(article, 5, True, -(2**63), b"\x00\x01\x02\xff")
    kept = StoredSketch(
        article,
        world.store.copies.outlet(feed),
        to_ms(NOW),
        5,
        True,
        -(2**63),
        b"\x00\x01\x02\xff",
    )
    assert list(world.store.copies.latest(0, 10)) == [kept]


def test_latest_are_bounded_by_number_and_time_and_oldest_first(world: World) -> None:
    feed = world.feed()
    ids = [world.article(feed, hours_ago=10 - number) for number in range(5)]
    sketched(world, ids)
    kept = world.store.copies
    assert [one.article_id for one in kept.latest(0, 3)] == ids[2:]
    since = to_ms(NOW) - 7 * 3_600_000
    assert [one.article_id for one in kept.latest(since, 9)] == ids[3:]


def test_above_gives_those_that_follow_newest_first(world: World) -> None:
    feed = world.feed()
    ids = [world.article(feed, hours_ago=10 - number) for number in range(5)]
    sketched(world, ids)
    found = world.store.copies.above(ids[1], 2**62, 3)
    assert [one.article_id for one in found] == [ids[3], ids[2], ids[1]]


def test_sketch_knows_the_group(world: World, three: tuple[int, ...]) -> None:
    sketched(world, three)
    world.store.copies.join(three[2], three[0], 0.9)
    roots = [one.root for one in world.store.copies.latest(0, 10)]
    assert roots == [three[0], None, three[0]]


def test_articles_wait_newest_first_until_they_are_sketched(world: World) -> None:
    here, there, again = (world.feed(outlet=name) for name in ("Here", "There", "There"))
    ids = [world.article(feed) for feed in (here, there, here, again)]
    kept = world.store.copies
    for article in (*ids, ids[0]):
        kept.queue(article)
    assert [article for article, _, _ in kept.waiting(3)] == ids[:0:-1]
    outlet = kept.outlet(there)
    assert kept.waiting(9, outlet) == [(one, outlet, to_ms(NOW)) for one in (ids[3], ids[1])]
    sketched(world, ids[1:3])
    assert [article for article, _, _ in kept.waiting(9)] == [ids[3], ids[0]]
    assert kept.queued() == 2


def test_new_library_has_nothing_waiting(world: World) -> None:
    assert (world.store.copies.waiting(9), world.store.copies.queued()) == ([], 0)


def test_older_library_is_queued_whole(paths: LibraryPaths) -> None:
    """What was stored before there were copies is looked at in the background."""
    paths.root.mkdir()
    paths.backups.mkdir()
    with closing(connect(paths.database)) as old:
        for step in migrate.steps()[:2]:
            for statement in migrate.statements(step.path.read_text(encoding="utf-8")):
                old.execute(statement)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 2")
        old.execute("INSERT INTO outlet (name) VALUES ('A')")
        old.execute("INSERT INTO feed (url, outlet_id, added) VALUES ('a', 1, 0), ('b', NULL, 0)")
        old.execute(
            "INSERT INTO article (feed_id, sorted_at, first_seen, changed, content_hash, size)"
            " VALUES (1, 5, 5, 5, 0, 0), (2, 6, 6, 6, 0, 0)"
        )
    with Store.open(paths) as store:
        assert store.copies.waiting(9) == [(2, -2, 6), (1, 1, 5)]
        assert store.copies.outlet(1) == 1
        assert store.copies.outlet(2) == -2


# -- how SQLite answers


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.lists.lines([1, 2]),
        lambda store: store.lists.detail(1),
        lambda store: store.lists.ids(Scope(copies_of=1)),
        lambda store: store.copies.waiting(9),
        lambda store: store.copies.waiting(9, 1),
        lambda store: store.copies.join(2, 1, 0.5),
        lambda store: store.copies.leave(2),
        lambda store: store.marks.deleted([1], True),
    ],
)
def test_neither_articles_nor_groups_are_read_whole(
    world: World, three: tuple[int, ...], ask: Callable[[Store], object]
) -> None:
    world.store.copies.join(three[2], three[0], 0.5)
    asked: list[str] = []
    db = world.store.connection
    db.set_trace_callback(asked.append)
    ask(world.store)
    db.set_trace_callback(None)
    plans = [
        step[3]
        for sql in asked
        if sql.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}
        for step in db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    assert plans
    large = ("a", "article", "c", "copy", "mine", "me", "sketch", "s")
    assert [p for p in plans if p.startswith("SCAN") and p.split()[1] in large] == []
