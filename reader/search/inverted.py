"""One inverted list: which documents hold a form, how often, how heavily, and where.

Postings lie form by form in the order of the dictionary, and by document within a form, so that
one form, and every prefix, is a single slice. All arrays are read as they are stored: in the
narrowest type that holds them.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import Dictionary, Ordinals
from reader.search.pack import Array, Arrays

Docs = NDArray[np.uint32]
Keys = NDArray[np.int64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

SHIFT = 32
"""A key is document << SHIFT | position."""
WEIGHT_UNIT = 2
"""Stored weights count halves."""


class Rows:
    """The postings of some forms of a list, in the order in which they are stored.

    With `wanted`, which marks documents, only those in one of them.
    """

    def __init__(self, inverted: "Inverted", forms: Ordinals, wanted: Mask | None = None) -> None:
        self._list = inverted
        self._forms = forms
        self._at = spans(*inverted.ends(forms))
        self._kept: Integers | slice = slice(None)
        self.docs: Array = inverted.docs[self._at]
        if wanted is not None:
            self._kept = np.flatnonzero(wanted[self.docs])
            self.docs = self.docs[self._kept]

    @property
    def times(self) -> Array:
        """How often the form stands in each document."""
        return self._list.times[self._at][self._kept]

    @property
    def weights(self) -> Array:
        """How heavily, in units of 1 / WEIGHT_UNIT; of a list that is `weighed`."""
        return self._list.weights[self._at][self._kept]

    def keys(self) -> Keys:
        """Of all these postings; ascending within a form."""
        times = self.times.astype(np.int64)
        if isinstance(self._kept, slice):
            at = spans(*self._list.stretch(self._forms))
        else:
            begins = self._begins()[self._kept]
            at = spans(begins, begins + times)
        return joined(self.docs, times, self._list.positions[at])

    def _begins(self) -> Integers:
        """Where the positions of each posting of the forms begin, wanted or not."""
        times = self._list.times[self._at]
        before: Integers = np.cumsum(times, dtype=np.int64) - times
        first, _upto = self._list.stretch(self._forms)
        low, high = self._list.ends(self._forms)
        counts = high - low
        before += np.repeat(first - before[np.cumsum(counts) - counts], counts)
        return before


class Inverted:
    """The list called `name` in `arrays`; see `fields` for what it is made of."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._arrays = arrays
        self._name = name
        self.docs = self._array("docs")
        self.times = self._array("times")

    @cached_property
    def forms(self) -> Dictionary:
        parts = [self._array("blob"), self._array("starts")]
        if f"{self._name}/letters" in self._arrays:
            parts += [self._array("letters"), self._array("lengths")]
        return Dictionary(*parts)

    @cached_property
    def weights(self) -> Array:
        return self._array("weights")

    @cached_property
    def weighed(self) -> bool:
        """Whether the list says how much a form weighs in a document."""
        return f"{self._name}/weights" in self._arrays

    @cached_property
    def positions(self) -> Array:
        return self._array("positions")

    def size(self, forms: Ordinals) -> int:
        """How many postings these forms have."""
        low, high = self.ends(forms)
        return int((high - low).sum())

    def ends(self, forms: Ordinals) -> tuple[Integers, Integers]:
        """Where the postings of each form begin, and where they end."""
        return _ends(self._posts, forms)

    def stretch(self, forms: Ordinals) -> tuple[Integers, Integers]:
        """Where the positions of each form begin, and where they end."""
        return _ends(self._places, forms)

    def rows(self, forms: Ordinals, wanted: Mask | None = None) -> Rows:
        return Rows(self, forms, wanted)

    @cached_property
    def _posts(self) -> Array:
        return self._array("posts")

    @cached_property
    def _places(self) -> Array:
        return self._array("places")

    def _array(self, part: str) -> Array:
        return self._arrays.array(f"{self._name}/{part}")


def _ends(at: Array, forms: Ordinals) -> tuple[Integers, Integers]:
    return at[forms].astype(np.int64), at[forms + 1].astype(np.int64)


def spans(low: Integers, high: Integers) -> slice | Integers:
    """The indices of every stretch, one behind the other; a slice when there is no gap."""
    if not len(low):
        return slice(0, 0)
    if (low[1:] == high[:-1]).all():
        return slice(int(low[0]), int(high[-1]))
    counts = high - low
    total = np.cumsum(counts)
    found: Integers = np.repeat(low - (total - counts), counts)
    found += np.arange(len(found))
    return found


def joined(docs: Array, times: Integers, positions: Array) -> Keys:
    """The keys of `positions`, of which the first `times[0]` are those of `docs[0]`, and so on."""
    found: Keys = np.repeat(docs.astype(np.int64) << SHIFT, times)
    found |= positions
    return found
