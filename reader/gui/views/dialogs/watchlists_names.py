"""The page of the watchlists: the lists at the left, the names of the chosen one at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QSize,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reader.domain.entity import Entity, EntityLine
from reader.domain.fold import fold_key
from reader.domain.watchlist import Watchlist, WatchlistLine
from reader.gui.models.rows import Index
from reader.gui.models.watchlists import ListRows, NameRows, Rows
from reader.gui.theme import Theme

_LISTS = 390
_ROW, _NAME = 30, 230
_EDGES, _APART = 6, 16
"""Beside the words of a cell, and between them and the next column."""


class ListsPage(QWidget):
    """`…_wanted` with the `Watchlist`, or with the chosen `Entity` values, it is about."""

    switched = Signal(str, bool)
    new_wanted = Signal()
    rename_wanted = Signal(object)
    note_wanted = Signal(object)
    remove_wanted = Signal(object)
    move_wanted = Signal(object)
    merge_wanted = Signal(object)
    split_wanted = Signal(object)
    untrack_wanted = Signal(object)
    edit_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows, self.names = ListRows(self), NameRows(self)
        self.table, self.inside = table(self, self.rows), table(self, self.names)
        self.table.setAccessibleName("Watchlists")
        self.inside.setAccessibleName("Names in the watchlist")
        self.inside.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("Filter by name or alias")
        self.words.setAccessibleName("Filter the names")
        self.words.setClearButtonEnabled(True)
        self.empty = QLabel(self)
        self.empty.setObjectName("hint")
        self.empty.setWordWrap(True)
        self._entities: dict[str, list[EntityLine]] = {}
        self._lay_out()
        self.rows.switched.connect(self.switched)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._fill())
        self.inside.selectionModel().selectionChanged.connect(lambda *_: self._able())
        self.inside.doubleClicked.connect(lambda _index: self._ask(self.edit_wanted, 1))
        self.words.textChanged.connect(lambda _text: self._fill())
        self._able()

    def show_lists(self, lists: Sequence[WatchlistLine], entities: Sequence[EntityLine]) -> None:
        """The chosen list stays chosen, and the chosen names, as far as they are there."""
        chosen = self.current()
        ids = {one.id for one in self.chosen()}
        self._entities = {}
        for line in sorted(entities, key=lambda one: one.entity.name.casefold()):
            self._entities.setdefault(line.entity.watchlist, []).append(line)
        self.rows.show(lists)
        names = [line.watchlist.name for line in lists]
        if names:
            known = names.index(chosen.name) if chosen and chosen.name in names else 0
            self.table.selectRow(known)
        self._fill()
        self._choose(ids)

    def choose(self, watchlist: str) -> None:
        for number in range(self.rows.rowCount()):
            if self.rows.row(number).watchlist.name == watchlist:
                self.table.selectRow(number)

    def current(self) -> Watchlist | None:
        index = self.table.currentIndex()
        found = index.isValid() and index.row() < self.rows.rowCount()
        return self.rows.row(index.row()).watchlist if found else None

    def chosen(self) -> list[Entity]:
        """In the order of the table."""
        rows = sorted(index.row() for index in self.inside.selectionModel().selectedRows())
        return [self.names.row(row).entity for row in rows]

    def set_theme(self, theme: Theme) -> None:
        self.rows.set_theme(theme)
        self.names.set_theme(theme)

    # inside

    def _fill(self) -> None:
        current, typed = self.current(), fold_key(self.words.text().strip())
        lines = self._entities.get(current.name, []) if current else []
        shown = [line for line in lines if not typed or _has(line.entity, typed)]
        self.names.show(shown)
        self.empty.setVisible(not shown)
        self.empty.setText(_nothing(current, lines))
        self._able()

    def _choose(self, ids: set[int]) -> None:
        """All at once, and rows that follow each other as one: thousands may be chosen."""
        last = self.names.columnCount() - 1
        chosen = QItemSelection()
        rows = [n for n in range(self.names.rowCount()) if self.names.row(n).entity.id in ids]
        for first, end in _runs(rows):
            chosen.select(self.names.index(first, 0), self.names.index(end, last))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.inside.selectionModel().select(chosen, flags)

    def _able(self) -> None:
        there, chosen = self.current() is not None, self.chosen()
        for button in (self._rename, self._note, self._remove):
            button.setEnabled(there)
        self._move.setEnabled(bool(chosen))
        self._untrack.setEnabled(bool(chosen))
        self._merge.setEnabled(len(chosen) > 1)
        self._split.setEnabled(len(chosen) == 1 and bool(chosen[0].aliases))
        self._edit.setEnabled(len(chosen) == 1)

    def _about_list(self, asked: SignalInstance) -> None:
        current = self.current()
        if current is not None:
            asked.emit(current)

    def _ask(self, asked: SignalInstance, least: int) -> None:
        chosen = self.chosen()
        if len(chosen) >= least:
            asked.emit(chosen)

    def _lay_out(self) -> None:
        lists, names = QVBoxLayout(), QVBoxLayout()
        lists.addWidget(self.table, 1)
        lists.addLayout(self._list_buttons())
        names.addWidget(self.words)
        names.addWidget(self.empty)
        names.addWidget(self.inside, 1)
        names.addLayout(self._name_buttons())
        left = QWidget(self)
        left.setFixedWidth(_LISTS)
        left.setLayout(lists)
        lists.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(18)
        row.addWidget(left)
        row.addLayout(names, 1)

    def _list_buttons(self) -> QHBoxLayout:
        new = _button("&New…", self.new_wanted.emit)
        self._rename = _button("&Rename…", lambda: self._about_list(self.rename_wanted))
        self._note = _button("N&ote…", lambda: self._about_list(self.note_wanted))
        self._remove = _button("Remo&ve", lambda: self._about_list(self.remove_wanted))
        return _row(new, self._rename, self._note, self._remove)

    def _name_buttons(self) -> QHBoxLayout:
        self._edit = _button("E&dit…", lambda: self._ask(self.edit_wanted, 1))
        self._move = _button("&Move to…", lambda: self._ask(self.move_wanted, 1))
        self._merge = _button("Mer&ge…", lambda: self._ask(self.merge_wanted, 2))
        self._split = _button("&Split…", lambda: self._ask(self.split_wanted, 1))
        self._untrack = _button("Remove names", lambda: self._ask(self.untrack_wanted, 1))
        return _row(self._edit, self._move, self._merge, self._split, self._untrack)


def table(parent: QWidget, rows: Rows) -> QTableView:
    """Whole rows, no grid; the aliases take what is left, or the first column without them."""
    made = QTableView(parent)
    made.setModel(rows)
    made.setItemDelegate(_Level(made))
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(_ROW)
    head = made.horizontalHeader()
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setResizeContentsPrecision(50)
    aliases = "Aliases" in rows.head
    if aliases:
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(0, _NAME)
    rest = rows.head.index("Aliases") if aliases else 0
    head.setSectionResizeMode(rest, QHeaderView.ResizeMode.Stretch)
    return made


class _Level(QStyledItemDelegate):
    """Cuts words before they are laid out: what is cut away may be in a script that stands higher,
    and would push the others up. Columns as wide as their words keep apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(_APART, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        style, words = drawn.widget.style(), QStyle.SubElement.SE_ItemViewItemText
        room = style.subElementRect(words, drawn, drawn.widget).width() - _EDGES
        drawn.text = drawn.fontMetrics.elidedText(drawn.text, drawn.textElideMode, room)
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, drawn.widget)


def _button(text: str, do: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: do())
    return made


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of those that follow each other."""
    found: list[tuple[int, int]] = []
    for one in numbers:
        if found and found[-1][1] == one - 1:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return found


def _has(entity: Entity, typed: str) -> bool:
    return any(typed in fold_key(alias.text) for alias in entity.spellings())


def _nothing(current: Watchlist | None, lines: Sequence[EntityLine]) -> str:
    if current is None:
        return "There is no watchlist yet: make one, add a starter, or import one."
    if lines:
        return "No name in this list has these letters."
    return "No names yet: select a name in a text and press Ctrl+E, or move names here."
