"""Several tracked entities made one, and one made two: nothing found is lost, all can be undone."""

from dataclasses import replace

import pytest

from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities.joining import merged, split
from reader.errors import NotFoundError, TakenError, UsageError
from tests.helpers.world import World, item

CIA = ContextRule("requires", ("CIA",), 9)
NOT = ContextRule("not", ("Robert",))
HAFTAR = Entity("Khalifa Haftar", "person", "libya", (Alias("Haftar", True),), note="LNA")
HIFTER = Entity("Hifter", "topic", "people", (Alias("Haftar"), Alias("Hefter", rules=(NOT,))),
                note="old", rules=(CIA,))  # fmt: skip


@pytest.fixture
def archive(world: World) -> World:
    titles = ("Haftar speaks", "Hifter and the CIA", "Hefter and the CIA", "Quiet")
    world.feed("a").publish(*(item(title) for title in titles))
    for entity in (HAFTAR, HIFTER):
        world.library.track(entity)
    world.library.save_search("names", "entity:hefter")
    world.library.save_search("other", "haftar")
    world.refresh()
    world.catch_up()
    return world


def ids(world: World) -> tuple[int, int]:
    return world.library.entity("Khalifa Haftar").id, world.library.entity("Hifter").id


def test_merged_entity_has_every_spelling_with_what_was_asked_of_it() -> None:
    whole = merged(HAFTAR, [HIFTER])
    assert whole == replace(
        HAFTAR, note="LNA\nold",
        aliases=(Alias("Haftar", True), Alias("Hifter", rules=(CIA,)),
                 Alias("Hefter", rules=(NOT, CIA))),
    )  # fmt: skip


def test_rules_of_the_one_that_stays_are_not_asked_twice() -> None:
    strict = replace(HAFTAR, rules=(CIA,))
    assert merged(strict, [HIFTER]).aliases[1:] == (Alias("Hifter"), Alias("Hefter", rules=(NOT,)))


def test_split_takes_back_what_merging_did_to_spellings() -> None:
    whole = merged(HAFTAR, [replace(HIFTER, aliases=HIFTER.aliases[1:])])
    rest, new = split(whole, ["Hefter", "Hifter"], "Hifter")
    assert rest.aliases == HAFTAR.aliases
    assert new == replace(HIFTER, type="person", watchlist="libya", note="",
                          aliases=HIFTER.aliases[1:])  # fmt: skip


@pytest.mark.parametrize("name", ["Hifter", "HIFTER"])
def test_an_alias_that_becomes_the_new_name_goes_along(name: str) -> None:
    whole = replace(HAFTAR, aliases=(Alias("Haftar"), Alias("Hefter"), Alias("Hifter")))
    rest, new = split(whole, ["Hefter"], name)
    assert [one.text for one in rest.spellings()] == ["Khalifa Haftar", "Haftar"]
    assert {one.text for one in new.spellings()} == {"Hefter", "Hifter", name}


def test_merging_finds_all_that_both_found_and_names_the_searches(archive: World) -> None:
    haftar, hifter = ids(archive)
    done = archive.library.merge_entities([haftar, hifter], haftar)
    archive.catch_up()
    (line,) = archive.library.overview().entities
    assert (line.entity.id, line.entity.name, line.articles) == (haftar, "Khalifa Haftar", 3)
    assert done.searches == ("names",)
    assert "another type" in done.notes[0]
    assert archive.hits("names") == {
        "Haftar speaks", "Hifter and the CIA", "Hefter and the CIA",
    }, "its name and aliases lead to the whole"  # fmt: skip


def test_verdicts_go_with_their_spellings_and_come_back(archive: World) -> None:
    (haftar, hifter), title = ids(archive), archive.id("Hefter and the CIA")
    reading, library = archive.store.entities.reading, archive.library
    library.reject_mention(title, hifter, "Hefter")
    library.reject_mention(archive.id("Haftar speaks"), hifter, "Haftar")
    library.confirm_mention(archive.id("Haftar speaks"), haftar, "Haftar")
    before, said = archive.store.entities.all(), reading.verdicts_on([haftar, hifter])
    library.merge_entities([hifter], haftar)
    assert reading.verdicts_on([haftar, hifter]) == sorted([
        (haftar, archive.id("Haftar speaks"), "Haftar", True), (haftar, title, "Hefter", False),
    ])  # fmt: skip
    archive.reopen()
    archive.library.undo()
    archive.catch_up()
    assert archive.store.entities.all() == before, "with their ids"
    assert archive.store.entities.reading.verdicts_on([haftar, hifter]) == said
    archive.library.undo()  # of what came before the merge, by the same ids
    assert len(archive.store.entities.reading.verdicts_on([haftar, hifter])) == 2


def test_verdict_moves_with_the_alias_that_is_split_off(archive: World) -> None:
    _, hifter = ids(archive)
    title, library = archive.id("Hefter and the CIA"), archive.library
    library.reject_mention(title, hifter, "Hefter")
    done = library.split_entity(hifter, ["Hefter"], "Hefter")
    new = library.entity("Hefter")
    assert done.searches == ("names",)
    assert new.rules == (CIA, NOT)
    assert archive.store.entities.reading.verdicts_on([hifter, new.id]) == [
        (new.id, title, "Hefter", False)
    ]
    library.undo()
    assert archive.store.entities.reading.verdicts_on([hifter]) == [
        (hifter, title, "Hefter", False)
    ]


def test_what_cannot_be_merged_or_split_is_refused(archive: World) -> None:
    haftar, hifter = ids(archive)
    library, before = archive.library, archive.store.entities.all()
    with pytest.raises(UsageError, match="two names or more"):
        library.merge_entities([haftar], haftar)
    with pytest.raises(NotFoundError, match="no longer tracked"):
        library.merge_entities([haftar, 999], haftar)
    with pytest.raises(NotFoundError, match="it has: Haftar, Hefter"):
        library.split_entity(hifter, ["Hafter"], "X")
    with pytest.raises(NotFoundError, match="the name itself"):
        library.split_entity(hifter, ["Hifter"], "X")
    with pytest.raises(UsageError, match="Say which aliases"):
        library.split_entity(hifter, [], "X")
    with pytest.raises(TakenError, match="merge the two"):
        library.split_entity(hifter, ["Hefter"], "Hifter")
    assert archive.store.entities.all() == before
