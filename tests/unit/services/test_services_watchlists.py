"""Watchlists and types as the library keeps them: switched off, renamed, moved, removed."""

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist
from reader.errors import NotFoundError, QueryError, TakenError, UsageError
from reader.search.renaming import renamed
from tests.helpers.world import World, item

HAFTAR = Entity("Khalifa Haftar", "person", "libya", (Alias("Haftar"),))
TOBRUK = Entity("Tobruk", "place", "libya")
PORT = Entity("Tobruk port", "harbour", "sea")


@pytest.fixture
def archive(world: World) -> World:
    titles = ("Haftar in Tobruk", "Tobruk port shut", "Quiet")
    world.feed("a").publish(*(item(title) for title in titles))
    for entity in (HAFTAR, TOBRUK, PORT):
        world.library.track(entity)
    world.library.save_search("libya", "watchlist:libya -type:harbour")
    world.library.save_search("sea", "(port OR watchlist:sea) tobruk")
    world.refresh()
    world.catch_up()
    return world


def counts(world: World) -> dict[str, tuple[int, int]]:
    return {e.entity.name: (e.articles, e.mentions) for e in world.library.overview().entities}


def chips(world: World) -> dict[str, list[str]]:
    lines = world.library.lines(world.ids())
    return {line.title: sorted(chip.name for chip in line.chips) for line in lines}


def shown(world: World, title: str) -> list[str]:
    return [mention.entity for mention in world.article(title).mentions if mention.shown]


def test_a_list_counts_articles_once_and_all_mentions(archive: World) -> None:
    lines = {line.watchlist.name: line for line in archive.library.watchlists()}
    assert (lines["libya"].entities, lines["libya"].articles, lines["libya"].mentions) == (2, 2, 3)
    assert (lines["sea"].entities, lines["sea"].articles, lines["sea"].mentions) == (1, 1, 1)


def test_switched_off_list_is_gone_at_once_and_for_good(archive: World) -> None:
    assert shown(archive, "Tobruk port shut") == ["Tobruk port"]
    archive.library.switch_watchlist("sea", enabled=False)
    assert counts(archive)["Tobruk port"] == (0, 0)
    assert chips(archive)["Tobruk port shut"] == ["Tobruk"]
    assert archive.found('entity:"Tobruk port"') == set()
    archive.catch_up()
    assert shown(archive, "Tobruk port shut") == ["Tobruk"], "what it hid is shown now"
    archive.feed("a").publish(item("Tobruk port open"))
    archive.refresh()
    assert chips(archive)["Tobruk port open"] == ["Tobruk"]
    assert "switched off" in archive.desk.finder.hint("watchlist:sea")


def test_switched_on_again_everything_is_found(archive: World) -> None:
    before = (counts(archive), chips(archive))
    archive.library.reject_mention(
        archive.id("Haftar in Tobruk"), archive.library.entity("Tobruk").id, "Tobruk"
    )
    archive.library.switch_watchlist("libya", enabled=False)
    archive.catch_up()
    archive.library.switch_watchlist("libya", enabled=True)
    archive.catch_up()
    assert counts(archive)["Khalifa Haftar"] == before[0]["Khalifa Haftar"]
    assert chips(archive)["Haftar in Tobruk"] == ["Khalifa Haftar"], "what was said of it stays"


def test_saved_searches_follow_a_renamed_list_and_type(archive: World) -> None:
    before = archive.hits("libya"), archive.hits("sea")
    archive.library.rename_watchlist("LIBYA", "Libya and neighbours")
    archive.library.rename_type("harbour", "sea port")
    archive.library.rename_watchlist("sea", "ports")
    archive.catch_up()
    query = archive.library.saved("libya").query
    assert query == 'watchlist:"Libya and neighbours" NOT type:"sea port"'
    assert archive.library.saved("sea").query == "(port OR watchlist:ports) tobruk"
    assert (archive.hits("libya"), archive.hits("sea")) == before


def test_a_query_is_renamed_wherever_it_names_the_thing() -> None:
    assert renamed("watchlist:(a OR b) NEAR/5 x", "watchlist", "A", "c d") == (
        '(watchlist:"c d" OR watchlist:b) NEAR/5 x'
    )
    assert renamed("FIRST/9  watchlist:a", "watchlist", "b", "c") == "FIRST/9  watchlist:a"
    with pytest.raises(QueryError):
        renamed("((", "watchlist", "a", "b")


def test_empty_list_stays_only_when_somebody_made_it(archive: World) -> None:
    library = archive.library
    library.add_watchlist(" Press  offices ", "who to call")
    library.untrack("Tobruk port")
    assert library.overview().watchlists == (
        Watchlist("Press offices", "who to call", True, True), Watchlist("libya"),
    )  # fmt: skip
    library.note_watchlist("libya", "x")
    library.untrack("Tobruk")
    library.untrack("Khalifa Haftar")
    assert [one.name for one in library.overview().watchlists] == ["Press offices", "libya"]


def test_removed_list_comes_back_with_what_was_said_of_its_mentions(archive: World) -> None:
    library, title = archive.library, archive.id("Haftar in Tobruk")
    former = library.entity("Tobruk")
    library.reject_mention(title, former.id, "Tobruk")
    library.remove_watchlist("libya")
    archive.catch_up()
    assert counts(archive) == {"Tobruk port": (1, 1)}
    library.undo()
    archive.catch_up()
    assert library.entity("Tobruk") == former
    assert chips(archive)["Haftar in Tobruk"] == ["Khalifa Haftar"]


def test_moving_is_refused_whole_when_a_name_is_taken(archive: World) -> None:
    library = archive.library
    library.track(Entity("Tobruk", "place", "sea"))
    ids = [library.entity("Khalifa Haftar").id, library.entity("Tobruk", "libya").id]
    with pytest.raises(TakenError, match="already has an entity"):
        library.move_entities(ids, "sea")
    assert library.entity("Khalifa Haftar").watchlist == "libya"
    library.move_entities(ids[:1], "SEA")
    assert library.entity("Khalifa Haftar").watchlist == "sea"
    archive.catch_up()
    assert archive.found("watchlist:sea") == {"Haftar in Tobruk", "Tobruk port shut"}


@pytest.mark.parametrize(
    ("work", "kind", "said"),
    [
        (lambda w: w.library.add_watchlist(" "), UsageError, "empty"),
        (lambda w: w.library.add_watchlist("Libya"), TakenError, "libya"),
        (lambda w: w.library.rename_watchlist("sea", "Libya"), TakenError, "libya"),
        (lambda w: w.library.remove_watchlist("syria"), NotFoundError, "libya, sea"),
        (lambda w: w.library.add_type("Person"), UsageError, "person"),
        (lambda w: w.library.add_type("HARBOUR"), TakenError, "harbour"),
        (lambda w: w.library.add_type("ship", "sky"), UsageError, "#2f62c9"),
        (lambda w: w.library.add_type("ship", icon="boat"), UsageError, "map-pin"),
        (lambda w: w.library.rename_type("person", "human"), UsageError, "built in"),
        (lambda w: w.library.remove_type("person"), UsageError, "built in"),
        (lambda w: w.library.remove_type("harbour", "harbour"), UsageError, "another type"),
        (lambda w: w.library.edit_type("boat"), NotFoundError, "harbour"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(archive: World, work, kind, said) -> None:
    before, journal = archive.library.overview(), archive.store.journal.latest()
    with pytest.raises(kind, match=said):
        work(archive)
    assert (archive.library.overview(), archive.store.journal.latest()) == (before, journal)


def test_types_have_a_look_and_go_into_another(archive: World) -> None:
    library = archive.library
    library.add_type("ship", "#12AB34", "star")
    library.edit_type("Harbour", colour="cyan")
    library.edit_type("person", icon="eye")
    looks = {line.type.name: line for line in library.types()}
    assert looks["ship"].type == EntityType("ship", "#12ab34", "star")
    assert (looks["harbour"].type, looks["harbour"].entities) == (
        EntityType("harbour", "cyan", "tag"), 1,
    )  # fmt: skip
    assert looks["person"].type == EntityType("person", "amber", "eye")
    library.remove_type("harbour", "place")
    archive.catch_up()
    assert archive.found("type:place") == {"Haftar in Tobruk", "Tobruk port shut"}
    assert "harbour" not in {line.type.name for line in library.types()}
    library.undo()
    assert library.entity("Tobruk port").type == "harbour"


def test_only_what_changes_something_can_be_undone(archive: World) -> None:
    journal, library = archive.store.journal.latest(), archive.library
    library.rename_watchlist("libya", "libya")
    library.switch_watchlist("libya", enabled=True)
    library.note_watchlist("libya", " ")
    library.move_entities([library.entity("Tobruk").id], "libya")
    library.edit_type("person")
    assert archive.store.journal.latest() == journal
