"""What stands in place of the rows where there are none: why, and what can be done about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from reader.gui.presenters.empty import Empty, in_lines

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class Emptiness(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._runs: list[QAction] = []

    def show(self, empty: Empty) -> None:
        """With buttons for its actions, and for the searches it offers instead."""
        window = self._window
        empty = window.searching.better(empty)
        actions = [window.actions_[name] for name in empty.actions]
        old, self._runs = self._runs, [self._run_action(query) for query in empty.queries]
        actions += self._runs
        window.list.show_empty(empty.icon, empty.title, empty.sentence, actions)
        window.article.show(None)
        for action in old:
            action.deleteLater()

    def _run_action(self, query: str) -> QAction:
        """For a button that searches for something else."""
        action = QAction(in_lines(query.replace("&", "&&")), self)
        action.triggered.connect(lambda: self._window.search_for(query))
        return action
