"""What the evaluator asks of a clause before it looks at any document."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.query.spans import SpanNot

from reader.search import nodes
from reader.search.placing import names
from reader.search.segment import UNKNOWN
from reader.search.syntax import Slot

Alternatives = query.Or | query.DisjunctionMax | nodes.AnyOf | nodes.Often
Masked = nodes.Filter | nodes.During | query.Every


class Word(NamedTuple):
    """What is asked of a segment; also one word of a chain, as a clause of its own."""

    field: str
    slot: Slot


def word_of(node: Any) -> Word | None:
    """What a clause of one word asks for; None for any other."""
    slot = nodes.slot_of(node)
    return Word(str(node.fieldname), slot) if slot else None


def parts_of(node: Any) -> Sequence[Any]:
    """The parts that must all be true."""
    if isinstance(node, nodes.Chain):
        return [Word(str(node.fieldname), slot) for slot in node.slots]
    return [part for part in node.children() if not isinstance(part, query.Not)]


def decisive(node: Any) -> Any:
    """The clause that decides where the node can be true."""
    return node.a if isinstance(node, query.AndMaybe | SpanNot) else node.child


def settled(node: Any) -> bool:
    """Whether a node is true wherever it can be, as far as its words tell."""
    if isinstance(node, Word | Masked) or nodes.slot_of(node):
        return True
    if isinstance(node, nodes.AnyOf) and names(node):
        return False
    if isinstance(node, query.And | query.Or | query.DisjunctionMax | nodes.AnyOf):
        return all(map(settled, node.children()))
    return isinstance(node, query.AndMaybe | query.ConstantScoreQuery) and settled(decisive(node))


def during(node: nodes.During, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of these times are in the time asked for; `UNKNOWN` never is."""
    mask: NDArray[np.bool_] = at != UNKNOWN
    if node.start is not None:
        mask &= at >= node.start
    if node.end is not None:
        mask &= at < node.end
    return mask
