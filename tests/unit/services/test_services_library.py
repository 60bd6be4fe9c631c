"""Reading, marking, tracking, saving: what each touches and what it refuses."""

from datetime import timedelta

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.library import Changes
from reader.domain.scope import Scope
from reader.errors import NotFoundError, QueryError, ReaderError, TakenError, UsageError
from tests.helpers.world import START, World, item


@pytest.fixture
def shelf(world: World) -> World:
    world.feed("a", folder="Wires").publish(item("New"), item("Old", hours_ago=30))
    world.feed("b").publish(item("Other"))
    world.refresh()
    return world


def unread(world: World) -> set[str]:
    return set(world.titles(world.ids(Scope(unread=True))))


def test_marking_says_which_articles_really_changed(shelf: World) -> None:
    new, old = shelf.id("New"), shelf.id("Old")
    assert shelf.library.mark([new], read=True) == Changes(frozenset({new}), counts=True)
    assert shelf.library.mark([new, old], read=True).articles == {old}
    assert shelf.library.mark([new, old], read=True) == Changes()


def test_all_read_within_a_scope_leaves_the_rest(shelf: World) -> None:
    shelf.library.mark_all_read(Scope(feed=shelf.stored_feed("b").id))
    assert unread(shelf) == {"New", "Old"}
    shelf.library.mark_all_read(Scope(folder="Wires"))
    assert unread(shelf) == set()


def test_older_than_leaves_what_is_newer(shelf: World) -> None:
    shelf.library.mark_all_read(Scope(before=START - timedelta(hours=24)))
    assert unread(shelf) == {"New", "Other"}


def test_all_read_among_search_results_touches_only_those(shelf: World) -> None:
    found = (shelf.id("New"), shelf.id("Old"))
    shelf.library.mark_all_read(Scope(ids=found, before=START - timedelta(hours=1)))
    assert unread(shelf) == {"New", "Other"}


def test_what_arrives_after_the_user_looked_is_not_marked(shelf: World) -> None:
    shelf.feed("b").publish(item("Late", hours_ago=3))
    shelf.pass_time(hours=1)
    shelf.refresh(catch_up=False)
    shelf.now = START + timedelta(minutes=30)
    shelf.library.mark_all_read(Scope())
    assert unread(shelf) == {"Late"}


@pytest.mark.parametrize("query", ["", '"', "NOT a", "((", "nofield:(a", "*"])
def test_query_that_cannot_be_run_is_not_saved(world: World, query: str) -> None:
    with pytest.raises(QueryError):
        world.library.save_search("name", query)
    assert world.library.overview().saved == ()


@pytest.mark.parametrize("name", ["", "   ", "taken"])
def test_search_needs_a_name_of_its_own(world: World, name: str) -> None:
    world.library.save_search("taken", "a")
    with pytest.raises((UsageError, TakenError)):
        world.library.save_search(name, "b")
    world.library.save_search("other", "b")
    with pytest.raises((UsageError, TakenError)):
        world.library.edit_search("other", new_name=name)


def test_counts_of_a_saved_search_follow_reading(shelf: World) -> None:
    shelf.library.save_search("all", "new OR old OR other")
    shelf.catch_up()
    shelf.library.mark([shelf.id("New")], read=True)
    (line,) = shelf.library.overview().saved
    assert (line.total, line.unread) == (3, 2)


WRONG = [
    lambda w: w.library.remove_search("nobody"),
    lambda w: w.library.edit_search("nobody", query="a"),
    lambda w: w.library.untrack("nobody"),
    lambda w: w.library.remove_feed("https://nobody.example"),
    lambda w: w.library.rename_feed("https://nobody.example", "x"),
    lambda w: w.library.track(Entity("", "person")),
    lambda w: w.library.tag([1], "  "),
]


@pytest.mark.parametrize("change", WRONG)
def test_what_does_not_exist_is_refused_and_not_journalled(shelf: World, change: object) -> None:
    with pytest.raises(ReaderError):
        change(shelf)  # type: ignore[operator]
    assert shelf.store.journal.latest() is None


def test_name_in_two_watchlists_asks_which(world: World) -> None:
    for watchlist in ("libya", "wagner"):
        world.library.track(Entity("Haftar", "person", watchlist))
    with pytest.raises(UsageError, match="libya, wagner"):
        world.library.untrack("Haftar")
    world.library.untrack("Haftar", "wagner")
    assert [e.entity.watchlist for e in world.library.overview().entities] == ["libya"]


def test_wrong_entity_among_many_takes_none(world: World) -> None:
    good, bad = Entity("Tobruk", "place"), Entity("Sirte", "place", aliases=(Alias(" "),))
    with pytest.raises(ReaderError):
        world.library.track_all([good, bad])
    assert world.library.overview().entities == ()


def test_days_without_a_mention_count_zero(shelf: World) -> None:
    shelf.library.track(Entity("New", "topic"))
    shelf.library.track(Entity("Old", "topic"))
    shelf.catch_up()
    numbers = [e.id for e in shelf.store.entities.all()]
    days = shelf.library.mentions_per_day(numbers, 4)
    assert len(days) == 4
    assert [sum(column) for column in zip(*(row for _, row in days), strict=True)] == [1, 1]
    assert days[-1][0] == START.astimezone().date()
    assert days[0][1] == (0, 0)


def test_feed_may_be_named_as_it_was_typed(shelf: World) -> None:
    shelf.library.rename_feed("a.example/feed", "Mine")
    assert shelf.stored_feed("a").title == "Mine"


def test_library_says_what_is_still_to_be_done(shelf: World) -> None:
    assert not shelf.library.pending()
    shelf.library.save_search("x", "new")
    assert shelf.library.pending()
    shelf.catch_up()
    shelf.library.track(Entity("New", "topic"))
    assert shelf.library.pending()
    shelf.catch_up()
    assert not shelf.library.pending()


def test_searches_that_ask_for_marks_or_time_are_known(world: World) -> None:
    world.library.save_search("plain", "port")
    assert not world.library.has_volatile_searches()
    world.library.save_search("timed", "port last:7d")
    assert world.library.has_volatile_searches()


def test_a_password_typed_once_more_is_neither_kept_nor_repeated(world: World) -> None:
    world.store.feeds.add("https://ann@host.example/feed", now=START)
    typed = "https://ann:secret@host.example/feed"
    world.library.remove_feed(typed)
    assert "secret" not in str(world.store.journal.latest())
    with pytest.raises(NotFoundError) as refused:
        world.library.remove_feed(typed)
    assert "secret" not in str(refused.value)
    with pytest.raises(NotFoundError) as unknown:
        world.desk.due([typed], everything=False)
    assert "secret" not in str(unknown.value)
