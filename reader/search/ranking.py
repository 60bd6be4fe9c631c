"""How well documents fit, and which come first."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search import nodes
from reader.search.analysis import GAP
from reader.search.sources import Docs, Floats, Segment
from reader.search.syntax import Slot

_K, _B = 1.2, 0.75
_USUAL_LENGTH = 400


class Result(NamedTuple):
    """`scores` runs beside `docs`, which ascend; all zero when nobody asked for them."""

    docs: Docs
    scores: Floats


class Rarity:
    """How rare words are in all segments together, and how long the documents of each are.

    A length is measured against a fixed one rather than the average of the library: a score does
    not change because other articles came or segments were merged.
    """

    def __init__(self, segments: Collection[Segment]) -> None:
        self._segments = tuple(segments)
        self._count = sum(segment.count for segment in self._segments)
        self._known: dict[tuple[str, Slot], float] = {}
        self._slow: dict[int, Floats] = {}

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

    def fitting(self, segment: Segment, docs: Docs, weights: Floats) -> Floats:
        """From 0 to 1: the more often the better, but ever less so; less in a long text."""
        slow = self._slow.get(id(segment))
        if slow is None:
            lengths = segment.end.astype(np.float32) - np.float32(2 * GAP)
            slow = lengths * np.float32(_K * _B / _USUAL_LENGTH) + np.float32(_K * (1 - _B))
            self._slow[id(segment)] = slow
        found: Floats = weights / (weights + slow[docs])
        return found


class Best(NamedTuple):
    """The beginning of a list, in its order; `total`: how long all of it is."""

    total: int
    ids: NDArray[np.int64]
    scores: Floats


def best(results: Iterable[tuple[Segment, Result]], sort: str, limit: int | None = None) -> Best:
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


def _first(segment: Segment, found: Result, sort: str, limit: int | None) -> _Part:
    """What one segment can give to the list, in no order; only that is looked up."""
    ids, dates = segment.column("id"), segment.column("sorted_at")
    keys: list[_Key] = [lambda at: dates[found.docs[at]], lambda at: ids[found.docs[at]]]
    if sort == "score":
        keys.insert(0, lambda at: found.scores[at])
    total = len(found.docs)
    at = _highest(keys, total, total if limit is None else limit)
    docs = found.docs[at]
    return _Part(total, ids[docs], dates[docs], found.scores[at])


_Key = Callable[[NDArray[np.intp]], NDArray[Any]]
"""What to sort by: the values of some of a list."""


def _highest(keys: Sequence[_Key], count: int, limit: int) -> NDArray[np.intp]:
    """Which of a list are the `limit` highest by the first key, among equals by the next."""
    sure: list[NDArray[np.intp]] = []
    open_ = np.arange(count)
    for key in keys:
        if not 0 < limit < len(open_):
            break
        values = key(open_)
        least = np.partition(values, len(values) - limit)[len(values) - limit]
        sure.append(open_[values > least])
        open_ = open_[values == least]
        limit -= len(sure[-1])
    return np.concatenate([*sure, open_[:limit]])


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=dtype), *parts])
