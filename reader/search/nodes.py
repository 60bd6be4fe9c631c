"""The leaves of a query tree that Whoosh does not have; everything else in it is Whoosh's own.

A tree holds And, Or, Not, Term (this very form), Prefix, Wildcard and FuzzyTerm of `whoosh.query`,
and these. Fields are "text" (title, lead and body, which share one space of positions), "title",
"lead", "body", "author" and "url". Positions are those of `analysis`: a compound and its parts
share one.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from whoosh.query import FuzzyTerm, Prefix, Query, Term, Wildcard

from reader.search.syntax import Kind, Slot, joined


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


class _Leaf(Node):
    """One word in a field."""

    def __init__(self, fieldname: str, text: str) -> None:
        self.fieldname = fieldname
        self.text = text

    def _key(self) -> tuple[Any, ...]:
        return (self.fieldname, self.text)


class Word(_Leaf):
    """A word in any inflection of the document's language."""


class Pattern(_Leaf):
    """An RE2 pattern over one whole folded form."""


class Cased(_Leaf):
    """A word written with exactly these capitals, or with none when `text` has none."""


class Chain(Node):
    """Words of one field in this order, up to `between` others between neighbours.

    Neighbours may also be parts of one compound: `joins[i]` finds slots i and i + 1 in one, None
    where no compound counts.
    """

    def __init__(self, fieldname: str, slots: Sequence[Slot], between: int = 0) -> None:
        self.fieldname = fieldname
        self.slots = tuple(slots)
        self.joins = tuple(joined(a, b) for a, b in pairwise(slots))
        self.between = between

    def _key(self) -> tuple[Any, ...]:
        return (self.fieldname, self.slots, self.between)


class Close(Node):
    """A place of `left` and one of `right`, one wholly after the other; `ordered`: left first.

    At most `between` words are between them, or, with `sentence`, both lie in one sentence and
    `between` says nothing. `joins` are compounds that hold both sides, which are as near as can
    be. Either side may be a `Filter` of entities: its places are their mentions.
    """

    def __init__(
        self,
        left: Any,
        right: Any,
        between: int,
        ordered: bool,
        joins: Sequence[Slot] = (),
        *,
        sentence: bool = False,
    ) -> None:
        self.fieldname = place_field(left, right)
        self.left = left
        self.right = right
        self.between = between
        self.ordered = ordered
        self.joins = tuple(joins)
        self.sentence = sentence

    def _key(self) -> tuple[Any, ...]:
        return (self.left, self.right, self.between, self.ordered, self.sentence)

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return [self.left, self.right]


class AnyOf(Node):
    """Places of any of several clauses of one field."""

    def __init__(self, parts: Sequence[Any]) -> None:
        self.fieldname = place_field(*parts)
        self.parts = tuple(parts)

    def _key(self) -> tuple[Any, ...]:
        return self.parts

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return list(self.parts)


class Opening(Node):
    """Places that end within the first `words` words of the title, lead or body they stand in."""

    def __init__(self, child: Any, words: int) -> None:
        self.fieldname = place_field(child)
        self.child = child
        self.words = words

    def _key(self) -> tuple[Any, ...]:
        return (self.child, self.words)

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return [self.child]


class Often(Node):
    """At least `times` places that begin apart, those of all `parts` together."""

    def __init__(self, parts: Sequence[Any], times: int) -> None:
        self.fieldname = place_field(*parts)
        self.parts = tuple(parts)
        self.times = times

    def _key(self) -> tuple[Any, ...]:
        return (self.parts, self.times)

    def is_leaf(self) -> bool:
        return False

    def children(self) -> list[Any]:
        return list(self.parts)


def place_field(*parts: Any) -> str:
    """Where clauses that stand near each other look; mentions alone look in the texts."""
    for part in parts:
        if not isinstance(part, Filter) and part.fieldname != "text":
            return str(part.fieldname)
    return "text"


def leaf(field: str, slot: Slot) -> Any:
    """The query for one word."""
    if slot.kind == "exact":
        return Term(field, slot.text)
    if slot.kind == "word":
        return Word(field, slot.text)
    if slot.kind == "fuzzy":
        return FuzzyTerm(field, slot.text, maxdist=slot.edits, prefixlength=0)
    if slot.kind == "regex":
        return Pattern(field, slot.text)
    if slot.kind == "cased":
        return Cased(field, slot.text)
    if slot.text.rstrip("*") == slot.beginning:
        return Prefix(field, slot.beginning)
    return Wildcard(field, slot.text)


def slot_of(node: Any) -> Slot | None:
    """What `leaf` was made from; None for any other node."""
    kind = _kind(node.__class__)
    if kind is None:
        return None
    if kind == "fuzzy":
        return Slot(kind, node.text, node.maxdist)
    return Slot(kind, node.text + "*" if isinstance(node, Prefix) else node.text)


@cache
def _kind(class_: Any) -> Kind | None:
    return next((kind for known, kind in _KINDS.items() if issubclass(class_, known)), None)


_KINDS: dict[Any, Kind] = {
    FuzzyTerm: "fuzzy",
    Term: "exact",
    Word: "word",
    Wildcard: "glob",
    Pattern: "regex",
    Cased: "cased",
    Prefix: "glob",
}
