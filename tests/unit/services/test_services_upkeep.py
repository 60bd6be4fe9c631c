"""What a change makes necessary in the archive is remembered, and done however often it is cut."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from reader.domain.entity import Alias, ContextRule, Entity
from reader.domain.scope import Scope
from reader.entities.match import Matcher
from reader.errors import IndexFailure
from reader.services import lexicon, upkeep
from reader.workers import rebuilding as rebuilder
from tests.helpers.world import World, edited, item

HAFTAR = Entity("Khalifa Haftar", "person", "libya", (Alias("Haftar"),))


@pytest.fixture
def archive(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Twelve articles, five of them about Haftar, gone through three at a time."""
    monkeypatch.setattr(upkeep, "SLICE", 3)
    news = [item(f"Haftar in town {n}", hours_ago=n) for n in range(5)]
    world.feed("a").publish(*news, *(item(f"Weather {n}") for n in range(7)))
    world.refresh()
    return world


def counted(world: World) -> tuple[int, int]:
    (line,) = world.library.overview().entities
    return line.articles, line.mentions


# Watchlists


def test_new_entity_is_looked_for_in_the_archive(archive: World) -> None:
    archive.library.track(HAFTAR)
    assert counted(archive) == (0, 0)
    archive.catch_up()
    assert counted(archive) == (5, 5)
    assert len(archive.found('entity:"Khalifa Haftar"')) == 5


def test_scan_killed_half_way_goes_on_where_it_was(archive: World) -> None:
    archive.library.track(HAFTAR)
    steps = archive.steps()
    assert [next(steps), next(steps)] == ["Looking for tracked names"] * 2
    archive.reopen()
    assert list(archive.steps()).count("Looking for tracked names") == 2, "six articles were left"
    assert counted(archive) == (5, 5)


def test_scan_that_rests_goes_on_with_the_next_change_or_the_next_start(archive: World) -> None:
    archive.library.track(HAFTAR)
    next(archive.steps())
    archive.desk.upkeep.rest_from_scanning()
    assert "Looking for tracked names" not in list(archive.steps())
    archive.library.track(Entity("Weather", "topic"))
    assert list(archive.steps()).count("Looking for tracked names") == 4, "from the top"
    archive.library.track(Entity("in town", "topic"))
    next(archive.steps())
    archive.desk.upkeep.rest_from_scanning()
    archive.reopen()
    archive.catch_up()
    assert {e.entity.name: e.articles for e in archive.library.overview().entities} == {
        "Khalifa Haftar": 5, "Weather": 7, "in town": 5,
    }  # fmt: skip


def test_other_rules_scan_the_archive_anew_once_and_alert_nobody(
    archive: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.library.track(Entity("Khalifa", "person", "libya"))
    archive.library.save_search("names", "type:person", alert=True)
    archive.catch_up()
    before = archive.store.entities.version()
    archive.reopen()
    assert list(archive.steps()) == [], "the same rules"
    other = Entity("Haftar", "person", "libya")
    monkeypatch.setattr(lexicon, "RULES", "others")
    monkeypatch.setattr(lexicon, "Matcher", lambda _, endings: Matcher([replace(other, id=1)]))
    archive.reopen()
    steps = archive.steps()
    assert next(steps) == "Looking for tracked names"
    archive.reopen()
    archive.catch_up()
    assert counted(archive) == (5, 5)
    assert archive.hits("names") == archive.found("haftar")
    assert archive.store.entities.version() == before + 1, "not begun again after a restart"
    assert archive.alerts() == []
    archive.reopen()
    assert list(archive.steps()) == []


def test_a_library_without_names_is_not_scanned(archive: World) -> None:
    assert archive.store.entities.found_by()
    assert archive.store.entities.rescan_below() is None


def test_watchlist_changed_in_mid_scan_begins_it_anew(archive: World) -> None:
    archive.library.track(HAFTAR)
    next(archive.steps())
    archive.library.track(Entity("Weather", "topic"))
    archive.catch_up()
    assert {e.entity.name: e.articles for e in archive.library.overview().entities} == {
        "Khalifa Haftar": 5,
        "Weather": 7,
    }


def test_watchlist_changed_in_the_middle_of_a_slice_begins_the_scan_anew(
    archive: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.library.track(HAFTAR)
    texts = archive.store.articles.texts

    def overtaken(ids: list[int]) -> object:
        monkeypatch.undo()
        archive.library.track(Entity("Weather", "topic"))
        return texts(ids)

    monkeypatch.setattr(archive.store.articles, "texts", overtaken)
    archive.catch_up()
    assert [e.articles for e in archive.library.overview().entities] == [7, 5]


def test_watchlist_changed_just_before_a_slice_begins_the_scan_anew(
    archive: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.library.track(HAFTAR)
    next(archive.steps())
    reload = archive.desk.ingest.lexicon.reload

    def overtaken() -> None:
        monkeypatch.undo()
        archive.library.track(Entity("in town", "topic"))
        reload()

    monkeypatch.setattr(archive.desk.ingest.lexicon, "reload", overtaken)
    archive.catch_up()
    assert [e.articles for e in archive.library.overview().entities] == [5, 5]


def test_mention_confirmed_in_the_middle_of_a_slice_stays(
    archive: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.library.track(replace(HAFTAR, rules=(ContextRule("requires", ("never",)),)))
    (haftar,) = archive.store.entities.all()
    texts, number = archive.store.articles.texts, archive.id("Haftar in town 0")

    def judged(ids: list[int]) -> object:
        before = texts(ids)
        if number in ids:
            monkeypatch.undo()
            archive.library.confirm_mention(number, haftar.id, "Haftar")
        return before

    monkeypatch.setattr(archive.store.articles, "texts", judged)
    archive.catch_up()
    assert [e.articles for e in archive.library.overview().entities] == [1]


def test_articles_that_arrive_in_mid_scan_are_counted_once(archive: World) -> None:
    archive.library.track(HAFTAR)
    next(archive.steps())
    archive.feed("a").publish(item("Haftar again"))
    archive.refresh(catch_up=False)
    archive.catch_up()
    assert counted(archive) == (6, 6)


def test_articles_that_come_after_the_names_are_looked_through_once(archive: World) -> None:
    archive.library.track(HAFTAR)
    archive.feed("a").publish(*(item(f"Haftar again {n}") for n in range(6)))
    archive.refresh(catch_up=False)
    assert list(archive.steps()).count("Looking for tracked names") == 4, "the twelve there were"
    assert counted(archive) == (11, 11)


def test_entity_searches_follow_the_watchlist(archive: World) -> None:
    archive.library.save_search("him", 'entity:"Khalifa Haftar"')
    archive.library.save_search("people", "type:person town")
    archive.library.save_search("list", "watchlist:libya")
    archive.catch_up()
    assert archive.hits("him") == set()
    archive.library.track(HAFTAR)
    archive.catch_up()
    assert [len(archive.hits(name)) for name in ("him", "people", "list")] == [5, 5, 5]
    archive.library.untrack("Khalifa Haftar")
    archive.catch_up()
    assert [len(archive.hits(name)) for name in ("him", "people", "list")] == [5, 0, 5]
    kept = {saved.name for saved in archive.store.saved.all() if saved.broken}
    assert kept == {"him", "list"}, "which say that there is nobody of that name"
    assert archive.alerts() == []


def test_change_of_an_alias_changes_the_mentions(archive: World) -> None:
    archive.library.track(HAFTAR)
    archive.catch_up()
    archive.library.track(Entity("Khalifa Haftar", "person", "libya", (Alias("town 4"),)))
    archive.catch_up()
    assert counted(archive) == (1, 1)


# Saved searches


def test_new_search_is_asked_about_the_archive_without_alerts(archive: World) -> None:
    archive.library.save_search("haftar", "haftar", alert=True)
    archive.catch_up()
    assert len(archive.hits("haftar")) == 5
    assert archive.alerts() == []


def test_edited_search_keeps_its_old_hits_until_it_has_been_asked_again(archive: World) -> None:
    archive.library.save_search("one", "haftar")
    archive.catch_up()
    archive.library.edit_search("one", query="weather")
    assert len(archive.hits("one")) == 5
    archive.catch_up()
    assert archive.hits("one") == {f"Weather {n}" for n in range(7)}


def test_searches_left_over_by_a_kill_are_asked_at_the_next_start(archive: World) -> None:
    for number in range(3):
        archive.library.save_search(f"town {number}", f'"town {number}"')
    next(archive.steps())
    archive.reopen()
    assert archive.library.pending()
    archive.catch_up()
    assert [len(archive.hits(f"town {n}")) for n in range(3)] == [1, 1, 1]
    assert not archive.library.pending()


def test_volatile_searches_follow_what_the_reader_marks(archive: World) -> None:
    archive.library.save_search("new", "haftar is:unread")
    archive.library.save_search("mine", "tag:libya")
    archive.catch_up()
    assert (len(archive.hits("new")), len(archive.hits("mine"))) == (5, 0)
    number = archive.id("Haftar in town 0")
    archive.library.mark([number], read=True)
    archive.library.tag([number], "Libya")
    assert archive.desk.upkeep.derive_volatile()
    assert (len(archive.hits("new")), len(archive.hits("mine"))) == (4, 1)
    assert not archive.desk.upkeep.derive_volatile(), "nothing changed since"


def test_searches_that_ask_for_the_time_follow_the_clock(archive: World) -> None:
    archive.library.save_search("today", "haftar last:3h")
    archive.catch_up()
    assert len(archive.hits("today")) == 4
    archive.pass_time(hours=2)
    archive.catch_up()
    assert len(archive.hits("today")) == 2


def test_searches_by_folder_follow_a_feed_that_moves(archive: World) -> None:
    archive.library.save_search("libya", "haftar folder:libya")
    archive.catch_up()
    archive.library.move_feed(archive.feed("a").url, "Africa/Libya")
    archive.catch_up()
    assert len(archive.hits("libya")) == 5


# The index


def test_stored_articles_are_remembered_until_they_are_searchable(archive: World) -> None:
    archive.feed("b").publish(item("Haftar flies"))
    archive.refresh(catch_up=False)
    assert "Haftar flies" not in archive.found("flies")
    archive.reopen()
    assert list(archive.steps()) == ["Indexing", "Looking for copies"]
    assert archive.found("flies") == {"Haftar flies"}


def test_search_edited_before_its_articles_are_indexed_finds_them_all(archive: World) -> None:
    archive.library.save_search("haftar", "haftar")
    archive.feed("b").publish(item("Haftar flies"))
    archive.refresh(catch_up=False)
    assert list(archive.steps())[:2] == ["Indexing", "Updating saved searches"]
    assert len(archive.hits("haftar")) == 6


def test_index_that_is_missing_is_filled_again(archive: World) -> None:
    archive.desk.close()
    shutil.rmtree(archive.paths.index)
    archive._open()
    archive.desk.furnish()
    archive.catch_up()
    assert archive.finder.check_index() == []
    assert len(archive.found("haftar")) == 5


def test_index_made_but_not_filled_before_a_kill_is_filled_at_the_next_start(
    archive: World,
) -> None:
    archive.desk.close()
    shutil.rmtree(archive.paths.index)
    archive._open()
    archive.desk.furnish()
    archive.reopen()
    archive.catch_up()
    assert len(archive.found("haftar")) == 5


def test_damaged_index_is_built_anew(archive: World, caplog: pytest.LogCaptureFixture) -> None:
    archive.desk.close()
    for file in archive.paths.index.iterdir():
        file.write_bytes(b"nonsense")
    archive._open()
    archive.desk.furnish()
    (told,) = [record.getMessage() for record in caplog.records]
    assert "built anew" in told
    assert "index rebuild" not in told  # nothing is left to be done by the user
    caplog.clear()
    archive.catch_up()
    assert archive.finder.check_index() == []
    assert len(archive.found("haftar")) == 5


def test_rebuilding_leaves_the_old_index_until_the_new_one_is_whole(archive: World) -> None:
    rebuilding = archive.desk.rebuild()
    while rebuilding.some().done:
        assert len(archive.found("haftar")) == 5
    rebuilding.finish()
    rebuilding.close()
    assert archive.finder.check_index() == []
    assert len(archive.found("haftar")) == 5


def test_rebuilding_given_up_changes_nothing(archive: World) -> None:
    rebuilding = archive.desk.rebuild()
    rebuilding.some()
    rebuilding.close()
    assert [*archive.paths.root.glob("index*")] == [archive.paths.index]
    archive.reopen()
    assert len(archive.found("haftar")) == 5


def test_what_a_killed_rebuilding_left_is_removed_at_the_next_start(archive: World) -> None:
    shutil.copytree(archive.paths.index, archive.paths.root / "index.new")
    archive.reopen()
    assert len(archive.found("haftar")) == 5
    assert [*archive.paths.root.glob("index*")] == [archive.paths.index]


def test_new_index_that_cannot_be_put_in_place_leaves_the_old_one_in_use(
    archive: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise IndexFailure("The new search index cannot be moved.")

    monkeypatch.setattr(rebuilder, "swap", refused)
    rebuilding = archive.desk.rebuild()
    while rebuilding.some().done:
        pass
    with pytest.raises(IndexFailure):
        rebuilding.finish()
    rebuilding.close()
    archive.feed("a").publish(item("Haftar again"))
    archive.refresh()
    assert archive.finder.check_index() == []
    assert len(archive.found("haftar")) == 6


def test_article_edited_while_the_index_was_rebuilt_is_searchable_as_it_is(archive: World) -> None:
    rebuilding = archive.desk.rebuild()
    rebuilding.some()
    old = archive.feed("a").items[0]
    archive.feed("a").publish(edited(old, title="Haftar leaves"))
    archive.refresh(catch_up=False)
    while rebuilding.some().done:
        pass
    rebuilding.finish()
    archive.catch_up()
    assert archive.found("leaves") == {"Haftar leaves"}
    assert archive.finder.check_index() == []


def test_deleted_article_leaves_index_and_hits(archive: World) -> None:
    archive.library.save_search("haftar", "haftar")
    archive.catch_up()
    number = archive.id("Haftar in town 0")
    with archive.store.transaction():
        archive.store.marks.deleted([number], value=True)
        archive.store.queue.push([number])
    archive.catch_up()
    assert len(archive.found("haftar")) == 4
    assert archive.library.article_ids(
        Scope(saved=archive.library.saved("haftar").id)
    ).tolist() == [archive.id(f"Haftar in town {n}") for n in range(1, 5)]
