"""Which mentions are highlighted, and how. Values only; kept and changed by a presenter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.domain.library import Overview

FILL, UNDERLINE, BOTH = "fill", "underline", "both"
STYLES = (BOTH, FILL, UNDERLINE)


@dataclass(frozen=True, slots=True)
class Highlights:
    """`types`, `lists`: those that are not highlighted; `entities`: of such lists, by id.

    Says nothing of what is looked for and counted: a mention that is not shown is still one.
    """

    on: bool = True
    style: str = BOTH
    types: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    entities: frozenset[int] = frozenset()

    @property
    def filled(self) -> bool:
        return self.style != UNDERLINE

    @property
    def underlined(self) -> bool:
        return self.style != FILL

    @property
    def patterned(self) -> bool:
        """Whether the line itself tells the type: where no colour fills the words."""
        return self.style == UNDERLINE

    def shows(self, kind: str, entity_id: int) -> bool:
        return self.on and kind not in self.types and entity_id not in self.entities

    def with_type(self, kind: str, *, shown: bool) -> "Highlights":
        return replace(self, types=_without(self.types, kind, shown=shown))

    def with_list(self, name: str, *, shown: bool) -> "Highlights":
        """`entities` follow with the next `known`."""
        return replace(self, lists=_without(self.lists, name, shown=shown))

    def known(self, overview: Overview) -> "Highlights":
        """With the ids of the entities that are on a hidden list now."""
        if not self.lists:
            return replace(self, entities=frozenset())
        tracked = (line.entity for line in overview.entities)
        return replace(self, entities=frozenset(e.id for e in tracked if e.watchlist in self.lists))


def _without(hidden: frozenset[str], one: str, *, shown: bool) -> frozenset[str]:
    return hidden - {one} if shown else hidden | {one}


def in_order(found: Iterable[str], first: Iterable[str] = ()) -> tuple[str, ...]:
    """Each once: those of `first` that are among them, then the others by name."""
    left = set(found)
    known = [one for one in first if one in left]
    return (*known, *sorted(left.difference(known), key=str.casefold))
