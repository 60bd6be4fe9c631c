"""A picture of the real window, taken once everything on it has arrived."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from reader.errors import FileError
from reader.gui.main_window import MainWindow

_LOOK_EVERY = 50
_SETTLED = 600
"""Milliseconds of quiet after the article is on show: charts and counts arrive last."""
_PATIENCE = 20_000


class Picture(QObject):
    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self._chosen = False
        self._waited = 0
        self._saved = False

    def take(self, app: QApplication) -> int:
        """FileError when the picture cannot be written."""
        timer = QTimer(self, interval=_LOOK_EVERY)
        timer.timeout.connect(self._look)
        timer.start()
        app.exec()
        if not self._saved:
            raise FileError(f"{self._path} cannot be written: check the folder and the free space.")
        return 0

    def _look(self) -> None:
        self._waited += _LOOK_EVERY
        if not self._chosen and self._choose():
            self._chosen = True
            self._waited = _PATIENCE - _SETTLED
        if self._waited >= _PATIENCE:
            self._saved = self._window.grab().save(str(self._path), "PNG")
            QApplication.exit(0)

    def _choose(self) -> bool:
        """The article of the first rows that mentions most; False while rows are still to come."""
        table = self._window.list.table
        model = table.rows
        rows = [(row, model.known(model.ids[row])) for row in range(min(6, model.rowCount()))]
        if not rows or any(line is None for _, line in rows):
            return False
        row, _ = max(rows, key=lambda both: (len(both[1].chips) if both[1] else 0, -both[0]))
        table.choose(row)
        return True
