"""What a person does with whole watchlists: add, rename, switch, remove, move names between them.

Part of `Library`. Every change is one transaction, journalled, and taken back exactly.
"""

from collections.abc import Sequence
from dataclasses import replace

from reader.domain.filters import same_name
from reader.domain.library import Changes
from reader.domain.watchlist import Watchlist, WatchlistLine
from reader.entities.check import check_list
from reader.errors import NotFoundError, TakenError
from reader.services.naming import rename_in_searches
from reader.services.rescan import ask_again, scan_again
from reader.services.tracked_undo import Former
from reader.services.tracking import Tracking

_ALL = Changes(entities=True, counts=True, lists=True)


class Watchlists(Tracking):
    def watchlists(self) -> list[WatchlistLine]:
        """By name, with counts: articles of a large library are gone through for it."""
        return self._store.watchlists.lines()

    def watchlist(self, name: str) -> Watchlist:
        """Case counts only where there are two. NotFoundError when there is none."""
        known = self._store.watchlists.all()
        found = [one for one in known if one.name == name]
        found = found or [one for one in known if same_name(name, one.name)]
        if not found:
            names = ", ".join(one.name for one in known[:9]) or "none yet"
            raise NotFoundError(f"There is no watchlist “{name}”; there are: {names}.")
        return found[0]

    def add_watchlist(self, name: str, note: str = "") -> Changes:
        """An empty one. TakenError when there is one of that name, UsageError for no name."""
        title = self._free(name)
        with self._store.transaction():
            self._record("add list", self._lists(scan=False), {"name": title})
            self._store.watchlists.put(Watchlist(title, note.strip(), kept=True))
        return Changes(entities=True)

    def note_watchlist(self, name: str, note: str) -> Changes:
        """What to remember about it; it stays from then on, also when it is empty."""
        present = self.watchlist(name)
        if present.note == note.strip():
            return Changes()
        with self._store.transaction():
            self._record("edit list", self._lists(scan=False), {"name": present.name})
            self._store.watchlists.put(replace(present, note=note.strip(), kept=True))
        return Changes(entities=True)

    def switch_watchlist(self, name: str, *, enabled: bool) -> Changes:
        """Off: its entities count for nothing at once, and their mentions go with a re-scan."""
        present = self.watchlist(name)
        if present.enabled == enabled:
            return Changes()
        with self._store.transaction():
            self._record("switch list", self._lists(scan=True), {"name": present.name})
            self._store.watchlists.put(replace(present, enabled=enabled, kept=True))
            scan_again(self._store)
        return _ALL

    def rename_watchlist(self, name: str, new_name: str) -> Changes:
        """Saved searches that ask for it go on doing so. Refused as by `add_watchlist`."""
        present = self.watchlist(name)
        if new_name.strip() == present.name:
            return Changes()
        title = self._free(new_name, present.name)
        with self._store.transaction():
            lists = self._store.watchlists.all()
            self._store.watchlists.rename(present.name, title)
            queries = rename_in_searches(self._store, "watchlist", present.name, title)
            former = Former(lists=lists, renamed=(title, present.name), queries=queries, scan=False)
            self._record("rename list", former.told(), {"name": title})
            ask_again(self._store)
        return replace(_ALL, saved=bool(queries))

    def remove_watchlist(self, name: str) -> Changes:
        """With its entities and what was said of their mentions, as one change."""
        present, store = self.watchlist(name), self._store
        with store.transaction():
            former = store.entities.of_list(present.name)
            ids = [one.id for one in former]
            verdicts = store.entities.reading.verdicts_on(ids)
            told = Former(
                former, judged=ids if verdicts else (), verdicts=verdicts,
                lists=store.watchlists.all(),
            )  # fmt: skip
            self._record("remove list", told.told(), {"name": present.name})
            store.entities.remove(*ids)
            store.watchlists.remove(present.name)
            scan_again(store)
        return _ALL

    def move_entities(self, ids: Sequence[int], watchlist: str) -> Changes:
        """Into another watchlist, which is made when there is none of that name. TakenError when
        it has an entity of the same name: nothing is moved then."""
        store = self._store
        target = self._target(watchlist)
        with store.transaction():
            former = [one for one in store.entities.some(ids) if one.watchlist != target]
            if not former:
                return Changes()
            lists = store.watchlists.all()
            store.entities.put_all([replace(one, watchlist=target) for one in former])
            off = {one.name for one in lists if not one.enabled}
            scan = target in off or any(one.watchlist in off for one in former)
            self._record("move names", Former(former, lists=lists, scan=scan).told(), {})
            (scan_again if scan else ask_again)(store)
        return _ALL

    def _target(self, name: str) -> str:
        try:
            return self.watchlist(name).name
        except NotFoundError:
            return self._free(name)

    def _free(self, name: str, own: str = "") -> str:
        """As it is stored. `own`: the name that makes way for it."""
        title = " ".join(name.split())
        check_list(title)
        taken = [w.name for w in self._store.watchlists.all() if same_name(title, w.name)]
        if taken and taken != [own]:
            raise TakenError(
                f"There is a watchlist “{taken[0]}” already: choose another name, or move the "
                "entities there."
            )
        return title

    def _lists(self, *, scan: bool) -> dict[str, object]:
        return Former(lists=self._store.watchlists.all(), scan=scan).told()
