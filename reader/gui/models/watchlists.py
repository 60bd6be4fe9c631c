"""Rows of the watchlists, of the names in one, and of the types, for tables."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QObject,
    Qt,
    Signal,
)

from reader.domain.entity import EntityLine
from reader.domain.looks import EntityType
from reader.domain.watchlist import WatchlistLine
from reader.gui import icons, words
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Rows(QAbstractTableModel):
    """A table of values: a subclass says what stands in each cell."""

    head: tuple[str, ...] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._rows: list[Any] = []

    def show(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> Any:
        return self._rows[number]

    def cell(self, row: Any, column: int) -> str | int:
        raise NotImplementedError

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.head)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.head):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if self.head[section] in _NUMBERS else _TEXT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            value = self.cell(row, column)
            return words.number(value) if isinstance(value, int) else value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if self.head[column] in _NUMBERS else _TEXT
        return self.more(row, column, role)

    def more(self, row: Any, column: int, role: int) -> Any:  # noqa: ARG002 - for subclasses
        return None


_NUMBERS = {"Names", "Articles", "Mentions"}


class ListRows(Rows):
    """A box before the name says whether the list is switched on."""

    head = ("Watchlist", "Names", "Articles", "Mentions")
    switched = Signal(str, bool)

    def cell(self, row: WatchlistLine, column: int) -> str | int:
        return (row.watchlist.name, row.entities, row.articles, row.mentions)[column]

    def more(self, row: WatchlistLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            on = row.watchlist.enabled
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.watchlist.note or None
        if role == Qt.ItemDataRole.ForegroundRole and not row.watchlist.enabled:
            return self.theme.text3
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return f"{row.watchlist.name}, {'on' if row.watchlist.enabled else 'off'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.switched.emit(self._rows[index.row()].watchlist.name, on)
        return True


class NameRows(Rows):
    head = ("Name", "Type", "Aliases", "Articles")

    def cell(self, row: EntityLine, column: int) -> str | int:
        entity = row.entity
        aliases = ", ".join(alias.text for alias in entity.aliases)
        return (entity.name, entity.type, aliases, row.articles)[column]

    def more(self, row: EntityLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            return _icon(self.theme, row.entity.type)
        if role == Qt.ItemDataRole.ToolTipRole and column == 2:
            return self.cell(row, column) or None
        return None


class TypeRows(Rows):
    head = ("Type", "Names")

    def cell(self, row: tuple[EntityType, int], column: int) -> str | int:
        return (row[0].name, row[1])[column]

    def more(self, row: tuple[EntityType, int], column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return _icon(self.theme, row[0].name)
        return None


def _icon(theme: Theme, kind: str) -> Any:
    return icons.icon(icons.entity_icon(kind), theme.entity(kind).ink, 16)
