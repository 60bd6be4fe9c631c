"""Why a query cannot be run, under the search box, with the place where it went wrong."""

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from reader.gui import fonts
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint


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

    def paintEvent(self, _event: QPaintEvent) -> None:
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
