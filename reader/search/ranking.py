"""How well documents fit, and which come first."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search import nodes
from reader.search.placing import Docs, Floats, Segment
from reader.search.syntax import Slot

_K, _B = 1.2, 0.75
_USUAL_LENGTH = 400
_GAPS = 2 * 1_001
"""Positions that no word can have: between title and lead, and between lead and body."""


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
            lengths = segment.end.astype(np.float32) - np.float32(_GAPS)
            slow = lengths * np.float32(_K * _B / _USUAL_LENGTH) + np.float32(_K * (1 - _B))
            self._slow[id(segment)] = slow
        found: Floats = weights / (weights + slow[docs])
        return found


class Best(NamedTuple):
    """The beginning of a list, in its order; `total`: how long all of it is."""

    total: int
    ids: NDArray[np.int64]
    scores: Floats


def best(results: Sequence[tuple[Segment, Result]], sort: str, limit: int | None = None) -> Best:
    """The first `limit` of all results. `sort` "date": newest first; "score": best, then newest.

    Unknown dates come last; of equal ones the highest id comes first.
    """
    if not results:
        return Best(0, np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
    ids = np.concatenate([segment.column("id")[found.docs] for segment, found in results])
    dates = np.concatenate([segment.column("sorted_at")[found.docs] for segment, found in results])
    scores = np.concatenate([found.scores for _segment, found in results])
    order = leading([scores, dates, ids] if sort == "score" else [dates, ids], limit)
    return Best(len(ids), ids[order], scores[order])


def leading(values: Sequence[NDArray[Any]], limit: int | None = None) -> NDArray[np.intp]:
    """Where the `limit` highest stand, highest first: by `values[0]`, among equals the next."""
    chosen = _highest(values, len(values[0]) if limit is None else limit)
    order = np.lexsort([value[chosen] for value in reversed(values)])
    return chosen[order[::-1]]


def _highest(values: Sequence[NDArray[Any]], limit: int) -> NDArray[np.intp]:
    """The `limit` highest in no order, without sorting all of them."""
    sure: list[NDArray[np.intp]] = []
    open_ = np.arange(len(values[0]))
    for value in values:
        if limit >= len(open_):
            break
        if not limit:
            return np.concatenate([*sure, open_[:0]])
        here = value[open_]
        least = np.partition(here, len(here) - limit)[len(here) - limit]
        sure.append(open_[here > least])
        open_, limit = open_[here == least], limit - len(sure[-1])
    return np.concatenate([*sure, open_[:limit]])
