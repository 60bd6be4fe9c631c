"""The postings of one word, in stretches of one form each, made sets of documents and weights.

A word of a query has a handful of forms in each of several segments. All of their postings are
brought together at once, whatever segment they are from: what costs is the number of steps.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.pack import Array

Docs = NDArray[np.uint32]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Integers = NDArray[np.int64]

NOBODY: Docs = np.empty(0, np.uint32)
_FEW = 6
"""One document in so many is few: they are sorted, and not marked among all."""
_FEW_AT_ALL = 2_000
"""Postings that are sorted with their weights."""
_SMALL = 500
"""Postings of a stretch with which less is done than with the calls to do it."""
_FAR_FEWER = 16
"""Documents so many times fewer than postings are looked up among these."""


class Stretch(NamedTuple):
    """Postings of a segment whose documents are numbered from `base`, `extent` of them.

    `docs` are as stored, numbered from 0, and `weights` beside them; of these only what is in
    documents that `only` marks. `single`: the documents ascend, each of them once.
    """

    docs: Array
    weights: Array
    only: Mask | None
    base: int
    extent: int
    single: bool

    def standing(self) -> Integers:
        """The documents within their segment."""
        docs = self.docs.astype(np.int64)
        kept = self._kept(docs)
        return docs if kept is None else docs.take(kept)

    def weighed(self) -> tuple[Integers, Array]:
        """The documents within their segment, and what each posting weighs."""
        docs = self.docs.astype(np.int64)
        kept = self._kept(docs)
        if kept is None:
            return docs, self.weights
        return docs.take(kept), self.weights.take(kept)

    def _kept(self, docs: Integers) -> Integers | None:
        """Which postings count; None when all do."""
        if self.only is None:
            return None
        kept = self.only.take(docs)
        return None if kept.all() else np.flatnonzero(kept)

    def among(self, docs: Docs) -> tuple[Integers, Integers]:
        """Which of `docs` (ascending, numbered in all segments) it holds, and in which postings.

        Only of a single one.
        """
        ends = np.array((self.base, self.base + self.extent), docs.dtype)
        low, high = np.searchsorted(docs, ends).tolist()
        wanted = docs[low:high] - np.uint32(self.base)
        if not len(self.docs):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        at = np.searchsorted(self.docs, wanted.astype(self.docs.dtype))
        found = np.flatnonzero(self.docs.take(at, mode="clip") == wanted)
        if self.only is not None:
            found = found.take(np.flatnonzero(self.only.take(wanted.take(found))))
        return found + low, at.take(found)


def union(stretches: Sequence[Stretch], count: int) -> Docs:
    """The documents, below `count`, that any of the stretches holds; ascending."""
    if len(stretches) == 1 and stretches[0].single:
        return (stretches[0].standing() + stretches[0].base).astype(np.uint32)
    if _FEW * sum(len(each.docs) for each in stretches) < count:
        return distinct(_together(stretches)[0].astype(np.uint32))
    return np.flatnonzero(marked(stretches, count)).astype(np.uint32)


def marked(stretches: Sequence[Stretch], count: int) -> Mask:
    """Of each document below `count` whether any of the stretches holds it."""
    marks = np.zeros(count, np.bool_)
    for each in _sized(stretches, small=False):
        own, docs = marks[each.base : each.base + each.extent], each.docs.astype(np.intp)
        if each.only is None:
            own[docs] = True  # takes half as long by numbers of this very type
        else:
            some = np.zeros(each.extent, np.bool_)
            some[docs] = True
            own |= np.logical_and(some, each.only, out=some)
    marks[_together(_sized(stretches, small=True))[0]] = True
    return marks


def summed(stretches: Sequence[Stretch], count: int) -> tuple[Docs, Floats]:
    """As `union`, and the sum of what weighs in each document."""
    if len(stretches) == 1 and stretches[0].single:
        docs, weights = stretches[0].weighed()
        return (docs + stretches[0].base).astype(np.uint32), weights.astype(np.float32)
    if sum(len(each.docs) for each in stretches) < _FEW_AT_ALL:
        return _summed_by_order(stretches)
    dense = spread(stretches, np.zeros(count, np.float32))
    found = np.flatnonzero(dense != 0)  # of numbers it takes several times as long
    return found.astype(np.uint32), dense.take(found)


def spread(stretches: Sequence[Stretch], dense: Floats) -> Floats:
    """Puts into `dense`, one 0 for each document, the sum of what weighs there; returns it."""
    begun = set()
    for each in _sized(stretches, small=False):
        docs, weights = each.weighed()
        own = dense[each.base : each.base + each.extent]
        if not each.single:
            own += np.bincount(docs, weights, minlength=each.extent)
        elif each.base in begun:
            own[docs] += weights
        else:
            own[docs] = weights
        begun.add(each.base)
    docs, weights = _together(_sized(stretches, small=True))
    np.add.at(dense, docs, weights.astype(np.float32))
    return dense


def holding(stretches: Sequence[Stretch], docs: Docs, count: int) -> Mask:
    """Which of `docs` any of the stretches holds."""
    if not _few(stretches, docs):
        return marked(stretches, count).take(docs)
    found = np.zeros(len(docs), np.bool_)
    for each in stretches:
        found[each.among(docs)[0]] = True
    return found


def weights_in(stretches: Sequence[Stretch], docs: Docs, count: int) -> Floats:
    """What weighs in each of `docs`; 0 where nothing does."""
    if not _few(stretches, docs):
        return spread(stretches, np.zeros(count, np.float32)).take(docs)
    found = np.zeros(len(docs), np.float32)
    for each in stretches:
        at, postings = each.among(docs)
        found[at] += each.weights.take(postings)
    return found


def distinct(values: Docs) -> Docs:
    """Ascending, each once; `numpy.unique` takes twenty times as long."""
    values = np.sort(values, kind="stable")  # they come in a few ascending runs
    first = _first(values)
    return values if first.all() else values.take(np.flatnonzero(first))


def _few(stretches: Sequence[Stretch], docs: Docs) -> bool:
    """Whether it is less work to look the documents up than to look at every posting."""
    postings = sum(len(each.docs) for each in stretches)
    return _FAR_FEWER * len(docs) < postings and all(each.single for each in stretches)


def _sized(stretches: Sequence[Stretch], *, small: bool) -> list[Stretch]:
    return [each for each in stretches if (len(each.docs) < _SMALL) == small]


def _together(stretches: Sequence[Stretch]) -> tuple[Integers, Array]:
    """The documents, numbered in all segments, and weights of short stretches, in their order."""
    if not stretches:
        return np.empty(0, np.int64), np.empty(0, np.uint8)
    docs = np.concatenate([each.docs for each in stretches]).astype(np.int64)
    docs += np.repeat([each.base for each in stretches], [len(each.docs) for each in stretches])
    weights = np.concatenate([each.weights for each in stretches])
    kept = np.concatenate(
        [
            np.ones(len(s.docs), np.bool_) if s.only is None else s.only.take(s.docs)
            for s in stretches
        ]
    )
    if kept.all():
        return docs, weights
    at = np.flatnonzero(kept)
    return docs.take(at), weights.take(at)


def _summed_by_order(stretches: Sequence[Stretch]) -> tuple[Docs, Floats]:
    docs, weights = _together(stretches)
    order = np.argsort(docs, kind="stable")
    docs, weights = docs.take(order), weights.take(order).astype(np.float32)
    first = np.flatnonzero(_first(docs))
    if len(first) < len(docs):
        docs, weights = docs.take(first), np.add.reduceat(weights, first)
    return docs.astype(np.uint32), weights


def _first(values: Array) -> Mask:
    """Which of sorted values differ from the one before."""
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first
