"""When alerts are delivered: digests, quiet hours, cooldown, in local time, as clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.alert import PRIORITIES, WHEN, AlertRule
from reader.domain.due import Usual, due, max_age, not_before, quiet_hours, young_enough
from reader.errors import UsageError

BERLIN = ZoneInfo("Europe/Berlin")
USUAL = Usual()
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday, 13:00 in Berlin


def berlin(*moment: int, fold: int = 0) -> datetime:
    return datetime(*moment, tzinfo=BERLIN, fold=fold).astimezone(UTC)


def due_of(when: str, now: datetime, usual: Usual = USUAL, **rule: object) -> datetime:
    return due(AlertRule(when, **rule), usual, now, zone=BERLIN)


@pytest.mark.parametrize(
    ("when", "now", "expected"),
    [
        ("at once", berlin(2026, 3, 4, 13, 5), berlin(2026, 3, 4, 13, 5)),
        ("hourly", berlin(2026, 3, 4, 13, 5), berlin(2026, 3, 4, 14)),
        ("hourly", berlin(2026, 3, 4, 13), berlin(2026, 3, 4, 14)),
        ("daily", berlin(2026, 3, 4, 7, 59), berlin(2026, 3, 4, 8)),
        ("daily", berlin(2026, 3, 4, 8), berlin(2026, 3, 5, 8)),
        ("weekly", berlin(2026, 3, 4, 13), berlin(2026, 3, 9, 8)),
        ("weekly", berlin(2026, 3, 9, 7), berlin(2026, 3, 9, 8)),
        ("weekly", berlin(2026, 3, 9, 8), berlin(2026, 3, 16, 8)),
    ],
)
def test_digest_goes_out_at_the_next_boundary(when: str, now: datetime, expected: datetime) -> None:
    assert due_of(when, now) == expected


def test_settings_say_the_hour_and_the_day_of_digests() -> None:
    usual = Usual(digest_hour=17, digest_day=4)
    assert due_of("daily", NOON, usual) == berlin(2026, 3, 4, 17)
    assert due_of("weekly", NOON, usual) == berlin(2026, 3, 6, 17)


def test_hour_of_a_digest_is_local_on_both_sides_of_a_clock_change() -> None:
    assert due_of("daily", berlin(2026, 3, 28, 9)) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert due_of("daily", berlin(2026, 3, 27, 9)) == datetime(2026, 3, 28, 7, tzinfo=UTC)
    assert due_of("daily", berlin(2026, 10, 24, 9)) == datetime(2026, 10, 25, 7, tzinfo=UTC)


def test_hour_that_a_clock_change_leaves_out_counts_as_what_the_clock_shows_then() -> None:
    usual = Usual(digest_hour=2)
    assert due_of("daily", berlin(2026, 3, 28, 9), usual) == berlin(2026, 3, 29, 3)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (berlin(2026, 3, 4, 21, 59), berlin(2026, 3, 4, 21, 59)),
        (berlin(2026, 3, 4, 22), berlin(2026, 3, 5, 7)),
        (berlin(2026, 3, 5, 0), berlin(2026, 3, 5, 7)),
        (berlin(2026, 3, 5, 6, 59), berlin(2026, 3, 5, 7)),
        (berlin(2026, 3, 5, 7), berlin(2026, 3, 5, 7)),
        (berlin(2026, 3, 28, 23), berlin(2026, 3, 29, 7)),
        (berlin(2026, 10, 25, 2, 30, fold=1), berlin(2026, 10, 25, 7)),
    ],
)
def test_what_fires_in_quiet_hours_waits_for_their_end(now: datetime, expected: datetime) -> None:
    assert due_of("at once", now, quiet="22:00-07:00") == expected


def test_quiet_hours_by_day_do_not_reach_over_midnight() -> None:
    assert due_of("at once", berlin(2026, 3, 4, 13), quiet="12:00-14:00") == berlin(2026, 3, 4, 14)
    assert due_of("at once", berlin(2026, 3, 4, 23), quiet="12:00-14:00") == berlin(2026, 3, 4, 23)


def test_end_of_quiet_hours_that_comes_twice_lies_ahead() -> None:
    second = berlin(2026, 10, 25, 2, 10, fold=1)
    waits = due_of("at once", second, quiet="01:00-02:30")
    assert waits == berlin(2026, 10, 25, 2, 30, fold=1)
    assert due_of("at once", berlin(2026, 10, 25, 2, 10), quiet="01:00-02:30") < second


def test_digest_that_would_come_in_quiet_hours_waits_too() -> None:
    usual = Usual(quiet="20:00-09:30")
    assert due_of("daily", NOON, usual) == berlin(2026, 3, 5, 9, 30)


def test_high_priority_is_delivered_in_quiet_hours() -> None:
    night = berlin(2026, 3, 4, 23)
    assert due_of("at once", night, quiet="22:00-07:00", priority="high") == night
    assert due_of("at once", night, quiet="22:00-07:00", priority="low") > night


def test_rule_can_have_no_quiet_hours_or_those_of_the_settings() -> None:
    night, usual = berlin(2026, 3, 4, 23), Usual(quiet="22:00-07:00")
    assert due_of("at once", night, usual) == berlin(2026, 3, 5, 7)
    assert due_of("at once", night, usual, quiet="none") == night
    assert due_of("at once", night, usual, quiet="22:30-23:30") == berlin(2026, 3, 4, 23, 30)


def test_cooldown_counts_from_the_last_delivery() -> None:
    rule = AlertRule(cooldown_minutes=60)
    for ago, wait in ((59, 1), (60, 0), (600, 0)):
        last = NOON - timedelta(minutes=ago)
        assert due(rule, USUAL, NOON, last, BERLIN) == NOON + timedelta(minutes=wait)
    assert due(rule, USUAL, NOON, None, BERLIN) == NOON


def test_without_a_cooldown_it_does_not_matter_what_another_clock_says_of_the_last() -> None:
    ahead = NOON + timedelta(seconds=2)
    assert due(AlertRule(), USUAL, NOON, ahead, BERLIN) == NOON
    assert due(AlertRule(cooldown_minutes=1), USUAL, NOON, ahead, BERLIN) > ahead


def test_cooldown_that_ends_in_quiet_hours_waits_for_their_end() -> None:
    rule = AlertRule(cooldown_minutes=60, quiet="22:00-07:00")
    now = berlin(2026, 3, 4, 21, 30)
    assert due(rule, USUAL, now, now, BERLIN) == berlin(2026, 3, 5, 7)


@pytest.mark.parametrize(
    "text", ["22-7", "22:00", "24:00-07:00", "22:60-07:00", "x", " ", "7:0-8:0"]
)
def test_what_are_no_quiet_hours_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="22:00-07:00"):
        quiet_hours(text)


def test_quiet_hours_that_never_end_are_refused() -> None:
    with pytest.raises(UsageError, match="never end"):
        quiet_hours("07:00-07:00")


def test_age_limit_of_the_rule_comes_before_that_of_the_settings() -> None:
    assert max_age(AlertRule(), USUAL) == timedelta(hours=48)
    assert max_age(AlertRule(max_age_hours=3), USUAL) == timedelta(hours=3)


def test_undated_is_young_and_so_is_what_is_still_to_come() -> None:
    limit = timedelta(hours=2)
    ages = {None: True, -5: True, 0: True, 2: True, 2.1: False}
    for hours, young in ages.items():
        published = None if hours is None else NOON - timedelta(hours=hours)
        assert young_enough(published, NOON, limit) is young


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
clock = st.times().map(lambda t: f"{t:%H:%M}")
rules = st.builds(
    AlertRule,
    when=st.sampled_from(WHEN),
    quiet=st.one_of(
        st.sampled_from(("", "none")),
        st.tuples(clock, clock).filter(lambda p: p[0] != p[1]).map("-".join),
    ),
    cooldown_minutes=st.integers(0, 2000),
    priority=st.sampled_from(PRIORITIES),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(rules, moments, st.timedeltas(timedelta(), timedelta(days=3)), st.sampled_from(ZONES))
def test_delivery_is_never_early_never_in_quiet_hours_and_within_ten_days(
    rule: AlertRule, now: datetime, ago: timedelta, zone: str
) -> None:
    usual, last = Usual(quiet="23:15-05:45"), now - ago
    moment = due(rule, usual, now, last, ZoneInfo(zone))
    assert moment >= now
    assert moment >= last + timedelta(minutes=rule.cooldown_minutes)
    assert moment <= now + timedelta(days=10)
    quiet = quiet_hours(rule.quiet or usual.quiet)
    if quiet and rule.priority != "high":
        assert not quiet.holds(moment, ZoneInfo(zone))
    assert not_before(rule, usual, moment, last, ZoneInfo(zone)) == moment
    if rule.when == "at once" and not quiet:
        assert moment == max(now, last + timedelta(minutes=rule.cooldown_minutes))


def test_system_zone_counts_when_none_is_named() -> None:
    here = due(AlertRule("daily"), USUAL, NOON)
    assert here.astimezone().hour == USUAL.digest_hour
    assert NOON < here <= NOON + timedelta(days=1, hours=1)
