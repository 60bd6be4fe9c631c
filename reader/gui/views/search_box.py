"""Where the user searches: a field that tells what it found, or where it went wrong."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from reader.gui import fonts, words
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import IconButton

HEIGHT = 36
_HINT = "Ctrl K"


class SearchBox(QWidget):
    """`typed` on every change; `entered` on Return; `left` when Esc emptied it or found it so."""

    typed = Signal(str)
    entered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._info, self._failed = LIGHT, "", False
        self.field = _Field()
        self.field.setPlaceholderText("Search articles")
        self.field.setAccessibleName("Search articles")
        self.clear_button = IconButton("x", "Clear the search", size=14)
        self.clear_button.hide()
        self.hint = QueryHint(self)
        self.setFixedHeight(HEIGHT + 6)
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 3, 12, 3)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.clear_button)
        self._reserve()
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(lambda: self.entered.emit(self.text()))
        self.field.escaped.connect(self._escape)
        self.field.focus_changed.connect(self.update)
        self.clear_button.clicked.connect(self._escape)

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Shows a query without running it."""
        blocked = self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(blocked)
        self.clear_button.setVisible(bool(text))
        self.show_found("")

    def focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_found(self, info: str) -> None:
        """What was found and how fast: "1,284 results in 38 ms"."""
        self._info, self._failed = info, False
        self.hint.hide()
        self._reserve()
        self.field.setAccessibleDescription(info)
        self.update()

    def show_error(self, sentence: str, query: str, position: int) -> None:
        """Why the query cannot be run, under the box, with the place marked."""
        self._info, self._failed = "", True
        self._reserve()
        self.field.setAccessibleDescription(sentence)
        self.hint.say(sentence, query, position, self._theme)
        self._place_hint()
        self.hint.show()
        self.hint.raise_()
        self.update()

    def info(self) -> str:
        return self._info

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.clear_button.set_theme(theme)
        palette = self.field.palette()
        clear = QColor(Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Base, clear)
        self.field.setPalette(palette)
        self.hint.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        self._frame(painter, box)
        place = box.topLeft() + QRectF(12, HEIGHT / 2 - 8, 0, 0).topLeft()
        paint.icon(painter, place, "search", self._theme.text2, 16)
        right = self._key_hint(painter, box)
        info = QRectF(right - 240, box.y(), 232, box.height())
        font = fonts.ui(12)
        align = Qt.AlignmentFlag.AlignRight
        paint.line_of_text(painter, info, self._info, font, self._theme.text3, align)
        painter.end()

    def _frame(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        focused = self.field.hasFocus()
        line = theme.bad if self._failed else theme.selection_bar if focused else theme.field_line
        if focused or self._failed:
            halo = QColor(line)
            halo.setAlphaF(0.16)
            paint.rounded(painter, box.adjusted(-3, -3, 3, 3), 12, halo)
        paint.outlined(painter, box, 9, line, theme.field)

    def _key_hint(self, painter: QPainter, box: QRectF) -> float:
        """Paints the shortcut when the box is free, and gives what is left of it."""
        right = box.right() - 10 - (26 if self.clear_button.isVisible() else 0)
        if self.text() or self.field.hasFocus():
            return right
        key = QRectF(right - 52, box.y() + 8, 52, 20)
        paint.outlined(painter, key, 5, self._theme.field_line)
        font, centre = fonts.ui(11, 500), Qt.AlignmentFlag.AlignHCenter
        paint.line_of_text(painter, key, _HINT, font, self._theme.text3, centre)
        return key.left() - 6

    def _reserve(self) -> None:
        """Keeps what is typed clear of what is painted."""
        wide = QFontMetricsF(fonts.ui(12)).horizontalAdvance(self._info)
        hint = 70 if not self.text() else 0
        self.field.setTextMargins(0, 0, round(wide) + hint + 12, 0)

    def _changed(self, text: str) -> None:
        self.clear_button.setVisible(bool(text))
        self.typed.emit(text)
        self.update()

    def _escape(self) -> None:
        self.hint.hide()
        self.field.clear()
        self.show_found("")
        self.left.emit()

    def _place_hint(self) -> None:
        window = self.window()
        self.hint.setParent(window)
        below = self.mapTo(window, self.rect().bottomLeft())
        size = self.hint.wanted(self.width() - 6)
        self.hint.setGeometry(below.x() + 3, below.y() + 4, size.width(), size.height())

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        if self.hint.isVisible():
            self._place_hint()


class _Field(QLineEdit):
    escaped = Signal()
    focus_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrame(False)
        self.setFont(fonts.ui(14))
        self.setObjectName("search")
        self.setStyleSheet(
            "QLineEdit#search { border: none; background: transparent; padding: 0; }"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.focus_changed.emit()
        return super().event(event)


class QueryHint(QFrame):
    """The refused query with the place where it went wrong, and the sentence that says why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent if isinstance(parent, QWidget) else None)
        self.theme: Theme = LIGHT
        self.sentence, self._query, self._position = "", "", 0
        self.hide()

    def say(self, sentence: str, query: str, position: int, theme: Theme) -> None:
        self.sentence, self._query = sentence, query
        self._position = max(0, min(position, len(query)))
        self.theme = theme
        self.setAccessibleName(sentence)
        self.update()

    def marked(self) -> tuple[str, str, str]:
        """The query as shown: before the place, at it, after it."""
        at = self._position
        return self._query[:at], self._query[at : at + 1] or " ", self._query[at + 1 :]

    def wanted(self, width: int) -> QSize:
        font = QFontMetricsF(fonts.ui(12))
        flags = Qt.TextFlag.TextWordWrap
        box = font.boundingRect(QRectF(0, 0, width - 28, 1000), flags, self.sentence)
        return QSize(width, round(box.height()) + 46)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.outlined(painter, QRectF(self.rect()), 8, self.theme.field_line, self.theme.page)
        self._paint_query(painter)
        painter.setFont(fonts.ui(12))
        painter.setPen(self.theme.bad)
        box = QRectF(14, 34, self.width() - 28, self.height() - 40)
        painter.drawText(box, Qt.TextFlag.TextWordWrap, self.sentence)
        painter.end()

    def _paint_query(self, painter: QPainter) -> None:
        font = fonts.ui(13, 500)
        measure = QFontMetricsF(font)
        before, at, after = self.marked()
        room = self.width() - 28.0
        before = measure.elidedText(before, Qt.TextElideMode.ElideLeft, room * 0.6)
        x = 14.0 + measure.horizontalAdvance(before)
        wide = max(7.0, measure.horizontalAdvance(at))
        tint = QColor(self.theme.bad)
        tint.setAlphaF(0.22)
        paint.rounded(painter, QRectF(x - 1, 9, wide + 2, 20), 3, tint)
        paint.rounded(painter, QRectF(x - 1, 27.5, wide + 2, 2), 1, self.theme.bad)
        box = QRectF(14, 9, room, 20)
        paint.line_of_text(painter, box, before + at + after, font, self.theme.text)


def found(total: int, seconds: float) -> str:
    """ "1,284 results in 38 ms"."""
    took = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return f"{words.counted(total, 'result')} in {took}"
