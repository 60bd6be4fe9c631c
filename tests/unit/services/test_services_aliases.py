"""Aliases that are suggested, with what the archive says of each."""

from functools import partial

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.workshop import AliasSuggestion
from reader.search.index import Index
from reader.services.aliases import AliasAdviser
from tests.helpers.world import World, item

HAFTAR = Entity("Khalifa Haftar", "person", aliases=(Alias("Haftar"),))


def suggested(world: World, entity: Entity) -> dict[str, AliasSuggestion]:
    adviser = AliasAdviser(world.store, partial(Index.open, world.paths.index))
    return {one.text: one for one in adviser.suggest(entity)}


def publish(world: World, *bodies: str, feed: str = "a") -> None:
    world.feed(feed).publish(*(item(body=body) for body in bodies))
    world.refresh()


def test_spellings_seen_in_three_scripts_are_offered_with_numbers_and_a_sample(
    world: World,
) -> None:
    publish(
        world, "Gen. Hifter spoke", "HIFTER SPOKE", "Haftar and Hefter", "встреча с Хафтаром",
        "Хафтар прибыл", "قال حفتر اليوم", "the after party", "a halter",
    )  # fmt: skip
    found = suggested(world, HAFTAR)
    assert (found["Hifter"].kind, found["Hifter"].articles) == ("seen", 2)
    sample = found["Hifter"].sample
    assert sample
    assert sample.text[sample.start : sample.end].casefold() == "hifter"
    assert (found["Hefter"].articles, found["Хафтар"].articles, found["حفتر"].articles) == (1, 1, 1)
    assert not {"after", "halter", "After"} & set(found)


def test_what_is_an_alias_or_found_already_is_no_news(world: World) -> None:
    publish(world, "Haftar’s men", "Khalifa Haftar", "Hifter", "Hifter’s men")
    entity = Entity("Khalifa Haftar", "person", aliases=(Alias("Haftar"), Alias("Hifter")))
    new = [one for one in suggested(world, entity).values() if not one.covered and one.articles]
    assert new == []


def test_declined_forms_of_one_new_spelling_are_one_suggestion(world: World) -> None:
    publish(world, "Хафтара ждали", "Хафтаром довольны", "Хафтар прибыл", "к Хафтару")
    seen = [one.text for one in suggested(world, HAFTAR).values() if one.articles]
    assert seen == ["Хафтар"]


def test_words_that_are_never_written_as_names_are_not_offered(world: World) -> None:
    publish(world, "he is beside himself", "a bornes or two", "Burnes spoke")
    found = suggested(world, Entity("William Burns", "person", aliases=(Alias("Burns"),)))
    assert "Burnes" in found
    assert "bornes" not in {text.casefold() for text in found}


def test_another_entitys_alias_is_never_offered_without_saying_so(world: World) -> None:
    publish(world, "Hifter spoke")
    world.library.track(Entity("Jane Hifter", "person", aliases=(Alias("Hifter"),)))
    assert suggested(world, HAFTAR)["Hifter"].owners == ("Jane Hifter",)


def test_its_own_stored_version_is_not_another_entity(world: World) -> None:
    publish(world, "Hifter spoke")
    world.library.track(Entity("Khalifa Haftar", "person", aliases=(Alias("Hifter"),)))
    assert suggested(world, HAFTAR)["Hifter"].owners == ()


def test_other_spellings_of_whole_names_are_found(world: World) -> None:
    publish(world, "Muammar Gaddafi", "Moammar Qadhafi ruled", "قال معمر القذافي")
    found = suggested(world, Entity("Muammar Gaddafi", "person"))
    assert found["Moammar Qadhafi"].articles == 1
    assert found["Qadhafi"].articles == 1


def test_the_surname_and_an_acronym_come_with_their_numbers(world: World) -> None:
    publish(world, "Burns said", "Burns added", "the LNA moved")
    assert suggested(world, Entity("William Burns", "person"))["Burns"].articles == 2
    assert suggested(world, Entity("Libyan National Army", "organisation"))["LNA"].articles == 1


def test_what_is_found_already_comes_last_and_without_numbers(world: World) -> None:
    publish(world, "Хафтара ждали")
    told = list(suggested(world, Entity("Хафтар", "person")).values())
    covered = [one.covered for one in told]
    assert covered == sorted(covered)
    assert any(covered)
    assert {one.articles for one in told if one.covered} == {0}


def test_an_empty_library_still_has_the_forms_of_the_name(world: World) -> None:
    publish(world, "nothing")
    found = suggested(world, HAFTAR)
    assert "Халифа Хафтар" in found
    assert all(one.articles == 0 and one.sample is None for one in found.values())


def test_it_can_be_stopped(world: World) -> None:
    publish(world, "Hifter spoke")

    class StopError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        AliasAdviser(world.store, partial(Index.open, world.paths.index)).suggest(HAFTAR, stop)
