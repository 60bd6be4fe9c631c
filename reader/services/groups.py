"""Which articles each feed, entity or tag has, in memory beside a changing database.

A group is read at first need, and looked at again only after the library has changed: compared
with the database exactly, unless so much is asked for that this would take long. Then the counts
in which every change of a group leaves a trace are compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

import numpy as np

from reader.services.arrays import NOBODY, Ids, numbers, top_of
from reader.store.selection import Key, Selection

SMALL = 100_000
"""Ids that may be read again at every change: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class _Group:
    ids: Ids
    sum: str
    trace: object


@dataclass(frozen=True, slots=True)
class Flat:
    """Several groups in one array: `ids[n]` is an article of the group number `owners[n]`.

    `top`: the highest id.
    """

    ids: Ids
    owners: Ids
    top: int


class Groups(Generic[Key]):
    """The articles of each key of one kind (see `Selection.members`), deleted ones too."""

    def __init__(self, kind: str, selection: Selection) -> None:
        self._kind = kind
        self._selection = selection
        self._known: dict[Key, _Group] = {}
        self._seen: dict[Key, object] = {}
        self._changes = 0
        self._flat: tuple[object, Flat] | None = None

    def of(self, keys: Iterable[Key]) -> list[Ids]:
        """In the order of `keys`, as they are in the database now."""
        wanted = list(keys)
        stamp = self._selection.stamp()
        stale = [key for key in wanted if self._seen.get(key) != stamp]
        if stale:
            self._renew(stale)
            self._seen.update(dict.fromkeys(stale, stamp))
        return [self._known[key].ids for key in wanted]

    def flat(self, keys: tuple[Key, ...]) -> Flat:
        """The same in one array, put together again only when one of them has changed."""
        groups: list[Ids] = self.of(keys)
        token = (keys, self._changes)
        if self._flat is None or self._flat[0] != token:
            owners = np.repeat(np.arange(len(keys)), [len(ids) for ids in groups])
            self._flat = token, Flat(np.concatenate([NOBODY, *groups]), owners, top_of(*groups))
        return self._flat[1]

    def _renew(self, stale: list[Key]) -> None:
        """What changes between two of these questions is found at the next look."""
        traces = self._traces(stale)
        doubtful = [k for k in stale if k not in traces or not self._left_alone(k, traces[k])]
        sums = self._selection.sums(self._kind, doubtful)
        changed = [k for k in doubtful if k not in self._known or self._known[k].sum != sums[k]]
        members = self._selection.members(self._kind, changed)
        for key in doubtful:
            ids = np.sort(numbers(members[key])) if key in members else self._known[key].ids
            self._known[key] = _Group(ids, sums[key], traces.get(key))
        self._changes += len(changed)

    def _traces(self, stale: list[Key]) -> dict[Key, object]:
        """What shows a change of each group, where there are too many ids to look at them all."""
        if self._kind not in ("feed", "entity"):
            return {}
        pulse, tallies = self._selection.pulse(), self._selection.tallies(self._kind)
        traces = {key: tallies.get(int(key), (0, 0)) for key in stale}
        if sum(articles for articles, _ in traces.values()) <= SMALL:
            return {}
        return {key: (tally, pulse.lexicon, pulse.rescan) for key, tally in traces.items()}

    def _left_alone(self, key: Key, trace: object) -> bool:
        return key in self._known and self._known[key].trace == trace
