"""Dialogs that wait as they are while an article is read in the main window.

They are hidden, not closed: what was written in them, and what is under way for them, goes on.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class Aside(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[QDialog] = []
        window.status.waiting.clicked.connect(self.back)
        self._tell()

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What the registry's actions do."""
        return {"back": self.back}

    def read(self, article_id: int) -> None:
        """Puts away every dialog that is open, and shows the article."""
        self._waiting = _open_dialogs()
        for dialog in reversed(self._waiting):
            dialog.hide()
        self._window.crossings.show_article(article_id)
        self._window.raise_()
        self._window.activateWindow()
        self._window.list.table.setFocus()
        self._tell()

    def back(self) -> bool:
        """Opens them again, one over the other as they were; False when none waits."""
        waiting, self._waiting = [one for one in self._waiting if isValid(one)], []
        for dialog in waiting:
            dialog.open()
            dialog.activateWindow()
        self._tell()
        return bool(waiting)

    def waits(self, dialog: QDialog | None) -> bool:
        return dialog in self._waiting

    def _tell(self) -> None:
        title = self._waiting[-1].windowTitle() if self._waiting else ""
        self._window.status.waiting.say(title)
        self._window.actions_.enable("back", on=bool(title))


def _open_dialogs() -> list[QDialog]:
    """Each behind those that opened over it."""
    every = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    active = QApplication.activeModalWidget()
    return sorted(
        (one for one in every if one.isVisible()), key=lambda one: (_depth(one), one is active)
    )


def _depth(dialog: QDialog) -> int:
    """Over how many other dialogs it opened."""
    above = dialog.parentWidget()
    return 1 + _depth(above) if isinstance(above, QDialog) else 0
