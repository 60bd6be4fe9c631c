"""The sentences themselves, newest first, with the mention marked; Return opens the article."""

from collections import OrderedDict

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.domain.profile import Sentence
from reader.gui import fonts, words
from reader.gui.models.rows import Index
from reader.gui.models.sentences import SENTENCE, SentenceModel
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.article_row import flat
from reader.gui.views.parts import drawn_rows, from_first

_SIDE, _TOP, _HEAD, _BELOW = 20, 9, 19, 11
_LINE = 20
_KEPT = 400
"""Layouts that are remembered: those around what is on show."""


class SentenceDelegate(QStyledItemDelegate):
    """`types`: the type of each entity that is marked, by its id."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.types: dict[int, str] = {}
        self.width = 300
        self._layouts: OrderedDict[tuple[Sentence, int], tuple[QTextLayout, int]] = OrderedDict()

    def forget(self) -> None:
        self._layouts.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        _, lines = self._layout(index.data(SENTENCE))
        return QSize(self.width, _TOP + _HEAD + lines * _LINE + _BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Sentence = index.data(SENTENCE)
        box, theme, state = QRectF(option.rect), self.theme, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = state & QStyle.StateFlag.State_Selected
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.selection if chosen else theme.hover)
        room = QRectF(box.left() + _SIDE, box.top() + _TOP, box.width() - 2 * _SIDE, _HEAD)
        self._paint_head(painter, room, one)
        layout, _ = self._layout(one)
        painter.setPen(theme.text)
        layout.draw(painter, QPointF(room.left(), room.bottom()))
        painter.setPen(theme.line2)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _paint_head(self, painter: QPainter, room: QRectF, one: Sentence) -> None:
        local = one.at.astimezone()
        day = f"{local:%Y-%m-%d %H:%M}"
        font, right = fonts.ui(12, 450), Qt.AlignmentFlag.AlignRight
        wide = paint.width(day, font) + 8
        source = room.adjusted(0, 0, -wide, 0)
        paint.line_of_text(painter, source, one.source, fonts.ui(12, 550), self.theme.text2)
        paint.short_text(painter, room, day, font, self.theme.text3, right)

    def _layout(self, one: Sentence) -> tuple[QTextLayout, int]:
        key = (one, self.width)
        found = self._layouts.get(key)
        if found is None:
            found = self._layouts[key] = self._laid_out(one)
            while len(self._layouts) > _KEPT:
                self._layouts.popitem(last=False)
        return found

    def _laid_out(self, one: Sentence) -> tuple[QTextLayout, int]:
        text = flat(one.text)
        layout = QTextLayout(text, fonts.ui(13))
        layout.setTextOption(_option(text))
        layout.setFormats(self._formats(text, one))
        layout.setCacheEnabled(True)
        layout.beginLayout()
        lines = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(60, self.width - 2 * _SIDE))
            line.setPosition(QPointF(0, lines * _LINE + max(0.0, (_LINE - line.height()) / 2)))
            lines += 1
        layout.endLayout()
        return layout, lines

    def _formats(self, text: str, one: Sentence) -> list[QTextLayout.FormatRange]:
        places = words.spans_in_units(text, [(start, end) for start, end, _ in one.marks])
        made = []
        for (start, end), (_, _, entity) in zip(places, one.marks, strict=True):
            ink, tint, _rule = self.theme.entity(self.types.get(entity, "other"))
            look = QTextCharFormat()
            look.setBackground(tint)
            look.setForeground(ink)
            look.setFontWeight(600)
            mark = QTextLayout.FormatRange()
            mark.start, mark.length, mark.format = start, end - start, look
            made.append(mark)
        return made


class SentenceList(QListView):
    opened = Signal(int)
    """An article, by id."""

    def __init__(self, model: SentenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentences = model
        self.delegate = SentenceDelegate()
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        drawn_rows(self, "Sentences", "Return opens the article in the main window")
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.doubleClicked.connect(self._open)

    def set_types(self, types: dict[int, str]) -> None:
        self.delegate.types = types
        self.delegate.forget()
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self.delegate.forget()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        from_first(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.delegate.width != self.viewport().width():
            self.delegate.width = self.viewport().width()
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def _open(self, index: QModelIndex) -> None:
        one = index.data(SENTENCE)
        if isinstance(one, Sentence):
            self.opened.emit(one.article_id)


def _option(text: str) -> QTextOption:
    rtl = words.leans_right(text)
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
