"""The query language on one page inside the program; every example can be tried with a click."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.gui import fonts, syntax
from reader.gui.syntax import Section
from reader.gui.theme import Theme

_WIDE = 1160


class SearchHelp(QDialog):
    tried = Signal(str)
    """An example was clicked; the page has closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("How to search")
        self.setAccessibleName("How to search")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._inside = QWidget()
        columns = QHBoxLayout(self._inside)
        columns.setContentsMargins(26, 20, 26, 4)
        columns.setSpacing(40)
        for sections in syntax.COLUMNS:
            columns.addLayout(self._column(sections), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside.setStyleSheet(f"background: {theme.page.name()};")
        self._binding = self._label(syntax.BINDING, 12, 400, theme.text2.name())
        self._binding.setContentsMargins(26, 0, 26, 0)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 16)
        box.setSpacing(10)
        box.addWidget(area, 1)
        box.addWidget(self._binding)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignCenter)
        close.setFocus()
        self._room = parent.size() - QSize(40, 40) if parent is not None else QSize(_WIDE, 760)
        self.resize(min(_WIDE, self._room.width()), self._room.height())

    def examples(self) -> list[QPushButton]:
        """The buttons, in the order of the page."""
        made = self._inside.findChildren(QPushButton)
        return sorted(made, key=lambda button: syntax.EXAMPLES.index(button.accessibleName()))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its rows: only now has the style sheet given them their fonts."""
        for widget in self._inside.findChildren(QWidget):
            widget.ensurePolished()
        layout, outer = self._inside.layout(), self.layout()
        if layout is not None and outer is not None:
            layout.invalidate()
            around = self._binding.heightForWidth(self.width()) + 76
            needed = layout.totalHeightForWidth(self.width()) + around
            self.resize(self.width(), max(320, min(needed, self._room.height())))
        super().showEvent(event)

    def _column(self, sections: tuple[Section, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(3)
        for section in sections:
            column.addWidget(self._label(section.title, 11, 600, self._theme.text3.name()))
            column.addLayout(self._table(section))
            column.addSpacing(10)
        column.addStretch(1)
        return column

    def _table(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        grid.setHorizontalSpacing(14)
        grid.setColumnMinimumWidth(0, 236)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(section.lines):
            examples = QHBoxLayout()
            examples.setSpacing(4)
            for text in line.examples:
                examples.addWidget(self._example(text, line.meaning))
            examples.addStretch(1)
            grid.addLayout(examples, row, 0)
            meaning = self._label(line.meaning, 13, 400, self._theme.text.name())
            grid.addWidget(meaning, row, 1, Qt.AlignmentFlag.AlignVCenter)
        return grid

    def _example(self, text: str, meaning: str) -> QPushButton:
        made = QPushButton(text.replace("&", "&&"))
        made.setProperty("kind", "quiet")
        made.setAccessibleName(text)
        made.setAccessibleDescription(meaning)
        made.setToolTip("Search for this")
        made.setAutoDefault(False)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setStyleSheet(
            f"background: {self._theme.list.name()}; padding: 2px 7px; font-size: 13px;"
        )
        made.clicked.connect(lambda: self._try(text))
        return made

    def _try(self, text: str) -> None:
        self.accept()
        self.tried.emit(text)

    def _label(self, text: str, px: int, weight: int, colour: str) -> QLabel:
        label = QLabel(text)
        label.setFont(fonts.ui(px, weight))
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setStyleSheet(f"color: {colour}; font-size: {px}px; font-weight: {weight};")
        return label
