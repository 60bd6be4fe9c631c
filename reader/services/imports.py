"""Taking over a file of watchlists as one change, which one undo takes back. Part of `Library`."""

from collections.abc import Sequence

from reader.domain.entity import Entity
from reader.domain.reports import ImportReport
from reader.domain.watchlist import Watchlist
from reader.entities.check import summary
from reader.entities.rows import ToldList, WatchlistFile
from reader.services.journalled import Journalled
from reader.services.rescan import scan_again
from reader.services.tracked_undo import Former
from reader.services.tracking import Told, once, put_in_slices


class Imports(Journalled):
    def import_names(self, file: WatchlistFile, told: Told | None = None) -> ImportReport:
        """Add what is new, replace what has the same watchlist and name, and say of lists and
        types what the file says. What `told` raises stops it, and nothing is taken over.

        A second time changes nothing, and leaves nothing to undo.
        """
        store = self._store
        with store.transaction():
            lists, types = store.watchlists.all(), store.types.all()
            changed = put_in_slices(store, file.entities, told)
            new_lists = _told_lists(file.lists, store.watchlists.all(), file.entities)
            new_types = [one for one in file.types if one not in types]
            for one in new_lists:
                store.watchlists.put(one)
            for look in new_types:
                store.types.put(look)
            if changed or new_lists or new_types:
                new = {one.id for one in changed if one.former is None}
                former = Former([*once(changed)], new=new, lists=lists, types=types)
                self._record("import names", former.told(), {})
                scan_again(store)
        known = len(file.entities) - len(changed)
        dropped = (*file.dropped, *summary(file.entities))
        return ImportReport("watchlist", len(changed), known, dropped, file.rejected)


def _told_lists(
    told: Sequence[ToldList], present: Sequence[Watchlist], entities: Sequence[Entity]
) -> list[Watchlist]:
    """Those that are other than they were. An empty one is made, unless nothing is said of it."""
    known = {one.name: one for one in present}
    filled = {one.watchlist for one in entities}
    found = []
    for one in told:
        before = known.get(one.name, Watchlist(one.name))
        after = Watchlist(
            one.name,
            before.note if one.note is None else one.note.strip(),
            before.enabled if one.enabled is None else one.enabled,
            before.kept or one.note is not None or one.name not in filled or one.enabled is False,
        )
        if after != before:
            found.append(after)
    return found
