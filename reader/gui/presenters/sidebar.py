"""Keeps the sidebar and the totals as the library has them, and carries out what is asked there."""

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.library import Changes, Overview
from reader.domain.scope import Scope
from reader.gui.jobs import Jobs
from reader.gui.models.places import TOP_ENTITIES, Place, ranked
from reader.gui.models.sidebar import SidebarModel
from reader.gui.ports import Reading
from reader.gui.presenters.changer import Changer

_SOON = 250
"""Milliseconds: counts are read at most this often while articles stream in."""


class SidebarPresenter(QObject):
    overview_changed = Signal(object)
    """An `Overview`, also shown by the model now."""
    place_chosen = Signal(object, str, str, int)
    """`Scope`, title, the query whose hits are to be marked or "", unread articles."""
    entity_added = Signal(str)
    """The key of the row of a newly tracked entity; of several, the most mentioned."""
    problem = Signal(object)

    def __init__(self, jobs: Jobs, changer: Changer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._changer = jobs, changer
        self.model = SidebarModel(self)
        self._known = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.reload)

    @property
    def overview(self) -> Overview:
        return self.model.overview

    def reload(self) -> None:
        self._soon.stop()
        self._jobs.run(_overview, self, self._arrived, self.problem.emit)

    def apply(self, changes: Changes) -> None:
        """Something changed in the library."""
        touched = (changes.counts, changes.feeds, changes.entities, changes.saved, changes.lists)
        if any(touched) and not self._soon.isActive():
            self._soon.start()

    def choose(self, place: Place) -> None:
        if place.scope is not None:
            query = place.item.saved.query if place.kind == "saved" else ""
            unread = self.unread_of(place.scope)
            self.place_chosen.emit(place.scope, place.title, query, unread)

    def unread_of(self, scope: Scope) -> int:
        """The unread articles of a place, as last counted; 0 where it is not counted."""
        if scope == Scope():
            return self.overview.totals.unread
        place = self.model.place(self.model.scope_index(scope))
        return place.unread if place else 0

    # what is asked of a place

    def mark_read(self, place: Place) -> None:
        scope = place.scope
        if scope is not None:
            self._changer.run(lambda library: library.mark_all_read(scope))

    def rename_feed(self, url: str, title: str) -> None:
        self._changer.run(lambda library: library.rename_feed(url, title))

    def move_feed(self, url: str, folder: str) -> None:
        self._changer.run(lambda library: library.move_feed(url, folder))

    def move_search(self, name: str, folder: str) -> None:
        """Of saved searches; "": to none."""
        self._changer.run(lambda library: library.edit_search(name, folder=folder))

    def rename_shelf(self, old: str, new: str) -> None:
        """A folder of saved searches; "": its searches are in none then."""
        self._changer.run(lambda library: library.rename_search_folder(old, new))

    def shelves(self) -> list[str]:
        """The folders of saved searches."""
        known = {line.saved.folder for line in self.overview.saved} - {""}
        return sorted(known, key=str.casefold)

    def set_alert(self, name: str, *, alert: bool) -> None:
        self._changer.run(lambda library: library.edit_search(name, alert=alert))

    def remove(self, place: Place) -> None:
        """A feed, a saved search or an entity; each can be undone."""
        if place.kind == "feed":
            url = place.item.feed.url
            self._changer.run(lambda library: library.remove_feed(url))
        elif place.kind == "saved":
            name = place.item.saved.name
            self._changer.run(lambda library: library.remove_search(name))
        elif place.kind == "entity":
            entity = place.item.entity.name
            self._changer.run(lambda library: library.untrack(entity))

    def alerts_seen(self) -> None:
        if self.overview.totals.alerts_unseen:
            self._changer.run(lambda library: library.alerts_seen())

    def feeds_of(self, place: Place) -> list[str]:
        """The addresses of a feed, or of every feed in a folder and below it."""
        if place.kind == "feed":
            return [place.item.feed.url]
        inside = f"{place.item}/"
        feeds = (line.feed for line in self.overview.feeds)
        return [f.url for f in feeds if f.folder == place.item or f.folder.startswith(inside)]

    def _arrived(self, overview: Overview) -> None:
        fresh = self._fresh(overview) if self._known else []
        self._known = True
        self.model.keep(fresh)
        self.model.set_overview(overview)
        self.overview_changed.emit(overview)
        if fresh:
            self.entity_added.emit(f"entity:{fresh[0]}")

    def _fresh(self, overview: Overview) -> list[int]:
        """Entities that were not tracked before; of a long list that came in, its top."""
        before = {line.entity.id for line in self.overview.entities}
        new = [line for line in overview.entities if line.entity.id not in before]
        return [line.entity.id for line in ranked(new)[:TOP_ENTITIES]]


def _overview(library: Reading) -> Overview:
    return library.overview()
