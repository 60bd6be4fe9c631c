"""Which hits fire, which stay quiet, and when each is due for each channel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.domain.alert import AlertRule
from reader.domain.due import Usual
from reader.domain.search import SavedSearch
from reader.errors import StoreError
from reader.services.alarm import Arrival, fires
from tests.helpers.world import START, World, churned, edited, item

USUAL = Usual()
PORT = SavedSearch(1, "port", "port", alert=True)
STORY = (
    "The harbour master of Tobruk said on Monday that the port will stay closed to all ships until "
    "the end of the week because two tankers collided near the northern breakwater and divers have "
    "to look for leaks before anybody may pass the wreck again, officials told reporters."
)
OTHER = (
    "Farmers in the hills above Derna began the olive harvest ten days early, and the port of the "
    "town expects more oil than in any year since records began, its director announced while "
    "visiting a press that had been rebuilt with money from a cooperative of growers."
)


EACH = replace(PORT, rule=AlertRule(each_outlet=True))
LONG, SHORT = (replace(PORT, rule=AlertRule(max_age_hours=hours)) for hours in (72, 1))
OLDER, OLD = START - timedelta(hours=49), START - timedelta(hours=2)


@pytest.mark.parametrize(
    ("saved", "arrival", "expected"),
    [
        (PORT, Arrival(START), True),
        (PORT, Arrival(None), True),
        (replace(PORT, alert=False), Arrival(START), False),
        (replace(PORT, broken="A bracket is open."), Arrival(START), False),
        (PORT, Arrival(START, first_fetch=True), False),
        (PORT, Arrival(OLDER), False),
        (PORT, Arrival(START, known=frozenset({1, 2})), False),
        (PORT, Arrival(START, known=frozenset({2})), True),
        (PORT, Arrival(START, copied=frozenset({1})), False),
        (EACH, Arrival(START, copied=frozenset({1})), True),
        (EACH, Arrival(START, known=frozenset({1})), False),
        (EACH, Arrival(START, told=frozenset({1})), False),
        (PORT, Arrival(START, told=frozenset({1})), True),
        (LONG, Arrival(OLDER), True),
        (SHORT, Arrival(OLD), False),
    ],
)
def test_fires_for_news_alone(saved: SavedSearch, arrival: Arrival, expected: bool) -> None:
    assert fires(saved, arrival, USUAL, START) is expected


@pytest.fixture
def watched(world: World) -> World:
    """Feeds of three outlets that have been fetched before, and the alert "port"."""
    world.library.save_search("port", "port", alert=True)
    for name in "abc":
        world.feed(name).publish(item())
    world.refresh()
    return world


def waiting(world: World, channel: str = "desktop") -> list[datetime]:
    return [one.due for one in world.store.outbox.due(channel, world.now + timedelta(days=30))]


# --- copies and repetitions


def test_copy_of_what_fired_stays_quiet(watched: World) -> None:
    watched.feed("a").publish(item("Port closed", STORY))
    watched.feed("b").publish(item("Tobruk: the port is closed", STORY + " More to follow."))
    assert [watched.refresh(name).alerts for name in "ab"] == [1, 0]
    assert len(watched.hits("port")) == 2
    assert [alert.title for alert in watched.alerts()] == ["Port closed"]


def test_copies_that_come_in_one_round_fire_once(watched: World) -> None:
    for name in "abc":
        watched.feed(name).publish(item(f"Port closed, says {name}", STORY))
    assert watched.refresh().alerts == 1


def test_copy_fires_for_each_outlet_that_is_asked_for_once(watched: World) -> None:
    watched.library.edit_search("port", rule=AlertRule(each_outlet=True))
    for name in "ab":
        watched.feed(name).publish(item(f"Port closed, says {name}", STORY))
    assert watched.refresh().alerts == 2
    watched.feed("b").publish(item("Port closed, says b", STORY))
    assert watched.refresh().alerts == 0, "the same outlet again"


def test_two_copies_at_one_outlet_that_differ_fire_once_for_it(watched: World) -> None:
    """Each is a part of what the other outlet wrote, and neither repeats the other."""
    watched.library.edit_search("port", rule=AlertRule(each_outlet=True))
    told = [("a", "Port, olives", STORY + OTHER), ("b", "Port", STORY), ("b", "Olives", OTHER)]
    fired = []
    for name, title, text in told:
        watched.feed(name).publish(item(title, text))
        fired.append(watched.refresh(name).alerts)
    assert fired == [1, 1, 0]


def test_copy_of_what_did_not_fire_is_news(watched: World) -> None:
    watched.feed("a").publish(item("Port closed", STORY, hours_ago=60))
    watched.feed("b").publish(item("Tobruk: the port is closed", STORY))
    assert [watched.refresh(name).alerts for name in "ab"] == [0, 1]


def test_copy_that_has_words_of_its_own_fires_for_those(watched: World) -> None:
    watched.library.save_search("olives", "olives", alert=True)
    watched.feed("a").publish(item("Port closed", STORY))
    watched.feed("b").publish(item("Port closed, olives wait", STORY))
    assert [watched.refresh(name).alerts for name in "ab"] == [1, 1]
    assert [alert.saved_search for alert in watched.alerts()] == ["olives", "port"]


def test_other_news_fire(watched: World) -> None:
    watched.feed("a").publish(item("Port closed", STORY))
    watched.feed("b").publish(item("Olives", OTHER))
    assert watched.refresh().alerts == 2


def test_new_ids_and_another_title_are_no_news(watched: World) -> None:
    """As when a feed is moved to another system, which numbers everything anew."""
    first = item("Port closed", STORY)
    watched.feed("a").publish(first)
    assert watched.refresh().alerts == 1
    watched.feed("a").say(replace(edited(churned(first), title="UPDATE: Port closed")))
    assert watched.refresh().alerts == 0
    assert len(watched.alerts()) == 1


def test_reset_feed_tells_nothing_of_its_first_fetch_again(world: World) -> None:
    """What was silent at the first fetch stays so under new ids and titles."""
    world.library.save_search("port", "port", alert=True)
    stories = [item(f"Port {n}", f"{n} {n * 7} {STORY} {n * 3}") for n in range(5)]
    world.feed("a").publish(*stories)
    assert world.refresh().alerts == 0
    again = [edited(churned(one), title=f"{one.texts.title} (again)") for one in stories]
    world.feed("a").say(*again)
    assert world.refresh().alerts == 0
    assert world.alerts() == []


def test_repetition_is_no_news_for_a_search_not_yet_asked_about_the_archive(
    watched: World,
) -> None:
    first = item("Strait closed", STORY)
    watched.feed("a").publish(first)
    watched.refresh()
    watched.library.save_search("strait", "strait", alert=True)
    watched.feed("a").say(edited(churned(first), title="Strait still closed"))
    assert watched.refresh().alerts == 0


def test_two_hundred_items_under_new_ids_raise_no_alert(watched: World) -> None:
    items = [item(f"Port {n}", f"The port of town {n} closed.") for n in range(200)]
    watched.feed("a").say(*items)
    assert watched.refresh().alerts == 200
    watched.feed("a").say(*map(churned, items))
    assert watched.refresh().alerts == 0


@pytest.mark.parametrize("dated", [True, False], ids=["dated anew", "undated"])
def test_the_same_text_under_new_ids_is_no_news_however_late(watched: World, dated: bool) -> None:
    """As from an archive that is served again months later."""
    old = [item(f"Port {n}", f"{n} {n * 7} {STORY} {n * 3}") for n in range(9)]
    fixed = old if dated else [replace(one, published=None) for one in old]
    watched.feed("a").say(*fixed)
    assert watched.refresh().alerts == 9
    for _ in range(4):
        watched.pass_time(days=40)
        again = [replace(churned(one), published=watched.now if dated else None) for one in old]
        watched.feed("a").say(*again)
        assert watched.refresh().alerts == 0


def test_a_text_of_a_few_words_may_be_true_again_another_day(watched: World) -> None:
    old = item("Port closed", "As ever.")
    watched.feed("a").publish(old)
    assert watched.refresh().alerts == 1
    watched.pass_time(days=40)
    watched.feed("a").publish(replace(churned(old), published=watched.now))
    assert watched.refresh().alerts == 1


def test_the_same_text_says_nothing_to_a_search_that_never_matched_it(watched: World) -> None:
    old = item("Quay closed", OTHER.replace("port", "quay"))
    watched.feed("a").publish(old)
    watched.refresh()
    watched.library.save_search("quay", "quay", alert=True)
    watched.catch_up()
    watched.library.save_search("olives", "olive", alert=True)
    watched.pass_time(days=40)
    watched.catch_up()
    watched.feed("b").publish(replace(churned(old), published=watched.now))
    fired = {alert.saved_search for alert in watched.alerts()}
    assert (watched.refresh().alerts, fired) == (2, set()), "another feed has not said it before"


@pytest.fixture
def empty(world: World) -> World:
    """A feed that had nothing yet when it was first read."""
    world.library.save_search("port", "port", alert=True)
    world.feed("a").say()
    world.refresh()
    world.pass_time(hours=3)
    return world


def test_what_an_empty_feed_brings_first_is_its_first_fetch_but_for_news(empty: World) -> None:
    stale, undated = item("Old port", hours_ago=1), item("Port some day", published=None)
    empty.feed("a").publish(stale, undated, item("Port closed", hours_ago=-2))
    assert empty.refresh().alerts == 1
    assert [alert.title for alert in empty.alerts()] == ["Port closed"]
    assert len(empty.hits("port")) == 3


def test_an_empty_feed_is_like_any_other_once_it_has_brought_something(empty: World) -> None:
    empty.feed("a").publish(item("First", hours_ago=1))
    empty.refresh()
    empty.feed("a").publish(item("Port closed", hours_ago=1), item("Port", published=None))
    assert empty.refresh().alerts == 2


def test_a_feed_that_is_empty_for_a_while_has_been_read_before(watched: World) -> None:
    watched.feed("a").say()
    watched.refresh()
    watched.feed("a").publish(item("Port closed", hours_ago=1))
    assert watched.refresh().alerts == 1


def test_copies_are_known_after_a_restart(watched: World) -> None:
    watched.feed("a").publish(item("Port closed", STORY))
    watched.refresh()
    watched.reopen()
    watched.feed("b").publish(item("Tobruk: the port is closed", STORY))
    assert watched.refresh().alerts == 0


def test_renamed_search_does_not_fire_again_when_an_article_loses_and_regains_its_words(
    watched: World,
) -> None:
    first = item("Port closed")
    feed = watched.feed("a").publish(first)
    assert watched.refresh().alerts == 1
    watched.library.edit_search("port", new_name="harbours")
    feed.publish(edited(first, title="Harbour closed"))
    watched.refresh()
    feed.publish(edited(first, title="Port open"))
    assert watched.refresh().alerts == 0


def test_alert_remembers_query_and_text_and_how_urgent_it_was(watched: World) -> None:
    watched.library.edit_search("port", query="harbour", rule=AlertRule(priority="high"))
    watched.catch_up()
    old = item("Quay closed")
    feed = watched.feed("a").publish(old)
    watched.refresh()
    feed.publish(edited(old, title="Harbour closed"))
    watched.refresh()
    (alert,) = watched.alerts()
    assert (alert.version, alert.revision, alert.priority) == (2, 2, "high")
    watched.library.edit_search("port", query="quay", rule=AlertRule(priority="low"))
    watched.catch_up()
    assert watched.alerts() == [alert]


def test_edited_query_fires_nothing_for_the_archive(watched: World) -> None:
    watched.feed("a").publish(item("Quay closed"))
    watched.refresh()
    watched.library.edit_search("port", query="quay")
    watched.catch_up()
    assert (watched.hits("port"), watched.alerts()) == ({"Quay closed"}, [])


def test_age_limit_can_be_set_for_each_search(watched: World) -> None:
    watched.library.save_search("patient", "port", alert=True, rule=AlertRule(max_age_hours=100))
    watched.library.save_search("hasty", "port", alert=True, rule=AlertRule(max_age_hours=1))
    watched.feed("a").publish(item("Port closed", hours_ago=72), item("Port open", hours_ago=0.5))
    watched.refresh()
    fired = {(alert.saved_search, alert.title) for alert in watched.alerts()}
    assert fired == {
        ("patient", "Port closed"), ("patient", "Port open"), ("hasty", "Port open"),
        ("port", "Port open"),
    }  # fmt: skip


# --- what is due when


def test_alert_waits_for_each_channel_of_its_rule(watched: World) -> None:
    rule = AlertRule("daily", ("email", "webhook"))
    watched.library.save_search("digest", "port", alert=True, rule=rule)
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    assert waiting(watched) == [watched.now]
    (mail,) = waiting(watched, "email")
    assert waiting(watched, "webhook") == [mail]
    assert mail.astimezone().hour == 8
    assert watched.now < mail <= watched.now + timedelta(hours=25)
    assert len(watched.alerts()) == 2


def test_rule_without_channels_fires_into_the_inbox_alone(watched: World) -> None:
    watched.library.edit_search("port", rule=AlertRule(channels=()))
    watched.feed("a").publish(item("Port closed"))
    assert watched.refresh().alerts == 1
    assert [state.waiting for state in watched.library.channels()] == [0, 0, 0, 0]


def test_cooldown_holds_what_fires_after_a_delivery(watched: World) -> None:
    watched.library.edit_search("port", rule=AlertRule(cooldown_minutes=60))
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    (notice,) = watched.library.notices()
    watched.library.delivered(notice.batch)
    delivered = watched.now
    watched.pass_time(minutes=10)
    watched.feed("a").publish(item("Port open"))
    watched.refresh()
    assert waiting(watched) == [delivered + timedelta(hours=1)]
    assert watched.library.notices() == []
    watched.pass_time(minutes=50)
    assert len(watched.library.notices()) == 1


def test_settings_that_change_count_from_then_on(watched: World) -> None:
    at = watched.now.astimezone()
    quiet = f"{at - timedelta(hours=1):%H:%M}-{at + timedelta(hours=2):%H:%M}"
    watched.desk.ingest.alarm.usual = Usual(quiet=quiet, max_age=timedelta(hours=1))
    watched.feed("a").publish(item("Port closed"), item("Old port", hours_ago=2))
    assert watched.refresh().alerts == 1
    assert waiting(watched) == [watched.now + timedelta(hours=2)]


def test_nothing_waits_of_an_article_that_could_not_be_stored(
    watched: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    watched.feed("a").publish(item("Port closed"))
    with monkeypatch.context() as patched:
        patched.setattr(watched.store.feeds, "fetched", full)
        with pytest.raises(StoreError):
            watched.refresh()
    assert (watched.alerts(), waiting(watched)) == ([], [])
    watched.reopen()
    assert watched.refresh().alerts == 1
    assert len(waiting(watched)) == 1


def test_alert_turned_off_gives_up_what_waits_and_undo_brings_it_back(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.library.edit_search("port", alert=False)
    assert waiting(watched) == []
    assert len(watched.alerts()) == 1
    watched.library.undo()
    assert len(waiting(watched)) == 1


def test_channel_taken_out_of_a_rule_gives_up_what_waits_for_it(watched: World) -> None:
    watched.library.edit_search("port", rule=AlertRule(channels=("desktop", "email")))
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.library.edit_search("port", rule=AlertRule(channels=("email",)))
    assert (waiting(watched), len(waiting(watched, "email"))) == ([], 1)


def test_times_are_in_utc(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    assert {moment.tzinfo for moment in waiting(watched)} == {UTC}
