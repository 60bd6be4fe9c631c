"""What is still to be indexed, what the user did, and single values."""

from datetime import timedelta

import pytest
from store_world import NOW, World

from reader.paths import LibraryPaths
from reader.store.journal import JournalEntry
from reader.store.store import Store


def test_longest_waiting_come_first_and_stay_until_done(world: World) -> None:
    queue, feed = world.store.queue, world.feed()
    ids = [world.article(feed) for _ in range(4)]
    queue.push(ids[2:])
    queue.push([*ids[:2], 999])
    assert list(queue.batch(3).ids) == [ids[2], ids[3], ids[0]]
    batch = queue.batch(3)
    assert queue.size() == world.store.totals().to_index == 4
    queue.done(batch)
    assert list(queue.batch(9).ids) == [ids[1]]


def test_what_is_pushed_while_it_is_indexed_stays(world: World) -> None:
    queue, feed = world.store.queue, world.feed()
    first, second = world.article(feed), world.article(feed)
    queue.push([first, second])
    batch = queue.batch(9)
    queue.push([first])
    queue.done(batch)
    assert list(queue.batch(9).ids) == [first]


def test_empty_queue_is_done_without_harm(world: World) -> None:
    batch = world.store.queue.batch(9)
    assert list(batch.ids) == []
    article = world.article(world.feed())
    world.store.queue.push([article])
    world.store.queue.done(batch)
    assert world.store.queue.size() == 1


def test_everything_is_queued_newest_first(world: World) -> None:
    feed = world.feed()
    old, new, deleted = (world.article(feed, hours_ago=hours) for hours in (2, 1, 3))
    world.store.marks.deleted([deleted], True)
    world.store.queue.push([old])
    world.store.queue.push_all()
    assert list(world.store.queue.batch(9).ids) == [new, old]


def test_journal_gives_the_last_change_not_undone(world: World, paths: LibraryPaths) -> None:
    journal = world.store.journal
    assert journal.latest() is None
    first = journal.record("read", {"ids": [1, 2], "value": False}, {"value": True}, NOW)
    later = NOW + timedelta(seconds=1)
    second = journal.record("note", "Хафтар", None, later)
    with Store.open(paths) as restarted:
        latest = restarted.journal.latest()
        assert latest == JournalEntry(second, later, "note", "Хафтар", None)
        restarted.journal.mark_undone(second)
    assert journal.latest().id == first
    assert [(entry.id, entry.undone) for entry in journal.entries(9)] == [
        (second, True),
        (first, False),
    ]
    assert [entry.id for entry in journal.entries(1)] == [second]


def test_undone_change_belongs_to_its_transaction(world: World) -> None:
    entry = world.store.journal.record("read", 1, 2, NOW)
    with pytest.raises(KeyboardInterrupt), world.store.transaction():  # noqa: PT012
        world.store.journal.mark_undone(entry)
        raise KeyboardInterrupt
    assert world.store.journal.latest().id == entry


def test_single_values(world: World) -> None:
    meta = world.store.meta
    assert meta.get("x") is None
    meta.set("x", "one")
    meta.set("x", 2)
    assert meta.get("x") == 2
    assert [meta.raised("n"), meta.raised("n")] == [1, 2]
    meta.set("x", None)
    assert meta.get("x") is None
