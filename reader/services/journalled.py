"""What every part of a library's use cases has: the store, a clock, and the journal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from reader.domain.due import Usual
from reader.services.clock import utc_now
from reader.store.store import Store


class Journalled:
    """`usual`: what the settings say of alerts now."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = utc_now,
        usual: Callable[[], Usual] = Usual,
    ) -> None:
        self._store = store
        self._clock = clock
        self._usual = usual

    def _record(self, what: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        """In the transaction of the change itself."""
        self._store.journal.record(what, before, after, self._clock())

    def _midnights(self, days: int) -> list[datetime]:
        """Where the last so many local days begin, today's among them, and where today ends."""
        today = self._clock().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        return [
            (today.replace(tzinfo=None) + timedelta(days=n)).astimezone()
            for n in range(1 - days, 2)
        ]
