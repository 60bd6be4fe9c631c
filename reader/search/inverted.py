"""One inverted list: which documents hold a form, how often, how heavily, and where.

Postings lie form by form in the order of the dictionary, and by document within a form, so that
one form, and every prefix, is a single slice. All arrays are read as they are stored: in the
narrowest type that holds them.
"""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import Dictionary, Ordinals
from reader.search.pack import Array, Arrays
from reader.search.recent import Recent

Docs = NDArray[np.uint32]
Keys = NDArray[np.int64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

SHIFT = 32
"""A key is document << SHIFT | position."""
WEIGHT_UNIT = 2
"""Stored weights count halves."""

_FEW = 16
"""One posting in so many is few: they are searched for, and not picked from all."""
_KEPT = 1 << 20
"""Numbers kept by each list."""


class Wanted:
    """Some documents of a segment that holds `count`, ascending."""

    def __init__(self, docs: Docs, count: int) -> None:
        self.docs = docs
        self.count = count

    @cached_property
    def mask(self) -> Mask:
        marked = np.zeros(self.count, np.bool_)
        marked[self.docs.astype(np.intp)] = True
        return marked

    def within(self, base: int, extent: int) -> "Wanted":
        """Those of so many documents from `base` on, counted from there."""
        if extent == self.count:
            return self
        low, high = self.docs.searchsorted(np.array((base, base + extent), self.docs.dtype))
        own = Wanted(self.docs[low:high] - self.docs.dtype.type(base), extent)
        if "mask" in self.__dict__:
            own.__dict__["mask"] = self.mask[base : base + extent]
        return own


class Rows:
    """The postings of some forms of a list, in the order in which they are stored.

    Only those in `wanted` documents, and in those that `only` marks, when these are given.
    """

    def __init__(
        self,
        inverted: "Inverted",
        forms: Ordinals,
        only: Mask | None = None,
        wanted: Wanted | None = None,
    ) -> None:
        self._list = inverted
        self._forms = forms
        self._at = spans(*inverted.ends(forms))
        self._kept: Integers | slice = slice(None)
        self.docs: Array = inverted.docs[self._at]
        if wanted is not None:
            self._keep(self._among(wanted))
        if only is not None:
            self._keep(np.flatnonzero(only[self.docs]))

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
        at = spans(*self._list.stretch(self._forms))
        if not isinstance(self._kept, slice):
            begins = self._list.begins(self._forms, self._at)[self._kept]
            if isinstance(at, slice):
                at = spans(begins + at.start, begins + at.start + times)
            else:
                at = at[spans(begins, begins + times)]
        return joined(self.docs, times, self._list.positions[at])

    def _among(self, wanted: Wanted) -> Integers:
        if len(self._forms) > 1 or _FEW * len(wanted.docs) > len(self.docs):
            return np.flatnonzero(wanted.mask[self.docs])
        kind = self.docs.dtype  # one that differs would widen all that is searched
        docs = wanted.docs[wanted.docs <= np.iinfo(kind).max].astype(kind)
        at = np.searchsorted(self.docs, docs)
        docs, at = docs[at < len(self.docs)], at[at < len(self.docs)]
        found: Integers = at[self.docs[at] == docs]
        return found

    def _keep(self, kept: Integers) -> None:
        self._kept = kept if isinstance(self._kept, slice) else self._kept.take(kept)
        self.docs = self.docs[kept]


class Inverted:
    """The list called `name` in `arrays`; see `fields` for what it is made of."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._arrays = arrays
        self._name = name
        self.docs = self._array("docs")
        self.times = self._array("times")
        self._begins: Recent[bytes, NDArray[np.int64]] = Recent(_KEPT)

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
        if len(forms) == 1:
            low, high = self.run(int(forms[0]))
            return high - low
        lows, highs = self.ends(forms)
        return int((highs - lows).sum())

    def run(self, form: int) -> tuple[int, int]:
        """Where the postings of one form begin, and where they end."""
        return self._run[form], self._run[form + 1]

    def read(self, forms: Ordinals, *values: Array) -> tuple[Array, ...]:
        """Of each of `values`, which run beside the postings, those of the forms in turn."""
        if len(forms) == 1:
            low, high = self.run(int(forms[0]))
            return tuple(each[low:high] for each in values)
        lows, highs = self.ends(forms)
        at = spans(lows, highs) if len(lows) < 2 or (lows[1:] == highs[:-1]).all() else None
        if at is not None:
            return tuple(each[at] for each in values)
        runs = list(zip(lows.tolist(), highs.tolist(), strict=True))
        return tuple(np.concatenate([each[low:high] for low, high in runs]) for each in values)

    def ends(self, forms: Ordinals) -> tuple[Integers, Integers]:
        """Where the postings of each form begin, and where they end."""
        return _ends(self._posts, forms)

    def stretch(self, forms: Ordinals) -> tuple[Integers, Integers]:
        """Where the positions of each form begin, and where they end."""
        return _ends(self._places, forms)

    def place(self, form: int) -> int:
        """Where the positions of one form begin."""
        found: int = self._place[form]
        return found

    def begins(self, forms: Ordinals, at: Integers | slice) -> Integers:
        """For each posting of the forms, which are at `at`, how many positions come before its own.

        What takes time is kept, because phrases of common words ask for it again and again.
        """
        known = self._begins.get(forms.tobytes())
        if known is None:
            times = self.times[at]
            known = np.cumsum(times, dtype=np.int64)
            known -= times
            self._begins.put(forms.tobytes(), known, len(known))
        return known

    @cached_property
    def _posts(self) -> Array:
        return self._array("posts")

    @cached_property
    def _places(self) -> Array:
        return self._array("places")

    @cached_property
    def _run(self) -> Any:
        """The same as `_posts`; numbers come out of it one by one in a third of the time."""
        return self._posts.data

    @cached_property
    def _place(self) -> Any:
        return self._places.data

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
