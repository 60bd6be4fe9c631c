"""Opens the names that nobody tracks yet, and does what is wanted of each."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.domain.workshop import Discovered
from reader.gui.models.discovery import as_entity
from reader.gui.ports import AnalystLink, Changing
from reader.gui.presenters.discovery import DiscoveryPresenter
from reader.gui.theme import Theme
from reader.gui.views.dialogs.discovery import DiscoveryDialog
from reader.gui.workshop_desk import WorkshopDesk

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class DiscoveryDesk(QObject):
    def __init__(self, window: "MainWindow", analyst: AnalystLink, workshop: WorkshopDesk) -> None:
        super().__init__(window)
        self._window, self._workshop = window, workshop
        window.themed.connect(self.set_theme)
        self.presenter = DiscoveryPresenter(analyst, self)
        self.dialog: DiscoveryDialog | None = None
        """The one opened last; it may be over."""
        window.changer.changed.connect(self.presenter.apply)

    def open(self) -> DiscoveryDialog:
        presenter = self.presenter
        dialog = DiscoveryDialog(self._window, presenter.found.days, self._window.theme)
        self.dialog = dialog
        presenter.found_changed.connect(dialog.show_found)
        dialog.finished.connect(presenter.end)
        dialog.period_wanted.connect(presenter.begin)
        dialog.stop_wanted.connect(presenter.stop)
        dialog.track_wanted.connect(self._track)
        dialog.unwanted.connect(self._dismiss)
        dialog.opened.connect(self._window.aside.read)
        dialog.undo_wanted.connect(self._window.changer.undo)
        dialog.open()
        presenter.begin()
        return dialog

    def set_theme(self, theme: Theme) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.set_theme(theme)

    def _track(self, one: Discovered, at_once: bool) -> None:
        lists = self._workshop.watchlists()
        watchlist = lists[0] if lists else "default"
        if not at_once:
            dialog = self._workshop.open(as_entity(one, watchlist), self.dialog)
            dialog.accepted.connect(partial(self.presenter.drop, one.name))
            return
        entity = as_entity(one, watchlist, spellings=False)

        def done() -> None:
            self.presenter.drop(one.name)
            self._window.status.say(f"Tracking {one.name}. Ctrl+Z takes it back.")

        self._window.changer.run(partial(_add, entity), done)

    def _dismiss(self, one: Discovered) -> None:
        def done() -> None:
            self.presenter.drop(one.name)
            self._window.status.say(f"{one.name} is not offered again. Ctrl+Z takes it back.")

        self._window.changer.run(partial(_drop, one.name), done)


def _add(entity: Entity, library: Changing) -> Changes:
    return library.track(entity)


def _drop(name: str, library: Changing) -> Changes:
    return library.dismiss_name(name)
