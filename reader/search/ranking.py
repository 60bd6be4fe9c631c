"""How well documents fit, and which come first."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from reader.search import nodes
from reader.search.analysis import GAP
from reader.search.highest import Key, highest
from reader.search.sources import Docs, Documents, Floats
from reader.search.syntax import Slot

_K, _B = 1.2, 0.75
_USUAL_LENGTH = 400


class Result(NamedTuple):
    """`scores` runs beside `docs`, which ascend; all zero when nobody asked for them.

    `more`: how many others there are, all of them older, when only the newest were asked for.
    """

    docs: Docs
    scores: Floats
    more: int = 0


Slow = WeakKeyDictionary[Documents, Floats]
"""How many times a word has to stand in each document to fit it half; the longer, the more."""


class Rarity:
    """How rare words are in all segments together, and how long the documents of each are.

    A length is measured against a fixed one rather than the average of the library: a score does
    not change because other articles came or segments were merged.
    """

    def __init__(self, segments: Collection[Documents], slow: "Slow | None" = None) -> None:
        """`slow`: what another one found out, and this one may add to."""
        self._segments = tuple(segments)
        self._count = sum(segment.count for segment in self._segments)
        self._known: dict[tuple[str, Slot], float] = {}
        self._slow: Slow = WeakKeyDictionary() if slow is None else slow

    def of(self, field: str, slot: Slot) -> float:
        """The inverse document frequency of whatever the slot accepts."""
        known = self._known.get((field, slot))
        if known is None:
            having = sum(segment.frequency(field, slot) for segment in self._segments)
            having = min(having, self._count)
            known = float(np.log(1 + (self._count - having + 0.5) / (having + 0.5)))
            self._known[field, slot] = known
        return known

    def of_all(self, node: Any) -> float:
        """Of a placed clause: all its words together, and of a group the rarest alternative."""
        slot = nodes.slot_of(node)
        if slot:
            return self.of(node.fieldname, slot)
        if isinstance(node, nodes.Chain):
            return sum(self.of(str(node.fieldname), slot) for slot in node.slots)
        if isinstance(node, nodes.Filter):
            return 0.0
        parts = [self.of_all(child) for child in node.children()]
        return max(parts) if isinstance(node, nodes.AnyOf | nodes.Often) else sum(parts)

    def fitting(self, segment: Documents, docs: Docs | None, weights: Floats) -> Floats:
        """From 0 to 1: the more often the better, but ever less so; less in a long text.

        `weights` are those of `docs`, or of every document.
        """
        slow = self._slow.get(segment)
        if slow is None:
            lengths = segment.end.astype(np.float32) - np.float32(2 * GAP)
            slow = lengths * np.float32(_K * _B / _USUAL_LENGTH) + np.float32(_K * (1 - _B))
            self._slow[segment] = slow
        found = weights + (slow if docs is None else slow.take(docs))
        np.divide(weights, found, out=found)
        return found


class Best(NamedTuple):
    """The beginning of a list, in its order; `total`: how long all of it is."""

    total: int
    ids: NDArray[np.int64]
    scores: Floats


def best(results: Iterable[tuple[Documents, Result]], sort: str, limit: int | None = None) -> Best:
    """The first `limit` of all results. `sort` "date": newest first; "score": best, then newest.

    Unknown dates come last; of equal ones the highest id comes first.
    """
    parts = [_first(segment, found, sort, limit) for segment, found in results]
    total = sum(part.total for part in parts)
    ids = _joined([part.ids for part in parts], np.int64)
    scores = _joined([part.scores for part in parts], np.float32)
    keys = [ids, _joined([part.dates for part in parts], np.int64)]
    order = np.lexsort([*keys, scores] if sort == "score" else keys)[::-1][:limit]
    return Best(total, ids[order], scores[order])


class _Part(NamedTuple):
    total: int
    ids: NDArray[np.int64]
    dates: NDArray[np.int64]
    scores: Floats


def _first(segment: Documents, found: Result, sort: str, limit: int | None) -> _Part:
    """What one segment can give to the list, in no order; only that is looked up."""
    ids, dates = segment.column("id"), segment.column("sorted_at")
    docs, scores, more = found
    if limit is not None and limit < len(docs):
        keys: list[Key] = [lambda some: dates.take(docs[some]), lambda some: ids.take(docs[some])]
        if sort == "score":
            keys.insert(0, lambda some: scores[some])
        at = highest(keys, len(docs), limit)
        docs, scores = docs.take(at), scores.take(at)
    return _Part(len(found.docs) + more, ids.take(docs), dates.take(docs), scores)


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=dtype), *parts])
