"""Sets of documents: ascending uint32 arrays, each document once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reader.search.postings import NOBODY, Docs, distinct

__all__ = ["NOBODY", "Docs", "Sets", "among_sorted", "where"]

_FEW = 16
"""A set so many times smaller than another is looked up in it, rather than both marked."""
_LOOKED_UP = 64
"""So few values are always looked up."""
_WIDE = 32
"""A range so many times wider than there are values in it is too wide to be marked."""


class Sets:
    """Joins sets of documents below `count`. The marks are shared, so one thread uses it."""

    def __init__(self, count: int) -> None:
        self._marks = np.zeros(count, dtype=bool)

    def both(self, a: Docs, b: Docs) -> Docs:
        """What is in both."""
        small, large = (a, b) if len(a) <= len(b) else (b, a)
        if len(small) * _FEW < len(large):
            return where(small, among_sorted(small, large))
        self._marks[large] = True
        found = where(small, self._marks.take(small))
        self._marks[large] = False
        return found

    def without(self, a: Docs, gone: Docs) -> Docs:
        """What is in `a` alone."""
        if len(a) * _FEW < len(gone):
            return where(a, ~among_sorted(a, gone))
        self._marks[gone] = True
        found = where(a, ~self._marks.take(a))
        self._marks[gone] = False
        return found

    def union(self, parts: Sequence[Docs]) -> Docs:
        """What is in any of the parts."""
        real = [part for part in parts if len(part)]
        if len(real) < 2:
            return real[0] if real else NOBODY
        if sum(map(len, real)) * _FEW < len(self._marks):
            return distinct(np.concatenate(real))
        for part in real:
            self._marks[part] = True
        found = np.flatnonzero(self._marks).astype(np.uint32)
        self._marks[found] = False
        return found


def where(docs: Docs, mask: NDArray[np.bool_]) -> Docs:
    """Those of `docs` that the mask marks; several times quicker than indexing with it."""
    return docs.take(np.flatnonzero(mask))


def among_sorted(
    values: NDArray[np.int64] | Docs, known: NDArray[np.int64] | Docs
) -> NDArray[np.bool_]:
    """For each value whether it is in `known`, which ascends."""
    if len(values) > _LOOKED_UP:
        low, high = values.min(), values.max()
        known = known[np.searchsorted(known, low) : np.searchsorted(known, high, "right")]
        many = len(values) * _FEW >= len(known) > 0
        if many and high - low < _WIDE * (len(values) + len(known)):
            marks = np.zeros(int(high - low) + 1, np.bool_)
            marks[known - low] = True
            marked: NDArray[np.bool_] = marks.take(values - low)
            return marked
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    found: NDArray[np.bool_] = known.take(np.searchsorted(known, values), mode="clip") == values
    return found
