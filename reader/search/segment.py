"""One immutable part of the index, as arrays: all that the evaluator knows of storage.

Documents are numbered from 0 within the segment; whatever a segment answers includes deleted ones,
which `live` tells apart. Title, lead and body of a document share one space of word positions,
the group "text"; "title", "lead" and "body" ask for their part of it, "author" and "url" are
groups of their own.
"""

import json
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import Dictionary
from reader.search.inverted import SHIFT, WEIGHT_UNIT, Docs, Keys, Mask, Rows, Wanted, joined, spans
from reader.search.lookup import TEXT, Found, Lookup
from reader.search.pack import Array, Arrays
from reader.search.recent import Recent
from reader.search.syntax import Slot

COLUMNS = ("id", "sorted_at", "first_seen")
UNKNOWN = -(2**63)
"""In a date column: no such date."""
REGIONS = ("title", "lead", "body")
WEIGHTS = np.array([3, 1.5, 1], np.float32)
"""Of one time in title, lead and body."""

Weights = NDArray[np.float32]
Integers = NDArray[np.int64]

_VALUES = 1 << 21
"""Array elements in answers that are kept for the next query, for each segment."""
_FEW = 64
"""One document in so many is few: they are sorted, and not marked among all."""
_POSITION = (1 << SHIFT) - 1


class Segment:
    """`live`: which documents are not deleted; None when none is."""

    def __init__(self, arrays: Arrays, live: Mask | None = None) -> None:
        self.live = live
        self._arrays = arrays
        self._columns = {name: arrays.array(name) for name in COLUMNS}
        self.count = len(self._columns["id"])
        self.languages: tuple[str, ...] = tuple(json.loads(arrays.array("languages").tobytes()))
        self.language = arrays.array("language")
        self._lookup = Lookup(arrays, self.languages, self.language)
        self._answers: Recent[tuple[str, str, Slot], tuple[Array, ...]] = Recent(_VALUES)

    def deleting(self, live: Mask | None) -> "Segment":
        """The same segment after more documents were deleted; what is known of it is kept."""
        other = Segment(self._arrays, live)
        other._lookup, other._answers = self._lookup, self._answers
        return other

    def column(self, name: str) -> Integers:
        """The values of one of `COLUMNS` for every document."""
        return self._columns[name]

    @cached_property
    def lead_at(self) -> Docs:
        """The position at which the lead begins, or would, in every document."""
        return self._arrays.array("lead_at").astype(np.uint32, copy=False)

    @cached_property
    def body_at(self) -> Docs:
        """The position at which the body begins, or would, in every document."""
        return self._arrays.array("body_at").astype(np.uint32, copy=False)

    @cached_property
    def end(self) -> Docs:
        """One past the last word of the body."""
        return self._arrays.array("end").astype(np.uint32, copy=False)

    def forms(self, field: str) -> Dictionary:
        """The words of the group that a field belongs to, without pairs and capitals."""
        return self._lookup.inverted(f"{TEXT if field in REGIONS else field}/words").forms

    def frequency(self, field: str, slot: Slot) -> int:
        """How many documents hold the slot at most."""
        return min(self._find(field, slot).size, self.count)

    def docs(self, field: str, slot: Slot) -> Docs:
        """The documents that hold the slot, ascending."""
        known = self._answers.get(("docs", field, slot))
        known = known or self._answers.get(("weighed", field, slot))
        if known is None:
            known = (self._docs(field, slot),)
            self._answers.put(("docs", field, slot), known, len(known[0]))
        return known[0]

    def weighed(self, field: str, slot: Slot, docs: Docs | None = None) -> tuple[Docs, Weights]:
        """These documents, at least those of `docs` when given, and how much the slot weighs there.

        In "text" 3 for each time in the title, 1.5 in the lead, 1 in the body; elsewhere how often.
        """
        known = self._answers.get(("weighed", field, slot))
        if known is None and docs is not None and 2 * len(docs) < self.frequency(field, slot):
            return self._weighed(field, slot, Wanted(docs, self.count))
        if known is None:
            known = self._weighed(field, slot)
            self._answers.put(("weighed", field, slot), known, 2 * len(known[0]))
        return known[0], known[1]

    def keys(self, field: str, slot: Slot, docs: Docs | None = None) -> Keys:
        """document << 32 | position of every place, ascending; in `docs` when given."""
        wanted = None if docs is None else Wanted(docs, self.count)
        found: Keys = _keys(self._find(field, slot), wanted)
        if field in REGIONS:
            found = found[self._region(found) == REGIONS.index(field)]
        return found

    def rows(self, field: str, slot: Slot, wanted: Wanted) -> list[Rows] | None:
        """The postings of the slot in `wanted`, one form or some after the other.

        None where places must be looked at to know which count: ask for `keys` then.
        """
        found = self._find(field, slot)
        return None if field in REGIONS or found.without else _rows(found, wanted)

    def sentences(self, docs: Docs) -> Keys:
        """The keys of the words that begin a sentence, in `docs` (ascending)."""
        at = self._arrays.array("sentences/at")
        low, high = at[docs].astype(np.int64), at[docs.astype(np.int64) + 1].astype(np.int64)
        positions = self._arrays.array("sentences/positions")[spans(low, high)]
        return joined(docs, high - low, positions)

    def spellings(self, text: str, edits: int) -> list[tuple[str, int]]:
        """Words of the texts within `edits` typing errors, and in how many documents each is."""
        found = self._lookup.inverted("text/words")
        near = found.forms.near(text, edits)
        low, high = found.ends(near)
        return list(zip(found.forms.texts(near.tolist()), (high - low).tolist(), strict=True))

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """The commonest words of the texts that begin so, and in how many documents each is."""
        found = self._lookup.inverted("text/words")
        forms = found.forms.beginning(prefix)
        low, high = found.ends(forms)
        counts = high - low
        best = np.argsort(-counts, kind="stable")[:most]
        return list(
            zip(found.forms.texts(forms[best].tolist()), counts[best].tolist(), strict=True)
        )

    def _find(self, field: str, slot: Slot) -> Found:
        return self._lookup.find(TEXT if field in REGIONS else field, slot)

    def _docs(self, field: str, slot: Slot) -> Docs:
        found = self._find(field, slot)
        if field in REGIONS or found.without:
            documents = self.keys(field, slot) >> SHIFT
            return documents[_first(documents)].astype(np.uint32)
        rows = _rows(found)
        if found.single:
            return rows[0].docs.astype(np.uint32)
        if _FEW * sum(len(each.docs) for each in rows) < self.count:
            return np.unique(np.concatenate([each.docs for each in rows])).astype(np.uint32)
        marked = np.zeros(self.count, np.bool_)
        for each in rows:
            marked[each.docs] = True
        return np.flatnonzero(marked).astype(np.uint32)

    def _weighed(
        self, field: str, slot: Slot, wanted: Wanted | None = None
    ) -> tuple[Docs, Weights]:
        found = self._find(field, slot)
        if field in REGIONS or found.without or (field == TEXT and not found.listed.weighed):
            keys = self.keys(field, slot, None if wanted is None else wanted.docs)
            weights = WEIGHTS[self._region(keys)] if field == TEXT else np.ones(len(keys))
            return self._summed(keys >> SHIFT, weights)
        rows = _rows(found, wanted)
        docs = np.concatenate([each.docs for each in rows])
        if field == TEXT:
            weights = np.concatenate([each.weights for each in rows]) / np.float32(WEIGHT_UNIT)
        else:
            weights = np.concatenate([each.times for each in rows])
        if found.single:
            return docs.astype(np.uint32), weights.astype(np.float32)
        return self._summed(docs, weights)

    def _summed(self, docs: Array, weights: Array) -> tuple[Docs, Weights]:
        """Every document once, ascending, with the sum of its weights."""
        if _FEW * len(docs) < self.count:
            found, index = np.unique(docs, return_inverse=True)
            return found.astype(np.uint32), np.bincount(index, weights).astype(np.float32)
        marked = np.zeros(self.count, np.bool_)  # a mask is searched many times faster than sums
        marked[docs] = True
        found = np.flatnonzero(marked)
        return found.astype(np.uint32), np.bincount(docs, weights)[found].astype(np.float32)

    def _region(self, keys: Keys) -> NDArray[np.int8]:
        """In which of `REGIONS` each key of the texts stands."""
        docs, positions = keys >> SHIFT, keys & _POSITION
        region: NDArray[np.int8] = (positions >= self.lead_at[docs]).astype(np.int8)
        region += positions >= self.body_at[docs]
        return region


def _rows(found: Found, wanted: Wanted | None = None) -> list[Rows]:
    """The postings of each part; never none at all."""
    return [Rows(found.listed, part.forms, part.only, wanted) for part in found.parts]


def _keys(found: Found, wanted: Wanted | None) -> Keys:
    rows = _rows(found, wanted)
    keys = np.concatenate([each.keys() for each in rows])
    if not found.single:
        keys.sort()
        keys = keys[_first(keys)]
    if found.without:
        keys = keys[~np.isin(keys, _keys(found.without, wanted), assume_unique=True)]
    return keys


def _first(values: Array) -> Mask:
    """Which of sorted values differ from the one before."""
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first
