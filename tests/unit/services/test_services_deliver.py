"""Delivery with a real outbox: grouped, put off, retried for ever, and told once."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.delivery.message import Message, document
from reader.domain.alert import AlertRule
from reader.domain.due import Usual
from reader.errors import DeliveryError, UsageError
from reader.services.deliver import BUG, Deliverer, Sent
from reader.services.dispatch import LONGEST, MOST, REPEATS, WAITS, Dispatch, wait_after
from reader.services.undo import NAMES
from tests.helpers.world import START, World, item

T = TypeVar("T")
BERLIN = ZoneInfo("Europe/Berlin")
ALL = ("email", "webhook", "command")


class FakeChannel:
    """Keeps what it is sent; raises `trouble` instead while there is one."""

    def __init__(self) -> None:
        self.told: list[Message] = []
        self.trouble: Exception | None = None
        self.before_the_end: Callable[[], None] = lambda: None
        """Called when a message has arrived, before anybody knows."""

    async def send(self, told: Message) -> None:
        await asyncio.sleep(0)
        if self.trouble is not None:
            raise self.trouble
        self.told.append(told)
        self.before_the_end()

    @property
    def titles(self) -> list[list[str]]:
        return [[one.title for one in told.items] for told in self.told]


class Channels:
    def __init__(self) -> None:
        self.email, self.webhook, self.command = FakeChannel(), FakeChannel(), FakeChannel()
        self.set_up: tuple[str, ...] = ("desktop", *ALL)
        self.settings: dict[str, int] = {}

    def configured(self) -> tuple[str, ...]:
        return self.set_up

    def state(self, channel: str) -> object:
        return self.settings.get(channel, 0)

    def open(self, channel: str) -> FakeChannel:
        if channel not in self.set_up:
            raise UsageError(f"{channel} is not set up.")
        found: FakeChannel = getattr(self, channel)
        return found


class Post:
    """A world with an alert "port", a feed that has been fetched, and somebody who delivers."""

    def __init__(self, world: World, **rule: Any) -> None:
        self.world = world
        self.channels = Channels()
        self.dispatch = Dispatch(world.store, Usual(), world.clock, UTC)
        self.deliverer = Deliverer(self._on_writer, self.channels)
        self.save("port", **rule)
        world.feed("a").publish(item("Nothing of interest"))
        world.refresh()
        self.dispatch.present()

    async def _on_writer(self, work: Callable[[Dispatch], T]) -> T:
        return work(self.dispatch)

    def save(self, name: str, **rule: Any) -> None:
        chosen = AlertRule(**{"channels": ("email",), **rule})
        self.world.library.save_search(name, name, alert=True, rule=chosen)

    def change(self, name: str, **rule: Any) -> None:
        saved = self.world.library.saved(name)
        self.world.library.edit_search(name, rule=replace(saved.rule, **rule))

    def news(self, *titles: str) -> None:
        self.world.feed("a").publish(*(item(title) for title in titles))
        self.world.refresh()

    def deliver(self, *, at_once: bool = False) -> dict[str, Sent]:
        sent = asyncio.run(self.deliverer.deliver(at_once=at_once))
        return {one.channel: one for one in sent}

    def state(self, channel: str = "email") -> Any:
        return next(one for one in self.world.store.outbox.states() if one.name == channel)


Made = Callable[..., Post]


@pytest.fixture
def made(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield lambda **rule: Post(world, **rule)
    monkeypatch.undo()
    time.tzset()


def test_alerts_of_a_round_go_out_together_once(made: Made) -> None:
    post = made(channels=ALL)
    post.save("shut")
    post.news("Port shut", "Port open")
    sent = post.deliver()
    assert {name: (one.messages, one.articles) for name, one in sent.items()} == {
        "email": (1, 2), "webhook": (1, 2), "command": (1, 2),
    }  # fmt: skip
    (told,) = post.channels.email.told
    both = next(one for one in told.items if one.title == "Port shut")
    assert {alert.saved_search for alert in both.alerts} == {"port", "shut"}
    assert {a.saved_search for a in post.channels.webhook.told[0].notice.alerts} == {"port"}
    assert all(context.spans for alert in both.alerts for context in alert.context)
    assert post.deliver()["email"] == Sent("email")
    assert post.state().waiting == 0
    assert post.state().last_sent == START


def test_failing_channel_keeps_no_other_waiting_and_drops_nothing(made: Made) -> None:
    post = made(channels=ALL)
    post.channels.email.trouble = DeliveryError("The mail server is on fire.")
    post.channels.command.trouble = ZeroDivisionError()
    post.news("Port shut")
    sent = post.deliver()
    assert sent["email"].error == "The mail server is on fire."
    assert sent["command"].error == BUG
    assert post.channels.webhook.titles == [["Port shut"]]
    assert [post.state(name).waiting for name in ALL] == [1, 0, 1]
    assert post.state("command").error == BUG


def test_failure_is_waited_out_longer_each_time_and_told_once(made: Made) -> None:
    post = made()
    post.channels.email.trouble = DeliveryError("No.")
    post.news("Port shut")
    waits, told = [], []
    for _ in range(7):
        before = post.world.now
        told.append(post.deliver()["email"].sentence())
        again = post.state().next_try
        waits.append(int((again - before).total_seconds() // 60))
        post.world.now = again - timedelta(seconds=1)
        assert post.deliver()["email"] == Sent("email"), "it is left alone until then"
        post.world.now = again
    assert waits == [1, 5, 15, 60, 60, 60, 60]
    assert told == ["No. Alerts for e-mail wait, and are sent again.", *[""] * 6]
    assert post.state().failures == 7
    post.channels.email.trouble = None
    post.news("Port open")
    sent = post.deliver()["email"]
    assert sent.sentence() == "E-mail works again."
    assert sorted(title for titles in post.channels.email.titles for title in titles) == [
        "Port open", "Port shut",
    ]  # fmt: skip
    assert (post.state().failures, post.state().error, post.state().next_try) == (0, "", None)
    post.news("Port sold")
    assert post.deliver()["email"].sentence() == ""


@given(st.integers(1, 1000), st.none() | st.floats(0, 1e9))
def test_wait_is_never_shorter_than_ours_nor_longer_than_a_day(
    failures: int, asked: float | None
) -> None:
    wait = wait_after(failures, asked)
    ours = timedelta(minutes=WAITS[min(failures, 4) - 1])
    assert ours <= wait <= LONGEST
    assert asked is None or wait >= min(timedelta(seconds=asked), LONGEST)


def test_server_that_asks_for_more_time_gets_it(made: Made) -> None:
    post = made()
    post.channels.email.trouble = DeliveryError("Slower.", 600)
    post.news("Port shut")
    post.deliver()
    assert post.state().next_try == START + timedelta(minutes=10)


def test_changed_settings_and_a_persons_wish_end_the_waiting(made: Made) -> None:
    post = made()
    post.channels.email.trouble = DeliveryError("No.")
    post.news("Port shut")
    post.deliver()
    post.channels.email.trouble = None
    assert post.deliver()["email"].messages == 0
    post.channels.settings["email"] = 1
    assert post.deliver()["email"].messages == 1
    post.channels.email.trouble = DeliveryError("No.")
    post.news("Port open")
    post.deliver()
    post.channels.email.trouble = None
    assert post.deliver(at_once=True)["email"].messages == 1


def test_channel_that_is_not_set_up_keeps_its_alerts(made: Made) -> None:
    post = made()
    post.channels.set_up = ("desktop",)
    post.news("Port shut")
    assert post.deliver() == {}
    assert post.state().waiting == 1
    post.channels.set_up = ("desktop", "email")
    post.deliver()
    assert post.channels.email.titles == [["Port shut"]]


class Killed(BaseException):
    """Nothing that the program could do anything about."""


def test_kill_between_sending_and_knowing_repeats_the_same_batch(made: Made) -> None:
    """The receiver sees the same name and the same content, and can tell."""
    post = made()
    post.news("Port shut", "Port open")

    def killed() -> None:
        raise Killed

    post.channels.email.before_the_end = killed
    with pytest.raises(Killed):
        post.deliver()
    post.channels.email.before_the_end = lambda: None
    world = post.world
    world.reopen()
    world.pass_time(minutes=3)
    post.dispatch = Dispatch(world.store, Usual(), world.clock, UTC)
    post.news("Port sold")
    post.deliver()
    first, again, after = post.channels.email.told
    assert document(first) == document(again)
    assert after.notice.batch != first.notice.batch
    assert post.channels.email.titles[2] == ["Port sold"]
    assert post.state().waiting == 0


def test_what_was_due_before_anybody_was_there_is_marked_missed(made: Made) -> None:
    post = made()
    post.news("Port shut")
    post.news("Port open")
    post.world.pass_time(hours=5)
    post.dispatch.present()
    post.deliver()
    (told,) = post.channels.email.told
    assert told.notice.missed
    assert len(told.items) == 2, "once, grouped"
    post.news("Port sold")
    post.deliver()
    assert not post.channels.email.told[1].notice.missed


@pytest.mark.parametrize(("minutes", "missed"), [(1, True), (30, False)])
def test_what_the_first_round_brings_to_the_desktop_is_marked_missed_as_well(
    made: Made, minutes: float, missed: bool
) -> None:
    """But not what comes after it, nor when somebody has been there for long."""
    post = made(channels=("desktop",))
    post.world.pass_time(hours=1)
    post.world.reopen()  # a window opens, and its first round begins
    dispatch = Dispatch(post.world.store, Usual(), post.world.clock, UTC)
    post.world.pass_time(minutes=minutes)
    post.news("Port shut")
    post.world.pass_time(seconds=5)
    dispatch.present()
    (notice,) = post.world.library.notices()
    assert notice.missed == missed
    post.world.library.delivered(notice.batch)
    post.news("Port open")
    (notice,) = post.world.library.notices()
    assert not notice.missed


def test_articles_that_were_deleted_meanwhile_are_not_told(made: Made) -> None:
    post = made()
    post.news("Port shut")
    batch = post.world.store.outbox.batched("email", post.world.now)
    assert batch is not None
    sql = "UPDATE article SET deleted = 1 WHERE title = 'Port shut'"
    post.world.store.connection.execute(sql)
    post.deliver()
    assert post.channels.email.told == []
    assert post.state().waiting == 0


# -- when


def test_digest_goes_out_at_its_hour_with_everything_until_then(made: Made) -> None:
    post = made(when="daily")
    usual = Usual(digest_hour=8)
    post.dispatch.usual = post.world.desk.ingest.alarm.usual = usual
    post.world.desk.ingest.alarm.zone = UTC
    post.news("Port shut")
    post.world.pass_time(hours=10)
    post.news("Port open")
    assert post.deliver()["email"].messages == 0
    post.world.now = datetime(2026, 3, 5, 7, 59, 59, tzinfo=UTC)
    assert post.deliver()["email"].messages == 0
    post.world.now = datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert post.deliver()["email"].articles == 2
    assert len(post.channels.email.told) == 1


def test_quiet_hours_that_were_set_since_are_kept(made: Made) -> None:
    post = made()
    post.news("Port shut")
    post.change("port", quiet="11:00-13:00")
    assert post.deliver()["email"].messages == 0
    post.world.now = datetime(2026, 3, 4, 12, 59, 59, tzinfo=UTC)
    assert post.deliver()["email"].messages == 0
    post.world.now = datetime(2026, 3, 4, 13, tzinfo=UTC)
    assert post.deliver()["email"].messages == 1


def test_what_failed_before_quiet_hours_is_not_tried_again_in_them(made: Made) -> None:
    post = made()
    post.save("open")
    post.news("Port open")
    post.channels.email.trouble = DeliveryError("The server is away.")
    assert post.deliver()["email"].error
    post.channels.email.trouble = None
    post.change("port", quiet="11:00-13:00")
    post.change("open", quiet="11:00-13:00")
    post.world.now = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
    assert post.deliver()["email"].messages == 0
    post.change("open", priority="high")
    assert post.deliver()["email"].messages == 1


def test_quiet_hours_of_the_settings_hold_for_rules_that_leave_it_to_them(made: Made) -> None:
    post = made()
    post.save("own", quiet="none")
    post.save("urgent", priority="high")
    post.dispatch.usual = Usual(quiet="11:00-13:00")
    post.news("Port shut", "An own thing", "Something urgent")
    post.deliver()
    assert sorted(post.channels.email.titles[0]) == ["An own thing", "Something urgent"]
    assert post.state().waiting == 1


def test_what_failed_before_quiet_hours_is_tried_again_after_them(made: Made) -> None:
    post = made(quiet="13:00-20:00")
    post.channels.email.trouble = DeliveryError("No.")
    post.news("Port shut")
    post.deliver()
    post.channels.email.trouble = None
    post.world.now = datetime(2026, 3, 4, 13, tzinfo=UTC)
    assert post.deliver(at_once=True)["email"].messages == 0
    post.world.now = datetime(2026, 3, 4, 20, tzinfo=UTC)
    assert post.deliver()["email"].messages == 1


def test_what_goes_out_in_quiet_hours_takes_along_what_was_begun(made: Made) -> None:
    post = made(quiet="13:00-20:00")
    post.save("urgent", priority="high")
    post.channels.email.trouble = DeliveryError("No.")
    post.news("Port shut")
    post.deliver()
    post.channels.email.trouble = None
    post.world.now = datetime(2026, 3, 4, 14, tzinfo=UTC)
    post.news("Port open", "Something urgent")
    post.deliver()
    assert post.channels.email.titles == [["Port shut"], ["Something urgent"]]


@pytest.mark.parametrize(
    ("now", "end"),
    [
        # The night the clocks go forward: 02:00 becomes 03:00.
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
        # The night they go back: 03:00 becomes 02:00.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_quiet_hours_end_by_the_local_clock_on_the_days_it_is_changed(
    world: World, now: datetime, end: datetime
) -> None:
    world.now = now
    post = Post(world, quiet="22:00-07:00")
    post.dispatch = Dispatch(world.store, Usual(), world.clock, BERLIN)
    world.desk.ingest.alarm.zone = BERLIN
    world.feed("a").publish(item("Port shut", published=now))
    world.refresh()
    assert post.deliver()["email"].messages == 0
    world.now = end - timedelta(seconds=1)
    assert post.deliver()["email"].messages == 0
    world.now = end
    assert post.deliver()["email"].messages == 1


@pytest.mark.parametrize("when", ["hourly", "daily", "weekly"])
def test_what_waits_for_a_digest_goes_out_with_the_next_round_once_it_is_at_once(
    made: Made, when: str
) -> None:
    post = made(when=when)
    post.news("Port shut")
    assert post.deliver()["email"].messages == 0
    post.change("port", when="at once")
    post.deliver()
    assert post.channels.email.titles == [["Port shut"]]


def test_what_waits_for_a_weekly_digest_comes_with_the_daily_one_then(made: Made) -> None:
    post = made(when="weekly")
    post.news("Port shut")
    post.change("port", when="daily")
    post.world.pass_time(hours=19)
    assert post.deliver()["email"].messages == 0
    post.world.pass_time(hours=1)
    assert post.deliver()["email"].messages == 1


def test_what_could_not_be_sent_yet_is_kept_for_the_digest(made: Made) -> None:
    post = made(cooldown_minutes=30)
    post.news("Port shut")
    post.deliver()
    post.news("Port open")
    post.deliver()
    post.change("port", when="daily")
    post.world.pass_time(hours=1)
    assert post.deliver()["email"].messages == 0
    assert post.state().waiting == 1
    post.world.pass_time(hours=23)
    post.deliver()
    assert post.channels.email.titles == [["Port shut"], ["Port open"]]


def test_turned_off_what_waits_is_dropped_and_undo_brings_it_back_at_its_time(made: Made) -> None:
    post = made(when="daily")
    post.news("Port shut")
    at = post.world.store.outbox.next_due("email")
    post.world.library.edit_search("port", alert=False)
    assert post.world.store.outbox.next_due("email") is None
    post.world.reopen()
    post.world.library.undo()
    assert post.world.store.outbox.next_due("email") == at


def test_taken_back_a_change_of_time_gives_what_waits_its_time_again(made: Made) -> None:
    post = made(when="daily", channels=("email", "webhook"))
    post.news("Port shut")
    before = [post.world.store.outbox.next_due(name) for name in ("email", "webhook")]
    post.change("port", when="weekly")
    assert before != [post.world.store.outbox.next_due(name) for name in ("email", "webhook")]
    post.world.reopen()
    post.world.library.undo()
    assert before == [post.world.store.outbox.next_due(name) for name in ("email", "webhook")]


def test_at_once_still_minds_quiet_hours(made: Made) -> None:
    post = made(when="daily", quiet="11:00-13:00")
    post.news("Port shut")
    post.change("port", when="at once")
    assert post.deliver()["email"].messages == 0
    post.world.pass_time(hours=1, minutes=1)
    assert post.deliver()["email"].messages == 1


def test_cooldown_gathers_what_fires_after_a_message(made: Made) -> None:
    post = made(cooldown_minutes=30)
    post.save("other")
    post.news("Port shut")
    post.deliver()
    post.world.pass_time(minutes=10)
    post.news("Port open", "Port sold", "Some other thing")
    post.deliver()
    post.world.pass_time(minutes=19)
    post.deliver()
    assert post.channels.email.titles == [["Port shut"], ["Some other thing"]]
    post.world.pass_time(minutes=1)
    post.deliver()
    assert sorted(post.channels.email.titles[2]) == ["Port open", "Port sold"]


def test_cooldown_holds_for_what_fired_while_the_channel_was_failing(made: Made) -> None:
    post = made(cooldown_minutes=60)
    post.channels.email.trouble = DeliveryError("No.")
    post.news("Port shut")
    post.deliver()
    post.news("Port open")
    post.channels.email.trouble = None
    post.world.pass_time(minutes=1)
    post.deliver()
    assert post.channels.email.titles == [["Port shut"]]
    post.world.pass_time(minutes=60)
    post.deliver()
    assert post.channels.email.titles == [["Port shut"], ["Port open"]]


# -- many


def test_thousand_alerts_are_one_message_and_more_follow_at_once(made: Made) -> None:
    post = made()
    world = post.world
    post.news(*(f"Port {n}" for n in range(MOST + 50)))
    sent = post.deliver()["email"]
    assert (sent.messages, sent.articles) == (2, MOST + 50)
    titles = [title for titles in post.channels.email.titles for title in titles]
    assert sorted(titles) == sorted(f"Port {n}" for n in range(MOST + 50)), "each exactly once"
    assert world.store.outbox.next_due("email") is None


# -- the desktop, and trying out


class Narrow(FakeChannel):
    """Takes so many articles at once."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room
        self.refused = 0

    async def send(self, told: Message) -> None:
        if len(told.items) > self.room:
            self.refused += 1
            raise DeliveryError("Too large.", too_large=True)
        await super().send(told)


def test_receiver_that_takes_fewer_at_once_is_sent_fewer(made: Made) -> None:
    post = made(channels=("webhook",))
    post.save("shut", channels=("webhook",))
    post.channels.webhook = narrow = Narrow(3)
    titles = [f"The port {n} is shut" if n % 3 == 0 else f"A port {n}" for n in range(20)]
    post.news(*titles)
    assert not post.deliver()["webhook"].error
    told = [title for message in narrow.titles for title in message]
    assert sorted(told) == sorted(titles)
    assert sum(len(one.alerts) for message in narrow.told for one in message.items) == 27
    refused = narrow.refused
    post.news("Another port", "The port is shut again")
    post.deliver()
    assert (narrow.refused, len(narrow.titles[-1])) == (refused, 2)
    assert post.state("webhook").waiting == 0


def test_single_articles_that_are_too_large_are_set_aside_each_by_itself(made: Made) -> None:
    post = made(channels=("webhook",))
    post.save("shut", channels=("webhook",))
    post.channels.webhook = Narrow(0)
    post.news("The port is shut", "Port of call")
    sent = post.deliver()["webhook"]
    assert (sent.error, sent.refused, sent.refusal) == ("", 2, "Too large.")
    assert (post.state("webhook").waiting, post.state("webhook").refused) == (0, 3)
    post.channels.webhook = wide = FakeChannel()
    post.world.library.retry_refused("webhook")
    post.deliver()
    assert sorted(t for message in wide.titles for t in message) == [
        "Port of call",
        "The port is shut",
    ]


class Fussy(FakeChannel):
    """Never takes what tells of some word."""

    async def send(self, told: Message) -> None:
        if any("casino" in one.title for one in told.items):
            raise DeliveryError("Looks like spam.", refused=True)
        await super().send(told)


def test_what_is_refused_for_good_holds_nothing_up_and_is_not_tried_for_ever(made: Made) -> None:
    post = made()
    post.channels.email = fussy = Fussy()
    post.news("Port casino")
    sent = post.deliver()["email"]
    assert (sent.refused, sent.refusal, sent.error) == (1, "Looks like spam.", "")
    assert "set aside" in sent.sentence()
    post.news("Port shut")
    assert post.deliver()["email"].messages == 1, "at once: nothing is waited out"
    post.world.pass_time(days=2)
    assert post.deliver()["email"] == Sent("email")
    assert fussy.titles == [["Port shut"]]
    state = post.state()
    assert (state.refused, state.refusal, state.waiting, state.failures) == (
        1, "Looks like spam.", 0, 0,
    )  # fmt: skip


def test_what_was_refused_is_sent_again_once_a_person_says_so(made: Made) -> None:
    post = made()
    post.channels.email = Fussy()
    post.news("Port casino")
    post.deliver()
    post.world.library.retry_refused("email")
    assert post.deliver()["email"].refused == 1, "refused again, and set aside again"
    post.channels.email = easy = FakeChannel()
    post.world.library.retry_refused("email")
    post.deliver()
    assert easy.titles == [["Port casino"]]
    assert (post.state().refused, post.state().waiting) == (0, 0)


def test_a_refused_login_holds_everything_until_it_is_mended(made: Made) -> None:
    post = made()
    post.channels.email.trouble = DeliveryError("Wrong password.")
    post.news("Port shut")
    for _ in range(9):
        post.deliver()
        post.world.pass_time(hours=2)
    assert (post.state().refused, post.state().waiting, post.state().failures) == (0, 1, 9)


def test_a_failure_that_repeats_itself_is_a_refusal_and_others_go_on(made: Made) -> None:
    post = made(channels=("command",))
    post.channels.command.trouble = DeliveryError("Exit code 3.", sign="exit 3")
    post.news("Port shut")
    for wait in (*WAITS, 1):
        assert post.state("command").refused == 0
        post.deliver()
        post.world.pass_time(minutes=wait)
    assert (post.state("command").refused, post.state("command").waiting) == (1, 0)
    post.channels.command.trouble = None
    post.news("Port open")
    post.deliver()
    assert post.channels.command.titles == [["Port open"]]


def test_other_failures_in_between_start_the_count_anew(made: Made) -> None:
    post = made(channels=("command",))
    post.news("Port shut")
    for number in range(12):
        sign = "exit 3" if number % REPEATS else "exit 1"
        post.channels.command.trouble = DeliveryError("No.", sign=sign)
        post.deliver()
        post.world.pass_time(hours=2)
    assert (post.state("command").refused, post.state("command").waiting) == (0, 1)


def test_dropping_what_was_refused_can_be_taken_back_after_a_restart(made: Made) -> None:
    post = made()
    post.channels.email = Fussy()
    post.news("Port casino")
    post.deliver()
    assert post.world.library.drop_refused("email").counts
    assert post.state().refused == 0
    assert len(post.world.alerts()) == 1, "it stays in the inbox"
    post.world.reopen()
    assert post.world.library.undo()[0] == NAMES["drop refused"]
    assert (post.state().refused, post.state().refusal) == (1, "Looks like spam.")


def test_desktop_is_told_once_of_what_is_newly_due(made: Made) -> None:
    post = made(channels=("desktop",))
    post.news("Port shut")
    assert post.deliver()["email"].messages == 0
    first = post.dispatch.to_show(frozenset())
    assert len(first) == 1
    assert post.dispatch.to_show(first) == first
    (notice,) = post.world.library.notices()
    assert post.dispatch.to_show(first) == first, "it is being shown"
    post.news("Port open")
    more = post.dispatch.to_show(first)
    assert len(more - first) == 1
    post.world.library.delivered(notice.batch)
    assert post.dispatch.to_show(more) == more - first


def test_test_message_says_what_it_is_and_touches_nothing_that_waits(made: Made) -> None:
    post = made()
    post.news("Port shut")
    asyncio.run(post.deliverer.test("email"))
    (told,) = post.channels.email.told
    assert told.test
    assert document(told)["test"] is True
    assert post.state().waiting == 1
    post.channels.email.trouble = DeliveryError("No.")
    with pytest.raises(DeliveryError, match="No"):
        asyncio.run(post.deliverer.test("email"))
    assert post.state().failures == 0
    post.channels.set_up = ()
    with pytest.raises(UsageError):
        asyncio.run(post.deliverer.test("email"))


def test_two_deliveries_at_once_send_nothing_twice(made: Made) -> None:
    post = made()
    post.news("Port shut", "Port open")

    async def both() -> None:
        await asyncio.gather(post.deliverer.deliver(), post.deliverer.deliver(at_once=True))

    asyncio.run(both())
    assert len(post.channels.email.told) == 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_every_alert_arrives_and_twice_only_under_one_name(
    made: Made, seed: int
) -> None:
    """News, failures, kills, restarts, quiet hours and cooldowns in any order, then peace."""
    chance = random.Random(seed)
    post = made(channels=ALL)
    post.save("shut", channels=ALL, cooldown_minutes=20)
    post.save("open", channels=("webhook",), quiet="12:30-14:00", when="hourly")
    expected = {name: set[tuple[str, str]]() for name in ALL}
    kills = 0

    def news() -> None:
        number = chance.randrange(10**9)
        words = chance.sample(["Port", "shut", "open"], chance.randint(1, 3))
        title = f"{' '.join(words)} {number}"
        post.news(title)
        for word in words:
            for name in ("webhook",) if word == "open" else ALL:
                expected[name].add((title, word.lower()))

    def change_fortune() -> None:
        channel = post.channels.open(chance.choice(ALL))
        channel.trouble = chance.choice([None, DeliveryError("No."), ZeroDivisionError()])

    def killed() -> None:
        nonlocal kills
        kills += 1
        raise Killed

    def kill() -> None:
        channel = post.channels.open(chance.choice(ALL))
        channel.before_the_end = killed
        with contextlib.suppress(Killed):
            post.deliver(at_once=True)
        channel.before_the_end = lambda: None
        post.world.reopen()
        post.dispatch = Dispatch(post.world.store, Usual(), post.world.clock, UTC)
        post.deliverer = Deliverer(post._on_writer, post.channels)

    steps: list[Callable[[], object]] = [news, news, change_fortune, kill, post.deliver]
    for _ in range(40):
        chance.choice(steps)()
        post.world.pass_time(minutes=chance.choice([0, 1, 7, 61]))
    for name in ALL:
        post.channels.open(name).trouble = None
    for _ in range(30):
        post.world.pass_time(hours=1)
        post.deliver()
    assert kills > 0
    for name in ALL:
        batches: dict[tuple[str, str], set[str]] = {}
        for told in post.channels.open(name).told:
            for alert in told.notice.alerts:
                key = (alert.title, alert.saved_search)
                batches.setdefault(key, set()).add(told.notice.batch)
        assert batches.keys() == expected[name], "nothing is lost, nothing is invented"
        assert all(len(names) == 1 for names in batches.values())
        assert post.state(name).waiting == 0
