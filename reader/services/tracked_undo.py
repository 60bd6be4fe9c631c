"""Taking back what a person did with tracked entities, watchlists and types: exactly as it was.

A journal entry holds under "tracked" what is needed to go back, whatever the change was:

    {"new": [[first, last], …]      ids of entities that came, as ranges
     "former": [entity, …]          entities that are others now or gone, with their ids
     "verdicts": [[entity, article, spelling, confirmed], …]    everything said of "judged"
     "judged": [id, …]              entities whose verdicts moved or went
     "lists": [[name, note, enabled, kept], …]    those whose names or switches are others now
     "gone_lists", "types", "queries", "scan": as `Former` has them}
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.domain.entity import Entity, entity_from, entity_values
from reader.domain.library import Changes
from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist
from reader.services.rescan import ask_again, scan_again
from reader.store.store import Store

KINDS = {
    "track": "tracking a name",
    "untrack": "no longer tracking a name",
    "import names": "importing watchlists",
    "add list": "adding a watchlist",
    "edit list": "changing a watchlist",
    "rename list": "renaming a watchlist",
    "switch list": "switching a watchlist",
    "remove list": "removing a watchlist",
    "move names": "moving names to another watchlist",
    "merge names": "merging names",
    "split name": "splitting a name",
    "edit type": "changing a type",
    "rename type": "renaming a type",
    "remove type": "removing a type",
}
"""The journal entries taken back here, and their names in a sentence."""


@dataclass(slots=True)
class Former:
    """What a change is about to make different; asked of the store before the change, but `new`.

    `lists`: all watchlists as they are. `renamed`: (name now, name before) of a watchlist.
    `types`: all that is stored of types; `retyped`: (type before, ids of entities of it).
    `queries`: (saved search, query). `scan`: whether articles are to be looked through again.
    """

    entities: Sequence[Entity] = ()
    new: Iterable[int] = ()
    judged: Sequence[int] = ()
    verdicts: Sequence[Sequence[Any]] = ()
    lists: Sequence[Watchlist] | None = None
    renamed: tuple[str, str] | None = None
    types: Sequence[EntityType] | None = None
    retyped: tuple[str, Sequence[int]] | None = None
    queries: Sequence[tuple[int, str]] = field(default=())
    scan: bool = True

    def told(self) -> dict[str, Any]:
        """For the journal; what there is none of is left out."""
        values = {
            "new": ranges(self.new),
            "former": [entity_values(one) for one in self.entities],
            "judged": [*self.judged],
            "verdicts": [list(one) for one in self.verdicts],
            "renamed": self.renamed,
            "retyped": self.retyped and [self.retyped[0], ranges(self.retyped[1])],
            "queries": [list(one) for one in self.queries],
        }
        kept: dict[str, Any] = {name: value for name, value in values.items() if value}
        if self.lists is not None:
            kept["lists"] = [[w.name, w.note, w.enabled, w.kept] for w in self.lists]
        if self.types is not None:
            kept["types"] = [[t.name, t.colour, t.icon] for t in self.types]
        return {"tracked": {**kept, "scan": self.scan}}


def take_back(store: Store, told: dict[str, Any]) -> Changes:
    """In the caller's transaction; `told` is what stands under "tracked"."""
    _entities(store, told)
    if "renamed" in told:
        store.watchlists.rename(*told["renamed"])
    if "lists" in told:
        store.watchlists.restore([Watchlist(*row) for row in told["lists"]])
    if "types" in told:
        store.types.restore([EntityType(*row) for row in told["types"]])
    if "retyped" in told:
        kind, ids = told["retyped"]
        store.types.retype(_ids(ids), kind)
    for saved_id, query in told.get("queries", ()):
        store.saved.edit(saved_id, query=query)
    (scan_again if told["scan"] else ask_again)(store)
    return Changes(entities=True, counts=True, lists=True, saved=bool(told.get("queries")))


def _entities(store: Store, told: dict[str, Any]) -> None:
    store.entities.remove(*_ids(told.get("new", ())))
    former = [entity_from(values) for values in told.get("former", ())]
    if former:
        store.entities.restore(former)
    if "judged" in told:
        store.entities.reading.restore_verdicts(told["judged"], told.get("verdicts", ()))


def ranges(ids: Iterable[int]) -> list[list[int]]:
    """[[first, last], …] of ids that follow each other: an import makes thousands at once."""
    found: list[list[int]] = []
    for one in sorted(ids):
        if found and one == found[-1][1] + 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return found


def _ids(told: Iterable[Sequence[int]]) -> list[int]:
    return [one for first, last in told for one in range(first, last + 1)]
