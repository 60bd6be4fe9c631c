"""When an alert is to be delivered: digests, quiet hours, cooldown. Pure.

Everything a person says of hours is local: of `zone`, or of the system's zone when that is None.
Moments are aware; what is given back is in UTC. A local time that a clock change leaves out counts
as the moment the clock would have shown it; one that comes twice counts as whichever lies ahead.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from reader.domain.alert import AlertRule
from reader.errors import UsageError

NO_QUIET = "none"
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Usual:
    """What the settings say, for rules that leave it to them."""

    max_age: timedelta = timedelta(hours=48)
    quiet: str = ""
    """"22:00-07:00", or "" for no quiet hours."""
    digest_hour: int = 8
    digest_day: int = 0
    """Of weekly digests; 0 is Monday."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours of every day, from `start` to just before `end`, maybe over midnight."""

    start: time
    end: time

    def holds(self, moment: datetime, zone: tzinfo | None = None) -> bool:
        now = moment.astimezone(zone).time()
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def over(self, moment: datetime, zone: tzinfo | None = None) -> datetime:
        """When the quiet hours that hold `moment` end; `moment` itself when none do."""
        if not self.holds(moment, zone):
            return moment
        return _next(moment, zone, self.end)


def quiet_hours(text: str) -> Quiet | None:
    """ "22:00-07:00"; None for "" and "none". UsageError says what is wrong."""
    if text in ("", NO_QUIET):
        return None
    found = _HOURS.fullmatch(text)
    if found is None:
        raise UsageError(
            f"“{text}” are no quiet hours: write them as 22:00-07:00, or none for no such hours."
        )
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = time(hour, minute), time(end_hour, end_minute)
    if start == end:
        raise UsageError(
            f"The quiet hours {text} would never end: let them end at another time than they begin."
        )
    return Quiet(start, end)


def quiet_of(rule: AlertRule, usual: Usual) -> Quiet | None:
    """The hours in which nothing of this rule is delivered."""
    if rule.priority == "high":
        return None
    return quiet_hours(rule.quiet or usual.quiet)


def max_age(rule: AlertRule, usual: Usual) -> timedelta:
    return timedelta(hours=rule.max_age_hours) if rule.max_age_hours else usual.max_age


def young_enough(published: datetime | None, now: datetime, limit: timedelta) -> bool:
    """An undated article counts as published now."""
    return published is None or now - published <= limit


def due(
    rule: AlertRule,
    usual: Usual,
    now: datetime,
    last_sent: datetime | None = None,
    zone: tzinfo | None = None,
) -> datetime:
    """When an alert that fires `now` is to be delivered; `last_sent`: when its saved search was
    last told of on that channel."""
    moment = _boundary(rule.when, usual, now, zone)
    return not_before(rule, usual, moment, last_sent, zone)


def not_before(
    rule: AlertRule,
    usual: Usual,
    moment: datetime,
    last_sent: datetime | None = None,
    zone: tzinfo | None = None,
) -> datetime:
    """`moment`, or the end of the cooldown and the quiet hours that forbid it."""
    if last_sent is not None and rule.cooldown_minutes:  # else the clocks of two processes count
        moment = max(moment, last_sent + timedelta(minutes=rule.cooldown_minutes))
    quiet = quiet_of(rule, usual)
    return (quiet.over(moment, zone) if quiet else moment).astimezone(UTC)


def _boundary(when: str, usual: Usual, now: datetime, zone: tzinfo | None) -> datetime:
    """The next time something of this kind goes out: strictly after `now`, but "at once"."""
    if when == "hourly":
        local = now.astimezone(zone)
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return now + timedelta(hours=1) - past
    if when in ("daily", "weekly"):
        day = usual.digest_day if when == "weekly" else None
        return _next(now, zone, time(usual.digest_hour), day)
    return now


def _next(now: datetime, zone: tzinfo | None, at: time, weekday: int | None = None) -> datetime:
    """The first moment after `now` at which local clocks show `at`, on that day of the week."""
    today = now.astimezone(zone).date()
    days = (today + _DAY * ahead for ahead in range(9))
    wanted = (day for day in days if weekday is None or day.weekday() == weekday)
    moments = (_moment(day, at, zone, fold) for day in wanted for fold in (0, 1))
    return next(moment for moment in moments if moment > now)


def _moment(day: date, at: time, zone: tzinfo | None, fold: int) -> datetime:
    wall = datetime.combine(day, at).replace(fold=fold)
    return (wall.replace(tzinfo=zone) if zone else wall.astimezone()).astimezone(UTC)
