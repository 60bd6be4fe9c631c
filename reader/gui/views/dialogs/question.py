"""What all questions look like: fields with labels, one line for what is wrong, the buttons."""

from collections.abc import Iterable, Sequence
from string import Template

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui.views.level import keep_level

WIDTH = 460
_SHEET = Template("""
    #hint { color: $grey; font-size: 12px; }
    #problem { color: $bad; }
    #fieldName { font-weight: 600; }
    QPlainTextEdit { border: 1px solid $line; border-radius: 7px; padding: 3px 5px; }
    QPlainTextEdit:focus { border: 1px solid $focus; }
    QTableWidget { border: 1px solid $line; border-radius: 7px; }
    QHeaderView, QHeaderView::section { background: transparent; border: none; color: $grey;
      font-size: 12px; }
    QHeaderView::section { border-bottom: 1px solid $line; padding: 5px 6px; }
    QScrollArea, #list { background: transparent; border: none; }
""")


class Question(QDialog):
    """Opened with `open()`; Escape closes it, Return presses the main button, and Control+Return
    does so from every field.

    A subclass adds its fields and overrides `confirm`, which ends with `accept()` or `complain`.
    """

    def __init__(self, parent: QWidget | None, title: str, confirm: str) -> None:
        super().__init__(parent)
        self._warned = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(6)
        self.problem = QLabel(self)
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self.buttons = QDialogButtonBox(self)
        self.main = QPushButton(confirm, self)
        self.main.setDefault(True)
        self.buttons.addButton(self.main, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.cancel.setAutoDefault(False)
        self.cancel.setIcon(self.cancel.icon().fromTheme(""))
        self.buttons.accepted.connect(self.confirm)
        self.buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(14)
        self.column.addLayout(self.fields)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)

    def confirm(self) -> None:
        self.accept()

    def loss(self) -> str:
        """Asks whether to leave, when that would throw something away; "" when not."""
        return ""

    def reject(self) -> None:
        """What was done here is not thrown away by one stray key."""
        loss = "" if self._warned else self.loss()
        if loss:
            self._warned = True
            self.complain(f"{loss} Press Esc once more.")
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def complain(self, sentence: str) -> None:
        """Shows what is wrong and lets the user go on; an empty sentence takes it away."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self._make_room()

    def add(self, label: str, field: QWidget, hint: str = "") -> None:
        """A field under its label, with a hint in grey below."""
        self._space()
        self.fields.addLayout(self._labelled(label, field))
        if hint:
            self.fields.addWidget(self.hint(hint))
            field.setAccessibleDescription(hint)

    def add_pair(self, *pair: tuple[str, QWidget]) -> None:
        """Fields side by side, equally wide."""
        self._space()
        row = QHBoxLayout()
        row.setSpacing(12)
        for label, field in pair:
            row.addLayout(self._labelled(label, field), 1)
        self.fields.addLayout(row)

    def hint(self, text: str) -> QLabel:
        made = QLabel(text, self)
        made.setObjectName("hint")
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        self._colour()
        super().showEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """The scheme may change while a question is open."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._colour()

    def _colour(self) -> None:
        """In the palette's colours."""
        colours = self.palette()
        sheet = _SHEET.substitute(
            grey=colours.placeholderText().color().name(),
            bad=colours.brightText().color().name(),
            line=colours.mid().color().name(),
            focus=colours.accent().color().name(),
        )
        if self.styleSheet() != sheet:  # setting it changes the palette again
            self.setStyleSheet(sheet)

    def _make_room(self) -> None:
        """Qt measures wrapped lines as if they had a row to themselves; this asks again."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(needed, self.minimumHeight()))

    def _labelled(self, label: str, field: QWidget) -> QVBoxLayout:
        name = QLabel(label, self)
        name.setObjectName("fieldName")
        name.setBuddy(field)
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(line, QLineEdit):
            keep_level(line)
        field.setAccessibleName(label.replace("&", ""))
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addWidget(name)
        column.addWidget(field)
        return column

    def _space(self) -> None:
        if self.fields.count():
            self.fields.addSpacing(8)


def completer(words: Sequence[str], parent: QWidget) -> QCompleter:
    """Offers words that contain what was typed, whatever its case."""
    made = QCompleter(list(words), parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = QListView()
    popup.setObjectName("completions")
    made.setPopup(popup)
    return made


def names_box(names: Iterable[str], chosen: str, empty: str, parent: QWidget) -> QComboBox:
    """Names to choose from; any other can be typed. `empty`: what is said while there is none."""
    made = QComboBox(parent)
    made.setEditable(True)
    known = sorted(set(names), key=str.casefold)
    made.addItems(["", *known])
    made.setCompleter(completer(known, parent))
    made.setCurrentText(chosen)
    if (line := made.lineEdit()) is not None:
        line.setPlaceholderText(empty)
    return made
