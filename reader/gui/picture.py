"""A picture of the real window, taken once everything on it has arrived."""

from collections.abc import Callable, Sequence
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
    def __init__(self, window: MainWindow, path: Path, busy: Callable[[], bool]) -> None:
        """`busy`: whether marks, tokens or counts are still to come."""
        super().__init__(window)
        self._window, self._path, self._busy = window, path, busy
        self._gone = self._chosen = False
        self._waited = self._quiet = 0
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
        self._quiet = 0 if self._busy() or not self._chosen else self._quiet + _LOOK_EVERY
        if not self._gone:
            self._gone = self._go()
        elif not self._chosen:
            self._chosen = self._choose()
        if self._quiet >= _SETTLED or self._waited >= _PATIENCE:
            self._saved = self._window.grab().save(str(self._path), "PNG")
            QApplication.exit(0)

    def _go(self) -> bool:
        """To the saved search that finds most, for it shows what a list of articles cannot.

        False while it is not known what the library holds.
        """
        overview = self._window.places.overview
        if not overview.totals.articles:
            return False
        found = [line for line in overview.saved if line.total]
        if found:
            fullest = max(found, key=lambda line: line.total)
            self._window.go_to(f"saved:{fullest.saved.id}")
        return True

    def _choose(self) -> bool:
        """False while rows are still to come."""
        if not self._window.articles.current:
            return False
        table = self._window.list.table
        model = table.rows
        rows = range(min(_AMONG, model.rowCount()))
        lines = [model.line(row) for row in rows]  # asks for those that are not there
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
    Latin letters, else any. Among those, the one with the most mentions of tracked entities, of the
    most of them; the newest of equals.
    """
    readable = [_readable(line, language) for line in lines]
    worth = [
        (readable[n] == max(readable), sum(c.count for c in line.chips), len(line.chips), -n)
        for n, line in enumerate(lines)
    ]
    return worth.index(max(worth))


def _readable(line: ArticleLine, language: str) -> int:
    own = line.language[:2]
    latin = not any(letter.isalpha() and letter > LAST_LATIN for letter in line.title)
    return 3 if own == language else 2 if own == "en" else int(latin)
