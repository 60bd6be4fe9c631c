"""From what a query says to the whoosh.query tree that engines evaluate."""

from datetime import datetime, tzinfo
from typing import Any

from whoosh import query

from reader.search import dates, nodes, syntax
from reader.search.syntax import Node, Slot, Text, joined

ANYWHERE = "text"
"""The field of a word without one: title, lead and body."""


def grow(node: Node, now: datetime, zone: tzinfo | None) -> Any:
    """The tree of a clause; relative times count from `now`, days begin as in `zone`."""
    if isinstance(node, syntax.When):
        column = "first_seen" if node.field == "seen" else "sorted_at"
        return nodes.During(column, *dates.resolve(node.field, node.value, now, zone))
    if isinstance(node, syntax.Not):
        return query.Not(grow(node.child, now, zone))
    if isinstance(node, syntax.And):
        return query.And([grow(part, now, zone) for part in node.parts])
    if isinstance(node, syntax.Or):
        return query.Or([grow(part, now, zone) for part in node.parts])
    return place(node)


def place(node: Node) -> Any:
    """The tree of a clause that has places, or is a filter."""
    if isinstance(node, Text):
        return _text(node)
    if isinstance(node, syntax.Where):
        return nodes.Filter(node.field, node.value)
    if isinstance(node, syntax.Or):
        return nodes.AnyOf([place(part) for part in node.parts])
    if isinstance(node, syntax.First):
        return nodes.Opening(place(node.child), node.words)
    if isinstance(node, syntax.AtLeast):
        return nodes.Often([place(node.child)], node.times)
    if isinstance(node, syntax.Sentence):
        sides = place(node.left), place(node.right)
        return nodes.Close(*sides, 0, False, compounds(node), sentence=True)
    assert isinstance(node, syntax.Near)  # noqa: S101 - the parser lets nothing else through
    sides = place(node.left), place(node.right)
    return nodes.Close(*sides, node.between, node.ordered, compounds(node))


def _text(node: Text) -> Any:
    field = node.field or ANYWHERE
    if len(node.slots) == 1:
        return nodes.leaf(field, node.slots[0])
    return nodes.Chain(field, node.slots, node.between)


def compounds(node: syntax.Near | syntax.Sentence) -> list[Slot]:
    """`air NEAR/3 defence` is true of `air-defence`, as the phrase is."""
    left, right = _single(node.left), _single(node.right)
    if left is None or right is None:
        return []
    found = [joined(left, right)]
    if not (isinstance(node, syntax.Near) and node.ordered):
        found.append(joined(right, left))
    return [slot for slot in found if slot is not None]


def _single(node: Node) -> Slot | None:
    return node.slots[0] if isinstance(node, Text) and len(node.slots) == 1 else None
