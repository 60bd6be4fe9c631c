"""What a query cannot find because the watchlist it is in is switched off."""

from collections.abc import Sequence
from functools import cached_property

from reader.domain.entity import Entity
from reader.domain.fold import fold_key
from reader.search.syntax import shown
from reader.store.store import Store


class SwitchedOff:
    """Of a library as it was when this was made."""

    def __init__(self, store: Store) -> None:
        off = [one.name for one in store.watchlists.all() if not one.enabled]
        self._lists = frozenset(map(fold_key, off))
        self._entities: Sequence[Entity] = store.entities.all() if off else ()

    def why(self, field: str, value: str) -> str:
        """A sentence without its end, on a filter that would find something if a list was on;
        "" for any other."""
        key = fold_key(value)
        if not self._lists or field not in ("watchlist", "entity", "type"):
            return ""
        if field == "watchlist":
            return f"The watchlist “{shown(value)}” is switched off" if key in self._lists else ""
        if field == "entity":
            name = self._names.get(key)
            asleep = f"“{shown(value)}” is in the watchlist “{name}”, which is switched off"
            return asleep if name else ""
        asleep = f"Every name of the type “{shown(value)}” is in a watchlist that is switched off"
        return asleep if key in self._types else ""

    @cached_property
    def _names(self) -> dict[str, str]:
        """The list of each spelling that no list has which is on."""
        found = {
            fold_key(alias.text): one.watchlist
            for one in self._entities
            if self._is_off(one)
            for alias in one.spellings()
        }
        for one in self._entities:
            if not self._is_off(one):
                for alias in one.spellings():
                    found.pop(fold_key(alias.text), None)
        return found

    @cached_property
    def _types(self) -> frozenset[str]:
        on = {fold_key(one.type) for one in self._entities if not self._is_off(one)}
        return frozenset(fold_key(one.type) for one in self._entities if self._is_off(one)) - on

    def _is_off(self, entity: Entity) -> bool:
        return fold_key(entity.watchlist) in self._lists
