"""Where words stand in the documents of one segment, and what is known of them without looking.

Everything is read through here, so that there are never more places in hand than `most`.
"""

from collections.abc import Sequence

import numpy as np

from reader.search import gather, nodes, spans
from reader.search.gather import Postings
from reader.search.inverted import Wanted
from reader.search.lookup import Found
from reader.search.sources import Docs, Segment
from reader.search.spans import Crowded, Keys
from reader.search.syntax import Slot


class WordPlaces:
    """Crowded, whatever is asked, when there are more places than `most`.

    `read`: how many places the longest answer had, as far as places were looked at.
    """

    def __init__(self, segment: Segment, most: int) -> None:
        self._segment = segment
        self._last: tuple[Docs, Wanted] | None = None
        self.most = most
        self.read = 1

    def keys(self, field: str, slot: Slot, docs: Docs) -> Keys:
        """The places of a slot in `docs`."""
        found = self._segment.found(field, slot)
        if found is None:
            return self._noted(self._segment.keys(field, slot, docs))
        return self._noted(gather.keys([found], self.wanted(docs), self.most))

    def joins(self, field: str, joins: Sequence[Slot | None], docs: Docs) -> list[Keys]:
        """The places of compounds, most of which there never are."""
        known = [join is not None and self._segment.frequency(field, join) for join in joins]
        return [
            self.keys(field, join, docs) if join and some else spans.NO_KEYS
            for join, some in zip(joins, known, strict=True)
        ]

    def found(self, node: object) -> list[Found] | None:
        """What a word or a group of words asks for, of one list; None when that cannot be said."""
        found: list[Found] = []
        for word in node.parts if isinstance(node, nodes.AnyOf) else (node,):
            slot = nodes.slot_of(word)
            known = self._segment.found(word.fieldname, slot) if slot else None
            if known is None or (found and found[0].listed is not known.listed):
                return None
            found.append(known)
        return found

    def sides(self, left: object, right: object, docs: Docs) -> Keys | None:
        """As `gather.sides`, of two words or groups of words; None when that cannot be said."""
        here = self.found(left)
        there = self.found(right) if here else None
        if not here or not there or here[0].listed is not there[0].listed:
            return None
        return self._noted(gather.sides(here, there, self.wanted(docs), self.most))

    def phrase(self, field: str, slots: Sequence[Slot], docs: Docs) -> Keys:
        """The first words of the places where each word stands right behind the one before.

        Rare words first: common ones are looked for only where those stand.
        """
        words = self._sole(field, slots, docs)
        if words is not None:
            return gather.phrase(words)
        begins: Keys | None = None
        for at in sorted(range(len(slots)), key=lambda i: self._segment.frequency(field, slots[i])):
            keys = self.keys(field, slots[at], docs) - at
            begins = keys if begins is None else spans.common(begins, keys)
            if len(begins) < len(docs):
                docs = spans.documents(begins + at)
        return spans.NO_KEYS if begins is None else begins

    def wanted(self, docs: Docs) -> Wanted:
        """The same as before for the same documents, for they are asked about again and again."""
        if self._last is None or self._last[0] is not docs:
            self._last = docs, Wanted(docs, self._segment.count)
        return self._last[1]

    def _sole(self, field: str, slots: Sequence[Slot], docs: Docs) -> list[Postings] | None:
        """Of each slot, in the documents that have them all; None when one is of several forms."""
        found: dict[Slot, Found] = {}
        for slot in slots:
            known = self._segment.found(field, slot)
            if known is None or not known.single:
                return None
            found[slot] = known
        read: dict[Slot, Postings] = {}
        for slot in sorted(found, key=lambda one: found[one].size):
            read[slot] = gather.postings([found[slot]], self.wanted(docs))
            if len(read[slot].docs) < len(docs):
                docs = read[slot].docs.astype(np.uint32)
        for slot, one in read.items():
            if len(one.docs) > len(docs):
                read[slot] = gather.postings([found[slot]], self.wanted(docs))
        return [read[slot] for slot in slots]

    def _noted(self, keys: Keys) -> Keys:
        self.read = max(self.read, len(keys))
        if len(keys) > self.most:
            raise Crowded
        return keys
