"""Opens the workshop of an entity and keeps it supplied: previews, suggestions; then saves it.

One for the window; it outlives every workshop, so that late answers find somebody to drop them.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.errors import ReaderError
from reader.gui.ports import AnalystLink, Changing
from reader.gui.presenters.workshop import WorkshopPresenter
from reader.gui.theme import Theme
from reader.gui.views.dialogs.entity import EntityDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.gui.main_window import MainWindow


class WorkshopDesk(QObject):
    def __init__(self, window: "MainWindow", analyst: AnalystLink) -> None:
        super().__init__(window)
        self._window = window
        window.themed.connect(self.set_theme)
        self.presenter = WorkshopPresenter(analyst, self)
        self.dialog: EntityDialog | None = None
        """The one opened last; it may be over."""

    def open(self, entity: Entity, parent: "QWidget | None" = None) -> EntityDialog:
        """Over `parent`, else over the window."""
        overview = self._window.places.overview
        entities = [line.entity for line in overview.entities]
        types = sorted({each.type for each in entities} | {t.name for t in overview.types})
        taken = [(each.watchlist, each.name) for each in entities]
        over, theme = parent or self._window, self._window.theme
        dialog = EntityDialog(over, entity, self.watchlists(), types, taken, theme)
        self.dialog, presenter = dialog, self.presenter
        presenter.tried_changed.connect(dialog.show_tried)
        presenter.advice_changed.connect(dialog.show_advice)
        dialog.findings.stop_wanted.connect(presenter.stop)
        dialog.findings.again_wanted.connect(presenter.again)
        dialog.findings.samples.opened.connect(self._window.aside.read)
        dialog.finished.connect(presenter.end)
        dialog.saved.connect(self._save)
        presenter.begin(dialog.entity())
        dialog.edited.connect(presenter.put)
        dialog.open()
        return dialog

    def watchlists(self) -> list[str]:
        """Those there are, the largest first."""
        overview = self._window.places.overview
        names = [line.entity.watchlist for line in overview.entities]
        every = dict.fromkeys([*names, *(one.name for one in overview.watchlists)])
        return sorted(every, key=names.count, reverse=True)

    def ask_back(self) -> bool:
        """Brings back one that waits with changes that are not saved; whether there was one."""
        dialog = self.dialog
        if dialog is None or not isValid(dialog) or not self._window.aside.waits(dialog):
            return False
        if not dialog.changed():
            return False
        self._window.aside.back()
        dialog.reject()  # which asks first
        return True

    def set_theme(self, theme: Theme) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.set_theme(theme)

    def _save(self, entity: Entity, verdicts: Mapping[tuple[int, str], bool | None]) -> None:
        """Closes the dialog when the library has taken it, else shows why it has not."""
        dialog = self.dialog

        def refused(problem: ReaderError) -> None:
            if dialog is not None and isValid(dialog) and dialog.isVisible():
                dialog.show_error(str(problem))

        def done() -> None:
            if dialog is not None and isValid(dialog) and dialog.isVisible():
                dialog.accept()
            self._window.status.say(f"Tracking {entity.name}.")

        self._window.changer.run(partial(_track, entity, verdicts), done, refused)


def _track(
    entity: Entity, verdicts: Mapping[tuple[int, str], bool | None], library: Changing
) -> Changes:
    return library.track(entity, verdicts)
