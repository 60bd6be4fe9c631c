"""A note on an article."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from reader.gui.views.dialogs.question import Question


class NoteDialog(Question):
    """An empty text takes the note away. Ctrl+Return saves."""

    saved = Signal(str)

    def __init__(self, parent: QWidget | None, text: str = "") -> None:
        super().__init__(parent, "Note", "Save note")
        self.text = QPlainTextEdit(text, self)
        self.text.setMinimumHeight(150)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("What to remember about this article")
        self.add("&Note", self.text, "Searchable with note:word. Ctrl+Return saves.")
        self._before = text
        self.text.setFocus()

    def confirm(self) -> None:
        text = self.text.toPlainText().strip()
        if text != self._before.strip():
            self.saved.emit(text)
        self.accept()
