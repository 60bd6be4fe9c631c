"""What a query would have found, had it been saved all along: from the index, telling nobody.

Days are those of lists by date: an article counts on the day it was published, or first seen where
that is not known.
"""

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import numpy as np

from reader.domain.alert import Backtest, Overlap
from reader.search.index import Index
from reader.search.slow import remarks
from reader.services.arrays import Flags, Ids, Kept, mask, numbers, top_of
from reader.services.clock import utc_now
from reader.services.find import Finder
from reader.store.overlap import Overlaps
from reader.store.store import Store

RECENT = 30
"""Local days, today among them, from which is told how much is to be expected."""
SAMPLES = 20
"""Articles to judge a query by; never two with the same text."""
_RECENT_SAMPLES = 12
"""So many of them at least are of the recent days, when these have as many."""
_STRAY = 0.02
"""The share of all articles that is too little to say that the archive reaches back so far."""
_FEW = 4_000
"""Articles that are looked up one by one among the hits; of more, all hits are read and kept."""
_EVERYTHING = "date:1900.."

_STEPS = 5

Days = tuple[tuple[date, int], ...]
Step = Callable[[int, int], None]


class Backtester:
    """`open_index`: called when more must be known of the words than what a search tells."""

    def __init__(
        self,
        store: Store,
        finder: Finder,
        open_index: Callable[[], Index],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._finder, self._open_index, self._clock = finder, open_index, clock
        self._overlaps = Overlaps(store.connection)
        self._hits = Kept(self._read_hits, store.selection.stamp)
        self._groups = Kept(self._read_groups, store.selection.stamp)

    def run(self, query: str, step: Step = lambda *_: None, *, besides: str = "") -> Backtest:
        """QueryError for a query that cannot be run. `step`: told how much is done; whatever it
        raises ends the work. `besides`: the saved search it belongs to, with which an overlap says
        nothing."""
        began = time.perf_counter()
        ids = np.array(self._finder.hits(query).ids, dtype=np.int64)
        step(1, _STEPS)
        today = self._clock().astimezone().date()
        days = filled(self._by_day(query), today)
        step(2, _STEPS)
        measured = self._measured(today)
        if days and self._finder.query(query).relative:  # such as last:7d: true of no older days
            measured = min(measured, (today - days[0][0]).days + 1)
        recent, monthly = _since(days, today, measured), _since(days, today, RECENT)
        step(3, _STEPS)
        copies = copies_of(ids, *self._groups.get())
        overlaps = self._shared(np.sort(ids), besides)
        step(4, _STEPS)
        return Backtest(
            query=query,
            total=len(ids),
            days=days,
            expected=recent / max(1, measured),
            expected_alerts=int(np.count_nonzero(~copies[:recent])) / max(1, measured),
            copies=int(np.count_nonzero(copies)),
            samples=samples_of(ids[~copies], int(np.count_nonzero(~copies[:monthly]))),
            overlaps=overlaps,
            slow=remarks(
                self._finder.query(query), _Archive(self._finder, self._open_index), len(ids)
            ),
            measured=measured,
            seconds=time.perf_counter() - began,
        )

    def _by_day(self, query: str) -> dict[date, int]:
        facet = self._finder.facet(query, "day")
        return {date.fromisoformat(day): count for day, count in facet.values}

    def _measured(self, today: date) -> int:
        """How many of the recent days the archive has; 0 when it is empty.

        It begins where more than a few stray articles are: feeds keep some very old ones.
        """
        days = sorted(self._by_day(_EVERYTHING).items())
        stray, before = _STRAY * sum(count for _, count in days), 0
        for day, count in days:
            before += count
            if before >= stray:
                return max(1, min(RECENT, (today - day).days + 1))
        return 0

    def _shared(self, ids: Ids, besides: str) -> tuple[Overlap, ...]:
        """Those that have the same articles first, then by how much either has of the other."""
        rows = [row for row in self._overlaps.totals() if row[1] != besides]
        if len(ids) <= _FEW:
            shared = self._overlaps.shared(ids.tolist())
        else:
            shared = _common(self._hits.get(), ids)
        found = [
            Overlap(name, shared[saved], total) for saved, name, total in rows if shared.get(saved)
        ]
        return tuple(sorted(found, key=lambda one: _likeness(one, len(ids)), reverse=True))

    def _read_hits(self) -> dict[int, Ids]:
        return {saved: numbers(ids) for saved, ids in self._overlaps.hits().items()}

    def _read_groups(self) -> tuple[Ids, Ids]:
        ids, roots = map(numbers, self._overlaps.grouped())
        return ids, roots


class _Archive:
    """All articles there are, as `slow` asks about them."""

    def __init__(self, finder: Finder, open_index: Callable[[], Index]) -> None:
        self._finder, self._open_index = finder, open_index
        self.articles = finder.index_info().documents

    def having(self, clause: str) -> int:
        return self._finder.count(clause)

    def beginning(self, prefix: str, most: int) -> int:
        with self._open_index() as index:
            return len(index.beginning(prefix, most))


def filled(counts: Mapping[date, int], today: date) -> Days:
    """Every day from the first to today, or to the last when that is later, oldest first."""
    if not counts:
        return ()
    first, last = min(counts), max(*counts, today)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple((day, counts.get(day, 0)) for day in days)


def _since(days: Days, today: date, recent: int) -> int:
    """How many there are in so many days up to today, and dated after it."""
    return sum(count for day, count in days if (today - day).days < recent)


def _common(hits: Mapping[int, Ids], ids: Ids) -> dict[int, int]:
    """How many of `ids` (ascending) are among those of each saved search."""
    top = max((int(each.max()) for each in hits.values() if len(each)), default=0)
    among = mask(ids, max(top, top_of(ids)))
    return {saved: int(np.count_nonzero(among[each])) for saved, each in hits.items()}


def _likeness(one: Overlap, total: int) -> float:
    """1 for the same articles, 0 for none in common."""
    return one.shared / (one.total + total - one.shared)


def copies_of(ids: Ids, grouped: Ids, roots: Ids) -> Flags:
    """Which of `ids` repeat the text of another of them that came before, as their ids tell.

    `roots`: for each of `grouped`, articles in any order, what stands for its group.
    """
    among = np.flatnonzero(np.isin(grouped, ids))
    in_order = among[np.lexsort((grouped[among], roots[among]))]
    repeats = roots[in_order][1:] == roots[in_order][:-1]
    return np.isin(ids, grouped[in_order][1:][repeats])


def samples_of(ids: Ids, recent: int) -> tuple[int, ...]:
    """Spread evenly over `ids`, newest first, but more of the first `recent`, the recent ones."""
    older = len(ids) - recent
    of_recent = min(recent, max(_RECENT_SAMPLES, SAMPLES - older))
    return (*_spread(ids[:recent], of_recent), *_spread(ids[recent:], SAMPLES - of_recent))


def _spread(ids: Ids, count: int) -> list[int]:
    if len(ids) <= count:
        return list(ids.tolist())
    places = (2 * np.arange(count) + 1) * len(ids) // (2 * count)
    return list(ids[places].tolist())
