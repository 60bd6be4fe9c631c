"""Plain values as the rows of a list; a delegate paints them, a screen reader hears `said`."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
ROW = Qt.ItemDataRole.UserRole
"""The value itself."""
Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to models and delegates."""
_TOP = QModelIndex()


class Rows(QAbstractListModel, Generic[T]):
    def __init__(self, said: Callable[[T], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said = said
        self.rows: tuple[T, ...] = ()

    def put(self, rows: Sequence[T]) -> None:
        """Rows that are the same as before stay where they are."""
        fresh = tuple(rows)
        if fresh == self.rows:
            return
        if len(fresh) == len(self.rows):
            self.rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, 0))
            return
        self.beginResetModel()
        self.rows = fresh
        self.endResetModel()

    def row(self, index: Index) -> T | None:
        return self.rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(row)
        return row if role == ROW else None
