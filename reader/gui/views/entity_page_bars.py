"""Outlets or languages as horizontal bars, the longest first; Return asks for their articles."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.gui import fonts, words
from reader.gui.models.entity_page import Bar
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import from_first, ground

_BAR = Qt.ItemDataRole.UserRole
_ROW, _SIDE, _NUMBERS = 30, 12, 104
_NAMES = 0.38
"""Of the width, for the names."""


class BarDelegate(QStyledItemDelegate):
    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.type = "other"
        self.longest = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(option.rect.width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bar: Bar = index.data(_BAR)
        box, theme, state = QRectF(option.rect), self.theme, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Active
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            fill = theme.selection if chosen else theme.hover
            paint.rounded(painter, box.adjusted(4, 1, -4, -1), 6, fill)
        names = (box.width() - 2 * _SIDE) * _NAMES
        name = QRectF(box.left() + _SIDE, box.top(), names - 10, box.height())
        paint.line_of_text(painter, name, bar.name, fonts.ui(13), theme.text)
        room = box.adjusted(_SIDE + names, 9, -_SIDE - _NUMBERS, -9)
        paint.rounded(painter, room, 3, theme.line2)
        length = max(3.0, room.width() * bar.share / self.longest)
        room.setWidth(length)
        paint.rounded(painter, room, 3, theme.entity(self.type).rule)
        self._numbers(painter, box, bar)
        painter.restore()

    def _numbers(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        right, font = Qt.AlignmentFlag.AlignRight, fonts.ui(12, 450)
        room = QRectF(box.right() - _SIDE - _NUMBERS, box.top(), _NUMBERS - 48, box.height())
        paint.short_text(painter, room, words.number(bar.articles), font, self.theme.text, right)
        room = QRectF(box.right() - _SIDE - 46, box.top(), 46, box.height())
        paint.short_text(painter, room, percent(bar.share), font, self.theme.text2, right)


class BarList(QListView):
    chosen = Signal(str)
    """The outlet or the code of the language whose articles are wanted."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QStandardItemModel(self)
        self.delegate = BarDelegate()
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground(self, "page")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._choose)

    def show_bars(self, bars: Sequence[Bar], kind: str) -> None:
        """`kind`: the type of the entity, for the colour."""
        self.delegate.type = kind
        self.delegate.longest = max((bar.share for bar in bars), default=1.0)
        self.rows.clear()
        for bar in bars:
            item = QStandardItem(bar.name)
            item.setData(bar, _BAR)
            item.setToolTip(f"{bar.name}: {percent(bar.share)}. {bar.told}")
            item.setData(f"{bar.name}, {bar.told}", Qt.ItemDataRole.AccessibleTextRole)
            self.rows.appendRow(item)

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        from_first(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        bar = index.data(_BAR)
        if isinstance(bar, Bar):
            self.chosen.emit(bar.value)


def percent(share: float) -> str:
    """ "12%", and "<1%" for what is not nothing."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
