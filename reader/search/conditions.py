"""Trees as conditions on one article, prepared once and asked of many articles.

A saved search is asked of every article that arrives, so that what a node is, is found out once.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from whoosh import query as whoosh_query

from reader.domain.filters import holds
from reader.search import nodes
from reader.search.dates import to_ms
from reader.search.syntax import Slot
from reader.search.tree import ANYWHERE

if TYPE_CHECKING:
    from reader.search.matcher import Article

Condition = Callable[["Article"], bool]


def condition(node: Any) -> Condition:
    """Whether a tree, or a clause of one, is true of an article."""
    slot = nodes.slot_of(node)
    if slot:
        return _word(str(node.fieldname), slot)
    if isinstance(node, whoosh_query.Or):
        return _any([condition(part) for part in node])
    if isinstance(node, whoosh_query.And):
        return _all([condition(part) for part in sorted(node, key=_is_work)])
    if isinstance(node, whoosh_query.Not):
        excluded = condition(node.query)
        return lambda article: not excluded(article)
    if isinstance(node, nodes.Filter):
        return lambda article: holds(str(node.fieldname), node.value, article.document)
    if isinstance(node, nodes.During):
        return _during(node)
    if isinstance(node, nodes.Chain):
        words = _all([_word(str(node.fieldname), slot) for slot in node.slots])
        return lambda article: words(article) and article.has_chain(node)
    return lambda article: article.stands(node)


def _is_work(node: Any) -> bool:
    """Whether it takes more than a look-up."""
    return nodes.slot_of(node) is None


def _any(parts: Sequence[Condition]) -> Condition:
    def true(article: "Article") -> bool:
        for part in parts:  # noqa: SIM110 - a loop takes half the time of `any`
            if part(article):
                return True
        return False

    return true


def _all(parts: Sequence[Condition]) -> Condition:
    def true(article: "Article") -> bool:
        for part in parts:  # noqa: SIM110 - a loop takes half the time of `all`
            if not part(article):
                return False
        return True

    return true


def _word(field: str, slot: Slot) -> Condition:
    if field == ANYWHERE:
        return lambda article: article.text.holds(slot)
    return lambda article: article.holds(field, slot)


def _during(node: nodes.During) -> Condition:
    def true(article: "Article") -> bool:
        moment = getattr(article.document, str(node.fieldname))
        if moment is None:
            return False
        at = to_ms(moment)
        return (node.start is None or node.start <= at) and (node.end is None or at < node.end)

    return true
