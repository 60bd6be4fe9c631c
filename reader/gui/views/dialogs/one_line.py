"""A question for one line of text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.gui.views.dialogs.question import Question, completer


class OneLine(Question):
    """`known`: what is offered while one types."""

    answered = Signal(str)

    def __init__(
        self, parent: QWidget, title: str, label: str, text: str, known: Sequence[str] = (),
        hint: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent, title, "Save")
        self.field = QLineEdit(text, self)
        if known:
            self.field.setCompleter(completer(known, self))
        self.add(label, self.field, hint)
        self.field.selectAll()
        self.field.setFocus()

    def confirm(self) -> None:
        self.answered.emit(self.field.text().strip())
        self.accept()
