"""Tags of an article: a field that completes known tags, and those it has as removable chips."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from reader.gui.views.dialogs.question import WIDTH, Question, completer

_MARGINS = 48


class TagDialog(Question):
    """Answers with what is to be added and removed; nothing when nothing changed."""

    decided = Signal(tuple, tuple)  # added, removed

    def __init__(
        self, parent: QWidget | None, tags: Sequence[str] = (), known: Sequence[str] = ()
    ) -> None:
        super().__init__(parent, "Tags", "Save")
        self._before = tuple(tags)
        self.tags = list(tags)
        self.field = _TagField(self)
        self.field.setCompleter(completer(known, self))
        self.field.setPlaceholderText("libya/east")
        self.add("&Add a tag", self.field, "Press Return after each. “a/b” puts b below a.")
        self._shelf = QWidget(self)
        self.chips: list[QPushButton] = []
        self.fields.addSpacing(4)
        self.fields.addWidget(self._shelf)
        self._draw()
        self.field.entered.connect(self._enter)
        self.field.setFocus()

    def confirm(self) -> None:
        self._enter()
        added = tuple(tag for tag in self.tags if tag not in self._before)
        removed = tuple(tag for tag in self._before if tag not in self.tags)
        if added or removed:
            self.decided.emit(added, removed)
        self.accept()

    def remove(self, tag: str) -> None:
        self.tags.remove(tag)
        self._draw()
        self.field.setFocus()

    def _enter(self) -> None:
        tag = "/".join(filter(None, (" ".join(p.split()) for p in self.field.text().split("/"))))
        self.field.clear()
        if tag and tag.casefold() not in (known.casefold() for known in self.tags):
            self.tags.append(tag)
            self._draw()

    def _draw(self) -> None:
        """Buttons are made anew: there are few, and they come and go."""
        shelf = QWidget(self)
        column = QVBoxLayout(shelf)
        column.setContentsMargins(0, 0, 0, 0)
        self.chips = [self._chip(tag, shelf) for tag in self.tags]
        row, room = QHBoxLayout(), 0
        for chip in self.chips:
            width = chip.sizeHint().width() + row.spacing()
            if width > room:
                row, room = QHBoxLayout(), WIDTH - _MARGINS
                row.addStretch(1)
                column.addLayout(row)
            row.insertWidget(row.count() - 1, chip)
            room -= width
        self.fields.replaceWidget(self._shelf, shelf)
        self._shelf.hide()
        self._shelf.deleteLater()
        self._shelf = shelf
        shelf.setVisible(bool(self.tags))

    def _chip(self, tag: str, parent: QWidget) -> QPushButton:
        made = QPushButton(f"{tag.replace('&', '&&')}  ×", parent)
        made.setAutoDefault(False)
        made.setAccessibleName(f"Remove the tag {tag}")
        made.setToolTip(f"Remove {tag}")
        made.clicked.connect(lambda _=False, tag=tag: self.remove(tag))
        return made


class _TagField(QLineEdit):
    """Return enters a tag; on an empty field it goes on to the dialog's main button."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
