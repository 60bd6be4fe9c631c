"""What a channel is to be told next, and what became of it: the outbox as delivery sees it.

Delivery is at least once. What is sent is a batch whose name is written down before; a kill after
that, and before it is known to have arrived, repeats the same alerts under the same name.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from reader.delivery.message import Message, message
from reader.domain.due import Usual, not_before, quiet_of
from reader.errors import DeliveryError
from reader.services.clock import utc_now
from reader.services.inbox import PRESENT, WINDOW, notice_of
from reader.store.database import to_ms
from reader.store.outbox import Batch, Waiting
from reader.store.store import Store

MOST = 1000
"""Alerts of one message, and the others of their articles; the next follows at once."""
REPEATS = 5
"""A failure with a sign of its own that so many tries in a row end with is a refusal."""
WAITS = (1, 5, 15, 60)
"""Minutes to the next try after so many failures in a row, and then after each."""
LONGEST = timedelta(hours=24)
"""A server's wish to be left alone is granted so long."""


def wait_after(failures: int, retry_after: float | None = None) -> timedelta:
    """`failures` ≥ 1: in a row; `retry_after`: seconds, when the other side named any."""
    wait = timedelta(minutes=WAITS[min(failures, len(WAITS)) - 1])
    asked = timedelta(seconds=min(retry_after or 0, LONGEST.total_seconds()))
    return max(wait, asked)


class Dispatch:
    """Owned by the thread that opened `store`.

    `usual` follows the settings; `since` is when somebody was there to be told: what was due
    before was missed.
    """

    def __init__(
        self,
        store: Store,
        usual: Usual,
        clock: Callable[[], datetime] = utc_now,
        zone: tzinfo | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone
        self.usual = usual
        self.since = datetime.min.replace(tzinfo=UTC)
        self._most: dict[str, int] = {}
        """Alerts of one message on channels that have refused as many as usual."""

    def present(self) -> None:
        """From now on somebody is there, and the window is to know, which shows its own."""
        self.since = self._clock()
        with self._store.transaction():
            self._store.meta.set(PRESENT, to_ms(self.since))

    def next(self, channel: str, *, at_once: bool = False) -> Message | None:
        """What to send now; None when nothing is due, or a failing channel still rests.

        `at_once`: it rests no longer.
        """
        now = self._clock()
        if not at_once and self._rests(channel, now):
            return None
        self._put_off(channel, now)
        while (batch := self._begun(channel, now)) is not None:
            if self._must_be_quiet(batch, now) and not self._store.outbox.due(channel, now, 1):
                return None
            told = self._message(batch)
            if told is not None:
                return told
            self._store.outbox.done(batch.name, now)  # of articles that have all been deleted
        return None

    def _begun(self, channel: str, now: datetime) -> Batch | None:
        return self._store.outbox.batched(channel, now, self._most.get(channel, MOST))

    def _rests(self, channel: str, now: datetime) -> bool:
        state = next(one for one in self._store.outbox.states() if one.name == channel)
        return state.next_try is not None and state.next_try > now

    def _must_be_quiet(self, batch: Batch, now: datetime) -> bool:
        """Whether it is in quiet hours for all that is in a batch, which failed before them."""
        rules = {saved.id: saved.rule for saved in self._store.saved.all()}
        return all(
            row.saved_id in rules
            and (quiet := quiet_of(rules[row.saved_id], self.usual)) is not None
            and quiet.holds(now, self._zone)
            for row in batch.rows
        )

    def _message(self, batch: Batch) -> Message | None:
        notice = notice_of(self._store, batch, self.since)
        if notice is None:
            return None
        ids = dict.fromkeys(alert.article_id for alert in notice.alerts)
        told = message(notice, self._store.lists.lines(list(ids)))
        return told if told.items else None

    def _put_off(self, channel: str, now: datetime) -> None:
        """Quiet hours and cooldown once more: rules and settings may have changed since it fired,
        and a message may have gone out."""
        later: dict[datetime, list[int]] = defaultdict(list)
        for row, moment in self._allowed(channel, now):
            if moment > now:
                later[moment].append(row.id)
        for moment, rows in later.items():
            self._store.outbox.postpone(rows, moment)

    def _allowed(self, channel: str, now: datetime) -> list[tuple[Waiting, datetime]]:
        """What is due, with when it may go out."""
        rows = self._store.outbox.due(channel, now)
        rules = {saved.id: saved.rule for saved in self._store.saved.all()} if rows else {}
        moments: dict[int | None, datetime] = {}
        for saved_id in {row.saved_id for row in rows}:
            rule = rules.get(saved_id) if saved_id is not None else None
            if saved_id is None or rule is None:
                moments[saved_id] = now
                continue
            sent = self._store.outbox.last_sent(saved_id, channel)
            moments[saved_id] = not_before(rule, self.usual, now, sent, self._zone)
        return [(row, moments[row.saved_id]) for row in rows]

    def done(self, channel: str, batch: str) -> bool:
        """It was delivered. True when the channel had failed before."""
        states = self._store.outbox.states()
        self._store.outbox.done(batch, self._clock())
        return any(one.failures for one in states if one.name == channel)

    def halved(self, channel: str, batch: str) -> bool:
        """It was refused for its size: what it held waits anew, for messages of half as many.

        False, and nothing changes, when it tells of one article only.
        """
        begun = self._store.outbox.unfinished(channel)
        if begun is None or begun.name != batch or len({r.article_id for r in begun.rows}) < 2:
            return False
        most = min(self._most.get(channel, MOST), len(begun.rows))
        self._most[channel] = max(1, most // 2)
        self._store.outbox.release(batch)
        return True

    def sets_aside(self, channel: str, batch: str, problem: DeliveryError) -> bool:
        """Whether it is of no use to send this again: what comes after it goes on then."""
        outbox = self._store.outbox
        again = problem.sign and outbox.repeated(channel, problem.sign) >= REPEATS - 1
        if not (problem.refused or problem.too_large or again):
            return False
        return outbox.refuse(batch, str(problem)) > 0

    def failed(self, channel: str, problem: DeliveryError) -> bool:
        """It waits, to be tried again later. True for the first failure in a row."""
        outbox, now = self._store.outbox, self._clock()
        before = next(one.failures for one in outbox.states() if one.name == channel)
        again = now + wait_after(before + 1, problem.retry_after)
        return outbox.failed(channel, str(problem), again, problem.sign) == 1

    def changed(self, channel: str) -> None:
        """Its settings are others now: it is tried again at once."""
        self._most.pop(channel, None)
        self._store.outbox.forgive(channel)

    def to_show(self, known: frozenset[int]) -> frozenset[int]:
        """What is due on the desktop, by the numbers of the outbox; `known` was told before."""
        now = self._clock()
        self._put_off(WINDOW, now)
        rows = self._store.outbox.due(WINDOW, now)
        begun = self._store.outbox.unfinished(WINDOW)
        found = {row.id for row in (*rows, *(begun.rows if begun else ()))}
        return frozenset(found if found - known else known & found)
