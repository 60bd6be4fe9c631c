"""What the window reads and does with what fired: words in context, judging, desktop notices."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.domain.alert import Alert, AlertRule, Context, InboxQuery
from reader.domain.library import Changes, FolderLine
from reader.domain.scope import Scope
from reader.errors import NotFoundError, UsageError
from reader.services.library import SPARK_DAYS, Library
from tests.helpers.world import World, edited, item


@pytest.fixture
def watched(world: World) -> World:
    """The alerts "port" and "tobruk", and a feed that has been fetched before."""
    world.library.save_search("port", "port", alert=True)
    world.library.save_search("tobruk", "tobruk", alert=True)
    world.feed("a").publish(item("Nothing"))
    world.refresh()
    return world


def test_alert_shows_its_words_in_the_text_that_fired_it(watched: World) -> None:
    first = item("Port closed", "The port of Tobruk is shut.")
    watched.feed("a").publish(first)
    watched.refresh()
    watched.feed("a").publish(edited(first, title="Harbour closed", body="All is well."))
    watched.refresh()
    alerts = {alert.saved_search: alert for alert in watched.alerts()[:9]}
    assert alerts["port"].context == (
        Context("title", "Port closed", ((0, 4),)),
        Context("body", "The port of Tobruk is shut.", ((4, 8),)),
    )
    assert alerts["tobruk"].context == (
        Context("body", "The port of Tobruk is shut.", ((12, 18),)),
    )
    assert alerts["port"].title == "Harbour closed"


def test_alert_of_a_search_without_words_shows_the_beginning(watched: World) -> None:
    watched.library.save_search("english", "lang:en", alert=True)
    watched.feed("a").publish(item("Olives", "The harvest begins."))
    watched.refresh()
    (alert,) = watched.alerts()
    assert (alert.why, alert.context) == ((), (Context("body", "The harvest begins.", ()),))


def test_alerts_of_articles_are_those_and_no_others(watched: World) -> None:
    watched.feed("a").publish(item("Port of Tobruk"), item("Port closed"), item("Olives"))
    watched.refresh()
    both, one, none = (watched.id(t) for t in ("Port of Tobruk", "Port closed", "Olives"))
    found = watched.library.alerts_of([both, none])
    assert {i: {alert.saved_search for alert in told} for i, told in found.items()} == {
        both: {"port", "tobruk"}
    }
    assert set(watched.library.alerts_of([one])[one]) <= set(watched.alerts()[:9])


def test_deleted_article_has_no_alerts(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    number = watched.id("Port closed")
    watched.store.marks.deleted([number], True)
    assert watched.library.alerts_of([number]) == {}
    assert watched.library.notices() == []


# --- judging


def test_judgement_stands_with_the_alert_and_is_counted(watched: World) -> None:
    watched.feed("a").publish(item("Port of Tobruk"), item("Port closed"))
    watched.refresh()
    both, one = watched.id("Port of Tobruk"), watched.id("Port closed")
    assert watched.library.judge("port", [both, one, 999], True).articles == {both, one}
    watched.library.judge("port", [one], False)
    kept = {(alert.saved_search, alert.article_id): alert.kept for alert in watched.alerts()}
    assert kept == {("port", both): True, ("port", one): False, ("tobruk", both): None}
    line = watched.library.overview().saved[0]
    assert (line.kept, line.noise) == (1, 1)
    precision = watched.library.precision("port")
    assert (precision.share, len(precision.weeks)) == (0.5, 1)


def test_judging_the_same_again_changes_nothing(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    number = watched.id("Port closed")
    watched.library.judge("port", [number], True)
    assert watched.library.judge("port", [number, number], True) == Changes()
    watched.library.judge("port", [number], None)
    assert watched.library.judge("port", [number], None) == Changes()
    assert len([e for e in watched.store.journal.entries(9) if e.what == "judge"]) == 2


def test_judgement_outlives_the_hit(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.library.judge("port", [watched.id("Port closed")], False)
    watched.library.edit_search("port", query="harbour")
    watched.catch_up()
    line = watched.library.overview().saved[0]
    assert (line.total, line.noise) == (0, 1)


def test_search_that_is_not_there_is_named(watched: World) -> None:
    for asked in (lambda: watched.library.judge("x", [1], True),
                  lambda: watched.library.precision("x")):  # fmt: skip
        with pytest.raises(NotFoundError, match="“x”"):
            asked()


# --- desktop


def test_what_is_due_is_one_notice_with_the_alerts_of_an_article_side_by_side(
    watched: World,
) -> None:
    watched.feed("a").publish(
        item("Port of Tobruk"), item("Port closed"), item("Tobruk port again")
    )
    watched.refresh()
    (notice,) = watched.library.notices()
    assert (notice.channel, notice.missed, notice.priority, notice.sound) == (
        "desktop", False, "normal", False,
    )  # fmt: skip
    assert len(notice.alerts) == 5
    articles = [alert.article_id for alert in notice.alerts]
    assert sorted(articles, key=articles.index) == articles
    assert all(alert.context for alert in notice.alerts)


def test_notice_stays_due_under_its_name_until_it_is_delivered(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    (first,) = watched.library.notices()
    watched.feed("a").publish(item("Port open"))
    watched.refresh()
    watched.reopen()
    (again,) = watched.library.notices()
    assert (again.batch, again.alerts) == (first.batch, first.alerts)
    assert watched.library.delivered(first.batch).counts
    assert watched.library.delivered(first.batch) == Changes()
    (second,) = watched.library.notices()
    assert [alert.title for alert in second.alerts] == ["Port open"]
    watched.library.delivered(second.batch)
    assert watched.library.notices() == []


def test_what_fired_while_nobody_was_there_is_told_once_as_missed(watched: World) -> None:
    for title in ("Port closed", "Port open"):
        watched.pass_time(hours=3)
        watched.feed("a").publish(item(title))
        watched.refresh()
    watched.pass_time(hours=5)
    window = Library(watched.store, watched.clock)
    (notice,) = window.notices()
    assert (notice.missed, len(notice.alerts)) == (True, 2)
    window.delivered(notice.batch)
    assert window.notices() == []
    watched.feed("a").publish(item("Port busy"))
    watched.refresh()
    (fresh,) = window.notices()
    assert not fresh.missed


def test_notice_sounds_and_is_as_urgent_as_the_most_urgent_alert(watched: World) -> None:
    watched.library.edit_search("port", rule=AlertRule(sound=True, priority="low"))
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    (quiet,) = watched.library.notices()
    assert (quiet.sound, quiet.priority) == (False, "low")
    watched.library.delivered(quiet.batch)
    watched.library.edit_search("tobruk", rule=AlertRule(sound=True, priority="high"))
    watched.feed("a").publish(item("Port of Tobruk"))
    watched.refresh()
    (loud,) = watched.library.notices()
    assert (loud.sound, loud.priority) == (True, "high")


def test_notice_of_articles_deleted_meanwhile_is_none(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    assert len(watched.library.notices()) == 1
    watched.store.marks.deleted([watched.id("Port closed")], True)
    assert watched.library.notices() == []
    assert watched.library.channels()[0].waiting == 0


def test_asking_for_notices_when_there_are_none_writes_nothing(watched: World) -> None:
    before = watched.store.connection.total_changes
    assert watched.library.notices() == []
    assert watched.store.connection.total_changes == before


def test_channels_say_what_is_set_up_and_what_waits(watched: World) -> None:
    watched.library.edit_search("port", rule=AlertRule(channels=("desktop", "email")))
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.store.outbox.failed("email", "No server.", watched.now + timedelta(minutes=5))
    library = Library(watched.store, watched.clock, configured=lambda: ("desktop", "webhook"))
    states = {state.name: state for state in library.channels()}
    assert [state.configured for state in states.values()] == [True, False, True, False]
    assert (states["email"].waiting, states["email"].error) == (1, "No server.")
    assert [s.configured for s in watched.library.channels()] == [True, False, False, False]


# --- folders and days in the sidebar


def test_article_of_several_searches_counts_once_in_their_folder(watched: World) -> None:
    for name in ("port", "tobruk"):
        watched.library.edit_search(name, folder="Libya")
    watched.feed("a").publish(item("Port of Tobruk"), item("Port closed"), item("Olives"))
    watched.refresh()
    watched.library.mark([watched.id("Port closed")], read=True)
    overview = watched.library.overview()
    assert overview.saved_folders == (FolderLine("Libya", 2, 1),)
    assert [(line.total, line.unread) for line in overview.saved] == [(2, 1), (1, 1)]
    assert set(watched.titles(watched.ids(Scope(saved_folder="libya")))) == {
        "Port of Tobruk", "Port closed",
    }  # fmt: skip
    watched.library.edit_search("port", folder="")
    assert watched.library.overview().saved_folders == (FolderLine("Libya", 1, 1),)
    watched.library.edit_search("tobruk", folder="Sea")
    assert watched.library.overview().saved_folders == (FolderLine("Sea", 1, 1),)


def test_folder_of_searches_can_be_marked_read(watched: World) -> None:
    watched.library.edit_search("port", folder="Libya")
    watched.feed("a").publish(item("Port closed"), item("Olives"))
    watched.refresh()
    changes = watched.library.mark_all_read(Scope(saved_folder="Libya", unread=True))
    assert changes.articles == {watched.id("Port closed")}
    assert watched.library.overview().saved_folders == (FolderLine("Libya", 1, 0),)


def test_days_of_a_search_add_up_to_its_hits_of_these_days(watched: World) -> None:
    today = watched.now.astimezone().replace(hour=12, minute=0)
    ages = {0: 2, 1: 1, 29: 3, 30: 5}
    items = [
        item(f"Port {age} {n}", published=(today - timedelta(days=age)))
        for age, count in ages.items()
        for n in range(count)
    ]
    watched.pass_time(hours=5)
    watched.feed("a").publish(*items)
    watched.refresh()
    watched.store.marks.deleted([watched.id("Port 29 0")], True)
    line, other = watched.library.overview().saved
    assert len(line.days) == SPARK_DAYS
    assert {29 - i: count for i, count in enumerate(line.days) if count} == {0: 2, 1: 1, 29: 2}
    assert (line.total, sum(other.days)) == (10, 0)


def test_impossible_rule_is_refused_and_nothing_saved(watched: World) -> None:
    with pytest.raises(UsageError, match="quiet"):
        watched.library.save_search("x", "x", rule=AlertRule(quiet="late"))
    with pytest.raises(UsageError, match="priority"):
        watched.library.edit_search("port", rule=AlertRule(priority="urgent"), query="harbour")
    assert [line.saved.query for line in watched.library.overview().saved] == ["port", "tobruk"]


def test_removed_search_comes_back_with_judgements_alerts_and_what_waits(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.library.judge("port", [watched.id("Port closed")], True)
    before = watched.alerts()
    watched.library.remove_search("port")
    assert [(a.saved_id, a.kept) for a in watched.alerts()] == [(None, None)]
    assert watched.library.channels()[0].waiting == 0
    watched.reopen()
    watched.library.undo()
    watched.catch_up()
    assert watched.alerts() == before
    assert watched.library.channels()[0].waiting == 1
    assert watched.library.precision("port").kept == 1
    watched.feed("a").publish(replace(watched.feed("a").items[0], author="Somebody"))
    assert watched.refresh().alerts == 0
    (alert,) = watched.alerts()
    assert isinstance(alert, Alert)


def test_the_inbox_lists_and_counts_what_a_walk_over_all_alerts_finds(watched: World) -> None:
    """Against a plain reading of the same rules, for every filter there is."""
    chance = random.Random(7)
    watched.library.save_search("strait", "strait", alert=True)
    watched.library.save_search("gone", "port OR strait", alert=True)
    for n in range(30):
        words = chance.sample(["Port", "Strait", "Quay"], chance.randint(1, 2))
        watched.feed("a").publish(item(f"{' '.join(words)} {n}"))
        watched.pass_time(minutes=chance.choice([0, 5]))
        watched.refresh()
        if n == 20:
            watched.library.alerts_seen()
    watched.library.remove_search("gone")
    ids = watched.ids()
    for name, kept in (("port", True), ("port", False), ("strait", True)):
        watched.library.judge(name, chance.sample(ids, 12), kept)
    watched.library.mark(chance.sample(ids, 9), read=True)
    alerts = watched.alerts()
    searches = {alert.saved_id for alert in alerts if alert.saved_id is not None}
    among = tuple(alert.id for alert in alerts if alert.seen)[:5]
    assert len(searches) > 1
    for verdict in ("all", "open", "kept", "noise"):
        for saved in (0, *searches):
            for unseen, unread in itertools.product((False, True), repeat=2):
                wanted = InboxQuery(verdict, saved, unseen, among, unread)
                found = watched.library.inbox(wanted)
                assert found.ids.tolist() == _walked(watched, alerts, wanted)
                assert found.counts == {
                    one: len(_walked(watched, alerts, replace(wanted, verdict=one)))
                    for one in ("all", "open", "kept", "noise")
                }
                assert found.searches == searches
                assert found.unseen == {a.id: a.article_id for a in alerts if not a.seen}


def _walked(world: World, alerts: Sequence[Alert], wanted: InboxQuery) -> list[int]:
    states = {None: "open", True: "kept", False: "noise"}
    read = {line.id: line.read for line in world.library.lines(world.ids())}
    there = {
        alert.article_id
        for alert in alerts
        if wanted.saved in (0, alert.saved_id)
        and (not wanted.unseen or not alert.seen or alert.id in wanted.among)
        and (
            wanted.verdict == "all"
            or (alert.saved_id is not None and states[alert.kept] == wanted.verdict)
        )
        and not (wanted.unread and read[alert.article_id])
    }
    return [number for number in dict.fromkeys(a.article_id for a in alerts) if number in there]


def test_deleted_articles_are_not_listed_in_the_inbox(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"), item("Port open"))
    watched.refresh()
    gone = watched.id("Port closed")
    watched.store.connection.execute("UPDATE article SET deleted = 1 WHERE id = ?", (gone,))
    found = watched.library.inbox(InboxQuery())
    assert gone not in found.ids
    assert found.counts["all"] == len(found.ids) == 1
    assert gone not in found.unseen.values()
