"""A query tree over one segment: which documents, and how well they fit.

First every clause says which documents it may be true of, by its words alone and rarest first;
filters and dates look at what is left of those, then clauses with places do, and exclusions come
last. Sets of documents are ascending uint32 arrays. A score is BM25 summed over the words and the
placed clauses sought that stand in a document; filters, dates and exclusions score nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from reader.search import nodes
from reader.search.clauses import (
    Alternatives,
    Masked,
    Word,
    decisive,
    during,
    parts_of,
    settled,
    word_of,
)
from reader.search.placing import Placing, names
from reader.search.ranking import Best, Rarity, Result, best
from reader.search.sets import Sets, among_sorted, where
from reader.search.sources import Docs, Documents, Floats, Mentioned, Mentions, Unsupported
from reader.search.stock import ours

__all__ = [
    "Allowed", "Best", "Evaluator", "Mentioned", "Mentions", "Rarity", "Result", "Unsupported",
    "best",
]  # fmt: skip

Allowed = Mapping[nodes.Filter, NDArray[np.int64]]
"""The sorted article ids that each filter of a tree lets through."""

_FEW = 16
_PLENTY = 2
"""So many times as many as are wanted are expected where they are looked for first."""


class Evaluator:
    """Answers one tree for one segment. Without `rarity` nothing is scored."""

    def __init__(
        self,
        segment: Documents,
        allowed: Allowed,
        rarity: Rarity | None = None,
        mentions: Mentions | None = None,
    ) -> None:
        """`mentions`: asked where entities stand, when they stand beside words."""
        self._segment = segment
        self._allowed = allowed
        self._rarity = rarity
        self._places = Placing(segment, mentions)
        self._sets = Sets(segment.count)
        self._words: dict[int, Word | None] = {}
        self._weights: dict[int, tuple[Docs, Floats]] = {}
        self._true: dict[int, Docs] = {}

    def run(self, tree: Any, newest: int | None = None) -> Result:
        """Deleted documents are never in it; `newest`: so many are enough, if that is less work.

        KeyError when a filter of the tree has no ids in `allowed`; Unsupported when there is
        something in the tree that only stock Whoosh knows.
        """
        self._words, self._weights, self._true = {}, {}, {}
        tree = ours(tree)  # kept alive to the end: its nodes are known by identity
        if self._rarity is not None and self._alternatives(tree):
            return self._best_known(tree, self._rarity)
        word = self._word(tree)
        if word and newest and self._rarity is None and self._common(word, newest):
            return self._newest(word, newest)
        beside = self._beside(tree)
        if self._rarity is None:
            docs = self._living(self._docs(tree, None) if beside is None else beside)
            return Result(docs, np.zeros(len(docs), dtype=np.float32))
        if beside is not None:
            docs = self._living(beside)
            return Result(docs, self._scores(tree, docs, self._rarity))
        parts = parts_of(tree) if isinstance(tree, query.And) else [tree]
        docs = self._narrowed(parts, None, weigh=True)
        docs = self._living(docs if settled(tree) else self._sure(tree, docs))
        return Result(docs, self._scores(tree, docs, self._rarity))

    def _common(self, word: Word, wanted: int) -> bool:
        """Whether so many are likely to be found among the newest documents at hand."""
        few = _PLENTY * wanted * self._segment.count
        return self._segment.frequency(*word) * len(self._segment.newest) > few

    def _newest(self, word: Word, wanted: int) -> Result:
        marks, newest = self._segment.marks(*word), self._segment.newest
        if self._segment.live is not None:
            marks &= self._segment.live
        found = newest.take(marks.take(newest).nonzero()[0][:wanted])
        if len(found) < wanted:
            found = marks.nonzero()[0].astype(np.uint32)
        more = int(np.count_nonzero(marks)) - len(found)
        return Result(np.sort(found), np.zeros(len(found), np.float32), more)

    def _living(self, docs: Docs) -> Docs:
        live = self._segment.live
        return docs if live is None else where(docs, live.take(docs))

    def _docs(self, node: Any, among: Docs | None) -> Docs:
        """Where the node is true; `among`: of these."""
        found = self._may(node, among)
        return found if settled(node) else self._sure(node, found)

    def _may(self, node: Any, among: Docs | None) -> Docs:
        """Where the node can be true as far as words and filters alone can tell."""
        word = self._word(node)
        if word and among is None:
            return self._segment.docs(*word)
        if word and among is not None:
            return where(among, self._segment.holding(*word, among))
        if isinstance(node, query.And | nodes.Chain | nodes.Close):
            return self._narrowed(parts_of(node), among)
        if isinstance(node, Alternatives):
            return self._sets.union([self._may(part, among) for part in node.children()])
        if isinstance(node, Masked):
            return self._masked(node, among)
        if isinstance(node, query.Not):
            return self._every() if among is None else among
        return self._may(decisive(node), among)

    def _narrowed(self, parts: Sequence[Any], among: Docs | None, *, weigh: bool = False) -> Docs:
        """What all parts may be true of; a part is only asked while something is left."""
        for part in sorted(parts, key=self._cost) if len(parts) > 1 else parts:
            word = self._word(part) if weigh else None
            among = self._weighed(part, word, among) if word else self._may(part, among)
            if not len(among):
                break
        return self._every() if among is None else among

    def _weighed(self, node: Any, word: Word, among: Docs | None) -> Docs:
        """As `_may`; what the word weighs is remembered, for it will be asked for."""
        if among is None:
            docs, weights = self._segment.weighed(*word)
        else:
            weights = self._segment.weights(*word, among)
            there = np.flatnonzero(weights != 0)
            docs, weights = among.take(there), weights.take(there)
        self._weights[id(node)] = docs, weights
        return docs

    def _sure(self, node: Any, docs: Docs) -> Docs:
        """Those of `docs`, of which the node may be true, of which it is true."""
        if isinstance(node, query.And):
            docs = self._true[id(node)] = self._all_sure(node, docs)
            return docs
        if isinstance(node, query.Or | query.DisjunctionMax):
            return self._sets.union([self._docs(part, docs) for part in node.children()])
        if isinstance(node, query.Not):
            word = self._word(node.query)
            if word:
                return where(docs, ~self._segment.holding(*word, docs))
            return self._sets.without(docs, self._docs(node.query, docs))
        if isinstance(node, query.AndMaybe | query.ConstantScoreQuery):
            return docs if settled(decisive(node)) else self._sure(decisive(node), docs)
        found, weights = self._placed(node, docs)
        self._weights[id(node)] = found, weights
        return found

    def _alternatives(self, tree: Any) -> bool:
        return isinstance(tree, query.Or) and all(
            self._word(part) and part.boost > 0 for part in tree
        )

    def _best_known(self, tree: Any, rarity: Rarity) -> Result:
        """Of words of which any is enough: whatever scores is true of one of them."""
        total = np.zeros(self._segment.count, dtype=np.float32)
        for part in tree:
            self._add_word(part, None, total, rarity)
        docs = self._living(np.flatnonzero(total != 0).astype(np.uint32))
        return Result(docs, total.take(docs))

    def _beside(self, tree: Any) -> Docs | None:
        """Of nothing but two words near each other; None of anything else."""
        if not isinstance(tree, nodes.Close) or names(tree):
            return None
        found = self._places.beside(tree, weighed=self._rarity is not None)
        if found is None:
            return None
        self._weights[id(tree)] = found
        return found[0]

    def _all_sure(self, node: Any, docs: Docs) -> Docs:
        """Cheap exclusions first, then what has places and at last entities, then the rest."""
        parts = [part for part in node if isinstance(part, query.Not) or not settled(part)]
        for part in sorted(parts, key=self._effort):
            docs = self._sure(part, docs)
            if not len(docs):
                break
        return docs

    def _effort(self, node: Any) -> tuple[int, int]:
        if isinstance(node, query.Not):
            return (0 if settled(node.query) else 3), 0
        return (2 if names(node) else 1), self._cost(node)

    def _placed(self, node: Any, docs: Docs) -> tuple[Docs, Floats]:
        often = isinstance(node, nodes.Often)
        standing = self._places.often if often else self._places.standing
        return standing(node, docs, weighed=self._rarity is not None)

    def _cost(self, node: Any) -> int:
        """How many documents it may be true of, at most; filters and dates come last."""
        word = self._word(node)
        if word:
            return self._segment.frequency(*word)
        if isinstance(node, query.And | nodes.Chain | nodes.Close):
            return min((self._cost(part) for part in parts_of(node)), default=self._segment.count)
        if isinstance(node, Alternatives):
            return sum(self._cost(part) for part in node.children())
        if isinstance(node, Masked | query.Not):
            return self._segment.count
        return self._cost(decisive(node))

    def _masked(self, node: Any, among: Docs | None) -> Docs:
        if isinstance(node, query.Every):
            return self._every() if among is None else among
        if isinstance(node, nodes.During):
            mask = during(node, self._column(str(node.fieldname), among))
        else:
            mask = among_sorted(self._column("id", among), self._allowed[node])
        return np.flatnonzero(mask).astype(np.uint32) if among is None else where(among, mask)

    def _column(self, name: str, among: Docs | None) -> NDArray[np.int64]:
        values = self._segment.column(name)
        return values if among is None else values.take(among)

    def _every(self) -> Docs:
        return np.arange(self._segment.count, dtype=np.uint32)

    def _scores(self, node: Any, docs: Docs, rarity: Rarity) -> Floats:
        """How well each of `docs`, all of which hold the node, fits it."""
        if isinstance(node, query.And):
            parts = [part for part in node if not isinstance(part, Masked | query.Not)]
            scored = [self._scores(part, docs, rarity) for part in parts]
            return sum(scored, np.zeros(len(docs), dtype=np.float32))
        word = self._word(node)
        if word:
            known = self._weights.get(id(node))
            weights = self._taken(*known, docs) if known else self._segment.weights(*word, docs)
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
        elif self._word(node):
            self._add_word(node, docs, total, rarity)
        elif not isinstance(node, Masked | query.Not):
            held, weights = self._held(node, docs)
            total[held] += self._fit(node, held, weights, rarity)

    def _add_word(self, node: Any, docs: Docs | None, total: Floats, rarity: Rarity) -> None:
        """As `_add`; without `docs` all are looked at."""
        word = self._word(node)
        if word is None:
            raise TypeError(f"{node!r} is not a word")
        if docs is not None:
            total[docs] += self._fit(node, docs, self._segment.weights(*word, docs), rarity)
        elif self._segment.frequency(*word) * _FEW < self._segment.count:
            docs, weights = self._segment.weighed(*word)
            total[docs] += self._fit(node, docs, weights, rarity)
        else:
            total += self._fit(node, None, self._segment.spread(*word), rarity)

    def _fit(self, node: Any, held: Docs | None, weights: Floats, rarity: Rarity) -> Floats:
        fit = rarity.fitting(self._segment, held, weights)
        fit *= np.float32(getattr(node, "boost", 1.0) * rarity.of_all(node))
        return fit

    def _taken(self, held: Docs, weights: Floats, docs: Docs) -> Floats:
        """The weights of those of `held` that are `docs`."""
        if len(docs) == len(held):
            return weights
        if len(docs) * _FEW < len(held):
            return weights.take(np.searchsorted(held, docs))
        dense = np.empty(self._segment.count, np.float32)
        dense[held] = weights
        return dense.take(docs)

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
        return self._docs(node, docs) if known is None else self._sets.both(docs, known)

    def _held(self, node: Any, docs: Docs) -> tuple[Docs, Floats]:
        """At least those of `docs` that have the places of a clause, and how much they weigh."""
        return self._weights.get(id(node)) or self._placed(node, self._may(node, docs))

    def _word(self, node: Any) -> Word | None:
        """What a clause of one word asks for."""
        if isinstance(node, Word):
            return node
        if id(node) not in self._words:
            self._words[id(node)] = word_of(node)
        return self._words[id(node)]
