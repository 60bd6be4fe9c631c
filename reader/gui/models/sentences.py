"""Sentences that mention an entity, as rows of a list that asks for more when it is scrolled."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtCore import Signal as QtSignal

from reader.domain.profile import Sentence
from reader.gui.models.rows import Index

SENTENCE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class SentenceModel(QAbstractListModel):
    more_wanted = QtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Sentence] = []
        self._more = False

    def clear(self) -> None:
        self.beginResetModel()
        self.rows, self._more = [], False
        self.endResetModel()

    def append(self, sentences: Sequence[Sentence], *, more: bool) -> None:
        """`more`: there are further ones."""
        self._more = more
        if sentences:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(sentences) - 1)
            self.rows.extend(sentences)
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        one = self.rows[index.row()]
        if role == SENTENCE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(one.text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            day = f"{one.at.astimezone():%Y-%m-%d}"
            return f"{one.source}, {day}: {' '.join(one.text.split())}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        """Asks once; until the answer there is nothing more to be fetched."""
        self._more = False
        self.more_wanted.emit()
