"""The spellings of an entity, a row for each: its options in short, and what it finds.

The name is the first row; it is written elsewhere, and its options are edited like those of the
others. There is always an empty row to type in; a row that is emptied is an alias taken away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from reader.domain.entity import Alias
from reader.domain.workshop import AliasCount
from reader.gui import fonts
from reader.gui.models.workshop import rule_told, told
from reader.gui.theme import LIGHT, Theme
from reader.gui.words import number

SPELLING, OPTIONS, ARTICLES, ALONE = range(4)
_HEAD = ("Spelling", "Options", "Articles", "Only it")
_TIPS = {
    OPTIONS: "What is not as usual; the fields below change it",
    ARTICLES: "Articles in which this spelling counts",
    ALONE: "Articles in which no other spelling of this entity counts",
}
_WIDTHS = {OPTIONS: 168, ARTICLES: 66, ALONE: 60}
_ALIAS = Qt.ItemDataRole.UserRole
_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AliasTable(QTableWidget):
    changed = Signal()
    """A spelling was written, taken away or given other options."""
    row_chosen = Signal(object)
    """The `Alias` of the row one is at, to be edited; None for the empty row."""

    def __init__(
        self, name: Alias, aliases: Iterable[Alias] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(_HEAD), parent)
        self._theme = LIGHT
        self._counts: Mapping[str, AliasCount] = {}
        self._look()
        for alias in (name, *aliases):
            self._append(alias)
        self.cell(0, SPELLING).setFlags(_READ)
        self.cell(0, SPELLING).setFont(fonts.ui(13, 600))
        self.cell(0, SPELLING).setToolTip("The name, as it is written above")
        self._keep_empty_row()
        self.itemChanged.connect(self._written)
        self.currentCellChanged.connect(lambda row, _c, _r, _o: self._tell(row))
        self.setCurrentCell(0, SPELLING)

    # what it holds

    def name(self) -> Alias:
        """The name's own options; its conditions are the entity's."""
        return self._alias(0)

    def aliases(self) -> tuple[Alias, ...]:
        """Without empty rows and what repeats the name; of equal spellings the first."""
        found = {self.name().text: self.name()}
        for at in range(1, self.rowCount()):
            alias = self._alias(at)
            if alias.text:
                found.setdefault(alias.text, alias)
        return tuple(found.values())[1:]

    def current_alias(self) -> Alias | None:
        """None for the empty row."""
        alias = self._alias(self.currentRow()) if self.currentRow() >= 0 else Alias("")
        return alias if alias.text else None

    # what changes it

    def set_name(self, text: str) -> None:
        self._put(0, replace(self.name(), text=" ".join(text.split())))
        if self.currentRow() == 0:
            self._tell(0)

    def set_options(self, alias: Alias) -> None:
        """Of the row one is at; its spelling stays."""
        row = self.currentRow()
        if row >= 0 and self._alias(row).text:
            self._put(row, replace(alias, text=self._alias(row).text))

    def add(self, aliases: Iterable[Alias]) -> None:
        """Those that are not there yet."""
        known = {self.name().text, *(alias.text for alias in self.aliases())}
        fresh = [alias for alias in aliases if alias.text not in known]
        if not fresh:
            return
        self.blockSignals(True)
        self.removeRow(self.rowCount() - 1)
        for alias in fresh:
            self._append(alias)
        self._keep_empty_row()
        self.blockSignals(False)
        self._show_counts()
        self.changed.emit()

    def paste(self, lines: Iterable[str]) -> None:
        """A row for each line."""
        self.add(Alias(" ".join(line.split())) for line in lines if line.strip())

    def take_away(self) -> None:
        """The spelling of the row one is at, unless that is the name."""
        row = self.currentRow()
        if 0 < row < self.rowCount() - 1:
            self.removeRow(row)
            self.setCurrentCell(min(row, self.rowCount() - 1), SPELLING)
            self._tell(self.currentRow())
            self.changed.emit()

    def write(self) -> None:
        """In the empty row."""
        self.setFocus()
        self.setCurrentCell(self.rowCount() - 1, SPELLING)
        self.editItem(self.cell(self.rowCount() - 1, SPELLING))

    def show_counts(self, counts: Mapping[str, AliasCount]) -> None:
        """Articles by spelling; a spelling that is not among them has no figures yet."""
        self._counts = counts
        self.blockSignals(True)
        self._show_counts()
        self.blockSignals(False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_counts(self._counts)

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Several lines that are pasted become several rows."""
        lines = [line for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        if event.matches(QKeySequence.StandardKey.Paste) and lines:
            self.paste(lines)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and (
            not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._edit()
        else:
            super().keyPressEvent(event)

    def _edit(self) -> None:
        item = self.cell(max(self.currentRow(), 0), SPELLING)
        if item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentCell(item.row(), SPELLING)
            self.editItem(item)

    def cell(self, row: int, column: int) -> QTableWidgetItem:
        found = self.item(row, column)
        assert found is not None  # noqa: S101 - every row is filled when it is made
        return found

    # inside

    def _alias(self, row: int) -> Alias:
        kept: Alias = self.cell(row, SPELLING).data(_ALIAS)
        return replace(kept, text=" ".join(self.cell(row, SPELLING).text().split()))

    def _append(self, alias: Alias) -> None:
        at = self.rowCount()
        self.insertRow(at)
        for column in range(len(_HEAD)):
            item = QTableWidgetItem()
            if column != SPELLING:
                item.setFlags(_READ)
            if column in (ARTICLES, ALONE):
                item.setTextAlignment(_RIGHT)
            self.setItem(at, column, item)
        self._fill(at, alias)

    def _fill(self, row: int, alias: Alias) -> None:
        self.cell(row, SPELLING).setText(alias.text)
        self.cell(row, SPELLING).setData(_ALIAS, alias)
        self.cell(row, OPTIONS).setText(told(alias))
        self.cell(row, OPTIONS).setToolTip("\n".join([told(alias), *map(rule_told, alias.rules)]))

    def _put(self, row: int, alias: Alias) -> None:
        if alias == self._alias(row):
            return
        self.blockSignals(True)
        self._fill(row, alias)
        self._show_counts()
        self.blockSignals(False)
        self.changed.emit()

    def _written(self, item: QTableWidgetItem) -> None:
        if item.column() != SPELLING:
            return
        self.blockSignals(True)
        self._keep_empty_row()
        self._show_counts()
        self.blockSignals(False)
        if item.row() == self.currentRow():
            self._tell(item.row())
        self.changed.emit()

    def _keep_empty_row(self) -> None:
        last = self.cell(self.rowCount() - 1, SPELLING)
        if self.rowCount() == 1 or last.text().strip():
            self._append(Alias(""))

    def _tell(self, row: int) -> None:
        self.row_chosen.emit(self.current_alias() if row >= 0 else None)

    def _show_counts(self) -> None:
        for row in range(self.rowCount()):
            count = self._counts.get(self._alias(row).text)
            for column, value in ((ARTICLES, "articles"), (ALONE, "alone")):
                item = self.cell(row, column)
                item.setText(number(getattr(count, value)) if count else "")
            ink = self._theme.text if count and count.articles else self._theme.text3
            self.cell(row, ARTICLES).setForeground(QColor(ink))
            self.cell(row, ALONE).setForeground(QColor(self._theme.text2))
            self.cell(row, OPTIONS).setForeground(QColor(self._theme.text2))
            self.cell(row, SPELLING).setToolTip(count.sentence if count else "")

    def _look(self) -> None:
        self.setHorizontalHeaderLabels(_HEAD)
        for column, tip in _TIPS.items():
            head = self.horizontalHeaderItem(column)
            assert head is not None  # noqa: S101 - every column has one
            head.setToolTip(tip)
            if column != OPTIONS:
                head.setTextAlignment(_RIGHT)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        self.setMinimumHeight(150)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Spellings")
        header = self.horizontalHeader()
        header.setSectionResizeMode(SPELLING, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
