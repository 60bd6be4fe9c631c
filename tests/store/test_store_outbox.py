"""What waits to be delivered: once for each alert and channel, in batches that keep their name."""

from datetime import timedelta

import pytest
from store_world import NOW, World

from reader.domain.alert import CHANNELS, ChannelState
from reader.store.outbox import Outbox

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def outbox(world: World) -> Outbox:
    return world.store.outbox


def fired(world: World, name: str = "S", count: int = 1) -> list[int]:
    """So many alerts of a saved search, for new articles."""
    saved = world.store.saved.by_name(name)
    if saved is None:
        world.saved(name, alert=True)
        saved = world.store.saved.by_name(name)
    feed = world.feed()
    return [world.store.alerts.fire(world.article(feed), saved, "[]", NOW) for _ in range(count)]


def test_waits_for_each_channel_until_it_is_due(world: World, outbox: Outbox) -> None:
    (alert,) = fired(world)
    outbox.put(alert, {"desktop": NOW, "email": LATER})
    assert [(w.alert_id, w.due, w.fired) for w in outbox.due("desktop", NOW)] == [(alert, NOW, NOW)]
    assert outbox.due("email", NOW) == []
    assert outbox.next_due("email") == LATER
    assert outbox.next_due("webhook") is None
    assert [state.waiting for state in outbox.states()] == [1, 1, 0, 0]


def test_put_twice_waits_once_and_keeps_its_time(world: World, outbox: Outbox) -> None:
    (alert,) = fired(world)
    outbox.put(alert, {"email": LATER})
    outbox.put(alert, {"email": NOW, "desktop": NOW})
    assert [w.due for w in outbox.due("email", LATER)] == [LATER]
    assert len(outbox.due("desktop", NOW)) == 1


def test_batch_holds_all_that_is_due_and_nothing_else(world: World, outbox: Outbox) -> None:
    first, second, third = fired(world, count=3)
    outbox.put(second, {"email": NOW})
    outbox.put(first, {"email": NOW - timedelta(minutes=1), "desktop": NOW})
    outbox.put(third, {"email": LATER})
    batch = outbox.batched("email", NOW)
    assert (batch.channel, batch.alert_ids) == ("email", (first, second))
    assert outbox.batched("webhook", NOW) is None
    assert outbox.done(batch.name, NOW) == 2
    assert outbox.batched("email", NOW) is None
    assert outbox.batched("email", LATER).alert_ids == (third,)


def test_begun_batch_comes_again_under_its_name_whatever_became_due(
    world: World, outbox: Outbox
) -> None:
    first, second = fired(world, count=2)
    outbox.put(first, {"email": NOW})
    begun = outbox.batched("email", NOW)
    outbox.put(second, {"email": NOW})
    assert outbox.batched("email", LATER) == begun
    assert outbox.unfinished("email") == begun
    outbox.done(begun.name, NOW)
    following = outbox.batched("email", LATER)
    assert following.alert_ids == (second,)
    assert following.name != begun.name


def test_batch_can_be_bounded(world: World, outbox: Outbox) -> None:
    alerts = fired(world, count=3)
    for alert in alerts:
        outbox.put(alert, {"email": NOW})
    assert outbox.due("email", NOW, 1)[0].alert_id == alerts[0]
    assert outbox.batched("email", NOW, most=2).alert_ids == tuple(alerts[:2])


def test_done_twice_counts_once(world: World, outbox: Outbox) -> None:
    (alert,) = fired(world)
    outbox.put(alert, {"email": NOW})
    name = outbox.batched("email", NOW).name
    assert [outbox.done(name, NOW), outbox.done(name, LATER)] == [1, 0]
    assert outbox.last_sent(1, "email") == NOW
    assert outbox.states()[1].last_sent == NOW


def test_delivery_is_remembered_by_search_and_channel(world: World, outbox: Outbox) -> None:
    (one,), (other,) = fired(world, "S"), fired(world, "T")
    outbox.put(one, {"email": NOW})
    outbox.put(other, {"email": LATER, "desktop": NOW})
    outbox.done(outbox.batched("email", NOW).name, NOW)
    outbox.done(outbox.batched("desktop", NOW).name, LATER)
    sent = {(s, c): outbox.last_sent(s, c) for s in (1, 2) for c in ("email", "desktop")}
    assert sent == {
        (1, "email"): NOW,
        (1, "desktop"): None,
        (2, "email"): None,
        (2, "desktop"): LATER,
    }


def test_failures_are_counted_until_it_goes_well(world: World, outbox: Outbox) -> None:
    (alert,) = fired(world)
    outbox.put(alert, {"email": NOW})
    assert [outbox.failed("email", f"No {n}.", LATER) for n in (1, 2)] == [1, 2]
    assert outbox.states(["email"]) == [
        ChannelState("desktop", False),
        ChannelState("email", True, 1, 2, "No 2.", LATER),
        ChannelState("webhook", False),
        ChannelState("command", False),
    ]
    outbox.done(outbox.batched("email", NOW).name, LATER)
    assert outbox.states()[1] == ChannelState("email", True, last_sent=LATER)


def test_changed_channel_starts_anew(outbox: Outbox) -> None:
    outbox.failed("email", "No.", LATER)
    outbox.forgive("email")
    assert outbox.states()[1] == ChannelState("email", True)
    assert outbox.failed("email", "No.", None) == 1


def test_only_what_nobody_is_sending_is_postponed(world: World, outbox: Outbox) -> None:
    first, second = fired(world, count=2)
    outbox.put(first, {"email": NOW})
    begun = outbox.batched("email", NOW)
    outbox.put(second, {"email": NOW})
    waiting = [*begun.rows, *outbox.due("email", NOW)]
    assert outbox.postpone([row.id for row in waiting], LATER) == 1
    assert outbox.unfinished("email") == begun
    assert outbox.next_due("email") == LATER


def test_deleted_article_is_no_longer_told_of(world: World, outbox: Outbox) -> None:
    first, second = fired(world, count=2)
    outbox.put(first, {"email": NOW})
    outbox.batched("email", NOW)
    outbox.put(second, {"email": NOW, "desktop": NOW})
    world.store.marks.deleted([1, 2], True)
    assert outbox.states()[1].waiting == 1, "what is being sent stays the same"
    assert outbox.due("desktop", NOW) == []


def test_withdrawn_alerts_can_be_put_back(world: World, outbox: Outbox) -> None:
    first, second = fired(world, "S"), fired(world, "T")
    for alert in (*first, *second):
        outbox.put(alert, {"email": NOW, "desktop": LATER})
    taken = outbox.withdraw(1, keep=["desktop"])
    assert [alert for alert, _, _ in taken] == first
    assert [w.alert_id for w in outbox.due("email", NOW)] == second
    assert len(outbox.due("desktop", LATER)) == 2
    outbox.put_back([*taken, [999, "email", 5]])
    assert {w.alert_id for w in outbox.due("email", NOW)} == {*first, *second}
    assert outbox.withdraw(1, CHANNELS) == []


def test_removed_search_leaves_what_waits_to_whoever_removes_it(
    world: World, outbox: Outbox
) -> None:
    (alert,) = fired(world)
    outbox.put(alert, {"email": NOW})
    world.store.saved.remove(1)
    assert [(w.alert_id, w.saved_id) for w in outbox.due("email", NOW)] == [(alert, None)]
    outbox.done(outbox.batched("email", NOW).name, NOW)
    assert outbox.states()[1].waiting == 0


def test_batch_that_is_full_does_not_part_the_alerts_of_an_article(
    world: World, outbox: Outbox
) -> None:
    feed = world.feed()
    articles = [world.article(feed) for _ in range(3)]
    for name in ("A", "B"):
        world.saved(name, alert=True)
    searches = [world.store.saved.by_name(name) for name in ("A", "B")]
    alerts = [
        [world.store.alerts.fire(article, saved, "[]", NOW) for saved in searches]
        for article in articles
    ]
    for pair in alerts:
        outbox.put(pair[0], {"email": NOW})
        outbox.put(pair[1], {"email": NOW, "webhook": NOW})
    outbox.postpone([row.id for row in outbox.due("email", NOW)][-1:], LATER)
    full = outbox.batched("email", NOW, 3)
    assert sorted(full.alert_ids) == sorted(alerts[0] + alerts[1])
    outbox.done(full.name, NOW)
    assert outbox.batched("email", NOW, 3).alert_ids == (alerts[2][0],)


def test_refused_batch_is_set_aside_and_what_follows_goes_on(world: World, outbox: Outbox) -> None:
    first, second = fired(world, count=2)
    outbox.put(first, {"email": NOW, "webhook": NOW})
    batch = outbox.batched("email", NOW)
    outbox.failed("email", "No.", LATER)
    assert outbox.refuse(batch.name, "Spam.") == 1
    state = outbox.states()[CHANNELS.index("email")]
    assert (state.refused, state.refusal, state.waiting) == (1, "Spam.", 0)
    assert (state.failures, state.next_try) == (0, None), "the server answers: it is tried again"
    assert outbox.batched("email", NOW) is None
    outbox.put(second, {"email": NOW})
    assert outbox.batched("email", NOW).alert_ids == (second,)
    assert outbox.states()[CHANNELS.index("webhook")].refused == 0


def test_refused_batch_that_is_tried_again_comes_first_and_under_its_name(
    world: World, outbox: Outbox
) -> None:
    first, second = fired(world, count=2)
    outbox.put(first, {"email": NOW})
    batch = outbox.batched("email", NOW)
    outbox.refuse(batch.name, "Spam.")
    outbox.put(second, {"email": NOW})
    assert (outbox.retry("webhook"), outbox.retry("email"), outbox.retry("email")) == (0, 1, 0)
    assert outbox.batched("email", NOW).name == batch.name
    assert outbox.done(batch.name, NOW) == 1
    assert outbox.batched("email", NOW).alert_ids == (second,)


def test_dropped_refusals_can_be_put_back_as_they_were(world: World, outbox: Outbox) -> None:
    (alert,) = fired(world)
    outbox.put(alert, {"email": NOW})
    batch = outbox.batched("email", NOW)
    outbox.refuse(batch.name, "Spam.")
    before = outbox.states()
    rows = outbox.drop_refused("email")
    assert outbox.states()[CHANNELS.index("email")].refused == 0
    outbox.put_back(rows)
    assert outbox.states() == before
    outbox.retry("email")
    assert outbox.batched("email", NOW).name == batch.name


def test_only_the_same_failure_in_a_row_counts_as_repeated(world: World, outbox: Outbox) -> None:
    assert outbox.repeated("command", "exit 1") == 0
    for _ in range(2):
        outbox.failed("command", "No.", NOW, "exit 1")
    assert outbox.repeated("command", "exit 1") == 2
    assert outbox.repeated("command", "exit 2") == 0
    outbox.failed("command", "No.", NOW, "exit 2")
    assert (outbox.repeated("command", "exit 1"), outbox.repeated("command", "exit 2")) == (0, 1)
    (alert,) = fired(world)
    outbox.put(alert, {"command": NOW})
    outbox.done(outbox.batched("command", NOW).name, NOW)
    assert outbox.repeated("command", "exit 2") == 0
