"""Saved searches that name what a person changes: they go on meaning it, or say why they cannot."""

from dataclasses import replace

import pytest

from reader.domain.entity import Alias, Entity
from reader.search.language import parse
from reader.services.unmet import Unmet
from tests.helpers.world import World, edited, item

HAFTAR = Entity("Khalifa Haftar", "person", "libya", (Alias("Haftar"), Alias("Hifter")))


@pytest.fixture
def archive(world: World) -> World:
    world.feed("a").publish(item("Haftar speaks"), item("Hifter is quiet"), item("Ship ahoy"))
    world.library.track(HAFTAR)
    world.library.track(Entity("Ship", "vessel", "sea"))
    world.refresh()
    for name, query in (
        ("name", 'entity:"khalifa haftar"'),
        ("alias", "entity:hifter OR (entity:haftar SENT speaks)"),
        ("list", "watchlist:sea"),
        ("type", "type:vessel"),
    ):
        world.library.save_search(name, query, alert=True)
    world.catch_up()
    return world


def broken(world: World) -> dict[str, str]:
    found = world.store.saved.all()
    return {saved.name: saved.broken for saved in found if saved.broken}


def queries(world: World) -> dict[str, str]:
    return {saved.name: saved.query for saved in world.store.saved.all()}


def test_searches_follow_an_entity_that_is_called_otherwise(archive: World) -> None:
    before, hits = queries(archive), archive.hits("name")
    haftar = archive.library.entity("Khalifa Haftar")
    changed = replace(haftar, name='The "Marshal"', aliases=(Alias("Haftar"), Alias("Hifter")))
    assert archive.library.track(changed).saved
    archive.catch_up()
    assert archive.hits("name") == hits == {"Haftar speaks", "Hifter is quiet"}
    assert (queries(archive)["alias"], broken(archive)) == (before["alias"], {})
    archive.reopen()
    archive.library.undo()
    archive.catch_up()
    assert (queries(archive), archive.hits("name"), archive.alerts()) == (before, hits, [])


def test_searches_by_a_spelling_that_went_ask_for_the_name(archive: World) -> None:
    haftar = archive.library.entity("Khalifa Haftar")
    archive.library.track(replace(haftar, aliases=()))
    assert queries(archive)["alias"].count('entity:"Khalifa Haftar"') == 2


def test_a_spelling_that_another_one_has_stays_in_searches(archive: World) -> None:
    archive.library.track(Entity("Hifter", "topic", "people"))
    haftar = archive.library.entity("Khalifa Haftar")
    archive.library.track(replace(haftar, aliases=(Alias("Haftar"),)))
    assert queries(archive)["alias"].startswith("entity:hifter")


@pytest.mark.parametrize(
    ("work", "search", "said"),
    [
        (lambda w: w.library.untrack("Khalifa Haftar"), "name", "“khalifa haftar” is tracked"),
        (lambda w: w.library.remove_watchlist("sea"), "list", "no watchlist “sea”"),
        (lambda w: w.library.remove_type("vessel"), "type", "of the type “vessel”"),
    ],
)
def test_search_for_what_is_gone_says_so_until_it_is_back(
    archive: World, work, search: str, said: str
) -> None:
    hits = archive.hits(search)
    work(archive)
    archive.catch_up()
    assert said in broken(archive)[search]
    archive.feed("a").publish(item("Haftar again"), item("Ship again"))
    archive.refresh()
    archive.library.undo()
    archive.catch_up()
    assert broken(archive) == {}
    assert archive.hits(search) > hits, "what came meanwhile is found"
    assert search not in {alert.saved_search for alert in archive.alerts()}


def test_search_in_a_list_that_is_switched_off_says_so_until_it_is_on(archive: World) -> None:
    archive.library.save_search("both", "watchlist:sea OR ahoy")
    archive.library.save_search("ship", "entity:ship ahoy")
    archive.catch_up()
    hits = archive.hits("list")
    archive.library.switch_watchlist("sea", enabled=False)
    archive.catch_up()
    assert broken(archive) == {
        "list": "The watchlist “sea” is switched off: switch it on, or change the query.",
        "ship": "“ship” is in the watchlist “sea”, which is switched off: switch it on, or change "
        "the query.",
        "type": "Every name of the type “vessel” is in a watchlist that is switched off: switch it "
        "on, or change the query.",
    }
    finder = archive.desk.finder
    assert "which is switched off: switch" in finder.hint("entity:ship")
    assert "“vessel” is in a watchlist that is switched off" in finder.hint("type:vessel")
    archive.feed("a").publish(item("Ship again"))
    archive.refresh()
    archive.library.switch_watchlist("sea", enabled=True)
    archive.catch_up()
    assert broken(archive) == {}
    assert archive.hits("list") == hits | {"Ship again"}
    assert "list" not in {alert.saved_search for alert in archive.alerts()}


def test_a_namesake_in_another_list_is_there(archive: World) -> None:
    archive.library.track(Entity("Ship", "topic", "people"))
    archive.library.switch_watchlist("sea", enabled=False)
    archive.library.save_search("ship", "entity:ship")
    archive.catch_up()
    assert set(broken(archive)) == {"list", "type"}


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("entity:nobody", False),
        ("ship entity:nobody", False),
        ("entity:nobody OR type:nothing", False),
        ("entity:nobody NEAR/5 ship", False),
        ("FIRST/50 entity:nobody", False),
        ("entity:nobody OR ship", True),
        ("ship -entity:nobody", True),
        ("type:weapon watchlist:SEA entity:HAFTAR", True),
        ("tag:nowhere", True),
    ],
)
def test_only_what_can_find_nothing_is_unmet(archive: World, query: str, finds: bool) -> None:
    assert (Unmet(archive.store).why(parse(query).root) == "") is finds


def test_no_alert_fires_because_the_names_are_others(archive: World) -> None:
    """Merging, splitting, renaming, switching, re-scanning: what is stored stays quiet."""
    feed, library = archive.feed("a"), archive.library
    feed.publish(item("Haftar at sea"))
    archive.refresh()
    fired = [(alert.title, alert.saved_search) for alert in archive.alerts()]
    assert ("Haftar at sea", "name") in fired
    library.track(Entity("Quiet", "vessel", "people"))
    archive.catch_up()
    haftar = library.entity("Khalifa Haftar")
    for work in (
        lambda: library.merge_entities([library.entity("Quiet").id], haftar.id),
        lambda: library.split_entity(haftar.id, ["Hifter"], "Hifter"),
        lambda: library.track(replace(library.entity("Khalifa Haftar"), name="Marshal Haftar")),
        lambda: library.switch_watchlist("sea", enabled=False),
        lambda: library.switch_watchlist("sea", enabled=True),
        lambda: library.rename_watchlist("sea", "Ships"),
        lambda: library.remove_watchlist("Ships"),
        library.undo,
    ):
        work()
        archive.catch_up()
        feed.publish(*(edited(one, body=f"{one.texts.body} More.") for one in feed.items))
        archive.refresh()
    assert [(alert.title, alert.saved_search) for alert in archive.alerts()] == fired


def test_article_edited_before_a_new_spelling_was_looked_for_fires_nothing(archive: World) -> None:
    feed = archive.feed("a").publish(old := item("Nothing but rain"))
    archive.refresh()
    archive.library.track(replace(archive.library.entity("Ship"), aliases=(Alias("rain"),)))
    feed.publish(edited(old, body="And more of it."))
    archive.refresh(catch_up=False)
    archive.catch_up()
    assert archive.hits("list") == {"Ship ahoy", "Nothing but rain"}
    assert archive.alerts() == []


def test_name_that_comes_with_an_edit_fires_also_before_the_archive_was_looked_through(
    archive: World,
) -> None:
    feed = archive.feed("a").publish(old := item("Nothing but sun"))
    archive.refresh()
    archive.library.track(replace(archive.library.entity("Ship"), aliases=(Alias("rain"),)))
    feed.publish(edited(old, body="And then rain."))
    archive.refresh(catch_up=False)
    assert {alert.saved_search for alert in archive.alerts()} == {"list", "type"}
