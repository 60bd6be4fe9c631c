"""The spellings of an entity, one in each row, and how their case is treated."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from reader.domain.entity import Alias

CASES: tuple[tuple[str, bool | None], ...] = (
    ("Automatic", None), ("Exactly so", True), ("Any case", False),
)  # fmt: skip
_ALIAS = Qt.ItemDataRole.UserRole


def case_choice(case: bool | None) -> QComboBox:
    """A choice of how a spelling's case is treated; `chosen_case` reads it."""
    made = QComboBox()
    made.addItems([label for label, _ in CASES])
    made.setCurrentIndex([value for _, value in CASES].index(case))
    made.setAccessibleName("Upper and lower case")
    made.setToolTip(
        "Automatic: any case, but short names all in capitals only so,\n"
        "and names that are common words only with a capital."
    )
    return made


def chosen_case(choice: QComboBox) -> bool | None:
    return CASES[choice.currentIndex()][1]


class AliasTable(QTableWidget):
    """There is always an empty row to type in; a row that is emptied is an alias taken away."""

    def __init__(self, aliases: Iterable[Alias] = (), parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setHorizontalHeaderLabels(["Spelling", "Upper and lower case"])
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(38)
        self.setMinimumHeight(168)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, 160)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        for alias in aliases:
            self.add(alias)
        self._keep_empty_row()
        self.itemChanged.connect(self._keep_empty_row)

    def add(self, alias: Alias) -> None:
        at = self.rowCount()
        self.insertRow(at)
        item = QTableWidgetItem(alias.text)
        item.setData(_ALIAS, alias)
        self.setItem(at, 0, item)
        self.setCellWidget(at, 1, case_choice(alias.case))

    def aliases(self) -> tuple[Alias, ...]:
        """Without empty rows; of equal spellings the first."""
        found: dict[str, Alias] = {}
        for at in range(self.rowCount()):
            item = self.item(at, 0)
            text = " ".join(item.text().split()) if item else ""
            if item and text and text not in found:
                kept = item.data(_ALIAS) or Alias(
                    ""
                )  # what the columns do not show stays as it was
                found[text] = replace(kept, text=text, case=chosen_case(self._choice(at)))
        return tuple(found.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Several lines that are pasted become several rows."""
        lines = [line.strip() for line in QGuiApplication.clipboard().text().splitlines()]
        if event.matches(QKeySequence.StandardKey.Paste) and any(lines):
            self.paste(filter(None, lines))
        elif event.key() == Qt.Key.Key_Delete and (item := self.item(self.currentRow(), 0)):
            item.setText("")
        else:
            super().keyPressEvent(event)

    def paste(self, lines: Iterable[str]) -> None:
        self.removeRow(self.rowCount() - 1)
        for line in lines:
            self.add(Alias(line))
        self._keep_empty_row()

    def _choice(self, row: int) -> QComboBox:
        widget = self.cellWidget(row, 1)
        assert isinstance(widget, QComboBox)  # noqa: S101 - put there by `add`
        return widget

    def _keep_empty_row(self) -> None:
        last = self.item(self.rowCount() - 1, 0) if self.rowCount() else None
        if last is None or last.text().strip():
            self.add(Alias(""))
