"""Copies of an article at other outlets: found while they come, however they come."""

import random
from dataclasses import replace

import pytest

from reader.domain.feed import Fetched, ParsedFeed
from reader.domain.scope import Scope
from reader.services import likeness as likeness_module
from reader.services.likeness import Likeness
from tests.helpers.world import World, churned, edited, item

STORY = (
    "The harbour of Rosmere was closed on Monday after a tanker ran aground at its entrance, the "
    "port authority said. Nobody was hurt and no oil was lost, but the vessel blocks the channel "
    "that ferries and fishing boats use. Tugs from Lundholm are expected before dawn. Captain Ines "
    "Avila told the local radio that the rudder had failed minutes after the pilot left the ship. "
    "An inquiry was opened in the afternoon, and the owner, a company from Tarsk, promised to pay "
    "for whatever damage the accident has done to the quays."
)
OTHER = (
    "Bakers in the north of the country went on strike over flour prices that have doubled within "
    "a year. Their union wants the government to sell grain from the state reserve, which the "
    "minister of agriculture refused to do before the harvest. Queues formed outside supermarkets "
    "in Pelm, where bread was sold out by noon."
)


def copies(world: World, *titles: str) -> list[int]:
    return [world.article(title).line.copies for title in titles]


def test_copy_at_another_outlet_is_counted_for_both(world: World) -> None:
    world.feed("one").publish(item("Harbour closed", STORY))
    world.feed("two").publish(item("Tanker blocks Rosmere", "ROSMERE (AP) — " + STORY))
    world.feed("three").publish(item("Bakers strike", OTHER))
    world.refresh()
    assert copies(world, "Harbour closed", "Tanker blocks Rosmere", "Bakers strike") == [2, 2, 1]
    (shown,) = world.article("Tanker blocks Rosmere").copies
    assert (shown.title, shown.outlet, shown.score) == ("Harbour closed", "The One Wire", 1.0)
    group = Scope(copies_of=world.id("Harbour closed"))
    assert set(world.titles(world.ids(group))) == {"Harbour closed", "Tanker blocks Rosmere"}


@pytest.mark.parametrize("teaser_first", [True, False])
def test_teaser_and_full_text_are_copies_in_either_order(world: World, teaser_first: bool) -> None:
    teaser = item("Teaser", " ".join(STORY.split()[:32]) + " … Read more")
    full = item("Full", STORY)
    first, second = (teaser, full) if teaser_first else (full, teaser)
    world.feed("one").publish(first)
    world.refresh()
    world.feed("two").publish(second)
    world.refresh()
    assert copies(world, "Teaser", "Full") == [2, 2]


def test_same_text_twice_at_one_outlet_is_no_copy(world: World) -> None:
    old = item("Harbour closed", STORY)
    world.feed("one").publish(old)
    world.refresh()
    world.feed("one").publish(replace(churned(old), texts=replace(old.texts, title="Closed")))
    world.refresh()
    assert copies(world, "Harbour closed", "Closed") == [1, 1]
    world.feed("two").publish(item("Elsewhere", STORY))
    world.refresh()
    assert copies(world, "Harbour closed", "Closed", "Elsewhere") == [2, 2, 2]


def test_twins_and_copies_are_told_apart(world: World) -> None:
    world.feed("one").publish(item("Harbour closed", STORY))
    world.feed("two").publish(item("Elsewhere", STORY))
    world.refresh()
    one = world.stored_feed("one")
    (document,) = world.store.lists.documents([world.id("Harbour closed")])
    again = replace(document, id=0)
    found = Likeness(world.store, world.clock).resembling(again, one)
    assert found.group == (world.id("Elsewhere"),)
    assert found.twins == (world.id("Harbour closed"),)


def test_article_does_not_resemble_itself(world: World) -> None:
    world.feed("one").publish(item("Harbour closed", STORY))
    world.refresh()
    (document,) = world.store.lists.documents([world.id("Harbour closed")])
    found = Likeness(world.store, world.clock).resembling(document, world.stored_feed("one"))
    assert (found.group, found.twins) == ((), ())


def test_copies_are_found_after_a_restart(world: World) -> None:
    world.feed("one").publish(item("Harbour closed", STORY))
    world.refresh()
    world.reopen()
    world.feed("two").publish(item("Elsewhere", STORY))
    world.refresh()
    assert copies(world, "Harbour closed", "Elsewhere") == [2, 2]


@pytest.mark.parametrize("restarted", [True, False])
def test_copies_of_two_weeks_ago_are_another_story(world: World, restarted: bool) -> None:
    world.feed("one").publish(item("Harbour closed", STORY))
    world.refresh()
    world.pass_time(days=15)
    if restarted:
        world.reopen()
    world.feed("two").publish(item("Elsewhere", STORY))
    world.refresh()
    assert copies(world, "Harbour closed", "Elsewhere") == [1, 1]


def test_text_rewritten_leaves_its_group_and_another_joins(world: World) -> None:
    first, second = item("First", STORY), item("Second", STORY)
    world.feed("one").publish(first)
    world.feed("two").publish(second)
    world.feed("three").publish(item("Third", STORY))
    world.refresh()
    world.feed("one").publish(edited(first, body=OTHER))
    world.refresh()
    assert copies(world, "First", "Second", "Third") == [1, 2, 2]
    world.feed("one").publish(edited(first, body=STORY + " More is to come."))
    world.refresh()
    assert copies(world, "First", "Second", "Third") == [3, 3, 3]


def test_articles_of_a_transaction_given_up_are_resembled_by_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their ids are used again, by articles with other texts."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    world.feed("one")
    news = ParsedFeed("One", "", "en", (item("Harbour closed", STORY),), "rss")
    whole = world.store.feeds.fetched
    monkeypatch.setattr(world.store.feeds, "fetched", fail)
    with pytest.raises(ZeroDivisionError):
        world.desk.ingest.absorb(world.stored_feed("one"), Fetched(200, ""), news, "")
    monkeypatch.setattr(world.store.feeds, "fetched", whole)
    world.feed("two").publish(item("Elsewhere", STORY))
    world.refresh("two")
    world.feed("one").publish(item("Bakers strike", OTHER))
    world.refresh("one")
    assert copies(world, "Bakers strike", "Elsewhere") == [1, 1]


def test_alert_is_silent_for_a_copy(world: World) -> None:
    for name in ("one", "two"):
        world.feed(name).publish(item())
    world.refresh()
    world.library.save_search("Tankers", "tanker", alert=True)
    world.feed("one").publish(item("First", STORY))
    world.refresh("one")
    world.feed("two").publish(item("Second", "ROSMERE (AP) — " + STORY))
    world.refresh("two")
    assert [alert.title for alert in world.alerts()] == ["First"]


def test_copies_of_copies_stay_silent_however_long_ago_the_first_fired(world: World) -> None:
    names = ("one", "two", "three")
    for name in names:
        world.feed(name).publish(item())
    world.refresh()
    world.library.save_search("Tankers", "tanker", alert=True)
    for name in names:
        world.feed(name).publish(item(name, STORY))
        world.refresh(name)
        world.pass_time(days=9)
    assert [alert.title for alert in world.alerts()] == ["one"]


# -- what a library held before


def forget_everything(world: World) -> None:
    """As in a library from before there were copies."""
    articles = world.store.connection.execute("SELECT id, feed_id FROM article").fetchall()
    with world.store.transaction():
        world.store.connection.execute("DELETE FROM copy")
        world.store.connection.execute("DELETE FROM sketch")
        world.store.connection.executemany(
            "INSERT INTO sketch_queue VALUES (?, ?)",
            [(article, world.store.copies.outlet(feed)) for article, feed in articles],
        )
    world.reopen()


def test_articles_from_before_are_looked_through_newest_first(world: World) -> None:
    for name in ("one", "two", "three"):
        world.feed(name).publish(item(f"Of {name}", STORY), item(f"Other of {name}"))
        world.refresh(name)
        world.pass_time(days=1)
    forget_everything(world)
    assert "Looking for copies" in list(world.steps())
    assert copies(world, "Of one", "Of two", "Of three") == [3, 3, 3]
    assert world.store.copies.root(world.id("Of three")) == world.id("Of one")
    assert world.store.copies.queued() == 0
    assert list(world.steps()) == []
    assert world.alerts() == []


def test_looking_through_goes_on_after_a_kill(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeness_module, "SLICE", 2)
    for name in ("one", "two", "three"):
        world.feed(name).publish(item(f"Of {name}", STORY), item(), item())
    world.refresh()
    forget_everything(world)
    while True:
        step = world.desk.likeness.sketch_some()
        if not (step.done or step.left):
            break
        assert step.done <= 2
        world.reopen()
    assert copies(world, "Of one", "Of two", "Of three") == [3, 3, 3]


def test_new_copy_finds_what_was_looked_through(world: World) -> None:
    world.feed("one").publish(item("Old", STORY))
    world.refresh()
    forget_everything(world)
    world.catch_up()
    world.feed("two").publish(item("New", STORY))
    world.refresh("two")
    assert copies(world, "Old", "New") == [2, 2]


def test_copies_far_apart_in_time_are_not_joined_by_looking_through(world: World) -> None:
    world.feed("one").publish(item("Old", STORY))
    world.refresh()
    world.pass_time(days=20)
    world.feed("two").publish(item("New", STORY))
    world.refresh()
    forget_everything(world)
    world.catch_up()
    assert copies(world, "Old", "New") == [1, 1]


def test_deleted_articles_are_not_counted(world: World) -> None:
    world.feed("one").publish(item("Old", STORY))
    world.feed("two").publish(item("New", STORY))
    world.refresh()
    world.store.marks.deleted([world.id("Old")], True)
    forget_everything(world)
    world.catch_up()
    assert copies(world, "New") == [1]


def test_copies_that_fire_nothing_are_found_when_there_is_time(world: World) -> None:
    world.feed("one").publish(item("First", STORY))
    world.feed("two").publish(item("Second", STORY))
    world.refresh(catch_up=False)
    assert copies(world, "First", "Second") == [1, 1]
    assert world.store.copies.queued() == 2
    world.catch_up()
    assert copies(world, "First", "Second") == [2, 2]


def test_twins_that_wait_to_be_looked_at_are_known(world: World) -> None:
    world.feed("one").publish(item("First", STORY))
    world.refresh(catch_up=False)
    (document,) = world.store.lists.documents([world.id("First")])
    found = world.desk.likeness.resembling(replace(document, id=0), world.stored_feed("one"))
    assert found.twins == (world.id("First"),)


def test_old_articles_that_wait_do_not_hold_up_an_alert(world: World) -> None:
    world.feed("one").publish(item("Old", STORY))
    world.refresh()
    forget_everything(world)
    world.pass_time(days=20)
    (document,) = world.store.lists.documents([world.id("Old")])
    found = world.desk.likeness.resembling(replace(document, id=0), world.stored_feed("one"))
    assert found.twins == ()
    assert world.store.copies.queued() == 1


# -- forms filled in twice, and stories told everywhere


def test_same_form_at_two_outlets_is_no_copy(world: World) -> None:
    text = "The European Union has adopted its {} package of sanctions against Tarsk, it was said."
    world.feed("one").publish(item("EU adopts 12th package of sanctions", text.format("12th")))
    world.feed("two").publish(item("EU adopts 13th package of sanctions", text.format("13th")))
    world.refresh()
    titles = [f"EU adopts {number}th package of sanctions" for number in (12, 13)]
    assert copies(world, *titles) == [1, 1]


def test_story_of_many_outlets_is_one_group(world: World) -> None:
    names = [f"outlet{number}" for number in range(24)]
    for name in names:
        world.feed(name).publish(item(f"At {name}", f"{STORY} This is what {name} says."))
    world.refresh()
    assert set(copies(world, *(f"At {name}" for name in names))) == {24}


def test_feed_that_changes_ids_links_titles_and_dates_alerts_nobody_again(world: World) -> None:
    rnd = random.Random(5)
    words = STORY.split() + OTHER.split()
    bodies = [f"Tankers {number}: " + " ".join(rnd.choices(words, k=45)) for number in range(200)]
    world.feed("one").publish(item("Old news", OTHER))
    world.refresh()
    world.library.save_search("Tankers", "tankers", alert=True)
    news = [item(f"Report {number} of the day", body) for number, body in enumerate(bodies)]
    world.feed("one").publish(*news)
    world.refresh()
    assert len(world.alerts()) == 200
    world.pass_time(hours=1)
    again = [
        replace(
            churned(one),
            texts=replace(one.texts, title=f"{one.texts.title} – updated"),
            published=world.now,
        )
        for one in news
    ]
    world.feed("one").say(*again)
    world.refresh()
    assert len(world.ids()) == 401, "they are articles of their own all the same"
    assert len(world.alerts()) == 200
