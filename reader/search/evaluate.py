"""A query tree over one segment: which documents, and how well they fit.

Sets of documents are sorted arrays; words that must stand near each other are counted by
`places`, the same code that the matcher uses. Scores are BM25 summed over fields, so that the
title can weigh more than the body; filters and dates score nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from whoosh import query

from reader.search import nodes, places
from reader.search.places import Place
from reader.search.segment import NOBODY, UNKNOWN, Docs, Floats, Segment
from reader.search.syntax import Slot

_K, _B = 1.2, 0.75

Allowed = Mapping[nodes.Filter, Docs]
"""The sorted article ids that each filter of a tree lets through."""


class Result(NamedTuple):
    """`scores` runs beside `docs`; all zero when nobody asked for them."""

    docs: Docs
    scores: Floats


class Rarity:
    """How rare words are in all segments together, and how long fields are on average."""

    def __init__(self, segments: Collection[Segment]) -> None:
        self._segments = segments
        self._count = sum(s.reader.doc_count_all() for s in segments)
        self._known: dict[tuple[str, Slot], float] = {}
        self._lengths: dict[str, float] = {}

    def of(self, field: str, slot: Slot) -> float:
        """The inverse document frequency of whatever the slot accepts."""
        known = self._known.get((field, slot))
        if known is None:
            having = sum(
                s.reader.doc_frequency(field, form)
                for s in self._segments
                for form in s.forms(field, slot)
            )
            having = min(having, self._count)
            known = float(np.log(1 + (self._count - having + 0.5) / (having + 0.5)))
            self._known[field, slot] = known
        return known

    def length(self, field: str) -> float:
        known = self._lengths.get(field)
        if known is None:
            words = sum(s.reader.field_length(field) for s in self._segments)
            known = self._lengths[field] = max(1.0, words / max(1, self._count))
        return known


class Evaluator:
    """Answers one tree for one segment. Without `rarity` nothing is scored."""

    def __init__(self, segment: Segment, allowed: Allowed, rarity: Rarity | None = None) -> None:
        self._segment = segment
        self._allowed = allowed
        self._rarity = rarity

    def run(self, node: Any) -> Result:
        """KeyError when a filter of the tree has no ids in `allowed`."""
        if isinstance(node, query.And):
            return self._and([part for part in node if not isinstance(part, query.Not)], node)
        if isinstance(node, query.Or):
            return _together([self.run(part) for part in node])
        if isinstance(node, query.Not):
            return _plain(_without(self._segment.live, self.run(node.query).docs))
        if isinstance(node, nodes.Filter):
            return _plain(self._where(np.isin(self._segment.column("id"), self._allowed[node])))
        if isinstance(node, nodes.During):
            return _plain(self._during(node))
        if isinstance(node, nodes.Often):
            return self._often(node)
        return self._text(node)

    def _and(self, wanted: list[Any], node: Any) -> Result:
        found: Result | None = None
        for part in wanted:
            result = self.run(part)
            found = result if found is None else _both(found, result)
            if not len(found.docs):
                return found
        answer = found or _plain(self._segment.live)
        for part in node:
            if isinstance(part, query.Not):
                kept = ~np.isin(answer.docs, self.run(part.query).docs, assume_unique=True)
                answer = Result(answer.docs[kept], answer.scores[kept])
        return answer

    def _where(self, mask: Any) -> Docs:
        live = self._segment.live
        kept: Docs = live[mask[live]]
        return kept

    def _during(self, node: nodes.During) -> Docs:
        at = self._segment.column(str(node.fieldname))
        mask = at != UNKNOWN
        if node.start is not None:
            mask &= at >= node.start
        if node.end is not None:
            mask &= at < node.end
        return self._where(mask)

    def _often(self, node: nodes.Often) -> Result:
        scored = [self._text(part) for part in node.parts]
        candidates = _union(result.docs for result in scored)
        found = [self._places(part, candidates) for part in node.parts]
        often = [
            doc
            for doc in candidates.tolist()
            if places.times(by_doc.get(doc, ()) for by_doc in found) >= node.times
        ]
        return _both(_plain(np.array(often, dtype=np.int64)), _together(scored))

    def _text(self, node: Any) -> Result:
        """A word, or words that stand to each other in some way, in one field."""
        slot = nodes.slot_of(node)
        if slot:
            docs, counts = self._counted(node.fieldname, slot)
        else:
            found = self._places(node, self._candidates(node))
            docs = np.array(sorted(found), dtype=np.int64)
            counts = np.array([len(found[doc]) for doc in docs.tolist()], dtype=np.float64)
        if self._rarity is None:
            return _plain(docs)
        weight = node.boost * self._weight(node, self._rarity)
        return Result(docs, weight * self._saturated(node.fieldname, docs, counts, self._rarity))

    def _saturated(self, field: str, docs: Docs, counts: Floats, rarity: Rarity) -> Floats:
        """The more often the better, but ever less so; a long text has to repeat itself more."""
        length = self._segment.length(field, docs) / rarity.length(field)
        fitting: Floats = counts * (_K + 1) / (counts + _K * (1 - _B + _B * length))
        return fitting

    def _weight(self, node: Any, rarity: Rarity) -> float:
        slot = nodes.slot_of(node)
        if slot:
            return rarity.of(node.fieldname, slot)
        if isinstance(node, nodes.Chain):
            return sum(rarity.of(str(node.fieldname), slot) for slot in node.slots)
        parts = [self._weight(child, rarity) for child in node.children()]
        return max(parts) if isinstance(node, nodes.AnyOf) else sum(parts)

    def _counted(self, field: str, slot: Slot) -> tuple[Docs, Floats]:
        forms = self._segment.forms(field, slot)
        if len(forms) == 1:
            return self._segment.postings(field, forms[0])
        docs = _union(self._segment.postings(field, form)[0] for form in forms)
        counts = np.zeros(len(docs))
        for form in forms:
            having, times = self._segment.postings(field, form)
            counts[np.searchsorted(docs, having)] += times
        return docs, counts

    def _candidates(self, node: Any) -> Docs:
        """Every document that can have a place of `node`, and perhaps some that have none."""
        slot = nodes.slot_of(node)
        if slot:
            return self._counted(node.fieldname, slot)[0]
        if isinstance(node, nodes.Chain):
            field = str(node.fieldname)
            return _common(self._counted(field, slot)[0] for slot in node.slots)
        if isinstance(node, nodes.AnyOf):
            return _union(self._candidates(part) for part in node.parts)
        return _common(self._candidates(child) for child in node.children())

    def _places(self, node: Any, docs: Docs) -> dict[int, list[Place]]:
        """The places of `node` in those of `docs` that have one."""
        slot = nodes.slot_of(node)
        if slot:
            at = self._at(node.fieldname, slot, docs)
            return {doc: places.single(positions) for doc, positions in at.items()}
        if isinstance(node, nodes.Chain):
            found = self._chains(node, docs)
        elif isinstance(node, nodes.Close):
            found = self._closes(node, docs)
        elif isinstance(node, nodes.AnyOf):
            parts = [self._places(part, docs) for part in node.parts]
            every = {doc for by_doc in parts for doc in by_doc}
            found = {d: sorted({p for part in parts for p in part.get(d, ())}) for d in every}
        else:
            inner = self._places(node.child, docs)
            found = {d: [p for p in at if p[1] < node.words] for d, at in inner.items()}
        return {doc: at for doc, at in found.items() if at}

    def _chains(self, node: nodes.Chain, docs: Docs) -> dict[int, list[Place]]:
        field = str(node.fieldname)
        slots = [self._at(field, slot, docs) for slot in node.slots]
        joins = [self._at(field, join, docs) if join else {} for join in node.joins]
        return {
            doc: places.chain(
                [at.get(doc, []) for at in slots],
                [set(at.get(doc, ())) for at in joins],
                node.between,
            )
            for doc in docs.tolist()
        }

    def _closes(self, node: nodes.Close, docs: Docs) -> dict[int, list[Place]]:
        left, right = self._places(node.left, docs), self._places(node.right, docs)
        joins = [self._at(str(node.fieldname), join, docs) for join in node.joins]
        found = {}
        for doc in left.keys() & right.keys():
            near = places.close(left[doc], right[doc], node.between, node.ordered)
            compounds = places.single(p for at in joins for p in at.get(doc, ()))
            found[doc] = sorted({*near, *compounds})
        return found

    def _at(self, field: str, slot: Slot, docs: Docs) -> dict[int, list[int]]:
        return self._segment.positions(field, self._segment.forms(field, slot), docs)


def _plain(docs: Docs) -> Result:
    return Result(docs, np.zeros(len(docs)))


def _without(docs: Docs, gone: Docs) -> Docs:
    return np.setdiff1d(docs, gone, assume_unique=True)


def _union(parts: Iterable[Docs]) -> Docs:
    return reduce(np.union1d, parts, NOBODY)


def _common(parts: Iterable[Docs]) -> Docs:
    """What all have; a part is only read while something is left."""
    found: Docs | None = None
    for docs in parts:
        found = docs if found is None else np.intersect1d(found, docs, assume_unique=True)
        if not len(found):
            break
    return NOBODY if found is None else found


def _both(left: Result, right: Result) -> Result:
    docs, i, j = np.intersect1d(left.docs, right.docs, assume_unique=True, return_indices=True)
    return Result(docs, left.scores[i] + right.scores[j])


def _together(parts: list[Result]) -> Result:
    docs = _union(part.docs for part in parts)
    scores = np.zeros(len(docs))
    for part in parts:
        scores[np.searchsorted(docs, part.docs)] += part.scores
    return Result(docs, scores)
