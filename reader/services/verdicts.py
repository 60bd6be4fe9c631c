"""What the judgements of hits say: how precise a saved search is, and how it would be more so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from reader.domain.alert import Precision, Suggestion
from reader.errors import NotFoundError, QueryError
from reader.store.store import Store

if TYPE_CHECKING:
    from reader.domain.search import SavedSearch
    from reader.services.find import Finder

NEWEST = 120
"""Judgements of which suggestions are made: what was judged long ago says little of today."""
_RARE = 0.1
"""The share of other articles up to which a word says what an article is about."""
_ENOUGH = 100
"""Other articles from which such a share can be told."""


class Judged(Protocol):
    """A judgement: worth keeping or noise, and when that was said."""

    @property
    def keep(self) -> bool: ...
    @property
    def at(self) -> datetime: ...


def precision_of(name: str, judgements: Sequence[Judged], zone: tzinfo | None = None) -> Precision:
    """By the local week in which they were judged; weeks without any are left out."""
    weeks: dict[date, list[int]] = {}
    for one in judgements:
        day = one.at.astimezone(zone).date()
        counts = weeks.setdefault(day - timedelta(days=day.weekday()), [0, 0])
        counts[not one.keep] += 1
    rows = tuple((monday, kept, noise) for monday, (kept, noise) in sorted(weeks.items()))
    return Precision(name, sum(row[1] for row in rows), sum(row[2] for row in rows), rows)


class Verdicts:
    def __init__(self, store: Store, finder: Finder) -> None:
        self._store, self._finder = store, finder

    def precision(self, name: str) -> Precision:
        """NotFoundError when there is no saved search of that name."""
        saved = self._saved(name)
        return precision_of(saved.name, self._store.judgements.of(saved.id))

    def suggestions(
        self, name: str, step: Callable[[int, int], None] = lambda *_: None
    ) -> tuple[Suggestion, ...]:
        """The best first; none when too little was judged, when nothing helps, or when the query
        cannot be run. Whatever `step` raises, which is told how much is done, ends the work."""
        from reader.services.remedies import Case, remedies  # here: counting needs no search

        saved = self._saved(name)
        judged = self._store.judgements.of(saved.id)[-NEWEST:]
        keep = {one.article_id: one.keep for one in judged}
        try:
            query = self._finder.query(saved.query)
        except QueryError:
            return ()
        step(1, 2)
        cases = [Case(one, keep[one.id]) for one in self._store.lists.documents(keep)]
        return tuple(
            Suggestion(saved.name, one.sentence, one.query, len(one.noise), len(one.kept))
            for one in remedies(query, cases, _Archive(self._finder, step))
        )

    def _saved(self, name: str) -> SavedSearch:
        saved = self._store.saved.by_name(name.strip())
        if saved is None:
            raise NotFoundError(f"There is no saved search named “{name}”.")
        return saved


class _Archive:
    """All articles there are, as `remedies` asks about them."""

    def __init__(self, finder: Finder, step: Callable[[int, int], None]) -> None:
        self._finder, self._step = finder, step

    def telling(self, query: str, clause: str) -> bool:
        self._step(1, 2)
        others = self._finder.index_info().documents - self._finder.count(query)
        if others < _ENOUGH:
            return True
        having = self._finder.count(clause) - self._finder.count(f"({query}) {clause}")
        return having <= _RARE * others

    def left(self, query: str, changed: str) -> float:
        return self._finder.count(changed) / max(1, self._finder.count(query))
