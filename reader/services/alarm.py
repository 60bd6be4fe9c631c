"""Which hits of an arriving article fire an alert, and when each is to be delivered, and where.

Silence is the rule: an alert fires for news of a feed that has been read before, once for an
article, its copies elsewhere and its repetitions in the same place. It is written in the
transaction that stores the article, with what its channels are to deliver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Protocol

from reader.domain.article import SearchDocument
from reader.domain.due import Usual, due, max_age, young_enough
from reader.domain.feed import Feed
from reader.domain.search import SavedSearch
from reader.store.store import Store


class Resembling(Protocol):
    """Articles of the library, by id. `group`: with the same text at other outlets; `twins`: with
    nearly the same text at this one, as when a feed changes its ids and titles."""

    @property
    def group(self) -> tuple[int, ...]: ...
    @property
    def twins(self) -> tuple[int, ...]: ...


class Likeness(Protocol):
    def resembling(self, document: SearchDocument, feed: Feed) -> Resembling:
        """`document`: about to be stored, or to get another text."""

    def keep(self, article_id: int, document: SearchDocument) -> None:
        """It is stored, in the present transaction: later articles may resemble it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came or changed, as far as firing depends on it."""

    published: datetime | None
    first_fetch: bool = False
    """Of the feed that brings it: nothing of that is news."""
    known: frozenset[int] = frozenset()
    """Saved searches that it, or a twin, may have matched before."""
    copied: frozenset[int] = frozenset()
    """Saved searches that fired for a copy at another outlet."""
    told: frozenset[int] = frozenset()
    """Saved searches that fired at this outlet for an article of the same group of copies."""


def fires(saved: SavedSearch, arrival: Arrival, usual: Usual, now: datetime) -> bool:
    """Whether a saved search that matches the article tells of it."""
    return (
        _listens(saved)
        and not arrival.first_fetch
        and young_enough(arrival.published, now, max_age(saved.rule, usual))
        and saved.id not in arrival.known
        and saved.id not in (arrival.told if saved.rule.each_outlet else arrival.copied)
    )


def _listens(saved: SavedSearch) -> bool:
    return saved.alert and not saved.broken


def _is_first_of(feed: Feed, published: datetime | None) -> bool:
    """Whether a feed tells of what it already had when it was subscribed. One that was empty when
    it was first read does so when it first has items; what is dated later is its first news."""
    if not feed.fetched_once or feed.carried:
        return not feed.fetched_once
    return published is None or feed.added is None or published <= feed.added


class Alarm:
    """`usual` may be replaced whenever the settings change. Without `likeness` nothing resembles
    anything. `zone`: whose local time rules speak of; None is the system's."""

    def __init__(self, store: Store, likeness: Likeness | None, usual: Usual) -> None:
        self._store = store
        self._likeness = likeness
        self.zone: tzinfo | None = None
        self.usual = usual

    def before(self, article_ids: Sequence[int]) -> set[int]:
        """The saved searches that may have matched these articles before: those that did or
        fired, and those that have not been asked about the archive yet."""
        return self._known_of(article_ids)

    def raise_for(
        self,
        article_id: int,
        document: SearchDocument,
        feed: Feed,
        hits: Mapping[SavedSearch, str],
        before: set[int],
        now: datetime,
    ) -> int:
        """Fires what is to fire, in the caller's transaction, and returns how many did.

        `hits`: with the spans as `parts.why_json` gives them; `before`: of the article until
        now. Asked before the article is kept as one that others may resemble.
        """
        unread = _is_first_of(feed, document.published)
        first = Arrival(document.published, unread, frozenset(before))
        if not any(fires(saved, first, self.usual, now) for saved in hits):
            return 0  # most articles: nobody needs to know what they resemble
        arrival = self._likened(article_id, document, feed, first)
        return sum(
            self._fire(article_id, saved, spans, now)
            for saved, spans in hits.items()
            if fires(saved, arrival, self.usual, now)
        )

    def _likened(
        self, article_id: int, document: SearchDocument, feed: Feed, first: Arrival
    ) -> Arrival:
        if self._likeness is None:
            return first
        alike = self._likeness.resembling(document, feed)
        twins = [i for i in alike.twins if i != article_id]
        group = [i for i in alike.group if i != article_id]
        known = first.known | self._known_of(twins) if twins else first.known
        if not group:
            return replace(first, known=known)
        alerts, copies = self._store.alerts, self._store.copies
        held = copies.group(group[0])  # with those that are too old to be compared with
        told = alerts.fired(held, at=copies.outlet(feed.id))
        copied = alerts.fired({*group, *held})
        return replace(first, known=known, copied=frozenset(copied), told=frozenset(told))

    def _known_of(self, article_ids: Sequence[int]) -> set[int]:
        saved, alerts = self._store.saved, self._store.alerts
        return saved.hits_of(*article_ids) | alerts.fired(article_ids) | saved.underived_ids()

    def _fire(self, article_id: int, saved: SavedSearch, spans: str, now: datetime) -> bool:
        alert = self._store.alerts.fire(article_id, saved, spans, now)
        if alert:
            self._store.outbox.put(alert, self._due(saved, now))
        return bool(alert)

    def _due(self, saved: SavedSearch, now: datetime) -> dict[str, datetime]:
        rule = saved.rule
        return {
            channel: due(rule, self.usual, now, self._last_sent(saved, channel), self.zone)
            for channel in rule.channels
        }

    def _last_sent(self, saved: SavedSearch, channel: str) -> datetime | None:
        if not saved.rule.cooldown_minutes:
            return None
        return self._store.outbox.last_sent(saved.id, channel)
