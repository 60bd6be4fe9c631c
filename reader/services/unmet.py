"""Why a saved search can find nothing: the name, type or watchlist it asks for is not there, or
only in a watchlist that is switched off.

Such a search is marked as broken, with the reason, until the name is there again or the query is
another: it never finds nothing in silence.
"""

from collections.abc import Callable
from functools import cached_property

from reader.domain.entity import TYPES
from reader.domain.fold import fold_key
from reader.search.syntax import ENTITY_FIELDS, Node, Not, Or, Where, shown
from reader.services.switched_off import SwitchedOff
from reader.store.store import Store

_WHAT = {
    "entity": "Nobody called “{}” is tracked: track the name, or change the query.",
    "type": "No tracked name is of the type “{}”: give it to one, or change the query.",
    "watchlist": "There is no watchlist “{}”: make it, or change the query.",
}


class Unmet:
    """Of the names a library knew when this was made; reads them when a query first asks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, frozenset[str]] = {}

    def why(self, root: Node) -> str:
        """A sentence, or "" for what may find something."""
        clause = _hopeless(root, self._is_there)
        if clause is None:
            return ""
        asleep = self._off.why(clause.field, clause.value)
        gone = _WHAT[clause.field].format(shown(clause.value))
        return f"{asleep}: switch it on, or change the query." if asleep else gone

    @cached_property
    def _off(self) -> SwitchedOff:
        return SwitchedOff(self._store)

    def _is_there(self, clause: Where) -> bool:
        if self._off.why(clause.field, clause.value):
            return False
        if clause.field not in self._known:
            self._known[clause.field] = self._names(clause.field)
        return fold_key(clause.value) in self._known[clause.field]

    def _names(self, field: str) -> frozenset[str]:
        if field == "watchlist":
            return frozenset(fold_key(one.name) for one in self._store.watchlists.all())
        if field == "type":
            told = (one.name for one in self._store.types.all())
            return frozenset(map(fold_key, (*TYPES, *told, *self._store.types.used())))
        entities = self._store.entities.all()
        return frozenset(fold_key(a.text) for one in entities for a in one.spellings())


def _hopeless(node: Node, there: Callable[[Where], bool]) -> Where | None:
    """The first clause without which nothing can match, and that nothing can match."""
    if isinstance(node, Where):
        return node if node.field in ENTITY_FIELDS and not there(node) else None
    if isinstance(node, Not):
        return None
    found = [_hopeless(child, there) for child in node.children()]
    if isinstance(node, Or) and not all(found):
        return None
    return next(filter(None, found), None)
