"""When alerts go out: soon after they fired, together, and when the clock says so.

Runs beside the rounds of fetching and never waits for them longer than it says here.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

FIRST = 120.0
"""Seconds the first round after the start may take: what was missed until then comes at once."""
GATHER = 10.0
"""Seconds a round may go on after an alert has fired: those of one round go out together."""
EVERY = 15.0
"""Seconds between looks at what has become due by itself: digests, the end of quiet hours."""


class Courier:
    """`deliver` is awaited whenever something may be due; it must not raise."""

    def __init__(
        self,
        deliver: Callable[[], Awaitable[None]],
        *,
        first: float = FIRST,
        gather: float = GATHER,
        every: float = EVERY,
    ) -> None:
        self._deliver = deliver
        self._first, self._gather, self._every = first, gather, every
        self._fired = asyncio.Event()
        self._rested = asyncio.Event()
        """No round goes on, and there has been one, or a look that found nothing to fetch."""
        self._in_round = False
        self._leaving = asyncio.Event()

    def fired(self) -> None:
        """Alerts have been stored."""
        self._fired.set()

    def round_begins(self) -> None:
        self._in_round = True
        self._rested.clear()

    def round_over(self) -> None:
        self._in_round = False
        self._rested.set()

    def nothing_due(self) -> None:
        """By itself nothing is to be fetched now; what somebody asked for may go on."""
        if not self._in_round:
            self._rested.set()

    def leave(self) -> None:
        """Finish what is being sent, and begin nothing more."""
        self._leaving.set()

    async def run(self, present: Callable[[], Awaitable[None]]) -> None:
        """Until `leave`. `present` is called before the first delivery: what was due by then was
        missed."""
        await self._within(self._first, self._rested)
        if not self._leaving.is_set():
            await present()
        while not self._leaving.is_set():
            self._fired.clear()
            await self._deliver()
            await self._within(self._every, self._fired)
            if self._fired.is_set():
                await self._within(self._gather, self._rested)

    async def _within(self, seconds: float, wanted: asyncio.Event) -> None:
        """Waits for it, or to leave, but not longer than that."""
        waits = {asyncio.create_task(event.wait()) for event in (wanted, self._leaving)}
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*waits, return_exceptions=True)
