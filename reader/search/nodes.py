"""The leaves of a query tree that Whoosh does not have; everything else in it is Whoosh's own.

A tree holds And, Or, Not, Term, Prefix, Wildcard and FuzzyTerm of `whoosh.query`, and these.
Positions are those of `analysis`: a compound and its parts share one.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from whoosh.query import FuzzyTerm, Prefix, Query, Term, Wildcard

from reader.search.syntax import Slot, joined


class Node(Query):  # type: ignore[misc] # Whoosh has no types
    """Equal when of one class with equal parts."""

    boost = 1.0
    fieldname: str | None = None

    def _key(self) -> tuple[Any, ...]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and type(self) is type(other) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._key()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._key()!r}"


class Filter(Node):
    """A property that is not text; its meaning is `reader.domain.filters.holds`."""

    def __init__(self, field: str, value: str) -> None:
        self.fieldname = field
        self.value = value

    def _key(self) -> tuple[Any, ...]:
        return (self.fieldname, self.value)


class During(Node):
    """`start` ≤ the date column < `end`, in milliseconds UTC; None is open.

    The column is "sorted_at" (published, or first seen where that is unknown) or "first_seen".
    """

    def __init__(self, column: str, start: int | None, end: int | None) -> None:
        self.fieldname = column
        self.start = start
        self.end = end

    def _key(self) -> tuple[Any, ...]:
        return (self.fieldname, self.start, self.end)


class Chain(Node):
    """Words of one field in this order, up to `between` others between neighbours.

    Neighbours may also be parts of one compound: `joins[i]` finds slots i and i + 1 in one.
    """

    def __init__(self, field: str, slots: Sequence[Slot], between: int, boost: float) -> None:
        self.fieldname = field
        self.slots = tuple(slots)
        self.joins = tuple(joined(a, b) for a, b in pairwise(slots))
        self.between = between
        self.boost = boost

    def _key(self) -> tuple[Any, ...]:
        return (self.fieldname, self.slots, self.between)


class Close(Node):
    """Two places of one field with up to `between` words between them; `ordered`: left first.

    `joins` are compounds that hold both sides, which are as near as can be.
    """

    def __init__(
        self, left: Any, right: Any, between: int, ordered: bool, joins: Sequence[Slot]
    ) -> None:
        self.fieldname = left.fieldname
        self.left = left
        self.right = right
        self.between = between
        self.ordered = ordered
        self.joins = tuple(joins)
        self.boost = left.boost

    def _key(self) -> tuple[Any, ...]:
        return (self.left, self.right, self.between, self.ordered)

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return [self.left, self.right]


class AnyOf(Node):
    """Places of any of several clauses of one field."""

    def __init__(self, parts: Sequence[Any]) -> None:
        self.fieldname = parts[0].fieldname
        self.parts = tuple(parts)
        self.boost = parts[0].boost

    def _key(self) -> tuple[Any, ...]:
        return self.parts

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return list(self.parts)


class Opening(Node):
    """Places that end within the first `words` words of their field."""

    def __init__(self, child: Any, words: int) -> None:
        self.fieldname = child.fieldname
        self.child = child
        self.words = words
        self.boost = child.boost

    def _key(self) -> tuple[Any, ...]:
        return (self.child, self.words)

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return [self.child]


class Often(Node):
    """At least `times` places, those of all `parts` (one for each field) together."""

    def __init__(self, parts: Sequence[Any], times: int) -> None:
        self.parts = tuple(parts)
        self.times = times

    def _key(self) -> tuple[Any, ...]:
        return (self.parts, self.times)

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return list(self.parts)


def leaf(field: str, slot: Slot, boost: float) -> Any:
    """The Whoosh query for one word."""
    if slot.kind == "word":
        return Term(field, slot.text, boost=boost)
    if slot.kind == "fuzzy":
        return FuzzyTerm(field, slot.text, boost=boost, maxdist=slot.edits, prefixlength=0)
    if slot.text.rstrip("*") == slot.beginning:
        return Prefix(field, slot.beginning, boost=boost)
    return Wildcard(field, slot.text, boost=boost)


def slot_of(node: Any) -> Slot | None:
    """What `leaf` was made from; None for any other node."""
    if isinstance(node, Term):
        return Slot("word", node.text)
    if isinstance(node, FuzzyTerm):
        return Slot("fuzzy", node.text, node.maxdist)
    if isinstance(node, Prefix):
        return Slot("glob", node.text + "*")
    return Slot("glob", node.text) if isinstance(node, Wildcard) else None
