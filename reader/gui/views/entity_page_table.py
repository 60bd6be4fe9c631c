"""What a chart shows as a table that can be sorted, and whom an entity appears with."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from reader.domain.profile_tables import Cell, Table
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.parts import from_first, ground

VALUE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ROW, _WIDEST, _NAME = 28, 320, 120
_CALLED = {"pmi": "PMI", "of": "Of all"}


class TableModel(QAbstractTableModel):
    """`told`: what a heading means, by its name."""

    def __init__(self, told: dict[str, str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table, self._told = Table((), ()), told or {}

    def show_table(self, table: Table) -> None:
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.table.rows[index.row()][index.column()]
        if role == VALUE:
            return -(10**18) if cell is None else cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return shown(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _MIDDLE | _side(cell)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.table.head):
            return None
        name = self.table.head[section]
        if role == Qt.ItemDataRole.DisplayRole:
            told = name.replace("_", " ").capitalize() if name.islower() else name
            return _CALLED.get(name, told)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told.get(name)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.table.rows:
            return _MIDDLE | _side(self.table.rows[0][section])
        return None


class TableView(QTableView):
    """Return or a click chooses a row; Ctrl+C copies the whole table as it is sorted."""

    chosen = Signal(int)
    """A row by its number in the table that was given."""

    def __init__(
        self, name: str, told: dict[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = TableModel(told, self)
        self._wanted = 0  # pixels for the first column, if there is room
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.rows)
        self._sorted.setSortRole(VALUE)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._sorted)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground(self, "page")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._choose)
        self.set_theme(LIGHT)

    def show_table(self, table: Table) -> None:
        """Sorted as before when the columns are the same ones."""
        old = self.rows.table
        self.rows.show_table(table)
        if table.head != old.head:
            self._sorted.sort(-1)
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        if table.head != old.head or not old.rows:
            self._fit()

    def hide_columns(self, *names: str) -> None:
        """They stay in what is copied and saved."""
        for column, name in enumerate(self.rows.table.head):
            self.setColumnHidden(column, name in names)
        self._narrow()

    def sort_first(self, name: str) -> None:
        """By this column, the highest on top, until the user sorts otherwise."""
        if self.horizontalHeader().sortIndicatorSection() < 0 and name in self.rows.table.head:
            self.sortByColumn(self.rows.table.head.index(name), Qt.SortOrder.DescendingOrder)

    def set_theme(self, theme: Theme) -> None:
        """Qt forgets the ground of headings that have none of their own."""
        self.setStyleSheet(
            f"QTableView {{ background: {theme.page.name()}; color: {theme.text.name()};"
            f" selection-background-color: {theme.selection.name()};"
            f" selection-color: {theme.text.name()}; }}"
            f"QHeaderView {{ background: {theme.page.name()}; }}"
            f"QHeaderView::section {{ background: {theme.page.name()};"
            f" color: {theme.text2.name()}; border: none; font-size: 12px;"
            f" border-bottom: 1px solid {theme.line.name()}; padding: 5px 17px 5px 11px; }}"
            "QTableView::item { padding: 0 14px 0 8px; }"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_sorted().tabbed())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def as_sorted(self) -> Table:
        """The table in the order in which it is on show."""
        order = [
            self._sorted.mapToSource(self._sorted.index(row, 0)).row()
            for row in range(self._sorted.rowCount())
        ]
        return Table(self.rows.table.head, tuple(self.rows.table.rows[row] for row in order))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._sorted.mapToSource(index).row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        from_first(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    def _narrow(self) -> None:
        """The names give way where the figures would not all be seen."""
        if self._wanted:
            others = self.horizontalHeader().length() - self.columnWidth(0)
            room = self.viewport().width() - others
            self.setColumnWidth(0, min(self._wanted, max(_NAME, room)))

    def _fit(self) -> None:
        """As wide as what is in the first rows needs."""
        self.horizontalHeader().setResizeContentsPrecision(60)
        self.resizeColumnsToContents()
        for column in range(self.rows.columnCount()):
            self.setColumnWidth(column, min(_WIDEST, self.columnWidth(column) + 4))
        self._wanted = self.columnWidth(0) if self.rows.columnCount() else 0
        self._narrow()


def shown(cell: Cell) -> str:
    """Numbers as a person reads them; unknown ones as a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:,.2f}" if isinstance(cell, float) else cell


def _side(cell: Cell) -> Qt.AlignmentFlag:
    words = isinstance(cell, str)
    return Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
