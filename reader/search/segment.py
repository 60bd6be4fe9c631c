"""One immutable part of the index, as arrays: all that the evaluator knows of storage.

Documents are numbered from 0 within the segment; whatever a segment answers includes deleted ones,
which `live` tells apart. Title, lead and body of a document share one space of word positions,
the group "text"; "title", "lead" and "body" ask for their part of it, "author" and "url" are
groups of their own.
"""

import json
from copy import copy
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reader.search.answers import Answers
from reader.search.dictionary import Dictionary
from reader.search.inverted import SHIFT, Docs, Keys, Mask, Rows, Wanted, joined, spans
from reader.search.lists import WEIGHTS
from reader.search.lookup import TEXT, Found, Lookup, Sought
from reader.search.pack import Array, Arrays
from reader.search.postings import Stretch
from reader.search.spans import last_upto
from reader.search.syntax import Slot

COLUMNS = ("id", "sorted_at", "first_seen")
UNKNOWN = -(2**63)
"""In a date column: no such date."""
REGIONS = ("title", "lead", "body")

Integers = NDArray[np.int64]

_POSITION = (1 << SHIFT) - 1


class Segment(Answers):
    """`live`: which documents are not deleted; None when none is."""

    def __init__(self, arrays: Arrays, live: Mask | None = None) -> None:
        super().__init__()
        self.live = live
        self._arrays = arrays
        self._columns = {name: arrays.array(name) for name in COLUMNS}
        self.count = len(self._columns["id"])
        self.languages: tuple[str, ...] = tuple(json.loads(arrays.array("languages").tobytes()))
        self.language = arrays.array("language")
        self._lookup = Lookup(arrays, self.languages, self.language)

    def deleting(self, live: Mask | None) -> "Segment":
        """The same segment after more documents were deleted; what is known of it is kept."""
        other = copy(self)
        other.live = live
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
        return min(self.find(field, slot).size, self.count)

    def find(self, field: str, slot: Slot) -> Found:
        """The forms that the slot stands for."""
        return self._lookup.find(TEXT if field in REGIONS else field, slot)

    def stretches(self, field: str, slot: Slot, *, weighed: bool = True) -> list[Stretch]:
        return self.stretched(self.find(field, slot), field, slot, 0, weighed=weighed)

    def stretched(
        self, found: Found, field: str, slot: Slot, base: int, *, weighed: bool
    ) -> list[Stretch]:
        """The postings of what was found: one stretch for each form, or for many together.

        Documents are numbered from `base`. In "text" it weighs 6 for each time in the title, 3 in
        the lead, 2 in the body; elsewhere 1.
        """
        listed = found.listed
        placed = weighed and field == TEXT and not listed.weighed
        if field in REGIONS or found.without or placed:
            docs, weights = self._by_place(field, slot)
            return [Stretch(docs, weights, None, base, self.count, True)] if len(docs) else []
        every = listed.weights if weighed and field == TEXT else listed.times
        stretches = []
        for part in found.parts:
            docs, weights = listed.read(part.forms, listed.docs, every)
            if len(docs):
                single = len(part.forms) == 1
                stretches.append(Stretch(docs, weights, part.only, base, self.count, single))
        return stretches

    def keys(self, field: str, slot: Slot, docs: Docs | None = None) -> Keys:
        """document << 32 | position of every place, ascending; in `docs` when given."""
        wanted = None if docs is None else Wanted(docs, self.count)
        found: Keys = _keys(self.find(field, slot), wanted)
        if field in REGIONS:
            found = found[self._region(found) == REGIONS.index(field)]
        return found

    def sought(self, field: str, slot: Slot) -> list[Sought] | None:
        """The forms that the slot asks for.

        None where places must be looked at to know which count: ask for `keys` then.
        """
        found = self.find(field, slot)
        return None if field in REGIONS or found.without else [Sought(0, self.count, found)]

    def sentences(self, docs: Docs) -> Keys:
        """The keys of the words that begin a sentence, in `docs` (ascending)."""
        at = self._arrays.array("sentences/at")
        low, high = at[docs].astype(np.int64), at[docs.astype(np.int64) + 1].astype(np.int64)
        positions = self._arrays.array("sentences/positions")[spans(low, high)]
        return joined(docs, high - low, positions)

    def begun(self, keys: Keys) -> Keys:
        """The words that begin the sentences in which words of the texts stand, as keys too.

        The first of a document where nothing is known of sentences.
        """
        docs, wanted = keys >> SHIFT, keys & _POSITION
        at, positions = (self._arrays.array(f"sentences/{part}") for part in ("at", "positions"))
        low = at.take(docs).astype(np.int64)
        count = at.take(docs + 1) - low
        known = count.nonzero()[0]
        found = docs << SHIFT
        where = last_upto(positions, low.take(known), count.take(known), wanted.take(known))
        starts = positions.take(where).astype(np.int64)
        found[known] |= np.where(starts <= wanted.take(known), starts, 0)
        return found

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

    def _by_place(self, field: str, slot: Slot) -> tuple[Docs, Array]:
        """The documents, and what weighs there, from where the slot stands in each."""
        keys = self.keys(field, slot)
        begins = np.flatnonzero(_first(keys >> SHIFT))
        docs = (keys[begins] >> SHIFT).astype(np.uint32)
        weights = WEIGHTS[self._region(keys)] if field == TEXT else np.ones(len(keys), np.uint8)
        return docs, np.add.reduceat(weights, begins, dtype=np.uint32) if len(docs) else begins

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
