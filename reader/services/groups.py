"""Which articles each feed, entity or tag has, in memory beside a changing database.

A group is read at first need, and looked at again only after the library has changed: compared
with the database exactly, unless so much is asked for that this would take long. Then the counts
in which every change of a group leaves a trace are compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from reader.services.arrays import NOBODY, Ids, numbers, top_of
from reader.store.selection import Key, Selection

SMALL = 100_000
"""Ids that may be read again at every change: a few milliseconds."""
_BITS = 24
"""Of a pair of article and group, how many are for the group."""


@dataclass(frozen=True, slots=True)
class _Group:
    ids: Ids
    sum: str
    trace: object


@dataclass(frozen=True, slots=True)
class Pairs:
    """Articles with the numbers of their groups: `articles[n]` is in the next `counts[n]` ones."""

    articles: Ids
    counts: Ids
    groups: NDArray[np.int32]

    def several(self) -> tuple[Ids, Ids]:
        """(places, articles): where in `groups` those of articles with several groups stand."""
        places = np.flatnonzero(np.repeat(self.counts > 1, self.counts))
        often = self.counts > 1
        return places, np.repeat(self.articles[often], self.counts[often])


class Turned:
    """The other way round: the numbers of the groups that each article is in."""

    def __init__(self, groups: list[Ids]) -> None:
        owners = np.repeat(np.arange(len(groups)), [len(ids) for ids in groups])
        pairs = (np.concatenate([NOBODY, *groups]) << _BITS) | owners
        pairs.sort()
        self._owners: NDArray[np.int32] = (pairs & ((1 << _BITS) - 1)).astype(np.int32)
        self._starts = np.zeros(top_of(*groups) + 2, dtype=np.int64)
        np.cumsum(np.bincount(pairs >> _BITS, minlength=1)[: top_of(*groups) + 1],
                  out=self._starts[1:])  # fmt: skip

    def of(self, ids: Ids) -> Pairs:
        """Of those of `ids` that are in any group."""
        within = ids[: np.searchsorted(ids, len(self._starts) - 1)]
        first = self._starts[within]
        counts = self._starts[within + 1] - first
        ends = np.cumsum(counts)
        places = np.repeat(first - (ends - counts), counts)
        places += np.arange(len(places))
        return Pairs(within, counts, self._owners[places])


class Groups(Generic[Key]):
    """The articles of each key of one kind (see `Selection.members`), deleted ones too."""

    def __init__(self, kind: str, selection: Selection) -> None:
        self._kind = kind
        self._selection = selection
        self._known: dict[Key, _Group] = {}
        self._seen: dict[Key, object] = {}
        self._changes = 0
        self._turned: tuple[object, Turned] | None = None

    def of(self, keys: Iterable[Key]) -> list[Ids]:
        """In the order of `keys`, as they are in the database now."""
        wanted = list(keys)
        stamp = self._selection.stamp()
        stale = [key for key in wanted if self._seen.get(key) != stamp]
        if stale:
            self._renew(stale)
            self._seen.update(dict.fromkeys(stale, stamp))
        return [self._known[key].ids for key in wanted]

    def turned(self, keys: tuple[Key, ...]) -> Turned:
        """The same by article, made again only when one of them has changed."""
        groups = self.of(keys)
        token = (keys, self._changes)
        if self._turned is None or self._turned[0] != token:
            self._turned = token, Turned(groups)
        return self._turned[1]

    def _renew(self, stale: list[Key]) -> None:
        """What changes between two of these questions is found at the next look."""
        traces = self._traces(stale)
        doubtful = [k for k in stale if k not in traces or not self._left_alone(k, traces[k])]
        sums = self._selection.sums(self._kind, doubtful)
        changed = [k for k in doubtful if k not in self._known or self._known[k].sum != sums[k]]
        members = self._selection.members(self._kind, changed)
        for key in doubtful:
            ids: Ids = np.sort(numbers(members[key])) if key in members else self._known[key].ids
            self._known[key] = _Group(ids, sums[key], traces.get(key))
        self._changes += len(changed)

    def _traces(self, stale: list[Key]) -> dict[Key, object]:
        """What shows a change of each group, where there are too many ids to look at them all."""
        if self._kind not in ("feed", "entity"):
            return {}
        pulse, tallies = self._selection.pulse(), self._selection.tallies(self._kind)
        counts = {key: tallies.get(int(key), (0, 0)) for key in stale}
        if sum(articles for articles, _ in counts.values()) <= SMALL:
            return {}
        return {key: (count, pulse.lexicon, pulse.rescan) for key, count in counts.items()}

    def _left_alone(self, key: Key, trace: object) -> bool:
        return key in self._known and self._known[key].trace == trace
