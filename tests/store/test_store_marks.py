"""Read, star, tags, notes, deleted: exactly what changed, nothing else."""

from datetime import timedelta

import pytest
from store_world import NOW, World

from reader.domain.scope import Scope
from reader.errors import UsageError
from reader.store.marks import Marks


@pytest.fixture
def marks(world: World) -> Marks:
    return world.store.marks


@pytest.fixture
def ids(world: World) -> list[int]:
    feed = world.feed(folder="A")
    return [world.article(feed, hours_ago=hours) for hours in range(4)]


@pytest.mark.parametrize("name", ["read", "star", "deleted"])
def test_flags_report_what_really_changed(marks: Marks, ids: list[int], name: str) -> None:
    put = getattr(marks, name)
    assert list(put(ids[:1], True)) == ids[:1]
    assert sorted(put([*ids[:3], 99], True)) == ids[1:3]
    assert list(put(ids[:3], True)) == []
    assert sorted(put(ids, False)) == ids[:3]


def test_a_hundred_thousand_ids_are_marked_at_once(marks: Marks, ids: list[int]) -> None:
    assert sorted(marks.read(range(100_000), True)) == ids


def test_scope_is_marked_read_as_it_was(world: World, marks: Marks, ids: list[int]) -> None:
    marks.read([ids[0]], True)
    new = world.article(world.feed(), hours_ago=3, first_seen=NOW + timedelta(seconds=1))
    older = Scope(before=NOW - timedelta(hours=2))
    assert list(marks.read_scope(older, NOW)) == [ids[3]]
    assert sorted(marks.read_scope(Scope(folder="A", unread=True), NOW)) == ids[1:3]
    assert list(marks.read_scope(Scope(), NOW)) == [], "what came after it was shown stays unread"
    assert world.store.lists.count(Scope(unread=True)) == (1, 1)
    assert list(marks.read_scope(Scope(ids=(new,)), NOW + timedelta(minutes=1))) == [new]


def test_tag_is_one_in_any_case_and_script(marks: Marks, ids: list[int]) -> None:
    assert list(marks.tag(ids[:1], " Ливия ")) == ids[:1]
    assert sorted(marks.tag([*ids[:2], 99], "ЛИВИЯ")) == ids[1:2]
    assert marks.tags() == [("Ливия", 2)]
    assert sorted(marks.untag(ids, "ливия")) == ids[:2]
    assert marks.tags() == []
    assert list(marks.untag(ids, "ливия")) == []
    with pytest.raises(UsageError, match="needs a name"):
        marks.tag(ids, " ")


def test_tag_on_nothing_is_not_kept(world: World, marks: Marks) -> None:
    assert list(marks.tag([99], "ghost")) == []
    assert world.store.selection.tags() == []


def test_tags_count_what_is_not_deleted(marks: Marks, ids: list[int]) -> None:
    marks.tag(ids, "b")
    marks.tag(ids[:1], "A")
    marks.deleted(ids[:1], True)
    assert marks.tags() == [("b", 3)]
    marks.deleted(ids[:1], False)
    assert marks.tags() == [("A", 1), ("b", 4)]


def test_note_gives_back_what_it_replaces(world: World, marks: Marks, ids: list[int]) -> None:
    assert marks.note(ids[0], "one", NOW) == ""
    assert marks.note(ids[0], " two ", NOW) == "one"
    assert world.store.lists.detail(ids[0]).note == "two"
    assert marks.note(ids[0], " \n", NOW) == "two"
    assert not world.store.lists.lines(ids[:1])[0].has_note
    assert marks.note(99, "nowhere", NOW) == ""
    assert world.store.selection.notes() == []


def test_deleted_is_in_no_list_and_no_count(world: World, marks: Marks, ids: list[int]) -> None:
    marks.star(ids, True)
    marks.deleted(ids[1:], True)
    totals = world.store.totals()
    assert (totals.articles, totals.unread, totals.starred) == (1, 1, 1)
    assert list(world.store.lists.ids(Scope(starred=True))) == ids[:1]
    assert world.store.lists.documents(ids) == world.store.lists.documents(ids[:1])
