"""What changes often, told seldom: each message costs whoever listens a look at the library."""

import asyncio
from collections.abc import Callable

from reader.domain.library import Changes
from reader.workers.messages import News

EVERY = 0.5
"""Seconds between two messages."""


class Tidings:
    """Used on the event loop. What comes after a pause is told at once, what follows within `every`
    seconds in one message; `flush` tells the rest."""

    def __init__(self, tell: Callable[[News], None], every: float = EVERY) -> None:
        self._tell = tell
        self._every = every
        self._clock = asyncio.get_running_loop().time
        self._changes = Changes()
        self._alerts = 0
        self._told_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def add(self, changes: Changes, alerts: int = 0) -> None:
        self._changes |= changes
        self._alerts += alerts
        if self._timer is None:
            wait = max(0.0, self._told_at + self._every - self._clock())
            self._timer = asyncio.get_running_loop().call_later(wait, self.flush)

    def flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        changes, alerts = self._changes, self._alerts
        if changes != Changes() or alerts:
            self._changes, self._alerts = Changes(), 0
            self._told_at = self._clock()
            self._tell(News(changes, alerts))
