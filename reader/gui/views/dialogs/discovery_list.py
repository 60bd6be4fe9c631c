"""Names that nobody tracks yet, a row for each, and the one that is chosen in full."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.domain.workshop import Discovered
from reader.gui import fonts
from reader.gui.models import discovery
from reader.gui.models.rows import ROW, Index, Rows
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import drawn_rows

_HEIGHT = 52
_RIGHT = Qt.AlignmentFlag.AlignRight
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_T)
_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_D)


class NameDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(option.rect.width(), _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Discovered = index.data(ROW)
        whole, theme = QRectF(option.rect), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, whole.adjusted(0, 1, 0, -1), 6, theme.selection)
        inner = whole.adjusted(12, 6, -12, -6)
        head, under = QRectF(inner), QRectF(inner)
        head.setHeight(20)
        under.setTop(inner.top() + 21)
        told = discovery.numbers(one)
        font = fonts.ui(11, 500)
        room = paint.width(told, font) + 2
        paint.short_text(painter, head, told, font, theme.text2, _RIGHT)
        name = head.adjusted(0, 0, -room - 10, 0)
        paint.line_of_text(painter, name, one.name, fonts.ui(14, 600), theme.text)
        self._under(painter, under, one)
        painter.restore()

    def _under(self, painter: QPainter, box: QRectF, one: Discovered) -> None:
        rise, font = discovery.rise(one), fonts.ui(11, 550)
        room = paint.width(rise, font) + 2 if rise else 0
        paint.short_text(painter, box, rise, font, self.theme.accent, _RIGHT)
        others = ", ".join(one.spellings)
        told = f"also {others}" if others else discovery.seen(one)
        rest = box.adjusted(0, 0, -room - 10, 0)
        paint.line_of_text(painter, rest, told, fonts.ui(12, 400), self.theme.text3)


class NameList(QListView):
    """T or Return tracks the chosen name, with Shift at once; D or Del dismisses it; O opens the
    first article it was found in."""

    track_wanted = Signal(object, bool)
    """A `Discovered`, and whether at once, without a question."""
    unwanted = Signal(object)
    opened = Signal(int)
    """An article, by id."""
    chosen = Signal(object)
    """A `Discovered`, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = NameDelegate(self)
        self.names: Rows[Discovered] = Rows(discovery.said, self)
        self.setModel(self.names)
        self.setItemDelegate(self._delegate)
        drawn_rows(
            self,
            "Names nobody tracks yet",
            "T tracks the chosen name, Shift+T at once, D dismisses it, O opens an article",
        )
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_names(self, names: tuple[Discovered, ...]) -> None:
        """The one that was chosen stays so; where it is gone, the one in its place."""
        before, row = self.current(), max(self.currentIndex().row(), 0)
        self.names.put(names)
        kept = next((n for n, one in enumerate(names) if before and one.name == before.name), None)
        at = row if kept is None else kept
        if names:
            self.setCurrentIndex(self.names.index(min(at, len(names) - 1), 0))
        self._tell()

    def current(self) -> Discovered | None:
        return self.names.row(self.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one = self.current()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if one and event.key() in _ENTER and (plain or shift):
            self.track_wanted.emit(one, shift)
        elif one and one.samples and event.key() == Qt.Key.Key_O and plain:
            self.opened.emit(one.samples[0].article_id)
        elif one and event.key() in _AWAY and plain:
            self.unwanted.emit(one)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        one = self.names.row(self.indexAt(event.position().toPoint()))
        if one is not None:
            self.track_wanted.emit(one, False)

    def _tell(self, *_indexes: object) -> None:
        self.chosen.emit(self.current())
