"""The page of the types: which there are, and the colour and icon of the chosen one."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.entity import EntityLine
from reader.domain.looks import COLOURS, ICONS, EntityType
from reader.gui import icons
from reader.gui.models.watchlists import TypeRows
from reader.gui.theme import DARK, LIGHT, Theme
from reader.gui.type_looks import colours
from reader.gui.views.dialogs.watchlists_names import table

_TYPES, _ACROSS = 400, 10


class TypesPage(QWidget):
    new_wanted = Signal()
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)
    look_wanted = Signal(str, object, object)
    """A type, and its colour and icon; None for what stays."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.rows = TypeRows(self)
        self.table = table(self, self.rows)
        self.table.setAccessibleName("Types")
        self.name = QLabel(self)
        self.name.setObjectName("fieldName")
        self.samples = {theme.name: QLabel(self) for theme in (LIGHT, DARK)}
        self.colours: dict[str, QToolButton] = {}
        self.icons: dict[str, QToolButton] = {}
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())

    def show_types(self, types: Sequence[EntityType], entities: Sequence[EntityLine]) -> None:
        """The chosen type stays chosen."""
        chosen = self.current()
        used = Counter(line.entity.type for line in entities)
        self.rows.show([(one, used[one.name]) for one in types])
        names = [one.name for one in types]
        if names:
            known = names.index(chosen.name) if chosen and chosen.name in names else 0
            self.table.selectRow(known)
        self._show()

    def current(self) -> EntityType | None:
        index = self.table.currentIndex()
        found = index.isValid() and index.row() < self.rows.rowCount()
        return self.rows.row(index.row())[0] if found else None

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.rows.set_theme(theme)
        self._draw()
        self._show()

    # inside

    def _show(self) -> None:
        current = self.current()
        self._rename.setEnabled(current is not None and not current.built_in)
        self._remove.setEnabled(current is not None and not current.built_in)
        for buttons in (self.colours, self.icons):
            for button in buttons.values():
                button.setEnabled(current is not None)
                button.setChecked(False)
        if current is None:
            return
        self.name.setText(current.name)
        for theme in (LIGHT, DARK):
            self.samples[theme.name].setStyleSheet(_chip(theme, current.colour))
            self.samples[theme.name].setText(f"{current.name} on {theme.name}")
        if current.colour in self.colours:
            self.colours[current.colour].setChecked(True)
        if current.icon in self.icons:
            self.icons[current.icon].setChecked(True)

    def _look(self, colour: str | None, icon: str | None) -> None:
        current = self.current()
        if current is not None:
            self.look_wanted.emit(current.name, colour, icon)

    def _free(self) -> None:
        current = self.current()
        if current is None:
            return
        made = colours(LIGHT, current.colour).rule
        dialog = QColorDialog(made, self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda colour: self._look(QColor(colour).name(), None))
        dialog.open()

    def _draw(self) -> None:
        for name, button in self.colours.items():
            button.setStyleSheet(_swatch(self.theme, name))
        for name, button in self.icons.items():
            button.setIcon(icons.icon(name, self.theme.text, 18))

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addLayout(self._buttons())
        held = QWidget(self)
        held.setFixedWidth(_TYPES)
        held.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        right.addWidget(self.name)
        chips = QHBoxLayout()
        for sample in self.samples.values():
            chips.addWidget(sample)
        chips.addStretch(1)
        right.addLayout(chips)
        right.addWidget(_title("Colour"))
        right.addLayout(self._grid(self.colours, COLOURS, lambda name: self._look(name, None)))
        own = QPushButton("Own &colour…", self)
        own.setAutoDefault(False)
        own.clicked.connect(self._free)
        row = QHBoxLayout()
        row.addWidget(own)
        row.addStretch(1)
        right.addLayout(row)
        right.addWidget(_title("Icon"))
        right.addLayout(self._grid(self.icons, ICONS, lambda name: self._look(None, name)))
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(18)
        whole.addWidget(held)
        whole.addLayout(right, 1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        new = QPushButton("&New…", self)
        self._rename, self._remove = QPushButton("&Rename…", self), QPushButton("Remo&ve", self)
        new.clicked.connect(lambda _checked: self.new_wanted.emit())
        self._rename.clicked.connect(lambda _checked: self._about(self.rename_wanted))
        self._remove.clicked.connect(lambda _checked: self._about(self.remove_wanted))
        for button in (new, self._rename, self._remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _about(self, asked: SignalInstance) -> None:
        current = self.current()
        if current is not None:
            asked.emit(current.name)

    def _grid(
        self, into: dict[str, QToolButton], names: Sequence[str], do: Callable[[str], None]
    ) -> QHBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, name in enumerate(names):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setIconSize(QSize(18, 18))
            button.setFixedSize(QSize(32, 32))
            button.clicked.connect(lambda _checked, one=name: do(one))
            grid.addWidget(button, number // _ACROSS, number % _ACROSS)
            into[name] = button
        row = QHBoxLayout()
        row.addLayout(grid)
        row.addStretch(1)
        return row


def _title(text: str) -> QLabel:
    made = QLabel(text)
    made.setObjectName("fieldName")
    return made


def _chip(theme: Theme, colour: str) -> str:
    made = colours(theme, colour)
    return (
        f"QLabel {{ background: {made.tint.name()}; color: {made.ink.name()};"
        " border-radius: 6px; padding: 4px 10px; font-weight: 600; }"
    )


def _swatch(theme: Theme, colour: str) -> str:
    """The hue itself; the chosen one has a frame."""
    rule, focus = colours(theme, colour).rule.name(), theme.selection_bar.name()
    return (
        f"QToolButton {{ background: {rule}; border: 4px solid {theme.field.name()};"
        " border-radius: 8px; }"
        f"QToolButton:checked {{ border: 2px solid {theme.text.name()}; border-radius: 8px; }}"
        f"QToolButton:hover, QToolButton:focus {{ border: 2px solid {focus}; }}"
    )
