"""When a feed is due next. Pure; randomness is handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=24)
SHORTEST_WAIT = 2 * MINUTE


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`interval`: between two fetches of a healthy feed."""

    interval: timedelta
    jitter: Callable[[], float]
    """0 … 1; keeps feeds fetched together from staying together."""

    def after_success(self, now: datetime, own_interval_s: int | None) -> datetime:
        base = timedelta(seconds=own_interval_s) if own_interval_s else self.interval
        return now + base * (1 + 0.1 * self.jitter())

    def after_failure(
        self, now: datetime, failures: int, retry_after_s: float | None = None
    ) -> datetime:
        """Twice as long after each failure in a row (`failures` ≥ 1), never more than a day.

        A server's own Retry-After wins, within 2 minutes … 24 hours.
        """
        if retry_after_s is not None:
            asked = timedelta(seconds=min(retry_after_s, LONGEST_WAIT.total_seconds()))
            return now + max(asked, SHORTEST_WAIT)
        doubled: timedelta = self.interval * 2 ** min(failures - 1, 10)
        wait = max(min(doubled, LONGEST_WAIT), SHORTEST_WAIT)
        return now + wait * (1 + 0.1 * self.jitter())
