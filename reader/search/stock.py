"""Whoosh's own query nodes said with ours, so that the evaluator has fewer to know."""

from collections.abc import Callable
from copy import copy
from typing import Any

from whoosh import query
from whoosh.query import spans as whoosh_spans

from reader.search import nodes
from reader.search.segment import COLUMNS
from reader.search.sources import Unsupported
from reader.search.syntax import Slot


def ours(node: Any) -> Any:
    """A tree that is true of the same documents; every placed clause in it is an object apart.

    Unsupported names the first node that cannot be said.
    """
    if nodes.slot_of(node) or isinstance(node, nodes.Filter | nodes.During):
        return node
    if isinstance(node, nodes.Node):
        for part in node.children():
            _check(part)
        return copy(node)
    said = _SAID.get(type(node))
    if said is None:
        raise Unsupported(type(node).__name__)
    return said(node)


def _check(node: Any) -> None:
    """Unsupported when the node stands nowhere in a text, or is not said with our nodes."""
    known = nodes.slot_of(node) or isinstance(node, nodes.Node | whoosh_spans.SpanNot)
    if not known or isinstance(node, nodes.During | nodes.Often):
        raise Unsupported(f"{type(node).__name__} beside words")
    for part in node.children():
        _check(part)


def _every(node: Any) -> Any:
    if node.fieldname not in (None, "*"):
        raise Unsupported(f"every document with {node.fieldname}")
    return node


def _phrase(node: Any) -> Any:
    slots = [Slot("exact", word) for word in node.words]
    if not slots:
        return query.Or([])
    return nodes.Chain(node.fieldname, slots, node.slop - 1)


def _near(node: Any) -> Any:
    if node.mindist != 1:
        raise Unsupported("words with a least distance")
    return nodes.Close(_placed(node.a), _placed(node.b), node.slop - 1, node.ordered, ())


def _range(node: Any) -> Any:
    if node.fieldname not in COLUMNS:
        raise Unsupported(f"a range of {node.fieldname}")
    start = None if node.start is None else node.start + bool(node.startexcl)
    end = None if node.end is None else node.end + (not node.endexcl)
    return nodes.During(node.fieldname, start, end)


def _placed(node: Any) -> Any:
    """Words, and what stands in some place; a group among them is a group of places."""
    if isinstance(node, query.Or):
        return nodes.AnyOf([_placed(part) for part in node])
    found = ours(node)
    _check(found)
    return found


_SAID: dict[Any, Callable[[Any], Any]] = {
    query.And: lambda node: query.And([ours(part) for part in node]),
    query.Or: lambda node: query.Or([ours(part) for part in node]),
    query.Not: lambda node: query.Not(ours(node.query)),
    query.DisjunctionMax: lambda node: query.DisjunctionMax([ours(part) for part in node]),
    query.AndNot: lambda node: query.And([ours(node.a), query.Not(ours(node.b))]),
    query.AndMaybe: lambda node: query.AndMaybe(ours(node.a), ours(node.b)),
    query.Require: lambda node: query.And(
        [ours(node.a), query.ConstantScoreQuery(ours(node.b), 0.0)]
    ),
    query.ConstantScoreQuery: lambda node: query.ConstantScoreQuery(ours(node.child), node.score),
    query.Every: _every,
    type(query.NullQuery): lambda _node: query.Or([]),
    query.Phrase: _phrase,
    query.NumericRange: _range,
    whoosh_spans.SpanNear: _near,
    whoosh_spans.SpanFirst: lambda node: nodes.Opening(_placed(node.q), node.limit + 1),
    whoosh_spans.SpanOr: lambda node: nodes.AnyOf([_placed(part) for part in node.subqs]),
    whoosh_spans.SpanNot: lambda node: whoosh_spans.SpanNot(_placed(node.a), _placed(node.b)),
}
