"""Where the clauses of a tree are true of an article, prepared once and asked of many articles."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from whoosh import query as whoosh_query

from reader.search import nodes
from reader.search.conditions import Condition, condition
from reader.search.reading import Mark
from reader.search.syntax import OTHER_TEXT_FIELDS

if TYPE_CHECKING:
    from reader.search.matcher import Article

Marking = Callable[["Article", set[Mark]], object]
"""Adds the marks of every clause that is true and not excluded."""


def marking(node: Any, *, everything: bool = False) -> Marking:
    """`everything`: also of clauses that are not wholly true."""
    if isinstance(node, whoosh_query.Not | nodes.During):
        return _nothing
    if isinstance(node, nodes.Filter):
        return lambda article, found: found.update(article.mention_marks(node))
    if isinstance(node, whoosh_query.Or | whoosh_query.And | nodes.Often):
        parts = [marking(part, everything=everything) for part in node.children()]
        # What is not true of an Or has no places of its own.
        free = everything or isinstance(node, whoosh_query.Or)
        return _all(parts) if free else _where(condition(node), _all(parts))
    return _placed(node)


def _placed(node: Any) -> Marking:
    field, slot = nodes.place_field(node), nodes.slot_of(node)
    if field in OTHER_TEXT_FIELDS:
        return _nothing
    if slot:
        return lambda article, found: found.update(article.word_marks(field, slot))
    if isinstance(node, nodes.Chain):
        return lambda article, found: found.update(article.chain_marks(node))
    return lambda article, found: found.update(article.place_marks(node, field))


def _nothing(_article: "Article", _found: set[Mark]) -> None:
    """It has no places, or none in the texts."""


def _all(parts: Sequence[Marking]) -> Marking:
    def mark(article: "Article", found: set[Mark]) -> None:
        for part in parts:
            part(article, found)

    return mark


def _where(true: Condition, marking: Marking) -> Marking:
    def mark(article: "Article", found: set[Mark]) -> None:
        if true(article):
            marking(article, found)

    return mark
