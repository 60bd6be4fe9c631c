"""The sheet of shortcuts, made from the registry: it cannot be out of date."""

from itertools import groupby

from PySide6.QtCore import QSize, Qt
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

from reader.gui import fonts
from reader.gui.actions import Actions, Spec, keys_of
from reader.gui.theme import Theme

_COLUMNS = (("Reading", "Articles"), ("Alerts", "Search", "List"), ("Library", "Window", "Help"))
_NARROW = (("Reading", "Articles", "List", "Alerts"), ("Search", "Library", "Window", "Help"))
_ORDER = tuple(name for names in _COLUMNS for name in names)
_WIDTHS = {_COLUMNS: 1180, _NARROW: 840}
_BELOW = 76
"""What the sheet has besides its rows."""


class ShortcutSheet(QDialog):
    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAccessibleName("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions, self._theme = actions, theme
        groups = self._groups()
        self._room = parent.size() if parent is not None else QSize(840, 680)
        fits = self._room.width() > _WIDTHS[_COLUMNS]
        self._columns = _COLUMNS if fits else _NARROW
        inside = self._inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(26, 22, 26, 10)
        columns.setSpacing(40)
        for names in self._columns:
            columns.addLayout(self._column([(name, groups[name]) for name in names]), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 18)
        box.addWidget(area)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignCenter)
        inside.setStyleSheet(f"background: {theme.page.name()};")
        close.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its rows: only now has the style sheet given them their fonts."""
        for label in self._inside.findChildren(QLabel):
            label.ensurePolished()
        layout = self._inside.layout()
        if layout is not None:
            layout.invalidate()
        needed = self._inside.sizeHint().height() + _BELOW
        self.resize(_WIDTHS[self._columns], max(320, min(needed, self._room.height() - 40)))
        super().showEvent(event)

    def lines(self) -> list[tuple[str, str]]:
        """Every action with its keys, as shown."""
        return [(spec.text, keys_of(action)) for spec, action in self._actions if spec.keys]

    def _groups(self) -> dict[str, list[Spec]]:
        specs = sorted((s for s, _ in self._actions if s.keys), key=lambda s: _ORDER.index(s.group))
        return {name: list(found) for name, found in groupby(specs, key=lambda s: s.group)}

    def _column(self, groups: list[tuple[str, list[Spec]]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        for name, specs in groups:
            heading = self._label(name, 11, 600, self._theme.text3.name())
            column.addWidget(heading)
            column.addLayout(self._grid(specs))
            column.addSpacing(12)
        column.addStretch(1)
        return column

    def _grid(self, specs: list[Spec]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for row, spec in enumerate(specs):
            text = self._label(spec.text.rstrip("…"), 13, 400, self._theme.text.name())
            keys = self._label(keys_of(self._actions[spec.id]), 12, 500, self._theme.text2.name())
            grid.addWidget(text, row, 0)
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def _label(self, text: str, px: int, weight: int, colour: str) -> QLabel:
        label = QLabel(text)
        label.setFont(fonts.ui(px, weight))
        label.setStyleSheet(f"color: {colour}; font-size: {px}px; font-weight: {weight};")
        return label
