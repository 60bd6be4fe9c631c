"""Asks which of the watchlists that the program brings along is to be tracked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from reader.domain.watchlist import StarterLine
from reader.gui import words
from reader.gui.views.dialogs.question import Question

_READING = "Looking at what is in them…"


class StarterQuestion(Question):
    """It waits for `show_starters`, which may come late."""

    decided = Signal(str, int)
    """The starter's name, and how many of its names are not tracked yet."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "Add a starter watchlist", "Add")
        self._lines: list[StarterLine] = []
        self.list = QComboBox(self)
        self.told = self.hint(_READING)
        self.add("&Watchlist", self.list)
        self.fields.addWidget(self.told)
        self.list.currentIndexChanged.connect(lambda _index: self._show())
        self._show()

    def show_starters(self, lines: Sequence[StarterLine]) -> None:
        self._lines = list(lines)
        self.list.addItems([line.name for line in lines])
        self.list.setFocus()
        self._show()

    def confirm(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.accept()
            self.decided.emit(chosen.name, chosen.entities - chosen.tracked)

    def _chosen(self) -> StarterLine | None:
        row = self.list.currentIndex()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _show(self) -> None:
        chosen = self._chosen()
        self.told.setText(_said(chosen) if chosen else _READING)
        self.list.setAccessibleDescription(self.told.text())
        self.main.setEnabled(chosen is not None and chosen.tracked < chosen.entities)
        self._make_room()


def _said(line: StarterLine) -> str:
    whole = f"{words.counted(line.entities, 'name')}: {line.says}."
    if line.tracked == line.entities:
        return f"{whole} All of them are tracked already."
    if line.tracked:
        return f"{whole} {words.number(line.tracked)} are tracked already, and stay as they are."
    return f"{whole} Each can be changed or removed later; Ctrl+Z takes all of them back."
