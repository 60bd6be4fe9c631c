"""Adding, changing and removing tracked entities. Part of `Library`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.domain.watchlist import StarterLine
from reader.entities.check import check
from reader.errors import NotFoundError, UsageError
from reader.services.journalled import Journalled
from reader.services.mention_verdicts import (
    NOTHING_JUDGED,
    Spot,
    apply_verdicts,
    judge_mentions,
)
from reader.services.naming import follow
from reader.services.rescan import scan_again
from reader.services.tracked_undo import Former
from reader.store.entities import Put
from reader.store.store import Store

SLICE = 2_000
"""Entities that are stored between two words on how far it is."""

Told = Callable[[int, int], None]
"""(done, of so many). What it raises stops the work, and nothing of it is kept."""


class Tracking(Journalled):
    def track(self, entity: Entity, judged: Mapping[Spot, bool | None] = NOTHING_JUDGED) -> Changes:
        """Add the entity, or replace the one of the same id, or of the same watchlist and name.

        `judged`: by article and spelling whether the entity is meant there (None: nothing is said
        any more); saved, and taken back, with it. Saved searches that name it by what it is no
        longer called ask for its new name.
        """
        check(entity)
        with self._store.transaction():
            (put,) = self._store.entities.put_all([entity])
            before = self._store.entities.reading.verdicts_on([put.id])
            articles = judge_mentions(self._store, put.id, entity, judged)
            queries = follow(self._store, put.former, entity) if put.former else []
            if put.changed or articles:
                former = _former([put] if put.changed else [])
                kept = bool(articles and put.former)
                told = replace(
                    former, judged=[put.id] * kept, verdicts=before if kept else (),
                    queries=queries,
                )  # fmt: skip
                self._record("track", told.told(), {})
            if put.changed:
                scan_again(self._store)
            else:
                apply_verdicts(self._store, put.id, articles)
        new, any_ = put.changed, put.changed or bool(articles)
        return Changes(articles, entities=any_, counts=any_, lists=new, saved=bool(queries))

    def track_all(self, entities: Sequence[Entity]) -> int:
        """How many were new or different. UsageError for the first that is wrong: none is taken."""
        for entity in entities:
            check(entity)
        with self._store.transaction():
            changed = put_in_slices(self._store, entities)
            if changed:
                self._record("track", _former(changed).told(), {})
                scan_again(self._store)
        return len(changed)

    def starters(self) -> list[StarterLine]:
        """The watchlists the program brings along, and how much of each is tracked."""
        from reader.services import starter  # here, for it is seldom asked

        return starter.lines(self._store)

    def track_starter(self, name: str) -> Changes:
        """Add what is not there yet of a watchlist the program brings along (`services.starter`).

        NotFoundError when it brings none of that name.
        """
        from reader.services import starter  # here, for it is done once, if ever

        changed = bool(self.track_all(starter.missing(self._store, name)))
        return Changes(entities=changed, counts=changed, lists=changed)

    def untrack(self, name: str, watchlist: str | None = None) -> Changes:
        return self.untrack_all([self.entity(name, watchlist).id])

    def untrack_all(self, ids: Sequence[int]) -> Changes:
        """With aliases, mentions and verdicts, as one change; ids that are gone are passed over."""
        entities = self._store.entities
        with self._store.transaction():
            former = entities.some(ids)
            if not former:
                return Changes()
            verdicts = entities.reading.verdicts_on(ids)
            told = Former(former, judged=ids if verdicts else (), verdicts=verdicts).told()
            entities.remove(*(one.id for one in former))
            self._record("untrack", told, {})
            scan_again(self._store)
        return Changes(entities=True, counts=True, lists=True)

    def entity(self, name: str, watchlist: str | None = None) -> Entity:
        """The one entity of that name. NotFoundError when there is none, UsageError for several."""
        found = [e for e in self._store.entities.by_name(name) if watchlist in {None, e.watchlist}]
        if not found:
            raise NotFoundError(f"There is no tracked entity named “{name}”.")
        if len(found) > 1:
            lists = ", ".join(e.watchlist for e in found)
            raise UsageError(
                f"“{name}” stands in several watchlists ({lists}): name one with --watchlist."
            )
        return found[0]


def put_in_slices(store: Store, entities: Sequence[Entity], told: Told | None = None) -> list[Put]:
    """Those that were new or different. In the caller's transaction."""
    changed: list[Put] = []
    for first in range(0, len(entities), SLICE):
        if told is not None:
            told(first, len(entities))
        done = store.entities.put_all(entities[first : first + SLICE])
        changed += (one for one in done if one.changed)
    return changed


def _former(changed: Sequence[Put]) -> Former:
    return Former([*once(changed)], new={one.id for one in changed if one.former is None})


def once(changed: Sequence[Put]) -> Iterator[Entity]:
    """The first state of each that was there before, when it was put several times."""
    seen: set[int] = set()
    for one in changed:
        if one.id not in seen and one.former is not None:
            yield one.former
        seen.add(one.id)
