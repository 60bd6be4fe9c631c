"""Making one tracked entity of several, and two of one. Part of `Library`.

A merged entity's name is an alias of the one it went into, so saved searches that name it go on
unchanged and find the whole; they are told of all the same. Verdicts stay with their spellings.
Mentions are found anew by whoever collects. Both changes are taken back exactly, ids and all.
"""

from collections.abc import Sequence

from reader.domain.entity import Entity
from reader.domain.filters import entity_matches
from reader.domain.library import Changes
from reader.domain.watchlist import Merged
from reader.entities.check import check
from reader.entities.joining import merged, split
from reader.errors import NotFoundError, TakenError, UsageError
from reader.services.journalled import Journalled
from reader.services.naming import naming
from reader.services.rescan import scan_again
from reader.services.tracked_undo import Former
from reader.store.mentions import Said

DONE = Changes(entities=True, counts=True, lists=True)
"""What both touch."""


class Merging(Journalled):
    def merge_entities(self, ids: Sequence[int], into: int) -> Merged:
        """`into`: the one of `ids` that stays. NotFoundError when one of them is gone, UsageError
        when there are not two, or the result cannot be tracked."""
        store, wanted = self._store, [*dict.fromkeys((into, *ids))]
        with store.transaction():
            former = store.entities.some(wanted)
            if len(former) < len(wanted):
                raise NotFoundError("One of these names is no longer tracked: choose them again.")
            if len(former) < 2:
                raise UsageError("Choose two names or more to make one of them.")
            target, *others = former
            whole = merged(target, others)
            check(whole)
            searches = self._searches_naming(others)
            said = store.entities.reading.verdicts_on(wanted)
            store.entities.remove(*(one.id for one in others))
            store.entities.put(whole)
            moved = [
                (target.id, article, text, yes) for _, article, text, yes in _ordered(said, into)
            ]
            store.entities.reading.restore_verdicts([target.id], moved)
            self._tell("merge names", former, wanted, said)
        return Merged(whole.name, whole.watchlist, searches, tuple(_notes(target, others)))

    def split_entity(self, entity_id: int, aliases: Sequence[str], name: str) -> Merged:
        """The chosen aliases become a new entity in the same watchlist. TakenError when its name
        is taken there; NotFoundError for aliases it does not have."""
        store, title = self._store, " ".join(name.split())
        with store.transaction():
            former = store.entities.some([entity_id])
            if not former:
                raise NotFoundError("This name is no longer tracked: choose it again.")
            rest, new = split(former[0], aliases, title)
            check(new)
            if any(one.name == title for one in store.entities.of_list(new.watchlist)):
                raise TakenError(
                    f"The watchlist “{new.watchlist}” has an entity “{title}” already: choose "
                    "another name, or merge the two."
                )
            searches = self._searches_naming([new])
            said = store.entities.reading.verdicts_on([entity_id])
            store.entities.put(rest)
            new_id, _ = store.entities.put(new)
            gone = {alias.text for alias in new.spellings()}
            moved = [(new_id if t in gone else entity_id, a, t, yes) for _, a, t, yes in said]
            store.entities.reading.restore_verdicts([entity_id, new_id], moved)
            self._tell("split name", former, [entity_id], said, [new_id])
        return Merged(new.name, new.watchlist, searches)

    def _tell(
        self,
        what: str,
        former: Sequence[Entity],
        judged: Sequence[int],
        said: Sequence[Said],
        new: Sequence[int] = (),
    ) -> None:
        told = Former(former, new=new, judged=judged if said else (), verdicts=said).told()
        self._record(what, told, {})
        scan_again(self._store)

    def _searches_naming(self, entities: Sequence[Entity]) -> tuple[str, ...]:
        texts = [one.text for entity in entities for one in entity.spellings()]
        found = naming(self._store, "entity", lambda value: entity_matches(value, "", texts))
        return tuple(saved.name for saved in found)


def _ordered(said: Sequence[Said], into: int) -> list[Said]:
    """Those on the entity that stays come last: they hold where two say something else."""
    return sorted(said, key=lambda one: one[0] == into)


def _notes(target: Entity, others: Sequence[Entity]) -> list[str]:
    notes = []
    if target.rules and any(one.rules != target.rules for one in others):
        notes.append(
            f"What must stand near “{target.name}” is now asked of all its spellings; "
            "merge into another one if that is not meant."
        )
    changed = [one.name for one in others if one.type != target.type]
    if changed:
        notes.append(f"“{', '.join(changed)}” had another type; it is {target.type} now.")
    return notes
