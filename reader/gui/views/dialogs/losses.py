"""Asks before a file is written that cannot keep everything."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from reader.gui.views.dialogs.question import Question


class Losses(Question):
    def __init__(self, parent: QWidget, name: str, lost: Sequence[str]) -> None:
        super().__init__(parent, "What this file cannot keep", "Export all the same")
        title = QLabel(f"{name} has no room for everything:", self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setObjectName("fieldName")
        title.setWordWrap(True)
        told = QLabel("\n".join(lost), self)
        told.setWordWrap(True)
        told.setAccessibleName("What is lost")
        self.fields.addWidget(title)
        self.fields.addWidget(told)
        self.fields.addWidget(self.hint("A file that ends in .json keeps everything."))
