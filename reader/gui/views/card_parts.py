"""The parts of a mention's card that are painted: a month as a line, and articles as buttons."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.domain.article import ArticleLine
from reader.gui import fonts, words
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.sparkline import paint_sparkline

_MONTH = QSize(96, 26)
_ROW = 38


class Month(QWidget):
    """How many articles named an entity on each of the last days; calm while that is not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._type, self._days = LIGHT, "", tuple[int, ...]()
        self.setFixedSize(_MONTH)

    def show_days(self, kind: str, days: Sequence[int]) -> None:
        """`days`: () while they are being read."""
        self._type, self._days = kind, tuple(days)
        said = f"{words.counted(sum(days), 'article')} in the last {len(days)} days" if days else ""
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 2, -1, -2)
        paint_sparkline(painter, box, self._days, self._theme.entity(self._type).rule)
        painter.end()


class ArticleButton(QAbstractButton):
    """Title above source and time; nothing while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.line: ArticleLine | None = None
        self.setFixedHeight(_ROW)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_line(None)

    def show_line(self, line: ArticleLine | None) -> None:
        self.line = line
        self.setEnabled(line is not None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line else Qt.FocusPolicy.NoFocus)
        title = (line.title or "Untitled") if line else ""
        self.setAccessibleName(f"{title}, {line.source}" if line else "")
        self.setToolTip(title)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            paint.rounded(painter, box, 6, self._theme.hover)
        if self.hasFocus():
            paint.outlined(painter, box, 6, self._theme.selection_bar)
        room = box.adjusted(6, 3, -6, 0)
        title = QRectF(room.left(), room.top(), room.width(), 17)
        rtl = words.leans_right(self.line.title)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        text = f"\u2068{self.line.title or 'Untitled'}\u2069"
        paint.line_of_text(painter, title, text, fonts.ui(12, 500), self._theme.text, side)
        below = QRectF(room.left(), room.top() + 16, room.width(), 16)
        paint.line_of_text(painter, below, _where(self.line), fonts.ui(11), self._theme.text3, side)
        painter.end()


def _where(line: ArticleLine) -> str:
    when = words.ago(line.published, datetime.now(UTC)) if line.published else "undated"
    return f"\u2068{line.source}\u2069 · {when}"
