"""A feed's items that are known need not be read again, and nobody can tell the difference."""

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.domain.article import ParsedItem, Texts
from reader.domain.feed import Feed
from reader.workers.desk import Desk
from tests.helpers import world as helper
from tests.helpers.world import START, World, churned, edited, item

FEEDS = ("a", "b")


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    helper._numbers = itertools.count(1)  # the same items in every world
    world = World(folder)
    try:
        yield world
    finally:
        world.close()


def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every item is read every time."""

    def nothing(_desk: Desk, _feeds: list[Feed]) -> dict[int, bytes]:
        return {}

    monkeypatch.setattr(Desk, "known", nothing)


def state(world: World) -> list[tuple[object, ...]]:
    """All that the library holds of its articles, and says of every fetch."""
    rows = world.store.connection.execute(
        "SELECT id, feed_id, title, url, revision, read, deleted, content_hash FROM article"
    ).fetchall()
    rows += world.store.connection.execute("SELECT * FROM identity ORDER BY 1, 2").fetchall()
    rows += world.store.connection.execute("SELECT * FROM membership ORDER BY 1, 2").fetchall()
    rows += [(f.feed.identity, f.articles, f.unread) for f in world.store.feeds.lines()]
    return [*rows, *((r.url, r.new, r.updated, r.unchanged, r.alerts) for r in world.reports)]


def rekeyed(old: ParsedItem, chance: random.Random) -> ParsedItem:
    """Under a key that another item may have as well: an unreliable feed."""
    return edited(old, title=f"{old.texts.title}!", guid=f"few-{chance.randrange(2)}")


def touched(old: ParsedItem, chance: random.Random) -> ParsedItem:
    change: list[Callable[[], ParsedItem]] = [
        lambda: edited(old, body=f"{old.texts.body} More."),
        lambda: edited(old, title=f"{old.texts.title} (corrected)"),
        lambda: churned(old),
        lambda: rekeyed(old, chance),
        lambda: edited(old, url="https://x.example/same"),
        lambda: edited(old, author="Somebody"),
    ]
    return chance.choice(change)()


def happen(world: World, seed: int) -> None:
    """Two hours in the life of two feeds; the same for the same seed."""
    chance = random.Random(seed)
    pool = [item(f"Port {n} news", guid=f"g{n}", url=f"https://x.example/{n}") for n in range(12)]
    for feed in FEEDS:
        world.feed(feed, etags=False)
    for step in range(10):
        for name in FEEDS:
            feed = world.feed(name)
            kept = [one for one in feed.items if chance.random() < 0.9]
            kept = [touched(one, chance) if chance.random() < 0.15 else one for one in kept]
            said = [*chance.sample(pool, chance.randrange(4)), *kept]
            feed.say(*([] if chance.random() < 0.1 else said))
            world.refresh(name, catch_up=step % 3 == 0)
            pool += chance.sample(said, len(said) // 4)  # to be said again, here or there
        meddle(world, chance)
        world.pass_time(minutes=12)
    world.catch_up()


def meddle(world: World, chance: random.Random) -> None:
    """What happens to a library beside its feeds, now and then."""
    marks, feeds = world.store.marks, world.store.feeds
    articles = [n for (n,) in world.store.connection.execute("SELECT id FROM article").fetchall()]
    feed = world.stored_feed(chance.choice(FEEDS))
    if articles and chance.random() < 0.3:
        marks.deleted([chance.choice(articles)], True)
    if chance.random() < 0.2:
        marks.deleted(articles, False)
    if chance.random() < 0.1:
        feeds.remove(feed.id, world.now)
        feeds.restore(feed.id)
    if chance.random() < 0.1:
        feeds.remove(feed.id, world.now)
        feeds.add(feed.url, now=world.now)
    if chance.random() < 0.2:
        world.reopen()


@pytest.mark.parametrize("seed", range(6))
def test_a_library_that_leaves_known_items_out_is_the_same_as_one_that_reads_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    with opened(tmp_path / "leaving") as world:
        world.library.save_search("port", "port", alert=True)
        happen(world, seed)
        leaving = state(world)
        assert world.left_out > 10
    forgetful(monkeypatch)
    with opened(tmp_path / "reading") as world:
        world.library.save_search("port", "port", alert=True)
        happen(world, seed)
        assert world.left_out == 0
        assert state(world) == leaving


def test_items_that_are_known_are_not_read_again(world: World) -> None:
    old = [item() for _ in range(3)]
    world.feed("a").publish(*old)
    world.refresh()
    world.feed("a").publish(item())
    report = world.refresh()
    assert (world.left_out, report.new, report.unchanged) == (3, 1, 3)
    world.feed("a").publish(edited(old[0], body="Other words."), item())
    report = world.refresh()
    assert (world.left_out, report.new, report.updated, report.unchanged) == (6, 1, 1, 3)


def test_what_the_library_no_longer_holds_as_it_was_is_read_again(world: World) -> None:
    world.feed("a").publish(item("One"), item("Two"))
    world.refresh()
    with world.store.transaction():
        world.store.connection.execute("UPDATE identity SET content = 7 WHERE article_id = 1")
    world.feed("a").publish(item("Three"))
    report = world.refresh()
    assert (report.new, report.updated, report.unchanged) == (1, 1, 1)
    assert len(world.titles()) == 3


def test_what_was_remembered_may_be_lost_between_asking_and_storing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = world.feed("a").publish(item("One"), item("Two"))
    world.refresh()
    known = world.desk.known(world.desk.due(None, everything=True))
    with world.store.transaction():
        world.store.connection.execute("DELETE FROM imprint")
    feed.publish(item("Three"))
    monkeypatch.setattr(world.desk, "known", lambda _: known)
    report = world.refresh()
    assert (report.new, report.unchanged) == (1, 2)


def test_a_feed_that_comes_back_is_read_whole(world: World) -> None:
    feed = world.feed("a").publish(item("One"), item("Two"))
    world.refresh()
    world.store.feeds.remove(world.stored_feed("a").id, world.now)
    world.store.feeds.add(feed.url, now=world.now)
    world.refresh()
    assert world.left_out == 0
    assert world.titles() == ["One", "Two"]


def test_deleted_articles_stay_deleted_and_are_not_counted(world: World) -> None:
    world.feed("a").publish(item("One"), item("Two"))
    world.refresh()
    world.store.marks.deleted([1], True)
    for _ in range(2):
        world.feed("a").publish(item())
        report = world.refresh()
    assert (report.new, report.unchanged) == (1, 2)


def test_a_link_of_an_item_that_was_left_out_still_stands_in_the_way_of_another(
    world: World,
) -> None:
    """A link that several items share identifies nothing, also when only one of them is new."""
    texts = Texts("Live", "", "First of all.")
    first = item(url="https://x.example/live", published=START)
    world.feed("a").publish(first)
    world.refresh()
    other = ParsedItem("other", "https://x.example/live", texts, "", published=START)
    world.feed("a").publish(other)
    report = world.refresh()
    assert (world.left_out, report.new) == (1, 1)
