"""What fired, and what of it is to be shown or sent. Part of `Library`."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from reader.domain.alert import PRIORITIES, Alert, ChannelState, InboxList, InboxQuery, Notice
from reader.domain.due import Usual
from reader.domain.library import Changes
from reader.services.clock import utc_now
from reader.services.journalled import Journalled
from reader.services.passages import with_context
from reader.store.database import from_ms_or_none
from reader.store.outbox import Batch
from reader.store.store import Store

WINDOW = "desktop"
"""The channel that the window serves itself, and that needs no settings."""
PRESENT = "present_since"
"""Under which the library keeps when a first round of fetching was over last, in ms."""
_FIRST_ROUND = timedelta(minutes=3)
"""It is over so soon after a start, or is not waited for."""


def notice_of(store: Store, batch: Batch, since: datetime) -> Notice | None:
    """What a channel is to deliver; `since`: how long somebody has been there to be told.

    None when every article of the batch has been deleted meanwhile: it is `done` then.
    """
    alerts = with_context(store.alerts, store.alerts.get(batch.alert_ids))
    if not alerts:
        return None
    aloud = {saved.id for saved in store.saved.all() if saved.rule.sound}
    return Notice(
        batch.name,
        batch.channel,
        tuple(_by_article(alerts)),
        sound=any(one.saved_id in aloud and one.priority != "low" for one in alerts),
        priority=max((one.priority for one in alerts), key=PRIORITIES.index),
        missed=all(row.due < since for row in batch.rows),
    )


def _by_article(alerts: Sequence[Alert]) -> list[Alert]:
    """Those of an article side by side; the article that fired last first."""
    last: dict[int, tuple[datetime, int]] = {}
    for one in alerts:
        last[one.article_id] = max((one.at, one.id), last.get(one.article_id, (one.at, one.id)))
    return sorted(alerts, key=lambda one: (last[one.article_id], one.at, one.id), reverse=True)


class Inbox(Journalled):
    """`configured`: the channels that have been set up."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = utc_now,
        configured: Callable[[], Collection[str]] = lambda: (WINDOW,),
        usual: Callable[[], Usual] = Usual,
    ) -> None:
        super().__init__(store, clock, usual)
        self._configured = configured
        self._since = clock()

    def inbox(self, wanted: InboxQuery) -> InboxList:
        alerts = self._store.alerts
        return InboxList(
            alerts.listed(wanted), alerts.counted(wanted), alerts.not_seen(), alerts.searches()
        )

    def alerts_of(
        self, ids: Sequence[int], *, context: bool = True
    ) -> dict[int, tuple[Alert, ...]]:
        """What fired for each, newest first; `context`: with the passages that hold the words,
        which takes a quarter of a millisecond for each alert."""
        found = self._store.alerts.of_articles(ids)
        by_article: dict[int, tuple[Alert, ...]] = {}
        for alert in with_context(self._store.alerts, found) if context else found:
            by_article[alert.article_id] = (*by_article.get(alert.article_id, ()), alert)
        return by_article

    def alerts_seen(self) -> Changes:
        with self._store.transaction():
            self._store.alerts.seen()
        return Changes(counts=True)

    def channels(self) -> list[ChannelState]:
        return self._store.outbox.states(self._configured())

    def retry_refused(self, channel: str) -> Changes:
        """What its receiver refused is sent once more, with the next delivery."""
        with self._store.transaction():
            self._store.outbox.retry(channel)
        return Changes(counts=True)

    def drop_refused(self, channel: str) -> Changes:
        """What its receiver refused is not delivered there; it stays in the inbox."""
        with self._store.transaction():
            rows = self._store.outbox.drop_refused(channel)
            if rows:
                self._record("drop refused", {"rows": rows}, {"channel": channel})
        return Changes(counts=bool(rows))

    def notices(self) -> list[Notice]:
        now = self._clock()
        batch = self._store.outbox.batched(WINDOW, now)
        if batch is None:
            return []
        notice = notice_of(self._store, batch, self._there())
        if notice is None:
            self._store.outbox.done(batch.name, now)
        return [notice] if notice else []

    def _there(self) -> datetime:
        """Since when somebody is there to be told: from the end of the first round on, where one
        has begun with this window."""
        told = from_ms_or_none(self._store.meta.get(PRESENT))
        begun = told is not None and self._since < told <= self._since + _FIRST_ROUND
        return told if told is not None and begun else self._since

    def delivered(self, batch: str) -> Changes:
        """It was shown; doing so twice changes nothing."""
        done = self._store.outbox.done(batch, self._clock())
        return Changes(counts=bool(done))
