"""Fields of the channels' dialog: each under its label, with what is wrong right below it."""

import shlex
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

_CLOCK = "HH:mm"


class Field(QWidget):
    """`name` is that of the setting, "section.name". A subclass has the editor."""

    edited = Signal()

    def __init__(self, name: str, label: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.name, self.editor, self._hint = name, editor, hint
        self._label = QLabel(label)
        self._label.setObjectName("fieldName")
        self._label.setBuddy(editor)
        self.note = QLabel(hint)
        self.note.setObjectName("hint")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setVisible(bool(hint))
        editor.setAccessibleName(label.replace("&", ""))
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._label, editor, self.note):
            column.addWidget(part)

    def value(self) -> Any:
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def take_focus(self) -> None:
        self.editor.setFocus()

    def show_fault(self, sentence: str) -> None:
        """What is wrong with it, in place of the hint; "" when nothing is."""
        self.note.setText(sentence or self._hint)
        self.note.setObjectName("problem" if sentence else "hint")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.note.setVisible(bool(sentence or self._hint))
        self.editor.setAccessibleDescription(sentence or self._hint)

    def fault(self) -> str:
        return self.note.text() if self.note.objectName() == "problem" else ""


class TextField(Field):
    """One line; `read` and `write` make of it what the setting is, and back."""

    def __init__(
        self, name: str, label: str, hint: str = "", *, example: str = "",
        read: Callable[[str], Any] = str, write: Callable[[Any], str] = str,
    ) -> None:  # fmt: skip
        self.line = QLineEdit()
        self.line.setPlaceholderText(example)
        super().__init__(name, label, self.line, hint)
        self._read, self._write = read, write
        self.line.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Any:
        return self._read(self.line.text().strip())

    def show_value(self, value: Any) -> None:
        self.line.setText(self._write(value))


class ChoiceField(Field):
    def __init__(self, name: str, label: str, choices: Sequence[tuple[Any, str]]) -> None:
        self.box = QComboBox()
        for value, text in choices:
            self.box.addItem(text, value)
        super().__init__(name, label, self.box)
        self.box.activated.connect(lambda _row: self.edited.emit())

    def value(self) -> Any:
        return self.box.currentData()

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(value)))


class PasswordField(Field):
    """What was kept is never shown: it can be replaced or forgotten."""

    def __init__(self, name: str, label: str, hint: str = "") -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.forget = QPushButton("Forget")
        self.forget.setProperty("kind", "quiet")
        self.forget.setAccessibleName(f"Forget the {label.replace('&', '').lower()}")
        self.forget.setAutoDefault(False)
        self.forgotten = False
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.forget)
        super().__init__(name, label, both, hint)
        self._label.setBuddy(self.line)
        self.line.setAccessibleName(label.replace("&", ""))
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.forget.clicked.connect(self._forget)
        self.show_value(False)

    def value(self) -> str | None:
        """What was typed; "" to leave it as it is, None to forget it."""
        return None if self.forgotten and not self.line.text() else self.line.text()

    def show_value(self, value: Any) -> None:
        """Whether one is kept."""
        self.forgotten = False
        self.line.clear()
        self.line.setPlaceholderText("Kept; type another to replace it" if value else "")
        self.forget.setVisible(bool(value))

    def take_focus(self) -> None:
        self.line.setFocus()

    def _forget(self) -> None:
        self.show_value(False)
        self.forgotten = True
        self.line.setPlaceholderText("Forgotten when you save")
        self.edited.emit()


class HoursField(Field):
    """ "22:00-07:00" as a tick and two times; "" without the tick."""

    def __init__(self, name: str, label: str, tick: str, hint: str = "") -> None:
        self.on, self.first, self.last = QCheckBox(tick), _clock("From"), _clock("Until")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.on, self.first, QLabel("to"), self.last):
            row.addWidget(part)
        row.addStretch(1)
        super().__init__(name, label, both, hint)
        self.on.toggled.connect(self._enable)
        self.on.clicked.connect(lambda _on: self.edited.emit())
        for part in (self.first, self.last):
            part.timeChanged.connect(lambda _time: self.edited.emit())
        self.show_value("")

    def value(self) -> str:
        first, last = (part.time().toString(_CLOCK) for part in (self.first, self.last))
        return f"{first}-{last}" if self.on.isChecked() else ""

    def show_value(self, value: Any) -> None:
        first, _, last = str(value or "22:00-07:00").partition("-")
        self.first.setTime(QTime.fromString(first, _CLOCK))
        self.last.setTime(QTime.fromString(last, _CLOCK))
        self.on.setChecked(bool(value))
        self._enable(on=bool(value))

    def take_focus(self) -> None:
        self.on.setFocus()

    def _enable(self, on: bool) -> None:
        self.first.setEnabled(on)
        self.last.setEnabled(on)


def _clock(name: str) -> QTimeEdit:
    made = QTimeEdit()
    made.setDisplayFormat(_CLOCK)
    made.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
    made.setAccessibleName(name)
    made.setFixedWidth(QFontMetrics(made.font()).horizontalAdvance("00:00") + 34)
    return made


def whole(text: str) -> Any:
    """A number, or the text where it is none: the setting then says what is possible."""
    return int(text) if text.isascii() and text.isdecimal() else text


def listed(text: str) -> tuple[str, ...]:
    """ "a@b.c, d@e.f" → both."""
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def arguments(text: str) -> Any:
    """As a shell would part it; the text itself where a quotation is not closed."""
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return text
