"""What a word is in: asked of one segment, or of several as if they were one."""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.search import postings
from reader.search.highest import highest
from reader.search.lookup import TEXT, key
from reader.search.pack import Array
from reader.search.postings import Docs, Floats, Mask, Stretch
from reader.search.recent import Recent
from reader.search.syntax import Slot

_HALF = np.float32(0.5)
_NEWEST = 1 << 12
"""Documents in which a list of common words by date is looked for first."""
_VALUES = 1 << 21
"""Array elements in answers that are kept for the next query."""


class Answers(ABC):
    """Documents, ascending, numbered from 0 up to `count`; deleted ones are among them."""

    count: int

    def __init__(self) -> None:
        self._answers: Recent[tuple[Any, ...], tuple[Array, ...]] = Recent(_VALUES)

    @abstractmethod
    def column(self, name: str) -> NDArray[np.int64]:
        """The values of a column for every document."""

    @cached_property
    def newest(self) -> Docs:
        """By date, those with the highest ids first among equals; as many as are kept at hand."""
        ids, dates = self.column("id"), self.column("sorted_at")
        found = highest([dates.__getitem__, ids.__getitem__], self.count, min(_NEWEST, self.count))
        return found[np.lexsort([ids.take(found), dates.take(found)])[::-1]].astype(np.uint32)

    @abstractmethod
    def frequency(self, field: str, slot: Slot) -> int:
        """How many documents hold the slot at most."""

    @abstractmethod
    def stretches(self, field: str, slot: Slot, *, weighed: bool = True) -> list[Stretch]:
        """The postings of the slot; when `weighed`, their weights in "text" count halves."""

    def docs(self, field: str, slot: Slot) -> Docs:
        """The documents that hold the slot."""
        asked = key(field, slot)
        known = self._answers.get((*asked, False)) or self._answers.get((*asked, True))
        if known is None:
            known = (postings.union(self.stretches(field, slot, weighed=False), self.count),)
            self._answers.put((*asked, False), known, len(known[0]))
        return known[0]

    def marks(self, field: str, slot: Slot) -> Mask:
        """Of every document whether it holds the slot; the caller may change them."""
        return postings.marked(self.stretches(field, slot, weighed=False), self.count)

    def weighed(self, field: str, slot: Slot) -> tuple[Docs, Floats]:
        """The documents that hold the slot, and how much it weighs in each.

        In "text" 3 for each time in the title, 1.5 in the lead, 1 in the body; elsewhere how often.
        """
        asked = *key(field, slot), True
        known = self._answers.get(asked)
        if known is None:
            docs, weights = postings.summed(self.stretches(field, slot), self.count)
            known = docs, _in_units(field, weights)
            self._answers.put(asked, known, 2 * len(docs))
        return known[0], known[1]

    def holding(self, field: str, slot: Slot, docs: Docs) -> Mask:
        """Which of `docs` hold the slot."""
        return postings.holding(self.stretches(field, slot, weighed=False), docs, self.count)

    def weights(self, field: str, slot: Slot, docs: Docs) -> Floats:
        """How much the slot weighs, as in `weighed`, in each of `docs`; 0 where it is not."""
        found = postings.weights_in(self.stretches(field, slot), docs, self.count)
        return _in_units(field, found)

    def spread(self, field: str, slot: Slot) -> Floats:
        """How much the slot weighs, as in `weighed`, in every document."""
        dense = np.zeros(self.count, np.float32)
        return _in_units(field, postings.spread(self.stretches(field, slot), dense))


def _in_units(field: str, weights: Floats) -> Floats:
    return weights * _HALF if field == TEXT else weights
