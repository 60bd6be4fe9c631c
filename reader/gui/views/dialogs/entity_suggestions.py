"""Other spellings of an entity, each with its use in the archive; one key makes it an alias."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.domain.workshop import AliasSuggestion
from reader.gui import fonts
from reader.gui.models.rows import ROW, Index, Rows
from reader.gui.models.workshop import reason
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import drawn_rows
from reader.gui.views.passage import Marked, paint_passage
from reader.gui.words import counted

_HEIGHT, _ASIDE = 56, 84
_LEFT = Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignRight


def said(one: AliasSuggestion) -> str:
    return f"{one.text}, {counted(one.articles, 'article')}, {reason(one)}"


class SuggestionDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.kind = "other"
        self.taken: Collection[str] = ()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(option.rect.width(), _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: AliasSuggestion = index.data(ROW)
        whole = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, whole.adjusted(0, 1, 0, -1), 6, self.theme.selection)
        self._words(painter, whole.adjusted(10, 6, -_ASIDE - 8, -5), one)
        self._aside(painter, whole, one)
        painter.restore()

    def _words(self, painter: QPainter, box: QRectF, one: AliasSuggestion) -> None:
        theme = self.theme
        head = QRectF(box.left(), box.top(), box.width(), 20)
        font = fonts.ui(14, 500 if one.covered else 650)
        ink = theme.text3 if one.covered else theme.text
        room = min(paint.width(one.text, font) + 2, box.width() * 0.55)
        paint.line_of_text(painter, QRectF(head.topLeft(), QSize(round(room), 20)), one.text, font,
                           ink)  # fmt: skip
        rest = head.adjusted(room + 10, 0, 0, 0)
        colour = theme.bad if one.owners else theme.text3
        paint.line_of_text(painter, rest, reason(one), fonts.ui(11, 450), colour)
        under = box.adjusted(0, 23, 0, 0)
        if one.sample is None:
            told = "Its articles are counted already" if one.covered else "Not in the archive"
            under.setHeight(18)
            paint.line_of_text(painter, under, told, fonts.ui(12, 400), theme.text3)
        else:
            colours, sample = theme.entity(self.kind), one.sample
            marked = Marked(sample.text, sample.start, sample.end, colours.ink, colours.tint)
            paint_passage(painter, under, marked, fonts.ui(12, 400), theme.text2, 1)

    def _aside(self, painter: QPainter, whole: QRectF, one: AliasSuggestion) -> None:
        """The number of articles, and what makes it an alias."""
        theme, box = self.theme, button(whole)
        if one.articles:
            above = QRectF(box.left(), whole.top() + 5, box.width(), 17)
            told = counted(one.articles, "article")
            paint.short_text(painter, above, told, fonts.ui(11, 550), theme.text2, _RIGHT)
        if one.text in self.taken:
            paint.short_text(painter, box, "Added", fonts.ui(12, 550), theme.ok, _RIGHT)
        elif not one.covered:
            paint.outlined(painter, box, 6, theme.field_line)
            inner = box.adjusted(9, 0, -9, 0)
            paint.short_text(painter, inner, "Add", fonts.ui(12, 500), theme.accent, _LEFT)
            paint.short_text(painter, inner, "A", fonts.ui(10, 500), theme.text3, _RIGHT)


def button(row: QRectF) -> QRectF:
    return QRectF(row.right() - _ASIDE, row.top() + 25, _ASIDE - 8, 24)


class SuggestionList(QListView):
    """A, Return or Space makes the chosen one an alias and goes on to the next."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = SuggestionDelegate(self)
        self.suggestions: Rows[AliasSuggestion] = Rows(said, self)
        self.setModel(self.suggestions)
        self.setItemDelegate(self._delegate)
        drawn_rows(self, "Suggested spellings", "A makes the chosen one a spelling of the entity")
        self.setUniformItemSizes(True)

    def show_suggestions(self, suggestions: tuple[AliasSuggestion, ...], kind: str) -> None:
        """`kind`: the entity's type."""
        self._delegate.kind = kind
        self.suggestions.put(suggestions)
        if suggestions and not self.currentIndex().isValid():
            self.setCurrentIndex(self.suggestions.index(0, 0))
        self.viewport().update()

    def show_taken(self, texts: Collection[str]) -> None:
        """These are spellings of the entity already."""
        self._delegate.taken = frozenset(texts)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        index = self.currentIndex()
        if event.key() in keys and index.isValid() and not event.modifiers() & ~_KEYPAD:
            self._want(index)
            last = self.suggestions.rowCount() - 1
            self.setCurrentIndex(self.suggestions.index(min(index.row() + 1, last), 0))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and button(QRectF(self.visualRect(index))).contains(event.position()):
            self._want(index)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not button(QRectF(self.visualRect(index))).contains(
            event.position()
        ):
            self._want(index)

    def _want(self, index: Index) -> None:
        one = self.suggestions.row(index)
        if one is not None and not one.covered and one.text not in self._delegate.taken:
            self.wanted.emit(one.text)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
