"""A round of fetching: what one feed does never harms the others, and stopping loses nothing."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from reader.domain.feed import Feed, FeedReport, Fetched
from reader.domain.reports import RefreshSummary
from reader.errors import NotFoundError, StoreError
from reader.services.ingest import Ingest
from reader.services.refresh import Refresh, interleaved
from tests.helpers.world import INTERVAL, START, World, item, refused


def test_bad_feed_never_stops_the_others_and_keeps_its_error_with_the_next_try(
    world: World,
) -> None:
    world.feed("a").fail(refused())
    world.feed("b").publish(item("Fine"))
    summary = world.refresh()
    assert summary.new == 1
    assert summary.failed == (("https://a.example/feed", "The server would not."),)
    bad = world.stored_feed("a")
    assert (bad.error, bad.failures, bad.error_since) == ("The server would not.", 1, START)
    assert bad.next_fetch == START + INTERVAL
    assert world.library.overview().totals.failing == 1


def test_error_is_forgotten_when_the_feed_is_well_again(world: World) -> None:
    feed = world.feed("a")
    feed.fail(refused())
    world.refresh()
    world.refresh()
    assert world.stored_feed("a").failures == 2
    feed.fail(None)
    feed.publish(item("Fine"))
    world.refresh()
    well = world.stored_feed("a")
    assert (well.error, well.failures, well.error_since) == ("", 0, None)


def test_unmodified_answer_also_ends_an_error(world: World) -> None:
    feed = world.feed("a").publish(item())
    world.refresh()
    feed.fail(refused())
    world.refresh()
    feed.fail(None)
    assert world.refresh().unchanged == 1
    assert world.stored_feed("a").error == ""


def test_server_that_names_a_time_is_not_asked_before(world: World) -> None:
    world.feed("a").fail(refused("limited", retry_after=7200))
    world.refresh()
    world.pass_time(minutes=119)
    world.refresh(due=True)
    assert len(world.requests) == 1
    world.pass_time(minutes=2)
    world.refresh(due=True)
    assert len(world.requests) == 2


def test_feed_that_is_gone_is_asked_again_only_when_the_user_asks(world: World) -> None:
    feed = world.feed("a").publish(item("Kept"))
    world.refresh()
    feed.fail(refused("gone"))
    world.refresh()
    assert world.stored_feed("a").gone
    world.pass_time(days=30)
    world.refresh(due=True)
    assert len(world.requests) == 2
    assert world.titles() == ["Kept"]
    feed.fail(None)
    feed.publish(item("Back"))
    assert world.refresh("a").new == 1
    assert not world.stored_feed("a").gone


def test_only_what_is_due_is_fetched(world: World) -> None:
    world.feed("a").publish(item())
    world.refresh()
    world.pass_time(minutes=29)
    assert world.desk.due(None, everything=False) == []
    world.pass_time(minutes=1)
    assert [feed.url for feed in world.desk.due(None, everything=False)] == [
        "https://a.example/feed"
    ]


def test_address_that_is_not_subscribed_is_refused_by_name(world: World) -> None:
    with pytest.raises(NotFoundError, match=r"nobody\.example.*not subscribed"):
        world.refresh("nobody")


def test_bug_that_one_feed_brings_out_is_set_aside_with_that_feed(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.feed("a").publish(item()).misread = ZeroDivisionError("a bug")
    world.feed("b").publish(item("Fine"))
    with caplog.at_level(logging.ERROR):
        summary = world.refresh()
    assert (summary.new, len(summary.failed)) == (1, 1)
    assert "report it" in world.stored_feed("a").error
    assert "ZeroDivisionError" in caplog.text


def test_trouble_with_the_library_itself_ends_the_round(world: World) -> None:
    for name in "abcdef":
        world.feed(name).publish(item())
    feeds = world.desk.due(None, everything=True)

    async def full(_work: Callable[[Ingest], FeedReport]) -> FeedReport:
        raise StoreError("The disk is full; free some space.")

    with pytest.raises(StoreError, match="full"):
        asyncio.run(Refresh(world, world, full, at_once=2).run(feeds, lambda *_: None))
    assert len(world.requests) <= 2


def test_each_feed_is_reported_as_it_is_done(world: World) -> None:
    for name in "abc":
        world.feed(name).publish(item())
    world.refresh()
    assert {report.title for report in world.reports} == {
        "The A Wire",
        "The B Wire",
        "The C Wire",
    }


# Where feeds have moved


def test_permanent_redirect_is_asked_directly_and_the_feed_keeps_its_address(world: World) -> None:
    old, new = world.feed("a").publish(item()), world.feed("new")
    old.moved_to = new.url
    world.refresh("a")
    new.publish(item("After the move"))
    world.refresh("a")
    assert world.requests[-1].url == new.url
    assert not world.requests[-1].allow_private
    assert "After the move" in world.titles()
    assert world.stored_feed("a").url == old.url


def test_new_address_that_fails_is_forgotten(world: World) -> None:
    old, new = world.feed("a").publish(item()), world.feed("new")
    old.moved_to = new.url
    world.refresh("a")
    new.fail(refused("host"))
    world.refresh("a")
    world.refresh("a")
    assert world.requests[-1].url == old.url
    assert world.stored_feed("a").error == ""


def test_private_network_stays_open_only_to_the_host_the_user_typed(world: World) -> None:
    url = world.feed("a").publish(item()).url
    world.store.feeds.allow_private(world.stored_feed("a").id)
    world.feeds[url].moved_to = "https://a.example/new"
    world.feeds["https://a.example/new"] = world.feeds[url]
    world.refresh("a")
    world.refresh("a")
    assert [r.allow_private for r in world.requests] == [True, True]
    elsewhere = world.feed("elsewhere").publish(item())
    world.feeds[url].moved_to = elsewhere.url
    world.feeds[url].publish(item())
    world.refresh("a")
    world.refresh("a")
    assert (world.requests[-1].url, world.requests[-1].allow_private) == (elsewhere.url, False)


# Order, and stopping


def feed_at(number: int, host: str) -> Feed:
    return Feed(number, f"https://{host}/{number}", "", "", "")


def test_feeds_of_one_host_do_not_queue_up() -> None:
    feeds = [feed_at(1, "a"), feed_at(2, "a"), feed_at(3, "a"), feed_at(4, "b"), feed_at(5, "c")]
    assert [feed.id for feed in interleaved(feeds)] == [1, 4, 5, 2, 3]


class SlowWorld:
    """The world `inner`, in which the feeds of `slow` never answer."""

    def __init__(self, inner: World, slow: set[str]) -> None:
        self.inner, self.slow = inner, slow

    async def get(self, url: str, **values: object) -> Fetched:
        if any(name in url for name in self.slow):
            await asyncio.Event().wait()
        return await self.inner.get(url, **values)  # type: ignore[arg-type]


def stopped_after(
    world: World, round_: Refresh, enough: Callable[[list[FeedReport]], bool]
) -> RefreshSummary:
    """The round, stopped as soon as the reports are enough."""

    async def run() -> RefreshSummary:
        reports: list[FeedReport] = []
        feeds = world.desk.due(None, everything=True)
        task = asyncio.create_task(round_.run(feeds, lambda _, r: reports.append(r)))
        while not enough(reports):  # noqa: ASYNC110 - nothing here could set an event
            await asyncio.sleep(0)
        task.cancel()
        return await task

    return asyncio.run(asyncio.wait_for(run(), 5))


def test_stopping_keeps_what_is_done(world: World) -> None:
    for name in ("a", "slow", "b"):
        world.feed(name).publish(item(name))

    async def on_writer(work: Callable[[Ingest], FeedReport]) -> FeedReport:
        return work(world.desk.ingest)

    round_ = Refresh(SlowWorld(world, {"slow"}), world, on_writer, at_once=3)
    summary = stopped_after(world, round_, lambda reports: len(reports) == 2)
    assert (summary.stopped, summary.new, summary.failed) == (True, 2, ())
    assert set(world.titles()) == {"a", "b"}
    assert world.stored_feed("slow").error == ""


def test_write_under_way_when_stopped_is_finished_and_counted(world: World) -> None:
    """And no other feed is begun, though every worker outlives the stop by its write."""
    for name in "abcdef":
        world.feed(name).publish(item(name))
    writing = 0

    async def slow_writer(work: Callable[[Ingest], FeedReport]) -> FeedReport:
        nonlocal writing
        writing += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 0.05)
        return work(world.desk.ingest)

    round_ = Refresh(world, world, slow_writer, at_once=2)
    summary = stopped_after(world, round_, lambda _: writing == 2)
    assert (summary.stopped, summary.new) == (True, 2)
    assert len(world.titles()) == 2
    assert len(world.requests) == 2


def test_nothing_to_fetch_is_a_round_too(world: World) -> None:
    assert world.refresh() == RefreshSummary()


def test_sentence_of_a_round_says_what_happened() -> None:
    summary = RefreshSummary(3, 2, 1, (("https://a.example", "No."),), stopped=True)
    assert summary.sentence() == "3 new, 2 updated, 1 unchanged, 1 feed failed (stopped)."


def test_schedule_follows_a_feeds_own_interval(world: World) -> None:
    world.feed("a").publish(item())
    world.store.connection.execute("UPDATE feed SET interval_s = 300")
    world.refresh()
    assert world.stored_feed("a").next_fetch == START + timedelta(minutes=5)
