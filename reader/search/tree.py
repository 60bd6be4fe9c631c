"""From what a query says to the whoosh.query tree that engines evaluate, field by field."""

from datetime import datetime, tzinfo
from typing import Any

from whoosh import query

from reader.search import dates, nodes, syntax
from reader.search.syntax import TEXT_FIELDS, Node, Slot, Text, joined

BOOST = {"title": 3.0, "lead": 1.5}
"""How much more a word weighs there than in the body."""


def grow(node: Node, now: datetime, zone: tzinfo | None) -> Any:
    """The tree of a clause; relative times count from `now`, days begin as in `zone`."""
    if isinstance(node, syntax.Where):
        return nodes.Filter(node.field, node.value)
    if isinstance(node, syntax.When):
        column = "first_seen" if node.field == "seen" else "sorted_at"
        return nodes.During(column, *dates.resolve(node.field, node.value, now, zone))
    if isinstance(node, syntax.Not):
        return query.Not(grow(node.child, now, zone))
    if isinstance(node, syntax.And):
        return query.And([grow(part, now, zone) for part in node.parts])
    if isinstance(node, syntax.Or):
        return query.Or([grow(part, now, zone) for part in node.parts])
    if isinstance(node, syntax.AtLeast):
        return nodes.Often([place(node.child, f) for f in _fields(node.child)], node.times)
    return _anywhere([place(node, field) for field in _fields(node)])


def place(node: Node, field: str) -> Any:
    """The tree of a clause that has places, in one field."""
    if isinstance(node, Text):
        return _text(node, field)
    if isinstance(node, syntax.Or):
        return nodes.AnyOf([place(part, field) for part in node.parts])
    if isinstance(node, syntax.First):
        return nodes.Opening(place(node.child, field), node.words)
    assert isinstance(node, syntax.Near)  # noqa: S101 - the parser lets nothing else through
    return nodes.Close(
        place(node.left, field),
        place(node.right, field),
        node.between,
        node.ordered,
        _compounds(node),
    )


def _text(node: Text, field: str) -> Any:
    boost = BOOST.get(field, 1.0)
    if len(node.slots) == 1:
        return nodes.leaf(field, node.slots[0], boost)
    return nodes.Chain(field, node.slots, node.between, boost)


def _compounds(node: syntax.Near) -> list[Slot]:
    """`air NEAR/3 defence` is true of `air-defence`, as the phrase is."""
    left, right = _single(node.left), _single(node.right)
    if left is None or right is None:
        return []
    found = [joined(left, right)] if node.ordered else [joined(left, right), joined(right, left)]
    return [slot for slot in found if slot is not None]


def _single(node: Node) -> Slot | None:
    return node.slots[0] if isinstance(node, Text) and len(node.slots) == 1 else None


def _fields(node: Node) -> tuple[str, ...]:
    """Where a clause with places looks; the parser has seen that all its parts agree."""
    for part in node.walk():
        if isinstance(part, Text):
            return part.fields
    return TEXT_FIELDS


def _anywhere(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else query.Or(parts)
