"""Verdicts on mentions, as the library offers them: through scans, arrivals and undoing."""

from dataclasses import replace
from typing import Any

import pytest

from reader.domain.article import Mention, Rejection
from reader.domain.entity import Alias, ContextRule, Entity
from tests.helpers.world import World, edited, item

BURNS = Entity("William Burns", "person", aliases=(Alias("Burns"),))
NEEDS_CIA = Alias("Burns", rules=(ContextRule("requires", ("CIA",)),))


def aliases(world: World, title: str) -> list[str]:
    return [one.alias for one in world.article(title).mentions]


def library(world: World) -> int:
    """With an article; the number of the entity."""
    world.library.track(BURNS)
    world.feed("a").publish(item("Burns in town"), item("Burns of the CIA"))
    world.refresh()
    return world.library.entity("William Burns").id


def test_an_article_says_what_was_confirmed_in_it(world: World) -> None:
    entity = library(world)
    number = world.id("Burns in town")
    world.library.confirm_mention(number, entity, "Burns")
    detail = world.library.detail(number)
    assert detail is not None
    assert detail.confirmed == {(entity, "Burns")}
    world.library.reject_mention(number, entity, "Burns")
    again = world.library.detail(number)
    assert again is not None
    assert again.confirmed == frozenset()


def test_an_article_says_what_was_rejected_in_it_and_it_can_be_taken_back(world: World) -> None:
    entity = library(world)
    number = world.id("Burns in town")
    world.library.reject_mention(number, entity, "Burns")
    rejected = (Rejection(entity, "William Burns", "Burns"),)
    assert world.article("Burns in town").rejected == rejected
    world.library.forget_verdict(number, entity, "Burns")
    assert aliases(world, "Burns in town") == ["Burns"]
    assert world.article("Burns in town").rejected == ()
    assert world.library.undo()[0] == "taking back what was said of a mention"
    assert aliases(world, "Burns in town") == []
    assert world.article("Burns in town").rejected == rejected
    world.library.untrack("William Burns")
    assert world.article("Burns in town").rejected == ()


def test_a_confirmed_mention_outlives_a_new_context_rule(world: World) -> None:
    entity = library(world)
    world.library.confirm_mention(world.id("Burns in town"), entity, "Burns")
    world.library.track(replace(BURNS, aliases=(NEEDS_CIA,)))
    world.catch_up()
    assert aliases(world, "Burns in town") == aliases(world, "Burns of the CIA") == ["Burns"]
    world.library.undo()
    assert world.library.undo()[0] == "confirming a mention"
    world.library.track(replace(BURNS, aliases=(NEEDS_CIA,)))
    world.catch_up()
    assert aliases(world, "Burns in town") == []


def test_a_rejected_mention_is_brought_back_by_undoing(world: World) -> None:
    entity = library(world)
    world.library.reject_mention(world.id("Burns in town"), entity, "Burns")
    assert aliases(world, "Burns in town") == []
    assert world.library.undo()[0] == "rejecting a mention"
    assert aliases(world, "Burns in town") == ["Burns"]


def test_undoing_brings_an_entity_back_with_all_its_options(world: World) -> None:
    entity = replace(BURNS, aliases=(NEEDS_CIA,), plural=True, language="en")
    world.library.track(entity)
    world.library.untrack("William Burns")
    world.library.undo()
    assert replace(world.library.entity("William Burns"), id=0) == entity


def test_aliases_of_a_language_count_where_articles_have_it(world: World) -> None:
    world.library.track(Entity("Bild", "organisation", language="de"))
    world.feed("a").publish(
        item("Bild auf Deutsch", language="de"), item("Bild på svenska", language="sv")
    )
    world.refresh()
    assert (aliases(world, "Bild auf Deutsch"), aliases(world, "Bild på svenska")) == (["Bild"], [])
    world.library.track(Entity("Deutsch", "topic"))
    world.catch_up()
    assert (aliases(world, "Bild auf Deutsch"), aliases(world, "Bild på svenska")) == (
        ["Bild", "Deutsch"],
        [],
    )


def test_a_revised_article_keeps_its_verdicts_also_in_searches(world: World) -> None:
    entity = library(world)
    world.library.save_search("about him", 'entity:"William Burns"', alert=False)
    feed = world.feed("b").publish(old := item("Burns again"))
    world.refresh()
    world.library.reject_mention(world.id("Burns again"), entity, "Burns")
    world.catch_up()
    feed.publish(edited(old, title="Burns again, corrected"))
    world.refresh(catch_up=False)
    assert "Burns again, corrected" not in world.hits("about him")


def test_mention_judged_while_its_article_is_revised_is_not_overtaken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = library(world)
    world.library.save_search("about him", 'entity:"William Burns"', alert=False)
    feed = world.feed("b").publish(old := item("Burns again"))
    world.refresh()
    number, lexicon = world.id("Burns again"), world.desk.ingest.lexicon
    find = lexicon.mentions

    def judged(*asked: Any) -> tuple[Mention, ...]:
        monkeypatch.undo()
        found = find(*asked)
        world.library.reject_mention(number, entity, "Burns")
        return found

    monkeypatch.setattr(lexicon, "mentions", judged)
    feed.publish(edited(old, title="Burns again, corrected"))
    world.refresh(catch_up=False)
    assert "Burns again, corrected" not in world.hits("about him")


def test_what_was_judged_in_the_workshop_is_saved_and_taken_back_with_the_entity(
    world: World,
) -> None:
    entity = replace(BURNS, id=library(world))
    town, cia = world.id("Burns in town"), world.id("Burns of the CIA")
    world.library.reject_mention(cia, entity.id, "Burns")
    more = replace(entity, aliases=(Alias("Burns"), Alias("Bill Burns")))
    said = {
        (town, "Burns"): False,
        (cia, "Burns"): True,
        (town, "Gone"): True,
        (999, "Burns"): True,
    }
    assert world.library.track(more, said).articles == {town, cia}
    world.catch_up()
    assert (aliases(world, "Burns in town"), aliases(world, "Burns of the CIA")) == ([], ["Burns"])
    assert world.library.undo()[0] == "tracking a name"
    world.catch_up()
    assert (aliases(world, "Burns in town"), aliases(world, "Burns of the CIA")) == (["Burns"], [])
    assert world.library.entity("William Burns").aliases == (Alias("Burns"),)


def test_judging_alone_needs_no_scan_of_the_archive(world: World) -> None:
    entity = replace(BURNS, id=library(world))
    world.catch_up()
    town = world.id("Burns in town")
    world.library.track(entity, {(town, "Burns"): False})
    assert aliases(world, "Burns in town") == []
    assert (world.store.entities.rescan_below() or 0) <= 1
    assert not world.library.track(entity, {(town, "Burns"): False}).entities
    world.library.undo()
    world.catch_up()
    assert aliases(world, "Burns in town") == ["Burns"]


def test_a_new_entity_can_be_judged_before_it_is_tracked(world: World) -> None:
    world.feed("a").publish(item("Burns in town"), item("Burns of the CIA"))
    world.refresh()
    world.library.track(BURNS, {(world.id("Burns in town"), "Burns"): False})
    world.catch_up()
    assert (aliases(world, "Burns in town"), aliases(world, "Burns of the CIA")) == ([], ["Burns"])
    world.library.undo()
    world.catch_up()
    assert aliases(world, "Burns of the CIA") == []


def test_a_verdict_is_withdrawn_in_the_workshop_and_comes_back_by_undoing(world: World) -> None:
    entity = replace(BURNS, id=library(world))
    town = world.id("Burns in town")
    world.library.reject_mention(town, entity.id, "Burns")
    world.library.track(entity, {(town, "Burns"): None})
    assert aliases(world, "Burns in town") == ["Burns"]
    world.library.undo()
    world.catch_up()
    assert aliases(world, "Burns in town") == []
