"""A picture of the real window, taken once everything on it has arrived."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from reader.domain.article import ArticleLine
from reader.errors import FileError
from reader.gui.main_window import MainWindow

_LOOK_EVERY = 50
_SETTLED = 600
"""Milliseconds of quiet after the article is on show: charts and counts arrive last."""
_PATIENCE = 20_000
_AMONG, _FIRST_ROWS = 40, 3
"""How many of the newest articles are looked at, and how many of these never need scrolling to."""
LAST_LATIN = "\u024f"


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
        """False while rows are still to come."""
        table = self._window.list.table
        model = table.rows
        lines = [model.known(number) for number in model.ids[:_AMONG]]
        present = [line for line in lines if line is not None]
        if not present or len(present) < len(lines):
            return False
        row = best(present, QLocale().name()[:2])
        table.choose(row)
        if row not in range(_FIRST_ROWS):
            table.scrollTo(model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True


def best(lines: Sequence[ArticleLine], language: str) -> int:
    """The place of the line that shows most of what the program does.

    One that whoever looks at the picture can read: in `language`, else in English, else written in
    Latin letters, else any. Among those, the one mentioning the most tracked entities, most often;
    the newest of equals.
    """
    readable = [_readable(line, language) for line in lines]
    worth = [
        (readable[n] == max(readable), len(line.chips), sum(c.count for c in line.chips), -n)
        for n, line in enumerate(lines)
    ]
    return worth.index(max(worth))


def _readable(line: ArticleLine, language: str) -> int:
    own = line.language[:2]
    latin = not any(letter.isalpha() and letter > LAST_LATIN for letter in line.title)
    return 3 if own == language else 2 if own == "en" else int(latin)
