"""A name that nobody tracks, in full: how often, since when, and how it stands in articles."""

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reader.domain.workshop import Discovered, Sample
from reader.gui import fonts, words
from reader.gui.models import discovery
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.passage import Marked, paint_passage

_LINES = 4
_INSET = 8
"""Of the words of a passage from its edges, for the ring around a chosen one."""


class NameDetail(QWidget):
    opened = Signal(int)
    """An article, by id, of one of the passages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.facts, self.others = QLabel(self), QLabel(self), QLabel(self)
        self.samples = [_Passage(self) for _ in range(3)]
        self.title.setFont(fonts.ui(18, 650))
        for label in (self.facts, self.others):
            label.setFont(fonts.ui(12, 400))
            label.setProperty("ink", "text2")
        for label in (self.title, self.facts, self.others):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.facts, self.others):
            column.addWidget(part)
        column.addSpacing(8)
        for passage in self.samples:
            passage.opened.connect(self.opened)
            column.addWidget(passage)
        column.addStretch(1)

    def show_name(self, one: Discovered | None) -> None:
        """None: nothing is chosen."""
        self.setVisible(one is not None)
        if one is None:
            return
        self.title.setText(one.name)
        parts = (discovery.numbers(one), discovery.rise(one))
        self.facts.setText(f"{' · '.join(filter(None, parts))}. {discovery.seen(one)}.")
        self.others.setText(f"Counted with it: {', '.join(one.spellings)}")
        self.others.setVisible(bool(one.spellings))
        for at, passage in enumerate(self.samples):
            sample = one.samples[at] if at < len(one.samples) else None
            passage.show_sample(sample, one.type or "other")

    def set_theme(self, theme: Theme) -> None:
        for passage in self.samples:
            passage.set_theme(theme)


class _Passage(QWidget):
    """Return, or a double click, opens its article."""

    opened = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._sample: Sample | None = None
        self._kind = "other"
        self.setFixedHeight(32 + _LINES * 20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Return or a double click opens the article")
        self.setAccessibleDescription(self.toolTip())

    def show_sample(self, sample: Sample | None, kind: str) -> None:
        self._sample, self._kind = sample, kind
        self.setVisible(sample is not None)
        self.setAccessibleName(f"{sample.source}: {sample.text}" if sample else "")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._open()

    def _open(self) -> None:
        if self._sample is not None:
            self.opened.emit(self._sample.article_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        sample, theme = self._sample, self._theme
        if sample is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        if self.hasFocus():
            paint.outlined(painter, room.adjusted(0.5, 0.5, -0.5, -0.5), 6, theme.selection_bar)
        room.adjust(_INSET, 4, -_INSET, 0)
        head = f"\u2068{sample.source}\u2069 · {words.ago(sample.moment, datetime.now(UTC))}"
        paint.line_of_text(
            painter,
            QRectF(room.left(), room.top(), room.width(), 18),
            head,
            fonts.ui(11, 500),
            theme.text3,
        )
        colours = theme.entity(self._kind)
        marked = Marked(sample.text, sample.start, sample.end, colours.ink, colours.tint)
        paint_passage(
            painter, room.adjusted(0, 21, 0, 0), marked, fonts.ui(13, 400), theme.text, _LINES
        )
        painter.end()
