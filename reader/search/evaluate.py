"""A query tree over one segment: which documents, and how well they fit.

First every clause says which documents it may be true of, by its words alone and rarest first;
filters and dates look at what is left of those, then clauses with places do, and exclusions come
last. Sets of documents are ascending uint32 arrays. A score is BM25 summed over the words and the
placed clauses sought that stand in a document; filters, dates and exclusions score nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.query.spans import SpanNot

from reader.search import nodes
from reader.search.placing import Placing, names
from reader.search.ranking import Best, Rarity, Result, best
from reader.search.segment import UNKNOWN
from reader.search.sets import Sets, among_sorted
from reader.search.sources import Docs, Floats, Mentioned, Mentions, Segment, Unsupported
from reader.search.stock import ours
from reader.search.syntax import Slot

__all__ = [
    "Allowed", "Best", "Evaluator", "Mentioned", "Mentions", "Rarity", "Result", "Unsupported",
    "best",
]  # fmt: skip

Allowed = Mapping[nodes.Filter, NDArray[np.int64]]
"""The sorted article ids that each filter of a tree lets through."""

_FEW = 16
_Any = query.Or | query.DisjunctionMax | nodes.AnyOf | nodes.Often
_Masked = nodes.Filter | nodes.During | query.Every


class _Word(NamedTuple):
    """One word of a chain, as a clause of its own."""

    field: str
    slot: Slot


class Evaluator:
    """Answers one tree for one segment. Without `rarity` nothing is scored."""

    def __init__(
        self,
        segment: Segment,
        allowed: Allowed,
        rarity: Rarity | None = None,
        mentions: Mentions | None = None,
    ) -> None:
        """`mentions`: asked where entities stand, when they stand beside words."""
        self._segment = segment
        self._allowed = allowed
        self._rarity = rarity
        self._placing = Placing(segment, mentions)
        self._sets = Sets(segment.count)
        self._dense = np.empty(segment.count, dtype=np.float32)
        self._weights: dict[int, tuple[Docs, Floats]] = {}
        self._true: dict[int, Docs] = {}

    def run(self, tree: Any) -> Result:
        """Deleted documents are never in it.

        KeyError when a filter of the tree has no ids in `allowed`; Unsupported when there is
        something in the tree that only stock Whoosh knows.
        """
        self._weights, self._true = {}, {}
        tree = ours(tree)  # kept alive to the end: its nodes are known by identity
        docs = self._docs(tree, None)
        if self._segment.live is not None:
            docs = docs[self._segment.live[docs]]
        if self._rarity is None:
            return Result(docs, np.zeros(len(docs), dtype=np.float32))
        return Result(docs, self._scores(tree, docs, self._rarity))

    def _docs(self, node: Any, among: Docs | None) -> Docs:
        """Where the node is true. `among`: only these are asked about; others may be in it."""
        found = self._may(node, among)
        return found if _settled(node) else self._sure(node, found)

    def _may(self, node: Any, among: Docs | None) -> Docs:
        """Where the node can be true as far as words and filters alone can tell."""
        word = _word(node)
        if word and self._rarity is not None and among is None:
            return self._segment.weighed(*word)[0]  # what they weigh is asked next
        if word:
            return self._segment.docs(*word)
        if isinstance(node, query.And | nodes.Chain | nodes.Close):
            return self._narrowed(_wanted(node), among)
        if isinstance(node, _Any):
            return self._sets.union([self._may(part, among) for part in node.children()])
        if isinstance(node, _Masked):
            return self._masked(node, among)
        if isinstance(node, query.Not):
            return self._every() if among is None else among
        return self._may(_child(node), among)

    def _narrowed(self, parts: Iterable[Any], among: Docs | None) -> Docs:
        """What all parts may be true of; a part is only asked while something is left."""
        for part in sorted(parts, key=self._cost):
            found = self._may(part, among)
            among = found if among is None else self._sets.both(among, found)
            if not len(among):
                break
        return self._every() if among is None else among

    def _sure(self, node: Any, docs: Docs) -> Docs:
        """Those of `docs`, of which the node may be true, of which it is true."""
        if isinstance(node, query.And):
            docs = self._true[id(node)] = self._all_sure(node, docs)
            return docs
        if isinstance(node, query.Or | query.DisjunctionMax):
            parts = [self._docs(part, docs) for part in node.children()]
            return self._sets.both(docs, self._sets.union(parts))
        if isinstance(node, query.Not):
            return self._sets.without(docs, self._docs(node.query, docs))
        if isinstance(node, query.AndMaybe | query.ConstantScoreQuery):
            return docs if _settled(_child(node)) else self._sure(_child(node), docs)
        found, weights = self._placed(node, docs)
        self._weights[id(node)] = found, weights
        return found

    def _all_sure(self, node: Any, docs: Docs) -> Docs:
        """Cheap exclusions first, then what has places and at last entities, then the rest."""
        parts = [part for part in node if isinstance(part, query.Not) or not _settled(part)]
        for part in sorted(parts, key=self._effort):
            docs = self._sure(part, docs)
            if not len(docs):
                break
        return docs

    def _effort(self, node: Any) -> tuple[int, int]:
        if isinstance(node, query.Not):
            return (0 if _settled(node.query) else 3), 0
        return (2 if names(node) else 1), self._cost(node)

    def _placed(self, node: Any, docs: Docs) -> tuple[Docs, Floats]:
        standing = self._placing.often if isinstance(node, nodes.Often) else self._placing.standing
        return standing(node, docs, weighed=self._rarity is not None)

    def _cost(self, node: Any) -> int:
        """How many documents it may be true of, at most; filters and dates come last."""
        word = _word(node)
        if word:
            return self._segment.frequency(*word)
        if isinstance(node, query.And | nodes.Chain | nodes.Close):
            return min((self._cost(part) for part in _wanted(node)), default=self._segment.count)
        if isinstance(node, _Any):
            return sum(self._cost(part) for part in node.children())
        if isinstance(node, _Masked | query.Not):
            return self._segment.count
        return self._cost(_child(node))

    def _masked(self, node: Any, among: Docs | None) -> Docs:
        if isinstance(node, query.Every):
            return self._every() if among is None else among
        if isinstance(node, nodes.During):
            mask = _during(node, self._column(str(node.fieldname), among))
        else:
            mask = among_sorted(self._column("id", among), self._allowed[node])
        return np.flatnonzero(mask).astype(np.uint32) if among is None else among[mask]

    def _column(self, name: str, among: Docs | None) -> NDArray[np.int64]:
        values = self._segment.column(name)
        return values if among is None else values[among]

    def _every(self) -> Docs:
        return np.arange(self._segment.count, dtype=np.uint32)

    def _scores(self, node: Any, docs: Docs, rarity: Rarity) -> Floats:
        """How well each of `docs`, all of which hold the node, fits it."""
        if isinstance(node, query.And):
            parts = [part for part in node if not isinstance(part, _Masked | query.Not)]
            scored = [self._scores(part, docs, rarity) for part in parts]
            return sum(scored, np.zeros(len(docs), dtype=np.float32))
        if _word(node):
            held, weights = self._held(node, docs)
            if len(held) > len(docs):
                self._dense[held] = weights
                weights = self._dense[docs]
            return self._fit(node, docs, weights, rarity)
        total = np.zeros(self._segment.count, dtype=np.float32)
        self._add(node, docs, total, rarity)
        return total[docs]

    def _add(self, node: Any, docs: Docs, total: Floats, rarity: Rarity) -> None:
        """Adds what the node scores to `total`, of which only `docs` will be looked at."""
        if isinstance(node, query.And):
            for part in node:
                self._add(part, docs, total, rarity)
        elif isinstance(node, query.Or):
            for part in node:
                self._add_if_true(part, docs, total, rarity)
        elif isinstance(node, query.AndMaybe):
            self._add(node.a, docs, total, rarity)
            self._add_if_true(node.b, docs, total, rarity)
        elif isinstance(node, query.DisjunctionMax):
            total[docs] += self._highest(node, docs, rarity)
        elif isinstance(node, query.ConstantScoreQuery):
            if node.score:
                total[self._among(node.child, docs)] += node.score
        elif not isinstance(node, _Masked | query.Not):
            held, weights = self._held(node, docs)
            total[held] += self._fit(node, held, weights, rarity)

    def _fit(self, node: Any, held: Docs, weights: Floats, rarity: Rarity) -> Floats:
        weight = np.float32(getattr(node, "boost", 1.0) * rarity.of_all(node))
        fit: Floats = weight * rarity.fitting(self._segment, held, weights)
        return fit

    def _add_if_true(self, node: Any, docs: Docs, total: Floats, rarity: Rarity) -> None:
        """As `_add` for an alternative: what must all be true scores nothing where only some is."""
        if not isinstance(node, query.And | query.AndMaybe):
            self._add(node, docs, total, rarity)
            return
        held = self._among(node, docs)
        total[held] += self._scores(node, held, rarity)

    def _highest(self, node: Any, docs: Docs, rarity: Rarity) -> Floats:
        """What the best alternative scores in each of `docs`."""
        highest = np.zeros(len(docs), dtype=np.float32)
        for part in node:
            total = np.zeros(self._segment.count, dtype=np.float32)
            self._add_if_true(part, docs, total, rarity)
            np.maximum(highest, total[docs], out=highest)
        return highest

    def _among(self, node: Any, docs: Docs) -> Docs:
        """Those of `docs` of which the node is true, which was perhaps seen before."""
        known = self._true.get(id(node))
        return self._sets.both(docs, self._docs(node, docs) if known is None else known)

    def _held(self, node: Any, docs: Docs) -> tuple[Docs, Floats]:
        """At least those of `docs` that have the words or places, and how much they weigh."""
        word = _word(node)
        if not word:
            known = self._weights.get(id(node))
            return known or self._placed(node, self._sets.both(docs, self._may(node, docs)))
        held, weights = self._segment.weighed(*word, docs)
        if len(docs) * _FEW >= len(held):
            return held, weights
        at = np.minimum(np.searchsorted(held, docs), len(held) - 1)
        having = held[at] == docs
        return docs[having], weights[at[having]]


def _word(node: Any) -> tuple[str, Slot] | None:
    if isinstance(node, _Word):
        return node
    slot = nodes.slot_of(node)
    return (node.fieldname, slot) if slot else None


def _wanted(node: Any) -> Sequence[Any]:
    """The parts that must all be true."""
    if isinstance(node, nodes.Chain):
        return [_Word(str(node.fieldname), slot) for slot in node.slots]
    return [part for part in node.children() if not isinstance(part, query.Not)]


def _child(node: Any) -> Any:
    """The clause that decides where the node can be true."""
    return node.a if isinstance(node, query.AndMaybe | SpanNot) else node.child


def _settled(node: Any) -> bool:
    """Whether a node is true wherever it can be, as far as its words tell."""
    if _word(node) or isinstance(node, _Masked):
        return True
    if isinstance(node, nodes.AnyOf) and names(node):
        return False
    if isinstance(node, query.And | query.Or | query.DisjunctionMax | nodes.AnyOf):
        return all(map(_settled, node.children()))
    return isinstance(node, query.AndMaybe | query.ConstantScoreQuery) and _settled(_child(node))


def _during(node: nodes.During, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = at != UNKNOWN
    if node.start is not None:
        mask &= at >= node.start
    if node.end is not None:
        mask &= at < node.end
    return mask
