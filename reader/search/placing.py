"""Where the clauses of a query stand in the documents of one segment.

What is placed: words, chains, NEAR and SENT, groups of them, FIRST, and tracked entities beside
them. Documents are worked through in blocks, so that memory stays bounded whatever is asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.query import spans as whoosh_spans

from reader.search import gather, nodes, spans
from reader.search.gather import Counted
from reader.search.inverted import WEIGHT_UNIT
from reader.search.named import mentioned
from reader.search.sets import among_sorted
from reader.search.sources import Docs, Documents, Floats, Mentions
from reader.search.spans import SHIFT, Crowded, Keys, Spans
from reader.search.wordplaces import WordPlaces

MOST_PLACES = 2_000_000
BLOCK = 1 << 15
_ANY = 1 << 62
_REGIONS = ("title", "lead", "body")
_WEIGHTS = np.array([3.0, 1.5, 1.0], dtype=np.float32)


T = TypeVar("T")


class Placing:
    """The places of one query in one segment.

    Without `mentions` it is a ValueError to ask where an entity stands.
    """

    def __init__(self, segment: Documents, mentions: Mentions | None = None) -> None:
        self._segment = segment
        self._mentions = mentions
        self._words = WordPlaces(segment, MOST_PLACES)

    def standing(self, node: Any, docs: Docs, *, weighed: bool) -> tuple[Docs, Floats]:
        """Those of `docs` in which `node` has a place, and how much its places weigh there.

        Over "text" a place weighs 3 in the title, 1.5 in the lead and 1 in the body; elsewhere 1.
        Places that begin together count once. The weights are empty unless `weighed`.
        """
        found, weights = [], []
        for begins in self._blocks(docs, partial(self._begins, node, _field(node))):
            found.append(spans.documents(begins))
            if weighed:
                weights.append(self._weights(_field(node), begins))
        return _joined(found, np.uint32), _joined(weights, np.float32)

    def beside(self, node: nodes.Close, *, weighed: bool) -> tuple[Docs, Floats] | None:
        """As `standing` in all documents, where that is less work than to narrow them down.

        None when it is not, or cannot be said.
        """
        field = _field(node)
        self._words.most = MOST_PLACES
        try:
            begins = self._words_begin(node, field, None)
        except Crowded:
            return None
        if begins is None:
            return None
        return spans.documents(begins), self._weights(field, begins) if weighed else _WEIGHTS[:0]

    def often(self, node: nodes.Often, docs: Docs, *, weighed: bool) -> tuple[Docs, Floats]:
        """As `standing`, where all parts together have at least `node.times` places."""
        times = np.zeros(self._segment.count, dtype=np.int64)
        weights = np.zeros(self._segment.count, dtype=np.float32)
        least = node.times if len(node.parts) == 1 else 1
        for part in node.parts:
            for counted in self._blocks(docs, partial(self._counted, part, least)):
                times[counted.docs] += counted.times
                weights[counted.docs] += counted.weights
        found = docs[times.take(docs) >= node.times]
        return found, weights.take(found) if weighed else weights[:0]

    def _counted(self, node: Any, least: int, docs: Docs) -> Counted:
        """Documents with places of the node, at least all with `least`; weights as `standing`."""
        field, sought = _field(node), self._words.sought(node)
        if sought and (field != "text" or all(each.found.listed.weighed for each in sought)):
            counted, again = gather.often(sought, self._words.wanted(docs), least, self._words.most)
            if field != "text":
                return counted._replace(weights=counted.times)
            weights = counted.weights / WEIGHT_UNIT
            weights[counted.docs.searchsorted(spans.documents(again))] -= self._weights(
                field, again
            )
            return counted._replace(weights=weights)
        begins = self._begins(node, field, docs)
        held = begins >> SHIFT
        starts = spans.firsts(held).nonzero()[0]
        having, counts = held.take(starts), np.diff(starts, append=len(held))
        return Counted(having, counts, self._weights(field, begins))

    def _blocks(self, docs: Docs, work: Callable[[Docs], T]) -> Iterator[T]:
        """What `work` tells of some documents at a time, in their order."""
        at, size = 0, BLOCK
        while at < len(docs):
            block = docs[at : at + size]
            self._words.read = 1
            one = len(block) == 1  # which has to be borne
            self._words.most = _ANY if one else MOST_PLACES
            try:
                found = work(block)
            except Crowded:
                size = len(block) // 4 + 1 if len(block) > 2 else 1
                continue
            at += len(block)
            size = min(2 * size, BLOCK) if size < BLOCK else self._fitting(len(block))
            yield found

    def _fitting(self, count: int) -> int:
        """How many documents to take next, where `count` of them were not too many."""
        return max(BLOCK, count * MOST_PLACES // (4 * self._words.read))

    def _weights(self, field: str, begins: Keys) -> Floats:
        """For each document of `begins`, in order."""
        docs, positions = begins >> SHIFT, begins & 0xFFFFFFFF
        starts = spans.firsts(docs).nonzero()[0]
        if not len(docs):
            return _WEIGHTS[:0]
        if field != "text":
            return np.diff(starts, append=len(docs)).astype(np.float32)
        region = (positions >= self._segment.lead_at.take(docs)).astype(np.uint8)
        region += positions >= self._segment.body_at.take(docs)
        return np.add.reduceat(_WEIGHTS.take(region), starts)

    def _begins(self, node: Any, field: str, docs: Docs) -> Keys:
        """The first words of the places, where that is less work than the places."""
        if isinstance(node, nodes.Chain):
            return self._chain_begins(node, docs)
        if isinstance(node, nodes.AnyOf):
            return spans.together([self._begins(part, field, docs) for part in node.parts])
        if not isinstance(node, nodes.Close):
            return spans.distinct(self._spans(node, field, docs).first)
        found = self._words_begin(node, field, docs)
        if found is not None:
            return found
        left, right = self._sides(node, field, docs)
        if node.sentence:
            found = spans.sentence_begins(left, right, self._sentences(field, docs))
        else:
            found = spans.near_begins(left, right, node.between, node.ordered)
        return spans.together([found, *self._joins(node, docs)])

    def _words_begin(self, node: nodes.Close, field: str, docs: Docs | None) -> Keys | None:
        """As `_begins` where both sides are words or groups of words, if that can be told.

        It cannot where both stand at one position, as the parts of compounds do.
        """
        sides = self._words.sides(node.left, node.right, docs)
        if sides is None:
            return None
        if node.sentence:
            return spans.words_together(sides, self._begun(field))
        return spans.words_near(sides, node.between, node.ordered)

    def _spans(self, node: Any, field: str, docs: Docs) -> Spans:
        slot = nodes.slot_of(node)
        if slot:
            return spans.single(self._words.keys(node.fieldname, slot, docs))
        if isinstance(node, nodes.Chain):
            return self._chain(node, docs)
        if isinstance(node, nodes.Close):
            return self._close(node, field, docs)
        if isinstance(node, nodes.AnyOf):
            return spans.either([self._spans(part, field, docs) for part in node.parts])
        if isinstance(node, nodes.Opening):
            return self._opening(self._spans(node.child, field, docs), field, node.words)
        if isinstance(node, nodes.Filter):
            return self._named(node, field, docs)
        return spans.apart(self._spans(node.a, field, docs), self._spans(node.b, field, docs))

    def _chain_begins(self, node: nodes.Chain, docs: Docs) -> Keys:
        joins = self._joins(node, docs)
        if node.between:
            return spans.chain_begins(self._slots(node, docs), joins, node.between)
        return self._phrase_begins(node, docs, joins)

    def _chain(self, node: nodes.Chain, docs: Docs) -> Spans:
        joins = self._joins(node, docs)
        if node.between or any(map(len, joins)):
            return spans.chain(self._slots(node, docs), joins, node.between, self._words.most)
        begins = self._phrase_begins(node, docs, joins)
        return Spans(begins, begins + (len(node.slots) - 1))

    def _slots(self, node: nodes.Chain, docs: Docs) -> list[Keys]:
        return [self._words.keys(str(node.fieldname), slot, docs) for slot in node.slots]

    def _joins(self, node: nodes.Chain | nodes.Close, docs: Docs) -> list[Keys]:
        return self._words.joins(str(node.fieldname), node.joins, docs)

    def _phrase_begins(self, node: nodes.Chain, docs: Docs, joins: Sequence[Keys]) -> Keys:
        """Where there are compounds, any of the words may stand in one: these documents apart."""
        field, having = str(node.fieldname), spans.documents(spans.together(joins))
        if not len(having):
            return self._words.phrase(field, node.slots, docs)
        apart = spans.chain_begins(self._slots(node, having), joins, 0)
        rest = docs[~among_sorted(docs, having)]
        return spans.together([self._words.phrase(field, node.slots, rest), apart])

    def _close(self, node: nodes.Close, field: str, docs: Docs) -> Spans:
        left, right = self._sides(node, field, docs)
        if node.sentence:
            found = spans.sentence(left, right, self._sentences(field, docs), self._words.most)
        else:
            most = self._words.most
            found = spans.near(left, right, node.between, node.ordered, most)
        return spans.either([found, *map(spans.single, self._joins(node, docs))])

    def _sides(self, node: nodes.Close, field: str, docs: Docs) -> tuple[Spans, Spans]:
        """Entities come last, and are asked for only where the other side stands."""
        if names(node.left) and not names(node.right):
            right = self._spans(node.right, field, docs)
            return self._spans(node.left, field, spans.documents(right.first)), right
        left = self._spans(node.left, field, docs)
        narrow = spans.documents(left.first) if names(node.right) else docs
        return left, self._spans(node.right, field, narrow)

    def _sentences(self, field: str, docs: Docs) -> Keys:
        """The author's name and the address are one sentence each."""
        if field in ("text", *_REGIONS):
            return self._segment.sentences(docs)
        return docs.astype(np.int64) << SHIFT

    def _begun(self, field: str) -> Callable[[Keys], Keys]:
        if field in ("text", *_REGIONS):
            return self._segment.begun
        return lambda keys: keys >> SHIFT << SHIFT

    def _opening(self, found: Spans, field: str, words: int) -> Spans:
        """Places that end within the first words of the region in which they stand."""
        docs, positions = found.first >> SHIFT, found.first & 0xFFFFFFFF
        begin = docs << SHIFT
        if field in ("text", *_REGIONS):
            lead, body = self._segment.lead_at[docs], self._segment.body_at[docs]
            begin += np.where(positions >= body, body, np.where(positions >= lead, lead, 0))
        kept = found.last < begin + words
        return Spans(found.first[kept], found.last[kept])

    def _named(self, node: nodes.Filter, field: str, docs: Docs) -> Spans:
        if self._mentions is None:
            raise ValueError(f"nobody was named who knows where {node.value} is mentioned")
        return mentioned(self._segment, self._mentions, node, field, docs)


def _field(node: Any) -> str:
    return nodes.place_field(node.a if isinstance(node, whoosh_spans.SpanNot) else node)


def names(node: Any) -> bool:
    """Whether tracked entities are asked for."""
    return any(isinstance(part, nodes.Filter) for part in node.leaves())


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, dtype=dtype)
