"""Marking what is older than some days as read."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QWidget

from reader.gui.views.dialogs.question import Question

AGES: tuple[tuple[str, timedelta], ...] = (
    ("A &day", timedelta(days=1)),
    ("&Two days", timedelta(days=2)),
    ("A &week", timedelta(days=7)),
    ("A &month", timedelta(days=30)),
)


class OlderThanDialog(Question):
    """`place`: the name of the list it is about."""

    chosen = Signal(timedelta)

    def __init__(self, parent: QWidget | None, place: str) -> None:
        super().__init__(parent, "Mark older articles read", "Mark read")
        question = QLabel(f"Mark articles in “{place}” read that are older than", self)
        question.setWordWrap(True)
        self.fields.addWidget(question)
        self.ages = QButtonGroup(self)
        for k, (label, _) in enumerate(AGES):
            button = QRadioButton(label, self)
            self.ages.addButton(button, k)
            self.fields.addWidget(button)
        self.fields.addWidget(self.hint("This can be undone with Ctrl+Z."))
        self.ages.button(1).setChecked(True)
        self.ages.button(1).setFocus()

    def confirm(self) -> None:
        self.chosen.emit(AGES[self.ages.checkedId()][1])
        self.accept()
