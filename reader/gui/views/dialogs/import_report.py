"""What became of an imported file whose rows were not all right: which are wrong, and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from reader.domain.reports import ImportReport
from reader.gui.views.dialogs.question import Question

_SIZE = 680, 420
_SHOWN = 1_000


class ImportReportDialog(Question):
    save_wanted = Signal(str)
    """The whole report, as text."""

    def __init__(self, parent: QWidget, name: str, report: ImportReport) -> None:
        super().__init__(parent, f"Imported {name}", "Save the report…")
        self.cancel.setText("Close")
        self.setMinimumSize(*_SIZE)
        self._report, self._name = report, name
        told = QLabel(report.sentence(), self)
        told.setWordWrap(True)
        self.rows = QPlainTextEdit("\n".join(self._lines(_SHOWN)), self)
        self.rows.setReadOnly(True)
        self.rows.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.rows.setTabChangesFocus(True)
        self.fields.addWidget(told)
        self.add("&Rows that did not come in", self.rows)

    def text(self) -> str:
        return "\n".join((f"{self._name}: {self._report.sentence()}", "", *self._lines(), ""))

    def confirm(self) -> None:
        self.save_wanted.emit(self.text())

    def _lines(self, most: int = 0) -> list[str]:
        rejected = self._report.rejected
        lines = [one.sentence() for one in rejected[: most or len(rejected)]]
        more = len(rejected) - len(lines)
        return [*lines, f"… and {more} more, which are in the report"] if more else lines
