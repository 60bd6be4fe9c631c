"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.schedule import LONGEST_WAIT, SHORTEST_WAIT, Rhythm

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def rhythm(interval: timedelta = HALF_HOUR, jitter: float = 0.0) -> Rhythm:
    return Rhythm(interval, lambda: jitter)


def test_healthy_feed_is_asked_at_its_interval() -> None:
    assert rhythm().after_success(NOW, None) == NOW + HALF_HOUR


def test_own_interval_of_a_feed_wins() -> None:
    assert rhythm().after_success(NOW, 3600) == NOW + timedelta(hours=1)


def test_feeds_fetched_together_drift_apart_by_up_to_a_tenth() -> None:
    assert rhythm(jitter=1.0).after_success(NOW, None) == NOW + 1.1 * HALF_HOUR


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [rhythm().after_failure(NOW, failures) - NOW for failures in range(1, 9)]
    assert waits[:3] == [HALF_HOUR, 2 * HALF_HOUR, 4 * HALF_HOUR]
    assert waits[-1] == LONGEST_WAIT
    assert waits == sorted(waits)


def test_failing_feed_is_not_asked_at_once_however_short_the_interval() -> None:
    assert rhythm(timedelta(seconds=1)).after_failure(NOW, 1) == NOW + SHORTEST_WAIT


@pytest.mark.parametrize(
    ("asked", "wait"),
    [(600, timedelta(minutes=10)), (0, SHORTEST_WAIT), (9e11, LONGEST_WAIT)],
)
def test_servers_own_wish_wins_within_reason(asked: float, wait: timedelta) -> None:
    assert rhythm(jitter=1.0).after_failure(NOW, 9, asked) == NOW + wait


@given(
    failures=st.integers(1, 10_000),
    minutes=st.integers(1, 10_080),
    jitter=st.floats(0, 1),
    asked=st.none() | st.floats(0, 1e12),
)
def test_next_try_is_always_ahead_and_never_more_than_a_day_and_a_tenth(
    failures: int, minutes: int, jitter: float, asked: float | None
) -> None:
    wait = rhythm(timedelta(minutes=minutes), jitter).after_failure(NOW, failures, asked) - NOW
    assert SHORTEST_WAIT <= wait <= 1.1 * LONGEST_WAIT
