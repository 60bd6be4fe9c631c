"""Where words stand in the documents of segments, and what is known without looking there.

Everything is read through here, so that there are never more places in hand than `most`.
"""

from collections.abc import Sequence

import numpy as np

from reader.search import gather, nodes, picked, spans
from reader.search.inverted import Wanted
from reader.search.lookup import Sought
from reader.search.picked import Postings
from reader.search.sources import Docs, Documents
from reader.search.spans import Crowded, Keys
from reader.search.syntax import Slot


class WordPlaces:
    """Crowded, whatever is asked, when there are more places than `most`.

    `read`: how many places the longest answer had, as far as places were looked at.
    """

    def __init__(self, segment: Documents, most: int) -> None:
        self._segment = segment
        self._last: tuple[Docs, Wanted] | None = None
        self.most = most
        self.read = 1

    def keys(self, field: str, slot: Slot, docs: Docs) -> Keys:
        """The places of a slot in `docs`."""
        sought = self._segment.sought(field, slot)
        if sought is None:
            return self._noted(self._segment.keys(field, slot, docs))
        return self._noted(gather.keys(sought, self.wanted(docs), self.most))

    def joins(self, field: str, joins: Sequence[Slot | None], docs: Docs) -> list[Keys]:
        """The places of compounds, most of which there never are."""
        known = [join is not None and self._segment.frequency(field, join) for join in joins]
        return [
            self.keys(field, join, docs) if join and some else spans.NO_KEYS
            for join, some in zip(joins, known, strict=True)
        ]

    def sought(self, node: object) -> list[Sought] | None:
        """What a word or a group of words asks for; None when that cannot be said."""
        found: list[Sought] = []
        for word in node.parts if isinstance(node, nodes.AnyOf) else (node,):
            slot = nodes.slot_of(word)
            known = self._segment.sought(word.fieldname, slot) if slot else None
            if known is None:
                return None
            found += known
        return found

    def sides(self, left: object, right: object, docs: Docs | None) -> Keys | None:
        """As `gather.sides`, of two words or groups of words; None when that cannot be said."""
        here = self.sought(left)
        there = self.sought(right) if here else None
        if here is None or there is None:
            return None
        if docs is None and sum(each.found.size for each in (*here, *there)) > self.most // 8:
            raise Crowded
        wanted = None if docs is None else self.wanted(docs)
        return self._noted(gather.sides(here, there, wanted, self.most))

    def phrase(self, field: str, slots: Sequence[Slot], docs: Docs) -> Keys:
        """The first words of the places where each word stands right behind the one before.

        Rare words first: common ones are looked for only where those stand.
        """
        sought = self._single(field, slots)
        if sought is not None:
            return self._phrase(sought, self.wanted(docs))
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

    def _single(self, field: str, slots: Sequence[Slot]) -> list[Sequence[Sought]] | None:
        """Of each slot, segment by segment; None when one is of several forms somewhere."""
        found: list[Sequence[Sought]] = []
        for slot in slots:
            known = self._segment.sought(field, slot)
            if known is None or not all(each.found.single for each in known):
                return None
            found.append(known)
        return found

    def _phrase(self, sought: Sequence[Sequence[Sought]], wanted: Wanted) -> Keys:
        """Of words of one form each; in a segment that lacks one of them there is nothing."""
        found = [spans.NO_KEYS]
        for words in zip(*sought, strict=True):
            if all(word.found.size for word in words):
                base, extent, _found = words[0]
                own = wanted.within(base, extent)
                found.append(gather.phrase(_in_all(words, own)) + (base << spans.SHIFT))
        return np.concatenate(found)

    def _noted(self, keys: Keys) -> Keys:
        self.read = max(self.read, len(keys))
        if len(keys) > self.most:
            raise Crowded
        return keys


def _in_all(words: Sequence[Sought], wanted: Wanted) -> list[Postings]:
    """Of words of one form in one segment, in the documents that have them all; rarest first."""
    read: dict[int, Postings] = {}
    order = sorted(range(len(words)), key=lambda at: words[at].found.size)
    for at in order:
        read[at] = picked.single(words[at], wanted)
        if len(read[at].docs) < len(wanted.docs):
            wanted = Wanted(read[at].docs.astype(np.uint32), wanted.count)
    for at in order:
        if len(read[at].docs) > len(wanted.docs):
            read[at] = picked.single(words[at], wanted)
    return [read[at] for at in range(len(words))]
