"""Every change a person makes can be taken back, also after a restart."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reader.domain.alert import AlertRule
from reader.domain.entity import Alias, Entity, entity_values
from reader.domain.library import Overview
from reader.domain.scope import Scope
from reader.entities.interchange import read
from reader.errors import NotFoundError
from reader.services.dismissals import Dismissals
from reader.services.undo import NAMES
from reader.store.untracked import Untracked
from tests.helpers.world import World, item

HAFTAR = Entity(
    "Khalifa Haftar", "person", "libya", (Alias("Haftar"), Alias("LNA", case=True)), note="who"
)
ONE = Entity("One", "number", "counts")
SHIPS = b"""{"watchlist": "sea", "note": "x", "entities": [{"name": "Two", "type": "ship"}],
 "types": [{"name": "ship", "colour": "cyan"}]}"""
A = "https://a.example/feed"


def look_later(world: World, title: str) -> None:
    """Long after all else, so that it is what would be meant."""
    world.pass_time(hours=2)
    world.library.mark([world.id(title)], read=True, passing=True)


CHANGES: dict[str, Callable[[World], object]] = {
    "looked at": lambda w: look_later(w, "One"),
    "read": lambda w: w.library.mark([w.id("Two"), w.id("One")], read=True),
    "read all": lambda w: w.library.mark_all_read(Scope()),
    "unread": lambda w: w.library.mark([w.id("Read")], read=False),
    "star": lambda w: w.library.mark([w.id("One")], starred=True),
    "tag": lambda w: w.library.tag([w.id("One"), w.id("Tagged")], "libya"),
    "untag": lambda w: w.library.tag([w.id("Tagged")], "libya", remove=True),
    "note": lambda w: w.library.note(w.id("One"), "New."),
    "change a note": lambda w: w.library.note(w.id("Noted"), "Other."),
    "remove a note": lambda w: w.library.note(w.id("Noted"), ""),
    "save search": lambda w: w.library.save_search("new", "one", alert=True),
    "edit search": lambda w: w.library.edit_search("kept", query="one", alert=False),
    "rename searches": lambda w: w.library.rename_search_folder("Sea", "Ocean"),
    "take searches out": lambda w: w.library.rename_search_folder("Sea", ""),
    "remove search": lambda w: w.library.remove_search("kept"),
    "rename search": lambda w: w.library.edit_search("kept", new_name="other"),
    "move search": lambda w: w.library.edit_search("kept", folder="Ports"),
    "move search out": lambda w: w.library.edit_search("kept", folder=""),
    "change a rule": lambda w: w.library.edit_search("kept", rule=AlertRule("daily", sound=True)),
    "publish search": lambda w: w.library.publish_search("kept", str(w.paths.root / "kept.atom")),
    "unpublish search": lambda w: w.library.unpublish_search("beside"),
    "judge": lambda w: w.library.judge("kept", [w.id("Two Haftar"), w.id("One")], False),
    "judge otherwise": lambda w: w.library.judge("kept", [w.id("Two"), w.id("One")], False),
    "judge no more": lambda w: w.library.judge("kept", [w.id("Two"), w.id("One")], None),
    "judge for several": lambda w: w.library.judge_for(
        {"kept": [w.id("Two"), w.id("One")], "beside": [w.id("One")]}, False
    ),
    "save search judged": lambda w: w.library.save_search(
        "other new", "one", judged={w.id("One"): True, w.id("Two"): False}
    ),
    "edit search judged": lambda w: w.library.edit_search(
        "kept", query="one", new_name="x", judged={w.id("One"): True, w.id("Two"): False}
    ),
    "forget verdict": lambda w: w.library.forget_verdict(*haftar_in(w, "Haftar no more")),
    "reject mention": lambda w: w.library.reject_mention(*haftar_in(w, "Two Haftar")),
    "confirm mention": lambda w: w.library.confirm_mention(*haftar_in(w, "Haftar no more")),
    "dismiss name": lambda w: Dismissals(w.store, w.clock).dismiss_name("Tobruk"),
    "drop refused": lambda w: w.library.drop_refused("webhook"),
    "track": lambda w: w.library.track(Entity("Tobruk", "place")),
    "split": lambda w: w.library.split_entity(haftar_id(w), ["Haftar"], "General Haftar"),
    "track again": lambda w: w.library.track(Entity("Khalifa Haftar", "topic", "libya")),
    "import names": lambda w: w.library.import_names(read(SHIPS, "ships.json")),
    "add list": lambda w: w.library.add_watchlist("ports", "ships"),
    "note list": lambda w: w.library.note_watchlist("libya", "who is who"),
    "switch off": lambda w: w.library.switch_watchlist("libya", enabled=False),
    "move names": lambda w: w.library.move_entities([haftar_id(w)], "sea"),
    "rename list": lambda w: w.library.rename_watchlist("counts", "Sums"),
    "add type": lambda w: w.library.add_type("boat", "cyan"),
    "edit type": lambda w: w.library.edit_type("person", colour="#123456"),
    "rename type": lambda w: w.library.rename_type("number", "numeral"),
    "merge": lambda w: w.library.merge_entities([haftar_id(w), one(w).id], haftar_id(w)),
    "remove type": lambda w: w.library.remove_type(w.library.types()[-1].type.name),
    "untrack": lambda w: w.library.untrack("Khalifa Haftar"),
    "remove list": lambda w: w.library.remove_watchlist(lists(w)[-1]),
    "rename feed": lambda w: w.library.rename_feed(A, "Mine"),
    "move feed": lambda w: w.library.move_feed(A, "Africa/Libya"),
    "remove feed": lambda w: w.library.remove_feed(A),
}


def haftar_in(world: World, title: str) -> tuple[int, int, str]:
    return world.id(title), world.library.entity("Khalifa Haftar").id, "Haftar"


def haftar_id(world: World) -> int:
    return world.library.entity("Khalifa Haftar").id


def lists(world: World) -> list[str]:
    return [one.name for one in world.library.overview().watchlists]


def one(world: World) -> Entity:
    return world.library.entity("One")


@pytest.fixture
def kept(world: World) -> World:
    """A library with something of each kind."""
    titles = ("One", "Two Haftar", "Two", "Read", "Tagged", "Noted", "Haftar no more")
    world.feed("a", folder="Wires").publish(*(item(title) for title in titles))
    world.refresh()
    world.library.mark([world.id("Read")], read=True)
    world.library.tag([world.id("Tagged")], "Libya")
    world.library.note(world.id("Noted"), "Kept.")
    rule = AlertRule("weekly", ("email", "desktop"), "22:00-07:00", 5, "high")
    world.library.save_search("kept", "two", alert=True, folder="Sea", rule=rule)
    world.library.save_search("beside", "one")
    world.library.track(HAFTAR)
    world.library.track(ONE)
    world.library.save_search("names", "watchlist:counts OR type:number")
    world.catch_up()
    world.library.judge("kept", [world.id("Two")], True)
    world.library.reject_mention(*haftar_in(world, "Haftar no more"))
    world.feed("a").publish(item("Two again"))
    world.refresh()
    world.library.publish_search("beside", str(world.paths.root / "beside.json"))
    world.store.outbox.put(1, {"webhook": world.now})
    batch = world.store.outbox.batched("webhook", world.now)
    assert batch is not None
    world.store.outbox.refuse(batch.name, "No.")
    return world


def picture(world: World) -> tuple[object, ...]:
    """Everything the reader can see, without numbers that may change when something comes back."""
    seen: Overview = world.library.overview()
    searches = [
        (replace(line.saved, id=0, version=0), line.total, line.unread, line.kept, line.noise)
        for line in seen.saved
    ]
    entities = [(replace(e.entity, id=0), e.articles, e.mentions) for e in seen.entities]
    details = [world.library.detail(i) for i in world.ids()]
    return (
        [(d.line, d.note, d.hits, [replace(m, entity_id=0) for m in d.mentions])
         for d in (replace(d, line=replace(d.line, chips=())) for d in details if d)],
        sorted(searches, key=lambda one: one[0].name),
        entities,
        [(f.feed.title, f.feed.folder, f.articles, f.unread) for f in seen.feeds],
        [tag[0].lower() for tag in seen.tags],
        world.library.watchlists(),
        (seen.watchlists, seen.types),
        seen.saved_folders,
        [replace(alert, saved_id=alert.saved_id and 0) for alert in world.alerts()],
        [(state.waiting, state.refused) for state in world.library.channels()],
        [(one.saved_search, one.path, one.urn) for one in world.store.publications.all()],
        Untracked(world.store.connection).dismissed(),
    )  # fmt: skip


@pytest.mark.parametrize("restart", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize("name", CHANGES)
def test_every_change_can_be_taken_back(kept: World, name: str, restart: bool) -> None:
    before = picture(kept)
    CHANGES[name](kept)
    kept.catch_up()
    assert picture(kept) != before, "the change changed nothing"
    if restart:
        kept.reopen()
    kept.library.undo()
    kept.catch_up()
    assert picture(kept) == before


def test_all_changes_can_be_taken_back_one_after_the_other(kept: World) -> None:
    pictures = []
    for change in CHANGES.values():
        pictures.append(picture(kept))
        change_or_skip(kept, change)
        kept.catch_up()
    while kept.store.journal.latest():
        kept.library.undo()
    kept.catch_up()
    assert kept.titles() and not kept.library.overview().saved  # noqa: PT018
    assert kept.library.overview().entities == ()
    assert pictures[0] not in pictures[1:]


def change_or_skip(world: World, change: Callable[[World], object]) -> None:
    """What an earlier change has taken away cannot be changed; that is refused, not done."""
    journal = len(world.store.journal.entries(1000))
    try:
        change(world)
    except NotFoundError:
        assert len(world.store.journal.entries(1000)) == journal


def test_every_kind_of_journal_entry_has_a_name_and_a_test(kept: World) -> None:
    for change in CHANGES.values():
        change_or_skip(kept, change)
    assert {entry.what for entry in kept.store.journal.entries(1000)} == NAMES.keys()


def test_undo_says_what_it_took_back_and_what_to_redraw(kept: World) -> None:
    number = kept.id("One")
    kept.library.mark([number], starred=True)
    what, changes = kept.library.undo()
    assert (what, changes.articles) == ("starring", frozenset({number}))


def test_marks_that_were_there_before_the_change_stay(kept: World) -> None:
    """Marking all read and taking it back leaves read what had been read by hand."""
    kept.library.mark_all_read(Scope())
    kept.library.undo()
    assert kept.article("Read").line.read
    assert not kept.article("One").line.read


def test_what_changed_nothing_is_not_taken_back(kept: World) -> None:
    entries = len(kept.store.journal.entries(1000))
    kept.library.mark([kept.id("Read")], read=True)
    kept.library.tag([kept.id("Tagged")], "LIBYA")
    kept.library.note(kept.id("Noted"), "Kept. ")
    kept.library.track(HAFTAR)
    assert len(kept.store.journal.entries(1000)) == entries


def test_taking_back_twice_goes_one_step_further(kept: World) -> None:
    kept.library.rename_feed(A, "First")
    kept.library.rename_feed(A, "Second")
    kept.library.undo()
    assert kept.library.overview().feeds[0].feed.title == "First"
    kept.library.undo()
    assert kept.library.overview().feeds[0].feed.title == "The A Wire"


def test_entity_that_went_and_came_back_can_still_be_taken_back(kept: World) -> None:
    kept.library.track(Entity("Tobruk", "place"))
    kept.library.untrack("Tobruk")
    for _ in range(2):
        kept.library.undo()
    assert [e.entity.name for e in kept.library.overview().entities] == ["Khalifa Haftar", "One"]


def test_what_was_chosen_twice_comes_back_once(kept: World) -> None:
    kept.library.untrack_all([haftar_id(kept)] * 2)
    kept.library.undo()
    assert {replace(one, id=0) for one in kept.store.entities.all()} == {HAFTAR, ONE}


def test_import_of_a_watchlist_is_taken_back_as_one(kept: World) -> None:
    kept.library.track_all([Entity("Tobruk", "place"), replace(HAFTAR, note="other")])
    kept.library.undo()
    found = [replace(line.entity, id=0) for line in kept.library.overview().entities]
    assert found == [HAFTAR, ONE]


def test_restored_search_alerts_no_second_time(kept: World) -> None:
    kept.feed("a").publish(item("Two ships"))
    assert kept.refresh().alerts == 1
    kept.library.remove_search("kept")
    kept.library.undo()
    kept.catch_up()
    assert kept.hits("kept") == {"Two Haftar", "Two", "Two again", "Two ships"}
    assert len(kept.alerts()) == 2


def test_nothing_to_undo_says_so(world: World) -> None:
    with pytest.raises(NotFoundError, match="nothing to undo"):
        world.library.undo()


def test_what_an_older_version_wrote_can_still_be_taken_back(kept: World) -> None:
    """Its journal told each entity whole, and what is gone came back with another number."""
    haftar = kept.library.entity("Khalifa Haftar")
    told = {
        "id": haftar.id, "watchlist": "libya", "name": "Khalifa Haftar",
        "former": {**entity_values(HAFTAR), "note": "before"},
    }  # fmt: skip
    kept.store.journal.record("track", {"entities": [told]}, {}, kept.clock())
    kept.library.undo()
    assert kept.library.entity("Khalifa Haftar") == replace(haftar, note="before")
    new = {**told, "former": None}
    kept.store.journal.record("track", {"entities": [new]}, {}, kept.clock())
    kept.library.undo()
    assert [one.entity.name for one in kept.library.overview().entities] == ["One"]
